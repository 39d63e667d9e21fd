// Which agreements bind two actors, and which have they only signed?
// $a, $b: IRIs of the two; $as_of, $known_at: days, or null
WITH ['ratification', 'acceptance', 'accession', 'succession', 'entry-into-force'] AS binding,
     ['withdrawal', 'termination'] AS leaving
// One act may name both: two matches, for one would not pass its link to the agreement twice.
MATCH (a:Thing)<-[:PARTY]-(act_a:AgreementAct)-[:ON_AGREEMENT]->(agreement:Agreement) WHERE a.iri IN $a
MATCH (agreement)<-[:ON_AGREEMENT]-(act_b:AgreementAct)-[:PARTY]->(b:Thing)
WHERE b.iri IN $b
  AND all(act IN [act_a, act_b] WHERE ($as_of IS NULL OR coalesce(act.earliest <= $as_of, true))
    AND ($known_at IS NULL OR EXISTS { (s:Thing {iri: act.source}) WHERE s.publishedLatest <= $known_at }))
MATCH (act_a)-[:AGREEMENT_ACTION]->(done_a)
MATCH (act_b)-[:AGREEMENT_ACTION]->(done_b)
WITH DISTINCT binding, leaving, a, b, agreement, act_a, act_b, done_a, done_b
CALL (binding, leaving, a, b, agreement) {
  MATCH (agreement)<-[:ON_AGREEMENT]-(act:AgreementAct)-[:PARTY]->(party), (act)-[:AGREEMENT_ACTION]->(action)
  WHERE party IN [a, b] AND ($as_of IS NULL OR coalesce(act.earliest <= $as_of, true))
  WITH binding, leaving, a, b, collect([party.iri, last(split(action.iri, '/'))]) AS deeds
  RETURN any(d IN deeds WHERE d[0] = a.iri AND d[1] IN binding) AND any(d IN deeds WHERE d[0] = b.iri AND d[1] IN binding)
         AND none(d IN deeds WHERE d[1] IN leaving) AS binds_both
}
RETURN agreement.iri AS agreement, [(agreement)-[:AGREEMENT_KIND]->(x) | x.iri] AS kind,
       done_a.iri AS done_a, act_a.when AS when_a, done_b.iri AS done_b, act_b.when AS when_b, binds_both,
       act_a.iri AS act_a, act_b.iri AS act_b
