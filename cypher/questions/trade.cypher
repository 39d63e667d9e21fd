// What did two actors trade by sector and year, and how often did they speak of that sector in that year?
// $relation: IRIs of the relation of the two; $sector: IRIs of a sector, or null; $since, $until, $known_at: days, or null
MATCH (r:Relation)<-[:CONCERNS]-(f:TradeFlow), (source:Thing {iri: f.source})
WHERE r.iri IN $relation AND f.latest IS NOT NULL
  AND ($known_at IS NULL OR source.publishedLatest <= $known_at)
  AND ($since IS NULL OR f.latest >= $since) AND ($until IS NULL OR f.latest <= $until)
OPTIONAL MATCH (f)-[:PRODUCT]->(code)
WITH r, f, code, [(f)-[:REPORTED_BY]->(x) | x.iri] AS reporter, coalesce(source.sha256, source.iri) AS witness,
     [f.when, f.currency, coalesce(code.iri, toLower(f.product), ''), [(f)-[:EXPORTED_BY]->(x) | x.iri],
      [(f)-[:IMPORTED_BY]->(x) | x.iri]] AS same
UNWIND CASE WHEN reporter = [] THEN [witness] ELSE reporter END AS teller
WITH r, same, collect(DISTINCT {f: f, code: code}) AS figures, min(f.value) AS least, max(f.value) AS most,
     count(DISTINCT teller) AS tellers
UNWIND figures AS figure
WITH r, figure.f AS f, figure.code AS code,
     CASE WHEN tellers > 1 THEN round(1000.0 * (most - least) / most) / 10 END AS apart
CALL (f) {
  OPTIONAL MATCH (f)-[:ABOUT_SECTOR]->(s) RETURN s
  UNION
  OPTIONAL MATCH (f)-[:PRODUCT]->()-[:BROADER*0..6]->()
           <-[:EXACT_MATCH|CLOSE_MATCH|BROAD_MATCH|NARROW_MATCH|RELATED_MATCH]-(s:Sector)
  RETURN s
  UNION
  OPTIONAL MATCH (s:Sector)
  WHERE any(name IN [s.name] + coalesce(s.aliases, []) WHERE toLower(name) = toLower(f.product))
  RETURN s
}
WITH r, f, code, apart, s, count(*) AS found
WITH r, f, code, apart, [x IN collect(s) WHERE $sector IS NULL OR x.iri IN $sector] AS sectors
WHERE $sector IS NULL OR sectors <> []
UNWIND CASE WHEN sectors = [] THEN [null] ELSE sectors END AS sector
CALL (r, f, sector) {
  OPTIONAL MATCH (r)<-[:CONCERNS]-(st:Statement)-[:ABOUT_SECTOR]->(sector), (d:Thing {iri: st.source})
  OPTIONAL MATCH (st)-[:MADE_AT]->(account:MeetingAccount {source: st.source})
  WITH st, d, coalesce(st.latest, account.latest, d.publishedLatest) AS said, f
  WHERE said.year = f.latest.year
  RETURN count(DISTINCT coalesce(d.sha256, d.iri) + replace(st.iri, split(d.iri, '/source/')[1], '')) AS spoken
}
RETURN f.iri AS figure, f.latest.year AS year, [(f)-[:EXPORTED_BY]->(x) | x.iri] AS exporter,
       [(f)-[:IMPORTED_BY]->(x) | x.iri] AS importer, coalesce(f.product, code.iri) AS product, sector.iri AS sectors,
       f.value AS value, f.currency AS currency, [(f)-[:REPORTED_BY]->(x) | x.iri] AS reporter,
       [(f)-[:VALUATION]->(x) | x.iri] AS valuation, apart,
       CASE WHEN sector IS NOT NULL THEN spoken END AS spoken
