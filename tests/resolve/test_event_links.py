"""Events marked in invented text as `[a collapsed]`: one letter, one event."""

import re

import pytest

from consilience.read import Reader
from consilience.records import Passage
from consilience.resolve.event_links import link_events
from consilience.resolve.event_mentions import event_mentions, own_mentions
from consilience.resolve.event_pairs import compare
from tests import factory

_MARK = re.compile(r"\[(\w+) ([^\]]+)\]")
BRIDGES = (
    "The Orlen bridge [a collapsed] on Friday. Tomas Vek, a cyclist, was [b killed].",
    "Engineers in Orlen study why the bridge [a collapsed]. The [b death] of Tomas Vek, a"
    " cyclist, has shaken the town of Orlen.",
    "A footbridge in Castelo [c collapsed] under a parade of scouts. Inês Prado was [d hurt].",
    "Inês Prado, a scout, was [d injured] when the parade bridge in Castelo [c collapsed].",
)


def unmarked(pages):
    """Documents, and by "page:letter:place" where each marked word stands."""
    documents, mentions = [], {}
    for number, page in enumerate(pages):
        plain, at, found = "", 0, []
        for mark in _MARK.finditer(page):
            plain += page[at : mark.start()]
            found.append((mark[1], len(plain), len(plain) + len(mark[2])))
            plain, at = plain + mark[2], mark.end()
        made = factory.document(plain + page[at:], f"{number}.txt")
        documents.append(made)
        for letter, start, end in found:
            mentions[f"{number}:{letter}:{start}"] = Passage(made.id, start, end)
    return documents, mentions


def linked(reader: Reader, pages):
    """The letters of each cluster."""
    documents, mentions = unmarked(pages)
    readings = {d.id: reader(d) for d in documents}
    clusters: dict[str, str] = {}
    for id_, cluster in link_events(documents, readings, mentions).items():
        clusters[cluster] = clusters.get(cluster, "") + id_.split(":")[1]
    return sorted("".join(sorted(letters)) for letters in clusters.values())


def test_like_events_of_two_stories_stay_apart(reader: Reader):
    assert linked(reader, BRIDGES) == ["aa", "bb", "cc", "dd"]


def test_the_order_of_the_documents_does_not_matter(reader: Reader):
    assert linked(reader, BRIDGES[::-1]) == ["aa", "bb", "cc", "dd"]


def test_what_two_people_say_is_two_events(reader: Reader):
    page = "Mayor Ada Quill [a said] the pier was safe. The harbour master, Jon Bast, [b said] no."
    assert linked(reader, (page,)) == ["a", "b"]


def test_one_document_may_tell_one_event_twice(reader: Reader):
    page = "Rebels [a attacked] Tarn on Sunday. The army said the [a attack] on Tarn was repelled."
    assert linked(reader, (page,)) == ["aa"]


def test_every_predicate_is_a_mention_of_its_own(reader: Reader):
    documents, _ = unmarked(BRIDGES)
    readings = {d.id: reader(d) for d in documents}
    own = own_mentions(readings)
    assert set(link_events(documents, readings, own)) == set(own)
    assert len(own) == sum(len(r.propositions) for r in readings.values())


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ("Ana Roth was [a arrested] in May. Luis Paz was [b arrested] in June.", "ana roth"),
        ("The strike [a ended]. The talks did not [b end].", "denied"),
    ],
)
def test_a_comparison_says_why(reader: Reader, page, why):
    documents, mentions = unmarked((page,))
    a, b = event_mentions(documents, {d.id: reader(d) for d in documents}, mentions)
    assert any(why in sign.reason and sign.score < 0 for sign in compare(a, b))


def test_a_mention_that_is_no_word_stands_alone(reader: Reader):
    assert linked(reader, ("The mill burned down [a -] all of it.",)) == ["a"]
