"""Who somebody is: offices and ages that documents give people."""

import re
from collections.abc import Iterator

from consilience.lexicon import load_words
from consilience.records import Claim, Comparator, Kind, Passage, Quantity, Text
from consilience.weigh.asked import AskedPage, cover

_AGE_AFTER = re.compile(
    r"\W?,\s*(?:aged\s+)?(\d{1,3})(?=,(?!\d)|\.(?!\d)|;|\)|$| was\b| who\b| whose\b)"
)


def described(page: AskedPage) -> Iterator[Claim]:
    yield from _titles(page)
    yield from _ages(page)


def _titles(page: AskedPage) -> Iterator[Claim]:
    for mention in page.reading.mentions:
        entity = page.entity_of(mention)
        if mention.title is None or mention.title_passage is None or entity is None:
            continue
        if mention.title.lower().rstrip(".") not in load_words("honorifics"):
            passage = cover(mention.title_passage, mention.passage)
            yield page.claim(entity, "title", Text(mention.title), passage)


def _ages(page: AskedPage) -> Iterator[Claim]:
    for mention in page.reading.mentions:
        if mention.kind is not Kind.PERSON or not mention.named:
            continue
        entity = page.entity_of(mention)
        found = _AGE_AFTER.match(page.document.text, mention.passage.end)
        if entity is None or found is None or not 0 < int(found[1]) < 120:
            continue
        age = Quantity(int(found[1]), int(found[1]), Comparator.EXACTLY, "year")
        passage = Passage(page.document.id, mention.passage.start, found.end(1))
        yield page.claim(entity, "age", age, passage)
