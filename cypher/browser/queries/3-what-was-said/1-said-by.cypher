// What a person said, and about what
MATCH p = (:Person {name: 'Tomás Aravena'})<-[:SAID_BY]-(s:Statement)
OPTIONAL MATCH q = (s)-[:ABOUT_SECTOR|ABOUT_FORUM|ABOUT_ACTOR|ABOUT_PRINCIPLE]->(:Thing)
RETURN p, q
