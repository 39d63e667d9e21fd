// What is chosen, and what the panel then shows of it.

const past = [];

function light(target) {
  lit = { nodes: new Set(), lines: new Set() };
  if (!target) return;
  if (target.node !== undefined) {
    lit.nodes.add(target.node);
    for (const l of linesOf[target.node]) if (shownLines.has(l)) lit.lines.add(l);
  } else lit.lines.add(target.line);
  for (const l of lit.lines) {
    lit.nodes.add(edges[lines[l][0]].from);
    lit.nodes.add(edges[lines[l][0]].to);
  }
}

function choose(target, { back = false, reveal = false, focusPanel = false } = {}) {
  if (chosen && target && !back) past.push(chosen);
  if (!target) past.length = 0;
  chosen = target;
  light(target);
  if (!target) overview();
  else if (target.node !== undefined) showNode(target.node);
  else showLine(target.line);
  if (reveal && target) bringIntoView(target);
  if (focusPanel) toDetails();
  network.redraw();
}

// Bring what was chosen from a list into view, without a jump when it is there already.
function bringIntoView(target) {
  const n = target.node !== undefined ? target.node : edges[lines[target.line][0]].from;
  const space = $("drawing").getBoundingClientRect();
  const at = network.canvasToDOM(places[n]);
  const margin = 60;
  const scale = network.getScale();
  const over = narrow.matches ? 0 : $("legend").offsetWidth;
  const inside = at.x > over + margin && at.y > margin && at.x < space.width - margin && at.y < space.height - margin;
  if (inside && scale > 0.6) return;
  network.moveTo({
    position: places[n], scale: Math.max(scale, 0.9),
    animation: still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" },
  });
}

const backButton = () =>
  past.length
    ? el("button", { type: "button", class: "back", click: () => choose(past.pop(), { back: true, reveal: true, focusPanel: true }) }, "‹ Back")
    : el("button", { type: "button", class: "back", click: () => choose(null, { focusPanel: true }) }, "‹ Overview");

const goTo = (target) => () => choose(target, { reveal: true, focusPanel: true });

function nodeRow(n, note) {
  return el("button", { type: "button", class: "row", click: goTo({ node: n }) }, disc(nodes[n].cls),
    el("span", { class: "body" }, bdi(nodes[n].label), el("small", {}, note)));
}

function overview() {
  const centre = page.focus.length ? page.focus : [...nodes.keys()].slice(0, 8);
  fill(
    el("h2", {}, bdi(page.title)),
    el("p", { class: "lead" }, "Choose a thing or a link to see what is known of it, in whose words, and where that stands."),
    page.leftOut
      ? [heading("Left out"), el("p", {}, `${plural(page.leftOut, "thing")} more ${page.leftOut === 1 ? "is" : "are"} left out, the least connected, so that the page stays readable.`)]
      : [],
    nodes.length ? heading(page.focus.length ? "This page is about" : "Most connected") : "",
    el("ul", { class: "rows" }, centre.map((n) => el("li", {}, nodeRow(n, [page.classes[nodes[n].cls].label, plural(edgesOf[n].length, "link")].join(" · "))))),
    narrow.matches ? "" : [heading("Keys"), el("p", { class: "quiet" }, "/ search · arrow keys from thing to thing · Enter to read · + − zoom · 0 show all · Esc clear")],
  );
}

function showNode(n) {
  const node = nodes[n];
  const groups = new Map();
  for (const e of edgesOf[n]) {
    const out = edges[e].from === n;
    const key = `${out ? "1" : "0"}${edges[e].relation}`;
    if (!groups.has(key)) groups.set(key, { relation: edges[e].relation, out, edges: [] });
    groups.get(key).edges.push(e);
  }
  fill(
    backButton(),
    el("div", {}, badge(node.cls)),
    el("h2", {}, bdi(node.label)),
    node.when ? el("p", { class: "when" }, node.when) : "",
    node.names ? el("p", { class: "quiet" }, "Also: ", node.names.slice(0, 12).flatMap((name, i) => [i ? ", " : "", bdi(name)])) : "",
    node.citations ? [heading(node.citations.length > 1 ? "In the words of the sources" : "In the words of the source"), cites(node.citations)] : [],
    factList(node.facts),
    edgesOf[n].length ? heading("Links", edgesOf[n].length) : "",
    [...groups.values()].map((group) => {
      const items = group.edges.slice().sort((a, b) => (edges[b].earliest || "").localeCompare(edges[a].earliest || ""));
      return el("div", {},
        el("p", { class: "quiet" }, group.out ? "" : el("span", { class: "arrow", title: "towards this" }, "← "), bdi(group.relation), group.out ? el("span", { class: "arrow" }, " →") : ""),
        rows(items, (e) => edgeRow(e, n), 25));
    }),
  );
  say(`${node.label}, ${page.classes[node.cls].label}, ${plural(edgesOf[n].length, "link")}`);
}

const lineOfEdge = [];
lines.forEach((members, l) => members.forEach((e) => (lineOfEdge[e] = l)));

function edgeRow(e, n) {
  const edge = edges[e];
  const other = edge.from === n ? edge.to : edge.from;
  const cited = (edge.citations || []).length;
  const note = [edge.when || nodes[other].when, cited ? plural(cited, "citation") : ""].filter(Boolean).join(" · ");
  return el("button", { type: "button", class: "row", click: goTo({ line: lineOfEdge[e], edge: e }) }, disc(nodes[other].cls),
    el("span", { class: "body" }, bdi(nodes[other].label), el("small", {}, note)));
}

function showLine(l) {
  const members = lines[l];
  const one = chosen.edge !== undefined ? [chosen.edge] : members;
  const { from, to } = edges[members[0]];
  fill(
    backButton(),
    el("p", { class: "quiet" }, one.length > 1 ? plural(members.length, "link") : "Link"),
    el("h2", { class: "hidden" }, bdi(`${nodes[from].label} – ${nodes[to].label}`)),
    one.slice(0, 30).map((e) => linkView(e)),
    one.length > 30 ? el("p", { class: "quiet" }, `${number(one.length - 30)} more are in the list of each end.`) : "",
  );
  say(`Link: ${nodes[from].label}, ${edges[one[0]].relation}, ${nodes[to].label}`);
}

function linkView(e) {
  const edge = edges[e];
  const only = edge.source !== undefined && !(edge.citations || []).some((c) => c.source === edge.source);
  return el("section", {},
    el("div", { class: "ends" },
      nodeRow(edge.from, nodes[edge.from].when || ""),
      el("p", { class: "verb" }, bdi(edge.relation), edge.when ? `, ${edge.when}` : ""),
      nodeRow(edge.to, nodes[edge.to].when || "")),
    edge.citations ? heading("In the words of the source") : "",
    cites(edge.citations),
    only ? [edge.citations ? "" : heading("Source"), cite({ source: edge.source })] : []);
}

// ----- everything as a list -----

function listAll() {
  const groups = page.classes.map(() => []);
  for (const n of shownNodes) groups[nodes[n].cls].push(n);
  $("all").replaceChildren(
    el("p", { class: "quiet" }, shownNodes.size === nodes.length ? "Everything on this page." : `${number(shownNodes.size)} of ${plural(nodes.length, "thing")} pass the filters.`),
    ...groups.flatMap((group, cls) => group.length
      ? [heading(page.classes[cls].label, group.length), rows(group.sort((a, b) => a - b), (n) => nodeRow(n, [nodes[n].when, plural(edgesOf[n].length, "link")].filter(Boolean).join(" · ")))]
      : []),
  );
}
