// What does one source of a meeting say that another leaves out?
// $a, $b: IRIs of the two; $relation: IRIs of their relation; $since, $until, $known_at: days, or null
MATCH (a:Thing) WHERE a.iri IN $a
MATCH (b:Thing) WHERE b.iri IN $b
MATCH (a)<-[:PARTY]-(meeting:Meeting)-[:PARTY]->(b)
MATCH (meeting)-[:HAS_ACCOUNT]->(account), (meeting)-[:HAS_ACCOUNT]->(counterpart)
WHERE account <> counterpart
  AND ($since IS NULL OR account.latest >= $since) AND ($until IS NULL OR account.earliest <= $until)
MATCH (says:Document {iri: account.source}), (silent:Document {iri: counterpart.source})
WITH DISTINCT meeting, account, says, silent,
     coalesce(says.sha256, says.iri) AS one, coalesce(silent.sha256, silent.iri) AS other
WHERE one <> other
  AND ($known_at IS NULL OR (says.publishedLatest <= $known_at AND silent.publishedLatest <= $known_at))
// What was done at the meeting, or where the source tells of one only, between the two.
CALL (account, says) {
  MATCH (act:Thing)-[:MADE_AT]->(account) RETURN act
  UNION
  MATCH (r:Relation)<-[:CONCERNS]-(act:Thing {source: says.iri})
  WHERE r.iri IN $relation AND NOT EXISTS { (act)-[:MADE_AT]->() }
    AND NOT EXISTS { (r)<-[:CONCERNS]-(second:MeetingAccount {source: says.iri}) WHERE second <> account }
  RETURN act
}
CALL (act, silent) {
  MATCH (act)-[:ABOUT_SECTOR]->(x)
  WHERE NOT EXISTS { (x)<-[:ABOUT_SECTOR {source: silent.iri}]-() }
  RETURN 'sector' AS what, x.iri AS item
  UNION
  MATCH (act)-[:ABOUT_FORUM]->(x)
  WHERE NOT EXISTS { (x)<-[:ABOUT_FORUM|ON_MARGINS_OF {source: silent.iri}]-() }
  RETURN 'forum' AS what, x.iri AS item
  UNION
  MATCH (act)-[:ABOUT_PRINCIPLE]->(x)
  WHERE NOT EXISTS { (x)<-[:ABOUT_PRINCIPLE {source: silent.iri}]-() }
  RETURN 'principle' AS what, x.iri AS item
  UNION
  WITH act, silent
  WHERE act:Commitment AND NOT EXISTS {
    MATCH (act)-[:COMMITTED_BY]->(who)<-[:COMMITTED_BY {source: silent.iri}]-(similar:Commitment)
    WHERE EXISTS { (act)-[:ABOUT_SECTOR]->()<-[:ABOUT_SECTOR]-(similar) }
  }
  RETURN 'commitment' AS what, act.iri AS item
  UNION
  MATCH (act:Statement)-[:ON_BEHALF_OF]->(x)
  WHERE NOT EXISTS { (x)<-[:ON_BEHALF_OF|SAID_BY {source: silent.iri}]-(:Statement) }
  RETURN 'words of a party' AS what, x.iri AS item
}
RETURN DISTINCT meeting.iri AS meeting, account.when AS date, account.latest AS latest, what, item,
       CASE what WHEN 'commitment' THEN replace(item, '/' + split(says.iri, '/source/')[1] + '.', '/') ELSE item END AS item_key,
       says.iri AS says, one, silent.iri AS leaves_out, other, act.iri AS act
