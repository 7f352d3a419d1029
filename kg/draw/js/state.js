// What the reader has chosen, and its copy in the address, so that a view can be reopened.

const state = {
  node: null,
  fact: null,
  depth: 1,
  only: false,
  view: "graph",
  pair: null, // two entities, of a cell of the matrix
  month: null,
  sides: [0, 0], // what the matrix has as rows and columns
  path: null, // two entities, to be joined
  picked: { communities: new Set(), publishers: new Set(), articles: new Set() }, // none: all
  sure: 0, // the least confidence, in percent
  span: null, // the first and the last month or year
  undated: true, // whether articles without a date are read
  camera: null, // the middle of the view, and its scale, once the reader has moved it
  off: { classes: new Set(), relations: new Set(), modalities: new Set() },
};
const VIEWS = ["graph", "facts", "matrix", "timeline"];
const PICKS = {
  g: ["communities", communities.map(([first]) => first.key)],
  u: ["publishers", publishers],
  a: ["articles", articles.map((article) => article.key)],
};
const FILTERS = { c: ["classes", classes], r: ["relations", relations], m: ["modalities", modalities] };

function address() {
  const parts = new URLSearchParams();
  if (state.node) parts.set("n", state.node.key);
  if (state.fact) parts.set("f", factKey(state.fact));
  if (state.depth !== 1) parts.set("d", state.depth);
  if (state.only) parts.set("only", "1");
  if (state.view !== "graph") parts.set("view", state.view);
  if (state.pair) parts.set("p", state.pair.map((entity) => entity.key).join(" "));
  if (state.month) parts.set("t", state.month);
  const sides = state.sides.map((side) => groups[side]?.name).join(" ");
  if (groups.length && sides !== atFirst.map((side) => groups[side].name).join(" ")) parts.set("x", sides);
  for (const [letter, [name, table]] of Object.entries(FILTERS)) {
    const names = [...state.off[name]].sort((a, b) => a - b).map((i) => table[i].name);
    if (names.length) parts.set(letter, names.join(" "));
  }
  for (const [letter, [name, keys]] of Object.entries(PICKS)) {
    for (const i of [...state.picked[name]].sort((a, b) => a - b)) parts.append(letter, keys[i]);
  }
  if (state.path) parts.set("path", state.path.map((entity) => entity.key).join(" "));
  if (state.sure) parts.set("s", state.sure);
  if (state.span) parts.set("when", state.span.join(" "));
  if (!state.undated) parts.set("undated", "0");
  if (state.camera) parts.set("at", state.camera.join(" "));
  return parts.size ? `#${parts}` : "";
}

// Whatever the address says that this page does not know is passed over.
function readAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  state.node = byKey.get(parts.get("n")) ?? null;
  state.fact = state.node ? null : lineByKey.get(parts.get("f")) ?? null;
  state.depth = ["1", "2", "3"].includes(parts.get("d")) ? Number(parts.get("d")) : 1;
  state.only = parts.get("only") === "1" && Boolean(state.node || state.fact);
  state.view = VIEWS.includes(parts.get("view")) ? parts.get("view") : "graph";
  const pair = (parts.get("p") ?? "").split(" ").map((key) => byKey.get(key));
  state.pair = !state.node && !state.fact && pair.length === 2 && pair.every(Boolean) ? pair : null;
  const month = parts.get("t") ?? "";
  state.month = !state.node && !state.fact && !state.pair && /^\d{4}-\d\d$/.test(month) ? month : null;
  const sides = (parts.get("x") ?? "").split(" ").map((name) => groups.findIndex((group) => group.name === name));
  state.sides = sides.length === 2 && sides.every((side) => side >= 0) ? sides : [...atFirst];
  for (const [letter, [name, table]] of Object.entries(FILTERS)) {
    const names = new Set((parts.get(letter) ?? "").split(" "));
    state.off[name] = new Set(table.map((_, i) => i).filter((i) => names.has(table[i].name)));
  }
  for (const [letter, [name, keys]] of Object.entries(PICKS)) {
    const wanted = parts.getAll(letter).map((key) => keys.indexOf(key));
    state.picked[name] = new Set(wanted.filter((i) => i >= 0));
  }
  const ends = (parts.get("path") ?? "").split(" ").map((key) => byKey.get(key));
  state.path = !state.node && !state.fact && ends.length === 2 && ends.every(Boolean) ? ends : null;
  state.sure = Math.min(100, Math.max(0, Math.round(Number(parts.get("s"))) || 0));
  const span = (parts.get("when") ?? "").split(" ");
  const dates = span.length === 2 && span.every((end) => /^\d{4}(-\d\d)?$/.test(end)) && span[0] <= span[1];
  state.span = dates ? span : null;
  state.undated = parts.get("undated") !== "0";
  const camera = (parts.get("at") ?? "").split(" ").map(Number);
  state.camera = camera.length === 3 && camera.every(Number.isFinite) && camera[2] > 0 ? camera : null;
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
const FILTERING = ["off", "picked", "sure", "span", "undated"];
const NOTHING = { node: null, fact: null, pair: null, month: null, path: null };

// Take over changes and show them; step: the selection changed.
function choose(changes, step = false) {
  Object.assign(state, changes);
  if (!state.node && !state.fact) state.only = false;
  writeAddress(step);
  look(FILTERING.some((name) => name in changes));
}

function selectNode(entity) {
  choose({ ...NOTHING, node: entity }, true);
}

function selectFact(fact) {
  choose({ ...NOTHING, fact }, true);
}

function selectBundle(bundle) {
  choose({ ...NOTHING, ...bundle }, true);
}

function clearSelection() {
  choose(NOTHING, true);
}

function resetFilters() {
  for (const [name] of Object.values(FILTERS)) state.off[name].clear();
  for (const [name] of Object.values(PICKS)) state.picked[name].clear();
  choose({ only: false, sure: 0, span: null, undated: true });
}

// What passes is reckoned anew only when a filter has changed.
function look(filtered = true) {
  if (filtered) takeSurvey();
  else takeNeighbourhood();
  for (const listener of listeners) listener();
}

addEventListener("popstate", () => {
  readAddress();
  look();
  takeCamera(state.camera);
});
addEventListener("hashchange", () => {
  if (address() === location.hash) return;
  readAddress();
  look();
  takeCamera(state.camera);
});
