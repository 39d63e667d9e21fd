// What one state did to another, as coded
MATCH p = (:State {name: 'China'})<-[:INITIATED_BY]-(e:Event)-[:TARGET]->(:State {name: 'Canada'})
RETURN p
LIMIT 100
