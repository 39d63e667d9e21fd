// Acts over time: bars stacked by kind, the acts of a bar in the panel.

const { acts } = page;
const sourcesOfAct = acts.map(citedIn);
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const monthOf = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

let unit = 1; // months in a bar: 1 or 12
let query = "";
let open = null; // the bar whose acts the panel shows, or "loose" or null
let bins = []; // {start, acts: [[act numbers] by class]}
let loose = []; // acts that no single bar can hold

const foldedActs = acts.map((act) => fold([act.label, ...(act.citations || []).map((c) => c.quote || "")].join(" ")));

// The month in which an act is drawn; null when its time is unknown, open, or too wide for one bar.
function placeOf(act) {
  if (!act.earliest || !act.latest) return null;
  const [a, b] = [monthOf(act.earliest), monthOf(act.latest)];
  if (unit === 12) return Math.floor(a / 12) === Math.floor(b / 12) ? a : null;
  // A visit over the turn of a month lies where it began.
  return a === b || (b === a + 1 && Date.parse(act.latest) - Date.parse(act.earliest) < 20 * 864e5) ? a : null;
}

const passes = (act, n) => filters.classes.has(act.cls) && sourcePasses(sourcesOfAct[n]) && (!query || foldedActs[n].includes(query));

// The months from the first act that has a bar to the last.
function spanOfBars() {
  const placed = acts.map(placeOf).filter((place) => place !== null);
  return placed.length ? [Math.min(...placed), Math.max(...placed)] : null;
}

function sort() {
  bins = [];
  loose = [];
  const span = spanOfBars();
  if (span) {
    const first = unit === 12 ? Math.floor(span[0] / 12) * 12 : span[0];
    for (let start = first; start <= span[1]; start += unit) bins.push({ start, acts: page.classes.map(() => []) });
  }
  acts.forEach((act, n) => {
    if (!passes(act, n)) return;
    const place = placeOf(act);
    const bin = place === null ? undefined : bins[Math.floor((place - bins[0].start) / unit)];
    if (bin) bin.acts[act.cls].push(n);
    else loose.push(n);
  });
}

const sizeOf = (bin) => bin.acts.reduce((sum, list) => sum + list.length, 0);
const nameOf = (bin) => (unit === 12 ? String(bin.start / 12) : `${MONTHS[bin.start % 12]} ${Math.floor(bin.start / 12)}`);

// ----- the drawing: one model of rectangles and texts, for the screen and for the picture -----

function steps(top) {
  const rough = top / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const step = Math.max(1, [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough));
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, i) => i * step);
}

function model(wide, high) {
  const [left, bottom, head] = [34, 34, 10];
  const room = Math.max(wide - left - 6, 60);
  const width = Math.max(room / Math.max(bins.length, 1), narrow.matches ? 9 : 7);
  const total = left + width * bins.length + 6;
  const ground = high - bottom;
  const most = Math.max(...bins.map(sizeOf), 1);
  const scale = (ground - head) / Math.max(most, 4);
  const grid = steps(Math.max(most, 4)).map((value) => ({ value, y: ground - value * scale }));
  const gap = Math.min(width * 0.16, 6);
  const bar = Math.min(width - 2 * gap, 54);
  const bars = bins.map((bin, i) => {
    const middle = left + width * (i + 0.5);
    let y = ground;
    const parts = bin.acts.map((list, cls) => ({ cls, height: list.length * scale })).filter((part) => part.height > 0)
      .map((part) => ({ ...part, x: middle - bar / 2, y: (y -= part.height), width: bar }));
    return { x: left + width * i, width, top: y, parts };
  });
  // As many names under the axis as there is room for: years where there are many months.
  const marks = [];
  let free = -Infinity;
  const yearly = unit === 12 || width < 44;
  bins.forEach((bin, i) => {
    const january = bin.start % 12 === 0;
    if (yearly && unit === 1 && !january && i > 0) return;
    const text = unit === 12 || yearly ? (january || unit === 12 ? String(Math.floor(bin.start / 12)) : nameOf(bin).replace(/^(\w{3})\w*/, "$1")) : MONTHS[bin.start % 12].slice(0, 3);
    const x = yearly && unit === 1 ? left + width * i : left + width * (i + 0.5);
    const space = text.length * 7 + 12;
    if (x < free) return;
    free = x + space;
    marks.push({ x, text, anchor: yearly && unit === 1 ? "start" : "middle", year: !yearly && (january || i === 0) ? String(Math.floor(bin.start / 12)) : "" });
  });
  return { total, high, ground, left, grid, bars, marks };
}

function draw() {
  const box = $("bars");
  const style = getComputedStyle(box);
  const wide = box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const high = Math.max(box.clientHeight - parseFloat(style.paddingTop) - 2, 150);
  const m = model(wide, high);
  const picture = svg("svg", { width: m.total, height: m.high, role: "group", "aria-label": unit === 12 ? "Acts by year" : "Acts by month" });
  for (const { value, y } of m.grid) {
    const text = svg("text", { x: m.left - 8, y: y + 4, "text-anchor": "end" });
    text.textContent = number(value);
    picture.append(svg("line", { class: value ? "grid" : "base", x1: m.left, x2: m.total, y1: y, y2: y }), text);
  }
  m.bars.forEach((bar, i) => {
    const size = sizeOf(bins[i]);
    const group = svg("g", {
      class: `bar${open === i ? " on" : ""}`, role: "button", tabindex: "-1",
      "aria-label": `${nameOf(bins[i])}: ${describe(bins[i])}`,
    });
    group.dataset.bin = i;
    group.append(svg("rect", { class: "back", x: bar.x, y: 0, width: bar.width, height: m.ground, rx: 3 }));
    for (const part of bar.parts) {
      const rect = svg("rect", { x: part.x, y: part.y + 0.5, width: Math.max(part.width, 1), height: Math.max(part.height - 1, 0.75), rx: Math.min(2, part.width / 4) });
      rect.style.fill = colourOf(part.cls);
      group.append(rect);
    }
    group.addEventListener("click", () => show(i));
    group.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch") return;
      const space = $("bars").parentElement.getBoundingClientRect();
      tip(event.clientX - space.left, event.clientY - space.top, el("span", {}, `${nameOf(bins[i])}: ${plural(size, "act")}`), el("small", {}, size ? describe(bins[i]) : "none"));
    });
    group.addEventListener("pointerleave", untip);
    group.addEventListener("keydown", (event) => keys(event, i));
    picture.append(group);
  });
  for (const { x, text, anchor, year } of m.marks) {
    const label = svg("text", { x, y: m.ground + 17, "text-anchor": anchor });
    label.textContent = text;
    picture.append(label);
    if (year) {
      const below = svg("text", { x, y: m.ground + 31, "text-anchor": anchor });
      below.textContent = year;
      picture.append(below);
    }
  }
  const held = document.activeElement && document.activeElement.dataset && document.activeElement.dataset.bin;
  // New bars start at the newest; the same bars drawn anew stay where the reader was.
  const before = box.firstChild ? box.scrollLeft : Infinity;
  box.replaceChildren(picture);
  box.scrollLeft = Math.min(before, m.total);
  reach(open !== null && open !== "loose" ? open : bins.findIndex((bin) => sizeOf(bin) > 0));
  if (held !== undefined && held !== null) picture.querySelector(`[data-bin="${Number(held)}"]`)?.focus();
}

const describe = (bin) =>
  bin.acts.map((list, cls) => (list.length ? `${page.classes[cls].label} ${number(list.length)}` : "")).filter(Boolean).join(" · ") || "none";

// One bar at a time can be reached with Tab; the arrow keys go from there.
function reach(i) {
  const bars = $("bars").querySelectorAll(".bar");
  bars.forEach((bar) => bar.setAttribute("tabindex", "-1"));
  if (bars[Math.max(i, 0)]) bars[Math.max(i, 0)].setAttribute("tabindex", "0");
}

function keys(event, i) {
  let next = i;
  if (event.key === "ArrowRight") next = bins.findIndex((bin, n) => n > i && sizeOf(bin));
  else if (event.key === "ArrowLeft") next = bins.findLastIndex((bin, n) => n < i && sizeOf(bin));
  else if (event.key === "Home") next = bins.findIndex(sizeOf);
  else if (event.key === "End") next = bins.findLastIndex(sizeOf);
  else if (event.key === "Enter" || event.key === " ") {
    show(i);
    toDetails();
  } else return;
  event.preventDefault();
  if (next >= 0 && next !== i) {
    reach(next);
    $("bars").querySelector(`[data-bin="${next}"]`).focus();
  }
}

// ----- the panel -----

const byTime = (a, b) => (acts[a].earliest || acts[a].latest || "~").localeCompare(acts[b].earliest || acts[b].latest || "~") || a - b;

function actView(n) {
  const act = acts[n];
  return el("article", { class: "act" },
    el("span", { class: "badge" }, disc(act.cls), bdi(page.classes[act.cls].label), act.when ? ` · ${act.when}` : ""),
    el("h4", {}, bdi(act.label)),
    cites(act.citations, 2),
    act.facts ? el("dl", { class: "facts" }, act.facts.map((fact) => [el("dt", {}, bdi(fact.property)),
      fact.values.map((value) => el("dd", {}, (value.url && link(value.url, value.text)) || bdi(value.text, value.lang), " ", (value.sources || []).map(ref)))])) : "");
}

function show(i) {
  open = i;
  document.querySelectorAll(".bar").forEach((bar) => bar.classList.toggle("on", Number(bar.dataset.bin) === i));
  const list = i === "loose" ? [...loose] : bins[i].acts.flat();
  const name = i === "loose" ? "Time not known so closely" : nameOf(bins[i]);
  list.sort(byTime);
  fill(
    el("button", { type: "button", class: "back", click: close }, "‹ Overview"),
    el("h2", {}, name),
    el("p", { class: "when" }, plural(list.length, "act")),
    rows(list, actView, 20),
  );
  if (i !== "loose") reach(i);
  say(`${name}, ${plural(list.length, "act")}`);
}

function close() {
  open = null;
  document.querySelectorAll(".bar.on").forEach((bar) => bar.classList.remove("on"));
  overview();
  toDetails();
}

function overview() {
  const busiest = bins.map((bin, i) => [sizeOf(bin), i]).filter(([size]) => size).sort((a, b) => b[0] - a[0] || b[1] - a[1]).slice(0, 6);
  fill(
    el("h2", {}, bdi(page.title)),
    el("p", { class: "lead" }, "Choose a bar to read what was done in that time, in whose words, and where that stands."),
    page.leftOut ? [heading("Left out"), el("p", {}, `${plural(page.leftOut, "act")} more ${page.leftOut === 1 ? "is" : "are"} left out.`)] : [],
    busiest.length ? heading(unit === 12 ? "Fullest years" : "Fullest months") : "",
    el("ul", { class: "rows" }, busiest.map(([size, i]) => el("li", {},
      el("button", { type: "button", class: "row", click: () => { show(i); toDetails(); } },
        el("span", { class: "body" }, nameOf(bins[i]), el("small", {}, describe(bins[i]))), number(size))))),
  );
}

function listAll(shown) {
  const list = [...shown].sort(byTime);
  $("all").replaceChildren(
    el("p", { class: "quiet" }, list.length === acts.length ? "Every act on this page, oldest first." : `${number(list.length)} of ${plural(acts.length, "act")} pass the filters.`),
    rows(list, actView, 25));
}

// ----- filters and start -----

function apply() {
  sort();
  const shown = acts.map((_, n) => n).filter((n) => passes(acts[n], n));
  $("stats").replaceChildren(
    [shown.length === acts.length ? plural(acts.length, "act") : `${number(shown.length)} of ${plural(acts.length, "act")}`, plural(page.sources.length, "source")].join(" · "),
    page.leftOut ? el("span", { class: "cut" }, ` · ${number(page.leftOut)} more left out`) : "");
  $("nothing").hidden = shown.length > 0 || acts.length === 0;
  $("loose").hidden = loose.length === 0;
  $("loose").replaceChildren(
    el("button", { type: "button", click: () => { show("loose"); toDetails(); } }, plural(loose.length, "act")),
    ` without a bar: ${loose.length === 1 ? "its" : "their"} time is not known to the ${unit === 12 ? "year" : "month"}.`);
  draw();
  if (open !== null && open !== "loose" && bins[open] && sizeOf(bins[open])) show(open);
  else if (open === "loose" && loose.length) show("loose");
  else if (open !== null) close();
  else if (!$("details").hidden) overview();
  listAll(shown);
}

function by(months) {
  unit = months;
  open = null;
  $("by-month").setAttribute("aria-pressed", String(unit === 1));
  $("by-year").setAttribute("aria-pressed", String(unit === 12));
  tab("details");
  $("bars").replaceChildren();
  apply();
}
$("by-month").addEventListener("click", () => by(1));
$("by-year").addEventListener("click", () => by(12));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open !== null) close();
});

$("save").addEventListener("click", () => {
  const m = model(Math.max($("bars").clientWidth - 36, 600), 420);
  const canvas = el("canvas", { width: (m.total + 40) * 2, height: (m.high + 100) * 2 });
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  ctx.fillStyle = css("--ground");
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = css("--ink");
  ctx.font = `600 19px ${css("--serif")}`;
  ctx.fillText(page.title, 20, 34, m.total);
  ctx.translate(20, 56);
  ctx.font = `12px ${css("--sans")}`;
  for (const { value, y } of m.grid) {
    ctx.fillStyle = css("--rule");
    ctx.fillRect(m.left, y, m.total - m.left, 1);
    ctx.fillStyle = css("--soft");
    ctx.textAlign = "right";
    ctx.fillText(number(value), m.left - 8, y + 4);
  }
  for (const bar of m.bars) for (const part of bar.parts) {
    ctx.fillStyle = colourOf(part.cls);
    ctx.fillRect(part.x, part.y + 0.5, Math.max(part.width, 1), Math.max(part.height - 1, 0.75));
  }
  ctx.fillStyle = css("--soft");
  for (const { x, text, anchor, year } of m.marks) {
    ctx.textAlign = anchor === "middle" ? "center" : "left";
    ctx.fillText(text, x, m.ground + 17);
    if (year) ctx.fillText(year, x, m.ground + 31);
  }
  ctx.textAlign = "left";
  let x = m.left;
  page.classes.forEach((cls, i) => {
    if (!filters.classes.has(i) || x > m.total - 120) return;
    ctx.fillStyle = colourOf(i);
    ctx.fillRect(x, m.high + 12, 10, 10);
    ctx.fillStyle = css("--soft");
    ctx.fillText(cls.label, x + 15, m.high + 21);
    x += ctx.measureText(cls.label).width + 36;
  });
  download(canvas);
});

const kinds = legend(page.classes.map((_, i) => acts.filter((act) => act.cls === i).length));
const sourceList = listSources(sourcesOfAct);
filters.changed = apply;
$("clear").addEventListener("click", () => { query = ""; $("find").value = ""; kinds.all(); sourceList.all(); });
search(
  acts.map((act, n) => ({ label: act.label, cls: act.cls, key: n, note: act.when || "" })),
  ({ key }) => {
    query = "";
    apply();
    const place = placeOf(acts[key]);
    show(place === null ? "loose" : Math.floor((place - bins[0].start) / unit));
    const shown = [...$("details").querySelectorAll(".act h4")].find((h) => h.textContent === acts[key].label);
    if (shown) shown.scrollIntoView({ block: "center" });
  },
  (typed) => {
    if (typed === query) return;
    query = typed;
    apply();
  },
);
repainters.push(draw);
new ResizeObserver(draw).observe($("bars").parentElement);
const months = spanOfBars();
by(!months || months[1] - months[0] > 120 ? 12 : 1);
document.documentElement.dataset.drawn = String(Math.round(performance.now()));
