// Who met most others
MATCH (a:Person)-[:ATTENDED]->(m:Meeting)<-[:ATTENDED]-(b:Person)
RETURN a.name AS person, count(DISTINCT m) AS meetings, count(DISTINCT b) AS others
ORDER BY others DESC, person
LIMIT 25
