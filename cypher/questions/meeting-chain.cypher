// Whom did persons meet? One step of a chain; kg asks it again of those whom it finds, from both ends.
// $reach: IRIs of persons; $since, $until, $known_at: days, or null
MATCH (person:Thing) WHERE person.iri IN $reach
MATCH (person)<-[:PARTICIPANT]-(:Participation)-[:IN]->(told:MeetingAccount)
MATCH (told)<-[:IN]-(:Participation)-[:PARTICIPANT]->(next:Thing)
WHERE next <> person
  AND ($since IS NULL OR told.latest >= $since) AND ($until IS NULL OR told.earliest <= $until)
  AND NOT EXISTS { (told)-[:MEETING_STATUS]->(s) WHERE NOT s.iri ENDS WITH '/held' }
  AND ($known_at IS NULL OR EXISTS { (d:Thing {iri: told.source}) WHERE d.publishedLatest <= $known_at })
MATCH (meeting:Meeting)-[:HAS_ACCOUNT]->(told)
RETURN DISTINCT person.iri AS reach, told.iri AS told, meeting.iri AS meeting, next.iri AS next, told.latest AS day
