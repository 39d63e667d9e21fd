// How many of what
MATCH (n:Thing)
UNWIND labels(n) AS label
WITH label, count(*) AS number
WHERE label <> 'Thing'
RETURN label, number
ORDER BY number DESC, label
