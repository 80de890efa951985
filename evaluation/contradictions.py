"""One fact changed in one document: is the contradiction found, and is its twin left in peace?

    python -m evaluation.contradictions --data DIR [--cases 40] [--missed]

takes cases of GVA's development set in which two documents tell one fact: how many were killed or
injured, the day of the week, the town. In one document the fact is changed wherever it stands: to
a figure that no later report explains (lower in the latest document, higher in the earliest; the
injured only where two documents are of one day), to the day before, to another town of the state.
Found: a finding of that slot calls the changed answer and another one contradictory. Beside it the
unchanged twin: what is called contradictory there is counted too, whether rightly or not. Beside
ours: whoever calls any two different figures of one slot contradictory, which finds nearly all and
cries often. The texts name victims: nothing of them is printed.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consilience.engine import LocalEngine
from consilience.gazetteer import PlaceKind, find_places
from consilience.records import Dossier, EntityRef, Finding, Quantity, RelationKind, When
from evaluation.gva import cases, tell

Given = dict[str, Any]
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_FIGURE = r"(?P<n>\d{1,2}|" + "|".join(_WORDS[1:]) + r")"
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


@dataclass(frozen=True, slots=True)
class Plant:
    """A case with one fact of one document changed; `now` is what it says now."""

    slot: str
    documents: tuple[Given, ...]
    document: str
    now: str


def figures_of(document: Given, slot: str) -> set[int]:
    found = _FIGURES[slot].finditer(f"{document['title']}. {document['text']}")
    return {_number(m["n"] or m["m"]) for m in found}


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.index(word.lower())


def plants(incident: Given, documents: Sequence[Given]) -> Iterator[Plant]:
    """What can be planted into a case, one of each slot at most."""
    dated = sorted(documents, key=lambda d: (d["dct"] or "", d["doc"]))
    for slot in _FIGURES:
        yield from _planted_figure(dated, slot)
    days = {d["doc"]: set(_DAY.findall(d["text"])) for d in dated}
    alike = [d for d in dated if len(days[d["doc"]]) == 1]
    for document in alike:
        (day,) = days[document["doc"]]
        if sum(days[d["doc"]] == {day} and d["dct"] == document["dct"] for d in alike) > 1:
            other = _DAYS[(_DAYS.index(day) - 1) % 7]
            yield _changed("when", dated, document, lambda text: _DAY.sub(other, text), other)  # noqa: B023
            break
    yield from _planted_town(incident, dated)


def _planted_figure(dated: Sequence[Given], slot: str) -> Iterator[Plant]:
    figures = {d["doc"]: figures_of(d, slot) for d in dated}
    sure = [d for d in dated if len(figures[d["doc"]]) == 1]
    if len(sure) < 2:
        return
    (first,), (last,) = figures[sure[0]["doc"]], figures[sure[-1]["doc"]]
    is_one_day = sure[0]["dct"] == sure[-1]["dct"]
    if first != last or (slot == "injured" and not is_one_day):
        return
    target, now = (sure[-1], last - 1) if last > 1 else (sure[0], first + 2)

    def change(text: str) -> str:
        return _FIGURES[slot].sub(lambda m: _instead(m, now), text)

    yield _changed(slot, dated, target, change, str(now))


def _instead(found: re.Match[str], now: int) -> str:
    word = found["n"] or found["m"]
    said = str(now) if word.isdigit() or now >= len(_WORDS) else _WORDS[now]
    return found[0].replace(word, said.capitalize() if word[0].isupper() else said)


def _planted_town(incident: Given, dated: Sequence[Given]) -> Iterator[Plant]:
    town = re.sub(r"\s*\(.*\)", "", incident["city_or_county"])
    named = re.compile(rf"\b{re.escape(town)}\b(?! (?:County|Police|Fire|Medical|Hospital))")
    telling = [d for d in dated if len(named.findall(d["text"])) > 0]
    others = sorted(
        p.name
        for name in (
            "Springfield",
            "Salem",
            "Franklin",
            "Clinton",
            "Madison",
            "Georgetown",
            "Auburn",
        )
        for p in find_places(name)
        if p.kind is PlaceKind.SETTLEMENT and p.region == incident["state"] and p.name != town
    )
    if len(telling) < 2 or not others:
        return
    other = others[0]
    yield _changed(
        "where",
        dated,
        telling[-1],
        lambda text: re.sub(rf"\b{re.escape(town)}\b", other, text),
        other,
    )


def _changed(slot: str, documents: Sequence[Given], target: Given, change: Any, now: str) -> Plant:
    made = {**target, "title": change(target["title"]), "text": change(target["text"])}
    return Plant(slot, tuple(made if d is target else d for d in documents), target["doc"], now)


def contradicted(dossier: Dossier, slot: str) -> list[tuple[Finding, int, int]]:
    """The pairs of answers of the main event's slot that are called contradictory."""
    main = dossier.events[0].id
    return [
        (finding, relation.a, relation.b)
        for finding in dossier.findings
        if finding.slot == slot and finding.subject_id == main
        for relation in finding.relations
        if relation.kind is RelationKind.CONTRADICTORY
    ]


def is_found(dossier: Dossier, plant: Plant) -> bool:
    documents = {claim.id: claim.passage.document_id for claim in dossier.claims}
    return any(
        plant.document in {documents[c] for c in finding.candidates[k].claim_ids}
        and _says(dossier, finding, k, plant.now)
        for finding, a, b in contradicted(dossier, plant.slot)
        for k in (a, b)
    )


def _says(dossier: Dossier, finding: Finding, k: int, now: str) -> bool:
    match finding.candidates[k].value:
        case Quantity(low=low):
            return str(low) == now
        case When(start=start):
            return start is not None and f"{start:%A}" == now
        case EntityRef(entity_id=entity_id):
            return any(now in e.names for e in dossier.entities if e.id == entity_id)
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--missed", action="store_true", help="name the incidents missed")
    given = parser.parse_args()
    folder = given.data / "dev" / "gva"
    if not folder.is_dir():
        sys.exit(f"{folder}: not there; this needs the GVA development set")
    engine = LocalEngine(1)
    planted, found, cried, different = (
        Counter[str](),
        Counter[str](),
        Counter[str](),
        Counter[str](),
    )
    n_cases = 0
    for incident, documents in cases(folder, given.cases):
        twin = None
        for plant in plants(incident, documents):
            if twin is None:
                twin, n_cases = tell(list(documents), engine), n_cases + 1
                for slot in ("killed", "injured", "when", "where"):
                    cried[slot] += bool(contradicted(twin, slot))
                    different[slot] += any(
                        len(f.candidates) > 1
                        for f in twin.findings
                        if f.slot == slot and f.subject_id == twin.events[0].id
                    )
            planted[plant.slot] += 1
            is_seen = is_found(tell(list(plant.documents), engine), plant)
            found[plant.slot] += is_seen
            if given.missed and not is_seen:
                sys.stdout.write(f"missed: {incident['incident']} {plant.slot} {plant.now}\n")
    for slot in planted:
        sys.stdout.write(
            f"{slot:<8} planted {planted[slot]:3} found {100 * found[slot] / planted[slot]:5.1f} %"
            f"  called contradictory in {n_cases} twins: {cried[slot]}"
            f" (by whoever cries at any two answers: {different[slot]})\n"
        )
    n_found, n_planted = found.total(), planted.total()
    sys.stdout.write(f"all      planted {n_planted:3} found {100 * n_found / n_planted:5.1f} %\n")
    sys.stdout.write(
        f"called contradictory in unchanged twins: {cried.total() / n_cases:.2f} a case\n"
    )


if __name__ == "__main__":
    main()
