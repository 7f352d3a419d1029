// Which facts and entities the filters let through, and how many each filter would.

const survey = {
  passes: new Uint8Array(facts.length), // facts
  alive: new Uint8Array(entities.length), // entities
  near: null, // steps from the selection, by entity; null: nothing is selected
  lit: new Set(), // facts on the way there
  counts: { classes: [], relations: [], modalities: [] },
};

function takeSurvey() {
  const { classes: offC, relations: offR, modalities: offM } = state.off;
  const counts = {
    classes: classes.map(() => 0),
    relations: relations.map(() => 0),
    modalities: modalities.map(() => 0),
  };
  const told = new Uint8Array(entities.length);
  for (const fact of facts) {
    const [r, m] = [!offR.has(fact.relation), !offM.has(fact.modality)];
    const ends = fact.object === null ? [fact.subject] : [fact.subject, fact.object];
    const c = ends.every((end) => !offC.has(entities[end].cls));
    survey.passes[fact.id] = r && m && c;
    if (m && c) counts.relations[fact.relation] += 1;
    if (r && c) counts.modalities[fact.modality] += 1;
    if (r && m) ends.forEach((end) => (told[end] = 1));
  }
  for (const entity of entities) {
    const met = told[entity.id] || !entity.facts.length;
    if (met) counts.classes[entity.cls] += 1;
    survey.alive[entity.id] = met && !offC.has(entity.cls);
  }
  survey.counts = counts;
  takeNeighbourhood();
}

function takeNeighbourhood() {
  survey.lit = new Set();
  survey.near = null;
  if (state.fact) {
    survey.near = new Map([[state.fact.subject, 0], [state.fact.object, 0]]);
    survey.lit.add(state.fact.id);
  } else if (state.node) {
    survey.near = new Map([[state.node.id, 0]]);
    for (const [id, steps] of survey.near) {
      if (steps === state.depth) continue; // a Map is walked while it grows
      for (const fact of entities[id].facts) {
        if (!fact.line || !survey.passes[fact.id]) continue;
        survey.lit.add(fact.id);
        const other = otherEnd(fact, id);
        if (!survey.near.has(other)) survey.near.set(other, steps + 1);
      }
    }
  }
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
