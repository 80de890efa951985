"""Figures, day and city of shootings against what an archive recorded of each.

    python -m evaluation.gva --data DIR [--cases 200] [--offset 0] [--wrong]

reads the incidents with two documents or more under DIR/dev/gva, every n-th of them from the
`--offset`-th on so that about `--cases` remain, tells each one's account and holds policy `best`
against the archive: the archive's count is final, early articles may rightly give less. The city
is right where the main event's first place has the archive's name for it (or the other name in
brackets), and is not linked to a place of another state; where the archive names a county only,
a settlement of that county is right too. In brackets: Wilson's interval of 95 %.

The baselines of the same run: always the commonest answer; a regular expression for "N killed"
and "N injured"; the commonest day of publication, and the day before the first; of what we read
as settlements the one named most, and the first one of the first document that names any. The
texts name victims: nothing of them is printed.
"""

import argparse
import gzip
import json
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

from consilience.engine import LocalEngine
from consilience.gazetteer import GazetteerPlace, PlaceKind, bearers, linked_place, place_name_key
from consilience.ingest import list_inputs
from consilience.pipeline import run
from consilience.records import Dossier, Entity, Kind, Quantity, When
from consilience.store import open_store
from consilience.tell.verify import verify

_WORDS = {
    w: n
    for n, w in enumerate(
        ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}
_COUNT = r"\b(\d{1,2}|" + "|".join(_WORDS) + r")\b(?:\W+\w+){0,4}?\W+(?:"
_PATTERNS = {
    "killed": re.compile(_COUNT + r"killed|dead|died)\b", re.IGNORECASE),
    "injured": re.compile(_COUNT + r"injured|wounded|hurt)\b", re.IGNORECASE),
}


def cases(
    folder: Path, n_cases: int, offset: int = 0
) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Incidents with their documents, two or more each."""
    with gzip.open(folder / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        documents = defaultdict(list)
        for line in lines:
            document = json.loads(line)
            if len(document["text"]) > 200:
                documents[document["incident"]].append(document)
    with gzip.open(folder / "incidents.jsonl.gz", "rt", encoding="utf-8") as lines:
        incidents = [i for line in lines if "num_killed" in (i := json.loads(line))]
    full = [(i, documents[i["incident"]]) for i in incidents if len(documents[i["incident"]]) > 1]
    return full[offset :: max(1, len(full) // n_cases)]


def tell(documents: list[dict[str, Any]], engine: LocalEngine) -> Dossier:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for d in documents:
                given = {"id": d["doc"], "title": d["title"], "url": d["url"], "text": d["text"]}
                if d["dct"]:
                    given["published"] = d["dct"]
                out.write(json.dumps(given) + "\n")
        inputs = list_inputs([str(path)])
        return run(inputs, open_store(None), engine, datetime.now(UTC))


def count(dossier: Dossier, slot: str) -> int:
    """Policy `best` of the main event, 0 where no document gives a figure."""
    for finding in dossier.findings:
        if finding.slot == slot and finding.subject_id == dossier.events[0].id:
            value = finding.policies.best
            if isinstance(value, Quantity):
                return int(value.low if value.low is not None else value.high or 0)
    return 0


def matched(documents: list[dict[str, Any]], slot: str) -> int:
    """The commonest number that the pattern finds, the larger of two as common."""
    found = Counter(
        int(m[1]) if m[1].isdigit() else _WORDS[m[1].lower()]
        for d in documents
        for m in _PATTERNS[slot].finditer(d["text"])
    )
    return max(found, key=lambda n: (found[n], n), default=0)


def day(dossier: Dossier) -> str | None:
    when = dossier.events[0].when
    return when.value.split("T")[0] if isinstance(when, When) else None


def day_published(documents: list[dict[str, Any]]) -> str | None:
    days = Counter(d["dct"] for d in documents if d["dct"])
    return max(sorted(days), key=lambda day: days[day], default=None)


def day_before_published(documents: list[dict[str, Any]]) -> str | None:
    first = min((d["dct"] for d in documents if d["dct"]), default=None)
    return str(date.fromisoformat(first) - timedelta(days=1)) if first else None


def place(dossier: Dossier) -> Entity | None:
    """The first place of the main event."""
    where = dossier.events[0].where[:1]
    return next((e for e in dossier.entities if e.kind is Kind.PLACE and e.id in where), None)


def settlements(dossier: Dossier) -> list[Entity]:
    """What is linked to a settlement, the most often named first."""
    towns = [
        e
        for e in dossier.entities
        if (known := _known(e)) is not None and known.kind is PlaceKind.SETTLEMENT
    ]
    return sorted(towns, key=lambda e: (-len(e.mentions), e.id))


def first_settlement(dossier: Dossier) -> Entity | None:
    order = {d.id: n for n, d in enumerate(dossier.documents)}
    named = [(order[m.document_id], m.start, e) for e in settlements(dossier) for m in e.mentions]
    return min(named, key=lambda n: n[:2])[2] if named else None


def is_city(entity: Entity | None, city: str, state: str) -> bool:
    if entity is None:
        return False
    known = _known(entity)
    if known is not None and known.region not in (state, None):
        return False
    is_county = "(county)" in city
    plain, _, more = city.replace("(county)", "County").partition("(")
    right = {place_name_key(n) for n in (plain.strip(), more.strip(" )")) if n.strip(" )")}
    for name in entity.names:
        said = name.split(",")[0]
        if place_name_key(said) in right:
            return True
        if is_county and any(
            p.region == state and place_name_key(p.district or "") in right for p in bearers(said)
        ):
            return True
    return False


def _known(entity: Entity) -> GazetteerPlace | None:
    id_ = dict(entity.links).get("geonames")
    return linked_place(entity.names, id_) if id_ else None


def wilson(right: int, n: int) -> tuple[float, float]:
    """The interval of 95 % of a share, in hundredths (Wilson 1927)."""
    z = 1.96
    middle = (right + z * z / 2) / (n + z * z)
    half = z * sqrt(right * (n - right) / n + z * z / 4) / (n + z * z)
    return 100 * (middle - half), 100 * (middle + half)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--offset", type=int, default=0, help="which of the n: the first is 0")
    parser.add_argument("--wrong", action="store_true", help="name each incident with its figures")
    given = parser.parse_args()
    folder = given.data / "dev" / "gva"
    if not folder.is_dir():
        sys.exit(f"{folder}: not there; this needs the GVA development set")
    chosen = cases(folder, given.cases, given.offset)
    engine, right, status = LocalEngine(), Counter[str](), Counter[str]()
    commonest = Counter((i["num_killed"], i["num_injured"]) for i, _ in chosen).most_common(1)[0]
    started, n_unproven = time.perf_counter(), 0
    for incident, documents in chosen:
        gold = {"killed": incident["num_killed"], "injured": incident["num_injured"]}
        dossier = tell(documents, engine)
        ours = {slot: count(dossier, slot) for slot in gold}
        theirs = {slot: matched(documents, slot) for slot in gold}
        for slot in gold:
            right[slot] += ours[slot] == gold[slot]
            right[f"{slot} by pattern"] += theirs[slot] == gold[slot]
        right["both"] += ours == gold
        right["both by pattern"] += theirs == gold
        right["day"] += day(dossier) == incident["date"]
        right["day by publication"] += day_published(documents) == incident["date"]
        right["day before"] += day_before_published(documents) == incident["date"]
        gold_city = incident["city_or_county"], incident["state"]
        right["city"] += is_city(place(dossier), *gold_city)
        right["city named most"] += is_city(next(iter(settlements(dossier)), None), *gold_city)
        right["city named first"] += is_city(first_settlement(dossier), *gold_city)
        for finding in dossier.findings:
            status[finding.status] += 1
        n_unproven += bool(verify(dossier))
        if given.wrong and (ours != gold or day(dossier) != incident["date"]):
            places = [e.name for e in dossier.entities if e.id in dossier.events[0].where]
            sys.stdout.write(
                f"{incident['incident']}: ours {ours} {day(dossier)} {places[:1]}"
                f" gold {gold} {incident['date']} {incident['city_or_county']}\n"
            )
    n, seconds = len(chosen), time.perf_counter() - started
    sys.stdout.write(
        f"{n} incidents, {sum(len(d) for _, d in chosen)} documents, {seconds:.0f} s\n"
    )
    sys.stdout.write(f"always {commonest[0]}: both {100 * commonest[1] / n:.1f} %\n")
    for what, times in sorted(right.items()):
        low, high = wilson(times, n)
        sys.stdout.write(f"{what:<20}{100 * times / n:6.1f} %  [{low:.1f}, {high:.1f}]\n")
    sys.stdout.write(f"dossiers that verify refuses: {n_unproven}\n")
    disputed = status["contradicted"] / n
    sys.stdout.write(f"findings called contradicted: {disputed:.2f} a case\n")


if __name__ == "__main__":
    main()
