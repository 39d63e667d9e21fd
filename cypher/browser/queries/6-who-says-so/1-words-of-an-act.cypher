// The words that a statement rests on, and who published them
MATCH p = (:Statement)-[:CITES]->(:Span)
          -[:SPAN_OF]->(:Document)
          -[:PUBLISHED_BY]->(:Publisher)
RETURN p
LIMIT 50
