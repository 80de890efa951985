"""Streams of documents of many events, as long as one likes; all of it invented.

Each event is that of bench.stories under names and days of its own: wires whose tolls rise, copies
and rewrites of them, own reports, follow-ups months later; some figures are wrong. It is told by
one to forty pages of 60 to 400 words, most by few. All events are of one kind, which is the
hardest for telling them apart. In a second kind of stream one event holds half of all documents; in
a third, as in a war, events are told by up to 120 pages and have a third of their names in common.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bench.stories import BROKE, TOWNS, Story, lines, story_of

_SEED = 11
_SIZES = (1, 1, 1, 2, 2, 3, 3, 4, 5, 7, 12, 40)
_SIZES_OF_WAR = (1, 2, 3, 5, 12, 40, 80, 120)
_SHARED_IN_WAR = 1 / 3
_KINDS = {"copy": 25, "rewrite": 20, "own": 30, "wire": 15, "later": 10}
_WORDS = 60, 400
_DOCUMENTS_A_DAY = 60
_COVERED_DAYS = 10
_GREAT_DAYS = 21  # so long half of all documents tell of one event
_SYLLABLES = "ba de fi go lu ma ne pi ro su ta ve xo ya zu kel dor mir san tol var wen".split()
_NAME = re.compile(r"[^\W\d_]+")


class Kind(StrEnum):
    MANY = "many"
    HALF = "half"
    WAR = "war"


@dataclass(slots=True)
class _Event:
    number: int
    begun: date
    own: dict[str, str]
    left: int
    wires: list[Story] = field(default_factory=list)


def stream(n: int, kind: Kind = Kind.MANY) -> Iterator[tuple[dict[str, str], int]]:
    """`n` documents as JSON Lines have them, each with the number of its event.

    Several events are under way at a time, as in the news.
    """
    rng = random.Random(_SEED)  # noqa: S311
    known = _known()
    great = _Event(-1, BROKE, _own_names(rng, known), n)
    sizes = _SIZES_OF_WAR if kind is Kind.WAR else _SIZES
    shared = _SHARED_IN_WAR if kind is Kind.WAR else 0.0
    under_way: list[_Event] = []
    n_events = 0
    for i in range(n):
        day = BROKE + timedelta(7 * (i // (7 * _DOCUMENTS_A_DAY)))  # a Tuesday, as the story wants
        if kind is Kind.HALF and i % 2:
            yield _document(i, great, (i * _GREAT_DAYS) // n, rng), great.number
            continue
        while len(under_way) < 20:
            n_events += 1
            size = rng.choice(sizes)
            own = _own_names(rng, known)
            if shared:
                own |= {name: great.own[name] for name in known if rng.random() < shared}
            under_way.append(_Event(n_events, day, own, size))
        event = rng.choice(under_way)
        event.left -= 1
        if event.left == 0:
            under_way.remove(event)
        yield _document(i, event, rng.randint(0, _COVERED_DAYS), rng), event.number


def line(document: dict[str, str]) -> str:
    return json.dumps(document, ensure_ascii=False) + "\n"


def _document(number: int, event: _Event, days: int, rng: random.Random) -> dict[str, str]:
    kinds = list(_KINDS) if event.wires else ["wire", "own"]
    (kind,) = rng.choices(kinds, [_KINDS[kind] for kind in kinds])
    told = story_of(kind, BROKE + timedelta(days), event.wires[-6:], rng)
    if kind == "wire":
        event.wires.append(told)
        del event.wires[:-6]
    text = _NAME.sub(lambda found: event.own.get(found[0], found[0]), _cut(told, rng))
    title = _NAME.sub(lambda found: event.own.get(found[0], found[0]), told.title)
    published = event.begun + (told.day - BROKE)
    return {
        "id": f"d{number:08}", "title": title, "source": told.outlet, "text": text,
        "published": published.isoformat(),
    }  # fmt: skip


def _cut(told: Story, rng: random.Random) -> str:
    """The story in paragraphs, up to a length of its own."""
    room = rng.randint(*_WORDS)
    kept: list[str] = []
    for sentence in told.lines:
        room -= len(sentence.split())
        if room < 0 and kept:
            break
        kept.append(sentence)
    return "\n\n".join(" ".join(kept[i : i + 2]) for i in range(0, len(kept), 2))


def _known() -> list[str]:
    """The names that each event has others for: of people, places, firms."""
    pools = " ".join(one for pool in lines().values() for one in pool)
    names = set(re.findall(r"(?<=[a-z,] )[A-Z][^\W\d_]+", pools)) | {
        w for t in TOWNS for w in t.split()
    }
    names |= set("Quiroga Teresa Lucía Paz Montero Ileana Godoy Samuel Okafor Hugo Brandt".split())
    names |= set("Clara Bustos Dario Larrea Valdoro Candelaria Isidro".split())
    return sorted(names - set("January February March November Mining Group Institute".split()))


def _own_names(rng: random.Random, known: list[str]) -> dict[str, str]:
    return {word: "".join(rng.choices(_SYLLABLES, k=3)).title() for word in known}
