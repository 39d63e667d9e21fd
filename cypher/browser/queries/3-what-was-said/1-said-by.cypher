// What a person said, and about what
MATCH (a:Person {name: 'Tomás Aravena'})
MATCH p = (a)<-[:SAID_BY]-(s:Statement)
OPTIONAL MATCH q = (s)-[:ABOUT_SECTOR|ABOUT_FORUM
  |ABOUT_ACTOR|ABOUT_PRINCIPLE]->(:Thing)
RETURN p, q
