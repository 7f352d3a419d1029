// Search as you type over all names of all entities.

const MOST = 12;
let names = null; // made when first searched, for there may be many

function allNames() {
  return entities.map((entity) => [entity.label, ...entity.aliases.map(([text]) => text)].map((text) => [plain(text), text]));
}

let hits = [];
let current = -1;

// 0: the name begins so, 1: a word does, 2: it stands inside; Infinity: not there.
function fitness(name, words) {
  let worst = 0;
  for (const word of words) {
    if (!name.includes(word)) return Infinity;
    const starts = name.startsWith(word) ? 0 : name.includes(` ${word}`) ? 1 : 2;
    worst = Math.max(worst, starts);
  }
  return worst;
}

function find(words) {
  const found = [];
  for (const entity of entities) {
    let best = { rank: Infinity, text: "" };
    for (const [name, text] of names[entity.id]) {
      const rank = fitness(name, words);
      if (rank < best.rank) best = { rank, text };
    }
    if (best.rank < Infinity) found.push({ entity, ...best });
  }
  found.sort((a, b) => a.rank - b.rank || b.entity.degree - a.entity.degree || a.entity.id - b.entity.id);
  return found.slice(0, MOST);
}

// Russian names are declined: what is not found whole is looked for without its ending.
function lookUp(query) {
  names ??= allNames();
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  for (const cut of [0, 1, 2, 3]) {
    const stems = words.map((word) => (cut && word.length - cut >= 3 ? word.slice(0, -cut) : word));
    const found = find(stems);
    if (found.length) return found;
  }
  return [];
}

function showHits() {
  const query = $("search").value.trim();
  hits = lookUp(query);
  current = hits.length ? 0 : -1;
  $("hits").replaceChildren(
    ...hits.map(({ entity, text }, i) => {
      const other = text === entity.label ? classes[entity.cls].label : `${text} · ${classes[entity.cls].label}`;
      const item = el("li", { id: `hit-${i}`, role: "option" }, icon(entity.kind));
      item.append(el("span", { className: "name" }, entity.label, el("small", {}, other)));
      item.append(el("span", { className: "tally" }, tally("fact", entity.facts.length)));
      item.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(i);
      });
      return item;
    }),
  );
  if (query && !hits.length) {
    $("hits").append(el("li", { className: "nothing", role: "option", "aria-disabled": "true" }, say("nothing")));
  }
  $("hits").hidden = !query;
  $("search").setAttribute("aria-expanded", String(Boolean(query)));
  markHit();
}

function markHit() {
  [...$("hits").children].forEach((item, i) => item.setAttribute("aria-selected", String(i === current)));
  const item = $(`hit-${current}`);
  if (item) $("search").setAttribute("aria-activedescendant", item.id);
  else $("search").removeAttribute("aria-activedescendant");
  item?.scrollIntoView({ block: "nearest" });
}

function closeHits() {
  $("hits").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  $("search").removeAttribute("aria-activedescendant");
}

function take(i) {
  const hit = hits[i];
  if (!hit) return;
  $("search").value = "";
  closeHits();
  arrive(hit.entity);
  frame();
  $("card").focus();
}

function startSearch() {
  const box = $("search");
  box.addEventListener("focus", () => (names ??= allNames()));
  box.addEventListener("input", showHits);
  box.addEventListener("blur", closeHits);
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      current = (current + step + hits.length) % hits.length;
      markHit();
      event.preventDefault();
    } else if (event.key === "Enter" && !event.isComposing) {
      take(current);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      box.value = "";
      hits = [];
      stopPath();
      closeHits();
      box.blur();
    }
  });
}
