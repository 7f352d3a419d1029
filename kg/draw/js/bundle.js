// A bundle: the facts of one cell of the matrix, or of one month, as a card of their own.

const AT_A_TIME = 20;

function inMonth(fact, month) {
  return claimsOf(fact).filter((claim) => claim.article.date.slice(0, 7) === month);
}

function between(fact, [one, other]) {
  return (
    (fact.subject === one.id && fact.object === other.id) || (fact.subject === other.id && fact.object === one.id)
  );
}

// Facts with the claims that the bundle is about.
function bundled() {
  if (state.pair) return facts.filter((f) => factShown(f) && between(f, state.pair)).map((f) => [f, claimsOf(f)]);
  const dated = facts.filter(factShown).map((f) => [f, inMonth(f, state.month)]);
  return dated.filter(([, claims]) => claims.length);
}

function bundleCard() {
  const found = bundled();
  const claims = found.reduce((sum, [, list]) => sum + list.length, 0);
  const title = state.pair ? state.pair.map((e) => e.label).join(" – ") : monthText(state.month);
  const section = el("section", {});
  appendSome(section, found, AT_A_TIME, ([fact, list]) => bundleBlock(fact, list));
  return [
    cardTop(el("span", {}, `${tally("fact", found.length)}, ${tally("source", claims)}`)),
    el("h2", { className: title.length > 40 ? "long" : "" }, title),
    section,
  ];
}

function bundleBlock(fact, claims) {
  const object =
    fact.object === null ? el("span", { className: "name" }, fact.value) : otherButton(entities[fact.object]);
  const head = el(
    "div",
    { className: "triple" },
    otherButton(entities[fact.subject]),
    el("p", { className: "said" }, ...relationTitle(relations[fact.relation], true)),
    object,
  );
  const blocks = claims.map((claim) => claimBlock(claim, fact.modality || null));
  return el("div", { className: fact.denied ? "fact denied" : "fact" }, head, badge(fact.modality), ...blocks);
}

function monthText(month) {
  return dateText(month, "gYearMonth");
}
