// How are two things connected
// Types are named, so that the way runs through acts and
// offices, and not through documents or places.
MATCH (a:Person {name: 'Mere Tawhara'}),
      (b:Person {name: 'Ingrid Solheim'})
MATCH p = shortestPath((a)-[
  :ATTENDED|HELD|OFFICE_OF|PARTY
  |SAID_BY|SAID_TO|COMMITTED_BY*..8]-(b))
RETURN p
