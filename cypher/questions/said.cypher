// What did the two sides say of their relation, to each other or together, and on which subjects?
// $a, $b: IRIs of the two; $relation: IRIs of their relation; $since, $until, $known_at: days, or null
CALL () {
  MATCH (r:Relation)<-[:CONCERNS]-(s:Statement) WHERE r.iri IN $relation RETURN s
  UNION
  MATCH (x:Thing)<-[:ON_BEHALF_OF]-(s:Statement)-[:ON_BEHALF_OF|SAID_TO]->(y:Thing)
  WHERE (x.iri IN $a AND y.iri IN $b) OR (x.iri IN $b AND y.iri IN $a)
  RETURN s
}
MATCH (source:Thing {iri: s.source})
WHERE $known_at IS NULL OR source.publishedLatest <= $known_at
OPTIONAL MATCH (s)-[:MADE_AT]->(account:MeetingAccount {source: s.source})
WITH s, source, coalesce(s.when, account.when, source.published) AS date,
     coalesce(s.latest, account.latest, source.publishedLatest) AS day
WHERE ($since IS NULL OR day >= $since) AND ($until IS NULL OR day <= $until)
RETURN coalesce(source.sha256, source.iri) + replace(s.iri, '/' + split(source.iri, '/source/')[1] + '.', '/') AS key,
       s.iri AS statement, date, day, s.text AS words,
       [(s)-[:ON_BEHALF_OF]->(x) | x.iri] AS for, [(s)-[:SAID_BY]->(x) | x.iri] AS speaker,
       [(s)-[:ABOUT_SECTOR]->(x) | x.iri] AS sectors, [(s)-[:ABOUT_PRINCIPLE|ABOUT_FORUM]->(x) | x.iri] AS subjects
