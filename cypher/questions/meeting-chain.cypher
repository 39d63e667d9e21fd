// Through which meetings and persons are two persons linked?
// $a, $b: IRIs of the two persons under all names; $since, $until, $known_at: days, or null
MATCH (a:Thing) WHERE a.iri IN $a
MATCH (b:Thing) WHERE b.iri IN $b
// One, two or three meetings. Relationship types are named, so that the chain runs through meetings alone.
MATCH (a) (
  (:Thing)<-[:PARTICIPANT]-(:Participation)-[:IN]->(told:MeetingAccount)<-[:IN]-(:Participation)-[:PARTICIPANT]->(next:Thing)
  WHERE ($since IS NULL OR told.latest >= $since) AND ($until IS NULL OR told.earliest <= $until)
    AND NOT EXISTS { (told)-[:MEETING_STATUS]->(s) WHERE NOT s.iri ENDS WITH '/held' }
    AND ($known_at IS NULL OR EXISTS { (d:Thing {iri: told.source}) WHERE d.publishedLatest <= $known_at })
){1,3} (b)
// Nobody twice.
WITH told, [n IN next | n.iri] AS persons
WHERE none(p IN persons[..-1] WHERE p IN $a OR p IN $b) AND (size(persons) < 3 OR persons[0] <> persons[1])
WITH DISTINCT told, persons, size(told) AS meetings,
     [t IN told | [(m:Meeting)-[:HAS_ACCOUNT]->(t) | m][0]] AS found
WITH meetings, persons, told, found,
     CASE meetings WHEN 1 THEN [0, null, null] WHEN 2 THEN [0, 1, null] ELSE [0, 1, 2] END AS at
RETURN DISTINCT meetings, found[0].iri AS first, told[0].iri AS told_first,
       CASE WHEN meetings > 1 THEN persons[0] END AS via, found[at[1]].iri AS second, told[at[1]].iri AS told_second,
       CASE WHEN meetings > 2 THEN persons[1] END AS then, found[at[2]].iri AS third, told[at[2]].iri AS told_third,
       told[0].latest AS day
