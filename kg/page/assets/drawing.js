// The network on its canvas: discs, lines, labels.

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
