// When two states met, latest first
MATCH (a:State {name: 'Canada'})<-[:PARTY]-(m:Meeting)-[:PARTY]->(b:State {name: 'China'})
OPTIONAL MATCH (m)-[:AT_PLACE]->(place:Place)
OPTIONAL MATCH (m)<-[:ATTENDED]-(who:Person)
RETURN m.when AS day, m.name AS meeting, collect(DISTINCT place.name) AS places, collect(DISTINCT who.name) AS persons
ORDER BY m.earliest DESC
