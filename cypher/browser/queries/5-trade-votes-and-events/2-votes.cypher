// How two states voted on the same text
MATCH (a:State {name: 'Norway'})-[x:VOTED]->(r:RollCall)<-[y:VOTED]-(b:State {name: 'Chile'})
RETURN a, x, r, y, b
LIMIT 50
