// Where the filters leave little of what is drawn, the best connected of what they let through
// join the drawing, and leave it when the filters no longer need them.

const gathered = new Set();

function gather() {
  if (!entities.length || state.only) return;
  const drawn = new Set(nodes.getIds());
  gathered.forEach((id) => drawn.delete(id));
  const own = [...drawn].filter((id) => survey.alive[id]).length;
  const wanted = own < AT_ONCE ? mostTied(AT_ONCE - own, drawn) : [];
  dismiss([...gathered].filter((id) => !wanted.includes(id) && survey.near?.get(id) === undefined));
  const added = wanted.filter((id) => !nodes.get(id));
  if (!added.length) return;
  enter(added);
  if (!chosenNodes().length) comeCloser = true;
}

let comeCloser = false; // the next change is to be looked at as a whole

const tied = (fact) => fact.line && survey.passes[fact.id];

// After the drawing has taken the new nodes over.
function showGathered() {
  if (comeCloser) fit();
  comeCloser = false;
}

// Entities told of that the drawing itself lacks, by how many ties of theirs are shown.
function mostTied(count, drawn) {
  const found = entities.filter(({ id, facts: of }) => survey.alive[id] && of.length && !drawn.has(id));
  if (!found.length) return [];
  const degree = new Uint32Array(entities.length);
  for (const fact of facts) {
    if (!tied(fact)) continue;
    degree[fact.subject] += 1;
    degree[fact.object] += 1;
  }
  found.sort((a, b) => degree[b.id] - degree[a.id] || a.id - b.id);
  return found.slice(0, count).map(({ id }) => id);
}

// All at once, for each change of the drawing costs time: each beside a neighbour where one is
// placed, the others in a spiral beside the drawing.
function enter(ids) {
  const shown = new Map(nodes.get().filter(({ id }) => survey.alive[id]).map((item) => [item.id, item]));
  const outside = placeOutside();
  const items = ids.map((id) => {
    const beside = entities[id].facts.filter(tied).map((fact) => shown.get(otherEnd(fact, id))).find(Boolean);
    const place = freePlace(beside ?? outside, [...shown.values()]);
    const item = nodeItem({ id, x: Math.round(place.x), y: Math.round(place.y) });
    shown.set(id, item);
    gathered.add(id);
    return item;
  });
  nodes.add(items);
  const lines = ids.flatMap((id) => entities[id].facts.filter((fact) => fact.line && nodes.get(otherEnd(fact, id))));
  edges.update([...new Set(lines)].map(edgeItem));
}

function dismiss(ids) {
  if (!ids.length) return;
  ids.forEach((id) => gathered.delete(id));
  const lines = ids.flatMap((id) => entities[id].facts.filter((fact) => fact.line).map((fact) => fact.id));
  lines.forEach((id) => styled.delete(id));
  edges.remove(lines);
  nodes.remove(ids);
}
