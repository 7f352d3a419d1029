"""Find what is installed: the ontology's files, and which version this is."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from kg.errors import OntologyError


def ontology_dir() -> Path:
    """Return the folder of ``kg.ttl``: inside the package in a wheel, beside it elsewhere."""
    package = Path(__file__).parent
    for folder in (package / "_ontology", package.parent / "ontology"):
        if (folder / "kg.ttl").is_file():
            return folder
    raise OntologyError("the ontology's files are missing; reinstall kg")


def version() -> str:
    """Return the number of the installed kg; empty where it runs from a checkout."""
    try:
        return metadata.version("kg")
    except metadata.PackageNotFoundError:
        return ""
