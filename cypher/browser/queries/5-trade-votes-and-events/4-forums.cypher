// Which forums two states belong to
MATCH (a:State {name: 'Norway'})-[x:MEMBER_OF]->(f:Forum)<-[y:MEMBER_OF]-(b:State {name: 'Chile'})
RETURN a, x, f, y, b
LIMIT 100
