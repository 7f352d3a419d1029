"""What is written: one file, the same bytes for the same graph, or an error that helps."""

import base64
import gzip
import json
import random
import re
from types import SimpleNamespace

import pytest

from kg.draw import draw, library
from kg.draw import page as make
from kg.draw.layout import arrange
from kg.errors import InputError
from kg.ontology import load
from tests.browser import samples


def graph(entities, facts, articles):
    return SimpleNamespace(
        entities=lambda: entities, facts=lambda: iter(facts), articles=lambda: articles
    )


def records(html):
    kind, text = re.search(
        r'"application/(\w+)" id="records">(.*?)</script>', html, re.DOTALL
    ).groups()
    return json.loads(gzip.decompress(base64.b64decode(text)) if kind == "gzip" else text)


def test_the_order_of_what_is_given_does_not_matter():
    first = make(*samples.news(), load())
    shuffled = [list(part) for part in samples.news()]
    for part in shuffled:
        random.Random(3).shuffle(part)  # noqa: S311
    assert make(*shuffled, load()) == first


def test_draw_writes_the_page_as_utf8(tmp_path):
    path = tmp_path / "граф.html"
    draw(graph(*samples.news()), path, title="Связи")
    assert path.read_bytes() == make(*samples.news(), load(), title="Связи").encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"cannot write .*choose another file"):
        draw(graph(*samples.news()), tmp_path / "none" / "graph.html")


def test_an_unknown_language_is_named():
    with pytest.raises(InputError, match=r"'fr'; it speaks ru, en, zh"):
        make(*samples.news(), load(), lang="fr")


def test_another_vis_network_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"pip install pyvis==0\.3\.2"):
        library.script(tmp_path)
    file = tmp_path / "lib" / "vis-9.1.2" / "vis-network.min.js"
    file.parent.mkdir(parents=True)
    file.write_text("alert(1)")
    with pytest.raises(InputError, match=r"not 0\.3\.2 as published"):
        library.script(tmp_path)


def test_marks_cover_the_mentions():
    data = records(make(*samples.news(), load()))
    labels = [row[1] for row in data["entities"]]
    found = set()
    for _subject, _, _, _, claims in data["facts"]:
        for sentence, _, _, start, end, *_ in claims:
            found.add(data["sentences"][sentence][1][start:end])
    assert "Елена Орлова" in found & set(labels)
    assert "" not in found


def test_the_page_stays_small():
    assert len(make(*samples.news(), load()).encode()) < 350_000
    assert len(make(*samples.crowd(2000), load()).encode()) < 650_000


def test_every_component_has_its_place():
    edges = [(0, 1), (1, 2), (2, 0), (3, 4)]
    places = arrange(range(8), edges, ["имя"] * 8)
    assert sorted(places) == list(range(8))
    assert len(set(places.values())) == 8
    assert arrange(range(8), edges[::-1], ["имя"] * 8) == places


@pytest.mark.parametrize("text", samples.HOSTILE)
def test_hostile_text_does_not_leave_its_json(text):
    html = make(*samples.hostile(text), load(), title=text)
    assert html.count("<script") == html.count("</script>") == 4
