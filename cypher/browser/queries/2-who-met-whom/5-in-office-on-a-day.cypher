// Who held which office of a state on a day
MATCH (who:Person)<-[:HOLDER]-(t:Tenure)-[:OFFICE]->(office:Office)-[:OFFICE_OF]->(:State {name: 'Canada'})
WHERE coalesce(t.earliest <= date('2026-01-16'), true)
  AND coalesce(t.latest >= date('2026-01-16'), true)
RETURN who, t, office
