// Which facts and entities the filters let through, and how many each filter would.

const survey = {
  passes: new Uint8Array(facts.length), // facts
  alive: new Uint8Array(entities.length), // entities
  read: new Uint8Array(articles.length), // articles
  near: null, // steps from the selection, by entity; null: nothing is selected
  lit: new Set(), // facts on the way there
  route: [], // entities on the path
  counts: {},
};

const none = (table) => table.map(() => 0);

function takeSurvey() {
  const { classes: offC, relations: offR, modalities: offM } = state.off;
  const { communities: groupsIn } = state.picked;
  const reading = takeReading();
  const counts = { classes: none(classes), relations: none(relations), modalities: none(modalities), communities: none(communities) };
  const told = new Uint8Array(entities.length);
  const inGroup = (end) => !groupsIn.size || groupsIn.has(entities[end].community);
  for (const fact of facts) {
    const [r, m] = [!offR.has(fact.relation), !offM.has(fact.modality)];
    const ends = fact.object === null ? [fact.subject] : [fact.subject, fact.object];
    const c = ends.every((end) => !offC.has(entities[end].cls));
    const g = ends.every(inGroup);
    const said = reading.take(fact, r && m && c && g);
    survey.passes[fact.id] = r && m && c && g && said;
    if (!said) continue;
    if (m && c && g) counts.relations[fact.relation] += 1;
    if (r && c && g) counts.modalities[fact.modality] += 1;
    if (r && m && g) ends.forEach((end) => (told[end] = 1));
    const home = entities[fact.subject].community;
    if (r && m && c && home >= 0 && ends.every((end) => entities[end].community === home)) counts.communities[home] += 1;
  }
  for (const entity of entities) {
    const met = (told[entity.id] || !entity.facts.length) && inGroup(entity.id);
    if (met) counts.classes[entity.cls] += 1;
    survey.alive[entity.id] = met && !offC.has(entity.cls);
  }
  survey.counts = { ...counts, ...reading.counts };
  takeNeighbourhood();
}

// What claims tell of: who said it, when, how surely. A fact passes with one claim that fits all.
function takeReading() {
  const { articles: own, publishers: houses } = state.picked;
  const fits = articles.map((article) => [
    !own.size || own.has(article.id),
    !houses.size || houses.has(article.house),
    inSpan(article),
  ]);
  fits.forEach((three, id) => (survey.read[id] = three.every(Boolean)));
  const counts = { articles: none(articles), publishers: none(publishers), times: none(times), undated: [0] };
  const last = Object.fromEntries(Object.entries(counts).map(([name, list]) => [name, list.map(() => -1)]));
  const count = (name, i, fact) => {
    if (i < 0 || last[name][i] === fact.id) return; // a fact counts once, however often it is told
    last[name][i] = fact.id;
    counts[name][i] += 1;
  };
  const take = (fact, otherwise) => {
    let said = !fact.claims.length;
    for (const { article, score } of fact.claims) {
      if (100 * score < state.sure) continue;
      const [a, p, d] = fits[article.id];
      said ||= a && p && d;
      if (!otherwise) continue;
      if (p && d) count("articles", article.id, fact);
      if (a && d) count("publishers", article.house, fact);
      if (a && p) count(article.time < 0 ? "undated" : "times", Math.max(article.time, 0), fact);
    }
    return said;
  };
  return { take, counts };
}

function claimShown(claim) {
  return survey.read[claim.article.id] && 100 * claim.score >= state.sure;
}

// The claims that the filters let through; of what was chosen nevertheless, all.
function claimsOf(fact) {
  const found = fact.claims.filter(claimShown);
  return found.length ? found : fact.claims;
}

function takeNeighbourhood() {
  survey.lit = new Set();
  survey.near = null;
  survey.route = [];
  if (state.fact) {
    survey.near = new Map([[state.fact.subject, 0], [state.fact.object, 0]]);
    survey.lit.add(state.fact.id);
  } else if (state.path) {
    takePath(...state.path);
  } else if (state.node) {
    survey.near = new Map([[state.node.id, 0]]);
    for (const [id, steps] of survey.near) {
      if (steps === state.depth) continue; // a Map is walked while it grows
      for (const [fact, other] of linesOf(id)) {
        survey.lit.add(fact.id);
        if (!survey.near.has(other)) survey.near.set(other, steps + 1);
      }
    }
  }
}

// The lines of a node that the filters let through, each with its other end.
function linesOf(id) {
  const lines = entities[id].facts.filter(tied);
  return lines.map((fact) => [fact, otherEnd(fact, id)]);
}

// The fewest lines between two, breadth first; without a way both stand alone.
function takePath(from, to) {
  const before = new Map([[from.id, null]]);
  for (const [id] of before) {
    if (id === to.id) break;
    for (const [, other] of linesOf(id)) if (!before.has(other)) before.set(other, id);
  }
  survey.near = new Map([[from.id, 0], [to.id, 0]]);
  if (!before.has(to.id)) return;
  for (let id = to.id; id !== null; id = before.get(id)) survey.route.unshift(entities[id]);
  survey.route.forEach(({ id }, i) => {
    survey.near.set(id, 0);
    stepFacts(i).forEach((fact) => survey.lit.add(fact.id));
  });
}

// The facts between a node of the path and the next one.
function stepFacts(i) {
  const [here, there] = [survey.route[i], survey.route[i + 1]];
  return there ? linesOf(here.id).filter(([, other]) => other === there.id).map(([fact]) => fact) : [];
}

function nodeShown(id) {
  if (survey.near?.get(id) === 0) return true; // the selected itself, whatever the filters say
  return survey.alive[id] && (!state.only || survey.near.has(id));
}

function factShown(fact) {
  if (fact === state.fact) return true;
  if (!survey.passes[fact.id]) return false;
  if (!state.only) return true;
  return survey.near.has(fact.subject) && (fact.object === null || survey.near.has(fact.object));
}

function lineShown(fact) {
  return fact.line && factShown(fact) && nodeShown(fact.subject) && nodeShown(fact.object);
}
