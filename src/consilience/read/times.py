"""Time expressions as TIMEX3, each anchored to the day its words were written."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from consilience.dates import when_of
from consilience.lexicon import load_table
from consilience.read.encoder import Parse
from consilience.read.tense import Tense, happened_then, tense_of, tense_spanish
from consilience.read.timex_doubts import is_name_or_verb
from consilience.read.timex_events import counted, happening_at, lemmas_of, told_from
from consilience.read.timex_grammar import ALL_RULES, RULES
from consilience.read.timex_order import is_day_first, ordered
from consilience.read.timex_terms import Meaning, said_mod
from consilience.read.timex_words import ALL_STARTS, STARTS
from consilience.records import Document, Mod, PartKind, Passage, Timex, TimexType, When
from consilience.relative import resolve, value_at, worded, zoned
from consilience.zones import offset_minutes, zone_suffix

_NEAR_DAY = re.compile(r"days:-?\d")
_MARKS = re.compile(r'["“”]|\n\s*\n')
_PARAGRAPH = re.compile(r"\n\s*\n")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|XXXX-WXX-[1-7]|XXXX-\d\d-\d\d|XXXX-XX-XX")
_GRANULES = {
    "day": _DAY,
    "week": re.compile(r"\d{4}-W\d\d|XXXX-WXX"),
    "weekend": re.compile(r"(?:\d{4}-W\d\d|XXXX-WXX)-WE"),
    "month": re.compile(r"(?:\d{4}|XXXX)-\d\d|XXXX-XX"),
    "quarter": re.compile(r"(?:\d{4}|XXXX)-Q[1-4X]"),
    "year": re.compile(r"\d{4}|XXXX"),
}


@dataclass(frozen=True, slots=True)
class _Found:
    """A time where it stands; `chain` is its expression without the part of the day."""

    start: int
    end: int
    type: TimexType
    expression: str
    anchor: When | None
    paragraph: int
    sentence: int
    mod: Mod | None = None

    @property
    def chain(self) -> str:
        return self.expression.partition("+")[0]


def find_times(document: Document, parses: Sequence[Parse]) -> tuple[Timex, ...]:
    """The time expressions of a document in text order, TIMEX3 in type, extent and value.

    Words that depend on the day of writing are read from the day of the document, or of the
    comment they stand in; a quotation of another text has no such day unless it states one.
    """
    text = document.text
    page = _Page(document, parses)
    spoken = _Spoken()
    day_first = is_day_first(document)
    found: list[_Found] = []
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
        each = _Found(
            start, end, meaning.type, expression, anchor, page.paragraph(start), place.index, mod
        )
        spoken.hear(each)
        found.append(each)
    joined = _clocks_paired(text, list(_joined(_as_spoken(text, page, found))))
    return tuple(_timex(document, each) for each in _from_happenings(text, page, joined))


def _expressions(text: str, *, is_english: bool = True) -> Iterator[tuple[int, int, Meaning]]:
    """The longest expression at each place where one begins, left to right."""
    position = 0
    starting, rules = (STARTS, RULES) if is_english else (ALL_STARTS, ALL_RULES)
    while match := starting.search(text, position):
        best: tuple[int, Meaning] | None = None
        for rule in rules:
            hit = rule.pattern.match(text, match.start())
            if hit is None or (best and hit.end() <= best[0]) or not _ends_word(text, hit.end()):
                continue
            meaning = rule.meaning(hit)
            if meaning is not None:
                best = hit.end(), meaning
        if best is None:
            position = match.end()
        else:
            yield match.start(), best[0], best[1]
            position = best[0]


def time_spans(text: str) -> list[tuple[int, int]]:
    """Where in a sentence words of time stand, names and verbs that look like them left out."""
    return [
        (start, end)
        for start, end, _ in _expressions(text, is_english=False)
        if not is_name_or_verb(text, start, end, (None, range(0)))
    ]


def _ends_word(text: str, end: int) -> bool:
    return end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())


class _Place:
    """A sentence, as far as it was parsed."""

    def __init__(self, index: int, parse: Parse | None) -> None:
        self.index = index
        self._parse = parse
        self._starts = [word.start for word in parse.words] if parse else []

    def words(self, start: int, end: int) -> tuple[Parse | None, range]:
        first = max(bisect_right(self._starts, start) - 1, 0)
        last = max(bisect_right(self._starts, end - 1), first)
        return self._parse, range(first, last)

    def tense(self, start: int) -> Tense:
        if self._parse is None or not self._starts:
            return Tense.NONE
        return tense_of(self._parse, max(bisect_right(self._starts, start) - 1, 0))

    def tense_spanish(self, text: str, start: int) -> Tense:
        if self._parse is None:
            return Tense.NONE
        sentence = text[self._parse.start : self._parse.end]
        return tense_spanish(sentence, start - self._parse.start)

    def happened_then(self, start: int) -> bool:
        """Whether the time at `start` is when a verb in the past tense was done."""
        if self._parse is None or not self._starts:
            return False
        return happened_then(self._parse, max(bisect_right(self._starts, start) - 1, 0))

    def verb(self, start: int) -> str:
        """The lemma of the verb that the word at `start` hangs from; empty where there is none."""
        words = self._parse.words if self._parse else ()
        i = bisect_right(self._starts, start) - 1
        for _ in words:
            if i < 0 or words[i].upos == "VERB":
                break
            i = words[i].head
        return words[i].lemma if 0 <= i < len(words) else ""


# What is no happening of which a page tells the time elsewhere.
_NO_HAPPENING = frozenset("that this it which being have be do year day week month hour".split())


def _hangs(parse: Parse, start: int, word: int) -> bool:
    """Whether the time at `start` is part of the phrase of `word`: "Monday's blast"."""
    i = bisect_right([w.start for w in parse.words], start) - 1
    for _ in range(_PHRASE_STEPS):
        if i == word:
            return True
        if i < 0:
            return False
        i = parse.words[i].head
    return False


_PHRASE_STEPS = 4


class _Page:
    """Which sentence, paragraph and anchor belong to an offset of a document."""

    def __init__(self, document: Document, parses: Sequence[Parse]) -> None:
        self._document = document
        self.is_english = document.language == "en" and not any(
            u.language == "es" for u in document.unread
        )
        self._parses = sorted(parses, key=lambda parse: parse.start)
        self._starts = [parse.start for parse in self._parses]
        self._breaks = [match.start() for match in _PARAGRAPH.finditer(document.text)]
        self._parts = sorted(
            (part for part in document.parts if part.kind in (PartKind.COMMENT, PartKind.QUOTED)),
            key=lambda part: part.passage.start,
        )
        self._labels = sorted(
            (part for part in document.parts if part.kind in (PartKind.HEADLINE, PartKind.CAPTION)),
            key=lambda part: part.passage.start,
        )
        self._label_starts = [part.passage.start for part in self._labels]
        self._part_starts = [part.passage.start for part in self._parts]
        self._lemmas: Mapping[str, list[int]] | None = None

    def place(self, offset: int) -> _Place:
        i = bisect_right(self._starts, offset) - 1
        inside = i >= 0 and offset < self._parses[i].end
        return _Place(i, self._parses[i] if inside else None)

    def paragraph(self, offset: int) -> int:
        return bisect_right(self._breaks, offset)

    def is_label(self, offset: int) -> bool:
        """Whether the offset lies in a headline or a caption."""
        i = bisect_right(self._label_starts, offset) - 1
        return i >= 0 and offset < self._labels[i].passage.end

    def tense(self, place: _Place, start: int) -> Tense:
        if self._document.language == "es":
            return place.tense_spanish(self._document.text, start)
        tense = place.tense(start)
        # Headlines and captions tell in the present what is past.
        return Tense.PAST if tense is Tense.PRESENT and self.is_label(start) else tense

    def time_of_happening(
        self, offset: int, told: _Found, days: Mapping[int, Sequence[_Found]]
    ) -> _Found | None:
        """The time that the page gives for the happening named from `offset` on.

        One in the same phrase goes first, then that of the nearest sentence before that tells of
        the same word with one time, then of the nearest after.
        """
        parse, _ = self.place(offset).words(offset, offset + 1)
        named = happening_at(parse, offset)
        if parse is None or named is None:
            return None
        word, lemma = named
        for each in days.get(told.sentence, ()):
            if each is not told and each.start >= offset and _hangs(parse, each.start, word):
                return each
        if lemma in _NO_HAPPENING:
            return None
        if self._lemmas is None:
            self._lemmas = lemmas_of(self._parses)
        for n in sorted(
            self._lemmas.get(lemma, ()), key=lambda n: (n > told.sentence, abs(n - told.sentence))
        ):
            own = [d for d in days.get(n, ()) if d.anchor == told.anchor]
            if n != told.sentence and len({d.chain for d in own}) == 1:
                return max(own, key=lambda d: len(d.expression))
        return None

    def anchor(self, offset: int) -> When | None:
        i = bisect_right(self._part_starts, offset) - 1
        if i >= 0 and offset < self._parts[i].passage.end:
            part = self._parts[i]
            if part.published is not None or part.kind is PartKind.QUOTED:
                return part.published
        return self._document.published


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


def _as_spoken(text: str, page: "_Page", found: Sequence[_Found]) -> list[_Found]:
    """Read "today" within quotation marks from the day on which it is said to have been spoken."""
    quoted = _quoted(text)
    starts = [start for start, _ in quoted]

    def quotation(each: _Found) -> tuple[int, int] | None:
        i = bisect_right(starts, each.start) - 1
        return quoted[i] if i >= 0 and each.start < quoted[i][1] else None

    spoken: dict[int, _Found] = {}
    for each in found:
        if _is_day(each) and quotation(each) is None:
            verb = page.place(each.start).verb(each.start)
            if verb in load_table("reporting_verbs"):
                spoken.setdefault(each.sentence, each)
    read = []
    for each in found:
        within = quotation(each) if _NEAR_DAY.fullmatch(each.chain) else None
        if within is not None:
            told = (page.place(offset).index for offset in (within[1], within[0]))
            day = next((spoken[i] for i in told if i in spoken), None)
            if day is not None and day.anchor == each.anchor:
                each = replace(each, expression=f"{day.chain};{each.expression}")
        read.append(each)
    return read


def _quoted(text: str) -> list[tuple[int, int]]:
    """What stands in double quotation marks, each pair within one paragraph."""
    pairs, opened = [], -1
    for match in _MARKS.finditer(text):
        if match[0] in ('"', "”") and opened >= 0:
            pairs.append((opened, match.start()))
            opened = -1
        else:
            opened = match.start() if match[0] in ('"', "“") else -1
    return pairs


_THIS = {"week": "weeks:0", "month": "months:0", "quarter": "quarters:-1", "year": "years:0"}
_COUNTED_OFFSET = re.compile(r"(?:days|weeks|months|quarters|years|decades):-?[1-9]")
_LEANS_ON = {"weeks": "day", "months": "month", "years": "year", "quarters": "quarter"}


class _Spoken:
    """The times last spoken of, apart for each anchor, since a quotation has its own."""

    def __init__(self) -> None:
        self._last: dict[tuple[When | None, str], str] = {}

    def hear(self, found: _Found) -> None:
        if found.type in (TimexType.DURATION, TimexType.SET) or found.expression[0] == "+":
            return
        if ";shift:" in found.chain:
            # "Sales fell from a year earlier": the story goes on with this year's.
            return
        value = value_at(found.chain, found.anchor)
        for unit, pattern in _GRANULES.items():
            if pattern.fullmatch(value):
                self._last[found.anchor, unit] = found.chain
                self._last[found.anchor, "any"] = found.chain

    def referred(self, expression: str, anchor: When | None) -> str:
        """The expression with the time last spoken of filled in where the words lean on it."""
        chain, plus, suffix = expression.partition("+")
        head, _, rest = chain.partition(";")
        if not head.startswith("ref"):
            return expression
        name, _, argument = head.partition(":")
        if name == "refyear":
            last = self._last.get((anchor, "quarter"))
            if last is not None and last == self._last.get((anchor, "any")):
                return f"{last};shift:{argument}"
            return f"years:{argument}"
        unit = argument or _LEANS_ON.get(rest.partition(":")[0], "day")
        base = self._last.get((anchor, unit))
        if base is None and _COUNTED_OFFSET.match(rest):
            # "Three weeks later" than what nobody said is no time we know.
            return f"={resolve(rest, None)}" + plus + suffix
        if base is None:
            return (rest or _THIS.get(unit, "days:0")) + plus + suffix
        return ";".join(filter(None, (base, rest))) + plus + suffix


def _joined(found: Sequence[_Found]) -> Iterator[_Found]:
    """Give a clock time the day of its sentence, of its paragraph, or the only day there is."""
    by_sentence: dict[tuple[When | None, int], list[_Found]] = defaultdict(list)
    chains: dict[When | None, set[str]] = defaultdict(set)
    for each in found:
        if _is_day(each):
            by_sentence[each.anchor, each.sentence].append(each)
            chains[each.anchor].add(each.chain)
    last: dict[tuple[When | None, int], str] = {}
    for each in found:
        if _is_day(each):
            last[each.anchor, each.paragraph] = each.chain
        if not each.expression.startswith("+"):
            yield each
            continue
        own = by_sentence.get((each.anchor, each.sentence)) if each.sentence >= 0 else None
        only = chains[each.anchor]
        if own:
            day: str | None = min(own, key=lambda d: (abs(d.start - each.start), d.start)).chain
        elif (each.anchor, each.paragraph) in last:
            day = last[each.anchor, each.paragraph]
        else:
            day = next(iter(only)) if len(only) == 1 else None
        if day is not None:
            yield replace(each, expression=day + each.expression)
        elif each.expression[2].isdigit():
            yield each


_ZONED = re.compile(r"\+T(\d\d):(\d\d)@([A-Z]+)")
_CLOCK = re.compile(r"(.*)\+T(\d\d):(\d\d)")


def _clocks_paired(text: str, found: list[_Found]) -> list[_Found]:
    """ "9:30 p.m. (1930 GMT)": the second clock gives the first its zone, the first it the day."""
    for i, (one, other) in enumerate(pairwise(found)):
        local, beside = _CLOCK.fullmatch(one.expression), _ZONED.search(other.expression)
        between = text[one.end : other.start]
        if local is None or beside is None or between.strip() not in ("(", "/", ", or"):
            continue
        known = offset_minutes(beside[3], None)
        if known is None or other.type is not TimexType.TIME:
            continue
        there = int(beside[1]) * 60 + int(beside[2]) - known
        ahead = int(local[2]) * 60 + int(local[3]) - there
        # The day of the zone's clock is the one that makes the two differ least.
        days = -1 if ahead < -720 else 1 if ahead > 840 else 0
        ahead -= 1440 * days
        found[i] = replace(one, expression=f"{one.expression}@{_offset(ahead)}")
        if local[1]:
            shift = f";days:{days}" if days else ""
            found[i + 1] = replace(other, expression=f"{local[1]}{shift}{beside[0]}")
    return found


def _offset(minutes: int) -> str:
    return zone_suffix(minutes) if minutes else "GMT"


def _from_happenings(text: str, page: "_Page", found: Sequence[_Found]) -> Iterator[_Found]:
    """Lengths and days told from a happening, counted from the time the page gives for it."""
    days: dict[int, list[_Found]] = defaultdict(list)
    for each in found:
        if _is_day(each):
            days[each.sentence].append(each)
    for each in found:
        told = told_from(text, each.end)
        length = counted(each.expression)
        beside = _BESIDE.fullmatch(text[each.start : each.end]) if length is None else None
        if beside is not None:
            sign = ">" if beside[1].lower() == "after" else "<"
            told, length = (each.end, sign), "P1D"
        if told is None or length is None or each.sentence < 0:
            yield each
            continue
        base = page.time_of_happening(told[0], each, days)
        if beside is None:
            expression = f"{base.expression}{told[1]}{length}" if base else each.expression
            yield replace(each, expression=expression)
        elif base is not None:
            n = 1 if told[1] == ">" else -1
            yield replace(each, expression=f"{base.chain};days:{n}", anchor=base.anchor)
        else:
            yield each


_BESIDE = re.compile(r"the\s+day\s+(after|before)", re.IGNORECASE)


def _is_day(found: _Found) -> bool:
    return (
        found.type in (TimexType.DATE, TimexType.TIME)
        and not found.expression.startswith("+")
        and bool(_DAY.fullmatch(value_at(found.chain, found.anchor)))
    )


def _timex(document: Document, found: _Found) -> Timex:
    passage = Passage(document.id, found.start, found.end)
    text = document.text[found.start : found.end]
    if found.expression.startswith("+"):
        return Timex(passage, found.type, when_of(zoned(found.expression[1:]), text, found.mod))
    is_absolute = found.expression.startswith("=") and "weekday" not in found.expression
    said = When(None, None, "", text, found.mod)
    if is_length := _COUNTED_LENGTH.search(found.expression):
        said = replace(said, value=is_length[1])
    when = worded(found.expression, said, found.anchor)
    return Timex(passage, found.type, when, None if is_absolute else found.expression)


_COUNTED_LENGTH = re.compile(r"[<>](P[T\d]+[A-Z])$")
