// Which coded events between two actors weigh most in a period?
// $relation: IRIs of the relation of the two; $since, $until, $known_at: days, or null
MATCH (r:Relation)<-[:CONCERNS]-(e:Event)-[:CODED]->(code)
WHERE r.iri IN $relation AND e.earliest IS NOT NULL
  AND ($since IS NULL OR e.earliest >= $since) AND ($until IS NULL OR e.earliest <= $until)
  AND ($known_at IS NULL OR EXISTS { (s:Thing {iri: e.source}) WHERE s.publishedLatest <= $known_at })
RETURN DISTINCT e.iri AS event, e.when AS date,
       [(e)-[:INITIATED_BY]->(x) | x.iri] AS initiator, [(e)-[:TARGET]->(x) | x.iri] AS target,
       code.iri AS code, e.goldstein AS goldstein, abs(e.goldstein) AS strength
