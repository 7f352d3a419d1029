"""``python -m kg.evaluate.factrueval DEVSET [--errors] [--write DIR]``."""

from __future__ import annotations

import argparse
import sys

from kg.errors import KgError
from kg.evaluate.factrueval.scoring import score


def main() -> int:
    """Print the scores of a folder's texts; return 2 for a mistake of the user's."""
    parser = argparse.ArgumentParser(prog="kg.evaluate.factrueval", description=score.__doc__)
    parser.add_argument("devset", help="folder with the corpus' layers")
    parser.add_argument("--errors", action="store_true", help="list what is missed and wrong")
    parser.add_argument("--write", metavar="DIR", help="write .task1 and .task3 files there")
    options = parser.parse_args()
    try:
        report = score(options.devset, write_to=options.write)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(str(report))
    if options.errors:
        sys.stdout.write("\n" + report.errors())
    return 0


if __name__ == "__main__":
    sys.exit(main())
