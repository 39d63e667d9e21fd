// Which third parties met both of two actors within some days?
// $a, $b: IRIs of the two; $days: a number; $since, $until, $known_at: days, or null
// Meetings of two concern a relation. First the meetings of the one, then those of its partners with the other.
MATCH (a:Thing)<-[:PARTY]-(with_a:MeetingAccount)
WHERE a.iri IN $a AND EXISTS { (with_a)-[:CONCERNS]->(:Relation) }
  AND ($since IS NULL OR with_a.latest >= $since) AND ($until IS NULL OR with_a.earliest <= $until)
  AND NOT EXISTS { (with_a)-[:MEETING_STATUS]->(s) WHERE NOT s.iri ENDS WITH '/held' }
  AND ($known_at IS NULL OR EXISTS { (d:Thing {iri: with_a.source}) WHERE d.publishedLatest <= $known_at })
MATCH (with_a)-[:PARTY]->(third:Thing) WHERE NOT third.iri IN $a AND NOT third.iri IN $b
WITH third, collect(DISTINCT with_a) AS meetings_a
MATCH (third)<-[:PARTY]-(with_b:MeetingAccount)
WHERE EXISTS { (with_b)-[:PARTY]->(b) WHERE b.iri IN $b } AND EXISTS { (with_b)-[:CONCERNS]->(:Relation) }
  AND ($since IS NULL OR with_b.latest >= $since) AND ($until IS NULL OR with_b.earliest <= $until)
  AND NOT EXISTS { (with_b)-[:MEETING_STATUS]->(s) WHERE NOT s.iri ENDS WITH '/held' }
  AND ($known_at IS NULL OR EXISTS { (d:Thing {iri: with_b.source}) WHERE d.publishedLatest <= $known_at })
UNWIND meetings_a AS with_a
WITH third, with_a, with_b
WHERE with_b.earliest <= with_a.latest + duration({days: $days})
  AND with_a.earliest <= with_b.latest + duration({days: $days})
MATCH (meeting_a:Meeting)-[:HAS_ACCOUNT]->(with_a)
MATCH (meeting_b:Meeting)-[:HAS_ACCOUNT]->(with_b)
RETURN DISTINCT third.iri AS third, with_a.when AS date_a, meeting_a.iri AS meeting_a, with_a.iri AS account_a,
       with_b.when AS date_b, meeting_b.iri AS meeting_b, with_b.iri AS account_b,
       CASE WHEN with_a.latest >= with_b.latest THEN with_a.latest ELSE with_b.latest END AS day
