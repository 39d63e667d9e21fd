// What did two actors undertake towards each other, by when, and what became of it?
// $a, $b: IRIs of the two; $relation: IRIs of their relation; $of_kind: IRIs of kinds of commitment, or null
// $as_of, $known_at: days, or null
CALL () {
  MATCH (r:Relation)<-[:CONCERNS]-(c:Commitment) WHERE r.iri IN $relation RETURN c
  UNION
  MATCH (x:Thing)<-[:COMMITTED_BY]-(c:Commitment)-[:COMMITTED_BY|BENEFITS|STATED_BY]->(y:Thing)
  WHERE (x.iri IN $a AND y.iri IN $b) OR (x.iri IN $b AND y.iri IN $a)
  RETURN c
}
MATCH (source:Thing {iri: c.source})
WHERE ($known_at IS NULL OR source.publishedLatest <= $known_at)
  AND ($of_kind IS NULL OR EXISTS { (c)-[:COMMITMENT_KIND]->(x) WHERE x.iri IN $of_kind })
OPTIONAL MATCH (c)-[:MADE_AT]->(account:MeetingAccount {source: c.source})
WITH c, source, coalesce(c.when, account.when, source.published) AS date,
     coalesce(c.latest, account.latest, source.publishedLatest) AS day
WHERE $as_of IS NULL OR day IS NULL OR day <= $as_of
// Judgements that had been made, and were known.
CALL (c) {
  OPTIONAL MATCH (c)<-[:FOLLOWS_UP]-(f:FollowUp)-[:FOLLOW_UP_STATUS]->(status:Concept)
  OPTIONAL MATCH (paper:Thing {iri: f.source})
  WITH f, status, paper.publishedLatest AS told, coalesce(f.latest, paper.publishedLatest) AS judged
  WHERE ($as_of IS NULL OR judged <= $as_of) AND ($known_at IS NULL OR told <= $known_at)
  RETURN collect({iri: f.iri, status: status.iri, judged: judged, assessor: f.assessor}) AS judgements
}
UNWIND CASE WHEN judgements = [] THEN [null] ELSE judgements END AS j
WITH c, source, date, day, j, coalesce(j.status ENDS WITH '/kept' OR j.status ENDS WITH '/broken', false) AS settled
RETURN DISTINCT
       coalesce(source.sha256, source.iri) + replace(c.iri, '/' + split(source.iri, '/source/')[1] + '.', '/') AS key,
       c.iri AS commitment, date, day, [(c)-[:COMMITTED_BY]->(x) | x.iri] AS by, c.text AS words,
       [(c)-[:COMMITMENT_KIND]->(x) | x.iri] AS kind, [(c)-[:COMMITMENT_STRENGTH]->(x) | x.iri] AS strength,
       c.due AS due, j.iri AS follow_up, j.status AS status, j.judged AS judged, j.assessor AS assessor,
       CASE WHEN $as_of IS NOT NULL AND c.dueLatest IS NOT NULL THEN c.dueLatest < $as_of AND NOT settled END AS overdue
