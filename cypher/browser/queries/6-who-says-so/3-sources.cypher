// Sources, their publishers and states
MATCH p = (d:Document)-[:PUBLISHED_BY]->(:Publisher)
OPTIONAL MATCH q = (d)-[:PUBLISHED_BY]->(:Publisher)-[:PUBLISHER_STATE]->(:Thing)
RETURN p, q
LIMIT 100
