"""The page itself: one HTML file that needs nothing else and asks for nothing."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from kg.draw import library
from kg.draw.data import Records, clean, tabulate
from kg.draw.layout import arrange, overview
from kg.draw.look import FOLDER, Strings, strings, style
from kg.model import Article, Entity, Fact
from kg.ontology import Ontology
from kg.resources import ontology_dir

AT_FIRST = 300
"""How many nodes are drawn when the page opens; the rest come when asked for."""

MUCH = 200_000
"""Above so many characters the records are packed; a small page stays legible as it is."""

SCRIPTS = (
    "unpack",
    "words",
    "graph",
    "marks",
    "groups",
    "times",
    "state",
    "survey",
    "canvas",
    "grow",
    "gather",
    "labels",
    "search",
    "filters",
    "picks",
    "when",
    "card",
    "path",
    "bundle",
    "table",
    "matrix",
    "timeline",
    "rdf",
    "picture",
    "save",
    "main",
)


def page(
    entities: Iterable[Entity],
    facts: Iterable[Fact],
    articles: Iterable[Article],
    ontology: Ontology,
    *,
    title: str = "",
    lang: str = "ru",
    sentences: bool = True,
) -> str:
    """Return the graph as the text of one HTML page, the same for the same graph.

    Raises InputError for a ``lang`` that the page does not speak, and where the installed
    pyvis is not the one whose vis-network this page is made for.
    """
    words = strings(lang)
    records = tabulate(entities, facts, articles, ontology, style(), lang=lang, sentences=sentences)
    heading = clean(title).strip() or words.text["title"]
    app = _app()
    css = (FOLDER / "page.css").read_text(encoding="utf-8")
    env = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["embed"] = embed
    env.globals["block"] = block
    env.globals.update(
        lang=lang,
        words=words.text,
        title=heading,
        policy=_policy([library.script(), app], css),
        library=packed(library.script()),
        # These two are our own files, never text of the news.
        app=Markup(app),  # noqa: S704
        css=Markup(css),  # noqa: S704
        records=_embedded(records, words, sentences=sentences),
    )
    net = _network(records)
    net.templateEnv, net.path = env, "page.html.jinja"
    return str(net.generate_html(notebook=False))


def embed(value: object) -> Markup:
    """Return JSON that may stand inside a ``script`` element: it holds no ``<``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704


def block(id_: str, value: object) -> Markup:
    """Return an element that holds a value for the scripts: JSON, packed if there is much."""
    text = embed(value)
    if len(text) < MUCH:
        return Markup('<script type="application/json" id="{}">{}</script>').format(id_, text)
    return Markup('<script type="application/gzip" id="{}">{}</script>').format(id_, packed(text))


def packed(text: str) -> Markup:
    """Return a text in gzip (RFC 1952) and base64, the same bytes at any time of day."""
    data = gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)
    return Markup(base64.b64encode(data).decode("ascii"))  # noqa: S704  # letters and digits


def _app() -> str:
    """Our scripts as one: they share a scope that nothing outside can reach."""
    parts = [(FOLDER / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return '(async () => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def _policy(scripts: Iterable[str], css: str) -> str:
    """The content security policy: these very scripts and styles, and nothing else."""
    allowed = " ".join(map(_source, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_source(css)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _network(records: Records) -> Network:
    """The nodes and edges that are drawn when the page opens, in pyvis's container."""
    told = {row[0] for row in records.facts} | {b for _, _, b in records.edges}
    pairs = [(a, b) for _, a, b in records.edges]
    candidates = overview(pairs, len(records.entities), len(records.entities))
    if told:
        candidates = [node for node in candidates if node in told]
    chosen = set(candidates)
    if len(candidates) > AT_FIRST:
        chosen = set(overview(pairs, len(records.entities), AT_FIRST))
    labels = records.labels()
    places = arrange(sorted(chosen), pairs, labels)
    net = Network(directed=True, cdn_resources="in_line")
    net.options = {"physics": {"enabled": False}, "layout": {"improvedLayout": False}}
    for node in sorted(chosen):
        x, y = places[node]
        net.add_node(node, label=labels[node], shape="custom", x=x, y=y)
    for fact, a, b in records.edges:
        if {a, b} <= chosen:
            net.add_edge(a, b, id=fact)
    return net


def _embedded(records: Records, words: Strings, *, sentences: bool) -> dict[str, object]:
    rows = {f.name: getattr(records, f.name) for f in fields(records) if f.name != "edges"}
    context = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))
    return {
        **rows,
        "words": words.text,
        "plural": words.plural,
        "quoted": sentences,
        "context": context["@context"],
    }
