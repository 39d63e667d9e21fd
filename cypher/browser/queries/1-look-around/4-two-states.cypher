// A pair of states and all that concerns it
MATCH (:State {name: 'Canada'})<-[:RELATES]-(pair:Relation)-[:RELATES]->(:State {name: 'China'})
MATCH p = (:State)<-[:RELATES]-(pair)<-[:CONCERNS]-(act:Thing)
RETURN p
LIMIT 200
