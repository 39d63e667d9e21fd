// The network: drawing, choosing, filtering.

const drawing = JSON.parse($("kg-network").textContent);
const { nodes, edges, lines } = page;
const radius = drawing.nodes.map((node) => node.size);
const focus = new Set(page.focus);

const linesOf = nodes.map(() => []);
lines.forEach((members, l) => {
  const { from, to } = edges[members[0]];
  linesOf[from].push(l);
  if (to !== from) linesOf[to].push(l);
});
const edgesOf = nodes.map(() => []);
edges.forEach((edge, e) => {
  edgesOf[edge.from].push(e);
  if (edge.to !== edge.from) edgesOf[edge.to].push(e);
});
const sourcesOfNode = nodes.map(citedIn);
const sourcesOfEdge = edges.map(citedIn);

// ----- drawing -----

const colours = {};
function readColours() {
  for (const name of ["ground", "paper", "ink", "soft", "accent", "line", "veil", "mark-rule"]) colours[name] = css(`--${name}`);
}
readColours();
const family = css("--sans");

const discColours = (cls) => {
  const colour = { background: colourOf(cls), border: colours.ground };
  return { ...colour, highlight: colour, hover: colour };
};
const lineColour = () => ({ color: colours.line, highlight: colours.line, hover: colours.line, opacity: lines.length > 600 ? 0.35 : 0.55 });

const nodeSet = new vis.DataSet(
  drawing.nodes.map(({ label, ...node }) => ({ ...node, color: discColours(nodes[node.id].cls) })),
);
const lineSet = new vis.DataSet(drawing.edges);
const network = new vis.Network($("drawing"), { nodes: nodeSet, edges: lineSet }, {
  ...drawing.options,
  edges: { ...drawing.options.edges, color: lineColour() },
});
const places = network.getPositions();

const shownNodes = new Set(nodes.keys());
const shownLines = new Set(lines.keys());
let chosen = null; // {node} or {line}
let hovered = null;
let lit = { nodes: new Set(), lines: new Set() };

const paths = page.classes.map((cls) => (icons[cls.icon] ? new Path2D(icons[cls.icon]) : null));
const widths = new Map();
const covers = [$("legend"), document.querySelector(".tools")];

// The label of a node in at most two lines.
const labelLines = nodes.map((node) => {
  const limit = 24;
  const words = node.label.split(" ");
  const out = [""];
  for (const word of words) {
    const longer = out[out.length - 1] ? `${out[out.length - 1]} ${word}` : word;
    if (longer.length <= limit || !out[out.length - 1]) out[out.length - 1] = longer;
    else if (out.length === 2) {
      out[1] += "…";
      break;
    } else out.push(word);
  }
  return out.map((line) => (line.length > limit + 4 ? `${line.slice(0, limit + 2)}…` : line));
});

function drawDisc(ctx, n, scale) {
  const { x, y } = places[n];
  const r = radius[n];
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = colourOf(nodes[n].cls);
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = colours.ground;
  ctx.stroke();
  drawSign(ctx, n, scale);
}

function drawSign(ctx, n, scale) {
  const r = radius[n];
  if (r * scale < 6.5) return;
  const { x, y } = places[n];
  const cls = nodes[n].cls;
  const side = r * 1.15;
  ctx.fillStyle = inkOf(cls);
  if (paths[cls]) {
    ctx.save();
    ctx.translate(x - side / 2, y - side / 2);
    ctx.scale(side / 24, side / 24);
    ctx.fill(paths[cls], "evenodd");
    ctx.restore();
  } else if (page.classes[cls].icon) {
    ctx.font = `600 ${r * 1.1}px ${family}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(signOf(cls), x, y + r * 0.06);
  }
}

function ring(ctx, n, colour, scale, gap = 4) {
  ctx.beginPath();
  ctx.arc(places[n].x, places[n].y, radius[n] + gap / Math.max(scale, 0.6), 0, 2 * Math.PI);
  ctx.lineWidth = 2 / Math.max(scale, 0.6);
  ctx.strokeStyle = colour;
  ctx.stroke();
}

// The middle of a bent line, as vis-network bends it.
function bend(l) {
  const { from, to, smooth } = drawing.edges[l];
  const a = places[from];
  const b = places[to];
  if (!smooth) return null;
  const turn = ((smooth.type === "curvedCW" ? 1 : -1) * smooth.roundness * 0.5 + 0.5) * Math.PI;
  const way = Math.hypot(b.x - a.x, b.y - a.y) * (smooth.roundness * 0.5 + 0.5);
  const angle = Math.atan2(a.y - b.y, b.x - a.x) + turn;
  return { x: a.x + way * Math.sin(angle), y: a.y + way * Math.cos(angle) };
}

function drawLine(ctx, l, scale, strong) {
  const { from, to, width } = drawing.edges[l];
  if (from === to) return;
  const a = places[from];
  const b = places[to];
  const via = bend(l);
  const back = via || a;
  const angle = Math.atan2(b.y - back.y, b.x - back.x);
  const tipAt = { x: b.x - Math.cos(angle) * (radius[to] + 2), y: b.y - Math.sin(angle) * (radius[to] + 2) };
  const thick = Math.max(width, 1.4) * (strong ? 1.7 : 1) / Math.max(Math.min(scale, 1), 0.5);
  ctx.strokeStyle = ctx.fillStyle = strong ? colours["mark-rule"] : colours.accent;
  ctx.lineWidth = thick;
  ctx.beginPath();
  ctx.moveTo(a.x, a.y);
  if (via) ctx.quadraticCurveTo(via.x, via.y, tipAt.x, tipAt.y);
  else ctx.lineTo(tipAt.x, tipAt.y);
  ctx.stroke();
  const head = 6 + thick;
  ctx.beginPath();
  ctx.moveTo(tipAt.x, tipAt.y);
  ctx.lineTo(tipAt.x - head * Math.cos(angle - 0.4), tipAt.y - head * Math.sin(angle - 0.4));
  ctx.lineTo(tipAt.x - head * Math.cos(angle + 0.4), tipAt.y - head * Math.sin(angle + 0.4));
  ctx.fill();
}

// Labels keep one size on screen; by rank each takes the first free spot below, above or beside its disc, or none.
function drawLabels(ctx, scale) {
  const canvas = ctx.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  const centre = network.getViewPosition();
  const wide = canvas.clientWidth;
  const high = canvas.clientHeight;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const at = (n) => ({ x: (places[n].x - centre.x) * scale + wide / 2, y: (places[n].y - centre.y) * scale + high / 2 });
  const cells = new Map();
  const SIDE = 64;
  function* near(box) {
    for (let i = Math.floor(box[0] / SIDE); i <= Math.floor(box[2] / SIDE); i++)
      for (let j = Math.floor(box[1] / SIDE); j <= Math.floor(box[3] / SIDE); j++) yield `${i},${j}`;
  }
  // A label of weight may lie on small discs of less; box[4] is the node, or -1 for a label and what lies over all.
  const hits = (box, own, covered) => {
    for (const key of near(box)) for (const other of cells.get(key) || []) {
      const n = other[4];
      if (n === own || (n > own && radius[n] * scale < covered)) continue;
      if (box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) return true;
    }
    return false;
  };
  const take = (box) => {
    for (const key of near(box)) (cells.get(key) || cells.set(key, []).get(key)).push(box);
  };
  const some = lit.nodes.size > 0;
  const inView = [];
  const origin = canvas.getBoundingClientRect();
  for (const cover of covers) {
    const box = cover.getBoundingClientRect();
    take([box.left - origin.left, box.top - origin.top, box.right - origin.left, box.bottom - origin.top, -1]);
  }
  for (const n of shownNodes) {
    const { x, y } = at(n);
    const r = radius[n] * scale;
    if (x < -80 || y < -40 || x > wide + 80 || y > high + 40) continue;
    if (some && !lit.nodes.has(n)) continue;
    inView.push(n);
    take([x - r, y - r, x + r, y + r, n]);
  }
  const first = (n) => (hovered && hovered.node === n ? 0 : chosen && chosen.node === n ? 1 : focus.has(n) ? 2 : 3);
  inView.sort((a, b) => first(a) - first(b) || a - b);
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  for (const [place, n] of inView.entries()) {
    const big = radius[n] >= 17;
    const size = big && !narrow.matches ? 14 : 12;
    const must = first(n) < 3 || (chosen && chosen.line !== undefined && some);
    // How large a disc of less weight the label may cover.
    const covered = must || (place < 25 && radius[n] > 11) ? 9 : 0;
    if (!must && !some && radius[n] * scale < 2.2) continue;
    const font = `${big || must ? 600 : 400} ${size}px ${family}`;
    ctx.font = font;
    const text = labelLines[n];
    const key = `${n}${font}`;
    if (!widths.has(key)) widths.set(key, Math.max(...text.map((line) => ctx.measureText(line).width)));
    const w = widths.get(key);
    const h = text.length * (size + 2);
    const { x, y } = at(n);
    const r = radius[n] * scale + (focus.has(n) || (chosen && chosen.node === n) ? 8 : 3);
    const spots = [
      [x - w / 2, y + r, "center", x], [x - w / 2, y - r - h, "center", x],
      [x + r + 1, y - h / 2, "left", x + r + 1], [x - r - w - 1, y - h / 2, "right", x - r - 1],
    ];
    const whole = ([left, top]) => left > 2 && top > 2 && left + w < wide - 2 && top + h < high - 2;
    const clear = ([left, top]) => !hits([left - 2, top, left + w + 2, top + h], n, covered);
    let spot = spots.find((s) => whole(s) && clear(s));
    if (!spot && must) spot = spots.find((s) => whole(s) && !hits([s[0], s[1], s[0] + w, s[1] + h], -0.5, Infinity)) || spots.find(whole);
    if (!spot) {
      if (!must) continue;
      spot = spots[0];
    }
    const [left, top, align, anchor] = spot;
    take([left - 2, top, left + w + 2, top + h, -1]);
    ctx.textAlign = align;
    ctx.lineWidth = 4;
    ctx.strokeStyle = colours.ground;
    ctx.fillStyle = big || must || some ? colours.ink : colours.soft;
    text.forEach((line, i) => {
      ctx.strokeText(line, anchor, top + i * (size + 2));
      ctx.fillText(line, anchor, top + i * (size + 2));
    });
  }
  if (some && lit.lines.size <= 14 && scale > 0.55) drawRelations(ctx, at, hits, take);
  ctx.restore();
}

// The names of the lit links, each once it finds room at the middle of its line.
function drawRelations(ctx, at, hits, take) {
  ctx.font = `italic 12px ${family}`;
  ctx.textAlign = "center";
  ctx.fillStyle = colours.accent;
  const scale = network.getScale();
  const centre = network.getViewPosition();
  for (const l of lit.lines) {
    const { from, to } = drawing.edges[l];
    const a = at(from);
    const b = at(to);
    const via = bend(l);
    let x = (a.x + b.x) / 2;
    let y = (a.y + b.y) / 2;
    if (via) {
      x = x / 2 + ((via.x - centre.x) * scale + ctx.canvas.clientWidth / 2) / 2;
      y = y / 2 + ((via.y - centre.y) * scale + ctx.canvas.clientHeight / 2) / 2;
    }
    const members = lines[l];
    const text = members.length > 1 ? plural(members.length, "link") : edges[members[0]].relation;
    const w = ctx.measureText(text).width;
    if (Math.hypot(a.x - b.x, a.y - b.y) < w + 50) continue;
    const box = [x - w / 2 - 2, y - 8, x + w / 2 + 2, y + 8, -1];
    if (hits(box, -2, 0)) continue;
    take(box);
    ctx.strokeText(text, x, y - 7);
    ctx.fillText(text, x, y - 7);
  }
}

network.on("afterDrawing", (ctx) => {
  const scale = network.getScale();
  if (lit.nodes.size) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = colours.veil;
    ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
    ctx.restore();
    for (const l of lit.lines) drawLine(ctx, l, scale, chosen && chosen.line === l);
    for (const n of lit.nodes) drawDisc(ctx, n, scale);
    if (chosen && chosen.node !== undefined) ring(ctx, chosen.node, colours["mark-rule"], scale);
  } else {
    for (const n of shownNodes) drawSign(ctx, n, scale);
  }
  for (const n of focus) if (shownNodes.has(n) && (!lit.nodes.size || lit.nodes.has(n)) && !(chosen && chosen.node === n)) ring(ctx, n, colours.accent, scale);
  drawLabels(ctx, scale);
  if (!document.documentElement.dataset.drawn) document.documentElement.dataset.drawn = String(Math.round(performance.now()));
});

repainters.push(() => {
  readColours();
  nodeSet.update(drawing.nodes.map(({ id }) => ({ id, color: discColours(nodes[id].cls) })));
  network.setOptions({ edges: { color: lineColour() } });
  network.redraw();
});

// Show all that passes the filters, clear of what lies over the drawing.
function fit(smoothly) {
  const seen = shownNodes.size ? [...shownNodes] : [...nodes.keys()];
  if (!seen.length) return;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const n of seen) {
    left = Math.min(left, places[n].x - radius[n]);
    right = Math.max(right, places[n].x + radius[n]);
    top = Math.min(top, places[n].y - radius[n]);
    bottom = Math.max(bottom, places[n].y + radius[n]);
  }
  const space = $("drawing").getBoundingClientRect();
  const over = narrow.matches ? 0 : Math.min($("legend").offsetWidth, space.width * 0.3);
  const margin = narrow.matches ? { x: 30, y: 24 } : { x: 76, y: 44 };
  const wide = Math.max(space.width - over - 2 * margin.x, 80);
  const high = Math.max(space.height - 2 * margin.y, 80);
  const scale = Math.min(wide / Math.max(right - left, 1), high / Math.max(bottom - top, 1), 1.5);
  network.moveTo({
    position: { x: (left + right) / 2 - over / 2 / scale, y: (top + bottom) / 2 - 4 / scale },
    scale,
    animation: smoothly && !still.matches ? { duration: 300, easingFunction: "easeInOutQuad" } : false,
  });
}

// ----- choosing -----

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
  if (reveal && target) reveal_(target);
  if (focusPanel) toDetails();
  network.redraw();
}

// Bring what was chosen from a list into view, without a jump when it is there already.
function reveal_(target) {
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

// ----- filters -----

let range = null; // [first day, last day] or null for all

const inRange = (thing) =>
  range === null || ((!thing.earliest || thing.earliest <= range[1]) && (!thing.latest || thing.latest >= range[0]));

function apply() {
  // A thing needs its time and a source that describes or links it; what only hidden things were linked to goes too.
  // What the page is about stays.
  const told = edges.map((_, e) => sourcePasses(sourcesOfEdge[e]));
  const passes = nodes.map((node, n) => focus.has(n) || (inRange(node) && (sourcePasses(sourcesOfNode[n]) || edgesOf[n].some((e) => told[e]))));
  const edgePasses = edges.map((edge, e) => passes[edge.from] && passes[edge.to] && inRange(edge) && told[e]);
  const filtered = range !== null || filters.sources.size < page.sources.length;
  shownNodes.clear();
  nodes.forEach((node, n) => {
    const lonely = filtered && !focus.has(n) && edgesOf[n].length > 0 && !edgesOf[n].some((e) => edgePasses[e]);
    if (passes[n] && filters.classes.has(node.cls) && !lonely) shownNodes.add(n);
  });
  shownLines.clear();
  lines.forEach((members, l) => {
    const { from, to } = edges[members[0]];
    if (shownNodes.has(from) && shownNodes.has(to) && members.some((e) => edgePasses[e])) shownLines.add(l);
  });
  const changes = (set, shown, count) => {
    const updates = [];
    for (let id = 0; id < count; id++) {
      const hidden = !shown.has(id);
      if (Boolean(set.get(id).hidden) !== hidden) updates.push({ id, hidden });
    }
    if (updates.length) set.update(updates);
  };
  changes(nodeSet, shownNodes, nodes.length);
  changes(lineSet, shownLines, lines.length);
  if (chosen && (chosen.node !== undefined ? !shownNodes.has(chosen.node) : !shownLines.has(chosen.line))) choose(null);
  else light(chosen);
  $("nothing").hidden = shownNodes.size > 0 || nodes.length === 0;
  stats();
  listAll();
  network.redraw();
}

function stats() {
  const all = shownNodes.size === nodes.length;
  const shown = edges.filter((_, e) => shownLines.has(lineOfEdge[e])).length;
  const parts = [
    all ? plural(nodes.length, "thing") : `${number(shownNodes.size)} of ${plural(nodes.length, "thing")}`,
    plural(shown, "link"), plural(page.sources.length, "source"),
  ].join(" · ");
  $("stats").replaceChildren(parts, page.leftOut ? el("span", { class: "cut" }, ` · ${number(page.leftOut)} more left out`) : "");
}

// ----- time range: months or years in which something lies, with two handles -----

function timeRange() {
  // The bounds are those of what has its place in time; an office or a membership of decades would stretch them.
  const all_ = nodes.concat(edges).filter((thing) => thing.earliest || thing.latest);
  const placed = all_.filter((thing) => thing.earliest && thing.latest && Date.parse(thing.latest) - Date.parse(thing.earliest) < 800 * 864e5);
  const dated = placed.length ? placed : all_;
  const firsts = dated.map((thing) => thing.earliest || thing.latest).sort();
  const lasts = dated.map((thing) => thing.latest || thing.earliest).sort();
  if (!firsts.length || firsts[0].slice(0, 7) === lasts[lasts.length - 1].slice(0, 7)) return { all: () => {} };
  const month = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  let [start, end] = [month(firsts[0]), month(lasts[lasts.length - 1])];
  const step = end - start > 15 * 12 ? 12 : 1;
  if (step === 12) [start, end] = [start - (start % 12), end - (end % 12)];
  const count = Math.floor((end - start) / step) + 1;
  const two = (n) => String(n).padStart(2, "0");
  const firstDay = (i) => { const m = start + i * step; return `${String(Math.floor(m / 12)).padStart(4, "0")}-${two((m % 12) + 1)}-01`; };
  // "31" is after every day of any month, which is all a comparison of texts needs.
  const lastDay = (i) => { const m = start + i * step + step - 1; return `${String(Math.floor(m / 12)).padStart(4, "0")}-${two((m % 12) + 1)}-31`; };
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const name = (i) => { const m = start + i * step; return step === 12 ? String(Math.floor(m / 12)) : `${MONTHS[m % 12]} ${Math.floor(m / 12)}`; };
  const bins = new Array(count).fill(0);
  for (const thing of dated) {
    // What spans many bins (an office held for years) would drown the rest; only what has a place in time is counted.
    const [a, b] = [month(thing.earliest || thing.latest), month(thing.latest || thing.earliest)].map((m) => Math.floor((m - start) / step));
    if (b - a < 2 && thing.earliest && thing.latest) bins[a] += 1;
  }
  const top = Math.max(...bins, 1);
  const bars = bins.map((n, i) => svg("rect", { x: i + 0.12, width: 0.76, y: 34 - (n ? 3 + 29 * Math.sqrt(n / top) : 0), height: n ? 3 + 29 * Math.sqrt(n / top) : 0 }));
  const slider = (label, value) => el("input", { type: "range", min: 0, max: count - 1, value, "aria-label": label, input: slide });
  const from = slider("From", 0);
  const to = slider("To", count - 1);
  const on = el("span", { class: "on" });
  const output = el("output", {});
  const all = el("button", { type: "button", class: "all", click: () => reset() }, "All times");
  const chart = svg("svg", { viewBox: `0 0 ${count} 34`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...bars);
  $("range").append(output, el("div", { class: "track" }, chart, el("span", { class: "rail" }), on, from, to), all);
  $("range").hidden = false;
  let pending = 0;
  function slide(event) {
    if (Number(from.value) > Number(to.value)) (event.target === from ? to : from).value = event.target.value;
    paintRange();
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(apply);
  }
  function paintRange() {
    const [a, b] = [Number(from.value), Number(to.value)];
    // At an end of its rail a handle sets no bound.
    range = a === 0 && b === count - 1 ? null : [a === 0 ? "0000" : firstDay(a), b === count - 1 ? "9999" : lastDay(b)];
    bars.forEach((bar, i) => bar.classList.toggle("in", i >= a && i <= b));
    const part = (i) => (count > 1 ? i / (count - 1) : 0);
    on.style.left = `calc(9px + (100% - 18px) * ${part(a)})`;
    on.style.right = `calc(9px + (100% - 18px) * ${1 - part(b)})`;
    from.setAttribute("aria-valuetext", name(a));
    to.setAttribute("aria-valuetext", name(b));
    output.replaceChildren(el("b", {}, a === b ? name(a) : `${name(a)} – ${name(b)}`));
    $("range").classList.toggle("set", range !== null);
    // The handle that can still move lies on top when both meet.
    from.style.zIndex = a > count / 2 ? 2 : 1;
    to.style.zIndex = a > count / 2 ? 1 : 2;
  }
  function reset() {
    from.value = 0;
    to.value = count - 1;
    paintRange();
    apply();
  }
  paintRange();
  return { all: reset };
}

// ----- hands -----

network.on("click", ({ nodes: [n], edges: [l] }) => {
  untip();
  if (n !== undefined) choose({ node: n });
  else if (l !== undefined) choose({ line: l });
  else if (chosen) choose(null);
});
network.on("hoverNode", ({ node, pointer }) => {
  hovered = { node };
  $("drawing").style.cursor = "pointer";
  const note = [page.classes[nodes[node].cls].label, nodes[node].when, plural(edgesOf[node].length, "link")].filter(Boolean).join(" · ");
  tip(pointer.DOM.x, pointer.DOM.y, bdi(nodes[node].label), el("small", {}, note));
  network.redraw();
});
network.on("hoverEdge", ({ edge, pointer }) => {
  $("drawing").style.cursor = "pointer";
  const members = lines[edge];
  const first = edges[members[0]];
  const what = members.length > 1 ? plural(members.length, "link") : [first.relation, first.when].filter(Boolean).join(", ");
  tip(pointer.DOM.x, pointer.DOM.y, bdi(what), el("small", {}, bdi(nodes[first.from].label), " – ", bdi(nodes[first.to].label)));
});
for (const name of ["blurNode", "blurEdge"]) network.on(name, () => {
  hovered = null;
  $("drawing").style.cursor = "";
  untip();
  network.redraw();
});
let touched = false;
for (const name of ["dragStart", "zoom"]) network.on(name, () => { touched = true; untip(); });
network.on("dragging", ({ nodes: moved }) => moved.forEach((n) => Object.assign(places[n], network.getPositions([n])[n])));
network.on("dragEnd", ({ nodes: moved }) => moved.forEach((n) => Object.assign(places[n], network.getPositions([n])[n])));
new ResizeObserver(() => {
  network.setSize("100%", "100%");
  if (touched) network.redraw();
  else fit(false);
}).observe($("drawing"));

const zoom = (by) => {
  touched = true;
  network.moveTo({ scale: Math.min(Math.max(network.getScale() * by, 0.05), 6), animation: still.matches ? false : { duration: 160 } });
};
$("zoom-in").addEventListener("click", () => zoom(1.35));
$("zoom-out").addEventListener("click", () => zoom(1 / 1.35));
$("zoom-fit").addEventListener("click", () => { touched = false; fit(true); });

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function step([dx, dy]) {
  const seen = [...shownNodes];
  if (!seen.length) return;
  const from = chosen && chosen.node !== undefined ? chosen.node : null;
  if (from === null) return choose({ node: seen.reduce((a, b) => Math.min(a, b)) }, { reveal: true });
  let best = null;
  let least = Infinity;
  for (const n of seen) {
    const x = places[n].x - places[from].x;
    const y = places[n].y - places[from].y;
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    // Within 60 degrees of the way; what is linked counts as nearer.
    if (n === from || ahead <= 0 || aside > ahead * 1.75) continue;
    const cost = (ahead + 2 * aside) * (lit.nodes.has(n) ? 0.6 : 1);
    if (cost < least) [best, least] = [n, cost];
  }
  if (best !== null) choose({ node: best }, { reveal: true });
}
$("drawing").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (WAYS[event.key]) step(WAYS[event.key]);
  else if (event.key === "Enter" && chosen) toDetails();
  else if (event.key === "+" || event.key === "=") zoom(1.35);
  else if (event.key === "-") zoom(1 / 1.35);
  else if (event.key === "0") { touched = false; fit(true); }
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && chosen) choose(null);
});

// ----- saving as a picture -----

$("save").addEventListener("click", () => {
  const shot = $("drawing").querySelector("canvas");
  const ratio = shot.width / shot.clientWidth;
  const canvas = el("canvas", { width: shot.width, height: shot.height + 84 * ratio });
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = colours.ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(shot, 0, 54 * ratio);
  ctx.scale(ratio, ratio);
  ctx.fillStyle = colours.ink;
  ctx.font = `600 19px ${css("--serif")}`;
  ctx.fillText(page.title, 20, 36, shot.clientWidth - 40);
  ctx.font = `13px ${family}`;
  const foot = shot.clientHeight + 54 + 19;
  let x = 20;
  page.classes.forEach((cls, i) => {
    if (![...shownNodes].some((n) => nodes[n].cls === i) || x > shot.clientWidth - 140) return;
    ctx.fillStyle = colourOf(i);
    ctx.beginPath();
    ctx.arc(x + 5, foot - 4, 5, 0, 2 * Math.PI);
    ctx.fill();
    ctx.fillStyle = colours.soft;
    ctx.fillText(cls.label, x + 15, foot);
    x += ctx.measureText(cls.label).width + 34;
  });
  download(canvas);
});

// ----- start -----

const counts = page.classes.map((_, i) => nodes.filter((node) => node.cls === i).length);
const kinds = legend(counts);
const sourceList = listSources([...sourcesOfNode, ...sourcesOfEdge]);
const times = timeRange();
filters.changed = apply;
$("clear").addEventListener("click", () => { kinds.all(); sourceList.all(); times.all(); });
search(
  nodes.map((node, n) => ({
    label: node.label, names: node.names, cls: node.cls, key: n,
    note: [page.classes[node.cls].label, node.when].filter(Boolean).join(" · "),
  })),
  ({ key, cls }) => {
    // What was asked for is shown, whatever the filters say.
    if (!filters.classes.has(cls)) kinds.all();
    if (!shownNodes.has(key)) { sourceList.all(); times.all(); }
    choose({ node: key }, { reveal: true });
  },
);
stats();
listAll();
overview();
// The parts around the drawing have their size by now.
network.setSize("100%", "100%");
fit(false);
