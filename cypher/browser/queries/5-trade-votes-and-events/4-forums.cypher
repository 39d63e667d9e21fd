// Which forums two states belong to
MATCH (a:State {name: 'Canada'})-[x:MEMBER_OF]->(f:Forum)<-[y:MEMBER_OF]-(b:State {name: 'China'})
RETURN a, x, f, y, b
LIMIT 100
