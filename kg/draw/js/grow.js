// Nodes that were not drawn at first join the drawing when they are asked for.

const RING = 2.399963; // the golden angle: rings around a node fill evenly
const AT_ONCE = 50;
const COMPANY = 12;

// Neighbours that are not drawn yet, the best connected first.
function missing(entity) {
  const found = new Set();
  for (const [, other] of linesOf(entity.id)) {
    if (!nodes.get(other)) found.add(other);
  }
  return [...found].map((id) => entities[id]).sort((a, b) => b.degree - a.degree || a.id - b.id);
}

function expand(entity) {
  reveal(entity);
  missing(entity).slice(0, AT_ONCE).forEach((other) => reveal(other, entity));
  look();
}

// Draw an entity beside a parent or a drawn neighbour; one that has none comes with company,
// outside of what is drawn.
function reveal(entity, parent = null) {
  if (nodes.get(entity.id)) return;
  const beside = parent ?? neighbourDrawn(entity);
  const place = beside ? freePlace(nodes.get(beside.id), nodes.get()) : placeOutside();
  nodes.add(nodeItem({ id: entity.id, x: Math.round(place.x), y: Math.round(place.y) }));
  const lines = entity.facts.filter((fact) => fact.line && nodes.get(otherEnd(fact, entity.id)));
  edges.update(lines.map(edgeItem));
  if (!beside) missing(entity).slice(0, COMPANY).forEach((other) => reveal(other, entity));
}

// A place near another where nothing stands yet.
function freePlace(centre, others) {
  let place = centre;
  for (let i = 1; i < 3000; i += 1) {
    const away = 70 + 16 * Math.sqrt(i);
    place = { x: centre.x + away * Math.cos(i * RING), y: centre.y + away * Math.sin(i * RING) };
    if (others.every((other) => Math.hypot(other.x - place.x, other.y - place.y) > 62)) break;
  }
  return place;
}

function placeOutside() {
  const others = nodes.get();
  if (!others.length) return { x: 0, y: 0 };
  const ys = others.map((other) => other.y);
  return { x: Math.max(...others.map((other) => other.x)) + 320, y: (Math.min(...ys) + Math.max(...ys)) / 2 };
}

function neighbourDrawn(entity) {
  const lines = entity.facts.filter((fact) => fact.line);
  const other = lines.map((fact) => otherEnd(fact, entity.id)).find((id) => nodes.get(id));
  return other === undefined ? null : entities[other];
}
