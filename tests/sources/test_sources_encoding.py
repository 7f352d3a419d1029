import pytest

from kg.errors import InputError
from kg.sources.encoding import decode, detect

STORY = "Делегация края прибыла в Харбин, где подписала соглашение о поставках."


@pytest.mark.parametrize("name", ["cp1251", "koi8-r", "cp866"])
@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Мост открыт",
        "МОСТ ОТКРЫТ",
        "Мост Blagoveshchensk – Heihe открыт".replace("–", "-"),
    ],
)
def test_russian_single_byte_encodings_are_told_apart(name, text):
    assert decode(text.encode(name)) == (text, f"not UTF-8, read as {name.upper()}")


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_needs_no_remark_and_loses_its_mark(name):
    assert decode(STORY.encode(name)) == (STORY, "")


def test_utf16_big_endian_is_read_by_its_mark():
    assert decode(b"\xfe\xff" + STORY.encode("utf-16-be")) == (STORY, "")


def test_typographic_signs_of_cp1251_are_no_hindrance():
    text = "«Мост» № 5 – открыт… 100 %"
    assert decode(text.encode("cp1251"))[0] == text


def test_a_few_broken_bytes_are_shown_and_remarked_on():
    text, remark = decode((STORY * 3).encode() + b"\xff")
    assert text == STORY * 3 + "\ufffd"
    assert remark.startswith("1 broken characters")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        STORY.encode("utf-16-le"),
        b"a\0b",
        bytes(range(1, 32)) * 20,
        "Élève à l’école française".encode("cp1252"),
        b"\xff\xfe" + b"a",
        bytes(range(128, 256)) * 3,
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(InputError):
        decode(data)


def test_a_sample_may_end_inside_of_a_character():
    assert detect(STORY.encode()[:1], whole=False) == "utf-8"
