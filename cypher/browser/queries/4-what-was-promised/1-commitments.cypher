// Who undertook what towards whom
MATCH p = (c:Commitment)-[:COMMITTED_BY]->(:Thing)
OPTIONAL MATCH q =
  (c)-[:BENEFITS|ABOUT_SECTOR|STATED_IN]->(:Thing)
RETURN p, q
LIMIT 200
