// Who held which office of a state on a day
MATCH (who:Person)<-[:HOLDER]-(t:Tenure)-[:OFFICE]->(office:Office)-[:OFFICE_OF]->(:State {name: 'Norway'})
WHERE coalesce(t.earliest <= date('2031-03-12'), true)
  AND coalesce(t.latest >= date('2031-03-12'), true)
RETURN who, t, office
