// A pair of states and all that concerns it
MATCH (:State {name: 'Norway'})<-[:RELATES]-(pair:Relation)-[:RELATES]->(:State {name: 'Chile'})
MATCH p = (:State)<-[:RELATES]-(pair)<-[:CONCERNS]-(act:Thing)
RETURN p
LIMIT 100
