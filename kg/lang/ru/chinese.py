"""Chinese names in Russian: the Palladius system, which has one spelling for every syllable."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from kg.lang import words

# What a masculine name gets in each case, and what it loses it from: Ван, Вана, Вану, Ваном,
# Ване; Чжаоминь, Чжаоминя, Чжаоминю, Чжаоминем, Чжаомине; Шивэй, Шивэя, Шивэю, Шивэем.
ENDINGS = {
    "Gen": (("а", ""), ("я", "ь"), ("я", "й")),
    "Acc": (("а", ""), ("я", "ь"), ("я", "й")),
    "Dat": (("у", ""), ("ю", "ь"), ("ю", "й")),
    "Ins": (("ом", ""), ("ем", "ь"), ("ем", "й"), ("ём", "ь")),
    "Loc": (("е", ""), ("е", "ь"), ("е", "й")),
}
# On a soft sign a place may be feminine too: в Хунани, с Юньнанью, but в Тайване.
FEMININE = (("и", "ь"), ("ью", "ь"))
LONGEST = 4
GIVEN = 2


@cache
def syllables(word: str) -> int:
    """Return the least number of Palladius syllables that make up ``word``; 0 if none do."""
    best = {0: 0}
    word, known = word.lower(), words("ru", "palladius")
    for i in range(len(word)):
        if i in best:
            for j in range(i + 1, min(i + 7, len(word)) + 1):
                if word[i:j] in known:
                    best[j] = min(best.get(j, len(word)), best[i] + 1)
    return best.get(len(word), 0)


def base(word: str, case: str, most: int = LONGEST) -> str:
    """Return the nominative of a Chinese name in ``case``; ``""`` if it is not one.

    The ending decides between the pairs that differ in one letter: Чжаоминем can only come
    of Чжаоминь (min), Чжаомином only of Чжаомин (ming).
    """
    for ending, final in ENDINGS.get(case, ()):
        if word.lower().endswith(ending):
            stem = word[: len(word) - len(ending)] + final
            if 0 < syllables(stem) <= most and stem[-1:].lower() not in "аеиоуэюя":
                return stem
    return word if 0 < syllables(word) <= most else ""


def cases(word: str) -> set[str]:
    """Return the oblique cases of a Chinese name that declines, by either gender that it may
    have (Сиань: Сианя, Сианю …; Хунань: Хунани, Хунанью)."""
    if not syllables(word) or word[-1:] in "аеиоуэюя":
        return set()
    pairs = [pair for endings in (*ENDINGS.values(), FEMININE) for pair in endings]
    return {word.removesuffix(final) + ending for ending, final in pairs if _closes(word, final)}


def _closes(word: str, final: str) -> bool:
    return word.endswith(final) if final else word[-1:] not in "ьй"


def bases(word: str, most: int = LONGEST) -> set[str]:
    """Return every nominative that ``word`` can come of, whatever its case."""
    return {found for case in ("", *ENDINGS) if (found := base(word, case, most))}


def person_at(doc: Doc, i: int) -> int:
    """Return the end of a Chinese person's name that begins at token ``i``; 0 if none does.

    Family name first, one of the list and never declined; then a given name of one or two
    syllables, or of two words.
    """
    token = doc[i]
    if token.text not in words("ru", "chinese_surnames") or i + 1 >= len(doc):
        return 0
    given = doc[i + 1]
    if not given.text.istitle() or not bases(given.text, GIVEN) or given.is_sent_start:
        return 0
    return i + 2
