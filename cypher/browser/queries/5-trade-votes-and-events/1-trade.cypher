// Trade between two states, exporter's and importer's figures side by side
MATCH (a:State {name: 'Norway'})<-[:EXPORTED_BY]-(f:TradeFlow)-[:IMPORTED_BY]->(b:State {name: 'Chile'})
OPTIONAL MATCH (f)-[:REPORTED_BY]->(reporter:Thing)
RETURN f.when AS period, f.product AS product, reporter.name AS reporter, f.value AS value, f.currency AS currency, f.source AS source
ORDER BY period DESC, product
LIMIT 200
