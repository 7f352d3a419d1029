// The graph as data.py wrote it: rows become records that point at each other by position.

const kinds = data.kinds.map(([name, label, shape, light, dark]) => ({ name, label, shape, light, dark }));
const classes = data.classes.map(([name, label, kind, above]) => ({ name, label, kind, above }));
const relations = data.relations.map(([name, label, back, symmetric]) => ({ name, label, back, symmetric }));
const modalities = data.modalities.map(([name, label, dash]) => ({ name, label, dash }));
const articles = data.articles.map(([title, publisher, date, url, tongue, key], id) => ({
  id,
  key,
  title,
  publisher,
  date,
  url,
  lang: tongue,
}));
const sentences = data.sentences.map(([article, text, start]) => ({ article: articles[article], text, start }));
const entities = data.entities.map(([key, label, cls, aliases, same, iri, tongue, community], id) => ({
  id,
  key,
  label,
  cls,
  aliases,
  same,
  iri,
  lang: tongue,
  kind: kinds[classes[cls].kind],
  community,
  facts: [],
  degree: 0,
}));

function unpackClaim([sentence, modality, score, ...rest]) {
  const [subjectStart, subjectEnd, objectStart, objectEnd, mood, statement, evidence, speaker = ""] = rest;
  return {
    ...sentences[sentence],
    modality,
    score,
    subject: [subjectStart, subjectEnd],
    object: [objectStart, objectEnd],
    mood, // the modality of what is denied, too
    statement,
    evidence,
    speaker,
  };
}

const facts = data.facts.map(([subject, relation, object, modality, claims], id) => {
  const thing = typeof object === "number";
  const denied = modality === data.denied;
  return {
    id,
    subject,
    relation,
    object: thing ? object : null,
    literal: thing ? null : object,
    value: thing ? "" : dateText(object[0], object[1], object[2]),
    modality,
    denied,
    line: thing && !data.lineless.includes(modality), // drawn as a line between two nodes
    bend: 0,
    score: Math.max(0, ...claims.map((claim) => claim[2])),
    claims: claims.map(unpackClaim).sort((a, b) => (a.modality === data.denied) - (b.modality === data.denied)),
  };
});

for (const fact of facts) {
  for (const end of new Set([fact.subject, fact.object])) {
    if (end === null) continue;
    entities[end].facts.push(fact);
    if (fact.line) entities[end].degree += 1;
  }
}

// Several lines between the same two nodes are bent away from each other.
const bundles = new Map();
for (const fact of facts.filter((f) => f.line)) {
  const key = `${Math.min(fact.subject, fact.object)} ${Math.max(fact.subject, fact.object)}`;
  if (!bundles.has(key)) bundles.set(key, []);
  bundles.get(key).push(fact);
}
for (const bundle of bundles.values()) {
  bundle.forEach((fact, i) => {
    const bend = (i - (bundle.length - 1) / 2) * 0.24;
    fact.bend = fact.subject < fact.object ? bend : -bend;
  });
}

const byKey = new Map(entities.map((entity) => [entity.key, entity]));

function factKey(fact) {
  return [entities[fact.subject].key, relations[fact.relation].name, entities[fact.object].key].join(".");
}

const lineByKey = new Map(facts.filter((fact) => fact.line).map((fact) => [factKey(fact), fact]));

function otherEnd(fact, id) {
  return fact.subject === id ? fact.object : fact.subject;
}

function objectText(fact) {
  return fact.object === null ? fact.value : entities[fact.object].label;
}

const publishers = [...new Set(articles.map((article) => article.publisher))].filter(Boolean).sort();

// A community goes by its best connected members.
const communities = [];
for (const entity of entities) if (entity.community >= 0) (communities[entity.community] ??= []).push(entity);
for (const members of communities) members.sort((a, b) => b.degree - a.degree || a.id - b.id);

function communityName([first, second]) {
  return `${first.label}, ${second.label}`;
}
