// The drawing: vis-network pans, zooms and finds what is under the pointer; shapes are ours.

let network, nodes, edges, nodeView, edgeView;
let hovered = { node: null, fact: null };
const styled = new Map(); // how each drawn line looks now: plain, lit or dim
const still = matchMedia("(prefers-reduced-motion: reduce)");
const STRAIGHT = 600; // more lines than this are not bent

function radius(entity) {
  return Math.min(7 + 2.1 * Math.sqrt(entity.degree), 20);
}

function nodeItem({ id, x, y }) {
  return { id, x, y, shape: "custom", size: radius(entities[id]) };
}

// layout.py fills a screen that lies; on one that stands the drawing is turned over.
function turned({ id, x, y }) {
  const { clientWidth: width, clientHeight: height } = $("canvas");
  return height > 1.1 * width ? { id, x: y, y: x } : { id, x, y };
}

function edgeItem(fact) {
  const bent = fact.bend && edges.length < STRAIGHT;
  return {
    id: fact.id,
    from: fact.subject,
    to: fact.object,
    arrows: relations[fact.relation].symmetric ? "" : "to",
    dashes: modalities[fact.modality].dash.length ? modalities[fact.modality].dash : false,
    smooth: bent
      ? { enabled: true, type: fact.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(fact.bend) }
      : false,
  };
}

function renderNode({ ctx, id, x, y }) {
  const entity = entities[id];
  const size = Math.max(radius(entity), 4 / network.getScale());
  const steps = survey.near ? survey.near.get(id) : 1;
  return {
    drawNode() {
      ctx.globalAlpha = steps === undefined ? 0.16 : 1;
      if (steps === 0 || hovered.node === id) {
        trace(ctx, entity.kind.shape, x, y, size + 5.5);
        ctx.fillStyle = colours.ring;
        ctx.fill();
      }
      trace(ctx, entity.kind.shape, x, y, size);
      ctx.lineJoin = "round";
      ctx.lineWidth = 3;
      ctx.strokeStyle = colours.ground;
      ctx.stroke();
      ctx.fillStyle = colour(entity.kind);
      ctx.fill();
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: 2 * size, height: 2 * size },
  };
}

let colours = {};

function takeColours() {
  colours = {
    ground: paint("--ground"),
    ink: paint("--ink"),
    panel: paint("--panel"),
    muted: paint("--muted"),
    ring: night.matches ? "rgba(134,185,244,0.45)" : "rgba(31,95,166,0.28)",
    plain: paint("--edge"),
    lit: paint("--edge-lit"),
    dim: paint("--edge-dim"),
  };
}

function startCanvas() {
  takeColours();
  nodes = new vis.DataSet(given.nodes.map(turned).map(nodeItem));
  edges = new vis.DataSet();
  edges.add(given.edges.map((edge) => edgeItem(facts[edge.id])));
  nodeView = new vis.DataView(nodes, { filter: (item) => nodeShown(item.id) });
  edgeView = new vis.DataView(edges, { filter: (item) => lineShown(facts[item.id]) });
  network = new vis.Network($("canvas"), { nodes: nodeView, edges: edgeView }, {
    ...JSON.parse(given.options),
    autoResize: true,
    nodes: { ctxRenderer: renderNode },
    edges: {
      width: 1.4,
      hoverWidth: 0.8,
      arrowStrikethrough: false,
      arrows: { to: { scaleFactor: 0.5 } },
      color: { color: colours.plain, hover: colours.lit, highlight: colours.lit, inherit: false },
    },
    interaction: {
      hover: true,
      selectable: false,
      selectConnectedEdges: false,
      hideEdgesOnDrag: given.edges.length > STRAIGHT,
      keyboard: false,
      zoomSpeed: 0.7,
    },
  });
  network.on("click", pick);
  network.on("doubleClick", ({ pointer }) => {
    const id = nodeAt(pointer.DOM);
    if (id !== null) expand(entities[id]);
  });
  network.on("dragEnd", (event) => {
    keepPlaces(event);
    keepCamera();
  });
  network.on("zoom", keepCamera);
  network.on("hoverNode", ({ node }) => hover({ node, fact: null }));
  network.on("hoverEdge", ({ edge }) => hovered.node === null && hover({ node: null, fact: edge }));
  network.on("blurNode", () => hover({ node: null, fact: null }));
  network.on("blurEdge", () => hover({ node: null, fact: null }));
  network.on("afterDrawing", (ctx) => {
    drawLabels(ctx);
    document.documentElement.dataset.drawn = "yes"; // for whoever waits for the first picture
  });
  night.addEventListener("change", () => {
    takeColours();
    recolourIcons();
    styleEdges(true);
    network.redraw();
  });
}

function hover(what) {
  hovered = what;
  $("canvas").style.cursor = what.node !== null || what.fact !== null ? "pointer" : "";
  network.redraw();
}

// A finger or an unsteady hand may miss by some pixels, and a label counts as its node.
function nodeAt({ x, y }) {
  const scale = network.getScale();
  let best = null;
  for (const id of nodeView.getIds()) {
    const place = network.canvasToDOM(network.getPosition(id));
    const away = Math.hypot(place.x - x, place.y - y) - Math.max(radius(entities[id]) * scale, 10);
    if (away <= 3 && (!best || away < best.away)) best = { id, away };
  }
  if (best) return best.id;
  const hit = labelBoxes.find((b) => x >= b.x && x <= b.x + b.w && y >= b.y && y <= b.y + b.h);
  return hit?.id ?? null;
}

function pick({ pointer }) {
  const id = nodeAt(pointer.DOM);
  if (id !== null) return arrive(entities[id]);
  const edge = network.getEdgeAt(pointer.DOM);
  if (edge !== undefined) return selectFact(facts[edge]);
  if (state.node || state.fact || state.path) clearSelection();
}

function keepPlaces({ nodes: moved }) {
  network.unselectAll();
  nodes.update(moved.map((id) => ({ id, ...network.getPosition(id) })));
}

function styleEdges(anew = false) {
  const changed = [];
  for (const { id } of edges.get({ fields: ["id"] })) {
    const now = !survey.near ? "plain" : survey.lit.has(id) ? "lit" : "dim";
    if (!anew && (styled.get(id) ?? "plain") === now) continue;
    styled.set(id, now);
    changed.push({ id, width: now === "lit" ? 2 : 1.4, color: { color: colours[now] } });
  }
  if (changed.length) edges.update(changed);
}

function chosenNodes() {
  const { node, fact } = state;
  if (fact) return [entities[fact.subject], entities[fact.object]];
  if (state.path) return survey.route.length ? survey.route : state.path;
  return node ? [node] : [];
}

function revealChosen() {
  chosenNodes().forEach((entity, i, all) => reveal(entity, state.path && i ? all[i - 1] : null));
}

function showGraph() {
  const chosen = chosenNodes();
  nodeView.refresh();
  edgeView.refresh();
  styleEdges();
  if (chosen.length) bringIntoView(chosen);
  network.redraw();
}

// The part of the drawing that the card does not cover: on the right, on a phone below.
function freeArea() {
  const { clientWidth: width, clientHeight: height } = $("canvas");
  if ($("card").hidden) return { width, height };
  const [over, under] = [$("card").getBoundingClientRect(), $("canvas").getBoundingClientRect()];
  if (over.left > under.left + 60) return { width: Math.min(width, over.left - under.left), height };
  return { width, height: Math.max(120, Math.min(height, over.top - under.top)) };
}

function bringIntoView(chosen) {
  const area = freeArea();
  const places = chosen.map(({ id }) => network.getPosition(id));
  const inside = places
    .map((place) => network.canvasToDOM(place))
    .every(({ x, y }) => x > 40 && y > 30 && x < area.width - 40 && y < area.height - 40);
  if (!inside) moveOver(places, network.getScale());
}

// Put the middle of some places into the middle of the free area.
function moveOver(places, scale, animate = true) {
  const { clientWidth: width, clientHeight: height } = $("canvas");
  const area = freeArea();
  const middle = (axis) => {
    const all = places.map((place) => place[axis]);
    return (Math.min(...all) + Math.max(...all)) / 2;
  };
  const position = {
    x: middle("x") + (width - area.width) / 2 / scale,
    y: middle("y") + ((height - area.height) / 2 + 12) / scale, // labels hang below
  };
  const animation = animate && !still.matches ? { duration: 280, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ position, scale, animation });
}

function scaleFor(places, most) {
  const area = freeArea();
  const extent = (axis) => {
    const all = places.map((place) => place[axis]);
    return Math.max(...all) - Math.min(...all) + 1;
  };
  const side = Math.min(76, area.width / 6);
  const scale = Math.min((area.width - 2 * side) / extent("x"), (area.height - 96) / extent("y"), most);
  return Math.max(scale, 0.05);
}

// What the reader has moved to is kept in the address, once the hand rests.
let resting = null;

function keepCamera() {
  clearTimeout(resting);
  resting = setTimeout(() => {
    const { x, y } = network.getViewPosition();
    state.camera = [Math.round(x), Math.round(y), Number(network.getScale().toPrecision(3))];
    writeAddress(false);
  }, 200);
}

function takeCamera(camera) {
  if (!camera) return;
  state.camera = camera;
  writeAddress(false);
  const [x, y, scale] = camera;
  network.moveTo({ position: { x, y }, scale, animation: false });
}

// Show all that is drawn.
function fit() {
  state.camera = null;
  writeAddress(false);
  const places = Object.values(network.getPositions(nodeView.getIds()));
  if (places.length) moveOver(places, scaleFor(places, 1.35), false);
}

// Show the neighbourhood of the selection, close enough to read.
function frame() {
  const ids = [...(survey.near?.keys() ?? [])].filter((id) => nodeView.get(id));
  const places = Object.values(network.getPositions(ids));
  if (places.length) moveOver(places, Math.max(scaleFor(places, 1.3), 0.6));
}
