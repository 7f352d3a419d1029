"""The parts of a training run, on a network of one small layer."""

from __future__ import annotations

import json
import random
from itertools import combinations, pairwise

import numpy as np
import pytest
from neural_samples import MARKS, letters
from trainer import Stopped, stop, torch

from kg.neural import pack
from kg.neural.model import Model
from kg.neural.words import Pieces, windows, words
from kg.train import export
from kg.train.batches import batches, portion, targets, tensors, within
from kg.train.data import WAYS, Example, Scheme, read
from kg.train.labels import layout
from kg.train.loop import Settings, train
from kg.train.network import WIDEST, Network, bucket
from kg.train.pretrained import Pretrained
from kg.train.scores import decode, score
from kg.train.transfer import describe, described, transfer

LETTERS = letters()
DICE = random.Random(1)  # noqa: S311  # no secrets here
OTHER = Scheme("other", ("AGE", "CITY"), ("LOCATED_IN",), ("Asserted",))
OLD = Scheme("kg", ("City", "Person"), ("metWith", "visited"), ("Asserted",))
NEW = Scheme(
    "kg", ("City", "Country", "Person", "Person:pronoun"), ("borders", "metWith", "visited"),
    ("Asserted", "Denied"),
)  # fmt: skip


@pytest.fixture
def examples(articles):
    return read(articles, "kg", LETTERS, 40, {"metWith"})


def tiny(*schemes: Scheme, seed: int = 1) -> Network:
    """An encoder of one layer, with heads for the labels of some schemes."""
    torch.manual_seed(seed)
    dice, hidden, inner = np.random.default_rng(seed), 32, 32
    shapes = {"emb.word": (40, hidden), "emb.pos": (64, hidden), "emb.type": (hidden,)}
    shapes |= {f"l0.{part}.w": (hidden, hidden) for part in ("q", "k", "v", "ao")}
    shapes |= {"l0.fi.w": (inner, hidden), "l0.fo.w": (hidden, inner), "l0.fi.b": (inner,)}
    shapes |= {f"l0.{part}.b": (hidden,) for part in ("q", "k", "v", "ao", "fo", "aln", "oln")}
    shapes |= dict.fromkeys(("l0.aln.w", "l0.oln.w", "emb.ln.w", "emb.ln.b"), (hidden,))
    arrays = {
        name: (dice.normal(size=shape, scale=0.2) + name.endswith("ln.w")).astype(np.float32)
        for name, shape in shapes.items()
    }
    labels = layout(schemes)
    source = Pretrained(1, 2, {}, arrays)
    return Network(source, labels.classes, labels.relations, labels.statuses)


def learnt(network) -> dict[str, object]:
    return {name: value.detach().clone() for name, value in network.named_parameters()}


def same(one, other) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[k], other[k]) for k in one)


def test_the_columns_of_schemes_stand_side_by_side():
    labels = layout([OTHER, NEW])
    assert (labels.classes, labels.relations, labels.statuses) == (3 + 5, 1 + 3, 1 + 2)
    place = labels.places["kg"]
    assert (place.classes, place.relations) == (slice(3, 8), slice(1, 4))
    assert [place.cls(name) for name in NEW.classes] == [4, 5, 6, 7]


def test_a_layout_is_written_down_whole():
    labels = layout([OTHER, NEW])
    assert described(json.loads(json.dumps(describe(labels)))) == labels


def test_labels_go_on_under_their_names():
    old, labels = layout([OLD]), layout([OTHER, NEW])
    before, network = learnt(tiny(OLD, seed=2)), tiny(OTHER, NEW)
    fresh = learnt(network)
    transfer(network, labels, before, old)
    now = learnt(network)
    columns = {3: 0, 4: 1, 6: 2, 7: 2}  # no entity, City, Person; a pronoun is a Person
    for name in ("spans.out.weight", "spans.out.bias", "pairs.kind.weight", "pairs.mark.weight"):
        assert all(torch.equal(now[name][n], before[name][o]) for n, o in columns.items())
        assert all(torch.equal(now[name][n], fresh[name][n]) for n in (0, 1, 2, 5))
    types = now["pairs.types.weight"].view(8, 8, -1)
    known = before["pairs.types.weight"].view(3, 3, -1)
    assert all(
        torch.equal(types[a, b], known[c, d])
        for a, c in columns.items() for b, d in columns.items()
    )  # fmt: skip
    assert torch.equal(types[5, 4], fresh["pairs.types.weight"].view(8, 8, -1)[5, 4])
    assert torch.equal(now["pairs.out.weight"][2:], before["pairs.out.weight"])
    assert torch.equal(now["pairs.out.bias"][:2], fresh["pairs.out.bias"][:2])
    assert torch.equal(now["pairs.status.bias"][1:2], before["pairs.status.bias"])
    assert torch.equal(now["encoder.layers.0.q.weight"], before["encoder.layers.0.q.weight"])


def test_a_scheme_that_was_not_there_begins_afresh():
    before, network = learnt(tiny(OLD, seed=2)), tiny(OTHER)
    fresh = learnt(network)
    transfer(network, layout([OTHER]), before, layout([OLD]))
    assert torch.equal(learnt(network)["spans.out.weight"], fresh["spans.out.weight"])
    assert torch.equal(learnt(network)["spans.mean.weight"], before["spans.mean.weight"])


@pytest.mark.parametrize("seed", range(8))
def test_entities_do_not_cross(seed):
    torch.manual_seed(seed)
    place = layout([OTHER, OLD]).places["kg"]
    good = torch.rand(12, WIDEST) < 0.8
    found = decode(torch.randn(12, WIDEST, 6) * 3, good, place)
    assert len(found) > 5
    assert all(good[first, last - first] for first, last, _ in found)
    assert {cls for *_, cls in found} <= {4, 5}
    assert not any(
        a[0] < b[0] <= a[1] < b[1] or b[0] < a[0] <= b[1] < a[1]
        for a, b in combinations(found, 2)
    )  # fmt: skip


def test_the_likelier_of_two_that_cross_is_found():
    scores = torch.zeros(3, WIDEST, 3)
    scores[..., 0] = 9
    scores[0, 1, 1], scores[1, 1, 2], scores[2, 0, 1] = 11, 12, 10
    place = layout([OLD]).places["kg"]
    assert decode(scores, torch.ones(3, WIDEST, dtype=torch.bool), place) == [(1, 2, 2), (2, 2, 1)]


def test_spans_lie_in_their_window_and_in_one_sentence(examples):
    group = [("kg", e) for e in examples.examples]
    batch = tensors(group)
    good = within(batch)
    for b, (_, example) in enumerate(group):
        said = example.window.words
        for first, width in np.ndindex(good.shape[1], WIDEST):
            last = first + width
            fits = last < len(said) and said[first].sentence == said[last].sentence
            assert bool(good[b, first, width]) == fits
    wanted = targets(group, layout([examples.scheme()]).places, good.shape[1])
    assert int((wanted > 0).sum()) == examples.entities
    assert not (wanted[~good] > 0).any()


def test_batches_have_every_example_once_and_no_more_room_than_given(examples):
    items = [("kg", Example(str(n), e.window)) for n in range(7) for e in examples.examples]
    for dice in (None, DICE):
        groups = list(batches(items, 120, dice))
        assert sorted(e.article for g in groups for _, e in g) == sorted(
            e.article for _, e in items
        )
        assert all(len(g) * max(len(e.window.pieces) for _, e in g) <= 120 for g in groups)


def test_hidden_pieces_are_neither_padding_nor_marks(examples):
    torch.manual_seed(1)
    group = [("kg", e) for e in examples.examples]
    plain, hidden = tensors(group).pieces, tensors(group, hide=0.9).pieces
    changed = plain != hidden
    assert 0.5 < changed.float().mean() < 1
    assert (hidden[changed] == LETTERS.unknown).all()
    assert (plain[changed] > LETTERS.unknown).all()


@pytest.mark.parametrize(("times", "count"), [({}, 6), ({"kg": 2.5}, 12), ({"other": 0.5}, 5)])
def test_an_epoch_takes_a_schemes_articles_so_many_times(examples, times, count):
    (one, *_) = examples.examples
    items = [("kg", Example(str(n), one.window)) for n in range(4 * WAYS)]
    items += [("other", Example(str(n), one.window)) for n in range(2 * WAYS)]
    taken = portion(items, times, DICE)
    assert len(taken) == count
    assert {name for name, _ in taken} == {"kg", "other"}


def test_distances_are_exact_up_to_eight():
    told = bucket(torch.tensor([0, 1, 8, 9, 12, 16, 64, 999])).tolist()
    assert told[:3] == [0, 1, 8]
    assert all(one <= other for one, other in pairwise(told))
    assert told[-1] == 15


def test_a_network_of_one_class_is_written_and_runs_the_same(tmp_path):
    scheme = Scheme("kg", ("City",), ("twinnedWith",), ("Asserted",))
    network = tiny(scheme)
    vocabulary = {**MARKS, "▁": -1.0, **{f"{n}": -9.0 for n in range(35)}}
    pieces = Pieces(vocabulary)
    texts = ("1", "1 2\n3 4 и 5" * 2)
    (short,), (long,) = (windows(words(text, pieces), pieces, 40) for text in texts)
    export.write(network, vocabulary, tmp_path, [short, long])
    export.sign(tmp_path, layout([scheme]), name="one", size=40, card={"seed": 1})
    source = pack.read(tmp_path)
    assert source.schemes["kg"].classes == ("", "City")
    model = Model(source)
    for text, window in zip(texts, (short, long), strict=True):
        with torch.no_grad():
            wanted = network.read(tensors([("kg", Example("", window))]))[3][0]
        assert np.abs(model.read(text)._read[0].scores - wanted.numpy()).max() < 0.1


def test_a_run_that_was_stopped_ends_as_one_that_was_not(examples, tmp_path):
    labels = layout([examples.scheme()])
    items = [("kg", e) for e in examples.examples] * 3
    settings = Settings(epochs=3, threads=1, pieces=64)

    def trained(kept, told):
        network = tiny(examples.scheme())
        train(network, items, labels, settings, kept, told, lambda _: {})
        return learnt(network)

    records = []
    whole = trained(tmp_path / "whole.pt", records.append)
    assert [r["epoch"] for r in records] == [1, 2, 3]
    assert not same(whole, learnt(tiny(examples.scheme())))
    for _ in range(2):
        with pytest.raises(Stopped):
            trained(tmp_path / "part.pt", stop)
    assert same(trained(tmp_path / "part.pt", records.append), whole)
    assert [r["epoch"] for r in records] == [1, 2, 3, 3]


def test_a_network_can_learn_two_articles_by_heart(examples, tmp_path):
    scheme = examples.scheme()
    labels, network = layout([scheme]), tiny(scheme)
    place = labels.places["kg"]
    before = score(network, examples, place)
    settings = Settings(epochs=60, rate=0.003, heads=1, hide=0, average=0.9)
    items = [("kg", e) for e in examples.examples] * WAYS
    records = []
    train(network, items, labels, settings, tmp_path / "s.pt", records.append, lambda _: {})
    after = score(network, examples, place)
    losses = zip(records[0]["loss"], records[-1]["loss"], strict=True)
    assert all(last < first / 3 for first, last in losses)
    for measure in ("entities", "gold", "gold near", "told", "told near"):
        assert before[measure] < 0.8 < after[measure]
