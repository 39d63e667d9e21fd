// When did two actors meet, who took part, and how many sources tell of it?
// $a, $b: IRIs of the two (states, organisations or persons under all their names)
// $since, $until, $known_at: days, or null
// An account names its parties itself, its persons through participations: at most one step IN.
MATCH (a:Thing)<-[:PARTY|PARTICIPANT]-()-[:IN*0..1]->(account:MeetingAccount)
WHERE a.iri IN $a
WITH DISTINCT account, [(account)-[:PARTY]->(x) | x.iri]
     + [(account)<-[:IN]-(:Participation)-[:PARTICIPANT]->(x) | x.iri] AS present
WHERE any(who IN present WHERE who IN $b)
MATCH (meeting:Meeting)-[:HAS_ACCOUNT]->(account), (source:Thing {iri: account.source})
WHERE ($known_at IS NULL OR source.publishedLatest <= $known_at)
  AND ($since IS NULL OR account.latest >= $since)
  AND ($until IS NULL OR account.earliest <= $until)
RETURN DISTINCT meeting.iri AS meeting, account.iri AS account,
       coalesce(source.sha256, source.iri) AS witness,
       account.when AS date, account.earliest AS earliest,
       [(account)-[:MEETING_KIND]->(x) | x.iri] AS kind,
       [(account)-[:MEETING_STATUS]->(x) | x.iri] AS status,
       [(account)-[:AT_PLACE]->(x) | x.iri] AS place,
       [(meeting)-[:ON_MARGINS_OF]->(x) | x.iri] AS margins,
       [(account)-[:PARTY]->(x) | x.iri] AS parties,
       [(account)<-[:IN]-(:Participation)-[:PARTICIPANT]->(x) | x.iri] AS persons
