"""One training run: from annotated folders to a pack, a log and a card, all in one folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import torch
from torch import Tensor

from kg.errors import InputError
from kg.neural import pack
from kg.neural.words import Pieces
from kg.ontology import load
from kg.resources import ontology_dir
from kg.train import export, pretrained
from kg.train.card import card
from kg.train.data import WAYS, Data, joined, read
from kg.train.exported import Exported
from kg.train.labels import Layout, layout
from kg.train.loop import Settings, train
from kg.train.network import Network
from kg.train.scores import score
from kg.train.transfer import describe, described, transfer

STATE, WEIGHTS, LOG, CARD, RECIPE = (
    "state.pt", "weights.pt", "log.jsonl", "CARD.md", "recipe.json",
)  # fmt: skip

SAMPLES = 100
"""Windows that show how large activations are."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to train on.

    ``data`` and ``dev`` are (name of the annotation scheme, folder of BRAT articles); ``init``
    is the folder of an earlier run to go on from, none for the pretrained encoder; of what that
    learnt the share ``settings.keep`` is kept. ``size`` is the length of windows in pieces.
    """

    data: tuple[tuple[str, Path], ...]
    dev: tuple[tuple[str, Path], ...] = ()
    init: Path | None = None
    name: str = "base"
    size: int = 192
    settings: Settings = field(default_factory=Settings)


def run(
    recipe: Recipe, folder: Path, told: Callable[[dict[str, Any]], None],
    on_skip: Callable[[str], None] = lambda _: None,
) -> None:  # fmt: skip
    """Train and write the pack into ``folder``; a run that was stopped there is gone on with.

    ``told`` is given the record of each epoch, which goes into log.jsonl as well, ``on_skip``
    an article that cannot be read, and why. Raises InputError for folders without articles, for
    names that no data has, and for a folder that holds another run.
    """
    source = pretrained.read(pretrained.find())
    pieces = Pieces(source.pieces)
    both = {name for name, relation in load().relations.items() if relation.symmetric}
    swaps = recipe.settings.swaps
    data = [read(path, name, pieces, recipe.size, both, WAYS, swaps) for name, path in recipe.data]
    dev = [read(path, name, pieces, recipe.size, both) for name, path in recipe.dev]
    for article in (a for d in (*data, *dev) for a in d.skipped):
        on_skip(article)
    labels = layout([d.scheme() for d in joined(data)])
    if not labels.relations:
        raise InputError("no article of --data has a relation between entities; annotate some")
    if unknown := [d.name for d in dev if d.name not in labels.places]:
        raise InputError(f"--dev {unknown[0]} has no --data of that name; name one of them")
    if unknown := [name for name, _ in recipe.settings.repeat if name not in labels.places]:
        raise InputError(f"--repeat {unknown[0]} has no --data of that name; name one of them")
    torch.manual_seed(recipe.settings.seed)
    network = Network(source, labels.classes, labels.relations, labels.statuses)
    if recipe.init is not None:
        _start(network, labels, recipe.init)
    begun = {k: v.detach().clone() for k, v in network.named_parameters()}
    about = _about(recipe, data, dev)
    folder.mkdir(parents=True, exist_ok=True)
    _claim(folder, about)
    items = [(d.name, e) for d in data for e in d.examples]

    def record(said: dict[str, Any]) -> None:
        with (folder / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(said) + "\n")
        told(said)

    def scored(now: Network | Exported) -> dict[str, float]:
        found: dict[str, float] = {}
        for part in joined(dev):
            figures = score(now, part, labels.places[part.name])
            found |= {f"{part.name} {key}": value for key, value in figures.items()}
        return found

    torch.set_num_threads(1)
    train(network, items, labels, recipe.settings, folder / STATE, record, scored)
    _keep(network, begun, recipe.settings.keep)
    learnt = dict(network.named_parameters())
    torch.save({"weights": learnt, "labels": describe(labels)}, folder / WEIGHTS)
    windows = [example.window for _, example in items]
    export.write(network, source.pieces, folder, windows[:: max(1, len(windows) // SAMPLES)])
    export.sign(folder, labels, name=recipe.name, size=recipe.size, card=about)
    about["scores"] = scored(Exported(pack.read(folder)))
    export.sign(folder, labels, name=recipe.name, size=recipe.size, card=about)
    (folder / CARD).write_text(card(about), encoding="utf-8")


def _keep(network: Network, begun: Mapping[str, Tensor], share: float) -> None:
    """Take so much of what a network was before (weight-space ensembles: Wortsman et al. 2022)."""
    with torch.no_grad():
        for name, value in network.named_parameters():
            value.lerp_(begun[name], share)


def _start(network: Network, labels: Layout, init: Path) -> None:
    if not is_zipfile(init / WEIGHTS):  # of whatever else torch.load says many things
        raise InputError(f"{init} holds no finished run; give the folder of one")
    found = torch.load(init / WEIGHTS, weights_only=True)
    transfer(network, labels, found["weights"], described(found["labels"]))


def _about(recipe: Recipe, data: Sequence[Data], dev: Sequence[Data]) -> dict[str, Any]:
    """Return what the card tells of a run, as JSON has it."""

    def counts(parts: Sequence[Data], folders: Sequence[tuple[str, Path]]) -> list[dict[str, Any]]:
        return [
            {
                "scheme": d.name, "articles": d.articles, "entities": d.entities,
                "relations": d.relations, "skipped": len(d.skipped), "sha256": _digest(path),
            }
            for d, (_, path) in zip(parts, folders, strict=True)
        ]  # fmt: skip

    return {
        "encoder": {"file": pretrained.NAME, "sha256": pretrained.SHA256},
        "ontology": sha256((ontology_dir() / "kg.ttl").read_bytes()).hexdigest(),
        "data": counts(data, recipe.data),
        "dev": counts(dev, recipe.dev),
        "settings": asdict(recipe.settings),
        "begun": recipe.init.name if recipe.init else "",
    }


def _digest(folder: Path) -> str:
    found = sha256()
    for path in sorted((*folder.glob("*.ann"), *folder.glob("*.txt"))):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _claim(folder: Path, about: Mapping[str, Any]) -> None:
    """Write down what the run in a folder is; InputError if another one lies there."""
    path, now = folder / RECIPE, json.dumps(about, indent=1)
    if path.exists() and path.read_text(encoding="utf-8") != now:
        raise InputError(f"{folder} holds a run on other data or settings; give another -o")
    path.write_text(now, encoding="utf-8")
