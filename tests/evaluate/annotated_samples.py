"""Annotated articles made by hand, and small BRAT files, for the tests of the evaluation."""

from __future__ import annotations

from pathlib import Path

from kg.evaluate.annotation import Annotated, Form, Marking, Stated, Thing
from kg.model import Span

TEXT = (
    "Губернатор Амурской области Иван Ладыгин посетил Харбин 15–17 мая. "
    "Там он встретился с мэром Ли Вэем. "
    "Завод в Чите не откроют, сказал Ладыгин."
)
ANN = """\
T1\tPost 0 10\tГубернатор
T2\tRegion 11 27\tАмурской области
T3\tPerson 28 40\tИван Ладыгин
T4\tCity 49 55\tХарбин
T5\tDate 56 65\t15–17 мая
T6\tPerson 71 73\tон
T7\tPost 87 92\tмэром
T8\tPerson 93 100\tЛи Вэем
T9\tFacility 102 107\tЗавод
T10\tCity 110 114\tЧите
T11\tPerson 134 141\tЛадыгин
R1\tholdsPost Arg1:T3 Arg2:T1
R2\trepresents Arg1:T3 Arg2:T2
R3\tvisited Arg1:T3 Arg2:T4
R4\tmetWith Arg1:T6 Arg2:T8
R5\tlocatedIn Arg1:T9 Arg2:T10
R6\trepresents Arg1:T8 Arg2:T4
*\tEquiv T3 T6 T11
A1\tForm T6 pronoun
A2\tForm T9 nominal
A3\tModality R5 Denied
A4\tNegation R5
A5\tOptional R6
#1\tName T3\tИван Ладыгин | Ладыгин
#2\tName T2\tАмурская область
#3\tValue T5\t2024-05-15/2024-05-17
#4\tSource R5\tT11
#5\tAnnotatorNotes T4\tany words
#6\tName T1\tгубернатор
#7\tName T4\tХарбин
#8\tName T7\tмэр
#9\tName T8\tЛи Вэй
#10\tName T9\tзавод
#11\tName T10\tЧита
"""


def written(folder: Path, ann: str = ANN, text: str = TEXT, name: str = "one") -> Path:
    """Write a text and its annotation; return the path of the latter."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    path = folder / f"{name}.ann"
    path.write_text(ann, encoding="utf-8")
    return path


class Hand:
    """An article that is annotated call by call; what a thing is called is its id."""

    def __init__(self, text: str = "", name: str = "hand", **more: object) -> None:
        self.name, self.text, self.more = name, text, more
        self.markings: list[Marking] = []
        self.things: dict[str, Thing] = {}
        self.stated: list[Stated] = []

    def thing(self, key: str, cls: str, *names: str) -> str:
        self.things[key] = Thing(key, cls, names or (key,))
        return key

    def mark(
        self, key: str, cls: str, *spans: Span, form: Form = Form.NAMED, names: tuple[str, ...] = ()
    ) -> str:
        """Mark spans as a thing, which is made if it is not there."""
        if key not in self.things:
            self.thing(key, cls, *names)
        self.markings.append(Marking(spans, cls, key, form))
        return key

    def say(
        self, subject: str, relation: str, other: str, modality: str = "Asserted", **more: object
    ) -> None:
        literal = other not in self.things
        self.stated.append(Stated(subject, relation, other, literal, modality, **more))  # type: ignore[arg-type]

    def done(self) -> Annotated:
        return Annotated(
            self.name,
            self.text,
            tuple(self.markings),
            self.things,
            tuple(self.stated),
            **self.more,  # type: ignore[arg-type]
        )
