// When two states met, latest first
MATCH (a:State {name: 'Norway'})<-[:PARTY]-(m:Meeting)-[:PARTY]->(b:State {name: 'Chile'})
OPTIONAL MATCH (m)-[:AT_PLACE]->(place:Place)
OPTIONAL MATCH (m)<-[:ATTENDED]-(who:Person)
WITH m, collect(DISTINCT place.name) AS places, collect(DISTINCT who.name) AS persons
RETURN m.when AS day, m.name AS meeting, places, persons
ORDER BY m.earliest DESC
