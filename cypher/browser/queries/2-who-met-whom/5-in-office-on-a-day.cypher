// Who held which office of a state on a day
WITH date('2025-06-01') AS day
MATCH (o:Office)-[:OFFICE_OF]->(:State {name: 'Norway'})
MATCH (who:Person)<-[:HOLDER]-(t:Tenure)-[:OFFICE]->(o)
WHERE coalesce(t.earliest <= day, true)
  AND coalesce(t.latest >= day, true)
RETURN who, t, o
