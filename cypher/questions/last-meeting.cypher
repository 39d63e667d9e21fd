// When did two states last meet at the level of their leaders?
// $a, $b: IRIs of the two; $level: IRIs of kinds of office, or null for any leader
// $as_of, $known_at: days, or null
WITH ['head-of-government', 'head-of-state', 'paramount-leader', 'effective-leader'] AS leaders
// From the one to its accounts of meetings; whether the other was there is only looked up. WITH keeps that order.
MATCH (a:Thing)<-[:PARTY]-(account:MeetingAccount)
WHERE a.iri IN $a AND EXISTS { (account)-[:PARTY]->(b) WHERE b.iri IN $b }
  AND ($as_of IS NULL OR account.earliest <= $as_of) AND account.latest IS NOT NULL
  AND NOT EXISTS { (account)-[:MEETING_STATUS]->(status) WHERE NOT status.iri ENDS WITH '/held' }
WITH DISTINCT leaders, account
MATCH (meeting:Meeting)-[:HAS_ACCOUNT]->(account), (source:Thing {iri: account.source})
WHERE $known_at IS NULL OR source.publishedLatest <= $known_at
WITH leaders, meeting, account
// Who took part, and in which offices: as the source says, or by the terms that ran on the day.
MATCH (account)<-[:IN]-(part:Participation)-[:PARTICIPANT]->(leader)
WITH leaders, meeting, account, leader, [(part)-[:ON_BEHALF_OF]->(x) | x.iri] AS for,
     [(part)-[:IN_OFFICE]->(office) | office]
     + [(leader)<-[:HOLDER]-(term:Tenure)-[:OFFICE]->(office)
        WHERE coalesce(term.earliest <= account.latest, true) AND coalesce(term.latest >= account.earliest, true) | office]
     AS offices
UNWIND offices AS office
WITH DISTINCT leaders, meeting, account, leader, for, office
WHERE EXISTS { (office)-[:OFFICE_KIND]->(kind)
               WHERE CASE WHEN $level IS NULL THEN last(split(kind.iri, '/')) IN leaders ELSE kind.iri IN $level END }
WITH meeting, account,
     collect({leader: leader.iri, office: office.iri, for: for,
     of: [(office)-[:OFFICE_OF]->(x) | x.iri]}) AS led
UNWIND [l IN led WHERE any(side IN l.for WHERE side IN $a AND side IN l.of)] AS of_a
UNWIND [l IN led WHERE any(side IN l.for WHERE side IN $b AND side IN l.of)] AS of_b
RETURN DISTINCT meeting.iri AS meeting, account.iri AS account,
       account.when AS date, account.latest AS latest,
       [(account)-[:MEETING_KIND]->(x) | x.iri] AS kind,
       [(account)-[:AT_PLACE]->(x) | x.iri] AS place,
       of_a.leader AS leaders_a, of_a.office AS offices_a,
       of_b.leader AS leaders_b, of_b.office AS offices_b
