// Who speaks about a sector
MATCH p = (:Sector {name: 'Energy'})<-[:ABOUT_SECTOR]-(s:Statement)
OPTIONAL MATCH q = (s)-[:SAID_BY]->(:Thing)
RETURN p, q
LIMIT 200
