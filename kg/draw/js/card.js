// The card: all that is known of the selected node or line, each fact with its sentences.

const FEW = 8; // facts of one relation shown before "more" is asked for
let shownFor = null;

function showCard() {
  const keys = (state.pair ?? state.path)?.map((entity) => entity.key).join(" ");
  const chosen = state.node ?? state.fact ?? state.month ?? keys ?? null;
  const card = $("card");
  card.hidden = !chosen;
  if (!chosen) card.replaceChildren();
  else if (state.node) card.replaceChildren(...nodeCard(state.node));
  else if (state.fact) card.replaceChildren(...factCard(state.fact));
  else if (state.path) card.replaceChildren(...pathCard());
  else card.replaceChildren(...bundleCard());
  if (chosen && chosen !== shownFor) card.scrollTop = 0;
  shownFor = chosen;
}

function cardTop(...children) {
  const close = el("button", { className: "close", title: say("close"), "aria-label": say("close") }, "×");
  close.addEventListener("click", clearSelection);
  return el("div", { className: "kind" }, ...children, close);
}

function nodeCard(entity) {
  const long = entity.label.length > 60 ? "long" : "";
  const parts = [
    cardTop(icon(entity.kind), el("span", { className: "cap" }, classes[entity.cls].label)),
    el("h2", { className: long }, entity.label),
  ];
  const others = entity.aliases.filter(([text]) => text !== entity.label);
  if (others.length) parts.push(aliasLine(others));
  const addresses = entity.same.filter(webAddress);
  if (addresses.length) parts.push(elsewhereLine(addresses));
  parts.push(reachBar(entity), ...relationGroups(entity));
  if (!entity.facts.length) parts.push(el("p", {}, say("no_facts")));
  const hidden = entity.facts.filter(({ id }) => !survey.passes[id]).length;
  if (hidden) parts.push(hiddenLine(hidden));
  return parts;
}

function hiddenLine(hidden) {
  const button = el("button", { className: "plain" }, say("reset"));
  button.addEventListener("click", resetFilters);
  return el("p", { className: "hidden-facts" }, `${say("hidden", { facts: tally("fact", hidden) })} `, button);
}

function aliasLine(aliases) {
  const items = aliases.flatMap(([text, tongue], i) => [i ? ", " : "", el("bdi", { lang: tongue }, text)]);
  return el("p", { className: "aliases" }, `${say("also")}: `, ...items);
}

function elsewhereLine(addresses) {
  const items = addresses.flatMap((text, i) => [i ? ", " : "", link(text, siteName(webAddress(text)))]);
  return el("p", { className: "elsewhere" }, `${say("elsewhere")}: `, ...items);
}

function siteName(url) {
  return url.host.replace(/^www\./, "");
}

// How far the neighbourhood reaches, and what of it is not drawn yet.
function reachBar(entity) {
  const steps = [1, 2, 3].map((depth) => {
    const button = el("button", { "aria-pressed": String(state.depth === depth) }, String(depth));
    button.addEventListener("click", () => choose({ depth }));
    return button;
  });
  const only = el("input", { type: "checkbox", checked: state.only });
  only.addEventListener("change", () => choose({ only: only.checked }));
  const bar = el(
    "div",
    { className: "reach" },
    el("span", { title: say("depth_hint") }, say("depth")),
    el("div", { className: "steps", role: "group", "aria-label": say("depth_hint") }, ...steps),
    el("label", {}, only, say("only")),
  );
  const rest = missing(entity).length;
  if (rest) {
    const button = el("button", { className: "plain expand" }, say("expand", { n: Math.min(rest, AT_ONCE) }));
    button.addEventListener("click", () => expand(entity));
    bar.append(button);
  }
  if (entity.degree) bar.append(pathButton(entity));
  return bar;
}

function relationGroups(entity) {
  const groups = new Map();
  for (const fact of entity.facts.filter(({ id }) => survey.passes[id])) {
    const relation = relations[fact.relation];
    const out = fact.subject === entity.id || Boolean(relation.symmetric);
    const key = `${fact.relation} ${out}`;
    if (!groups.has(key)) groups.set(key, { relation, out, list: [] });
    groups.get(key).list.push(fact);
  }
  const sorted = [...groups.values()].sort((a, b) => b.list.length - a.list.length);
  return sorted.map(({ relation, out, list }) => {
    const heading = el("h3", {}, ...relationTitle(relation, out), el("span", { className: "tally" }, String(list.length)));
    const section = el("section", {}, heading);
    list.sort((a, b) => a.denied - b.denied || b.score - a.score || a.id - b.id);
    appendSome(section, list, FEW, (fact) => factBlock(fact, entity));
    return section;
  });
}

// Read from its far end a relation has another name, or an arrow that points back.
function relationTitle(relation, out) {
  const way = (arrow) => el("span", { className: "way", "aria-hidden": "true" }, arrow);
  if (relation.symmetric) return [way("↔"), el("span", { className: "cap" }, relation.label)];
  if (out) return [way("→"), el("span", { className: "cap" }, relation.label)];
  return [way("←"), el("span", { className: "cap" }, relation.back || relation.label)];
}

function appendSome(parent, list, few, make) {
  parent.append(...list.slice(0, few).map(make));
  const rest = list.slice(few);
  if (!rest.length) return;
  const button = el("button", { className: "plain more" }, say("more", { n: rest.length }));
  button.addEventListener("click", () => {
    button.remove();
    appendSome(parent, rest, 50, make);
  });
  parent.append(button);
}

function factBlock(fact, entity) {
  const head = fact.object === null ? el("span", { className: "other" }, el("span", { className: "name" }, fact.value)) : otherButton(entities[otherEnd(fact, entity.id)]);
  return el("div", { className: fact.denied ? "fact denied" : "fact" }, head, badge(fact.modality), ...claimsOf(fact).map((claim) => claimBlock(claim, fact.modality || null)));
}

function otherButton(entity) {
  const button = el("button", { className: "other" }, icon(entity.kind), el("span", { className: "name" }, entity.label));
  button.addEventListener("click", () => selectNode(entity));
  return button;
}

// The plain case needs no badge: it is said below each sentence.
function badge(modality) {
  if (modality === 0) return null;
  return el("span", { className: modality === data.denied ? "badge no" : "badge" }, modalities[modality].label);
}

function claimBlock(claim, badged = null) {
  const { article } = claim;
  const block = el("div", { className: claim.modality === data.denied ? "claim no" : "claim" });
  if (data.quoted) block.append(el("blockquote", { lang: article.lang }, ...marked(claim)));
  const source = el("p", { className: "source" }, link(article.url, article.title || say("untitled")));
  const about = [article.publisher, article.date && dateText(article.date)].filter(Boolean).join(", ");
  if (about) source.append(` · ${about}`);
  const tone = [say("confidence", { n: percent.format(claim.score) })];
  if (claim.modality !== badged) tone.unshift(modalities[claim.modality].label);
  if (claim.speaker) tone.push(say("speaker", { name: claim.speaker }));
  block.append(source, el("p", { className: "tone" }, tone.join(" · ")));
  return block;
}

// The sentence with both mentions marked. Offsets count characters, not UTF-16 units.
function marked(claim) {
  const chars = Array.from(claim.text);
  const spans = [["subject", ...claim.subject], ["object", ...claim.object]].filter(([, start, end]) => end > start);
  spans.sort((a, b) => a[1] - b[1] || b[2] - a[2]);
  const parts = [];
  let at = 0;
  for (const [role, start, end] of spans) {
    if (start < at) continue; // one lies within the other: the outer is marked
    parts.push(chars.slice(at, start).join(""));
    parts.push(el("mark", { className: role, title: say(role) }, chars.slice(start, end).join("")));
    at = end;
  }
  return [...parts, chars.slice(at).join("")];
}

function factCard(fact) {
  return [
    cardTop(el("span", { className: "cap" }, modalities[fact.modality].label)),
    el(
      "div",
      { className: "triple" },
      otherButton(entities[fact.subject]),
      el("p", { className: "said" }, ...relationTitle(relations[fact.relation], true)),
      otherButton(entities[fact.object]),
    ),
    el(
      "section",
      {},
      el("h3", {}, tally("source", claimsOf(fact).length)),
      el("div", { className: "fact" }, ...claimsOf(fact).map((claim) => claimBlock(claim))),
    ),
  ];
}
