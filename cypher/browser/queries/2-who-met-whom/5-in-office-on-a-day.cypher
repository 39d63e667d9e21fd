// Who held which office of a state on a day
WITH date('2025-06-01') AS day
MATCH (s:State {name: 'Norway'})
MATCH (s)<-[:OFFICE_OF]-(o:Office)<-[:OFFICE]-(t)
WHERE coalesce(t.earliest <= day, true)
  AND coalesce(t.latest >= day, true)
MATCH (t:Tenure)-[:HOLDER]->(who:Person)
RETURN who, t, o
