// On which sectors did two actors deal with each other, since when, and which of them are new?
// $a, $b: IRIs of the two; $relation: IRIs of their relation; $new_since, $until, $known_at: days, or null
CALL () {
  MATCH (r:Relation)<-[:CONCERNS]-(act:Thing)-[:ABOUT_SECTOR]->(sector:Sector) WHERE r.iri IN $relation
  RETURN act, sector
  UNION
  MATCH (x:Thing)<-[:COMMITTED_BY]-(act:Commitment)-[:COMMITTED_BY|BENEFITS]->(y:Thing), (act)-[:ABOUT_SECTOR]->(sector:Sector)
  WHERE x.iri IN $a AND y.iri IN $b
  RETURN act, sector
  UNION
  MATCH (x:Thing)<-[:ON_BEHALF_OF]-(act:Statement)-[:ON_BEHALF_OF|SAID_TO]->(y:Thing), (act)-[:ABOUT_SECTOR]->(sector:Sector)
  WHERE (x.iri IN $a AND y.iri IN $b) OR (x.iri IN $b AND y.iri IN $a)
  RETURN act, sector
}
MATCH (source:Thing {iri: act.source})
WHERE $known_at IS NULL OR source.publishedLatest <= $known_at
OPTIONAL MATCH (act)-[:MADE_AT]->(account:MeetingAccount {source: act.source})
WITH sector, act, coalesce(source.sha256, source.iri) AS witness, '/' + split(source.iri, '/source/')[1] + '.' AS own,
     coalesce(act.latest, account.latest, source.publishedLatest) AS day
WHERE $until IS NULL OR day <= $until
WITH sector, min(day) AS first, max(day) AS last, count(DISTINCT witness + replace(act.iri, own, '/')) AS acts,
     count(DISTINCT witness) AS witnesses, collect(DISTINCT act.iri) AS act
WHERE $new_since IS NULL OR first >= $new_since
RETURN sector.iri AS sector, first, last, acts, witnesses, act
