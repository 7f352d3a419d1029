// The facts as a table: the whole graph for those who do not see the drawing, or prefer lists.

const STEP = 200;
const COLUMNS = [
  { name: "subject", of: (fact) => entities[fact.subject].label },
  { name: "relation", of: (fact) => relations[fact.relation].label },
  { name: "object", of: objectText },
  { name: "modality", of: (fact) => fact.modality },
  { name: "sure", of: (fact) => fact.score },
  { name: "date", of: latest },
  { name: "sentence", of: (fact) => claimsOf(fact)[0]?.text ?? "" },
];
const collator = new Intl.Collator(lang, { numeric: true });
let order = { column: 0, down: false };
let limit = STEP;

function latest(fact) {
  return claimsOf(fact).reduce((last, claim) => (claim.article.date > last ? claim.article.date : last), "");
}

function shownFacts() {
  const { of } = COLUMNS[order.column];
  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));
  const sign = order.down ? -1 : 1;
  const keyed = facts.filter(factShown).map((fact) => [of(fact), fact]);
  return keyed.sort((a, b) => sign * compare(a[0], b[0]) || a[1].id - b[1].id).map(([, fact]) => fact);
}

function showTable() {
  if (state.view !== "facts") return;
  const list = shownFacts();
  const head = el("tr", {}, ...COLUMNS.map(headCell));
  const body = el("tbody", {}, ...list.slice(0, limit).map(factRow));
  const children = [el("table", {}, el("thead", {}, head), body)];
  if (!list.length) children.push(filteredOut());
  if (list.length > limit) {
    const button = el("button", { className: "plain" }, say("more", { n: list.length - limit }));
    button.addEventListener("click", () => {
      limit += 5 * STEP;
      showTable();
    });
    children.push(el("div", { className: "further" }, button));
  }
  $("facts-view").replaceChildren(...children);
}

function headCell(column, i) {
  const button = el("button", {}, say(column.name));
  button.addEventListener("click", () => {
    order = { column: i, down: order.column === i && !order.down };
    showTable();
    $("facts-view").querySelectorAll("th button")[i].focus();
  });
  const sorted = order.column === i ? (order.down ? "descending" : "ascending") : "none";
  return el("th", { scope: "col", "aria-sort": sorted }, button);
}

function factRow(fact) {
  const claims = claimsOf(fact);
  const [claim] = claims;
  const more = claims.length > 1 ? el("div", { className: "more-sources" }, tally("source", claims.length)) : "";
  const object = fact.object === null ? el("span", { className: "name" }, fact.value) : otherButton(entities[fact.object]);
  const contents = [
    otherButton(entities[fact.subject]),
    el("span", { className: "name" }, relations[fact.relation].label),
    object,
    modalities[fact.modality].label,
    percent.format(fact.score),
    latest(fact) && dayText(latest(fact)),
    data.quoted && claim ? el("span", { lang: claim.article.lang }, ...marked(claim)) : "—",
  ];
  const cells = contents.map((content, i) => {
    const className = ["sure", "date"].includes(COLUMNS[i].name) ? "figure" : "";
    return el("td", { className, "data-label": say(COLUMNS[i].name) }, content);
  });
  cells.at(-1).append(more);
  return el("tr", { className: fact.denied ? "denied" : "" }, ...cells);
}

function filteredOut() {
  const button = el("button", { className: "plain" }, say("reset"));
  button.addEventListener("click", resetFilters);
  return el("div", { className: "further" }, el("p", {}, say("filtered_out")), button);
}
