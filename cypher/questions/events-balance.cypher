// How do cooperation and conflict of two actors balance, period by period, as event coders see it?
// $relation: IRIs of the relation of the two; $by: 'month' or 'year'; $since, $until, $known_at: days, or null
MATCH (r:Relation)<-[:CONCERNS]-(e:Event)-[:CODED]->(code)
WHERE r.iri IN $relation AND e.earliest IS NOT NULL
  AND ($since IS NULL OR e.earliest >= $since) AND ($until IS NULL OR e.earliest <= $until)
  AND ($known_at IS NULL OR EXISTS { (s:Thing {iri: e.source}) WHERE s.publishedLatest <= $known_at })
OPTIONAL MATCH (code)-[:BROAD_MATCH]->()-[:BROADER]->(quad)-[:IN_SCHEME]->(scheme)
WHERE scheme.iri ENDS WITH '/plover-quad'
WITH DISTINCT e, quad, substring(toString(e.earliest), 0, CASE $by WHEN 'year' THEN 4 ELSE 7 END) AS period
RETURN period, quad.iri AS quad, count(DISTINCT e) AS events,
       round(100.0 * avg(e.goldstein)) / 100 AS goldstein, min(e.iri) AS event
