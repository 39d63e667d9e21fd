// In which forums do two actors both sit, in which role, and since when?
// $a, $b: IRIs of the two; $as_of, $known_at: days, or null
MATCH (a:Thing)-[in_a:MEMBER_OF]->(forum:Forum)<-[in_b:MEMBER_OF]-(b:Thing)
WHERE a.iri IN $a AND b.iri IN $b AND in_a.iri <> in_b.iri
  AND coalesce(in_a.earliest <= in_b.latest, true) AND coalesce(in_b.earliest <= in_a.latest, true)
  AND all(m IN [in_a, in_b] WHERE
        ($as_of IS NULL OR (coalesce(m.earliest <= $as_of, true) AND coalesce(m.latest >= $as_of, true)))
    AND ($known_at IS NULL OR m.source CONTAINS '/graph/'
         OR EXISTS { (s:Thing {iri: m.source}) WHERE s.publishedLatest <= $known_at }))
WITH in_a, in_b, forum, split(CASE
  WHEN in_a.earliest >= in_b.earliest THEN in_a.when WHEN in_a.earliest IS NOT NULL AND in_b.earliest IS NULL THEN in_a.when
  ELSE in_b.when END, '/')[0] AS begun
RETURN DISTINCT forum.iri AS forum,
       'https://w3id.org/bilateral/membership-role/' + in_a.role AS role_a, in_a.when AS when_a, in_a.iri AS member_a,
       'https://w3id.org/bilateral/membership-role/' + in_b.role AS role_b, in_b.when AS when_b, in_b.iri AS member_b,
       CASE WHEN begun IN ['', '..'] THEN null ELSE begun END AS both_since
