// Commitments that are due and not judged yet
MATCH (c:Commitment)-[:COMMITTED_BY]->(who:Thing)
WHERE c.dueLatest < date() AND NOT EXISTS { (c)<-[:FOLLOWS_UP]-(:FollowUp) }
RETURN who, c
LIMIT 100
