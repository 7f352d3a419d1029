"""Find the ontology's files in a wheel, an editable install or a checkout."""

from __future__ import annotations

from pathlib import Path

from kg.errors import OntologyError


def ontology_dir() -> Path:
    """Return the folder of ``kg.ttl``: inside the package in a wheel, beside it elsewhere."""
    package = Path(__file__).parent
    for folder in (package / "_ontology", package.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise OntologyError("the ontology's files are missing; reinstall kg")
