// What became of commitments: the latest judgement on each
MATCH (c:Commitment)-[:COMMITTED_BY]->(who:Thing)
WITH c, collect(DISTINCT who.name) AS by
OPTIONAL MATCH (c)<-[:FOLLOWS_UP]-(f:FollowUp)
OPTIONAL MATCH (f)-[:FOLLOW_UP_STATUS]->(s:Concept)
WITH c, by, f, s
ORDER BY f.latest DESC
WITH c, by,
     collect(s.name)[0] AS status,
     collect(f.when)[0] AS judged
RETURN by, c.text AS words, c.due AS due,
       status, judged
ORDER BY due
LIMIT 100
