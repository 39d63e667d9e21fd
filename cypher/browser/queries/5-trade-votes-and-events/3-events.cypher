// What one state did to another, as coded
MATCH p = (:State {name: 'Chile'})<-[:INITIATED_BY]-(e:Event)-[:TARGET]->(:State {name: 'Norway'})
RETURN p
LIMIT 100
