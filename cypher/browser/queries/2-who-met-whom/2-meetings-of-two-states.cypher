// When two states met, latest first
MATCH (a:State {name: 'Norway'}),
      (b:State {name: 'Chile'})
MATCH (a)<-[:PARTY]-(m:Meeting)-[:PARTY]->(b)
OPTIONAL MATCH (m)-[:AT_PLACE]->(at:Place)
OPTIONAL MATCH (m)<-[:ATTENDED]-(who:Person)
WITH m,
     collect(DISTINCT at.name) AS places,
     collect(DISTINCT who.name) AS persons
RETURN m.when AS day, m.name AS meeting,
       places, persons
ORDER BY m.earliest DESC
