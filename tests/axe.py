"""axe-core, which make test installs where there is npm, on a page in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
FOUND = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 4).join(" | ")}`)"""


def violations(page: Any) -> list[str]:
    """What axe finds; it is put there by the debugger, which no page's policy binds."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed; make test installs it where there is npm")
    page.wait_for_timeout(350)  # until what moves has come to rest
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(FOUND)
    return found
