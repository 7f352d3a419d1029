"""How fast kg reads, beside what natasha runs, in the same run; kept in corpus/SPEED.md.

    python corpus/speed.py              (make speed)

Each reader reads the articles of ``corpus/train`` in a process of its own, on one thread, after
a first text that is not counted; words are runs of letters or digits. natasha 1.6 itself cannot
be imported on a current Python (pymorphy2), so its parts are run as it runs them: razdel, and
slovnet's morphology, syntax and names. Memory is the most that the process held at any time;
start is the wall time from its beginning until the first text is read.
"""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
HEAD = """# Speed

Written by `make speed`: do not edit. Articles of `corpus/train`, one thread, one process each.

| reader | words per CPU second | start, s | memory, MB |
| --- | --- | --- | --- |
"""

Read = Callable[[str], object]


def natasha() -> Read:
    """Return what natasha does with a text, short of normal names."""
    import razdel
    import slovnet

    from kg.lang.ru import neural

    loaders = (slovnet.Morph, slovnet.Syntax, slovnet.NER)
    navec = neural._navec()
    morph, syntax, names = (
        kind.load(neural._weights(f"model/slovnet_{name}_news_v1.tar")).navec(navec)
        for kind, name in zip(loaders, ("morph", "syntax", "ner"), strict=True)
    )

    def read(text: str) -> object:
        said = [[t.text for t in razdel.tokenize(s.text)] for s in razdel.sentenize(text)]
        return list(morph.map(said)), list(syntax.map(said)), names(text)

    return read


def model() -> Read:
    """Return the trained model alone: entities, and relations between them."""
    from kg.lang.joint import MODEL
    from kg.neural.labels import OWN
    from kg.neural.model import load

    base = load(MODEL)

    def read(text: str) -> object:
        reading = base.read(text)
        spans = [((e.start, e.end), e.cls) for e in reading.entities(OWN)]
        return list(reading.relations(OWN, spans))

    return read


def rules() -> Read:
    """Return kg without the trained model: what the fastest model imaginable would leave."""
    from kg import lang

    lang.load("ru").remove_pipe("joint_model")
    return whole()


def whole() -> Read:
    """Return kg as it is, from text to claims."""
    from kg.pipeline import read_article
    from kg.sources import article

    def read(text: str) -> object:
        return read_article(article(text, origin="speed"))

    return read


READERS = {
    "natasha's parts (razdel; slovnet's morphology, syntax, names)": natasha,
    "the model `base` alone": model,
    "kg without the model": rules,
    "kg": whole,
}


def measure(reader: str) -> None:
    """Print words per CPU second, seconds to start and the most memory of one reader."""
    read = READERS[reader]()
    texts = [p.read_text(encoding="utf-8") for p in sorted((HERE / "train").glob("*.txt"))]
    read(texts[0])
    start = time.time() - float(os.environ["BEGUN"])
    since = time.process_time()
    for text in texts:
        read(text)
    spent = time.process_time() - since
    words = sum(len(re.findall(r"\w+", text)) for text in texts)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(json.dumps([words / spent, start, most]))


def table() -> Iterator[str]:
    """Yield a line for each reader."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    for reader in READERS:
        given = os.environ | threads | {"BEGUN": str(time.time())}
        told = subprocess.run(  # noqa: S603  # this very file
            (sys.executable, __file__, reader),
            check=True,
            capture_output=True,
            env=given,
            text=True,
        )
        speed, start, most = json.loads(told.stdout)
        yield f"| {reader} | {speed:,.0f} | {start:.1f} | {most:.0f} |\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(sys.argv[1])
    else:
        page = HEAD + "".join(table())
        (HERE / "SPEED.md").write_text(page, encoding="utf-8")
        sys.stdout.write(page)
