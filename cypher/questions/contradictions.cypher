// Which claims on two actors contradict each other?
// $a, $b: IRIs of the two; $either: both; $relation: IRIs of their relation; $known_at: a day, or null
// What the two undertook and said comes as claims ("undertaking", "statement"): kg pairs and compares them by their words.
CALL () {
  // Accounts of meetings, each with its persons and places: few enough to compare each with each.
  MATCH (r:Relation)<-[:CONCERNS]-(account:MeetingAccount) WHERE r.iri IN $relation
  WITH collect({at: account, source: account.source,
                persons: [(account)<-[:IN]-(:Participation)-[:PARTICIPANT]->(p) | p.iri],
                places: [(account)-[:AT_PLACE]->(p) | p], meetings: [(account)<-[:HAS_ACCOUNT]-(m) | m.iri]}) AS accounts
  UNWIND accounts AS one
  UNWIND accounts AS other
  WITH accounts, one, other, one.at AS x, other.at AS y
  WHERE one.source <> other.source AND any(person IN one.persons WHERE person IN other.persons)
  CALL (accounts, one, other, x, y) {
    // Dates: the same persons, up to three days apart, in sources that each tell of one day only.
    WITH accounts, one, other, x, y
    WHERE x.latest < y.earliest AND y.earliest <= x.latest + duration({days: 3})
      AND none(o IN accounts WHERE o.source = one.source AND coalesce(o.at.earliest = y.earliest, false))
      AND none(o IN accounts WHERE o.source = other.source AND coalesce(o.at.earliest = x.earliest, false))
    RETURN 'date' AS what, x.when AS says_one, y.when AS says_other
    UNION
    // Places: the same persons on one day, and neither place lies within the other.
    WITH accounts, one, other, x, y
    WHERE x.iri < y.iri AND x.earliest = x.latest AND y.earliest = y.latest AND x.earliest = y.earliest
      AND none(m IN one.meetings WHERE m IN other.meetings)
    UNWIND one.places AS here
    UNWIND other.places AS there
    WITH accounts, one, other, x, here, there
    WHERE NOT EXISTS { (here)-[:WITHIN_PLACE]-(there) }
      AND none(o IN accounts WHERE o.source = one.source AND coalesce(o.at.earliest = x.earliest, false) AND there IN o.places)
      AND none(o IN accounts WHERE o.source = other.source AND coalesce(o.at.earliest = x.earliest, false) AND here IN o.places)
    RETURN 'place' AS what, here.iri AS says_one, there.iri AS says_other
  }
  RETURN what, x.iri AS subject, x AS one, says_one, y AS other, says_other, null AS claim
  UNION
  // Status: held here, called off there.
  MATCH (a:Thing)<-[:PARTY]-(m:Meeting) WHERE a.iri IN $a AND EXISTS { (m)-[:PARTY]->(b) WHERE b.iri IN $b }
  MATCH (m)-[:HAS_ACCOUNT]->(y)-[:MEETING_STATUS]->(there)
  WHERE there.iri ENDS WITH '/cancelled' OR there.iri ENDS WITH '/postponed'
  MATCH (m)-[:HAS_ACCOUNT]->(x)-[:MEETING_STATUS]->(here)
  WHERE here.iri ENDS WITH '/held'
  RETURN 'status' AS what, m.iri AS subject, x AS one, here.iri AS says_one, y AS other, there.iri AS says_other,
         null AS claim
  UNION
  // Trade: the same flow, product and period with different values.
  MATCH (r:Relation)<-[:CONCERNS]-(flow:TradeFlow) WHERE r.iri IN $relation
  WITH collect({at: flow, from: [(flow)-[:EXPORTED_BY]->(p) | p.iri], to: [(flow)-[:IMPORTED_BY]->(p) | p.iri],
                code: head([(flow)-[:PRODUCT]->(p) | p.iri]), by: head([(flow)-[:REPORTED_BY]->(p) | p.iri])}) AS flows
  UNWIND flows AS one
  UNWIND flows AS other
  WITH one, other, one.at AS x, other.at AS y, coalesce(one.by <> other.by, false) AS two
  WHERE x.iri < y.iri AND x.when = y.when AND x.currency = y.currency AND x.value <> y.value
    AND any(p IN one.from WHERE p IN other.from) AND any(p IN one.to WHERE p IN other.to)
    AND (NOT (coalesce(x.approximate, false) OR coalesce(y.approximate, false))
         OR abs(x.value - y.value) > 0.01 * x.value)
    AND coalesce(one.code = other.code, toLower(x.product) = toLower(y.product), false)
    AND (x.source <> y.source OR two)
  RETURN CASE WHEN two THEN 'value (two reporters)' ELSE 'value' END AS what,
         x.iri AS subject, x AS one, x.value AS says_one, y AS other, y.value AS says_other, null AS claim
  UNION
  // Offices: one term with different starts, where a source on the two has a part in it.
  MATCH (r:Relation)<-[:CONCERNS]-(act) WHERE r.iri IN $relation
  WITH collect(DISTINCT act.source) AS told
  MATCH (state:Thing)<-[:OFFICE_OF]-(office:Office)<-[:OFFICE]-(x:Tenure)-[:HOLDER]->(person)
  WHERE state.iri IN $either
  WITH told, office, x, person
  MATCH (person)<-[:HOLDER]-(y:Tenure)-[:OFFICE]->(same)
  WHERE same = office AND (x.source IN told OR y.source IN told)
    AND x.source <> y.source AND x.iri < y.iri AND x.earliest IS NOT NULL AND y.earliest IS NOT NULL
    AND coalesce(x.earliest <= y.latest, true) AND coalesce(y.earliest <= x.latest, true)
    AND x.when CONTAINS '/' AND y.when CONTAINS '/'
  WITH x, y, person, [t IN [x, y] | replace(replace(replace(split(t.when, '/')[0], '~', ''), '?', ''), '%', '')] AS begun
  WHERE begun[0] <> '' AND begun[1] <> ''
    AND NOT begun[0] STARTS WITH begun[1] AND NOT begun[1] STARTS WITH begun[0]
  RETURN 'start of office' AS what, person.iri AS subject, x AS one, begun[0] AS says_one, y AS other,
         begun[1] AS says_other, null AS claim
  UNION
  // What the two undertook and said, towards each other or at a meeting of both.
  CALL () {
    MATCH (r:Relation)<-[:CONCERNS]-(act:Commitment|Statement) WHERE r.iri IN $relation RETURN act
    UNION
    MATCH (a:Thing)<-[:PARTY]-(m:Meeting) WHERE a.iri IN $a AND EXISTS { (m)-[:PARTY]->(b) WHERE b.iri IN $b }
    MATCH (m)-[:HAS_ACCOUNT]->(account:MeetingAccount)
    MATCH (account)<-[:MADE_AT]-(act:Commitment|Statement) RETURN act
  }
  OPTIONAL MATCH (act)-[:MADE_AT]->(:MeetingAccount)<-[:HAS_ACCOUNT]-(met:Meeting)
  RETURN CASE WHEN act:Commitment THEN 'undertaking' ELSE 'statement' END AS what,
         null AS subject, act AS one, null AS says_one, null AS other, null AS says_other,
         {by: [(act)-[:COMMITTED_BY|SAID_BY|ON_BEHALF_OF]->(p) | p.iri], speaker: [(act)-[:SAID_BY]->(p) | p.iri],
          words: act.text, cue: act.cue, due: act.due, said_in: [(act)-[:STATED_IN]->(s) | s.iri],
          about: [(act)-[:ABOUT_SECTOR|ABOUT_PRINCIPLE|ABOUT_FORUM]->(s) | s.iri], meeting: met.iri,
          from: coalesce(act.earliest, met.earliest), to: coalesce(act.latest, met.latest)} AS claim
}
OPTIONAL MATCH (source_one:Thing {iri: one.source})
OPTIONAL MATCH (source_other:Thing {iri: other.source})
WITH *, coalesce(source_one.sha256, one.source) AS witness_one, coalesce(source_other.sha256, other.source) AS witness_other
WHERE (claim IS NOT NULL OR witness_one <> witness_other OR one.source = other.source)
  AND ($known_at IS NULL OR one.source CONTAINS '/graph/' OR source_one.publishedLatest <= $known_at)
  AND ($known_at IS NULL OR other IS NULL OR other.source CONTAINS '/graph/' OR source_other.publishedLatest <= $known_at)
RETURN DISTINCT what, subject, claim.by AS by, says_one AS one, one.source AS one_source, says_other AS other,
       other.source AS other_source, one.iri AS act_one, other.iri AS act_other,
       witness_one + ' ' + CASE what WHEN 'start of office' THEN subject + ' ' + says_one
         ELSE replace(one.iri, '/' + last(split(one.source, '/')) + '.', '/') END AS key_one,
       // Who is head of state and of government at once holds two offices: one claim on one start.
       witness_other + ' ' + CASE what WHEN 'start of office' THEN subject + ' ' + says_other
         ELSE replace(other.iri, '/' + last(split(other.source, '/')) + '.', '/') END AS key_other,
       witness_one AS witness, claim.words AS words, claim.speaker AS speaker, claim.cue AS cue, claim.due AS due,
       claim.said_in AS said_in, claim.about AS about, claim.meeting AS meeting, claim.from AS from, claim.to AS to,
       source_one.publishedLatest AS issued
