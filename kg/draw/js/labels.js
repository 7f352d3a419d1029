// Names on the drawing. They keep their size while the drawing is zoomed, and stand only where
// there is room: the selected first, then the best connected.

const LINE = 22; // characters on a line, as layout.py reckons
const FOREMOST = 14; // the best connected are named even where the name covers lesser nodes
const wrapped = new Map();
let labelBoxes = []; // what was drawn last, in pixels of the page; also found by clicks and tests
const FONT = getComputedStyle(document.documentElement).fontFamily;

// At most two lines; wide characters (CJK) take nearly two places.
function wrap(text) {
  const wide = (word) => [...word].reduce((sum, c) => sum + (c >= "\u2e80" ? 1.75 : 1), 0);
  if (wide(text) <= LINE) return [text];
  const lines = [""];
  for (const word of text.split(/(?<=[\s-])|(?<=[\u2e80-\uffff])/u)) {
    if (lines.at(-1) && wide(lines.at(-1) + word.trimEnd()) > LINE) lines.push("");
    lines[lines.length - 1] += word;
  }
  const shown = lines.slice(0, 2).map((line) => line.trim());
  return shown.map((line, i) => {
    const cut = wide(line) > LINE + 3 || (i === 1 && lines.length > 2);
    if (!cut) return line;
    let short = "";
    for (const char of line) if (wide(short + char) < LINE) short += char;
    return `${short.trim()}…`;
  });
}

function labelOf(ctx, entity) {
  if (!wrapped.has(entity.id)) {
    const lines = wrap(entity.label);
    ctx.font = `100px ${FONT}`;
    wrapped.set(entity.id, { lines, width: Math.max(...lines.map((line) => ctx.measureText(line).width)) / 100 });
  }
  return wrapped.get(entity.id);
}

const meets = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

function drawLabels(ctx) {
  const canvas = ctx.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  const scale = network.getScale();
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const spots = nodesInView(canvas, scale);
  labelBoxes = [];
  const size = Math.max(11.5, Math.min(13 * scale, 15));
  for (const [i, spot] of spots.entries()) {
    if (survey.near && !survey.near.has(spot.id) && hovered.node !== spot.id) continue;
    placeNodeLabel(ctx, spot, spots, size, i < FOREMOST);
  }
  drawLineLabels(ctx, spots, scale);
  ctx.restore();
}

// The nodes on the screen as small boxes, those that matter most first.
function nodesInView(canvas, scale) {
  const spots = [];
  for (const [key, place] of Object.entries(network.getPositions(nodeView.getIds()))) {
    const id = Number(key);
    const { x, y } = network.canvasToDOM(place);
    if (x < -80 || y < -40 || x > canvas.clientWidth + 80 || y > canvas.clientHeight + 40) continue;
    const r = radius(entities[id]) * scale;
    const steps = survey.near?.get(id) ?? 9;
    const rank = hovered.node === id ? -1 : steps;
    spots.push({ id, cx: x, cy: y, r, rank, x: x - r, y: y - r, w: 2 * r, h: 2 * r });
  }
  return spots.sort((a, b) => a.rank - b.rank || entities[b.id].degree - entities[a.id].degree || a.id - b.id);
}

function placeNodeLabel(ctx, spot, spots, size, foremost) {
  const { lines, width } = labelOf(ctx, entities[spot.id]);
  const [w, h] = [width * size + 4, lines.length * size * 1.22 + 2];
  const { cx, cy, r } = spot;
  const places = [
    { x: cx - w / 2, y: cy + r + 3 },
    { x: cx - w / 2, y: cy - r - 3 - h },
    { x: cx + r + 5, y: cy - h / 2 },
    { x: cx - r - 5 - w, y: cy - h / 2 },
    { x: cx - w * 0.15, y: cy + r + 2 },
    { x: cx - w * 0.85, y: cy + r + 2 },
    { x: cx - w * 0.15, y: cy - r - 2 - h },
    { x: cx - w * 0.85, y: cy - r - 2 - h },
  ].map((place) => ({ ...place, w, h, id: spot.id }));
  const { clientWidth, clientHeight } = ctx.canvas;
  const roomy = (place) =>
    place.x > 1 && place.x + w < clientWidth - 1 && place.y > 1 && place.y + h < clientHeight - 1 &&
    !labelBoxes.some((other) => meets(place, other));
  const free = (place) => roomy(place) && !spots.some((other) => other !== spot && meets(place, other));
  const forced = spot.rank <= 0 ? places[0] : null;
  const box = places.find(free) ?? (foremost ? places.find(roomy) : null) ?? forced;
  if (!box) return;
  labelBoxes.push(box);
  ctx.font = `${spot.rank <= 0 ? 650 : 450} ${size}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colours.ground;
  ctx.fillStyle = colours.ink;
  lines.forEach((line, i) => {
    const y = box.y + 1 + size * 1.22 * (i + 0.5);
    ctx.strokeText(line, box.x + w / 2, y);
    ctx.fillText(line, box.x + w / 2, y);
  });
}

// What a line means is said when it is under the pointer, near the selection, or zoomed in on.
function drawLineLabels(ctx, spots, scale) {
  const inView = new Set(spots.map((spot) => spot.id));
  const shown = edgeView.getIds().map((id) => facts[id]);
  const close = shown.filter((fact) => inView.has(fact.subject) && inView.has(fact.object));
  const lit = close.filter((fact) => survey.lit.has(fact.id));
  const wanted = lit.length && lit.length <= 40 ? lit : scale > 1.5 && close.length <= 60 && !survey.near ? close : [];
  const taken = [...labelBoxes, ...spots];
  if (hovered.fact !== null && edgeView.get(hovered.fact)) wanted.unshift(facts[hovered.fact]);
  const done = new Set();
  for (const fact of wanted) {
    if (done.has(fact.id)) continue;
    done.add(fact.id);
    placeLineLabel(ctx, fact, taken, fact.id === hovered.fact || fact === state.fact);
  }
}

function placeLineLabel(ctx, fact, taken, forced) {
  const text = relations[fact.relation].label;
  ctx.font = `12px ${FONT}`;
  const [w, h] = [ctx.measureText(text).width + 12, 19];
  const boxes = [0.5, 0.4, 0.6, 0.32, 0.68].map((t) => {
    const { x, y } = network.canvasToDOM(pointOn(fact, t));
    return { x: x - w / 2, y: y - h / 2, w, h };
  });
  const box = boxes.find((place) => !taken.some((other) => meets(place, other))) ?? (forced ? boxes[0] : null);
  if (!box) return;
  taken.push(box);
  ctx.beginPath();
  ctx.roundRect(box.x, box.y, w, h, 6);
  ctx.fillStyle = colours.panel;
  ctx.fill();
  ctx.lineWidth = 1;
  ctx.strokeStyle = colours.dim;
  ctx.stroke();
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = forced ? colours.ink : colours.muted;
  ctx.fillText(text, box.x + w / 2, box.y + h / 2 + 0.5);
}

// A point on the line as vis-network draws it; bends are its quadratic curves.
function pointOn(fact, t) {
  return network.body.edges[fact.id].edgeType.getPoint(t);
}
