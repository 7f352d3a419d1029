// Who has to do with whom: two classes against each other, a cell for each pair.

const SIDE = 40; // rows and columns shown, the best connected first

function pairsOf(rowGroup, columnGroup) {
  const cells = new Map();
  const add = (row, column, claims) => {
    const key = `${row} ${column}`;
    cells.set(key, (cells.get(key) ?? 0) + claims);
  };
  for (const fact of facts) {
    if (fact.object === null || !factShown(fact)) continue;
    const ways = [[fact.subject, fact.object], [fact.object, fact.subject]];
    const seen = new Set();
    for (const [row, column] of ways) {
      const fits = rowGroup.members.has(row) && columnGroup.members.has(column);
      if (fits && !seen.has(`${row} ${column}`)) {
        seen.add(`${row} ${column}`);
        add(row, column, claimsOf(fact).length);
      }
    }
  }
  return cells;
}

function ranked(cells, side) {
  const sums = new Map();
  for (const [key, claims] of cells) {
    const id = Number(key.split(" ")[side]);
    sums.set(id, (sums.get(id) ?? 0) + claims);
  }
  const by = (a, b) => b[1] - a[1] || collator.compare(entities[a[0]].label, entities[b[0]].label);
  return [...sums].sort(by).map(([id]) => entities[id]);
}

function showMatrix() {
  if (state.view !== "matrix") return;
  const [rowGroup, columnGroup] = state.sides.map((side) => groups[side]);
  const cells = pairsOf(rowGroup, columnGroup);
  const [down, across] = [ranked(cells, 0), ranked(cells, 1)];
  const most = Math.max(1, ...cells.values());
  const head = el("tr", {}, el("td", {}), ...across.slice(0, SIDE).map((e) => headOf(e, "col")));
  const body = down.slice(0, SIDE).map((row) => {
    const line = across.slice(0, SIDE).map((column) => cellOf(row, column, cells, most));
    return el("tr", {}, headOf(row, "row"), ...line);
  });
  const hidden = Math.max(0, down.length - SIDE) + Math.max(0, across.length - SIDE);
  const table = el("table", { className: "matrix" }, el("thead", {}, head), el("tbody", {}, ...body));
  const parts = [sidesBar(), el("div", { className: "scroll", tabIndex: 0 }, table)];
  if (!cells.size) parts.splice(1, 1, el("p", {}, say("no_pairs")));
  if (hidden) parts.push(el("p", {}, say("matrix_rest", { n: hidden.toLocaleString(lang) })));
  $("matrix-view").replaceChildren(...parts);
}

function headOf(entity, scope) {
  const button = el("button", { title: entity.label }, entity.label);
  button.addEventListener("click", () => selectNode(entity));
  return el("th", { scope }, button);
}

function cellOf(row, column, cells, most) {
  const claims = cells.get(`${row.id} ${column.id}`);
  if (!claims) return el("td", {});
  const label = `${row.label} – ${column.label}: ${tally("source", claims)}`;
  const button = el("button", { title: label, "aria-label": label }, claims.toLocaleString(lang));
  const now = state.pair && state.pair[0] === row && state.pair[1] === column;
  button.setAttribute("aria-pressed", String(Boolean(now)));
  // By the root, for a few pairs are told of far more often than the others.
  button.style.setProperty("--much", String(0.12 + 0.6 * Math.sqrt(claims / most)));
  button.addEventListener("click", () => selectBundle({ pair: [row, column] }));
  return el("td", {}, button);
}

function sidesBar() {
  const boxes = [0, 1].map((side) => {
    const options = groups.map((group, i) => {
      return el("option", { value: String(i), selected: state.sides[side] === i }, group.label);
    });
    const box = el("select", { "aria-label": say(side ? "columns" : "rows") }, ...options);
    box.addEventListener("change", () => {
      const sides = [...state.sides];
      sides[side] = Number(box.value);
      choose({ sides });
      $("matrix-view").querySelectorAll("select")[side].focus();
    });
    return el("label", {}, say(side ? "columns" : "rows"), " ", box);
  });
  return el("div", { className: "sides" }, ...boxes);
}
