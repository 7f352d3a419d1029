"""``kg build``: news texts in, a graph out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import click

from kg import pipeline
from kg.cli.arguments import require_output
from kg.cli.opening import on_server, shown
from kg.cli.progress import progress
from kg.cli.terminal import say
from kg.errors import InputError
from kg.export import export
from kg.graph import Counts
from kg.lang import grammar
from kg.model import Article
from kg.pipeline import Step
from kg.registry import exporters
from kg.sources import Note, Skipped, read


@dataclass(slots=True)
class Tally:
    """What has become of the sources so far."""

    new: int = 0
    known: int = 0
    skipped: int = 0
    mentions: int = 0
    dropped: int = 0

    def step(self, step: Step) -> None:
        """Count an article."""
        self.new += step.new
        self.known += not step.new
        self.mentions += step.mentions
        self.dropped += step.dropped

    def skip(self, skipped: Skipped) -> None:
        """Count and tell what could not be used."""
        self.skipped += 1
        say(f"skipped: {skipped}")

    def summary(self, held: Counts) -> Iterator[str]:
        """Yield what is said at the end, in lines."""
        read = f"{self.new + self.known} articles read: {self.new} new, {self.known} known"
        yield f"{read}; inputs skipped: {self.skipped}"
        yield f"{self.mentions} mentions found; {self.dropped} claims dropped by the ontology"
        yield f"graph: {held.articles} articles, {held.entities} entities, {held.facts} facts"


@click.command
@click.argument("sources", nargs=-1, required=True, metavar="SOURCES...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE",
    help="Write the graph: .ttl .trig .nq .nt .jsonld .rdf .graphml .gexf .csv",
)  # fmt: skip
@click.option(
    "--store", metavar="STORE",
    help="Keep the graph in a folder or on a SPARQL server, where it grows with each run.",
)  # fmt: skip
@click.option("--lang", metavar="CODE", help="Take all texts to be in this language.")
def command(
    sources: tuple[str, ...], output: Path | None, store: str | None, lang: str | None
) -> int:
    """Turn news texts into a graph.

    SOURCES are files (.txt .md .html .jsonl .csv), folders, patterns, and - for standard input.
    What cannot be used is told and skipped; then the exit code is 2, and the rest is built.
    With both -o and --store the file holds the whole store.

    \b
    kg build news/ -o graph.ttl
    kg build 'archive/**/*.jsonl' --store archive.kg
    kg build news/ --store http://localhost:7878/query
    """
    if output is None and store is None:
        raise click.UsageError("nowhere to write; give -o FILE, --store STORE or both")
    if output is not None:
        require_output(output, exporters.get_all())
        for source in sources:
            require_apart(output, source)
    if store is not None and not on_server(store) and _is_file_name(Path(store)):
        raise InputError(f"{store} is a file's name; give --store a folder, or -o a file")
    if lang is not None:
        grammar(lang)
    return build(sources, output=output, store=store, lang=lang)


def _is_file_name(store: Path) -> bool:
    return store.suffix.lower() in exporters and not store.is_dir()


def build(
    sources: Iterable[str], *, output: Path | None, store: str | None, lang: str | None
) -> int:
    """Build, write and tell what came of it; return the exit code."""
    tally = Tally()
    articles = read(*sources, on_skip=tally.skip, on_note=_note)
    if lang is not None:
        articles = (replace(article, lang=lang) for article in articles)
    try:
        with progress("articles") as advance:

            def on_step(step: Step) -> None:
                tally.step(step)
                advance()

            graph = pipeline.build(
                _spared(articles, output), store=store, on_step=on_step, on_skip=tally.skip
            )
        with graph:
            if not tally.new + tally.known:
                raise InputError("nothing could be read, and nothing was written")
            if output is not None:
                export(graph, output)
            for line in tally.summary(graph.counts()):
                say(line)
    except KeyboardInterrupt as stop:
        kept = (
            f"{shown(store)} keeps what was done: run again to go on"
            if store
            else "nothing is written"
        )
        raise KeyboardInterrupt(kept) from stop
    for written in filter(None, (store and shown(store), output)):
        say(f"written: {written}")
    return 2 if tally.skipped else 0


def _note(note: Note) -> None:
    say(f"note: {note}")


def _spared(articles: Iterable[Article], output: Path | None) -> Iterator[Article]:
    """Yield the articles; InputError if one was read from what would be overwritten."""
    for article in articles:
        if output is not None:
            require_apart(output, article.origin.partition("#")[0])
        yield article


def require_apart(output: Path, source: str) -> None:
    """Raise InputError if a source is the file to be written."""
    if os.path.realpath(source) == os.path.realpath(output):
        raise InputError(f"{output} is one of the sources; write to another file")
