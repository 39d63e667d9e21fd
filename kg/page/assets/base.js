"use strict";
// What all pages share. Text from outside reaches the screen only as text nodes (el, bdi), links only through link().

const page = JSON.parse(document.getElementById("kg-page").textContent);
for (const thing of [...(page.nodes || []), ...(page.edges || []), ...(page.acts || [])]) {
  if (thing.citations) thing.citations = thing.citations.map((n) => page.citations[n]);
}
const $ = (id) => document.getElementById(id);
const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 760px)");
const number = (n) => n.toLocaleString("en");
const plural = (n, one, many = one + "s") => `${number(n)} ${n === 1 ? one : many}`;

// An element with attributes and children; strings become text nodes, functions listeners, false and null nothing.
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

// A text that may run either way, fenced off from what stands around it.
const bdi = (text, lang) => el("bdi", { lang: /^[A-Za-z0-9-]{1,35}$/.test(lang || "") ? lang : null }, String(text));

// A link that a reader may follow; the browser's own parser has the last word on its scheme.
function link(address, text) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!["http:", "https:", "mailto:"].includes(url.protocol)) return null;
  const shown = text || url.host || url.pathname;
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href }, bdi(shown));
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function say(text) {
  $("live").textContent = text;
}

// ----- classes: disc with sign -----

const colourOf = (cls) => (dark.matches ? page.classes[cls].dark : page.classes[cls].light);
const inkOf = (cls) => (dark.matches ? page.classes[cls].onDark : page.classes[cls].onLight);
const icons = JSON.parse(document.getElementById("kg-icons").textContent);
// A sign without a drawing is set as text; the selector keeps it from turning into a coloured emoji.
const signOf = (cls) => (page.classes[cls].icon ? page.classes[cls].icon + "\ufe0e" : "");

function disc(cls) {
  const mark = el("span", { class: "disc", "aria-hidden": "true" });
  paint(mark, cls);
  return mark;
}

function paint(mark, cls) {
  mark.dataset.cls = cls;
  mark.style.backgroundColor = colourOf(cls);
  mark.style.color = inkOf(cls);
  const path = icons[page.classes[cls].icon];
  if (path) {
    mark.replaceChildren(svg("svg", { viewBox: "0 0 24 24" }, svg("path", { d: path, fill: "currentColor", "fill-rule": "evenodd" })));
  } else {
    mark.textContent = signOf(cls);
    mark.style.fontSize = "11px";
  }
}

const repainters = [() => document.querySelectorAll(".disc").forEach((mark) => paint(mark, Number(mark.dataset.cls)))];
dark.addEventListener("change", () => repainters.forEach((repaint) => repaint()));

function badge(cls) {
  return el("span", { class: "badge" }, disc(cls), bdi(page.classes[cls].label));
}

// ----- drawn signs of buttons -----

const STROKES = {
  "zoom-in": "M12 5v14M5 12h14",
  "zoom-out": "M5 12h14",
  "zoom-fit": "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  grow: "M6 15l6-6 6 6",
};
for (const [id, path] of Object.entries(STROKES)) {
  if ($(id)) $(id).append(svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: path })));
}

// ----- filters by class and source; a page adds its own -----

const filters = {
  classes: new Set(page.classes.keys()),
  sources: new Set(page.sources.keys()),
  changed: () => {},
};
const sourcePasses = (numbers) => numbers.size === 0 || [...numbers].some((n) => filters.sources.has(n));

function citedIn(thing) {
  const numbers = new Set();
  if (thing.source !== undefined) numbers.add(thing.source);
  for (const citation of thing.citations || []) if (citation.source !== undefined) numbers.add(citation.source);
  for (const fact of thing.facts || []) for (const value of fact.values) for (const n of value.sources || []) numbers.add(n);
  return numbers;
}

function legend(counts) {
  page.classes.forEach((cls, i) => {
    const toggle = el(
      "button",
      {
        type: "button", class: "kind", "aria-pressed": "true",
        title: "Show or hide; double-click shows this kind alone",
        click: () => flip(i),
        dblclick: () => alone(i),
      },
      disc(i), bdi(cls.label), el("span", { class: "count" }, number(counts[i])),
    );
    $("legend").append(toggle);
  });
  function flip(i) {
    if (!filters.classes.delete(i)) filters.classes.add(i);
    press();
  }
  function alone(i) {
    filters.classes = new Set([i]);
    press();
  }
  function press() {
    [...$("legend").querySelectorAll(".kind")].forEach((toggle, i) => toggle.setAttribute("aria-pressed", filters.classes.has(i)));
    filters.changed();
  }
  return { all: () => { filters.classes = new Set(page.classes.keys()); press(); } };
}

// ----- search: a combobox over entries {label, note, cls, key} -----

function search(entries, pick, typed = () => {}) {
  const input = $("find");
  const list = $("found");
  const folded = entries.map((entry) => [fold(entry.label), ...(entry.names || []).map(fold)]);
  let hits = [];
  let at = -1;
  function rank(query, names) {
    let best = 9;
    names.forEach((name, i) => {
      const place = name.indexOf(query);
      if (place < 0) return;
      const word = place === 0 ? 0 : /[\s\-'’(,.]/.test(name[place - 1]) ? 1 : 2;
      best = Math.min(best, word * 2 + (i > 0 ? 1 : 0) - (name === query ? 1 : 0));
    });
    return best;
  }
  function show() {
    const query = fold(input.value.trim());
    typed(query);
    hits = [];
    at = -1;
    if (query) {
      const ranked = [];
      folded.forEach((names, i) => {
        const r = rank(query, names);
        if (r < 9) ranked.push([r, i]);
      });
      ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
      hits = ranked.map(([, i]) => i);
      at = hits.length ? 0 : -1;
    }
    const rows = hits.slice(0, 12).map((i, n) => {
      const entry = entries[i];
      const names = folded[i];
      const aliases = (entry.names || []).filter((name) => fold(name).includes(query));
      const alias = !names[0].includes(query) && (aliases.find((name) => fold(name).startsWith(query)) || aliases[0]);
      return el(
        "li", { role: "option", id: `found-${n}`, "aria-selected": String(n === at), mousedown: (event) => { event.preventDefault(); take(n); } },
        disc(entry.cls), el("span", {}, bdi(entry.label), el("small", {}, bdi([alias, entry.note].filter(Boolean).join(" · ")))),
      );
    });
    if (hits.length > 12) rows.push(el("li", { class: "none", role: "presentation" }, `${number(hits.length - 12)} more; type on`));
    if (query && !hits.length) rows.push(el("li", { class: "none", role: "presentation" }, "Nothing of that name on this page"));
    list.replaceChildren(...rows);
    open(query !== "");
  }
  function open(yes) {
    list.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (yes && at >= 0) input.setAttribute("aria-activedescendant", `found-${at}`);
    else input.removeAttribute("aria-activedescendant");
  }
  function move(step) {
    const count = Math.min(hits.length, 12);
    if (!count) return;
    at = (at + step + count) % count;
    [...list.querySelectorAll("[role=option]")].forEach((row, n) => {
      row.setAttribute("aria-selected", String(n === at));
      if (n === at) row.scrollIntoView({ block: "nearest" });
    });
    input.setAttribute("aria-activedescendant", `found-${at}`);
  }
  function take(n) {
    open(false);
    pick(entries[hits[n]]);
  }
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", () => open(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && at >= 0 && !list.hidden) take(at);
    else if (event.key === "Escape" && (input.value || !list.hidden)) {
      input.value = "";
      show();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("keydown", (event) => {
    const inField = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
    if (event.key === "/" && !inField && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
}

// ----- a small note beside the pointer -----

function tip(x, y, ...content) {
  const note = $("tip");
  note.replaceChildren(...content);
  note.hidden = false;
  const space = note.parentElement.getBoundingClientRect();
  note.style.left = `${Math.max(6, Math.min(x + 14, space.width - note.offsetWidth - 6))}px`;
  note.style.top = `${y + 18 + note.offsetHeight > space.height ? Math.max(6, y - note.offsetHeight - 12) : y + 18}px`;
}
function untip() {
  $("tip").hidden = true;
}

function download(canvas) {
  canvas.toBlob((blob) => {
    const address = URL.createObjectURL(blob);
    const name = fold(page.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "page";
    const anchor = el("a", { href: address, download: `${name}.png` });
    document.body.append(anchor);
    anchor.click();
    anchor.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
    say("The picture was saved.");
  });
}

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
