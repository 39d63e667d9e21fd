// The panel beside the drawing: tabs, what is known, citations, sources.

const TABS = ["details", "all", "sources"];

function tab(name) {
  for (const other of TABS) {
    $(other).hidden = other !== name;
    $(`tab-${other}`).setAttribute("aria-selected", String(other === name));
    $(`tab-${other}`).tabIndex = other === name ? 0 : -1;
  }
}
TABS.forEach((name, i) => {
  $(`tab-${name}`).addEventListener("click", () => tab(name));
  $(`tab-${name}`).addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = TABS[(i + step + TABS.length) % TABS.length];
    tab(next);
    $(`tab-${next}`).focus();
  });
});
$("grow").addEventListener("click", () => {
  const large = $("panel").classList.toggle("large");
  $("grow").setAttribute("aria-pressed", String(large));
});

function fill(...content) {
  $("details").replaceChildren(...content.flat(Infinity).filter(Boolean));
  $("details").scrollTop = 0;
  tab("details");
}

// Put the reader's place, seen or heard, at the head of what is known.
function toDetails() {
  const head = $("details").querySelector("h2") || $("details");
  head.tabIndex = -1;
  head.focus();
}

const heading = (text, count) =>
  el("h3", {}, text, count === undefined ? null : el("span", { class: "count" }, number(count)));

// ----- sources -----

const sourceLine = (source) => [source.publisher, source.published].filter(Boolean).join(", ");
const sourceName = (n) => [page.sources[n].title, sourceLine(page.sources[n])].filter(Boolean).join(" · ");

function ref(n) {
  return el(
    "button",
    { type: "button", class: "ref", title: sourceName(n), "aria-label": `Source ${n + 1}: ${sourceName(n)}`, click: () => toSource(n) },
    String(n + 1),
  );
}

function toSource(n) {
  tab("sources");
  const entry = $(`source-${n}`);
  entry.scrollIntoView({ block: "center" });
  entry.classList.remove("at");
  void entry.offsetWidth;
  entry.classList.add("at");
  entry.querySelector("input").focus({ preventScroll: true });
}

// `cited` holds, for each thing and link, the numbers of its sources.
function listSources(cited) {
  const uses = page.sources.map((_, n) => cited.filter((numbers) => numbers.has(n)).length);
  const boxes = page.sources.map((source, n) =>
    el("input", {
      type: "checkbox", id: `use-${n}`, checked: true, "aria-describedby": `about-${n}`,
      change: (event) => {
        if (event.target.checked) filters.sources.add(n);
        else filters.sources.delete(n);
        filters.changed();
      },
    }),
  );
  function all(on) {
    boxes.forEach((box) => (box.checked = on));
    filters.sources = new Set(on ? page.sources.keys() : []);
    filters.changed();
  }
  $("sources").replaceChildren(
    el("p", { class: "quiet" }, page.sources.length
      ? "Everything on this page rests on these. Untick one to see what remains without it."
      : "No source is named on this page."),
    page.sources.length > 1
      ? el("p", { class: "both" },
          el("button", { type: "button", click: () => all(true) }, "Tick all"),
          el("button", { type: "button", click: () => all(false) }, "Untick all"))
      : "",
    el("ol", {}, page.sources.map((source, n) =>
      el("li", { class: "source", id: `source-${n}` }, boxes[n],
        el("div", {},
          el("label", { for: `use-${n}` }, el("span", { class: "num" }, `${n + 1}`), bdi(source.title)),
          el("div", { id: `about-${n}` },
            sourceLine(source) ? el("p", {}, bdi(sourceLine(source))) : "",
            el("p", {}, [source.kind, plural(uses[n], "use")].filter(Boolean).join(" · "), source.licence ? [" · ", bdi(source.licence)] : ""),
            source.url ? el("p", {}, link(source.url)) : ""))))),
  );
  return { all: () => all(true) };
}

// ----- citations and facts -----

function cite(citation) {
  const source = citation.source === undefined ? {} : page.sources[citation.source];
  const told = { ...source, ...Object.fromEntries(["title", "publisher", "published", "url"].filter((k) => citation[k]).map((k) => [k, citation[k]])) };
  const quoted = citation.quote
    ? el("blockquote", { dir: "auto" },
        citation.before || "", el("mark", {}, citation.quote), citation.after || "")
    : "";
  const out = told.url ? link(told.url) : null;
  return el("figure", { class: "cite" }, quoted,
    citation.row ? el("p", { class: "quiet" }, "Row ", bdi(citation.row)) : "",
    el("figcaption", {},
      told.publisher ? el("strong", {}, bdi(told.publisher)) : "",
      told.publisher && told.published ? ", " : "", told.published ? bdi(told.published) : "",
      told.title ? el("div", {}, bdi(told.title), citation.source === undefined ? "" : ref(citation.source)) : "",
      out ? el("div", {}, out) : "",
      citation.span ? el("span", { class: "hidden" }, `Characters ${citation.span[0]} to ${citation.span[1]} of the text.`) : ""));
}

// The first few citations, the rest on demand.
function cites(citations, shown = 4) {
  if (!citations || !citations.length) return [];
  const box = el("div", {}, citations.slice(0, shown).map(cite));
  if (citations.length > shown) {
    const more = el("button", { type: "button", class: "more", click: () => more.replaceWith(...citations.slice(shown).map(cite)) },
      `Show ${plural(citations.length - shown, "more citation")}`);
    box.append(more);
  }
  return [box];
}

function factList(facts) {
  if (!facts || !facts.length) return [];
  return [heading("Known"), el("dl", { class: "facts" }, facts.map((fact) => [
    el("dt", {}, bdi(fact.property)),
    fact.values.map((value) => el("dd", {},
      (value.url && link(value.url, value.text)) || bdi(value.text, value.lang), " ", (value.sources || []).map(ref))),
  ]))];
}

// Rows in portions, since a hub may have thousands.
function rows(items, build, portion = 40) {
  const list = el("ul", { class: "rows" });
  let done = 0;
  function add() {
    list.append(...items.slice(done, done + portion).map((item) => el("li", {}, build(item))));
    done += portion;
    if (done < items.length) {
      const more = el("button", { type: "button", class: "more", click: () => { more.parentElement.remove(); add(); } },
        `Show more (${number(items.length - done)})`);
      list.append(el("li", {}, more));
    }
  }
  add();
  return list;
}
