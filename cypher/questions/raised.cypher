// Who raised a sector with whom, when, in which words?
// $sector: IRIs of the sector; $a, $b: IRIs of who spoke and to whom, or null
// $since, $until, $known_at: days, or null
MATCH (sector:Sector) WHERE sector.iri IN $sector
MATCH (sector)<-[:ABOUT_SECTOR]-(statement:Statement), (source:Thing {iri: statement.source})
WHERE ($known_at IS NULL OR source.publishedLatest <= $known_at)
  AND ($a IS NULL
       OR EXISTS { (statement)-[:SAID_BY|ON_BEHALF_OF]->(x) WHERE x.iri IN $a }
       OR EXISTS { (statement)-[:SAID_BY]->()-[:INSTITUTION_OF]->(x) WHERE x.iri IN $a })
OPTIONAL MATCH (statement)-[:MADE_AT]->(account:MeetingAccount {source: statement.source})
WITH statement, source, account,
     coalesce(statement.when, account.when, source.published) AS date,
     coalesce(statement.latest, account.latest, source.publishedLatest) AS day,
     [(statement)-[:SAID_TO]->(x) | x] AS addressees,
     [(account)-[:PARTY]->(x) WHERE NOT (statement)-[:ON_BEHALF_OF|SAID_BY]->(x) | x] AS others
WHERE ($since IS NULL OR day >= $since) AND ($until IS NULL OR day <= $until)
WITH *, CASE WHEN addressees = [] THEN others ELSE addressees END AS all
WITH *, [x IN all WHERE $b IS NULL OR x.iri IN $b
         OR EXISTS { (x)-[:NATIONAL_OF|INSTITUTION_OF]->(y) WHERE y.iri IN $b }] AS with
WHERE $b IS NULL OR with <> []
RETURN coalesce(source.sha256, source.iri) + replace(statement.iri, '/' + split(source.iri, '/source/')[1] + '.', '/') AS key,
       statement.iri AS statement, date, day,
       [(statement)-[:SAID_BY]->(x) | x.iri] AS speaker,
       [(statement)-[:ON_BEHALF_OF]->(x) | x.iri] AS for,
       [x IN with | x.iri] AS with, statement.text AS words
