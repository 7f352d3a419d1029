// What is shown as linked data, in the words of the ontology: JSON-LD, and Turtle made of it.

const { context } = data;
const SAFE_IRI = /^[a-z][a-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]+$/i;
const SAFE_LANG = /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i;
// Fewer names than Turtle allows: what has none of these is written as an IRI.
const SAFE_NAME = /^[A-Za-z\u0400-\u04ff\u3400-\u9fff][\w\u0400-\u04ff\u3400-\u9fff-]*$/;

function worded(text, tongue) {
  return SAFE_LANG.test(tongue) ? { "@value": text, "@language": tongue } : text;
}

// A node with what it has: what is empty is left out, what is single stands alone.
function node(id, type, properties) {
  const found = { "@id": id, "@type": type };
  for (const [name, values] of Object.entries(properties)) {
    const list = [values].flat().filter((value) => value !== "" && value !== null);
    if (list.length) found[name] = list.length > 1 ? list : list[0];
  }
  return found;
}

// The facts shown, with the claims shown; what no graph can hold is not among them.
function told() {
  const sound = (end) => end === null || SAFE_IRI.test(entities[end].iri);
  const found = facts.filter((fact) => factShown(fact) && sound(fact.subject) && sound(fact.object));
  return found.map((fact) => [fact, claimsOf(fact).filter((claim) => claim.statement)]).filter(([, claims]) => claims.length);
}

function objectOf(fact, claim) {
  if (fact.object !== null) return { "@id": entities[fact.object].iri };
  const [text, datatype] = fact.literal;
  return datatype === "langString" ? worded(text, claim.article.lang) : { "@value": text, "@type": `xsd:${datatype}` };
}

function linkedData() {
  const list = told();
  const met = new Map();
  const links = new Map(); // entity, relation, objects that are affirmed
  const addLink = (id, name, object) => {
    const of = links.get(id) ?? links.set(id, {}).get(id);
    of[name] ??= [];
    if (!of[name].some((other) => JSON.stringify(other) === JSON.stringify(object))) of[name].push(object);
  };
  for (const [fact, claims] of list) {
    const relation = relations[fact.relation];
    for (const end of [fact.subject, fact.object]) if (end !== null) met.set(end, entities[end]);
    for (const claim of claims.filter(({ modality }) => modality !== data.denied)) {
      addLink(fact.subject, relation.name, objectOf(fact, claim));
      if (relation.symmetric && fact.object !== null) addLink(fact.object, relation.name, { "@id": entities[fact.subject].iri });
    }
  }
  const nodes = [...met.values()].sort((a, b) => a.id - b.id).map((entity) => entityNode(entity, links.get(entity.id) ?? {}));
  const sources = new Set(list.flatMap(([, claims]) => claims.map((claim) => claim.article)));
  nodes.push(...[...sources].sort((a, b) => a.id - b.id).map(articleNode));
  for (const [fact, claims] of list) nodes.push(...statementNodes(fact, claims));
  return { "@context": context, "@graph": nodes };
}

function entityNode(entity, linked) {
  const label = worded(entity.label, entity.lang);
  return node(entity.iri, classes[entity.cls].above, {
    label,
    prefLabel: label,
    altLabel: entity.aliases.map(([text, tongue]) => worded(text, tongue)),
    sameAs: entity.same.filter((iri) => webAddress(iri) && SAFE_IRI.test(iri)),
    ...linked,
  });
}

const articleId = (article) => `article:${encodeURIComponent(article.key)}`;

function articleNode(article) {
  const { key, lang: tongue, title, publisher, date, url } = article;
  return node(articleId(article), "Article", {
    identifier: key,
    language: tongue,
    title: title && worded(title, tongue),
    publisher,
    date,
    url: webAddress(url) && SAFE_IRI.test(url) ? url : "",
  });
}

// A fact is a statement in each article that tells it, with the sentences as evidence.
function statementNodes(fact, claims) {
  const nodes = [];
  for (const id of new Set(claims.map((claim) => claim.statement))) {
    const own = claims.filter((claim) => claim.statement === id);
    const [first] = own;
    const evidence = data.quoted ? [...new Map(own.map((claim) => [claim.evidence, claim])).values()] : [];
    nodes.push(node(`st:${id}`, ["Statement", "rdf:Statement"], {
      subject: entities[fact.subject].iri,
      predicate: `kg:${relations[fact.relation].name}`,
      object: objectOf(fact, first),
      modality: `kg:${modalities[first.mood].name}`,
      polarity: `kg:${data.polarities[Number(first.modality === data.denied)]}`,
      confidence: String(Math.max(...own.map((claim) => claim.score))),
      wasDerivedFrom: articleId(first.article),
      evidence: evidence.map((claim) => `ev:${claim.evidence}`),
    }));
    for (const claim of evidence) nodes.push(...evidenceNodes(claim));
  }
  return nodes;
}

function evidenceNodes({ evidence, article, text, start }) {
  const id = `ev:${evidence}`;
  return [
    node(id, "Evidence", { hasSource: articleId(article), hasSelector: `${id}/selector` }),
    node(`${id}/selector`, "Selector", {
      exact: worded(text, article.lang),
      start: String(start),
      end: String(start + Array.from(text).length),
    }),
  ];
}

// Turtle, by the same context.
const prefixes = Object.entries(context).filter(([name, of]) => typeof of === "string" && !name.startsWith("@"));

function expanded(name) {
  const [prefix, rest] = [name.slice(0, name.indexOf(":")), name.slice(name.indexOf(":") + 1)];
  return name.includes(":") && typeof context[prefix] === "string" ? context[prefix] + rest : name;
}

function iriText(iri) {
  const full = expanded(iri);
  for (const [prefix, base] of prefixes) {
    if (full.startsWith(base) && SAFE_NAME.test(full.slice(base.length))) return `${prefix}:${full.slice(base.length)}`;
  }
  return `<${full}>`;
}

function property(name) {
  return typeof context[name] === "object" ? iriText(context[name]["@id"]) : iriText(name.includes(":") ? name : context["@vocab"] + name);
}

function valueText(value, expected) {
  if (typeof value === "object" && value["@id"]) return iriText(value["@id"]);
  if (typeof value === "string" && expected === "@id") return iriText(value);
  const text = JSON.stringify(typeof value === "object" ? value["@value"] : value);
  if (value["@language"]) return `${text}@${value["@language"]}`;
  const type = value["@type"] ?? expected;
  return type ? `${text}^^${iriText(type)}` : text;
}

function turtle() {
  const lines = prefixes.map(([prefix, base]) => `@prefix ${prefix}: <${base}> .`);
  for (const { "@id": id, "@type": types, ...rest } of linkedData()["@graph"]) {
    const parts = [`a ${[types].flat().map(property).join(" , ")}`];
    for (const [name, values] of Object.entries(rest)) {
      const expected = context[name]?.["@type"];
      parts.push(`${property(name)} ${[values].flat().map((value) => valueText(value, expected)).join(" , ")}`);
    }
    lines.push("", `${iriText(id)} ${parts.join(" ;\n\t")} .`);
  }
  return `${lines.join("\n")}\n`;
}
