"""Time expressions as TIMEX3, each anchored to the day its words were written."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from consilience.dates import when_of
from consilience.read.encoder import Parse
from consilience.read.tense import Tense
from consilience.read.timex_doubts import is_name_or_verb
from consilience.read.timex_grammar import ALL_RULES, RULES
from consilience.read.timex_joined import again, as_spoken, clocks_paired, from_happenings, joined
from consilience.read.timex_order import is_day_first, ordered
from consilience.read.timex_page import Found, Page
from consilience.read.timex_spoken import Spoken
from consilience.read.timex_terms import Match, Meaning, Rule, said_mod
from consilience.read.timex_words import ALL_STARTS, STARTS, plain
from consilience.records import Document, Mod, Passage, Timex, When
from consilience.relative import worded, zoned


def find_times(document: Document, parses: Sequence[Parse]) -> tuple[Timex, ...]:
    """The time expressions of a document in text order, TIMEX3 in type, extent and value.

    Words that depend on the day of writing are read from the day of the document, or of the
    comment they stand in; a quotation of another text has no such day unless it states one.
    """
    text = document.text
    page = Page(document, parses)
    spoken = Spoken()
    day_first = is_day_first(document)
    found: list[Found] = []
    for start, end, meaning in _expressions(text, is_english=page.is_english):
        place = page.place(start)
        if is_name_or_verb(text, start, end, place.words(start, end)):
            continue
        anchor = page.anchor(start)
        expression = meaning.expression
        if expression.startswith("#"):
            expression = ordered(expression, day_first=day_first)
        tense = page.tense(place, start)
        happened = place.happened_then(start) if page.is_english else tense is Tense.PAST
        expression = _directed(expression, tense, happened=happened)
        expression = spoken.referred(expression, anchor)
        mod = said_mod(text[start:end])
        if mod in (Mod.START, Mod.MID, Mod.END) and _CLOCK.search(expression):
            mod = None  # "four in the small hours" is an hour all the same
        each = Found(
            start, end, meaning.type, expression, anchor, page.paragraph(start), place.index, mod
        )
        spoken.hear(each)
        found.append(each)
    dated = clocks_paired(text, list(joined(list(again(text, as_spoken(text, page, found))))))
    return tuple(_timex(document, each) for each in from_happenings(text, page, dated))


def _expressions(text: str, *, is_english: bool = True) -> Iterator[tuple[int, int, Meaning]]:
    """The longest expression at each place where one begins, left to right."""
    position, text = 0, plain(text)
    starting, rules = (STARTS, RULES) if is_english else (ALL_STARTS, ALL_RULES)
    tried = _tried(rules)
    while match := starting.search(text, position):
        at = match.start()
        best: tuple[int, Meaning] | None = None
        for matches, meaning_of in tried:
            hit = matches(text, at)
            if hit is None or (best and hit.end() <= best[0]) or not _ends_word(text, hit.end()):
                continue
            meaning = meaning_of(hit)
            if meaning is not None:
                best = hit.end(), meaning
        if best is None:
            position = match.end()
        else:
            yield at, best[0], best[1]
            position = best[0]


_Tried = tuple[tuple[Callable[[str, int], Match | None], Callable[[Match], Meaning | None]], ...]


@cache
def _tried(rules: tuple[Rule, ...]) -> _Tried:
    """The rules as functions: each is tried at every place where an expression may begin."""
    return tuple((rule.pattern.match, rule.meaning) for rule in rules)


@lru_cache(maxsize=1 << 12)  # news repeats itself
def time_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where in a sentence words of time stand, names and verbs that look like them left out."""
    return tuple(
        (start, end)
        for start, end, _ in _expressions(text, is_english=False)
        if not is_name_or_verb(text, start, end, (None, range(0)))
    )


def _ends_word(text: str, end: int) -> bool:
    return end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())


def _directed(expression: str, tense: Tense, *, happened: bool) -> str:
    """The expression with its direction: back from the day of writing, or on from it."""
    if "?" not in expression:
        return expression
    if expression.startswith(("weekday", "weekend")):
        # The press says "meets on Friday" of the Friday to come, never of the one before.
        ahead = tense in (Tense.FUTURE, Tense.PRESENT)
        return expression.replace("?", "future" if ahead else "past")
    if tense is Tense.PAST and happened:
        return expression.replace("?", "past")
    direction = {Tense.PAST: "recent", Tense.FUTURE: "future"}.get(tense, "near")
    return expression.replace("?", direction)


def _timex(document: Document, found: Found) -> Timex:
    passage = Passage(document.id, found.start, found.end)
    text = document.text[found.start : found.end]
    if found.expression.startswith("+"):
        return Timex(passage, found.type, when_of(zoned(found.expression[1:]), text, found.mod))
    is_absolute = found.expression.startswith("=")
    said = When(None, None, "", text, found.mod)
    if is_length := _COUNTED_LENGTH.search(found.expression):
        said = replace(said, value=is_length[1])
    when = worded(found.expression, said, found.anchor)
    return Timex(passage, found.type, when, None if is_absolute else found.expression)


_CLOCK = re.compile(r"\+T\d")
_COUNTED_LENGTH = re.compile(r"[<>](P[T\d]+[A-Z])$")
