// What a class looks like, on the canvas and in the legend alike.

const night = matchMedia("(prefers-color-scheme: dark)");
const CORNERS = {
  "triangle": [3, -90, 1.25],
  "triangle-down": [3, 90, 1.25],
  "square": [4, 45, 1.2],
  "diamond": [4, 0, 1.2],
  "pentagon": [5, -90, 1.1],
  "hexagon": [6, 0, 1.08],
};

function polar(radius, degrees) {
  return [radius * Math.cos((degrees * Math.PI) / 180), radius * Math.sin((degrees * Math.PI) / 180)];
}

// The corners of a shape about (0, 0), of about the same area for every shape; null: a circle.
function corners(shape, radius) {
  if (shape === "star") {
    return Array.from({ length: 10 }, (_, i) => polar(radius * (i % 2 ? 0.62 : 1.32), i * 36 - 90));
  }
  if (shape === "plus") {
    const [a, b] = [radius * 0.42, radius * 1.12];
    return [[a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a], [-a, -b]];
  }
  if (!CORNERS[shape]) return null;
  const [count, turn, scale] = CORNERS[shape];
  return Array.from({ length: count }, (_, i) => polar(radius * scale, turn + (i * 360) / count));
}

function colour(kind) {
  return night.matches ? kind.dark : kind.light;
}

function trace(ctx, shape, x, y, radius) {
  const points = corners(shape, radius);
  ctx.beginPath();
  if (points) {
    points.forEach(([dx, dy]) => ctx.lineTo(x + dx, y + dy));
    ctx.closePath();
  } else {
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

function svg(tag, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function icon(kind) {
  const picture = svg("svg", { class: "icon", width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true" });
  const points = corners(kind.shape, 5.6);
  const shape = points ? svg("polygon", { points: points.join(" ") }) : svg("circle", { r: 6 });
  shape.setAttribute("fill", colour(kind));
  shape.dataset.kind = kinds.indexOf(kind);
  picture.append(shape);
  return picture;
}

function dashIcon(dash) {
  const picture = svg("svg", { class: "icon", width: 34, height: 10, viewBox: "0 0 34 10", "aria-hidden": "true" });
  const line = { x1: 1, y1: 5, x2: 33, y2: 5, stroke: "currentColor", "stroke-width": 2 };
  picture.append(svg("line", { ...line, "stroke-dasharray": dash.join(" ") }));
  return picture;
}

function recolourIcons() {
  for (const shape of document.querySelectorAll("[data-kind]")) {
    shape.setAttribute("fill", colour(kinds[shape.dataset.kind]));
  }
}

function paint(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
