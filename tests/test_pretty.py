"""How a reading is shown to people."""

from dataclasses import replace

import pytest

from consilience.dates import when_of
from consilience.pretty import pretty
from consilience.read import Reader
from consilience.records import (
    Argument,
    Attribution,
    Comparator,
    Count,
    Document,
    Factuality,
    Kind,
    Mention,
    Part,
    PartKind,
    Passage,
    Polarity,
    Proposition,
    Quantity,
    Reading,
    Stance,
    Timex,
    TimexType,
)
from tests.factory import document

TEXT = (
    "Ferry sinks\n\n"
    "Nine people drowned on 3 May 2024, Ana Lind said. She added that Bo Hale said “no”.\n\n"
    "Photo: B. Hale"
)


def _at(page: Document, words: str) -> Passage:
    start = page.text.index(words)
    return Passage(page.id, start, start + len(words))


def _sample() -> tuple[Document, Reading]:
    page = document(TEXT)
    caption = _at(page, "Photo: B. Hale")
    page = replace(
        page,
        parts=(
            Part(_at(page, "Ferry sinks"), PartKind.HEADLINE),
            Part(Passage(page.id, 13, caption.start - 2), PartKind.BODY),
            Part(caption, PartKind.CREDIT),
        ),
    )

    def mention(words: str, chain: str, *, named: bool) -> Mention:
        place = _at(page, words)
        return Mention(words, place, place, Kind.PERSON, named, chain)

    first = "Nine people drowned on 3 May 2024, Ana Lind said."
    second = "She added that Bo Hale said “no”."
    outer = Attribution(
        "x", (_at(page, "She"),), (_at(page, "added"),), (_at(page, "Bo Hale said “no”"),),
        "lind", None, Stance.SAYS, direct=False,
    )  # fmt: skip
    inner = Attribution(
        "y", (_at(page, "Bo Hale"),), (Passage(page.id, *_cue(page)),), (_at(page, "“no”"),),
        "hale", "x", Stance.DENIES, direct=True,
    )  # fmt: skip
    day = when_of("2024-05-03", "3 May 2024")
    read = Reading(
        document_id=page.id,
        sentences=tuple(_at(page, words) for words in ("Ferry sinks", first, second)),
        mentions=(
            mention("Nine people", "nine", named=False),
            mention("Ana Lind", "lind", named=True),
            mention("She", "lind", named=False),
            mention("Bo Hale", "hale", named=True),
        ),
        times=(Timex(_at(page, "3 May 2024"), TimexType.DATE, day),),
        quantities=(Count(_at(page, "Nine"), Quantity(9, 9, Comparator.EXACTLY, "person"), None),),
        attributions=(outer, inner),
        propositions=(
            Proposition(
                id="p",
                predicate=_at(page, "drowned"),
                lemma="drown",
                sense="drown.01",
                arguments=(Argument("ARG1", _at(page, "Nine people"), "nine"),),
                polarity=Polarity.NEGATIVE,
                factuality=Factuality.NOT_HAPPENED,
                attribution_id="x",
                when=day,
            ),
        ),
        reader="0",
    )
    return page, read


def _cue(page: Document) -> tuple[int, int]:
    start = page.text.index("said “no”")
    return start, start + 4


def test_each_sentence_stands_over_what_was_read_in_it() -> None:
    shown = "\n".join(map(str, pretty(*_sample(), 90)))
    assert (
        shown
        == """\
a.txt
=====
language  English

[headline]
   1  Ferry sinks

[body]
   2  Nine people drowned on 3 May 2024, Ana Lind said.
      mentions  Nine people person · Ana Lind #1 person
      time      “3 May 2024” DATE 2024-05-03 [2024-05-03, 2024-05-04)
      count     “Nine” 9 person
      claim     drown.01 “drowned” – not happened, negated – 2024-05-03 – a1
                  ARG1 “Nine people”
   3  She added that Bo Hale said “no”.
      mentions  She #1 person · Bo Hale #2 person
      said      a1 She #1 – says – “Bo Hale said “no”” (cue: added)
      said        a2 Bo Hale #2 – denies, direct – ““no”” (cue: said)

[credit]
not read  Photo: B. Hale

[chains]
#1        person: Ana Lind (2) · She (3)
#2        person: Bo Hale (3)"""
    )


@pytest.mark.parametrize("width", [1, 40, 57, 100])
def test_no_line_is_wider_than_the_terminal_and_none_loses_words(width: int) -> None:
    page, read = _sample()
    narrow = [str(line) for line in pretty(page, read, width)]
    assert all(len(line) <= max(width, 40) for line in narrow)
    wide = " ".join(map(str, pretty(page, read, 400)))
    assert " ".join(" ".join(narrow).split()) == " ".join(wide.split())


def test_words_without_blanks_are_broken_by_the_columns_they_take() -> None:
    page = document("漢" * 300)
    read = replace(_sample()[1], sentences=(Passage(page.id, 0, 300),), mentions=(), times=(),
                   quantities=(), attributions=(), propositions=())  # fmt: skip
    rows = [line.words for line in pretty(page, read, 50) if line.layer == "text" and line.words]
    assert [len(row) for row in rows] == [22] * 13 + [14]


def test_what_a_terminal_would_obey_is_not_shown() -> None:
    page = document("Red \x1b[31malert\u202e in Port Hale.")
    read = replace(_sample()[1], sentences=(Passage(page.id, 0, len(page.text)),), mentions=(),
                   times=(), quantities=(), attributions=(), propositions=())  # fmt: skip
    shown = "\n".join(map(str, pretty(page, read, 80)))
    assert not {"\x1b", "\u202e"} & set(shown)


def test_a_long_saying_is_shown_by_its_two_ends_and_its_sentences(reader: Reader) -> None:
    page = document(
        "“We saw it. " + "The tide came over the quay. " * 12 + "We ran,” Ana Lind said."
    )
    shown = " ".join(" ".join(map(str, pretty(page, reader(page), 100))).split())
    assert "“We saw it. The tide" in shown
    assert "quay. We ran,” (cue: said) (sentence 1–14)" in shown


def test_an_empty_reading_is_its_words_alone() -> None:
    page = document("* * *")
    read = replace(_sample()[1], sentences=(), mentions=(), times=(), quantities=(),
                   attributions=(), propositions=())  # fmt: skip
    assert [str(line) for line in pretty(page, read, 80)] == ["a.txt", "=====", "language  English"]
