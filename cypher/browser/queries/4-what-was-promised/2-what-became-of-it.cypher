// What became of commitments: the latest judgement on each
MATCH (c:Commitment)-[:COMMITTED_BY]->(who:Thing)
OPTIONAL MATCH (c)<-[:FOLLOWS_UP]-(f:FollowUp)-[:FOLLOW_UP_STATUS]->(status:Concept)
WITH c, who, f, status
ORDER BY f.latest DESC
WITH c, collect(DISTINCT who.name) AS by, collect({status: status.name, when: f.when, assessor: f.assessor})[0] AS last
RETURN by, c.text AS words, c.due AS due, last.status AS status, last.when AS judged, last.assessor AS assessor
ORDER BY due
LIMIT 100
