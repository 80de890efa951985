"""Facts changed in one document of a case: what `evaluation.contradictions` looks for.

Each plant changes one fact wherever the document tells it, and only a fact that another document
tells alike: to a figure that no later report explains (lower in the latest document, higher in the
earliest; the injured only where two documents are of one day), to two days before, to another town
of the state, to another age or office of one person, to another number of some other thing. The
plants in invented cases are written by hand (`cases/planted.jsonl`).
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from consilience.gazetteer import GazetteerPlace, PlaceKind, distance_km, find_places
from consilience.ingest import Raw, list_inputs
from consilience.records import Failure

Given = dict[str, Any]
Change = Callable[[str], str]
SLOTS = ("killed", "injured", "when", "where", "age", "title", "count")
_CASES = Path(__file__).parent / "cases"
_FOLDERS = {"valdoro": Path(__file__).parent.parent / "examples" / "valdoro"}

_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_N = r"\d{1,2}|" + "|".join(_WORDS[1:])
_FIGURE = rf"(?P<n>{_N})"
_WHO = r"(?: (?:people|persons|men|women|others|victims|teens|adults|children))?"
_WAS = r"(?: (?:were|was|are|is|have been|had been))?"
_AFTER = {
    "killed": r"(?:shot and killed|killed|dead|died)",
    "injured": r"(?:injured|wounded|hurt)",
}
_BEFORE = {
    "killed": r"(?:killed|killing|kills)",
    "injured": r"(?:injured|injuring|wounded|wounding)",
}
_FIGURES = {
    slot: re.compile(
        rf"\b{_FIGURE}\b(?={_WHO}{_WAS} {_AFTER[slot]}\b)|(?<=\b)(?:{_BEFORE[slot]}) "
        rf"{_FIGURE.replace('<n>', '<m>')}\b",
        re.IGNORECASE,
    )
    for slot in _AFTER
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = re.compile(r"\b(?:" + "|".join(_DAYS) + r")\b")
_HAPPENED = re.compile(r"\b(?:shot|shooting|killed|wounded|died|opened fire|happened|occurred)\b")
_AGED = re.compile(r"\b(?P<name>[A-Z][a-z]+ [A-Z][a-z]+), (?P<n>[1-9]\d)(?=,|\.|;| was\b| who\b)")
_OFFICES = {
    "Police Chief": "Fire Chief",
    "Sheriff": "Mayor",
    "Mayor": "Sheriff",
    "District Attorney": "Mayor",
    "Governor": "Senator",
    "Gov.": "Sen.",
}
_TITLED = re.compile(r"\b(?P<title>" + "|".join(map(re.escape, _OFFICES)) + r") (?P<name>[A-Z]\w+)")
# What is counted besides people, with a word or two beside it to know it again by.
_COUNTED = re.compile(
    rf"\b(?P<n>{_N}) (?P<what>(?:shots|bullets|rounds|shell casings|casings|suspects|gunmen|guns"
    r"|handguns|apartments|houses|homes|vehicles|cars|officers|children|counts)\b(?: \w+)?)"
)
_TOWNS = (
    "Springfield", "Salem", "Franklin", "Clinton", "Madison", "Georgetown", "Auburn", "Greenville",
    "Fairview", "Bristol", "Clayton", "Milford", "Oxford", "Burlington", "Manchester", "Ashland",
    "Dover", "Hudson", "Kingston", "Newport", "Jackson", "Marion", "Lexington", "Arlington",
)  # fmt: skip
_FAR_KM = 40.0


@dataclass(frozen=True, slots=True)
class Plant:
    """A case with one fact of one page changed; `now` is what it says now."""

    slot: str
    now: str
    pages: tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Planted:
    """A case as it is, and with what can be planted into it."""

    name: str
    pages: tuple[Raw, ...]
    plants: tuple[Plant, ...]


def of_incident(incident: Given, documents: Sequence[Given]) -> Planted:
    """What can be planted into a case of GVA, one of each slot at most."""
    dated = sorted(documents, key=lambda d: (d["dct"] or "", d["doc"]))
    found: list[Plant] = []
    for slot, find in (
        ("killed", partial(_figure, slot="killed")),
        ("injured", partial(_figure, slot="injured")),
        ("when", partial(_day, day=incident["date"])),
        ("where", partial(_town, incident=incident)),
        ("age", _age),
        ("title", _title),
        ("count", _other_count),
    ):
        planted = find(dated)
        if planted is not None:
            target, change, now = planted
            made = {**target, "title": change(target["title"]), "text": change(target["text"])}
            pages = tuple(_raw(made if d is target else d) for d in documents)
            found.append(Plant(slot, now, pages))
    return Planted(incident["incident"], tuple(map(_raw, documents)), tuple(found))


def invented() -> Iterator[Planted]:
    """Our own cases, each with the plants written for it by hand."""
    by_case: dict[str, list[Given]] = defaultdict(list)
    for line in (_CASES / "planted.jsonl").read_text(encoding="utf-8").splitlines():
        by_case[(given := json.loads(line))["case"]].append(given)
    for name in sorted(by_case):
        found = list_inputs([_FOLDERS.get(name, _CASES / name)])
        pages = tuple(raw for raw in found if not isinstance(raw, Failure))
        plants = tuple(
            Plant(given["slot"], given["now"], tuple(_written(raw, given) for raw in pages))
            for given in by_case[name]
        )
        yield Planted(name, pages, plants)


def _written(raw: Raw, given: Given) -> Raw:
    if raw.name != given["document"]:
        return raw
    text = raw.data.decode("utf-8")
    for was, now in given["changes"]:
        if was not in text:
            raise ValueError(f"{raw.name}: no {was!r} to change")
        text = text.replace(was, now)
    data = text.encode()
    return Raw(raw.name, raw.suffix, sha256(data).hexdigest(), data)


def _raw(document: Given) -> Raw:
    given = {"id": document["doc"], "title": document["title"], "url": document["url"]}
    given |= {"text": document["text"]} | (
        {"published": document["dct"]} if document["dct"] else {}
    )
    data = json.dumps(given).encode()
    return Raw(f"{document['doc']}.jsonl", ".jsonl", sha256(data).hexdigest(), data)


Found = tuple[Given, Change, str] | None


def _figure(dated: Sequence[Given], slot: str) -> Found:
    pattern = _FIGURES[slot]
    figures = {
        d["doc"]: {_number(m["n"] or m["m"]) for m in pattern.finditer(_all(d))} for d in dated
    }
    sure = [d for d in dated if len(figures[d["doc"]]) == 1]
    if len(sure) < 2:
        return None
    (first,), (last,) = figures[sure[0]["doc"]], figures[sure[-1]["doc"]]
    if first != last or (slot == "injured" and sure[0]["dct"] != sure[-1]["dct"]):
        return None
    target, now = (sure[-1], last - 1) if last > 2 else (sure[0], first + 2)
    return target, _numbered(pattern, now), str(now)


def _day(dated: Sequence[Given], day: str) -> Found:
    """The day of the week that two documents of the same week give, and nothing beside it."""
    happened = date.fromisoformat(day)
    name, before = _DAYS[happened.weekday()], happened - timedelta(days=2)
    in_figures = re.compile(
        rf"\b(?:{happened:%B}|{happened:%b}\.?) {happened.day}(?:\b|st|nd|rd|th)"
    )
    other = _DAYS[before.weekday()]

    def tells(document: Given) -> bool:
        if not document["dct"] or (
            date.fromisoformat(document["dct"]) - happened
        ).days not in range(7):
            return False
        sentences = re.split(r"(?<=[.!?])\s+|\n", document["text"])
        return any(name in s and _HAPPENED.search(s) for s in sentences)

    telling = [d for d in dated if tells(d)]
    alone = [
        d
        for d in telling
        if set(_DAY.findall(_all(d))) == {name} and not in_figures.search(_all(d))
    ]
    # Where some document names that day too, both may be of the case.
    if len(telling) < 2 or not alone or any(other in _all(d) for d in dated):
        return None
    return alone[-1], lambda text: _DAY.sub(other, text), other


def _town(dated: Sequence[Given], incident: Given) -> Found:
    town = re.sub(r"\s*\(.*\)", "", incident["city_or_county"])
    named = re.compile(
        rf"\b(?:in|in \w+|near|of) {re.escape(town)}\b"
        r"(?! (?:County|Police|Fire|Medical|Hospital|[A-Z]\w+))"
    )
    telling = [d for d in dated if named.search(d["text"])]
    home = next(iter(_settlements(town, incident["state"])), None)
    if len(telling) < 2 or home is None:
        return None
    whole = " ".join(map(_all, dated))
    far = (
        p.name
        for name in _TOWNS
        if name not in whole
        for p in _settlements(name, incident["state"])[:1]
        if distance_km(p, home) > _FAR_KM
    )
    other = next(far, None)
    if other is None:
        return None

    def change(text: str) -> str:
        for was, now in ((town, other), (town.upper(), other.upper())):
            text = re.sub(rf"\b{re.escape(was)}\b", now, text)
        return text

    return telling[-1], change, other


@cache
def _settlements(name: str, state: str) -> tuple[GazetteerPlace, ...]:
    return tuple(
        p for p in find_places(name) if p.kind is PlaceKind.SETTLEMENT and p.region == state
    )


def _age(dated: Sequence[Given]) -> Found:
    ages = [(d, m["name"], m["n"]) for d in dated for m in _AGED.finditer(d["text"])]
    for document, name, age in reversed(ages):
        if sum(d is not document and (n, a) == (name, age) for d, n, a in ages):
            now, pattern = str(int(age) + 7), re.compile(rf"\b(?P<n>{age})\b(?!\d|:|th)")
            return document, _numbered(pattern, int(now)), now
    return None


def _title(dated: Sequence[Given]) -> Found:
    titled = [(d, m["title"], m[0]) for d in dated for m in _TITLED.finditer(d["text"])]
    for document, title, said in reversed(titled):
        if any(d is not document and s == said for d, _, s in titled):
            now = said.replace(title, _OFFICES[title])
            return document, partial(_replaced, said, now), _OFFICES[title]
    return None


def _other_count(dated: Sequence[Given]) -> Found:
    counted = [(d, m["what"], m["n"]) for d in dated for m in _COUNTED.finditer(d["text"])]
    for document, what, n in reversed(counted):
        same = {(d["doc"], k) for d, w, k in counted if w == what}
        if len(same) > 1 and {k for _, k in same} == {n} and " " in what:
            now = _number(n) + 3
            return document, _numbered(re.compile(rf"\b(?P<n>{n}) (?={what})"), now), str(now)
    return None


def _replaced(was: str, now: str, text: str) -> str:
    return text.replace(was, now)


def _all(document: Given) -> str:
    return f"{document['title']}. {document['text']}"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word.lower())


def _numbered(pattern: re.Pattern[str], now: int) -> Change:
    """Put a number wherever the pattern's figure stands, as word or digits like what was there."""

    def instead(found: re.Match[str]) -> str:
        word = next(word for word in found.groupdict().values() if word)
        said = str(now) if word.isdigit() or now >= len(_WORDS) else _WORDS[now]
        return found[0].replace(word, said.capitalize() if word[0].isupper() else said)

    return lambda text: pattern.sub(instead, text)
