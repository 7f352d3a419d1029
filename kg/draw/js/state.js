// What the reader has chosen, and its copy in the address, so that a view can be reopened.

const state = {
  node: null,
  fact: null,
  depth: 1,
  only: false,
  view: "graph",
  off: { classes: new Set(), relations: new Set(), modalities: new Set() },
};
const FILTERS = { c: ["classes", classes], r: ["relations", relations], m: ["modalities", modalities] };

function address() {
  const parts = new URLSearchParams();
  if (state.node) parts.set("n", state.node.key);
  if (state.fact) parts.set("f", factKey(state.fact));
  if (state.depth !== 1) parts.set("d", state.depth);
  if (state.only) parts.set("only", "1");
  if (state.view !== "graph") parts.set("view", state.view);
  for (const [letter, [name, table]] of Object.entries(FILTERS)) {
    const names = [...state.off[name]].sort((a, b) => a - b).map((i) => table[i].name);
    if (names.length) parts.set(letter, names.join(" "));
  }
  return parts.size ? `#${parts}` : "";
}

// Whatever the address says that this page does not know is passed over.
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  state.node = byKey.get(parts.get("n")) ?? null;
  state.fact = state.node ? null : lineByKey.get(parts.get("f")) ?? null;
  state.depth = ["1", "2", "3"].includes(parts.get("d")) ? Number(parts.get("d")) : 1;
  state.only = parts.get("only") === "1" && Boolean(state.node || state.fact);
  state.view = parts.get("view") === "facts" ? "facts" : "graph";
  for (const [letter, [name, table]] of Object.entries(FILTERS)) {
    const names = new Set((parts.get(letter) ?? "").split(" "));
    state.off[name] = new Set(table.map((_, i) => i).filter((i) => names.has(table[i].name)));
  }
}

// A new selection is a step that the browser's Back undoes; a filter is not.
function writeAddress(step) {
  const wanted = address();
  if (wanted === location.hash) return;
  const target = wanted || location.pathname + location.search;
  if (step) history.pushState(null, "", target);
  else history.replaceState(null, "", target);
}

const listeners = [];

// Take over changes and show them; step: the selection changed.
function choose(changes, step = false) {
  Object.assign(state, changes);
  if (!state.node && !state.fact) state.only = false;
  writeAddress(step);
  look();
}

function selectNode(entity) {
  choose({ node: entity, fact: null }, true);
}

function selectFact(fact) {
  choose({ node: null, fact }, true);
}

function clearSelection() {
  choose({ node: null, fact: null }, true);
}

function resetFilters() {
  for (const [name] of Object.values(FILTERS)) state.off[name].clear();
  choose({ only: false });
}

function look() {
  takeSurvey();
  for (const listener of listeners) listener();
}

addEventListener("popstate", () => {
  readAddress();
  look();
});
addEventListener("hashchange", () => {
  if (address() === location.hash) return;
  readAddress();
  look();
});
