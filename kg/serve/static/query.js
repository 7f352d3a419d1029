/* The query page: complete, run, show, download. Nothing that an answer says is taken as HTML. */
const $ = (id) => document.getElementById(id);
const editor = $("query");
const choices = $("choices");
const known = await (await fetch("/terms.json")).json();
const words = known.words;
const FORMS = {
  json: "application/sparql-results+json",
  xml: "application/sparql-results+xml",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  turtle: "text/turtle",
  "json-ld": "application/ld+json",
};
const ROWS = `${FORMS.json}, ${FORMS.turtle};q=0.5`;

/* ---- completion */

const offers = [
  ...known.terms.map((term) => ({ ...term, found: `${term.name} ${term.label}`.toLowerCase() })),
  ...Object.keys(known.prefixes).map((prefix) => ({
    name: `${prefix}:`, label: known.prefixes[prefix], about: "", found: `${prefix}:`,
  })),
];

function typed() {
  const before = editor.value.slice(0, editor.selectionStart);
  return before.match(/[\p{L}][\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*$/u)?.[0] ?? "";
}

function offer(wanted) {
  const start = wanted.toLowerCase();
  const bare = start.replace(/^kg:/, "");
  const fits = offers.filter((o) =>
    start ? o.name.toLowerCase().startsWith(start) || (bare.length > 1 && o.found.includes(bare)) : o.label,
  );
  fits.sort((a, b) => rank(a, start) - rank(b, start));
  choices.replaceChildren(
    ...fits.slice(0, 12).map((o, i) => {
      const item = document.createElement("li");
      item.id = `choice-${i}`;
      item.role = "option";
      item.dataset.name = o.name;
      item.title = o.about;
      item.append(tag("b", o.name), " ", tag("span", o.label));
      item.onmousedown = (event) => { event.preventDefault(); take(item); };
      return item;
    }),
  );
  choices.hidden = !fits.length;
  if (fits.length) point(0); else editor.removeAttribute("aria-activedescendant");
}

const rank = (o, start) => (o.name.toLowerCase().startsWith(start) ? 0 : 1);

function point(at) {
  const items = [...choices.children];
  const now = items[(at + items.length) % items.length];
  for (const item of items) item.setAttribute("aria-selected", String(item === now));
  editor.setAttribute("aria-activedescendant", now.id);
  now.scrollIntoView({ block: "nearest" });
}

const pointed = () => [...choices.children].findIndex((i) => i.getAttribute("aria-selected") === "true");

function take(item) {
  const end = editor.selectionStart;
  editor.setRangeText(item.dataset.name, end - typed().length, end, "end");
  close();
  editor.focus();
}

function close() {
  choices.hidden = true;
  editor.removeAttribute("aria-activedescendant");
}

editor.addEventListener("input", () => {
  sessionStorage.setItem("query", editor.value);
  const word = typed();
  if (word.length > 1) offer(word); else close();
});
editor.addEventListener("blur", close);
editor.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); close(); ask(); }
  else if (event.key === " " && event.ctrlKey) { event.preventDefault(); offer(typed()); }
  else if (choices.hidden) return;
  else if (event.key === "ArrowDown") { event.preventDefault(); point(pointed() + 1); }
  else if (event.key === "ArrowUp") { event.preventDefault(); point(pointed() - 1); }
  else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(choices.children[pointed()]); }
  else if (event.key === "Escape") close();
});

/* ---- asking */

let last = null; // how to ask again, for another form

async function ask() {
  const body = new URLSearchParams({ query: editor.value });
  history.replaceState(null, "", `/sparql?${body}`);
  await show((accept) => fetch("/sparql", { method: "POST", body, headers: { Accept: accept } }));
}

async function show(request) {
  last = request;
  say(words.running);
  $("answer").replaceChildren();
  $("downloads").hidden = true;
  try {
    const answer = await request(ROWS);
    const text = await answer.text();
    if (!answer.ok) return say(text.trim(), true);
    const cut = answer.headers.has("KG-Truncated");
    if (answer.headers.get("Content-Type").startsWith(FORMS.json)) table(JSON.parse(text), cut);
    else { say(cut ? words.cut : ""); $("answer").append(tag("pre", text)); offered(["turtle", "json-ld"]); }
  } catch {
    say(words.failed, true);
  }
}

function table(data, cut) {
  if ("boolean" in data) { say(data.boolean ? words.yes : words.no); return offered(["json", "xml"]); }
  const rows = data.results.bindings;
  say(`${rows.length} ${words.rows}${cut ? `. ${words.cut}` : ""}`);
  const head = document.createElement("tr");
  head.append(...data.head.vars.map((name) => tag("th", name)));
  const shown = document.createElement("table");
  shown.createTHead().append(head);
  const all = shown.createTBody();
  for (const row of rows) {
    const line = all.insertRow();
    for (const name of data.head.vars) line.insertCell().append(cell(row[name]));
  }
  $("answer").append(shown);
  offered(["csv", "tsv", "json", "xml"]);
}

function cell(value) {
  if (!value) return "";
  if (value.type !== "uri") return value.value;
  const link = tag("a", short(value.value));
  link.href = `/resource?iri=${encodeURIComponent(value.value)}`;
  link.title = value.value;
  return link;
}

function short(iri) {
  const fits = Object.entries(known.prefixes).find(([, namespace]) => iri.startsWith(namespace));
  return fits ? `${fits[0]}:${iri.slice(fits[1].length)}` : iri;
}

function offered(forms) {
  const buttons = forms.map((form) => {
    const button = tag("button", form);
    button.type = "button";
    button.onclick = () => download(form);
    return button;
  });
  $("downloads").replaceChildren(`${words.download}: `, ...buttons);
  $("downloads").hidden = false;
}

async function download(form) {
  const answer = await last(FORMS[form]);
  if (!answer.ok) return say((await answer.text()).trim(), true);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `answer.${{ turtle: "ttl", "json-ld": "jsonld" }[form] ?? form}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function say(text, failed = false) {
  $("status").textContent = text;
  $("status").classList.toggle("failed", failed);
}

function tag(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

/* ---- what is at hand */

$("run").onclick = ask;
for (const form of document.querySelectorAll(".at-hand")) {
  form.onsubmit = (event) => {
    event.preventDefault();
    const address = `${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`;
    show((accept) => fetch(address, { headers: { Accept: accept } }));
  };
  form.querySelector(".insert")?.addEventListener("click", (event) => {
    editor.value = event.target.dataset.query;
    editor.focus();
    editor.scrollIntoView({ block: "center" });
  });
}

const given = new URLSearchParams(location.search).get("query");
editor.value = given ?? sessionStorage.getItem("query") ?? editor.value;
document.documentElement.dataset.ready = "yes";
if (given) ask();
