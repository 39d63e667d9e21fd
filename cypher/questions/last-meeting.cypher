// When did two states last meet at the level of their leaders?
// $a, $b: IRIs of the two; $level: IRIs of kinds of office, or null for any leader
// $as_of, $known_at: days, or null
WITH ['head-of-government', 'head-of-state', 'paramount-leader', 'effective-leader'] AS leaders
MATCH (a:Thing) WHERE a.iri IN $a
MATCH (b:Thing) WHERE b.iri IN $b
MATCH (a)<-[:PARTY]-(account:MeetingAccount)-[:PARTY]->(b)
MATCH (meeting:Meeting)-[:HAS_ACCOUNT]->(account), (source:Thing {iri: account.source})
WHERE ($as_of IS NULL OR account.earliest <= $as_of) AND account.latest IS NOT NULL
  AND ($known_at IS NULL OR source.publishedLatest <= $known_at)
  AND NOT EXISTS { (account)-[:MEETING_STATUS]->(status) WHERE NOT status.iri ENDS WITH '/held' }
MATCH (account)<-[:IN]-(in_a:Participation)-[:ON_BEHALF_OF]->(a), (in_a)-[:PARTICIPANT]->(leader_a)
MATCH (account)<-[:IN]-(in_b:Participation)-[:ON_BEHALF_OF]->(b), (in_b)-[:PARTICIPANT]->(leader_b)
// In which office: as the source says, or by the terms that ran on the day.
CALL (account, in_a, leader_a) {
  MATCH (in_a)-[:IN_OFFICE]->(office) RETURN office AS office_a
  UNION
  MATCH (leader_a)<-[:HOLDER]-(term:Tenure)-[:OFFICE]->(office)
  WHERE coalesce(term.earliest <= account.latest, true) AND coalesce(term.latest >= account.earliest, true)
  RETURN office AS office_a
}
CALL (account, in_b, leader_b) {
  MATCH (in_b)-[:IN_OFFICE]->(office) RETURN office AS office_b
  UNION
  MATCH (leader_b)<-[:HOLDER]-(term:Tenure)-[:OFFICE]->(office)
  WHERE coalesce(term.earliest <= account.latest, true) AND coalesce(term.latest >= account.earliest, true)
  RETURN office AS office_b
}
WITH *
WHERE EXISTS { (office_a)-[:OFFICE_KIND]->(kind)
               WHERE CASE WHEN $level IS NULL THEN last(split(kind.iri, '/')) IN leaders ELSE kind.iri IN $level END }
  AND EXISTS { (office_b)-[:OFFICE_KIND]->(kind)
               WHERE CASE WHEN $level IS NULL THEN last(split(kind.iri, '/')) IN leaders ELSE kind.iri IN $level END }
RETURN DISTINCT meeting.iri AS meeting, account.iri AS account,
       account.when AS date, account.latest AS latest,
       [(account)-[:MEETING_KIND]->(x) | x.iri] AS kind,
       [(account)-[:AT_PLACE]->(x) | x.iri] AS place,
       leader_a.iri AS leaders_a, office_a.iri AS offices_a,
       leader_b.iri AS leaders_b, office_b.iri AS offices_b
