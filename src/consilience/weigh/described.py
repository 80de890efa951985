"""Who somebody is: offices and ages that documents give people."""

import re
from collections.abc import Iterator

from consilience.lexicon import load_table, load_words
from consilience.records import Claim, Comparator, Kind, Passage, Quantity, Text
from consilience.weigh.appositions import offices_beside
from consilience.weigh.asked import AskedPage, cover

_AGE_AFTER = re.compile(
    r"(?:\W?,\s*(?:aged\s+|who (?:is|was|turned)\s+)?(?:a\s+)?|\s+\((?:aged\s+)?)(\d{1,3})"
    r"(?=,(?!\d)|\.(?!\d)|;|\)|$| was\b| who\b| whose\b|[- ]years?[- ]old\b)"
)
_WORD_BEFORE = re.compile(r"([A-Z][\w'’-]{1,40}) $")
_BEFORE_CHARS = 40


def described(page: AskedPage) -> Iterator[Claim]:
    yield from _titles(page)
    yield from _ages(page)


def _titles(page: AskedPage) -> Iterator[Claim]:
    for mention in page.reading.mentions:
        entity = page.entity_of(mention)
        if entity is None or mention.kind is not Kind.PERSON or not mention.named:
            continue
        for office, passage in offices_beside(page, mention):
            yield page.claim(entity, "title", Text(office), passage)
        if mention.title is None or mention.title_passage is None:
            continue
        if mention.title.lower().rstrip(".") not in load_words("honorifics"):
            passage = cover(mention.title_passage, mention.passage)
            yield page.claim(entity, "title", Text(mention.title), passage)


def _ages(page: AskedPage) -> Iterator[Claim]:
    for mention in page.reading.mentions:
        if mention.kind is not Kind.PERSON or not mention.named:
            continue
        entity = page.entity_of(mention)
        text = page.document.text
        found = _AGE_AFTER.match(text, mention.passage.end)
        # Of "Carl Otto Lind, 30" only "Lind" may be known: another Lind is 32.
        start = mention.passage.start
        before = _WORD_BEFORE.search(text[max(0, start - _BEFORE_CHARS) : start])
        is_half = before is not None and before[1].lower() in load_table("given_names")
        if entity is None or found is None or is_half or not 0 < int(found[1]) < 120:
            continue
        age = Quantity(int(found[1]), int(found[1]), Comparator.EXACTLY, "year")
        passage = Passage(page.document.id, start, found.end(1))
        yield page.claim(entity, "age", age, passage)
