// Which principles are invoked, and by whom
MATCH (principle:Principle)<-[:ABOUT_PRINCIPLE]-(s:Statement)
OPTIONAL MATCH (s)-[:SAID_BY]->(who:Thing)
RETURN principle.name AS principle, who.name AS speaker, count(*) AS times
ORDER BY times DESC, principle
