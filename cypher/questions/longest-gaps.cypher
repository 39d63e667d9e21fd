// What were the longest gaps between meetings of the leaders of two states?
// $a, $b: IRIs of the two; $since, $as_of, $known_at: days, or null
MATCH (a:Thing) WHERE a.iri IN $a
MATCH (b:Thing) WHERE b.iri IN $b
MATCH (a)<-[:PARTY]-(met:MeetingAccount)-[:PARTY]->(b)
WHERE NOT EXISTS { (met)-[:MEETING_STATUS]->(s) WHERE NOT s.iri ENDS WITH '/held' }
  AND ($known_at IS NULL OR EXISTS { (d:Thing {iri: met.source}) WHERE d.publishedLatest <= $known_at })
WITH DISTINCT a, b, met
CALL (a, b, met) {
  OPTIONAL MATCH (joint:Meeting)-[:HAS_ACCOUNT]->(met)
  OPTIONAL MATCH (joint)-[:HAS_ACCOUNT]->(also)
  WHERE $known_at IS NULL OR EXISTS { (d:Thing {iri: also.source}) WHERE d.publishedLatest <= $known_at }
  OPTIONAL MATCH (also)<-[:IN]-(p:Participation)-[:ON_BEHALF_OF]->(side)
  WITH a, b, side, EXISTS {
    (p)-[:IN_OFFICE]->()-[:OFFICE_KIND]->(kind)
    WHERE last(split(kind.iri, '/')) IN ['head-of-government', 'head-of-state', 'paramount-leader'] } AS leader
  WITH a, b, collect(DISTINCT side) AS named, collect(DISTINCT CASE WHEN leader THEN side END) AS led
  RETURN [x IN [a, b] WHERE x IN named] AS sides, [x IN [a, b] WHERE x IN led] AS leaders
}
WITH a, b, met, size(leaders) = 2
     // An official visit counts also where no source names anybody who received the guest.
     OR (size(sides) = 1 AND leaders = sides
         AND EXISTS { (met)-[:MEETING_KIND]->(k)
           WHERE last(split(k.iri, '/')) IN ['state-visit', 'official-visit', 'working-visit'] }
         AND EXISTS { (met)-[:IN_COUNTRY]->(host) WHERE host IN [a, b] AND NOT host IN sides }) AS counts
WITH collect(DISTINCT met) AS every, collect(DISTINCT CASE WHEN counts THEN met END) AS led
UNWIND led AS last
WITH every, led, last.latest AS from
WHERE ($since IS NULL OR from >= $since) AND ($as_of IS NULL OR from <= $as_of)
WITH DISTINCT every, led, from
UNWIND [m IN led WHERE $as_of IS NULL OR m.earliest <= $as_of | m.earliest]
     + CASE WHEN $as_of IS NULL THEN [] ELSE [$as_of] END AS next
WITH every, from, next WHERE next > from
WITH every, from, min(next) AS to
UNWIND [m IN every WHERE m.latest = from] AS told_before
MATCH (before:Meeting)-[:HAS_ACCOUNT]->(told_before)
UNWIND CASE WHEN any(m IN every WHERE m.earliest = to) THEN [m IN every WHERE m.earliest = to] ELSE [null] END AS told_after
OPTIONAL MATCH (after:Meeting)-[:HAS_ACCOUNT]->(told_after)
RETURN DISTINCT from, to, duration.inDays(from, to).days AS days, before.iri AS before, told_before.iri AS told_before,
       after.iri AS after, told_after.iri AS told_after
