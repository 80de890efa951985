"""What a rule yields for the words it matched, and how months and weekdays are numbered."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from consilience.read.timex_words import (
    MONTHS,
    MONTHS_SPANISH,
    PARTS,
    WEEKDAYS,
    WEEKDAYS_SPANISH,
    compile_words,
)
from consilience.records import Mod, TimexType

DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET
Match = re.Match[str]


class Meaning(NamedTuple):
    """A TIMEX3 type and an expression of `dates.resolve`.

    Three things are left open for `times` to fill in: `?` stands for a direction that the tense of
    the verb chooses, a first step `ref` for the time last spoken of, and an expression that begins
    with `+` is a part of a day not named. `#05/06/2015` is a day whose order the page decides.
    """

    type: TimexType
    expression: str


@dataclass(frozen=True)
class Rule:
    """Words as `compile_words` takes them, compiled when first needed: there are many rules, and
    a run that reads nothing should not wait for them."""

    words: str
    meaning: Callable[[Match], Meaning | None]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return compile_words(self.words)


def month_number(name: str) -> int:
    lower = name.lower().rstrip(".")
    return MONTHS_SPANISH.get(lower) or MONTHS[lower[:3]]


def weekday_number(name: str) -> int:
    lower = name.lower().rstrip(".")
    return WEEKDAYS_SPANISH.get(lower) or WEEKDAYS[lower[:3]]


def day_number(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def caught(match: Match, group: str) -> str | None:
    return match.groupdict().get(group)


def part_suffix(part: str) -> str:
    return f"+T{PARTS[part.lower().replace(' ', '-')]}"


def typed(expression: str) -> Meaning:
    return Meaning(TIME if "+T" in expression else DATE, expression)


_WHICH_END = (
    (Mod.START, r"early|earlier|the start of|the beginning of|small hours|principios|comienzos"
                r"|inicios"),
    (Mod.MID, r"mid|middle|the middle of|mediados"),
    (Mod.END, r"late|later|the end of|finales|fines"),
)  # fmt: skip
_HOW_EXACTLY = (
    (Mod.EQUAL_OR_LESS, r"no more than|up to|at most|as long as|as many as|hasta"),
    (Mod.EQUAL_OR_MORE, r"no less than|at least|al menos|por lo menos"),
    (Mod.MORE_THAN, r"(?:just |well )?(?:over|more than)|más de"),
    (Mod.LESS_THAN, r"(?:just )?under|(?:less|fewer) than|nearly|almost|menos de|casi"),
    (Mod.APPROX, r"about|around|roughly|approximately|some|unos|unas|cerca de"),
)
_END_WORDS = [
    (mod, re.compile(rf"(?i)\b(?:{words})(?=[\s-]\w)".replace(" ", r"\s+")))
    for mod, words in _WHICH_END
] + [(Mod.START, re.compile(r"(?i)\bmadrugada\b"))]
_EXACT_WORDS = [
    (mod, re.compile(rf"(?i)(?:{words})(?=\s)".replace(" ", r"\s+"))) for mod, words in _HOW_EXACTLY
]


def said_mod(words: str) -> Mod | None:
    """TIMEX3's mod, from the words of the expression.

    >>> said_mod("early next month"), said_mod("at least two days"), said_mod("two days earlier")
    (<Mod.START: 'START'>, <Mod.EQUAL_OR_MORE: 'EQUAL_OR_MORE'>, None)
    """
    exact = next((mod for mod, pattern in _EXACT_WORDS if pattern.match(words)), None)
    return exact or next((mod for mod, pattern in _END_WORDS if pattern.search(words)), None)
