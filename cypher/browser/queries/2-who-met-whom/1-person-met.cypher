// Whom a person met
MATCH (x:Person {name: 'Tomás Aravena'})
      -[:ATTENDED]->(m:Meeting)
      <-[:ATTENDED]-(c:Person)
RETURN *
