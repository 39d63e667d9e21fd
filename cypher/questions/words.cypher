// What exactly did a person say on a topic?
// $person: IRIs of the person under all names; $topic: a word or phrase, or null
// $concept: IRIs of sectors, principles and forums that the topic names, or null
// $since, $until, $known_at: days, or null
MATCH (person:Thing) WHERE person.iri IN $person
MATCH (person)<-[:SAID_BY]-(statement:Statement), (source:Thing {iri: statement.source})
WHERE ($known_at IS NULL OR source.publishedLatest <= $known_at)
  AND ($topic IS NULL OR toLower(statement.text) CONTAINS toLower($topic)
       OR EXISTS { (statement)-[:ABOUT_SECTOR|ABOUT_PRINCIPLE|ABOUT_FORUM]->(x) WHERE x.iri IN $concept })
OPTIONAL MATCH (statement)-[:MADE_AT]->(account:MeetingAccount {source: statement.source})
WITH statement, source,
     coalesce(statement.when, account.when, source.published) AS date,
     coalesce(statement.latest, account.latest, source.publishedLatest) AS day
WHERE ($since IS NULL OR day >= $since) AND ($until IS NULL OR day <= $until)
RETURN coalesce(source.sha256, source.iri) + replace(statement.iri, '/' + split(source.iri, '/source/')[1] + '.', '/') AS key,
       statement.iri AS statement, date, day, statement.text AS words,
       [(statement)-[:MODE]->(x) | x.iri] AS mode, [(statement)-[:SAID_TO]->(x) | x.iri] AS to
