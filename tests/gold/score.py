"""Build one graph per gold text and print how they score.

    python tests/gold/score.py [-v]

The scorer and the second gold set lie outside the repository, in ``../shared`` beside it; where
they are not there, this says so and scores nothing. ``-v`` lists what was missed or is wrong.
"""

import subprocess
import sys
from pathlib import Path

import kg

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SCORER = SHARED / "score_gold.py"
OWN = ROOT / "tests" / "gold"
# Where the .gold files of a set lie, and the folders of its texts.
SETS = {
    "examples": (OWN, [ROOT / "examples" / "news"]),
    "shared": (SHARED / "gold", [SHARED / "gold"]),
}


def build(gold: Path, texts: list[Path], into: Path) -> None:
    """Write NAME.ttl into a folder for each NAME.gold, built from NAME.txt alone."""
    into.mkdir(parents=True, exist_ok=True)
    for name in sorted(path.stem for path in gold.glob("*.gold")):
        text = next(p for folder in texts if (p := folder / f"{name}.txt").is_file())
        kg.export(kg.build(kg.read(text)), into / f"{name}.ttl")


def main() -> None:
    if not SCORER.is_file():
        sys.stdout.write("No gold scores: ../shared/score_gold.py is not beside this checkout.\n")
        return
    for name, (gold, texts) in SETS.items():
        if not gold.is_dir():
            sys.stdout.write(f"No scores for the {name} set: its folder is not there.\n")
            continue
        graphs = ROOT / "build" / "gold" / name
        build(gold, texts, graphs)
        sys.stdout.write(f"\n{name}: {len(list(gold.glob('*.gold')))} texts\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, SCORER, gold, graphs, *sys.argv[1:]], check=True)


if __name__ == "__main__":
    main()
