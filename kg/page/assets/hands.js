// Mouse, fingers, keys; the picture to save; the start of the page.

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
