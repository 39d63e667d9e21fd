// Find a thing by any of its names
MATCH (n:Thing)
WHERE any(name IN [n.name] + coalesce(n.aliases, []) WHERE toLower(name) CONTAINS toLower('energy'))
RETURN n
LIMIT 50
