// The way between two: asked for from a card, ended by a search or a click on the drawing.

let pathFrom = null;

function askPath(entity) {
  pathFrom = entity;
  $("search").placeholder = say("path_search", { name: entity.label });
  $("search").focus();
}

function stopPath() {
  pathFrom = null;
  $("search").placeholder = say("search");
}

// What was found or clicked ends the path, if one was begun; else it is selected.
function arrive(entity) {
  const from = pathFrom;
  stopPath();
  if (from && from !== entity) choose({ ...NOTHING, path: [from, entity] }, true);
  else selectNode(entity);
}

function pathButton(entity) {
  const button = el("button", { className: "plain path" }, say("path_to"));
  button.addEventListener("click", () => askPath(entity));
  return button;
}

function pathCard() {
  const [from, to] = state.path;
  const { route } = survey;
  const title = `${from.label} – ${to.label}`;
  const top = [
    cardTop(el("span", { className: "cap" }, say("path"))),
    el("h2", { className: title.length > 40 ? "long" : "" }, title),
  ];
  if (!route.length) return [...top, el("p", {}, say("no_path"))];
  const steps = route.slice(0, -1).map((_, i) => {
    const section = el("section", {});
    const list = stepFacts(i).sort((a, b) => b.score - a.score || a.id - b.id);
    appendSome(section, list, 3, (fact) => bundleBlock(fact, claimsOf(fact)));
    return section;
  });
  return [...top, el("p", { className: "aliases" }, tally("step", route.length - 1)), ...steps];
}
