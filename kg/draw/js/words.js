// Words, numbers and elements. Text from the news reaches the page through here, as text only.

const lang = document.documentElement.lang;
const plural = new Intl.PluralRules(lang);
const $ = (id) => document.getElementById(id);

function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function say(key, values = {}) {
  return fill(data.words[key], values);
}

// "1 факт", "2 факта", "5 фактов"
function tally(noun, n) {
  const forms = data.plural[noun];
  return fill(forms[plural.select(n)] ?? forms.other, { n: n.toLocaleString(lang) });
}

const percent = new Intl.NumberFormat(lang, { style: "percent" });

const DATES = {
  date: { day: "numeric", month: "long", year: "numeric" },
  gYearMonth: { month: "long", year: "numeric" },
  gYear: { year: "numeric" },
};

// A date of XML Schema as people write it; the text itself if it is none.
function dateText(text, datatype = "date", until = "") {
  const [start, end] = [new Date(text), new Date(until)];
  if (!DATES[datatype] || Number.isNaN(start.getTime())) return text;
  const format = new Intl.DateTimeFormat(lang, { ...DATES[datatype], timeZone: "UTC" });
  const range = !Number.isNaN(end.getTime()) && end > start;
  return (range ? format.formatRange(start, end) : format.format(start)).replaceAll(" ", "\u00a0");
}

// The same for narrow columns.
function dayText(text) {
  const format = { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" };
  return new Date(text).toLocaleDateString(lang, format).replace(/ г\.$/, "").replaceAll(" ", "\u00a0");
}

// el("p", {className: "x"}, "text", child): strings become text nodes, never markup.
function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

// An address of the web, or null: nothing but http and https is ever a link.
function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

function link(address, text) {
  const url = webAddress(address);
  if (!url) return document.createTextNode(text);
  return el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer", title: say("opens") }, text);
}

// Case, ё and Latin accents do not matter for finding a name.
function plain(text) {
  const bare = text.normalize("NFD").replace(/([a-z])[\u0300-\u036f]+/gi, "$1");
  return bare.normalize("NFC").toLowerCase().replaceAll("ё", "е");
}
