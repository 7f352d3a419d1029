// The drawing as SVG: all nodes shown, as they stand, with the title and the legend.

const MARGIN = 48;
const HEAD = 44;
const FOOT = 40;

function svgText(x, y, text, more) {
  const element = svg("text", { x, y, ...more });
  element.textContent = text;
  return element;
}

// Room for the label of a node, below it, in lines.
function labelPlace(entity, place, measure) {
  const lines = wrap(entity.label);
  const width = Math.max(...lines.map((line) => measure(line)));
  return { id: entity.id, lines, x: place.x - width / 2, y: place.y + radius(entity) + 3, w: width, h: 17 * lines.length, place };
}

// Of labels that would stand on each other the better connected one is written.
function labelPlaces(ids, places, measure) {
  const ranked = ids.map((id) => entities[id]).sort((a, b) => b.degree - a.degree || a.id - b.id);
  const placed = [];
  for (const entity of ranked) {
    const wanted = labelPlace(entity, places[entity.id], measure);
    if (ids.length <= 80 || placed.every((other) => !meets(wanted, other))) placed.push(wanted);
  }
  return placed;
}

function edgePicture(fact, places) {
  const [from, to] = [places[fact.subject], places[fact.object]];
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const away = Math.hypot(dx, dy) || 1;
  // A bent line leads over a point beside its middle.
  const bend = edges.length < STRAIGHT ? fact.bend : 0;
  const over = { x: (from.x + to.x) / 2 + dy * bend, y: (from.y + to.y) / 2 - dx * bend };
  const back = Math.hypot(to.x - over.x, to.y - over.y) || 1;
  const stop = radius(entities[fact.object]) + 3;
  const [ux, uy] = [(to.x - over.x) / back, (to.y - over.y) / back];
  const tip = { x: to.x - ux * stop, y: to.y - uy * stop };
  const round = (number) => Math.round(number * 10) / 10;
  const path = `M${round(from.x)} ${round(from.y)}Q${round(over.x)} ${round(over.y)} ${round(tip.x)} ${round(tip.y)}`;
  const line = svg("path", { d: path, fill: "none", stroke: colours.plain, "stroke-width": 1.4 });
  const { dash } = modalities[fact.modality];
  if (dash.length) line.setAttribute("stroke-dasharray", dash.join(" "));
  const title = svg("title", {});
  title.textContent = `${entities[fact.subject].label} – ${relations[fact.relation].label} – ${objectText(fact)}`;
  line.append(title);
  if (relations[fact.relation].symmetric || away <= stop) return [line];
  const corner = (side) => `${round(tip.x - 8 * ux + side * 3.4 * uy)},${round(tip.y - 8 * uy - side * 3.4 * ux)}`;
  const points = `${round(tip.x)},${round(tip.y)} ${corner(1)} ${corner(-1)}`;
  return [line, svg("polygon", { points, fill: colours.plain })];
}

function nodePicture(entity, { x, y }) {
  const group = svg("g", { "data-iri": entity.iri });
  const size = radius(entity);
  const points = corners(entity.kind.shape, size);
  const shape = points
    ? svg("polygon", { points: points.map(([dx, dy]) => `${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`).join(" ") })
    : svg("circle", { cx: x, cy: y, r: size });
  shape.setAttribute("fill", colour(entity.kind));
  shape.setAttribute("stroke", colours.ground);
  shape.setAttribute("stroke-width", 1.5);
  const title = svg("title", {});
  title.textContent = entity.label;
  group.append(shape, title);
  return group;
}

function labelPicture({ lines, place, y }) {
  const text = svg("text", { "text-anchor": "middle", "font-size": 13, fill: colours.ink, stroke: colours.ground, "stroke-width": 3, "paint-order": "stroke" });
  lines.forEach((line, i) => {
    const part = svg("tspan", { x: place.x, y: y + 13 + 16 * i });
    part.textContent = line;
    text.append(part);
  });
  return text;
}

function legendPicture(left, y, measure) {
  const group = svg("g", { "font-size": 13, fill: colours.muted });
  let x = left;
  const met = new Set(nodeView.getIds().map((id) => entities[id].kind));
  for (const kind of kinds.filter((k) => met.has(k))) {
    const points = corners(kind.shape, 5.5);
    const shape = points
      ? svg("polygon", { points: points.map(([dx, dy]) => `${(x + 6 + dx).toFixed(1)},${(y + dy).toFixed(1)}`).join(" ") })
      : svg("circle", { cx: x + 6, cy: y, r: 5.5 });
    shape.setAttribute("fill", colour(kind));
    group.append(shape, svgText(x + 17, y + 4.5, kind.label));
    x += 35 + measure(kind.label);
  }
  return [group, x];
}

// Returns the element, and its width and height in pixels.
function picture() {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `13px ${FONT}`;
  const measure = (text) => pen.measureText(text).width;
  const ids = nodeView.getIds();
  const places = network.getPositions(ids);
  const labels = labelPlaces(ids, places, measure);
  const boxes = [...labels, ...ids.map((id) => ({ x: places[id].x - 20, y: places[id].y - 20, w: 40, h: 40 }))];
  const left = Math.min(0, ...boxes.map((b) => b.x)) - MARGIN;
  const top = Math.min(0, ...boxes.map((b) => b.y)) - MARGIN - HEAD;
  const [legend, needed] = legendPicture(left + 16, 0, measure);
  const right = Math.max(0, needed, ...boxes.map((b) => b.x + b.w)) + MARGIN;
  const bottom = Math.max(0, ...boxes.map((b) => b.y + b.h)) + MARGIN + FOOT;
  const [width, height] = [Math.ceil(right - left), Math.ceil(bottom - top)];
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `${left} ${top} ${width} ${height}`, "font-family": FONT, "xml:lang": lang });
  const title = svg("title", {});
  title.textContent = document.title;
  const ground = svg("rect", { x: left, y: top, width, height, fill: colours.ground });
  const heading = svgText(left + 16, top + 28, document.title, { "font-size": 17, "font-weight": 650, fill: colours.ink });
  legend.setAttribute("transform", `translate(0 ${bottom - 20})`);
  const lines = edgeView.getIds().flatMap((id) => edgePicture(facts[id], places));
  const shapes = ids.map((id) => nodePicture(entities[id], places[id]));
  root.append(title, ground, heading, ...lines, ...shapes, ...labels.map(labelPicture), legend);
  return { root, width, height };
}
