// A picture of meetings: parties, persons, places
MATCH (m:Meeting)
MATCH p = (m)-[:PARTY|AT_PLACE|ON_MARGINS_OF]->()
OPTIONAL MATCH q = (m)<-[:ATTENDED]-(:Person)
RETURN p, q
LIMIT 200
