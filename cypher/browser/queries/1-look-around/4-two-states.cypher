// A pair of states and all that concerns it
MATCH (a:State {name: 'Norway'}),
      (b:State {name: 'Chile'})
MATCH (a)<-[:RELATES]-(pair:Relation)-[:RELATES]->(b)
MATCH p = (pair)<-[:CONCERNS]-(act:Thing)
RETURN a, b, p
LIMIT 100
