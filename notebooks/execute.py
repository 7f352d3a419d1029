"""Run the notebooks beside this file, and keep what they show.

    python notebooks/execute.py

What differs from run to run (times, counters, cell ids, versions) is left out, so that a notebook
changes only when what it shows does.
"""

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

FOLDER = Path(__file__).parent


def execute(path: Path) -> nbformat.NotebookNode:
    """Return a notebook with what its cells show; raises CellExecutionError where one fails."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as scratch:
        # The kernel is spoken to without a network, and leaves nothing in the user's home.
        kernel = {"transport": "ipc", "connection_file": f"{scratch}/kernel.json"}
        client = NotebookClient(
            notebook,
            timeout=120,
            resources={"metadata": {"path": str(FOLDER)}},
            config=Config({"KernelManager": kernel}),
        )
        client.execute(env=os.environ | {"IPYTHONDIR": scratch})
    return notebook


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a notebook without what differs from run to run."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
    }
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number}"
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.execution_count = None
            for output in cell.outputs:
                output.pop("execution_count", None)
                output.metadata = {}
    return notebook


def main() -> None:
    for path in sorted(FOLDER.glob("*.ipynb")):
        nbformat.write(tidy(execute(path)), path)


if __name__ == "__main__":
    main()
