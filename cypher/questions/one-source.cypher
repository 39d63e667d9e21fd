// Which claims on two actors rest on one source, or on one kind of publisher alone?
// $a, $b: IRIs of the two; $relation: IRIs of their relation; $told_by: IRIs of kinds of publisher, or null
// $since, $until, $known_at: days, or null
CALL () {
  MATCH (a:Thing)<-[:PARTY]-(thing:Meeting)-[:PARTY]->(b:Thing), (thing)-[:HAS_ACCOUNT]->(told)
  WHERE a.iri IN $a AND b.iri IN $b
  RETURN thing, told, 'Meeting' AS what, thing.iri AS key
  UNION
  MATCH (r:Relation)<-[:CONCERNS]-(told:TradeFlow) WHERE r.iri IN $relation
  MATCH (told)-[:EXPORTED_BY]->(seller), (told)-[:IMPORTED_BY]->(buyer)
  RETURN told AS thing, told, 'TradeFlow' AS what,
         seller.iri + ' ' + buyer.iri + ' ' + coalesce(told.product, '') + ' ' + coalesce(told.when, '') + ' '
         + toString(told.value) + told.currency AS key
  UNION
  MATCH (r:Relation)<-[:CONCERNS]-(told:Statement|Commitment) WHERE r.iri IN $relation
  OPTIONAL MATCH (told)-[:SAID_BY]->(speaker)
  WITH told, speaker, CASE WHEN told:Statement THEN 'Statement' ELSE 'Commitment' END AS what
  RETURN told AS thing, told, what, what + ' ' + coalesce(speaker.iri, '') + ' ' + toLower(told.text) AS key
}
MATCH (source:Thing {iri: told.source})
WHERE $known_at IS NULL OR source.publishedLatest <= $known_at
OPTIONAL MATCH (told)-[:MADE_AT]->(account:MeetingAccount {source: told.source})
WITH thing, told, what, key, source, coalesce(told.latest, account.latest, source.publishedLatest) AS time
WHERE ($since IS NULL OR time >= $since) AND ($until IS NULL OR time <= $until)
OPTIONAL MATCH (source)-[:PUBLISHED_BY]->()-[:PUBLISHER_KIND]->(kind)
WITH key, what, min(thing.iri) AS claim, max(time) AS day,
     count(DISTINCT coalesce(source.sha256, source.iri)) AS witnesses,
     collect(DISTINCT source.iri) AS sources, collect(DISTINCT kind.iri) AS publishers,
     collect(DISTINCT told.iri) AS act, collect(coalesce(kind.iri, '')) AS kinds
WHERE CASE WHEN $told_by IS NULL THEN witnesses = 1 ELSE all(k IN kinds WHERE k IN $told_by) END
RETURN key, what, claim, day, witnesses, sources, publishers, act
