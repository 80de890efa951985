"""Victims, place and date of the incidents of MUC-4, beside the systems of 1992.

    python -m evaluation.muc4 --data DIR [--set tst3] [--case mixed|upper] [--memory FILE]

DIR/dev/muc4 holds the 100 texts of TST3, all in capitals, with the filled templates, and what the
seventeen systems scored then. `mixed` puts the texts into ordinary case first, by the forms that
words have in UD English-EWT and GUM (DIR/train); `upper` reads them as they are.

Each document is told as a case of its own; what an event of it (attack, abduction, deaths, fire,
robbery) tells becomes a template: its day, or "by" the day of the dateline; its first place with
the country; the persons done to; the figures of killed and injured. An event that the page dates
three months or more before itself makes none, after MUC-4's rules. Slots are scored as MUC-4's
were: a template of ours is laid beside the one of the key that it agrees with most; a fill is right
(1), partly right (½: another grain of place or time, one effect of two), spurious or missing;
optional templates and fills count where given. *All*: spurious templates count against
precision; *matched*: only those laid beside one of the key. The published rows do not say which of
the two they are. We match words by rule where the scorer of 1992 asked a person, and know no
"type" of incident, so the figures are near to theirs, not the same. Trivial: every document tells
one incident, in the country and by the day of its dateline, with a pattern for victims.
In brackets: 95 %, by bootstrap over the documents. The texts name victims: nothing is printed.
"""

import argparse
import csv
import gzip
import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from consilience.engine import LocalEngine
from consilience.gazetteer import linked_place
from consilience.ingest import list_inputs
from consilience.pipeline import run
from consilience.records import Claim, Dossier, Entity, Event, Factuality, Kind, Quantity, When
from consilience.store import open_store
from consilience.wording import fold
from evaluation.truecase import counted_forms, truecased

SLOTS = ("date", "location", "name", "number", "effect")
_KINDS = frozenset({"attack", "abduction", "deaths", "fire", "robbery", "injuries"})
_EFFECTS = {"killed": "DEATH", "injured": "INJURY"}
_OLD = timedelta(days=92)
_RESAMPLES = 1000
_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_DATE = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})\b")
_DATELINE = re.compile(r"^\s*([^\n]{2,80}?),?\s+(\d{1,2} [A-Z]{3} \d{2})\b", re.IGNORECASE)
_PEOPLE = frozenset("people person persons individuals victims others civilians".split())


@dataclass(frozen=True, slots=True)
class Victim:
    """`ids` are the words that may stand for the victim; `n` is None for "several"."""

    ids: tuple[str, ...]
    named: bool
    n: int | None
    effects: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """From the first to the last day it may have been; `by`: on or before the last."""

    first: date
    last: date
    by: bool


@dataclass(frozen=True, slots=True)
class Template:
    """One incident. `places` are chains, widest first; more than one: either will do."""

    day: Day | None
    places: tuple[tuple[str, ...], ...]
    victims: tuple[Victim, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Of one slot: what the key asks, what we give, what of it is right (half for partly)."""

    possible: float = 0.0
    actual: float = 0.0
    right: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.possible + other.possible, self.actual + other.actual, self.right + other.right
        )


Marks = Mapping[str, Tally]


# The key


def key_template(filled: Mapping[str, str]) -> Template:
    place = filled["INCIDENT: LOCATION"]
    return Template(
        _key_day(filled["INCIDENT: DATE"]),
        tuple(_chain(p) for p in place.split(" / ")) if place not in "-*" else (),
        _key_victims(filled),
        "OPTIONAL" in filled["MESSAGE: TEMPLATE"],
    )


def _key_day(said: str) -> Day | None:
    """The days of "16 NOV 89", "- 18 AUG 89" (by then), "29 OCT 89 - 30 OCT 89".

    >>> _key_day("- 18 AUG 89").last.isoformat()
    '1989-08-18'
    """
    days = [_day(m) for m in _DATE.findall(said)]
    if not days:
        return None
    is_by = said.lstrip("? (").startswith("-")
    return Day(days[0], days[-1], is_by)


def _day(found: tuple[str, str, str]) -> date:
    return date(1900 + int(found[2]), _MONTHS.index(found[1].upper()) + 1, int(found[0]))


def _chain(said: str) -> tuple[str, ...]:
    """
    >>> _chain("PERU: LIMA (CITY): SAN ISIDRO (NEIGHBORHOOD)")
    ('peru', 'lima', 'san isidro')
    >>> _chain("(HONDURAS)")
    ('honduras',)
    """
    parts = re.sub(r" \([A-Z ]+\)|[()?]", "", said).split(":")
    return tuple(_words(part) for part in parts if part.strip())


def _words(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))


def _key_victims(filled: Mapping[str, str]) -> tuple[Victim, ...]:
    named = {ids for _, ids, _ in _fills(filled["HUM TGT: NAME"])}
    effects: dict[tuple[str, ...], set[str]] = {}
    for effect, ids, _ in _fills(filled["HUM TGT: EFFECT OF INCIDENT"]):
        effects.setdefault(ids, set()).add(effect)
    victims = [
        Victim(
            ids,
            ids in named,
            int(n) if n.isdigit() else None,
            frozenset(effects.get(ids, ())),
            is_optional,
        )
        for n, ids, is_optional in _fills(filled["HUM TGT: NUMBER"])
    ]
    return tuple(victims)


def _fills(said: str) -> list[tuple[str, tuple[str, ...], bool]]:
    """(what stands before the colon, the strings that will do, whether optional) of each line.

    >>> _fills('6: "JESUITS" / "PRIESTS"')
    [('6', ('jesuits', 'priests'), False)]
    """
    found = []
    for line in said.split("\n"):
        strings = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
        if strings:
            before = re.split(r'[:"]', line.lstrip("? "), maxsplit=1)[0].strip()
            found.append((before, tuple(_words(s) for s in strings), line.startswith("?")))
    return found


# What we tell


def templates(dossier: Dossier, dateline: date | None) -> list[Template]:
    names = {e.id: e for e in dossier.entities}
    found = []
    for event in dossier.events:
        day = _our_day(event.when, dateline)
        is_old = day and dateline and not day.by and dateline - day.last > _OLD
        victims = _our_victims(dossier, event, names)
        if event.kind in _KINDS and not is_old and (victims or event is dossier.events[0]):
            found.append(Template(day, _our_place(event, names), victims))
    return found


def _our_day(when: When | None, dateline: date | None) -> Day | None:
    if when is not None and when.start is not None and when.end is not None:
        return Day(when.start.date(), (when.end - timedelta(seconds=1)).date(), by=False)
    return Day(dateline, dateline, by=True) if dateline else None


def _our_place(event: Event, names: Mapping[str, Entity]) -> tuple[tuple[str, ...], ...]:
    for place in event.where[:1]:
        entity = names[place]
        number = dict(entity.links).get("geonames")
        known = linked_place(entity.names, number) if number else None
        own = _words(entity.name)
        country = _words(known.country) if known else ""
        return ((country, own),) if country and country != own else ((own,),)
    return ()


def _our_victims(dossier: Dossier, event: Event, names: Mapping[str, Entity]) -> tuple[Victim, ...]:
    text = dossier.documents[0].text
    figures = [
        c for c in dossier.claims if c.subject_id == event.id and c.slot in _EFFECTS and _is_fact(c)
    ]
    done_to = {p.entity_id for p in event.participants if p.role == "patient"}
    persons = [names[i] for i in sorted(done_to) if names[i].kind is Kind.PERSON]
    victims = []
    counted: dict[tuple[str, int | None], set[str]] = {}
    for claim in figures:
        assert isinstance(claim.value, Quantity)
        start, end = claim.passage.start, claim.passage.end
        met = [p for p in persons if any(start <= m.start < end for m in p.mentions)]
        if claim.value.low == 1 and met:
            continue
        words = _words(text[start:end])
        exact = claim.value.low == claim.value.high
        n = int(claim.value.low or claim.value.high or 0) if exact else None
        if n != 0:
            counted.setdefault((words, n), set()).add(_EFFECTS[claim.slot])
    for person in persons:
        effects = {
            _EFFECTS[c.slot]
            for c in figures
            if any(c.passage.start <= m.start < c.passage.end for m in person.mentions)
        }
        victims.append(
            Victim(tuple(map(_words, person.names)), named=True, n=1, effects=frozenset(effects))
        )
    for (words, n), effects in sorted(counted.items(), key=str):
        victims.append(Victim((words,), named=False, n=n, effects=frozenset(effects)))
    return tuple(victims)


def _is_fact(claim: Claim) -> bool:
    return claim.factuality is Factuality.HAPPENED


def trivial(text: str) -> list[Template]:
    """One incident a document, by its dateline; "three policemen were killed" are victims."""
    head = _DATELINE.match(text)
    day = _day(_DATE.findall(head[2].upper())[0]) if head else None
    place = _words(head[1].split("(")[0]) if head else ""
    victims = [
        Victim(
            (_words(m[2]),),
            named=False,
            n=_number(m[1]),
            effects=frozenset({_EFFECTS[_effect(m[3])]}),
        )
        for m in re.finditer(
            r"\b(a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|some) "
            r"((?:\w+ ){0,2}?\w+) (?:was|were) (killed|murdered|wounded|injured)\b",
            " ".join(text.lower().split()),
        )
    ]
    return [Template(Day(day, day, by=True) if day else None, ((place,),), tuple(victims))]


_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an") else _NUMBERS.index(word) if word in _NUMBERS else None


def _effect(verb: str) -> str:
    return "killed" if verb in ("killed", "murdered") else "injured"


# The scoring


def score(
    ours: Sequence[Template], key: Sequence[Template], *, all_templates: bool
) -> dict[str, Tally]:
    """Tallies of each slot, templates laid beside each other as they agree best."""
    pairs = sorted(
        ((_worth(compare(o, k)), -i, -j) for i, o in enumerate(ours) for j, k in enumerate(key)),
        reverse=True,
    )
    of_ours: dict[int, int] = {}
    for worth, i, j in pairs:
        if worth > 0 and -i not in of_ours and -j not in of_ours.values():
            of_ours[-i] = -j
    marks = dict.fromkeys(SLOTS, Tally())
    for i, one in enumerate(ours):
        if i in of_ours:
            laid = compare(one, key[of_ours[i]])
        elif all_templates:
            laid = compare(one, _NOTHING)
        else:
            continue
        marks = {slot: marks[slot] + laid[slot] for slot in SLOTS}
    for j, one in enumerate(key):
        if j not in of_ours.values() and not one.optional:
            laid = compare(_NOTHING, one)
            marks = {slot: marks[slot] + laid[slot] for slot in SLOTS}
    return marks


_NOTHING = Template(None, (), ())


def _worth(marks: Marks) -> float:
    return sum(tally.right for tally in marks.values())


def compare(ours: Template, key: Template) -> dict[str, Tally]:
    day = float(ours.day is not None), float(key.day is not None), _right_day(ours.day, key.day)
    place = float(bool(ours.places)), float(bool(key.places)), _right_place(ours, key)
    of_key = _victims_met(ours.victims, key.victims)
    return {
        "date": Tally(day[1], day[0], day[2]),
        "location": Tally(place[1], place[0], place[2]),
        "name": _victims(ours, key, of_key, lambda v: v.named, lambda _a, _b: 1.0),
        "number": _victims(ours, key, of_key, lambda _: True, _right_number),
        "effect": _victims(ours, key, of_key, lambda v: bool(v.effects), _right_effect),
    }


def _victims(
    ours: Template,
    key: Template,
    of_key: Mapping[int, int],
    counts: Callable[[Victim], bool],
    right: Callable[[Victim, Victim], float],
) -> Tally:
    met = {i: key.victims[j] for i, j in of_key.items()}
    possible = sum(
        counts(v) and (not v.optional or j in of_key.values()) for j, v in enumerate(key.victims)
    )
    actual = sum(counts(v) for v in ours.victims)
    got = sum(
        right(v, met[i])
        for i, v in enumerate(ours.victims)
        if i in met and counts(v) and counts(met[i])
    )
    return Tally(float(possible), float(actual), got)


def _victims_met(ours: Sequence[Victim], key: Sequence[Victim]) -> dict[int, int]:
    pairs = sorted(
        (
            (_likeness(a, b), -i, -j)
            for i, a in enumerate(ours)
            for j, b in enumerate(key)
        ),
        reverse=True,
    )  # fmt: skip
    met: dict[int, int] = {}
    for likeness, i, j in pairs:
        if likeness > 0 and -i not in met and -j not in met.values():
            met[-i] = -j
    return met


def _likeness(a: Victim, b: Victim) -> float:
    """Above 0 where some words of the one stand for the other; more for one number and effect."""
    if a.named != b.named:
        return 0.0
    if not any(_same_name(x, y) if a.named else _same_noun(x, y) for x in a.ids for y in b.ids):
        return 0.0
    return 1 + (a.n == b.n) + bool(a.effects & b.effects) / 2


def _same_name(a: str, b: str) -> bool:
    left, right = a.split(), b.split()
    return left[-1] in right and (set(left) <= set(right) or set(right) <= set(left))


def _same_noun(words: str, noun: str) -> bool:
    """Whether the head of a description stands among the words, in whichever number."""
    said = set(words.split())
    head = noun.split()[-1]
    forms = {head, head.removesuffix("s"), f"{head}s", head.replace("men", "man")}
    return not said.isdisjoint(forms) or (head in _PEOPLE and not said.isdisjoint(_PEOPLE))


def _right_number(a: Victim, b: Victim) -> float:
    if a.n == b.n or (b.n is None and a.n is not None and a.n > 1):
        return 1.0
    return 0.0


def _right_effect(a: Victim, b: Victim) -> float:
    return 1.0 if a.effects == b.effects else 0.5 if a.effects & b.effects else 0.0


def _right_day(ours: Day | None, key: Day | None) -> float:
    if ours is None or key is None:
        return 0.0
    if (ours.first, ours.last, ours.by) == (key.first, key.last, key.by):
        return 1.0
    if ours.by or key.by:
        near = key.last - timedelta(days=31) <= ours.last <= key.last
        return 0.5 if near or ours.last == key.last else 0.0
    return 0.5 if ours.first <= key.last and key.first <= ours.last else 0.0


def _right_place(ours: Template, key: Template) -> float:
    best = 0.0
    for mine in ours.places:
        for theirs in key.places:
            if mine[-1] == theirs[-1]:
                return 1.0
            if set(mine) & set(theirs):
                best = 0.5
    return best


# The report


def read(path: Path) -> list[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def unwrapped(text: str) -> str:
    """Paragraphs on one line each, as a page has them."""
    return "\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", text) if p.strip())


def told(name: str, text: str, engine: LocalEngine, memory: Path) -> Dossier:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.jsonl"
        path.write_text(json.dumps({"id": name, "text": text}) + "\n", encoding="utf-8")
        store = open_store(None)
        try:
            return run(list_inputs([path]), store, engine, datetime.now(UTC), memory=memory)
        finally:
            store.close()


def figures(total: Mapping[str, Tally]) -> dict[str, tuple[float, float, float]]:
    """Recall, precision and F of each slot, in hundredths."""
    found = {}
    for slot, t in total.items():
        recall = 100 * t.right / t.possible if t.possible else 0.0
        precision = 100 * t.right / t.actual if t.actual else 0.0
        both = recall + precision
        found[slot] = recall, precision, 2 * recall * precision / both if both else 0.0
    return found


def summed(marks: Sequence[Marks]) -> dict[str, Tally]:
    total = dict.fromkeys(SLOTS, Tally())
    for one in marks:
        total = {slot: total[slot] + one[slot] for slot in SLOTS}
    return total


def say(how: str, marks: Sequence[Marks]) -> None:
    drawn = random.Random(0)  # noqa: S311
    sampled = [figures(summed(drawn.choices(marks, k=len(marks)))) for _ in range(_RESAMPLES)]
    for slot, (recall, precision, f) in figures(summed(marks)).items():
        fs = sorted(sample[slot][2] for sample in sampled)
        low, high = fs[_RESAMPLES // 40], fs[-_RESAMPLES // 40 - 1]
        sys.stdout.write(
            f"{how:<22} {slot:<9} R {recall:5.1f}  P {precision:5.1f}"
            f"  F {f:5.1f} [{low:.1f}, {high:.1f}]\n"
        )


def published(path: Path, name: str) -> None:
    """The median system of 1992 and the best one, by F of each slot."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [r for r in csv.DictReader(lines, delimiter="\t") if r["set"] == name.upper()]
    columns = {"date": "date", "location": "loc", "name": "name", "number": "num"}
    for slot, column in {**columns, "effect": "effect"}.items():
        scored = sorted(
            (2 * r * p / (r + p) if r + p else 0.0, row["system"])
            for row in rows
            for r, p in [(_score(row[f"{column}_R"]), _score(row[f"{column}_P"]))]
        )
        if scored:
            median, best = scored[len(scored) // 2], scored[-1]
            sys.stdout.write(
                f"{'systems of 1992':<22} {slot:<9} best F {best[0]:5.1f} ({best[1]})"
                f"  median F {median[0]:5.1f} of {len(scored)}\n"
            )


def _score(cell: str) -> float:
    return float(cell) if cell.replace(".", "").isdigit() else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", default="tst3", choices=("tst1", "tst2", "tst3"))
    parser.add_argument("--case", default="mixed", choices=("mixed", "upper"))
    parser.add_argument("--memory", type=Path, help="keep sentences once read here")
    given = parser.parse_args()
    folder = given.data / "dev" / "muc4"
    if not folder.is_dir():
        sys.exit(f"{folder}: not there; this needs the templates of MUC-4")
    forms = counted_forms(given.data / "train") if given.case == "mixed" else {}
    engine = LocalEngine()
    ours, simple, keys = [], [], []
    with tempfile.TemporaryDirectory() as scratch:
        memory = given.memory or Path(scratch) / "sentences.db"
        for document in read(folder / f"{given.set}.jsonl.gz"):
            text = unwrapped(document["text"])
            head = _DATELINE.match(text)
            dateline = _day(_DATE.findall(head[2].upper())[0]) if head else None
            shown = truecased(text, forms) if given.case == "mixed" else text
            ours.append(templates(told(document["doc"], shown, engine, memory), dateline))
            simple.append(trivial(text))
            keys.append([key_template(t) for t in document["templates"]])
    n = sum(map(len, keys))
    sys.stdout.write(f"{len(keys)} documents, {n} templates, ours {sum(map(len, ours))}\n")
    for how, given_templates in (("ours", ours), ("trivial", simple)):
        for kind, all_templates in (("all", True), ("matched", False)):
            marks = [
                score(o, k, all_templates=all_templates)
                for o, k in zip(given_templates, keys, strict=True)
            ]
            say(f"{how}, {kind}", marks)
    published(folder / "official_scores.tsv.gz", given.set)


if __name__ == "__main__":
    main()
