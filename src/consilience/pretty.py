"""A reading as a person checks it: each sentence, and beneath it what was read there."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from consilience.records import (
    Attribution,
    Count,
    Document,
    Mention,
    Part,
    Passage,
    Polarity,
    Proposition,
    Reading,
    Timex,
    Unread,
)
from consilience.wording import language_name, printable, say_quantity

T = TypeVar("T")

WIDTH_MIN = 40
_LABEL_CELLS = 10
_STEP = "  "
# Longer contents are shown by both their ends; the words themselves stand in the text above.
_SHOWN_CHARS, _HEAD_CHARS, _TAIL_CHARS = 180, 100, 60


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `layer` says what it shows: "document", "text", "unread", or a layer's name."""

    layer: str
    label: str
    words: str

    def __str__(self) -> str:
        return (self.label + self.words).rstrip()


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch shown as one: a sentence with its number, or words that were not read."""

    passage: Passage
    number: int | None
    part: Part | None
    paragraph: int


def pretty(document: Document, reading: Reading, width_cells: int) -> Iterator[Line]:
    """The document paragraph by paragraph, beneath each sentence its layers, then the chains.

    Sentences, attributions (a1) and chains (#1) are numbered in the order of the text; a chain
    that is one nameless mention has no number.
    """
    page = _Page(document, reading, max(width_cells, WIDTH_MIN))
    yield from page.heading()
    yield from page.body()
    yield from page.chains()


class _Page:
    def __init__(self, document: Document, reading: Reading, width_cells: int) -> None:
        self._document, self._reading, self._width = document, reading, width_cells
        self._units = list(_units(document, reading))
        self._starts = [unit.passage.start for unit in self._units]
        self._members: dict[str, list[Mention]] = defaultdict(list)
        for mention in sorted(reading.mentions, key=lambda m: m.passage):
            self._members[mention.chain_id].append(mention)
        told = (c for c, found in self._members.items() if len(found) > 1 or found[0].named)
        self._chain_numbers = {chain: n for n, chain in enumerate(told, 1)}
        self._said = {a.id: f"a{n}" for n, a in enumerate(reading.attributions, 1)}

    def heading(self) -> Iterator[Line]:
        document = self._document
        yield Line("document", "", printable(document.name))
        yield Line("document", "", "=" * min(_cells(document.name), self._width))
        published = document.published
        told = {
            "title": document.title,
            "source": document.source,
            "author": document.author,
            "published": published and f"{published.value} ({document.published_basis})",
            "updated": document.updated and document.updated.value,
            "language": language_name(document.language),
            "repairs": str(len(document.repairs)) if document.repairs else None,
        }
        for label, words in told.items():
            if words:
                yield from self._entry("document", label, words, depth=0)
        for unread in document.unread:
            if unread.language == document.language:
                yield from self._unread(unread, 0)

    def body(self) -> Iterator[Line]:
        mentions = self._by_unit(self._reading.mentions, lambda m: m.passage)
        times = self._by_unit(self._reading.times, lambda t: t.passage)
        counts = self._by_unit(self._reading.quantities, lambda q: q.passage)
        said = self._by_unit(self._reading.attributions, _place_of)
        told = self._by_unit(self._reading.propositions, lambda p: p.predicate)
        stretches = [u for u in self._document.unread if u.language != self._document.language]
        unread = self._by_unit(stretches, lambda u: u.passage)
        paragraph, kind = 0, ""
        for i, unit in enumerate(self._units):
            if unit.paragraph != paragraph:
                paragraph = unit.paragraph
                yield Line("text", "", "")
            if unit.part is not None and unit.part.kind is not kind:
                kind = unit.part.kind
                yield Line("document", "", f"[{kind}]")
            for stretch in unread[i] if unit.number is not None else ():
                yield from self._unread(stretch, 0)
            yield from self._text(unit)
            yield from self._mentions(mentions[i])
            for timex in times[i]:
                yield from self._time(timex)
            for count in counts[i]:
                yield from self._count(count)
            yield from self._attributions(said[i], unit)
            for proposition in told[i]:
                yield from self._proposition(proposition)

    def chains(self) -> Iterator[Line]:
        if not self._chain_numbers:
            return
        yield Line("text", "", "")
        yield Line("document", "", "[chains]")
        for chain, number in self._chain_numbers.items():
            members: dict[str, list[int]] = {}
            for mention in self._members[chain]:
                unit = self._units[self._at(mention.passage)]
                members.setdefault(self._words(mention.passage), []).append(unit.number or 0)
            said = (f"{w} ({', '.join(map(str, _once(ns)))})" for w, ns in members.items())
            kinds = "/".join(_once(m.kind.value for m in self._members[chain]))
            yield from self._entry("mentions", f"#{number}", f"{kinds}: {' · '.join(said)}", 0)

    def _text(self, unit: _Unit) -> Iterator[Line]:
        words = self._words(unit.passage)
        if unit.number is None:
            yield from self._entry("unread", "not read", words, depth=0)
        else:
            yield from _filled("text", f"{unit.number:>4}  ", words, self._width)

    def _unread(self, unread: Unread, depth: int) -> Iterator[Line]:
        why = "no prose" if unread.language is None else f"in {language_name(unread.language)}"
        yield from self._entry("unread", "not read", f"{', '.join(unread.layers)}: {why}", depth)

    def _mentions(self, mentions: Sequence[Mention]) -> Iterator[Line]:
        shown = []
        for mention in mentions:
            title = f"({_line(mention.title)}) " if mention.title else ""
            words = f"{title}{self._words(mention.passage)}{self._chain(mention.chain_id)}"
            shown.append(f"{words} {mention.kind}")
        if shown:
            yield from self._entry("mentions", "mentions", " · ".join(shown))

    def _time(self, timex: Timex) -> Iterator[Line]:
        words = f"“{self._words(timex.passage)}” {timex.type} {timex.when.value}"
        if timex.when.start is not None or timex.when.end is not None:
            words += f" [{_moment(timex.when.start)}, {_moment(timex.when.end)})"
        yield from self._entry("times", "time", words)

    def _count(self, count: Count) -> Iterator[Line]:
        unit = f" {count.quantity.unit}" if count.quantity.unit else ", unit unknown"
        words = f"“{self._words(count.passage)}” {say_quantity(count.quantity)}{unit}"
        if count.of is not None:
            words += f", of “{self._words(count.of)}”"
        yield from self._entry("quantities", "count", words)

    def _attributions(self, found: Sequence[Attribution], unit: _Unit) -> Iterator[Line]:
        here = {a.id for a in found}
        inside: dict[str | None, list[Attribution]] = defaultdict(list)
        for attribution in found:
            outer = attribution.within_id
            inside[outer if outer in here else None].append(attribution)
        waiting = [(attribution, 1) for attribution in reversed(inside[None])]
        while waiting:
            attribution, depth = waiting.pop()
            yield from self._attribution(attribution, unit, depth, here)
            waiting += [(inner, depth + 1) for inner in reversed(inside[attribution.id])]

    def _attribution(
        self, attribution: Attribution, unit: _Unit, depth: int, here: set[str]
    ) -> Iterator[Line]:
        source = " … ".join(self._words(p) for p in attribution.source) or "nobody named"
        source += self._chain(attribution.speaker_id)
        how = f"{attribution.stance}{', direct' if attribution.direct else ''}"
        content = _both_ends(" … ".join(self._words(p) for p in attribution.content))
        words = f"{self._said[attribution.id]} {source} – {how} – “{content}”"
        if attribution.cue:
            words += f" (cue: {' … '.join(self._words(p) for p in attribution.cue)})"
        outside = self._numbers(attribution.content)
        if outside and outside != [unit.number]:
            words += f" (sentence {_span(outside)})"
        if attribution.within_id is not None and attribution.within_id not in here:
            words += f" (inside {self._said.get(attribution.within_id, '?')})"
        yield from self._entry("attributions", "said", words, depth)

    def _proposition(self, proposition: Proposition) -> Iterator[Line]:
        words = (
            f"{proposition.sense or proposition.lemma} “{self._words(proposition.predicate)}”"
            f" – {proposition.factuality.value.replace('_', ' ')}"
        )
        if proposition.polarity is Polarity.NEGATIVE:
            words += ", negated"
        if proposition.factuality_cue is not None:
            words += f" (“{self._words(proposition.factuality_cue)}”)"
        if proposition.when is not None:
            words += f" – {proposition.when.value}"
        if proposition.attribution_id is not None:
            words += f" – {self._said.get(proposition.attribution_id, '?')}"
        yield from self._entry("propositions", "claim", words)
        roles = [
            f"{a.role} “{self._words(a.passage)}”{self._chain(a.chain_id)}"
            for a in proposition.arguments
        ]
        if roles:
            yield from self._entry("propositions", "", " · ".join(roles), depth=2)

    def _chain(self, chain_id: str | None) -> str:
        number = None if chain_id is None else self._chain_numbers.get(chain_id)
        return "" if number is None else f" #{number}"

    def _numbers(self, passages: Sequence[Passage]) -> list[int]:
        """The numbers of the sentences that hold the passages."""
        found = []
        for passage in passages:
            first = self._at(passage)
            last = bisect_left(self._starts, passage.end, lo=first)
            found += [n for u in self._units[first:last] if (n := u.number) is not None]
        return _once(found)

    def _by_unit(self, items: Iterable[T], place: Callable[[T], Passage]) -> dict[int, list[T]]:
        found: dict[int, list[T]] = defaultdict(list)
        for item in sorted(items, key=place):
            found[self._at(place(item))].append(item)
        return found

    def _at(self, passage: Passage) -> int:
        return max(bisect_right(self._starts, passage.start) - 1, 0)

    def _words(self, passage: Passage) -> str:
        return _line(self._document.text[passage.start : passage.end])

    def _entry(self, layer: str, label: str, words: str, depth: int = 1) -> Iterator[Line]:
        margin = 6 if depth else 0
        first = " " * margin + label.ljust(_LABEL_CELLS) + _STEP * max(depth - 1, 0)
        return _filled(layer, first, _line(words), self._width)


def _units(document: Document, reading: Reading) -> Iterator[_Unit]:
    """The sentences in text order and, by paragraphs, the words between them."""
    parts = sorted(document.parts, key=lambda part: part.passage)
    starts = [part.passage.start for part in parts]
    paragraph, end = 1, 0
    pieces: list[tuple[int, int, int | None]] = []
    for number, sentence in enumerate(sorted(reading.sentences), 1):
        pieces += [(a, b, None) for a, b in _stretches(document.text, end, sentence.start)]
        pieces.append((sentence.start, sentence.end, number))
        end = max(end, sentence.end)
    pieces += [(a, b, None) for a, b in _stretches(document.text, end, len(document.text))]
    end = 0
    for start, stop, told in pieces:
        paragraph += end > 0 and document.text.count("\n", end, start) > 1
        at = bisect_right(starts, start) - 1
        part = parts[at] if at >= 0 and start < parts[at].passage.end else None
        yield _Unit(Passage(document.id, start, stop), told, part, paragraph)
        end = stop


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of lines that hold a letter or figure, without the white space around them."""
    at = start
    for line in text[start:end].splitlines(keepends=True):
        if any(c.isalnum() for c in line):
            first = at + len(line) - len(line.lstrip())
            yield first, first + len(line.strip())
        at += len(line)


def _place_of(attribution: Attribution) -> Passage:
    return (attribution.cue or attribution.content)[0]


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return "open"
    said = moment.isoformat()
    return said[:10] if said[11:16] == "00:00" else said[:16]


def _both_ends(words: str) -> str:
    if len(words) <= _SHOWN_CHARS:
        return words
    head = words[:_HEAD_CHARS].rsplit(" ", 1)[0]
    return f"{head} … {words[-_TAIL_CHARS:].split(' ', 1)[-1]}"


def _span(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _once(items: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(items))


def _line(words: str) -> str:
    return printable(" ".join(words.split()))


def _filled(layer: str, label: str, words: str, width_cells: int) -> Iterator[Line]:
    """The words in lines of at most `width_cells`, later ones hanging under the first."""
    room = max(width_cells - _cells(label), WIDTH_MIN // 2)
    hanging = " " * _cells(label)
    for number, row in enumerate(_rows(words, room)):
        yield Line(layer, hanging if number else label, row)


def _rows(words: str, room: int) -> Iterator[str]:
    row, used = "", 0
    for word in words.split(" "):
        size = _cells(word)
        if row and used + 1 + size > room:
            yield row
            row, used = "", 0
        if size > room:
            *full, word = _broken(word, room)
            yield from full
            size = _cells(word)
        row, used = (f"{row} {word}", used + 1 + size) if row else (word, size)
    yield row


def _broken(word: str, room: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for character in word:
        size = _cells(character)
        if piece and used + size > room:
            pieces.append(piece)
            piece, used = "", 0
        piece, used = piece + character, used + size
    return [*pieces, piece]


def _cells(words: str) -> int:
    """The columns that words take on a terminal."""
    if words.isascii():
        return len(words)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in words
    )
