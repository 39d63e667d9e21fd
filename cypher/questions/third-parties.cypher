// Which third parties met both of two actors within some days?
// $a, $b: IRIs of the two; $days: a number; $since, $until, $known_at: days, or null
MATCH (a:Thing) WHERE a.iri IN $a
MATCH (b:Thing) WHERE b.iri IN $b
MATCH (a)<-[:PARTY]-(with_a:MeetingAccount)-[:PARTY]->(third:Thing)
MATCH (third)<-[:PARTY]-(with_b:MeetingAccount)-[:PARTY]->(b)
WHERE third <> a AND third <> b
  // Meetings of two concern a relation.
  AND EXISTS { (with_a)-[:CONCERNS]->(:Relation) } AND EXISTS { (with_b)-[:CONCERNS]->(:Relation) }
  AND all(m IN [with_a, with_b] WHERE
        ($since IS NULL OR m.latest >= $since) AND ($until IS NULL OR m.earliest <= $until)
    AND NOT EXISTS { (m)-[:MEETING_STATUS]->(s) WHERE NOT s.iri ENDS WITH '/held' }
    AND ($known_at IS NULL OR EXISTS { (d:Thing {iri: m.source}) WHERE d.publishedLatest <= $known_at }))
  AND with_b.earliest <= with_a.latest + duration({days: $days})
  AND with_a.earliest <= with_b.latest + duration({days: $days})
MATCH (meeting_a:Meeting)-[:HAS_ACCOUNT]->(with_a)
MATCH (meeting_b:Meeting)-[:HAS_ACCOUNT]->(with_b)
RETURN DISTINCT third.iri AS third, with_a.when AS date_a, meeting_a.iri AS meeting_a, with_a.iri AS account_a,
       with_b.when AS date_b, meeting_b.iri AS meeting_b, with_b.iri AS account_b,
       CASE WHEN with_a.latest >= with_b.latest THEN with_a.latest ELSE with_b.latest END AS day
