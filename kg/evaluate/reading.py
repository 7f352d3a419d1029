"""Find the gold files, tell their format, and read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.annotation import Annotated
from kg.evaluate.brat import LeftOut, read_brat
from kg.evaluate.gold import read_gold
from kg.evaluate.mapping import Mapping

Read = Callable[[Path, Path, Mapping | None], tuple[Annotated, LeftOut]]
"""``(annotation, its text, mapping) → the article and what was left out``."""


@dataclass(frozen=True, slots=True)
class Gold:
    """An article's annotation and the file of its text."""

    annotated: Annotated
    text: Path


@dataclass(frozen=True, slots=True)
class Corpus:
    """Gold articles of one format, by name, and what of their files was left out."""

    format: str
    articles: tuple[Gold, ...]
    remarks: tuple[str, ...] = ()


def _gold(path: Path, text: Path, mapping: Mapping | None) -> tuple[Annotated, LeftOut]:
    if mapping is not None:
        raise InputError(f"{path}: the .gold format has kg's own classes; leave out --mapping")
    return read_gold(path, text), Counter()


FORMATS: dict[str, tuple[str, Read]] = {
    ".ann": ("BRAT", read_brat),
    ".gold": ("gold", _gold),
}
"""The suffix of each format's files, its name and its reader."""

FACTRUEVAL = ".objects"
"""Files of FactRuEval-2016, which has measures of its own: ``kg.evaluate.factrueval``."""


def is_factrueval(sources: Collection[Path]) -> bool:
    """Tell whether the one source is a folder of FactRuEval-2016, by what lies in it."""
    folders = [source for source in sources if source.is_dir()]
    return len(folders) == len(sources) == 1 and any(folders[0].glob(f"*{FACTRUEVAL}"))


def read_corpus(
    sources: Iterable[Path],
    only: Collection[str] = (),
    mapping: Mapping | None = None,
    texts: Sequence[Path] = (),
) -> Corpus:
    """Return the articles in folders and files of one format, sorted by name.

    ``only`` are names without suffix; ``texts`` are folders to look for the texts in before the
    one where the annotations lie. Raises InputError where there are none, where the formats
    are several, and for what a reader cannot read.
    """
    paths = sorted({p for source in sources for p in _files(source)}, key=lambda p: (p.stem, p))
    suffixes = {path.suffix for path in paths}
    if len(suffixes) > 1:
        raise InputError(f"several formats: {' '.join(sorted(suffixes))}; give files of one")
    for path, after in pairwise(paths):
        if path.stem == after.stem:
            raise InputError(f"{path} and {after} have one name; measure them apart")
    unknown = sorted(set(only) - {path.stem for path in paths})
    if unknown:
        raise InputError(f"there is no article {unknown[0]!r} in the gold; see the file names")
    paths = [path for path in paths if not only or path.stem in only]
    if not paths:
        raise InputError(f"no gold there; give {' or '.join(FORMATS)} files, or their folder")
    name, read = FORMATS[paths[0].suffix]
    beside = [_text(path, texts) for path in paths]
    found = [read(path, text, mapping) for path, text in zip(paths, beside, strict=True)]
    left_out = sum((counted for _, counted in found), Counter[str]())
    articles = (Gold(a, text) for (a, _), text in zip(found, beside, strict=True))
    remarks = (f"left out: {n} {what}" for what, n in sorted(left_out.items()))
    return Corpus(name, tuple(articles), tuple(remarks))


def read_beside(
    folder: Path, corpus: Corpus, mapping: Mapping | None = None
) -> Iterator[Annotated]:
    """Yield another annotation of the corpus's articles: the .ann of the same names in a folder.

    A mapping holds for both, as two annotators of one corpus use the same names.

    Raises InputError for one that is missing, or that is of another text.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; give --system one with .ann files")
    for gold in corpus.articles:
        path = folder / f"{gold.annotated.name}.ann"
        if not path.is_file():
            raise InputError(f"{path} does not exist; leave its article out by --only")
        yield read_brat(path, gold.text, mapping)[0]


def _text(path: Path, folders: Sequence[Path]) -> Path:
    """Return where the text of an annotation lies, or should lie."""
    beside = path.with_suffix(".txt")
    places = (folder / beside.name for folder in folders)
    return next((place for place in places if place.is_file()), beside)


def _files(source: Path) -> Iterator[Path]:
    if source.is_dir():
        yield from (p for p in source.iterdir() if p.suffix in FORMATS and p.is_file())
    elif source.suffix in FORMATS and source.is_file():
        yield source
    elif source.exists():
        raise InputError(f"{source} is of no known format; known are {' '.join(FORMATS)}")
    else:
        raise InputError(f"{source} does not exist; give a folder or files of the gold")
