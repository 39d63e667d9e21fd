// How each source names a thing
MATCH (d:Thing)-[says:DESCRIBES]->(n:Thing {name: 'Chile'})
RETURN d.name AS source, says.name AS name
ORDER BY source
