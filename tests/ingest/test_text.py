"""Bytes to characters."""

import pytest

from consilience.errors import InputError
from consilience.ingest.text import decode


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_in_any_form_is_read(encoding: str) -> None:
    text = "Martín said “no” at the bridge in Łódź.\n" * 3
    assert decode(text.encode(encoding), "a.txt").text == text


def test_line_ends_become_one() -> None:
    assert decode(b"a\r\nb\rc\nd", "a.txt").text == "a\nb\nc\nd"


def test_a_western_file_is_read_and_says_that_its_encoding_was_guessed() -> None:
    decoded = decode("The café was “closed”.".encode("cp1252"), "a.txt")
    assert decoded.text == "The café was “closed”."
    assert decoded.guessed == ((7, 8, 1), (13, 14, 1), (20, 21, 1))


def test_western_bytes_glued_into_utf8_do_not_spoil_the_rest() -> None:
    data = "Łódź and ".encode() + "café".encode("cp1252")
    assert decode(data, "a.txt").text == "Łódź and café"


def test_a_page_may_declare_its_charset() -> None:
    page = '<meta charset="iso-8859-2"><p>Łódź</p>'
    assert decode(page.encode("iso-8859-2"), "a.html", is_markup=True).text == page


def test_a_page_that_declares_wrongly_is_read_as_what_it_is() -> None:
    page = '<meta charset="iso-8859-1"><p>Łódź</p>'
    assert decode(page.encode(), "a.html", is_markup=True).text == page


def test_a_cyrillic_file_is_read() -> None:
    text = "Мэр города сказал в понедельник, что мост упал в реку и четыре человека погибли. " * 4
    assert decode(text.encode("cp1251"), "a.txt").text == text


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"\x00\x01\x02\x03\x04"]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^a\.txt: .*; "):
        decode(data, "a.txt")


def test_bytes_that_fit_no_encoding_are_refused_with_their_place() -> None:
    with pytest.raises(InputError, match="not UTF-8 at byte 5"):
        decode(
            b"Four \xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8\xf7\xf6\xf5 people died in Harwick on Monday",
            "a.txt",
        )
