// Whom a person met
MATCH (x:Person {name: 'Xi Jinping'})-[:ATTENDED]->(m:Meeting)<-[:ATTENDED]-(c:Person)
RETURN *
