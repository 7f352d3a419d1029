"""The training itself."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from kg.train.batches import Item, batches, pairs, portion, targets, tensors, within
from kg.train.data import Example
from kg.train.labels import Layout, Place
from kg.train.network import Network


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may vary; rates are per step of AdamW (Loshchilov and Hutter 2019)."""

    epochs: int = 12
    seed: int = 1
    pieces: int = 1536
    rate: float = 1.5e-4
    heads: float = 8.0
    decay: float = 0.9
    hide: float = 0.08
    average: float = 0.998
    noise: int = 6
    weight: float = 1.0
    threads: int = 2
    swaps: int = 0
    keep: float = 0.0
    repeat: tuple[tuple[str, float], ...] = ()


def losses(
    network: Network, items: Sequence[Item], layout: Layout, settings: Settings
) -> tuple[Tensor, Tensor, Tensor]:  # fmt: skip
    """Return the losses of spans, of relations and of statuses, per word."""
    batch = tensors(items, settings.hide)
    read = network.read(batch)
    scores, good = read[3], within(batch)
    wanted = targets(items, layout.places, scores.shape[1])
    zero = torch.zeros(())
    span, relation, status = zero, zero, zero
    spans: list[Tensor] = []
    numbered: list[Tensor] = []
    for b, (name, example) in enumerate(items):
        place = layout.places[name]
        here = scores[b][..., place.classes][good[b]].float()
        span = span + functional.cross_entropy(here, wanted[b][good[b]], reduction="sum")
        found = [(i, j, place.cls(c)) for i, j, c in example.entities]
        found += _mistaken(scores[b].detach(), good[b], wanted[b], place, settings.noise)
        spans.append(torch.tensor(found, dtype=torch.long).view(-1, 3))
        numbered.append(pairs(len(found)))
    words = batch.lengths.sum()
    if not any(map(len, numbered)):
        return span / words, zero, zero
    related, told = network.relate(batch, read, spans, numbered)
    begin = 0
    for b, (name, example) in enumerate(items):
        place, count = layout.places[name], len(numbered[b])
        if not count:
            continue
        relations, statuses = _stated(example, place, len(spans[b]), numbered[b])
        here = related[begin : begin + count][:, place.relations].float()
        relation = relation + functional.binary_cross_entropy_with_logits(
            here, relations.clamp(min=0), (relations >= 0).float(), reduction="sum"
        )
        if len(place.scheme.statuses) > 1 and (statuses >= 0).any():
            rows = told[begin : begin + count][:, place.statuses].float()[statuses >= 0]
            status = status + functional.cross_entropy(
                rows, statuses[statuses >= 0], reduction="sum"
            )
        begin += count
    return span / words, relation / words, status / words


def _mistaken(
    scores: Tensor, good: Tensor, wanted: Tensor, place: Place, most: int
) -> list[tuple[int, int, int]]:  # fmt: skip
    """Return spans that are no entities but look most like some: they too must have no relation."""
    here = scores[..., place.classes].float().softmax(-1)
    best, cls = here[..., 1:].max(-1)
    best = best.masked_fill(~good | (wanted > 0), 0)
    top, where = best.flatten().topk(min(most, best.numel()))
    wide = best.shape[1]
    return [
        (int(k) // wide, int(k) // wide + int(k) % wide,
         place.classes.start + 1 + int(cls.flatten()[k]))
        for p, k in zip(top.tolist(), where.tolist(), strict=True) if p > 0.1
    ]  # fmt: skip


def _stated(
    example: Example, place: Place, count: int, numbered: Tensor
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """Return (P, relations) of 0 and 1, and (P,) of statuses; -1 where it does not matter."""
    row = torch.full((count, count), -1)
    row[numbered[:, 0], numbered[:, 1]] = torch.arange(len(numbered))
    relations = torch.zeros(len(numbered), len(place.scheme.relations))
    statuses = torch.full((len(numbered),), -1)
    for said in example.relations:
        at = int(row[said.subject, said.object])
        if at >= 0 and said.relation in place.scheme.relations:
            relations[at, place.scheme.relations.index(said.relation)] = -1 if said.optional else 1
            if said.status in place.scheme.statuses:
                statuses[at] = place.scheme.statuses.index(said.status)
    return relations, statuses


def optimizer(network: Network, settings: Settings) -> torch.optim.Optimizer:
    """Return AdamW with lower rates for lower layers (Howard and Ruder 2018)."""
    encoder, groups = network.encoder, []
    top = len(encoder.layers)
    for i, layer in enumerate(encoder.layers):
        rate = settings.rate * settings.decay ** (top - 1 - i)
        groups.append({"params": list(layer.parameters()), "lr": rate})
    low = [encoder.position, *encoder.norm.parameters()]
    groups.append({"params": low, "lr": settings.rate * settings.decay**top})
    looks = list(network.pairs.looks.parameters())  # they begin as layers of the encoder
    groups.append({"params": looks, "lr": settings.rate})
    rest = {id(p) for p in (*encoder.parameters(), *looks)}
    heads = [p for p in network.parameters() if id(p) not in rest]
    groups.append({"params": heads, "lr": settings.rate * settings.heads})
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def train(
    network: Network, items: Sequence[Item], layout: Layout, settings: Settings, kept: Path,
    told: Callable[[dict[str, Any]], None], scored: Callable[[Network], dict[str, float]],
) -> None:  # fmt: skip
    """Train, and write the state to ``kept`` after each epoch; go on from there if it exists.

    ``told`` is given a record of each epoch. At the end the network holds the running average
    of its parameters (Polyak and Juditsky 1992).
    """
    torch.manual_seed(settings.seed)
    adam = optimizer(network, settings)
    dice = random.Random(settings.seed)  # noqa: S311  # no secrets here
    per = len(_groups(items, settings, random.Random(0)))  # noqa: S311
    total = per * settings.epochs
    warm = max(1, total // 20)
    plan = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda s: min(1, (s + 1) / warm) * max(0.0, (total - s) / max(1, total - warm))
    )
    average = {k: v.detach().clone() for k, v in network.named_parameters()}
    twins = [_twin(network) for _ in range(settings.threads)]
    begin, step = 0, 0
    if kept.exists():
        state = torch.load(kept, weights_only=True)
        network.load_state_dict(state["network"], strict=False)
        adam.load_state_dict(state["adam"])
        plan.load_state_dict(state["plan"])
        average, begin, step = state["average"], state["epoch"], state["step"]
        torch.set_rng_state(state["random"])
        for _ in range(begin):
            _groups(items, settings, dice)
    for epoch in range(begin, settings.epochs):
        network.train()
        since, used, sums = time.time(), time.process_time(), [0.0, 0.0, 0.0]
        for group in _groups(items, settings, dice)[:per]:
            parts = _step(network, twins, group, layout, settings)
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            plan.step()
            step += 1
            pace = min(settings.average, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in network.named_parameters():
                    average[name].lerp_(value, 1 - pace)
            sums = [s + p for s, p in zip(sums, parts, strict=True)]
        present = {k: v.detach().clone() for k, v in network.named_parameters()}
        _set(network, average)
        figures = scored(network)
        _set(network, present)
        part = kept.with_suffix(".part")
        learnt = {k: v for k, v in network.state_dict().items() if k != "encoder.word"}
        torch.save({
            "network": learnt, "adam": adam.state_dict(), "plan": plan.state_dict(),
            "average": average, "epoch": epoch + 1, "step": step,
            "random": torch.get_rng_state(),
        }, part)  # fmt: skip
        part.replace(kept)
        told({
            "epoch": epoch + 1, "steps": step, "loss": [round(s / per, 4) for s in sums],
            "seconds": round(time.time() - since), "cpu": round(time.process_time() - used),
            **figures,
        })  # fmt: skip
    _set(network, average)


def _groups(items: Sequence[Item], settings: Settings, dice: random.Random) -> list[list[Item]]:
    """Return the batches of an epoch."""
    taken = portion(items, dict(settings.repeat), dice, settings.swaps)
    return list(batches(taken, settings.pieces, dice))


def _twin(network: Network) -> Network:
    """Return a network with the same parameters, in the same memory, but gradients of its own."""
    twin = copy.deepcopy(network)
    for mine, theirs in zip(twin.parameters(), network.parameters(), strict=True):
        mine.data = theirs.data
    return twin


def _step(
    network: Network, twins: Sequence[Network], group: Sequence[Item], layout: Layout,
    settings: Settings,
) -> list[float]:  # fmt: skip
    """Set the gradients of a group, a part of it in each thread; return the losses.

    One thread for each part with one OpenMP thread in it is almost twice as fast as two OpenMP
    threads on the whole.
    """
    shares = [group[i :: len(twins)] for i in range(len(twins))]

    def work(twin: Network, share: Sequence[Item]) -> list[float]:
        if not share:
            return [0.0, 0.0, 0.0]
        twin.train()
        twin.zero_grad()
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(twin, share, layout, settings)
        part = len(share) / len(group)
        ((parts[0] + settings.weight * parts[1] + 0.3 * parts[2]) * part).backward()
        return [float(p.detach()) * part for p in parts]

    with ThreadPoolExecutor(len(twins)) as pool:
        told = list(pool.map(work, twins, shares))
    for mine, *theirs in zip(network.parameters(), *(t.parameters() for t in twins), strict=True):
        grads = [p.grad for p in theirs if p.grad is not None]
        mine.grad = torch.stack(grads).sum(0) if grads else None
    return [sum(parts) for parts in zip(*told, strict=True)]


def _set(network: Network, values: dict[str, Tensor]) -> None:
    with torch.no_grad():
        for name, value in network.named_parameters():
            value.copy_(values[name])
