from dataclasses import replace

import pytest

from consilience.records import (
    Claim,
    Document,
    Embedded,
    EmbeddedKind,
    Factuality,
    Origin,
    Part,
    PartKind,
    Passage,
    Polarity,
    Text,
)
from consilience.roots import roots
from consilience.weigh.embedded import find_embedded
from consilience.weigh.origins import find_origins
from tests.weigh.test_origins import page, reading


def embedded(*documents: Document) -> tuple[Embedded, ...]:
    readings = {d.id: replace(reading(d), mentions=()) for d in documents}
    return find_embedded(documents, readings, find_origins(documents, readings))


def laid(text: str, source: str = "Vale Times") -> list[tuple[str, str]]:
    """The kind and the outlet of everything that a page lays at another's door."""
    return [(e.kind.value, e.source) for e in embedded(page(text, "a", source=source))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ramp had failed before, Reuters reported on Friday.", ("reported", "Reuters")),
        ("A deckhand told the Upland Courier that he saw smoke.", ("told", "Upland Courier")),
        ("A report in The Northmoor Echo says he fled.", ("reported", "The Northmoor Echo")),
        ("He fled north, according to local television station KWQX.", ("reported", "KWQX")),
        ("CNN's Lena Faber reports the mayor will resign.", ("reported", "CNN")),
        ("El alcalde dimitió, según El País, el viernes.", ("reported", "El País")),
        ("Nine died, a Reuters tally shows.", ("reported", "Reuters")),
        ("The owner told Laneharbour.com he was asleep.", ("told", "laneharbour.com")),
        ("PORT HALLAM (AP) — Nine people died on a ferry.", ("agency", "Associated Press")),
        ("Nine people died on a ferry.\n— Reuters", ("agency", "Reuters")),
        ("Nine people died.\nThis article first appeared in the Northmoor Echo.",
         ("credit", "Northmoor Echo")),
        ("Nine people died.\nh/t Upland Courier", ("credit", "Upland Courier")),
        ("Nine people died.\nWith material from AFP.", ("material", "AFP")),
    ],
)  # fmt: skip
def test_an_outlet_named_as_the_source_is_found(text: str, expected: tuple[str, str]) -> None:
    assert laid(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Police told reporters that the ramp failed.",
        "According to the Hallam County Medical Examiner, she drowned.",
        "According to Hallam Dispatch officials, the call came at nine.",
        "The Vale Times reported in May that the ramp had failed.",
        "A witness told the Herald that he saw smoke.",
        "The Guardian Angels said they would patrol the quay.",
        "Metro says the road is shut.",
        "BBC said it would appeal against the verdict.",
        "He owns shares of Reuters and of the Upland Courier.",
        "A woman told Channel 9 that she heard a bang.",
    ],
)
def test_what_no_other_outlet_reported_is_not(text: str) -> None:
    assert laid(text) == []


def test_a_person_named_like_a_paper_is_none() -> None:
    document = page("He was asleep, according to Hanna Post, his wife.", "a")
    (mention,) = reading(document).mentions
    assert document.text[mention.passage.start : mention.passage.end] == "Hanna Post"
    assert (
        find_embedded(
            (document,), {document.id: reading(document)}, (Origin("o", (document.id,), ()),)
        )
        == ()
    )


def test_a_page_of_two_agencies_is_neither_s() -> None:
    assert laid("Nine people died.\nSources: Reuters, AFP") == [("material", "Reuters")]


def test_a_block_below_the_outlet_s_name_is_that_outlet_s() -> None:
    above, block = "The Upland Courier reports more:", "The ramp failed in April. Nine died."
    document = page(f"{above}\n{block}", "a", source="Vale Times")
    quoted = Passage(document.id, len(above) + 1, len(document.text))
    parts = (
        Part(Passage(document.id, 0, len(above)), PartKind.BODY),
        Part(quoted, PartKind.QUOTED, author="Upland Courier"),
    )
    (found,) = [
        e for e in find_embedded(
            (replace(document, parts=parts),),
            {}, (Origin("o", (document.id,), ()),),
        ) if e.kind is EmbeddedKind.BLOCK
    ]  # fmt: skip
    assert found.passage.end == quoted.end


def claim(document: Document, words: str) -> Claim:
    start = document.text.index(words)
    return Claim(
        id=f"{document.name} {words}",
        subject_id="v1",
        slot="killed",
        value=Text("nine"),
        passage=Passage(document.id, start, start + len(words)),
        voices=(),
        polarity=Polarity.POSITIVE,
        factuality=Factuality.HAPPENED,
        as_of=None,
    )


def n_origins(*documents: Document) -> int:
    """Origins behind the claim that nine died, each document making it."""
    readings = {d.id: reading(d) for d in documents}
    origins = find_origins(documents, readings)
    behind = roots(origins, find_embedded(documents, readings, origins))
    return len(behind.of_claims([claim(d, "ine") for d in documents]))


def test_two_pages_that_say_an_outlet_reported_it_are_one_origin() -> None:
    a = page("Nine people died, CNN reported.", "a", source="Vale Times")
    b = page("The ferry sank at dusk. CNN reports nine dead.", "b", source="Upland Courier")
    assert n_origins(a, b) == 1


def test_the_outlet_s_own_page_is_that_origin() -> None:
    a = page("Nine people died, the Northmoor Echo reported.", "a", source="Vale Times")
    b = page("The ferry sank at dusk with nine dead.", "b", source="Northmoor Echo")
    assert n_origins(a, b) == 1


def test_a_page_that_also_says_it_itself_is_an_origin() -> None:
    a = page("Nine people died, CNN reported.", "a", source="Vale Times")
    b = page("Nine people died when the ferry sank at dusk.", "b", source="Upland Courier")
    assert n_origins(a, b) == 2


def test_outlets_that_only_point_at_one_another_are_one_origin() -> None:
    a = page("Nine people died, the Upland Courier reported.", "a", source="Vale Times")
    b = page("Nine dead on the ferry, according to the Vale Times.", "b", source="Upland Courier")
    assert n_origins(a, b) == 1
