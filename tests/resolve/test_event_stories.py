from dataclasses import replace

from consilience.resolve.event_stories import event_stories
from tests import factory

# Two bridges that fell, told of twice each.
PAGES = (
    "The Orlen bridge collapsed on Friday, drowning a cyclist, Tomas Vek.",
    "Tomas Vek drowned when the bridge at Orlen collapsed, the mayor said on Friday.",
    "A footbridge in Castelo collapsed under a parade of scouts; Inês Prado broke an arm.",
    "Inês Prado, a scout, left hospital after the parade bridge at Castelo collapsed.",
)


def grouped(pages):
    documents = [factory.document(page, f"{i}.txt") for i, page in enumerate(pages)]
    readings = {d.id: replace(factory.reading(d), mentions=()) for d in documents}
    story_of = event_stories(documents, readings)
    return [[story_of[a.id] == story_of[b.id] for b in documents] for a in documents]


def test_two_happenings_of_one_kind_are_two_stories():
    assert grouped(PAGES) == [
        [True, True, False, False],
        [True, True, False, False],
        [False, False, True, True],
        [False, False, True, True],
    ]


def test_the_order_of_the_documents_does_not_matter():
    turned = grouped(PAGES[::-1])
    assert [row[::-1] for row in turned[::-1]] == grouped(PAGES)


def test_one_document_is_a_story():
    assert grouped(PAGES[:1]) == [[True]]


def test_a_story_that_hundreds_of_pages_tell_hangs_together():
    pages = [f"{PAGES[0]} Diver number {i} searched the river for Tomas Vek." for i in range(200)]
    assert all(all(row) for row in grouped(pages))
