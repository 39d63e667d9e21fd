// What stands around a person
MATCH p = (:Person {name: 'Xi Jinping'})--(near:Thing)
RETURN p
LIMIT 100
