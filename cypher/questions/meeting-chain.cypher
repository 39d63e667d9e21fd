// Through which meetings and persons are two persons linked?
// $a, $b: IRIs of the two persons under all names; $since, $until, $known_at: days, or null
MATCH (a:Thing) WHERE a.iri IN $a
MATCH (b:Thing) WHERE b.iri IN $b
// One or two meetings. Relationship types are named, so that the chain runs through meetings alone.
MATCH (a) (
  (:Thing)<-[:PARTICIPANT]-(:Participation)-[:IN]->(told:MeetingAccount)<-[:IN]-(:Participation)-[:PARTICIPANT]->(next:Thing)
  WHERE ($since IS NULL OR told.latest >= $since) AND ($until IS NULL OR told.earliest <= $until)
    AND NOT EXISTS { (told)-[:MEETING_STATUS]->(s) WHERE NOT s.iri ENDS WITH '/held' }
    AND ($known_at IS NULL OR EXISTS { (d:Thing {iri: told.source}) WHERE d.publishedLatest <= $known_at })
){1,2} (b)
WITH told, [n IN next | n.iri] AS persons
WHERE none(p IN persons[..-1] WHERE p IN $a OR p IN $b)
WITH told, persons, [t IN told | head([(m:Meeting)-[:HAS_ACCOUNT]->(t) | m.iri])] AS meeting
RETURN DISTINCT size(told) AS meetings, meeting[0] AS first, told[0].iri AS told_first,
       CASE size(told) WHEN 2 THEN persons[0] END AS via, CASE size(told) WHEN 2 THEN meeting[1] END AS second,
       CASE size(told) WHEN 2 THEN told[1].iri END AS told_second, told[0].latest AS day
