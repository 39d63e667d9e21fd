// What stands around a person
MATCH (a:Person {name: 'Tomás Aravena'})
MATCH p = (a)--(near:Thing)
RETURN p
LIMIT 100
