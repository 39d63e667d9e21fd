// Which principles are invoked, and by whom
MATCH (s:Statement)-[:ABOUT_PRINCIPLE]->(p:Principle)
OPTIONAL MATCH (s)-[:SAID_BY]->(who:Thing)
RETURN p.name AS principle, who.name AS speaker,
       count(*) AS times
ORDER BY times DESC, principle
