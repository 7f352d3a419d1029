"""Two very short articles, annotated."""

from __future__ import annotations

from pathlib import Path

import pytest

VISIT = "Иван Ладыгин посетил Харбин."
MEETING = "Он встретился с Ли Вэем в Чите.\nЧита далеко."
VISIT_ANN = """\
T1\tPerson 0 12\tИван Ладыгин
T2\tCity 21 27\tХарбин
R1\tvisited Arg1:T1 Arg2:T2
"""
MEETING_ANN = """\
T1\tPerson 0 2\tОн
T2\tPerson 16 23\tЛи Вэем
T3\tCity 26 30\tЧите
T4\tCity 32 36\tЧита
R1\tmetWith Arg1:T1 Arg2:T2
R2\tvisited Arg1:T2 Arg2:T3
A1\tForm T1 pronoun
A2\tModality R2 Planned
"""


@pytest.fixture(scope="session")
def articles(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, text, ann in (("visit", VISIT, VISIT_ANN), ("meeting", MEETING, MEETING_ANN)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        (folder / f"{name}.ann").write_text(ann, encoding="utf-8")
    return folder
