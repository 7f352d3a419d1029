"""Every rule matches its own sentences, and the rules refer to what there is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg import examples, lang
from kg.errors import OntologyError
from kg.extract import rules
from kg.extract.paths import compile_path
from kg.extract.rules import rule_book
from kg.ontology import load

BOOK = rule_book("ru")
YES = [
    pytest.param(rule, sentence, id=f"{rule.id}-{n}")
    for rule in BOOK.rules
    for n, sentence in enumerate(rule.yes)
]
NO = [
    pytest.param(rule, sentence, id=f"{rule.id}-{n}")
    for rule in BOOK.rules
    for n, sentence in enumerate(rule.no)
]


@pytest.mark.parametrize(("rule", "sentence"), YES)
def test_a_rule_matches_its_sentence(rule, sentence):
    assert examples.states(rule, sentence, "ru")


@pytest.mark.parametrize(("rule", "sentence"), NO)
def test_a_rule_does_not_match_its_counter_example(rule, sentence):
    assert not examples.states(rule, sentence, "ru")


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_has_sentences_of_both_kinds(rule):
    assert rule.yes
    assert rule.no
    assert not set(rule.yes) & set(rule.no)


def test_no_two_rules_have_one_id():
    ids = [rule.id for rule in BOOK.rules]
    assert len(ids) == len(set(ids))


def test_every_class_and_modality_that_a_rule_names_is_there():
    modalities = {"", *load().scheme("Modality")}
    for rule in BOOK.rules:
        named = {
            *rule.subject_class, *rule.object_class, *rule.subject_not, *rule.object_not,
            *rule.needs_class,
        }  # fmt: skip
        assert named <= set(load().classes), rule.id
        assert rule.modality in modalities, rule.id


def test_every_concept_that_the_stances_name_is_there():
    data = lang.table("ru", "modality")
    assert {*data["governors"], *data["concepts"].values()} <= set(load().concepts)


def test_no_word_governs_in_two_ways():
    seen = [w for words in lang.table("ru", "modality")["governors"].values() for w in words]
    assert sorted(w for w in set(seen) if seen.count(w) > 1) == []


def test_the_check_names_rule_and_sentence(monkeypatch):
    rule = next(rule for rule in BOOK.rules if rule.id == "post")
    bad = replace(rule, yes=rule.no, no=rule.yes)
    monkeypatch.setattr(
        examples, "rule_book", lambda _: rules.RuleBook((bad, replace(rule, no=())), {})
    )
    assert examples.check("ru") == [
        f"post: does not match {rule.no[0]!r}",
        f"post: matches {rule.yes[0]!r}",
        "post: needs at least one sentence each in yes and no",
    ]


ROW = {"id": "x", "relation": "owns", "trigger": ["иметь"], "subject": "agent", "object": "agent"}
ROLES = {"agent": {"any": ["nsubj"]}}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"relation": "devours"}, "rule 'x' names the unknown relation 'devours'"),
        ({"kind": "forest"}, "rule 'x' is of the unknown kind 'forest'"),
        ({"subject": "thief"}, r"rule 'x' uses unknown roles: \['thief'\]"),
        ({"object_class": ["Dragon"]}, r"rule 'x' names unknown classes: \['Dragon'\]"),
        ({"colour": "red"}, r"rule 'x' has unknown keys: \['colour'\]"),
    ],
)
def test_a_rule_that_refers_to_nothing_is_refused(monkeypatch, change, message):
    tables = {"roles": ROLES, "rule": [ROW | change]}
    monkeypatch.setattr(rules.lang, "table", lambda *_: tables)
    with pytest.raises(OntologyError, match=message):
        rule_book.__wrapped__("xx")


def test_a_role_for_an_unknown_form_is_refused(monkeypatch):
    tables = {"roles": {"agent": {"sideways": ["nsubj"]}}, "rule": []}
    monkeypatch.setattr(rules.lang, "table", lambda *_: tables)
    with pytest.raises(
        OntologyError, match=r"role 'agent' of xx has unknown forms: \['sideways'\]"
    ):
        rule_book.__wrapped__("xx")


@pytest.mark.parametrize(
    "text", ["nsubj(", "obl=ins", "obj@", "(с)(со)", "obj@a=Ins", "^^obj", "a,b"]
)
def test_a_path_that_cannot_be_read_is_refused(text):
    with pytest.raises(OntologyError, match="cannot read the step"):
        compile_path(text)


def test_a_path_is_walked_from_its_trigger():
    words = ["Ли", "приехал", "с", "другом", "из", "порта", "в", "Харбин"]
    heads = [1, 1, 3, 1, 5, 3, 7, 1]
    deps = ["nsubj", "ROOT", "case", "obl", "case", "nmod", "case", "obl"]
    doc = Doc(Vocab(), words, heads=heads, deps=deps, lemmas=words)
    doc[3].set_morph("Case=Ins")

    def ends(path, trigger=1):
        return [words[i] for i in compile_path(path).ends(doc[trigger])]

    assert ends("obl") == ["другом", "Харбин"]
    assert ends("obl(с|со)") == ["другом"]
    assert ends("obl=Ins") == ends("obl|nmod(с)=Ins@другом") == ["другом"]
    assert ends("obl=Nom") == ends("obl()") == ends("obl(с) nsubj") == []
    assert ends("nsubj()") == ["Ли"]
    assert ends("obl nmod(из)") == ["порта"]
    assert ends("^nsubj *", 0) == ["Ли", "другом", "Харбин"]
    assert ends("^~", 5) == ["другом"]
    assert ends("^obl|nmod ^obl", 5) == ["приехал"]
    assert ends("^obl", 0) == ends("^*", 1) == []
