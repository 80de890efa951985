"""The events of small invented cases against those a careful reader tells apart.

    python -m evaluation.events [FOLDER] [--wrong]

FOLDER (tests/cases/events) holds one case a file: pages whose predicates are marked, as in
"A bomb [exploded|a] in Lundby", with the event each tells of, "-" where it tells of none (what
happens again and again); `main`; and of each event its day and what it is part of. Reported are B³
of the marked predicates, once with each event by itself and once with all that is part of one taken
together, how often the main event, an event's day and its whole are right, and how much of what
tells of no event is kept out of them all. The baselines of the same run: all predicates of a case
one event; one event a lemma.
"""

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consilience.engine import LocalEngine
from consilience.ingest import ingest
from consilience.pipeline import dated_case
from consilience.reading import read_each
from consilience.records import Document, Event, Reading
from consilience.resolve import entities, resolve
from consilience.resolve.events import Happenings, find_happenings
from evaluation.clusters import scored

_MARK = re.compile(r"\[([^|\]]+)\|([a-z-])\]")
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked predicate, the letter of its event, its lemma and what we say it tells of."""

    key: str
    letter: str
    lemma: str
    event_id: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: its marks, its events as expected and as found."""

    name: str
    expected: Mapping[str, Any]
    marks: tuple[Mark, ...]
    events: tuple[Event, ...]


def unmarked(text: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text without its marks, and where the marked words stand in it."""
    plain, at, spans = "", 0, []
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[1]), mark[2]))
        plain += mark[1]
        at = mark.end()
    return plain + text[at:], spans


def read_case(case: Mapping[str, Any]) -> list[tuple[Document, Reading]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for number, page in enumerate(case["pages"]):
                row = {**page, "id": f"p{number}", "text": unmarked(page["text"])[0]}
                out.write(json.dumps(row) + "\n")
        found = list(read_each(ingest((str(path),)), LocalEngine(1)))
    return [one for one in found if isinstance(one, tuple)]


def happenings(pairs: list[tuple[Document, Reading]]) -> tuple[Happenings, dict[str, Reading]]:
    documents: tuple[Document, ...] = tuple(d for d, _ in pairs)
    readings = {r.document_id: r for _, r in pairs}
    dated = dated_case(documents, readings)
    documents, anchored = dated.documents, dict(dated.readings)
    judgements = dated.judgements + resolve(documents, anchored, ())
    known = entities(documents, anchored, judgements)
    return find_happenings(documents, anchored, known, dated.origins), anchored


def judge(name: str, case: Mapping[str, Any], pairs: list[tuple[Document, Reading]]) -> Outcome:
    found, readings = happenings(pairs)
    marks = []
    for number, page in enumerate(case["pages"]):
        document = next(
            d for d, _ in pairs if d.name.endswith(f"p{number}") or d.id == f"p{number}"
        )
        for start, end, letter in unmarked(page["text"])[1]:
            here = (
                p
                for p in readings[document.id].propositions
                if p.predicate.start < end and start < p.predicate.end
            )
            told = next(here, None)
            key = f"{name}:{document.id}:{start}"
            event_id = found.event_by_proposition.get(told.id) if told else None
            lemma = told.lemma if told else document.text[start:end].lower()
            marks.append(Mark(key, letter, lemma, event_id))
    return Outcome(name, case, tuple(marks), found.events)


def _key(outcome: Outcome, *, whole: bool) -> dict[str, str]:
    key = {}
    for mark in outcome.marks:
        letter = mark.letter
        while whole and letter != _NONE and "part_of" in outcome.expected["events"][letter]:
            letter = outcome.expected["events"][letter]["part_of"]
        alone = mark.key if letter == _NONE else ""
        key[mark.key] = f"{outcome.name}:{letter}{alone}"
    return key


def _response(outcome: Outcome, *, whole: bool) -> dict[str, str]:
    by_id = {e.id: e for e in outcome.events}
    response = {}
    for mark in outcome.marks:
        event = by_id.get(mark.event_id) if mark.event_id else None
        while whole and event is not None and event.part_of_id is not None:
            event = by_id[event.part_of_id]
        response[mark.key] = f"{outcome.name}:{event.id}" if event else mark.key
    return response


def event_of(outcome: Outcome, letter: str) -> Event | None:
    """The event in which most marks of a letter lie."""
    votes = Counter(m.event_id for m in outcome.marks if m.letter == letter and m.event_id)
    best = max(sorted(votes), key=lambda i: votes[i], default=None)
    return next((e for e in outcome.events if e.id == best), None)


def tally(outcome: Outcome) -> dict[str, tuple[int, int]]:
    """What is right and how much there is, of the main event, days, parts and what is kept out."""
    expected = outcome.expected
    found = {letter: event_of(outcome, letter) for letter in expected["events"]}
    main = outcome.events[0]
    days = parts = n_parts = 0
    for letter, event in expected["events"].items():
        ours = found[letter]
        value = ours.when.value if ours and ours.when else ""
        days += value.split("T")[0].split("/")[0] == event["day"]
        whole = found[event["part_of"]] if "part_of" in event else None
        n_parts += "part_of" in event
        parts += ours is not None and whole is not None and ours.part_of_id == whole.id
    none = [m for m in outcome.marks if m.letter == _NONE]
    return {
        "main event": (int(found[expected["main"]] == main), 1),
        "day of an event": (days, len(expected["events"])),
        "part of its whole": (parts, n_parts),
        "no event kept out": (sum(m.event_id != main.id for m in none), len(none)),
    }


def report(outcomes: list[Outcome]) -> str:
    unit = {m.key: o.name for o in outcomes for m in o.marks}
    lines = [f"{len(outcomes)} cases, {len(unit)} predicates"]
    for whole, what in ((False, "each event"), (True, "with its parts")):
        key = {k: v for o in outcomes for k, v in _key(o, whole=whole).items()}
        ours = {k: v for o in outcomes for k, v in _response(o, whole=whole).items()}
        by_lemma = {m.key: f"{o.name}:{m.lemma}" for o in outcomes for m in o.marks}
        for name, response in (("ours", ours), ("all one", unit), ("by lemma", by_lemma)):
            interval = scored(key, response, unit)
            lines.append(f"{what:<16}{name:<10}{interval}")
    totals: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        for what, (right, n) in tally(outcome).items():
            before = totals.get(what, (0, 0))
            totals[what] = (before[0] + right, before[1] + n)
    lines += [f"{what:<26}{right}/{n}" for what, (right, n) in totals.items()]
    return "\n".join(lines)


def wrong(outcome: Outcome) -> list[str]:
    """Each event as we have it, with the letters of its marks."""
    names = {e.id: e for e in outcome.events}
    held: dict[str | None, list[str]] = {}
    for mark in outcome.marks:
        held.setdefault(mark.event_id, []).append(f"{mark.lemma}|{mark.letter}")
    lines = [f"{outcome.name}: main {names[outcome.events[0].id].name}"]
    for event_id, marks in held.items():
        event = names.get(event_id) if event_id else None
        when = event.when.value if event and event.when else None
        part = names[event.part_of_id].name if event and event.part_of_id else None
        title = event.name if event else "no event"
        lines.append(f"  {title} ({when}, part of {part}): {' '.join(marks)}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("tests/cases/events"))
    parser.add_argument("--wrong", action="store_true", help="show each case's events")
    given = parser.parse_args()
    outcomes = []
    for path in sorted(given.folder.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        outcomes.append(judge(path.stem, case, read_case(case)))
    if not outcomes:
        sys.exit(f"{given.folder}: no case there")
    if given.wrong:
        sys.stdout.write("\n".join(line for o in outcomes for line in wrong(o)) + "\n")
    sys.stdout.write(report(outcomes) + "\n")


if __name__ == "__main__":
    main()
