// How two states voted on the same text
MATCH (a:State {name: 'Canada'})-[x:VOTED]->(r:RollCall)<-[y:VOTED]-(b:State {name: 'China'})
RETURN a, x, r, y, b
LIMIT 50
