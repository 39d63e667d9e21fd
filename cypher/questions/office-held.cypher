// Who held which office of a state, or which offices did a person hold, on a day?
// $of: IRIs of the state, organisation or person; $level: IRIs of kinds of office, or null; $as_of, $known_at: days, or null
MATCH (of:Thing) WHERE of.iri IN $of
CALL (of) {
  MATCH (of)<-[:OFFICE_OF]-(office:Office)<-[:OFFICE]-(term:Tenure)-[:HOLDER]->(person) RETURN office, term, person
  UNION
  MATCH (of)<-[:HOLDER]-(term:Tenure)-[:OFFICE]->(office) RETURN office, term, of AS person
}
WITH office, term, person
WHERE ($level IS NULL OR EXISTS { (office)-[:OFFICE_KIND]->(kind) WHERE kind.iri IN $level })
  AND ($as_of IS NULL OR (coalesce(term.earliest <= $as_of, true) AND coalesce(term.latest >= $as_of, true)))
  AND ($known_at IS NULL OR term.source CONTAINS '/graph/'
       OR EXISTS { (s:Thing {iri: term.source}) WHERE s.publishedLatest <= $known_at })
RETURN DISTINCT office.iri AS office, person.iri AS person, term.when AS when, term.earliest AS began, term.iri AS tenure
