// Put the page together, and answer keys and buttons.

function showCount() {
  const shownNodes = nodeView.length;
  const lines = edgeView.length;
  $("count").textContent = facts.length || entities.length
    ? say("shown", { nodes: tally("node", shownNodes), edges: tally("edge", lines) })
    : "";
  $("fact-count").textContent = facts.filter(factShown).length.toLocaleString(lang);
  showNotice(shownNodes);
}

function showNotice(shownNodes) {
  const notice = $("notice");
  const told = entities.filter((entity) => entity.facts.length).length;
  notice.replaceChildren();
  if (entities.length && !shownNodes) {
    const button = el("button", {}, say("reset"));
    button.addEventListener("click", resetFilters);
    notice.append(say("filtered_out"), button);
  } else if (entities.length && !facts.length) {
    notice.append(say("empty"));
  } else if (nodes.length < told) {
    notice.append(say("overview", { n: nodes.length.toLocaleString(lang), all: told.toLocaleString(lang) }));
  }
  notice.hidden = !notice.childNodes.length;
}

function showView() {
  for (const view of VIEWS) {
    const now = state.view === view;
    $(`${view}-view`).hidden = !now;
    $(`tab-${view}`).setAttribute("aria-selected", String(now));
    $(`tab-${view}`).tabIndex = now ? 0 : -1;
  }
  if (unseen && state.view === "graph") openView();
}

// Where the page opens, unless something is chosen there: what the address says, else all of it.
// What is hidden has no size to fit into, so this may have to wait for its tab.
let opening = null;
let unseen = true;

function openView() {
  unseen = !$("canvas").clientWidth;
  if (unseen) return;
  network.setSize("100%", "100%");
  if (opening) takeCamera(opening);
  else if (!chosenNodes().length) fit();
}

function startTabs() {
  for (const view of VIEWS) {
    $(`tab-${view}`).addEventListener("click", () => choose({ view }));
    $(`tab-${view}`).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const step = event.key === "ArrowRight" ? 1 : VIEWS.length - 1;
      const other = VIEWS[(VIEWS.indexOf(view) + step) % VIEWS.length];
      choose({ view: other });
      $(`tab-${other}`).focus();
    });
  }
}

function startKeys() {
  addEventListener("keydown", (event) => {
    const typing = event.target.matches?.("input[type=search]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      $("search").focus();
      event.preventDefault();
    } else if (event.key === "Escape" && !$("card").hidden) {
      clearSelection();
    } else if (event.key === "0") {
      fit();
    }
  });
  $("canvas").addEventListener("keydown", (event) => {
    const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [0, 0];
    const zoom = { "+": 1.25, "=": 1.25, "-": 0.8 }[event.key] ?? 1;
    if (!x && !y && zoom === 1) return;
    const [scale, centre] = [network.getScale(), network.getViewPosition()];
    const position = { x: centre.x + (60 * x) / scale, y: centre.y + (60 * y) / scale };
    network.moveTo({ position, scale: scale * zoom });
    keepCamera();
    event.preventDefault();
  });
}

function startButtons() {
  $("fit").addEventListener("click", fit);
  $("show-filters").addEventListener("click", () => {
    const open = $("filters").classList.toggle("open");
    $("show-filters").setAttribute("aria-expanded", String(open));
  });
  addEventListener("beforeprint", () => {
    const { view } = state;
    Object.assign(state, { view: "facts" });
    showTable();
    state.view = view;
  });
}

function describe() {
  const numbers = {
    entities: tally("node", entities.length),
    facts: tally("fact", facts.length),
    articles: tally("article", articles.length),
  };
  const quoted = facts.length ? [say(data.quoted ? "with_sentences" : "without_sentences")] : [];
  $("about").textContent = [say("holds", numbers), ...quoted, say("offline")].join(" ");
  if (!entities.length) {
    $("empty").hidden = false;
    $("empty").append(el("h2", {}, say("empty_title")), el("p", {}, say("empty")));
    document.body.classList.add("bare");
  }
}

$("fallback").remove();
readAddress();
takeSurvey();
startCanvas();
startFilters();
startWhen();
startPicks();
startSearch();
startTabs();
startKeys();
startButtons();
startSaving();
listeners.push(revealChosen, gather, showView, showCard, showGraph, showGathered, showFilters, showTable, showMatrix, showTimeline, showCount);
describe();
opening = state.camera;
openView();
look();
openView();
if (document.readyState !== "complete") addEventListener("load", openView);
// What is drawn, for tests and for those who look under the bonnet.
window.kgPage = {
  network, entities, facts, state, nodeView, edgeView, choose, factShown, claimsOf, lookUp,
  findPath: takePath,
  labelBoxes: () => labelBoxes,
  started: performance.now(),
};
