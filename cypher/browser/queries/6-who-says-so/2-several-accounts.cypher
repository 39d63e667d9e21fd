// Meetings of which several sources tell
MATCH (m:Meeting)-[:HAS_ACCOUNT]->(a:MeetingAccount)
WITH m, collect(a) AS accounts
WHERE size(accounts) > 1
UNWIND accounts AS a
MATCH p = (m)-[:HAS_ACCOUNT]->(a)
OPTIONAL MATCH q = (a)-[:AT_PLACE
  |MEETING_KIND|MEETING_STATUS]->(:Thing)
RETURN p, q
