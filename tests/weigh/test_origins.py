import hashlib
import itertools
import random
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from consilience.records import (
    Attribution,
    Document,
    Kind,
    LinkKind,
    Mention,
    Origin,
    Part,
    PartKind,
    Passage,
    Reading,
    Stance,
    When,
)
from consilience.weigh.origins import find_links, find_origins
from tests import factory

FERRY = """\
The ferry Santa Brígida capsized off Port Hallam on Tuesday evening, killing nine passengers.
Coast guard crews pulled 41 people from the water before darkness ended the search.
The vessel was built in 1988 and had failed an inspection of its ramp in April, records show.
Captain Ole Brandvik, 57, was treated for exposure and has not spoken to investigators.
The owner, Hallam Lines, suspended its two other crossings until the weekend.
Divers will return to the wreck at first light on Wednesday."""
SPUN = """\
The ferry Santa Brígida overturned off Port Hallam on Tuesday night, leaving nine passengers dead.
Coast guard teams pulled 41 persons from the sea before nightfall ended the search.
The ship was constructed in 1988 and had flunked an inspection of its ramp in April, files show.
Captain Ole Brandvik, 57, was cared for after exposure and has not talked to investigators.
The owner, Hallam Lines, halted its two other crossings until the weekend.
Divers will go back to the wreck at dawn on Wednesday."""
RETOLD = """\
On Tuesday evening nine people lost their lives when the Santa Brígida went over near Port Hallam.
Until night fell, rescuers of the coast guard were able to bring 41 survivors aboard.
According to records the boat, in service since 1988, did not pass a check of the ramp in April.
Investigators have yet to hear from Ole Brandvik, 57, the captain, who suffers from cold.
All other routes of Hallam Lines, to whom it belonged, are closed for the rest of the week.
On Wednesday morning the search of the sunken hull goes on."""
OWN = """\
Nine people drowned when a ferry went down near Port Hallam, and relatives want to know why.
Ole Brandvik, who has sailed this route for twenty years, is in hospital in Hallam.
On the quay Mirela Dunaj waited all night for word of her sister.
She said the boat had leaned to one side even before the Santa Brígida left the harbour.
The coast guard counts 41 survivors, most of them commuters.
A union of seamen says it complained about the ramp three times this year."""
QUOTES = """\
“We heard the ramp give way and then the whole deck was under water.”
“Nobody told us where the life jackets were kept on that boat.”
“My sister is still out there and no one answers the telephone.”"""


def page(
    text: str, name: str, *, source: str | None = None, day: int | None = None, days: int = 1
) -> Document:
    published = None
    if day is not None:
        start = datetime(2031, 5, day, tzinfo=UTC)
        published = When(start, start + timedelta(days), f"2031-05-{day:02}")
    return replace(factory.document(text, name), source=source, published=published)


def reading(document: Document) -> Reading:
    """One sentence a line; vectors of hashed words; names by their capitals; quotes by “ ”."""
    sentences, vectors, mentions, quotes = [], [], [], []
    for line in re.finditer(r"\S[^\n]*", document.text):
        sentences.append(Passage(document.id, *line.span()))
        vector = np.zeros(64)
        for word in re.findall(r"\w{4,}", line[0].lower()):
            vector[hashlib.sha256(word.encode()).digest()[0] % 64] += 1
        vectors.append(tuple(vector.tolist()))
    for n, m in enumerate(re.finditer(r"(?<=\w )[A-Z]\w+(?: [A-Z]\w+)*", document.text)):
        at = Passage(document.id, *m.span())
        mentions.append(Mention(f"m{n}", at, at, Kind.PERSON, named=True, chain_id=m[0]))
    for n, m in enumerate(re.finditer(r"“([^”]+)”", document.text)):
        content = (Passage(document.id, *m.span(1)),)
        quotes.append(Attribution(f"a{n}", (), (), content, None, None, Stance.SAYS, direct=True))
    return Reading(
        document.id, tuple(sentences), tuple(mentions), (), (), tuple(quotes), (), "test",
        tuple(vectors),
    )  # fmt: skip


def origins_of(*documents: Document) -> tuple[Origin, ...]:
    return find_origins(documents, {d.id: reading(d) for d in documents})


def told(*documents: Document) -> list[list[str]]:
    """The names of the documents of each origin."""
    names = {d.id: d.name for d in documents}
    return [[names[i] for i in origin.document_ids] for origin in origins_of(*documents)]


def kinds(*documents: Document) -> dict[str, LinkKind]:
    """Of each copy and source the kind of link that joins them."""
    names = {d.id: d.name for d in documents}
    return {
        f"{names[link.copy_id]} of {names[link.of_id]}": link.kind
        for origin in origins_of(*documents)
        for link in origin.links
    }


def test_a_verbatim_copy_is_no_second_origin() -> None:
    assert kinds(page(FERRY, "a", day=4), page(FERRY, "b", day=5)) == {"b of a": "verbatim"}


def test_a_page_cut_short_draws_on_the_full_one_though_it_sorts_first() -> None:
    cut = "\n".join(FERRY.splitlines()[:3])
    assert kinds(page(cut, "a"), page(FERRY, "b")) == {"a of b": "verbatim"}


def test_paragraphs_in_another_order_are_still_a_copy() -> None:
    shuffled = "\n".join(reversed(FERRY.splitlines()))
    assert told(page(FERRY, "a", day=4), page(shuffled, "b", day=5)) == [["a", "b"]]


def test_a_copy_with_other_words_put_for_a_third_of_them_is_rewritten() -> None:
    assert kinds(page(FERRY, "a", day=4), page(SPUN, "b", day=5)) == {"b of a": "rewritten"}


def retelling(text: str) -> tuple[Origin, ...]:
    """The origins of a report and of a page whose sentences are as like its own as can be."""
    a, b = page(FERRY, "a", day=4), page(text, "b", day=5)
    alike = {a.id: reading(a), b.id: replace(reading(b), vectors=reading(a).vectors)}
    return find_origins((a, b), alike)


def test_a_page_that_retells_sentence_for_sentence_is_found_by_its_vectors() -> None:
    (origin,) = retelling(RETOLD)
    assert [link.kind for link in origin.links] == ["rewritten"]
    assert len(origin.links[0].evidence) > 0


def test_a_page_of_the_same_course_with_figures_of_its_own_is_another_report() -> None:
    own = RETOLD.replace("nine", "at 7.40 pm 12").replace("41", "38").replace("1988", "1991")
    assert len(retelling(own)) == 2


def test_different_reports_of_one_event_stay_apart() -> None:
    assert told(page(FERRY, "a", day=4), page(OWN, "b", day=5)) == [["a"], ["b"]]


def test_quotations_that_two_reporters_heard_make_no_copy() -> None:
    a, b = page(f"{FERRY}\n{QUOTES}", "a", day=4), page(f"{QUOTES}\n{OWN}", "b", day=4)
    assert told(a, b) == [["a"], ["b"]]


def test_comments_and_credits_make_no_copy() -> None:
    def with_comment(text: str, name: str) -> Document:
        document = page(f"{text}\n{SPUN}", name)
        end = len(document.text)
        parts = (
            Part(Passage(document.id, 0, len(text)), PartKind.BODY),
            Part(Passage(document.id, len(text), end), PartKind.COMMENT),
        )
        return replace(document, parts=parts)

    assert told(with_comment(FERRY, "a"), with_comment(OWN, "b")) == [["a"], ["b"]]


def with_block(above: str, block: str, name: str) -> Document:
    """A page that quotes a block of another at its end."""
    document = page(f"{above}\n{block}", name, day=5)
    parts = (
        Part(Passage(document.id, 0, len(above)), PartKind.BODY),
        Part(Passage(document.id, len(above) + 1, len(document.text)), PartKind.QUOTED),
    )
    return replace(document, parts=parts)


def test_a_block_quoted_from_another_page_makes_no_copy_of_a_report() -> None:
    lifted = "\n".join(FERRY.splitlines()[:4])
    assert told(page(FERRY, "a", day=4), with_block(OWN, lifted, "b")) == [["a"], ["b"]]


def test_a_page_that_is_little_but_a_quoted_block_is_a_copy() -> None:
    posted = with_block("Worth reading in full.", FERRY, "b")
    assert kinds(page(FERRY, "a", day=4), posted) == {"b of a": "verbatim"}


def test_a_page_of_two_reports_does_not_make_one_of_them() -> None:
    both = page(f"{FERRY}\n{OWN}", "c", day=9)
    found = told(page(FERRY, "a", day=4), page(OWN, "b", day=5), both)
    assert sorted(map(len, found)) == [1, 2]


def test_who_lays_the_whole_page_at_an_agency_draws_on_it() -> None:
    wire = page(FERRY, "a", source="Meridian News Agency", day=4)
    line = "PORT HALLAM (Meridian News Agency) — Nine people are dead and a captain is in hospital."
    other = page(f"{line}\nThe minister will speak at noon.", "b", source="Vale Times", day=5)
    assert kinds(wire, other) == {"b of a": "credited"}


def test_credit_for_one_sentence_makes_no_copy() -> None:
    wire = page(FERRY, "a", source="The Daily Lantern", day=4)
    line = "The ramp had failed an inspection in April, The Daily Lantern reported."
    other = page(f"{OWN}\n{line}", "b", source="Vale Times", day=5)
    assert told(wire, other) == [["a"], ["b"]]
    links = find_links((wire, other), {d.id: reading(d) for d in (wire, other)})
    assert [(link.copy_id, link.kind) for link in links] == [(other.id, "quoted")]
    assert links[0].probability < 0.5


def test_sentences_openly_taken_from_another_count_for_no_copy() -> None:
    wire = page(FERRY, "a", source="The Daily Lantern", day=4)
    lifted = (f"{line} The Daily Lantern reports so." for line in FERRY.splitlines()[:2])
    other = page("\n".join((OWN, *lifted)), "b", source="Vale Times", day=5)
    links = find_links((wire, other), {d.id: reading(d) for d in (wire, other)})
    assert [link.kind for link in links] == ["quoted"]


def test_a_dateline_far_down_credits_what_follows_it_and_not_the_page() -> None:
    wire = page(FERRY, "a", source="Meridian News Agency", day=4)
    line = "PORT HALLAM (Meridian News Agency) — The minister will speak at noon."
    other = page(f"{OWN}\n{OWN.upper()}\n{line}", "b", source="Vale Times", day=5)
    assert told(wire, other) == [["a"], ["b"]]


def test_credit_to_an_outlet_of_which_no_page_is_there_links_nothing() -> None:
    a = page(FERRY, "a", source="Upland Courier", day=4)
    b = page(f"{OWN}\nSources: Meridian News Agency", "b", source="Vale Times", day=5)
    assert told(a, b) == [["a"], ["b"]]


def test_a_name_that_goes_on_is_not_the_outlet() -> None:
    a = page(FERRY, "a", source="porthallam.com", day=4)
    said = "According to Port Hallam Harbour Authority, the ferry was overloaded when it sailed."
    assert told(a, page(said, "b", source="Vale Times", day=5)) == [["a"], ["b"]]


def test_a_circle_of_credit_is_one_origin_and_begins_with_the_earliest() -> None:
    a = page(
        "The dead number ten, Channel Nine reported on its site.", "a", source="El Faro", day=4
    )
    b = page("Ten people died aboard, El Faro reported today.", "b", source="Vale Times", day=5)
    c = page(
        "Ten are dead, the Vale Times reports this evening.", "c", source="Channel Nine", day=6
    )
    assert told(a, b, c) == [["a", "b", "c"]]
    assert kinds(a, b, c) == {"a of c": "credited", "b of a": "credited", "c of b": "credited"}


def test_the_order_of_the_files_changes_nothing() -> None:
    documents = (
        page(FERRY, "a", day=4, days=6),
        page(SPUN, "b", day=5),
        page(OWN, "c"),
        page("\n".join(FERRY.splitlines()[1:]), "d"),
    )
    found = {origins_of(*order) for order in itertools.permutations(documents)}
    assert len(found) == 1


def test_evidence_of_a_verbatim_copy_is_the_same_words_in_both() -> None:
    a, b = page(FERRY, "a", day=4), page(FERRY.replace("crews pulled", "crews, pulled"), "b", day=5)
    (origin,) = origins_of(a, b)
    matches = origin.links[0].evidence
    assert len(matches) > 1
    for match in matches:
        of = a.text[match.of.start : match.of.end]
        assert b.text[match.copy.start : match.copy.end].split() == of.split()


@pytest.mark.parametrize(
    "text", ["", "Nothing.", "“All of it is quoted, every single word of it.”"]
)
def test_pages_that_say_too_little_stay_apart(text: str) -> None:
    assert len(told(page(f"{text} ", "a"), page(f"{text} ", "b"))) == 2


def test_hundreds_of_copies_are_one_origin() -> None:
    rng = random.Random(7)
    lines = FERRY.splitlines()
    texts = ["\n".join(rng.sample(lines, rng.randint(3, 6))) for _ in range(199)]
    documents = [page(FERRY, "000", day=4)]
    documents += [page(text, f"{n:03}", day=5) for n, text in enumerate(texts, 1)]
    (origin,) = origins_of(*documents)
    assert origin.document_ids[0] == documents[0].id


def test_short_reports_of_one_pattern_that_tell_of_other_things_stay_apart() -> None:
    told = (
        ("Ana Albu", 31, "Brenna", 14), ("Petru Barna", 58, "Corvin", 203),
        ("Mara Cojoc", 44, "Izvor", 77), ("Vlad Dima", 29, "Lunca", 350),
    )  # fmt: skip
    pages = [
        page(
            f"The farmer {who}, {age}, lost {n} sheep to the snow near {place} and wants help.\n"
            f"Since Monday {n + 9} houses around {place} have been without power, said {who}.",
            place,
            day=4,
        )
        for who, age, place, n in told
    ]
    assert len(origins_of(*pages)) == len(pages)
