"""Names that no dictionary has: their nominative, by all the forms that a text shows.

Улангом may be a nominative or the instrumental of Уланг; a text that also has Улангоме decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from kg.lang.ru.morphology import analyzer

CACHE = "kg.lang.ru.paradigms"

# What follows the stem in each declension of the singular, the nominative first; a name that
# does not decline has one form. Zaliznyak's types 1, 2 and 6, and the feminine third.
DECLENSIONS = (
    ("", "а", "у", "ом", "е"),
    ("ь", "я", "ю", "ем", "ём", "е"),
    ("й", "я", "ю", "ем", "ём", "е"),
    ("а", "ы", "и", "е", "у", "ой"),
    ("я", "и", "е", "ю", "ей"),
    ("ь", "и", "ью"),
    ("о", "а", "у", "ом", "е"),
)
OBLIQUE = {"Gen": "а", "Dat": "у", "Ins": "ом", "Loc": "е"}
VOWELS = "аеёиоуыэюя"


def nominative(doc: Doc, word: str, guess: str) -> str:
    """Return the nominative of ``word`` that explains most of the forms in ``doc``.

    ``guess`` is what the tagger's case leads to; it wins among equals.
    """
    shown = _forms(doc)
    scored = [
        (len(shown & forms), base == guess.lower(), base in shown, base)
        for base, forms in _candidates(word.lower())
    ]
    best = max(scored, default=(0, False, False, ""))
    if best[0] < 2:  # one form shows nothing
        return guess
    return guess[:1] + best[3][1:] if best[3] else guess


def regular(word: str, case: str, gender: str) -> str:
    """Return the nominative of a word that ends as a masculine of the first declension does in
    its case (Решта), the word itself of all others: those the dictionary can guess."""
    ending = OBLIQUE.get(case, "")
    stem = word.removesuffix(ending)
    masculine = gender == "Masc" and ending and word.endswith(ending)
    return stem if masculine and len(stem) > 2 and stem[-1] not in VOWELS + "ьй" else word


def _forms(doc: Doc) -> frozenset[str]:
    """Return the capitalised words of a text that the dictionary does not know, in small."""
    if CACHE not in doc.user_data:
        doc.user_data[CACHE] = frozenset(
            t.lower_ for t in doc
            if t.text[:1].isupper() and t.is_alpha and not analyzer().word_is_known(t.lower_)
        )  # fmt: skip
    found: frozenset[str] = doc.user_data[CACHE]
    return found


def _candidates(word: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield every nominative that ``word`` can belong to, with all its forms."""
    for endings in DECLENSIONS:
        for ending in endings:
            stem = word.removesuffix(ending) if ending else word
            if not word.endswith(ending) or len(stem) < 3:
                continue
            # A bare stem ends in a consonant, or the name would not decline at all.
            if endings[0] in {"", "ь", "а", "о"} and stem[-1] in VOWELS + "ьй":
                continue
            yield stem + endings[0], frozenset(stem + e for e in endings)
