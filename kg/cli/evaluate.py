"""``kg evaluate``: how well kg reads texts that were annotated by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kg.cli.arguments import require_output
from kg.cli.progress import progress
from kg.cli.terminal import columns, line, say
from kg.errors import InputError
from kg.evaluate import Annotated, Report, evaluate
from kg.evaluate.mapping import read_mapping
from kg.evaluate.page import page
from kg.evaluate.reading import Corpus, is_factrueval, read_beside, read_corpus
from kg.evaluate.run import Run, change, change_lines, read_run, record, save
from kg.evaluate.table import errors, sections
from kg.sources import Skipped, read

PATH = click.Path(path_type=Path)


@click.command
@click.argument("gold", nargs=-1, required=True, type=PATH, metavar="GOLD...")
@click.option(
    "--system", type=PATH, metavar="DIR", help="Measure the .ann files of a folder, not kg."
)
@click.option("--only", multiple=True, metavar="NAME", help="Only this article; may be repeated.")
@click.option(
    "--mapping", "source", metavar="FILE",
    help="Bring a foreign corpus to kg's names: a TOML file, or nerel.",
)  # fmt: skip
@click.option(
    "--texts", multiple=True, type=PATH, metavar="DIR",
    help="Look for the texts here before beside the gold; may be repeated.",
)  # fmt: skip
@click.option("--errors", "listed", is_flag=True, help="List what was missed and wrong.")
@click.option("--html", type=PATH, metavar="FILE", help="Write a page to read it through.")
@click.option("--save", "kept", type=PATH, metavar="FILE", help="Keep the run as JSON.")
@click.option("--against", type=PATH, metavar="FILE", help="Compare with a kept run.")
@click.option("--json", "as_json", is_flag=True, help="Write the figures and facts as JSON.")
def command(
    gold: tuple[Path, ...],
    system: Path | None,
    only: tuple[str, ...],
    source: str | None,
    texts: tuple[Path, ...],
    html: Path | None,
    kept: Path | None,
    against: Path | None,
    *,
    listed: bool,
    as_json: bool,
) -> None:
    """Measure how well texts annotated by hand are read.

    GOLD is a folder or files of one format: BRAT (.ann beside .txt), .gold, or a folder of
    FactRuEval-2016, which is scored by its own rules. The table says by which rules it counts.

    \b
    kg evaluate corpus/dev --errors
    kg evaluate nerel/dev --mapping nerel --html nerel.html
    kg evaluate first --system second --save run.json
    """
    for written, suffix in ((html, ".html"), (kept, ".json")):
        if written is not None:
            require_output(written, [suffix])
    if is_factrueval(gold):
        if any((system, only, source, texts, html, kept, against, as_json)):
            raise InputError("FactRuEval has a report of its own; give no option but --errors")
        _factrueval(gold[0], listed=listed)
        return
    earlier = read_run(against) if against is not None else None
    mapping = read_mapping(source) if source else None
    corpus = read_corpus(gold, only, mapping, texts)
    for remark in corpus.remarks:
        say(remark)
    found = list(read_beside(system, corpus, mapping) if system is not None else _read(corpus))
    report = evaluate((g.annotated for g in corpus.articles), found, corpus.remarks)
    if kept is not None:
        save(report, kept)
    if html is not None:
        html.write_text(page(report), encoding="utf-8")
    if as_json:
        click.echo(_json(report, earlier))
    else:
        click.echo("\n".join(_lines(report, earlier, listed=listed)))


def _read(corpus: Corpus) -> Iterator[Annotated]:
    """Read the texts of a corpus as ``kg build`` does."""
    # Loaded here, for it brings the models, and annotators are compared without them.
    read_system = import_module("kg.evaluate.system").read_system
    with progress("articles") as advance:
        for gold in corpus.articles:
            skipped: list[Skipped] = []
            articles = list(read(gold.text, on_skip=skipped.append))
            if len(articles) != 1:
                why = skipped[0] if skipped else f"{gold.text}: no article"
                raise InputError(f"{why}; put the text beside the gold, or give --texts")
            yield read_system(articles[0])
            advance()


def _lines(report: Report, earlier: Run | None, *, listed: bool) -> Iterator[str]:
    yield from report.protocol
    for section in sections(report):
        yield ""
        yield section.title
        yield _table(section.rows)
    if listed:
        yield from ("", "errors", *map(_plain, errors(report)))
    if earlier is not None:
        yield from (
            "",
            "against the earlier run",
            *map(_plain, change_lines(change(earlier, report))),
        )


def _table(rows: Sequence[Sequence[str]]) -> str:
    return columns(rows).rstrip("\n")


def _plain(text: str) -> str:
    """Return a line as it is indented, without what could steer the terminal."""
    depth = len(text) - len(text.lstrip(" "))
    return " " * depth + line(text)


def _json(report: Report, earlier: Run | None) -> str:
    more = {} if earlier is None else {"against": asdict(change(earlier, report))}
    return json.dumps(record(report) | more, ensure_ascii=False)


def _factrueval(folder: Path, *, listed: bool) -> None:
    try:
        # Of a version of kg without it only this format cannot be read.
        score: Any = import_module("kg.evaluate.factrueval").score
    except (ImportError, AttributeError) as error:
        raise InputError(f"{folder}: FactRuEval cannot be read; give .ann or .gold") from error
    with progress("texts") as advance:
        report = score(folder, on_step=lambda _: advance())
    click.echo(str(report), nl=False)
    if listed:
        click.echo("\n" + "\n".join(map(_plain, report.errors().splitlines())))
