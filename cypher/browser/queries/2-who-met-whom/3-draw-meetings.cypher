// A picture of meetings: parties, persons, places
MATCH p = (m:Meeting)-[:PARTY|AT_PLACE|ON_MARGINS_OF]->(:Thing)
OPTIONAL MATCH q = (m)<-[:ATTENDED]-(:Person)
RETURN p, q
LIMIT 200
