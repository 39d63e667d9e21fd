// What happened between two actors, act by act?
// $a, $b: IRIs of the two; $relation: IRIs of their relation; $since, $until, $known_at: days, or null
CALL () {
  MATCH (r:Relation)<-[:CONCERNS]-(act:Thing)
  WHERE r.iri IN $relation AND NOT act:MeetingAccount
  RETURN act, act AS told
  UNION
  MATCH (a:Thing)<-[:PARTY]-(act:Meeting)-[:PARTY]->(b:Thing), (act)-[:HAS_ACCOUNT]->(told:MeetingAccount)
  WHERE a.iri IN $a AND b.iri IN $b
  RETURN act, told
}
MATCH (source:Thing {iri: told.source})
WHERE $known_at IS NULL OR source.publishedLatest <= $known_at
WITH act, told, coalesce(source.sha256, source.iri) AS witness, '/' + split(source.iri, '/source/')[1] + '.' AS own,
     coalesce(told.when, source.published) AS date,
     coalesce(told.latest, told.earliest, source.publishedLatest) AS day
WHERE ($since IS NULL OR day >= $since) AND ($until IS NULL OR coalesce(told.earliest, day) <= $until)
RETURN DISTINCT CASE WHEN act = told THEN witness + replace(act.iri, own, '/') ELSE act.iri END AS key,
       act.iri AS act, told.iri AS told, date, day,
       [label IN labels(act) WHERE label <> 'Thing'] AS what, witness
