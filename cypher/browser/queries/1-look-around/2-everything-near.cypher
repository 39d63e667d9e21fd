// What stands around a person
MATCH p = (:Person {name: 'Tomás Aravena'})--(near:Thing)
RETURN p
LIMIT 100
