// Said at a meeting, in the words of each account
MATCH (m:Meeting)-[:HAS_ACCOUNT]->(a:MeetingAccount)<-[:MADE_AT]-(s:Statement)
OPTIONAL MATCH (s)-[:SAID_BY]->(who:Thing)
RETURN m.name AS meeting, who.name AS speaker, s.text AS words, s.source AS source
ORDER BY m.earliest DESC, speaker
LIMIT 100
