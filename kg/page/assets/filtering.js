// What passes the filters by class, source and time.

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
  const timed = nodes.concat(edges).filter((thing) => thing.earliest || thing.latest);
  const placed = timed.filter((thing) => thing.earliest && thing.latest && Date.parse(thing.latest) - Date.parse(thing.earliest) < 800 * 864e5);
  const dated = placed.length ? placed : timed;
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
