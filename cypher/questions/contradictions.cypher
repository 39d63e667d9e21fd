// Which claims on two actors contradict each other?
// $a, $b: IRIs of the two; $either: both; $relation: IRIs of their relation; $known_at: a day, or null
CALL () {
  // Dates: the same persons, up to three days apart, in sources that each tell of one day only.
  MATCH (r:Relation)<-[:CONCERNS]-(x:MeetingAccount), (r)<-[:CONCERNS]-(y:MeetingAccount)
  WHERE r.iri IN $relation AND x.source <> y.source
    AND x.latest < y.earliest AND y.earliest <= x.latest + duration({days: 3})
    AND EXISTS { (x)<-[:IN]-()-[:PARTICIPANT]->()<-[:PARTICIPANT]-()-[:IN]->(y) }
    AND NOT EXISTS { (r)<-[:CONCERNS]-(:MeetingAccount {source: x.source, earliest: y.earliest}) }
    AND NOT EXISTS { (r)<-[:CONCERNS]-(:MeetingAccount {source: y.source, earliest: x.earliest}) }
  RETURN 'date' AS what, x.iri AS subject, x AS one, x.when AS says_one, y AS other, y.when AS says_other
  UNION
  // Places: the same persons on one day.
  MATCH (r:Relation)<-[:CONCERNS]-(x:MeetingAccount)-[:AT_PLACE]->(here),
        (r)<-[:CONCERNS]-(y:MeetingAccount)-[:AT_PLACE]->(there)
  WHERE r.iri IN $relation AND x.source <> y.source AND x.iri < y.iri
    AND x.earliest = x.latest AND y.earliest = y.latest AND x.earliest = y.earliest
    AND EXISTS { (x)<-[:IN]-()-[:PARTICIPANT]->()<-[:PARTICIPANT]-()-[:IN]->(y) }
    AND NOT EXISTS { (x)<-[:HAS_ACCOUNT]-()-[:HAS_ACCOUNT]->(y) }
    AND NOT EXISTS { (r)<-[:CONCERNS]-(:MeetingAccount {source: x.source, earliest: x.earliest})-[:AT_PLACE]->(there) }
    AND NOT EXISTS { (r)<-[:CONCERNS]-(:MeetingAccount {source: y.source, earliest: x.earliest})-[:AT_PLACE]->(here) }
  RETURN 'place' AS what, x.iri AS subject, x AS one, here.iri AS says_one, y AS other, there.iri AS says_other
  UNION
  // Status: held here, called off there.
  MATCH (a:Thing)<-[:PARTY]-(m:Meeting)-[:PARTY]->(b:Thing) WHERE a.iri IN $a AND b.iri IN $b
  MATCH (m)-[:HAS_ACCOUNT]->(x)-[:MEETING_STATUS]->(here), (m)-[:HAS_ACCOUNT]->(y)-[:MEETING_STATUS]->(there)
  WHERE here.iri ENDS WITH '/held' AND (there.iri ENDS WITH '/cancelled' OR there.iri ENDS WITH '/postponed')
  RETURN 'status' AS what, m.iri AS subject, x AS one, here.iri AS says_one, y AS other, there.iri AS says_other
  UNION
  // Trade: the same flow, product and period with different values.
  MATCH (r:Relation)<-[:CONCERNS]-(x:TradeFlow), (r)<-[:CONCERNS]-(y:TradeFlow)
  WHERE r.iri IN $relation AND x.iri < y.iri AND x.when = y.when AND x.currency = y.currency AND x.value <> y.value
    AND EXISTS { (x)-[:EXPORTED_BY]->()<-[:EXPORTED_BY]-(y) } AND EXISTS { (x)-[:IMPORTED_BY]->()<-[:IMPORTED_BY]-(y) }
    AND (NOT (coalesce(x.approximate, false) OR coalesce(y.approximate, false))
         OR abs(x.value - y.value) > 0.01 * x.value)
  OPTIONAL MATCH (x)-[:PRODUCT]->(code_x)
  OPTIONAL MATCH (y)-[:PRODUCT]->(code_y)
  OPTIONAL MATCH (x)-[:REPORTED_BY]->(by_x)
  OPTIONAL MATCH (y)-[:REPORTED_BY]->(by_y)
  WITH x, y, coalesce(by_x <> by_y, false) AS two,
       coalesce(code_x = code_y, toLower(x.product) = toLower(y.product), false) AS alike
  WHERE alike AND (x.source <> y.source OR two)
  RETURN CASE WHEN two THEN 'value (two reporters)' ELSE 'value' END AS what,
         x.iri AS subject, x AS one, x.value AS says_one, y AS other, y.value AS says_other
  UNION
  // Due: undertaken at one meeting, by the same on the same sector.
  MATCH (a:Thing)<-[:PARTY]-(m:Meeting)-[:PARTY]->(b:Thing) WHERE a.iri IN $a AND b.iri IN $b
  MATCH (m)-[:HAS_ACCOUNT]->()<-[:MADE_AT]-(x:Commitment)-[:COMMITTED_BY]->(by)
  MATCH (by)<-[:COMMITTED_BY]-(y:Commitment)-[:MADE_AT]->()<-[:HAS_ACCOUNT]-(m)
  WHERE x.source <> y.source AND x.dueLatest < y.dueEarliest
    AND EXISTS { (x)-[:ABOUT_SECTOR]->()<-[:ABOUT_SECTOR]-(y) }
  RETURN 'due time' AS what, m.iri AS subject, x AS one, x.due AS says_one, y AS other, y.due AS says_other
  UNION
  // Offices: one term with different starts.
  MATCH (state:Thing)<-[:OFFICE_OF]-(office:Office) WHERE state.iri IN $either
  MATCH (office)<-[:OFFICE]-(x:Tenure)-[:HOLDER]->(person)<-[:HOLDER]-(y:Tenure)-[:OFFICE]->(office)
  WHERE x.source <> y.source AND x.iri < y.iri AND x.earliest IS NOT NULL AND y.earliest IS NOT NULL
    AND coalesce(x.earliest <= y.latest, true) AND coalesce(y.earliest <= x.latest, true)
    AND x.when CONTAINS '/' AND y.when CONTAINS '/'
  WITH x, y, person, [t IN [x, y] | replace(replace(replace(split(t.when, '/')[0], '~', ''), '?', ''), '%', '')] AS begun
  WHERE begun[0] <> '' AND begun[1] <> ''
    AND NOT begun[0] STARTS WITH begun[1] AND NOT begun[1] STARTS WITH begun[0]
  RETURN 'start of office' AS what, person.iri AS subject, x AS one, begun[0] AS says_one, y AS other, begun[1] AS says_other
}
OPTIONAL MATCH (source_one:Thing {iri: one.source})
OPTIONAL MATCH (source_other:Thing {iri: other.source})
WITH *, coalesce(source_one.sha256, one.source) AS witness_one, coalesce(source_other.sha256, other.source) AS witness_other
WHERE (witness_one <> witness_other OR one.source = other.source)
  AND ($known_at IS NULL OR one.source CONTAINS '/graph/' OR source_one.publishedLatest <= $known_at)
  AND ($known_at IS NULL OR other.source CONTAINS '/graph/' OR source_other.publishedLatest <= $known_at)
RETURN DISTINCT what, subject, says_one AS one, one.source AS one_source, says_other AS other, other.source AS other_source,
       one.iri AS act_one, other.iri AS act_other,
       witness_one + ' ' + CASE what WHEN 'start of office' THEN subject + ' ' + says_one
         ELSE replace(one.iri, '/' + last(split(one.source, '/')) + '.', '/') END AS key_one,
       // Who is head of state and of government at once holds two offices: one claim on one start.
       witness_other + ' ' + CASE what WHEN 'start of office' THEN subject + ' ' + says_other
         ELSE replace(other.iri, '/' + last(split(other.source, '/')) + '.', '/') END AS key_other
