"""What "that day" and "two days later" lean on: the times a page spoke of last."""

import re

from consilience.read.timex_page import DAY, Found
from consilience.records import TimexType, When
from consilience.relative import resolve, value_at

_GRANULES = {
    "day": DAY,
    "week": re.compile(r"\d{4}-W\d\d|XXXX-WXX"),
    "weekend": re.compile(r"(?:\d{4}-W\d\d|XXXX-WXX)-WE"),
    "month": re.compile(r"(?:\d{4}|XXXX)-\d\d|XXXX-XX"),
    "quarter": re.compile(r"(?:\d{4}|XXXX)-Q[1-4X]"),
    "year": re.compile(r"\d{4}|XXXX"),
}


_THIS = {"week": "weeks:0", "month": "months:0", "quarter": "quarters:-1", "year": "years:0"}
_COUNTED_OFFSET = re.compile(r"(?:days|weeks|months|quarters|years|decades):-?[1-9]")
_LEANS_ON = {"weeks": "day", "months": "month", "years": "year", "quarters": "quarter"}


class Spoken:
    """The times last spoken of, apart for each anchor, since a quotation has its own."""

    def __init__(self) -> None:
        self._last: dict[tuple[When | None, str], str] = {}

    def hear(self, found: Found) -> None:
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
        if base is None and argument == "day" and (anchor, "any") in self._last:
            # "That night" of a month or a year told of before is none that we know.
            return f"={resolve(rest or 'days:0', None)}" + plus + suffix
        if base is None:
            return (rest or _THIS.get(unit, "days:0")) + plus + suffix
        return ";".join(filter(None, (base, rest))) + plus + suffix
