"""The invented texts of `evaluation/readings`: what a careful reader finds in each.

A file is written by hand, so nothing in it is an offset. Mentions of people and organisations
stand in the text: `[holm:Inspector Kaja Holm] told`, `[a:the ^head of [b:the office]]` where the
head is not the last word. Everything else quotes its words: a phrase that stands once in the
text, or `Holm |said|. “I` where only the words between the bars are meant; `^` marks the head.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

READINGS = Path(__file__).parent / "readings"

_MARKUP = re.compile(r"\[(\w+):|\^|\]")
_WORD = re.compile(r"[\w$]+(?:[.,:’'-]\w+)*")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the text and the head among them; offsets count characters."""

    start: int
    end: int
    head_start: int
    head_end: int


@dataclass(frozen=True, slots=True)
class GoldMention:
    span: Span
    chain: str


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """`direct` is None where that is not scored: a comment's author, a thought.

    What is optional counts neither as missed nor as made up.
    """

    id: str | None
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    speaker: str | None
    stances: tuple[str, ...]
    direct: bool | None
    within: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldProposition:
    """`arguments` maps a role, or roles that are equally right, to phrases that are.

    No phrases: the role is not scored for this predicate.
    """

    predicate: Span
    lemmas: tuple[str, ...]
    arguments: dict[str, tuple[Span, ...]]
    negative: bool
    factualities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldTime:
    span: Span
    values: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """`units` is empty where the unit is not scored."""

    span: Span
    low: float | None
    high: float | None
    comparator: str
    units: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldReading:
    name: str
    published: str
    text: str
    mentions: tuple[GoldMention, ...]
    attributions: tuple[GoldAttribution, ...]
    propositions: tuple[GoldProposition, ...]
    times: tuple[GoldTime, ...]
    quantities: tuple[GoldQuantity, ...]


def load_readings(folder: Path = READINGS) -> list[GoldReading]:
    """All readings, in the order of their names.

    Raises:
        ValueError: a phrase does not stand in its text, or stands there more than once.
    """
    return [
        parse_reading(json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.json"))
    ]


def parse_reading(held: dict[str, Any]) -> GoldReading:
    text, mentions = parse_mentions("\n\n".join(held["paragraphs"]))
    return GoldReading(
        name=held["name"],
        published=held["published"],
        text=text,
        mentions=mentions,
        attributions=tuple(_attribution(text, a) for a in held["attributions"]),
        propositions=tuple(_proposition(text, p) for p in held["propositions"]),
        times=tuple(
            GoldTime(locate(text, t["text"]), _choices(t["value"]), t.get("optional", False))
            for t in held["times"]
        ),
        quantities=tuple(
            GoldQuantity(
                locate(text, q["text"]),
                q["low"],
                q["high"],
                q["comparator"],
                _choices(q["unit"]),
                q.get("optional", False),
            )
            for q in held["quantities"]
        ),
    )


def _attribution(text: str, held: dict[str, Any]) -> GoldAttribution:
    return GoldAttribution(
        id=held.get("id"),
        source=None if held["source"] is None else locate(text, held["source"]),
        cue=locate(text, held["cue"]) if "cue" in held else None,
        content=tuple(locate(text, piece) for piece in held["content"]),
        speaker=held["speaker"],
        stances=_choices(held["stance"]),
        direct=held["direct"],
        within=held.get("within"),
        optional=held.get("optional", False),
    )


def _proposition(text: str, held: dict[str, Any]) -> GoldProposition:
    arguments = {}
    for role, phrases in held["arguments"].items():
        listed = [phrases] if isinstance(phrases, str) else phrases or []
        arguments[role] = tuple(locate(text, phrase) for phrase in listed)
    return GoldProposition(
        predicate=locate(text, held["predicate"]),
        lemmas=_choices(held["lemma"]),
        arguments=arguments,
        negative=held["polarity"] == "negative",
        factualities=_choices(held["factuality"]),
    )


def _choices(written: str | None) -> tuple[str, ...]:
    return tuple(written.split("|")) if written else ()


def parse_mentions(marked: str) -> tuple[str, tuple[GoldMention, ...]]:
    """The text without its marks, and what they mark, in the order of their ends.

    >>> text, mentions = parse_mentions("[a:The ^head of [b:the office]] left.")
    >>> text, [(m.chain, text[m.span.head_start : m.span.head_end]) for m in mentions]
    ('The head of the office left.', [('b', 'office'), ('a', 'head')])
    """
    pieces: list[str] = []
    length = at = 0
    begun: list[tuple[str, int, int | None]] = []
    found: list[tuple[str, int, int, int | None]] = []
    for mark in _MARKUP.finditer(marked):
        pieces.append(marked[at : mark.start()])
        length += len(pieces[-1])
        at = mark.end()
        if mark[1]:
            begun.append((mark[1], length, None))
        elif mark[0] == "^":
            begun[-1] = (*begun[-1][:2], length)
        else:
            chain, start, head = begun.pop()
            found.append((chain, start, length, head))
    pieces.append(marked[at:])
    text = "".join(pieces)
    return text, tuple(GoldMention(_span(text, s, e, h), chain) for chain, s, e, h in found)


def locate(text: str, phrase: str) -> Span:
    """Where `phrase` stands in `text`.

    Raises:
        ValueError: nowhere, or more than once.

    >>> locate("He said she said no.", "she |said|")
    Span(start=12, end=16, head_start=12, head_end=16)
    """
    before, target, after = phrase.split("|") if "|" in phrase else ("", phrase, "")
    head = target.index("^") if "^" in target else None
    target = target.replace("^", "")
    whole = re.escape(before + target + after)
    found = [m.start() for m in re.finditer(rf"(?<!\w){whole}(?!\w)", text)]
    if len(found) != 1:
        raise ValueError(f"{phrase!r} stands {len(found)} times in the text; give it more context")
    start = found[0] + len(before)
    return _span(text, start, start + len(target), None if head is None else start + head)


def _span(text: str, start: int, end: int, head: int | None) -> Span:
    """The head is the word at `head`, else the last one; of a name, all its capitalised words."""
    words = [m.span() for m in _WORD.finditer(text, start, end)]
    if not words:
        return Span(start, end, start, end)
    first = last = next((i for i, w in enumerate(words) if w[0] == head), len(words) - 1)
    capital = [text[a].isupper() for a, _ in words]
    if capital[first]:
        while first and capital[first - 1] and head is None:
            first -= 1
        while last + 1 < len(words) and capital[last + 1]:
            last += 1
    return Span(start, end, words[first][0], words[last][1])
