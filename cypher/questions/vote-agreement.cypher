// How often did two actors vote alike, by issue and decade?
// $a, $b: IRIs of the two; $either: both; $since, $until, $known_at: days, or null
MATCH (a:Thing)-[vote_a:VOTED]->(call:RollCall)<-[vote_b:VOTED]-(b:Thing)
WHERE a.iri IN $a AND b.iri IN $b AND vote_a.source = vote_b.source
  AND vote_a.option <> 'absent' AND vote_b.option <> 'absent'
  AND call.earliest IS NOT NULL
  AND ($since IS NULL OR call.earliest >= $since) AND ($until IS NULL OR call.earliest <= $until)
  AND ($known_at IS NULL OR EXISTS { (s:Thing {iri: vote_a.source}) WHERE s.publishedLatest <= $known_at })
WITH call, vote_a.option AS one, vote_b.option AS other, call.earliest.year / 10 * 10 AS decade
UNWIND ['All'] + [(call)-[:TOPIC]->(topic) | topic.iri] AS issue
WITH DISTINCT issue, decade, call, one, other
WITH issue, decade, count(DISTINCT call) AS votes,
     sum(CASE WHEN one = other THEN 1 ELSE 0 END) AS alike,
     sum(CASE WHEN [one, other] IN [['yes', 'no'], ['no', 'yes']] THEN 1 ELSE 0 END) AS opposed,
     [min(call.iri), max(call.iri)] AS calls
// States that one of the two continues: they have its number in the Correlates of War, and an end.
OPTIONAL MATCH (now:State) WHERE now.iri IN $either
OPTIONAL MATCH (past:State)
WHERE past <> now AND any(number IN past.cow WHERE number IN now.cow) AND past.latest.year >= decade
  AND (now.latest IS NULL OR past.latest < now.latest)
WITH issue, decade, votes, alike, opposed, calls, collect(DISTINCT past.iri) AS apart
RETURN issue, decade, votes, alike, round(1000.0 * alike / votes) / 10 AS share, opposed, calls, apart
