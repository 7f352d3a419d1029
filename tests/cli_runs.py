"""Run kg as a user does: in this process, or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

import kg
from kg.cli import commands

ROOT = Path(kg.__file__).parents[1]
KG = [sys.executable, "-m", "kg"]


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that finds this very kg from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def run(*args: object, stdin: str | bytes | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(commands, [str(arg) for arg in args], input=stdin)


def spawn(*args: object, **options: object) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    return subprocess.run(
        [*KG, *map(str, args)],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        **{"env": environment(), **options},
    )


def mistake(result: Result, said: str) -> None:
    """Assert that it was the user's mistake, said in one line with nothing on standard output."""
    lines = result.stderr.splitlines()
    assert result.exit_code == 2, result.output
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith("kg: ")
    assert said in lines[0]
    assert result.stdout == ""
