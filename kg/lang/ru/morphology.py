"""Words of the dictionary (pymorphy3) under the tags that the tagger (slovnet) gave."""

from __future__ import annotations

from functools import cache, lru_cache

import pymorphy3
from pymorphy3.analyzer import Parse
from spacy.language import Language
from spacy.tokens import Doc, Token

# Universal Dependencies -> OpenCorpora (https://opencorpora.org/dict.php?act=gram)
POS = {
    "NOUN": {"NOUN"},
    "PROPN": {"NOUN"},
    "ADJ": {"ADJF", "ADJS", "COMP"},
    "VERB": {"VERB", "INFN", "GRND", "PRTF", "PRTS"},
    "AUX": {"VERB", "INFN"},
    "DET": {"ADJF", "NPRO"},
    "PRON": {"NPRO", "ADJF"},
    "NUM": {"NUMR", "ADJF"},
    "ADV": {"ADVB", "PRED"},
    "ADP": {"PREP"},
    "CCONJ": {"CONJ"},
    "SCONJ": {"CONJ"},
    "PART": {"PRCL"},
}
CASES = {
    "Nom": "nomn", "Gen": "gent", "Dat": "datv", "Acc": "accs", "Ins": "ablt", "Loc": "loct",
    "Par": "gen2", "Voc": "voct",
}  # fmt: skip
NUMBERS = {"Sing": "sing", "Plur": "plur"}
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
VARIANTS = {"gen2": "gent", "acc2": "accs", "loc2": "loct"}


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """Return the one analyzer of the process."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=100_000)
def parse(word: str, pos: str, features: str) -> Parse | None:
    """Return the dictionary's reading of ``word`` that agrees best with the tagger's.

    ``features`` are Universal Dependencies features (``Case=Ins|Number=Sing``); part of speech
    weighs most, then case, number, gender, then what the dictionary itself finds likely.
    """
    given = dict(pair.split("=", 1) for pair in features.split("|") if "=" in pair)
    wanted = {CASES.get(given.get("Case", ""), ""), NUMBERS.get(given.get("Number", ""), ""),
              GENDERS.get(given.get("Gender", ""), "")} - {""}  # fmt: skip

    def agreement(reading: Parse) -> tuple[bool, int, float]:
        tag = reading.tag
        grammemes = {VARIANTS.get(str(g), str(g)) for g in tag.grammemes}
        return tag.POS in POS.get(pos, {tag.POS}), len(wanted & grammemes), reading.score

    readings: list[Parse] = analyzer().parse(word)
    return max(readings, key=agreement, default=None)


def reading(token: Token) -> Parse | None:
    """Return the dictionary's reading of a token."""
    return parse(token.lower_, token.pos_, str(token.morph))


class Lemmatizer:
    """Set every token's lemma: the dictionary form, in lower case."""

    def __call__(self, doc: Doc) -> Doc:
        for token in doc:
            _mend(token)
            found = reading(token) if token.is_alpha or "-" in token.text else None
            token.lemma_ = found.normal_form if found else token.lower_
        return doc


def _mend(token: Token) -> None:
    """Give a noun the case that it alone can have, where the tagger gave it another: аймака.

    Only where all that the dictionary has for the word is one form.
    """
    if token.pos_ != "NOUN" or not token.text.islower():
        return
    known = [p for p in analyzer().parse(token.text) if p.is_known]
    forms = {(p.tag.case, p.tag.number, p.tag.gender) for p in known if p.tag.POS == "NOUN"}
    if len(forms) != 1 or len(forms) != len({p.tag for p in known}):
        return
    (case, number, gender) = (str(grammeme) for grammeme in forms.pop())
    case = VARIANTS.get(case, case)
    named = ((CASES, "Case", case), (NUMBERS, "Number", number), (GENDERS, "Gender", gender))
    told = {key: name for table, key, tag in named for name, t in table.items() if t == tag}
    if len(told) == len(named) and token.morph.get("Case", []) != [told["Case"]]:
        token.set_morph({**token.morph.to_dict(), **told})  # type: ignore[attr-defined]  # spaCy stubs lack it


@Language.factory("pymorphy_lemmatizer", assigns=["token.lemma"], requires=["token.pos"])
def make_lemmatizer(nlp: Language, name: str) -> Lemmatizer:
    """Return the lemmatizer component."""
    return Lemmatizer()
