"""Read the layers of FactRuEval-2016 texts: tokens, spans, mentions, entities, facts.

The formats are those of the corpus' README (github.com/dialogue-evaluation/factRuEval-2016):
a file for each layer, fields parted by spaces, what follows ``#`` for the eye only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError
from kg.evaluate.factrueval.gold import Argument, Document, GoldFact, Part, Spoken, Thing, Token
from kg.evaluate.factrueval.mapping import Mapping
from kg.evaluate.factrueval.names import names, surface
from kg.evaluate.factrueval.spelling import plain

PREFIX = "book_"
DIFFICULT, UNREAL = "сложность", "модальность"
VALUES = {DIFFICULT: {"повышенная"}, UNREAL: {"возможность", "будущее", "отрицание"}}
"""Arguments that say how a fact is to be scored, and the values that count."""
SAME_ROLE = {"job": "position"}
QUOTES = {'""', "''", "«»"}


def read(folder: Path, mapping: Mapping) -> list[Document]:
    """Return the documents of a folder, in the order of their numbers.

    Raises InputError for a folder without any, for a layer that is missing and one that does
    not fit the others; the message names the file.
    """
    paths = folder.glob(f"{PREFIX}*.objects")
    stems = sorted((p.stem for p in paths), key=lambda s: (len(s), s))
    if not stems:
        raise InputError(f"{folder}: no {PREFIX}*.objects in it; give the devset of FactRuEval")
    return [_document(folder / stem, mapping) for stem in stems]


def _document(stem: Path, mapping: Mapping) -> Document:
    text = _layer(stem, "txt")
    try:
        tokens = list(_tokens(_layer(stem, "tokens")))
        parts = {p.id: p for p in _parts(_layer(stem, "spans"), tokens)}
        spoken = {s.id: s for s in _spoken(_layer(stem, "objects"), parts, mapping)}
        blocks = _blocks(_layer(stem, "coref"))
        things = {t.id: t for t in (_thing(block, text, spoken) for block in blocks)}
        blocks = _blocks(_layer(stem, "facts"))
        facts = [_fact(block, things, parts, _sentences(tokens, text)) for block in blocks]
    except (KeyError, IndexError, ValueError) as error:
        raise InputError(f"{stem}: its layers do not fit: {error}; take the corpus anew") from error
    return Document(
        stem.name,
        text,
        tuple(tokens),
        tuple(_sentences(tokens, text)),
        tuple(spoken.values()),
        tuple(facts),
    )


def _layer(stem: Path, layer: str) -> str:
    path = stem.with_name(f"{stem.name}.{layer}")
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read; take the corpus anew") from error


def _blocks(text: str) -> list[list[str]]:
    """Return the lines of each block; empty lines part blocks."""
    blocks: list[list[str]] = [[]]
    for line in map(str.strip, text.splitlines()):
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _tokens(text: str) -> Iterator[Token]:
    """``id start length text``; an empty line ends a sentence."""
    for sentence, block in enumerate(_blocks(text)):
        for line in block:
            number, start, length, word = line.split(" ", 3)
            yield Token(number, int(start), int(start) + int(length), word, sentence)


def _sentences(tokens: list[Token], text: str) -> list[str]:
    ends: dict[int, tuple[int, int]] = {}
    for token in tokens:
        start, _ = ends.get(token.sentence, (token.start, 0))
        ends[token.sentence] = start, token.end
    return [text[start:end] for start, end in ends.values()]


def _parts(text: str, tokens: list[Token]) -> Iterator[Part]:
    """``id tag start length first-token count # token-ids words``."""
    places = {token.id: i for i, token in enumerate(tokens)}
    for line in filter(str.strip, text.splitlines()):
        fields, _, rest = line.partition("#")
        number, tag, _start, _length, _first, count = fields.split()
        inside = sorted(places[id_] for id_ in rest.split()[: int(count)])
        before = tokens[inside[0] - 1].text if inside[0] else ""
        after = tokens[inside[-1] + 1].text if inside[-1] + 1 < len(tokens) else ""
        yield Part(number, tag, tuple(tokens[i] for i in inside), before + after in QUOTES)


def _spoken(text: str, parts: dict[str, Part], mapping: Mapping) -> Iterator[Spoken]:
    """``id class span-ids #``; classes outside the three tracks are left out."""
    for line in filter(str.strip, text.splitlines()):
        number, cls, *inside = line.partition("#")[0].split()
        if cls in mapping.gold:
            yield Spoken(number, mapping.gold[cls], tuple(parts[id_] for id_ in inside))


def _thing(block: list[str], text: str, known: dict[str, Spoken]) -> Thing:
    """``id mention-ids``, then lines of ``attribute value``."""
    number, *members = block[0].split()
    spoken = tuple(known[id_] for id_ in members if id_ in known)
    attributes: dict[str, set[str]] = defaultdict(set)
    for line in block[1:]:
        attribute, _, value = line.partition(" ")
        attributes[attribute.lower().strip("0123456789")].add(plain(value))
    return Thing(number, spoken, frozenset(names(attributes, spoken) | surface(spoken, text)))


def _fact(
    block: list[str], things: dict[str, Thing], parts: dict[str, Part], sentences: list[str]
) -> GoldFact:
    """``id kind``, then lines of ``role value``, values being objects, spans or words."""
    number, kind = block[0].split()[:2]
    arguments, marks, places = [], {DIFFICULT: False, UNREAL: False}, Counter[int]()
    for line in block[1:]:
        role, _, value = line.partition(" ")
        role = SAME_ROLE.get(role.lower(), role.lower())
        if role in marks:
            marks[role] |= not VALUES[role].isdisjoint(v.strip() for v in value.split("|"))
            continue
        argument, tokens = _argument(role, value, things, parts)
        arguments.append(argument)
        # A post stands in the very sentence; an object may be named all over the text.
        weight = 2 if role == "position" else 1
        for sentence in {token.sentence for token in tokens}:
            places[sentence] += weight
    best = min(places, key=lambda s: (-places[s], s), default=0)
    return GoldFact(
        number,
        kind.strip(":").lower(),
        tuple(arguments),
        marks[UNREAL],
        marks[DIFFICULT],
        sentences[best] if sentences else "",
    )


def _argument(
    role: str, value: str, things: dict[str, Thing], parts: dict[str, Part]
) -> tuple[Argument, tuple[Token, ...]]:
    """Return an argument, its alternatives parted by ``|``, and the tokens that speak of it."""
    values: set[str] = set()
    shown: list[str] = []
    tokens: list[Token] = []
    for alternative in map(str.strip, value.split("|")):
        reference, _, words = alternative.partition(" ")
        if reference.startswith("obj") and reference[3:] in things:
            thing = things[reference[3:]]
            values |= thing.names
            tokens += [t for s in thing.spoken for t in s.tokens]
        elif reference.startswith("span") and reference[4:] in parts:
            part = parts[reference[4:]]
            values.add(part.text)
            tokens += part.tokens
        elif reference.startswith(("obj", "span")) and reference[-1:].isdigit():
            raise ValueError(f"unknown {reference}")
        else:
            words = alternative
        values.add(plain(words))
        shown.append(words)
    values.discard("")
    return Argument(role, frozenset(values), " | ".join(shown)), tuple(tokens)
