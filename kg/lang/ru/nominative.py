"""Names in the nominative."""

from __future__ import annotations

from pymorphy3.analyzer import Parse
from spacy.tokens import Doc, Span, Token

from kg.lang.ru import paradigms
from kg.lang.ru.chinese import base, syllables
from kg.lang.ru.morphology import CASES, GENDERS, NUMBERS, analyzer, reading

DIRECT = {"Nom", "Acc"}
AGREE = {"ADJ", "DET", "NUM"}
UD = {tag: name for name, tag in GENDERS.items()}
TAGS = GENDERS


def case(token: Token) -> str:
    """Return the case that the tagger gives a token, ``""`` where it gives none."""
    return next(iter(token.morph.get("Case", [])), "")


def number(token: Token) -> str:
    """Return the number that the tagger gives a token, ``""`` where it gives none."""
    return next(iter(token.morph.get("Number", [])), "")


def agree(adjective: Token, noun: Token) -> bool:
    """Tell whether an adjective agrees with a noun: the same case and number, or none told."""
    if adjective.pos_ == "ADJ" and not _attributive(adjective):
        return False
    if not _same_gender(adjective, noun):
        return False
    one, other = case(adjective), case(noun)
    # Inanimate nominatives and accusatives look alike, and the tagger takes one for the other.
    same_case = not one or not other or one == other or {one, other} <= DIRECT
    left, right = number(adjective), number(noun)
    return same_case and (not left or not right or left == right)


def _attributive(adjective: Token) -> bool:
    """Tell whether what the tagger has for an adjective can be one before a noun: no short
    form, no verb (Возглавил), no noun (устроителем)."""
    readings = [p for p in analyzer().parse(adjective.lower_) if p.is_known]
    full = any(str(p.tag.POS) in {"ADJF", "PRTF", "NUMR"} or "Apro" in p.tag for p in readings)
    return bool(case(adjective)) and (full or not readings)


def nominative(doc: Doc, start: int, end: int, head: int) -> str:
    """Return the text of tokens ``start`` to ``end`` with its head in the nominative.

    What stands before the head agrees with it and is declined too; what follows is a
    complement and stays (Агентством сотрудничества края: Агентство сотрудничества края).
    """
    noun = doc[head]
    if case(noun) == "Nom" and all(case(t) in {"Nom", ""} for t in doc[start:head]):
        return texts(doc[start:end])
    declined = decline(noun)
    of, plural = TAGS.get(gender(noun), "masc"), number(noun) == "Plur"
    pieces = []
    for token in doc[start:end]:
        word = token.text
        if token.i == head:
            word = declined
        elif token.i < head and token.pos_ in AGREE:
            word = _adjective(token, of, plural=plural)
        pieces.append(word + token.whitespace_)
    return "".join(pieces).strip()


def gender(noun: Token) -> str:
    """Return a noun's gender (Masc, Fem, Neut) as the dictionary has it, else as tagged.

    Of a hyphenated noun the last part tells: онлайн-церемония is feminine.
    """
    last = noun.lower_.rpartition("-")[2]
    known = [p for p in analyzer().parse(last) if p.is_known and p.tag.POS == "NOUN"]
    fitting = [p for p in known if str(p.tag.case) == CASES.get(case(noun))] or known
    found = str(fitting[0].tag.gender) if fitting and fitting[0].tag.gender else ""
    return UD.get(found) or next(iter(noun.morph.get("Gender", [])), "")


def _same_gender(adjective: Token, noun: Token) -> bool:
    """Tell whether an adjective can have a noun's gender, as far as the dictionary tells."""
    wanted = TAGS.get(gender(noun), "")
    if number(noun) == "Plur" or not wanted or not analyzer().word_is_known(noun.lower_):
        return True
    forms = [p.tag for p in analyzer().parse(adjective.lower_) if p.is_known and "sing" in p.tag]
    return not forms or any(tag.gender in {wanted, None} for tag in forms)


def _adjective(token: Token, of: str, *, plural: bool) -> str:
    lead, dash, _last = token.text.rpartition("-")
    found = reading(token)
    if found is None or not {"ADJF", "PRTF"} & {str(found.tag.POS)}:
        found = next((p for p in analyzer().parse(token.lower_) if p.tag.POS == "ADJF"), None)
    if found is None:
        return token.text
    wanted = {"nomn", "plur"} if plural else {"nomn", "sing", of}
    inflected = found.inflect(wanted)
    if inflected is None:
        return token.text
    # Only the last part of торгово-промышленная declines; the dictionary may not know it whole,
    # or without its dash (Южно-Уральский, южноуральский).
    last = inflected.word.rpartition("-")[2].removeprefix(lead.lower().replace("-", ""))
    return _like(lead + dash + last if dash else inflected.word, token)


def decline(noun: Token) -> str:
    """Return a noun in the nominative of its number, in the capitals of the text."""
    text = noun.text
    if (not noun.is_alpha and "-" not in text) or is_abbreviation(text):
        return text
    found = reading(noun)
    if case(noun) == "Nom" and noun.pos_ == "PROPN":
        return text
    unknown = found is None or not found.is_known
    if unknown and (transcribed := base(text, case(noun))):
        return paradigms.nominative(noun.doc, text, transcribed)
    if found is None or found.tag.POS is None:
        return paradigms.regular(text, case(noun), gender(noun))
    wanted = {"nomn"} | ({NUMBERS[number(noun)]} if number(noun) else set())
    inflected: Parse | None = found.inflect(wanted) or found.inflect({"nomn"})
    declined = _like(inflected.word if inflected else text, noun)
    return paradigms.nominative(noun.doc, text, declined) if unknown else declined


def is_abbreviation(text: str) -> bool:
    """Tell whether a word is an abbreviation, which does not decline (ШОС, УрФУ)."""
    return sum(char.isupper() for char in text.partition("-")[0]) > 1


def _like(word: str, token: Token) -> str:
    """Give ``word`` the capitals of ``token``."""
    text = token.text
    if text.isupper() and len(text) > 1:
        return word.upper()
    if "ё" not in text.lower():
        word = word if len(word) != len(text) else _keep_e(word, text)
    parts = zip(word.split("-"), text.split("-"), strict=False)
    fitted = [p[:1].upper() + p[1:] if t[:1].isupper() else p for p, t in parts]
    rest = word.split("-")[len(fitted) :]
    return "-".join([*fitted, *rest])


def _keep_e(word: str, text: str) -> str:
    """Keep ``е`` where the text writes it for ``ё``."""
    return "".join(
        "е" if a == "ё" and b.lower() == "е" else a for a, b in zip(word, text, strict=True)
    )


def is_fixed(noun: Token) -> bool:
    """Tell whether a noun does not decline: an abbreviation, Сочи, Суйфэньхэ, Хэйлунцзян.

    Of Chinese provinces and towns those in apposition (провинции Хэйлунцзян) stay as they are.
    """
    readings = analyzer().parse(noun.lower_)
    known = [p for p in readings if p.is_known]
    if is_abbreviation(noun.text) or any("Fixd" in p.tag for p in known):
        return True
    return not known and (noun.lower_[-1:] in "эуиоюеы" or bool(syllables(noun.lower_)))


def genitive_like(token: Token) -> bool:
    """Tell whether a token can be a genitive: tagged so, or not declined at all."""
    if case(token) == "Gen":
        return True
    readings = analyzer().parse(token.text)
    fixed = any("Fixd" in p.tag for p in readings[:1])
    # молодёжи is genitive, dative and locative; right after a noun it is the first.
    alike = case(token) in {"Dat", "Loc", "Acc"} and any("gent" in p.tag for p in readings)
    return alike or (fixed and case(token) != "Ins")


def agreeing_run(doc: Doc, head: int, *, stop: int) -> int:
    """Return where the run of adjectives that agree with ``head`` begins, not before ``stop``."""
    i = head
    while i > stop and doc[i - 1].pos_ == "ADJ" and agree(doc[i - 1], doc[head]):
        i -= 1
    return i


def texts(tokens: Span) -> str:
    """Return tokens as they stand in the text, without the white space at the end."""
    return "".join(token.text_with_ws for token in tokens).strip()
