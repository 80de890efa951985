"""Score a dossier against what a careful reader finds in its documents.

    python -m evaluation.expected DOSSIER.json EXPECTED.json [--missing]

prints one row a section: entries right, entries expected, per cent; with --missing, what is not
right. The form of EXPECTED.json is that of `examples/*.expected.json`: quotes are verbatim from
the documents, a document is named by the beginning of its file name.
"""

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

Json = Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One expectation, whether it was met, and what was found instead."""

    section: str
    what: str
    met: bool
    found: str = ""


class Scorer:
    """Holds one dossier beside its documents."""

    def __init__(self, dossier: Json) -> None:
        self.dossier = dossier
        self.documents = {d["id"]: d for d in dossier["documents"]}
        self.claims = {c["id"]: c for c in dossier["claims"]}
        self.entities = {e["id"]: e for e in dossier["entities"]}

    def document(self, beginning: str) -> Json:
        for document in self.documents.values():
            if Path(document["name"]).name.startswith(beginning):
                return document
        raise SystemExit(f"{beginning}: no document of the dossier begins so")

    def spans(self, beginning: str, quote: str) -> list[tuple[int, int]]:
        text = self.document(beginning)["text"]
        return [m.span() for m in re.finditer(re.escape(quote), text)]

    def score(self, expected: Json) -> Iterator[Entry]:
        yield from self._documents(expected.get("documents", []))
        mapped = yield from self._entities(expected.get("entities", []))
        yield from self._never_merged(expected.get("never_merge", []), expected, mapped)
        yield from self._findings(expected.get("findings", []), mapped)
        yield from self._timeline(expected.get("timeline", []))
        yield from self._events(expected.get("events", []))
        yield from self._quotations(expected.get("quotations", []), mapped)
        yield from self._same_utterance(expected.get("same_utterance", []))

    def _documents(self, expected: Json) -> Iterator[Entry]:
        for entry in expected:
            document = self.document(entry["document"])
            name = entry["document"]
            if "source" in entry:
                found = document["source"]
                yield Entry(
                    "documents",
                    f"{name} source {entry['source']}",
                    found == entry["source"],
                    str(found),
                )
            published = (document["published"] or {}).get("value")
            if "published" in entry:
                days = entry.get("published_tolerance_days", 0)
                near = published is not None and _days_apart(published, entry["published"]) <= days
                yield Entry(
                    "documents", f"{name} published {entry['published']}", near, str(published)
                )
            if "published_not" in entry:
                not_this = entry["published_not"].split()[0]
                yield Entry(
                    "documents",
                    f"{name} not published {not_this}",
                    published != not_this,
                    str(published),
                )
            if "updated" in entry:
                updated = (document["updated"] or {}).get("value")
                yield Entry(
                    "documents",
                    f"{name} updated {entry['updated']}",
                    updated == entry["updated"],
                    str(updated),
                )

    def _mentions_by_entity(self) -> dict[str, list[tuple[int, int, str]]]:
        by_document: dict[str, list[tuple[int, int, str]]] = {}
        for entity in self.dossier["entities"]:
            for m in entity["mentions"]:
                by_document.setdefault(m["document"], []).append(
                    (m["start"], m["end"], entity["id"])
                )
        return by_document

    def _entities(self, expected: Json) -> Generator[Entry, None, dict[str, str | None]]:
        mentions = self._mentions_by_entity()
        mapped: dict[str, str | None] = {}
        for entity in expected:
            held: dict[tuple[str, str], list[str | None]] = {}
            for beginning, strings in entity["mentions"].items():
                document = self.document(beginning)
                others = [
                    self.spans(beginning, s)
                    for e in expected
                    for s in e["mentions"].get(beginning, [])
                ]
                longer = [span for spans in others for span in spans]
                for string in strings:
                    held[beginning, string] = [
                        _holder(mentions.get(document["id"], []), span)
                        for span in self.spans(beginning, string)
                        if not any(_strictly_inside(span, o) for o in longer)
                    ]
            votes = Counter(h for hs in held.values() for h in set(hs) if h is not None)
            best = max(sorted(votes), key=lambda h: votes[h]) if votes else None
            mapped[entity["name"]] = best
            for (beginning, string), holders in held.items():
                known = [h for h in holders if h is not None]
                met = best is not None and bool(known) and all(h == best for h in known)
                names = [self.entities[h]["name"] if h else "nobody" for h in holders]
                yield Entry(
                    "people", f"{beginning} “{string}” is {entity['name']}", met, ", ".join(names)
                )
        return mapped

    def _never_merged(
        self, expected: Json, _: Json, mapped: dict[str, str | None]
    ) -> Iterator[Entry]:
        for a, b in expected:
            apart = mapped.get(a) is None or mapped.get(a) != mapped.get(b)
            yield Entry("never merged", f"{a} / {b}", apart, "one entity" if not apart else "")

    def _findings(self, expected: Json, mapped: dict[str, str | None]) -> Iterator[Entry]:
        for entry in expected:
            subject = mapped.get(entry["entity"]) if "entity" in entry else None
            ours = [
                f for f in self.dossier["findings"]
                if f["slot"] == entry["slot"] and (subject is None or f["subject"] == subject)
            ]  # fmt: skip
            section = "figures" if _is_figure(entry) else "other findings"
            judged = [self._judge(entry, finding) for finding in ours]
            problems = min(judged, key=len, default=["no finding of this slot"])
            yield Entry(
                section,
                f"{entry['slot']}: {entry['id']} ({entry['status']})",
                not problems,
                "; ".join(problems),
            )

    def _judge(self, expected: Json, finding: Json) -> list[str]:
        """What is wrong with our finding, nothing when it is right."""
        problems = []
        if finding["status"] != expected["status"]:
            problems.append(f"status {finding['status']}")
        matched: dict[int, str] = {}
        for candidate in expected["candidates"]:
            index = self._matching(candidate, finding, matched.keys())
            if index is None:
                problems.append(f"no candidate {_said(candidate)}")
            else:
                matched[index] = _said(candidate)
        problems += _unrelated(expected, finding, matched)
        for i, candidate in enumerate(finding["candidates"]):
            if i not in matched and _is_figure(expected):
                problems.append(f"extra candidate {_said(candidate['value'])}")
        for never in expected.get("never", []):
            spans = self.spans(never["document"], never["quote"])
            document = self.document(never["document"])["id"]
            problems += [
                f"holds “{never['quote'][:40]}”"
                for candidate in finding["candidates"]
                if self._rests_on(candidate, document, spans)
            ]
        return problems

    def _matching(self, expected: Json, finding: Json, taken: Set[int]) -> int | None:
        """The candidate that says it: a figure or an office by its value and all its evidence,
        any other answer, which may be put in many words, by some of its evidence."""
        for i, candidate in enumerate(finding["candidates"]):
            is_strict = "low" in expected or finding["slot"] == "title"
            if i in taken or (is_strict and not _same_value(expected, candidate["value"])):
                continue
            evidence = ((e["document"], e["quote"]) for e in expected["evidence"])
            rests = [
                self._rests_on(candidate, self.document(beginning)["id"], self.spans(beginning, q))
                for beginning, q in evidence
            ]
            if all(rests) if is_strict else any(rests):
                return i
        return None

    def _rests_on(self, candidate: Json, document: str, spans: list[tuple[int, int]]) -> bool:
        return any(
            c["document"] == document and c["start"] < end and start < c["end"]
            for c in (self.claims[k] for k in candidate["claims"])
            for start, end in spans
        )

    def _timeline(self, expected: Json) -> Iterator[Entry]:
        for entry in expected:
            for evidence in entry["evidence"]:
                spans = self.spans(evidence["document"], evidence["quote"])
                document = self.document(evidence["document"])["id"]
                values = sorted(
                    {
                        when["value"]
                        for t in self.dossier["timeline"]
                        for when, passages in _given(t)
                        for p in passages
                        if p["document"] == document and _overlap((p["start"], p["end"]), spans)
                    }
                )
                # A vaguer time may stand beneath the exact one of the same happening.
                met = any(v.startswith(entry["value"]) for v in values)
                what = f"{entry['value']} {evidence['document']} “{evidence['quote'][:50]}”"
                yield Entry("timeline", what, met, ", ".join(values))

    def _events(self, expected: Json) -> Iterator[Entry]:
        """Each quote tells of one event with the others of its entry, and of no other entry's.

        What is part of an event (`part_of`) also tells of it.
        """
        above = {v["id"]: v["part_of"] for v in self.dossier["events"]}
        told = [
            [self._events_told(e["document"], e["quote"]) for e in entry["evidence"]]
            for entry in expected
        ]
        taken: dict[int, str] = {}
        for i in sorted(range(len(expected)), key=lambda i: not expected[i].get("main", False)):
            votes = Counter(v for here in told[i] for v in here if v not in taken.values())
            if votes:
                taken[i] = max(sorted(votes), key=lambda v: votes[v])
        names = {v["id"]: v["name"] for v in self.dossier["events"]}
        for i, entry in enumerate(expected):
            mine = taken.get(i)
            for evidence, here in zip(entry["evidence"], told[i], strict=True):
                outer = {above[v] for v in here - set(taken.values())}
                what = f"{evidence['document']} “{evidence['quote'][:50]}” {entry['id']}"
                found = ", ".join(sorted(names[v] for v in here)) or "no event"
                yield Entry("events", what, mine in here | outer, found)
            event = next((v for v in self.dossier["events"] if v["id"] == mine), None)
            when = event["when"]["value"] if event and event["when"] else None
            met = when is not None and when.startswith(entry["day"])
            yield Entry("days of events", f"{entry['id']} {entry['day']}", met, str(when))
            if entry.get("main"):
                first = self.dossier["events"][0]
                where = [self.entities[w]["name"] for w in first["where"]]
                yield Entry("main event", entry["id"], mine == first["id"], first["name"])
                if "place" in entry:
                    is_there = where[:1] == [entry["place"]]
                    yield Entry("main event", f"in {entry['place']}", is_there, ", ".join(where))

    def _events_told(self, beginning: str, quote: str) -> set[str]:
        document, spans = self.document(beginning)["id"], self.spans(beginning, quote)
        return {
            event["id"]
            for event in self.dossier["events"]
            for m in event["mentions"]
            if m["document"] == document and _overlap((m["start"], m["end"]), spans)
        }

    def _quotations(self, expected: Json, mapped: dict[str, str | None]) -> Iterator[Entry]:
        for entry in expected:
            for evidence in entry["evidence"]:
                spans = self.spans(evidence["document"], evidence["quote"])
                document = self.document(evidence["document"])["id"]
                ours = [
                    q for q in self.dossier["quotations"]
                    if q["document"] == document and _overlap((q["start"], q["end"]), spans)
                ]  # fmt: skip
                speaker = mapped.get(entry["speaker"]) if entry["speaker"] else None
                met = any(q["speaker"] == speaker for q in ours) and (
                    speaker is not None or entry["speaker"] is None
                )
                if entry["speaker"] is None:
                    met = bool(ours) and all(q["speaker"] is None for q in ours)
                section = "direct quotations" if entry["direct"] else "indirect quotations"
                names = [
                    self.entities[q["speaker"]]["name"] if q["speaker"] else "nobody" for q in ours
                ]
                what = f"{evidence['document']} “{evidence['quote'][:50]}” {entry['speaker']}"
                yield Entry(section, what, met, ", ".join(names) or "no quotation")

    def _same_utterance(self, expected: Json) -> Iterator[Entry]:
        quotations = self.dossier["quotations"]
        for versions in expected:
            indices = []
            for version in versions:
                spans = self.spans(version["document"], version["quote"])
                document = self.document(version["document"])["id"]
                indices.append(
                    {
                        i
                        for i, q in enumerate(quotations)
                        if q["document"] == document and _overlap((q["start"], q["end"]), spans)
                    }
                )
            met = any(j in quotations[i]["same_as"] for i in indices[0] for j in indices[1])
            yield Entry("same utterance", versions[0]["quote"][:50], met)


def _given(entry: Json) -> Iterator[tuple[Json, Json]]:
    """Each time that an entry of the timeline gives, with the passages that do."""
    others = entry.get("conflicts", [])[1:]
    differing = [passage for dating in others for passage in dating["passages"]]
    yield entry["when"], [p for p in entry["passages"] if p not in differing]
    for dating in others:
        yield dating["when"], dating["passages"]


def _is_figure(expected: Json) -> bool:
    return all("low" in c for c in expected["candidates"])


def _unrelated(expected: Json, finding: Json, said: Mapping[int, str]) -> Iterator[str]:
    """The expected relations that ours are not; sides are named as `_short` does, or begin so."""
    for a, b, relation in expected.get("relations", []):
        i, j = (
            next((k for k, words in said.items() if _short(words).startswith(_short(side))), None)
            for side in (a, b)
        )
        if i is None or j is None:
            continue
        ours = {r["relation"] for r in finding["relations"] if {r["a"], r["b"]} == {i, j}}
        if relation not in ours:
            yield f"{a} and {b} {', '.join(sorted(ours))}, not {relation}"


def _short(said: str) -> str:
    return said.removeprefix("exactly ").replace("_", " ").casefold()


def _same_value(expected: Json, value: Json) -> bool:
    if "low" in expected:
        wanted = ("quantity", expected["low"], expected["comparator"])
        return wanted == (value["type"], value.get("low"), value.get("comparator"))
    return value["type"] == "text" and _key(value["text"]) == _key(expected["value"])


def _key(text: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return frozenset(re.findall(r"\w+", folded)) - {"the", "of", "for"}


def _said(value: Json) -> str:
    if "low" in value:
        return f"{value['comparator']} {value['low']}"
    return str(value.get("value", value.get("text", value)))


def _holder(mentions: list[tuple[int, int, str]], span: tuple[int, int]) -> str | None:
    """The entity whose mention covers at least half of the words, the longest such mention."""
    best: tuple[int, str] | None = None
    for start, end, entity in mentions:
        shared = min(end, span[1]) - max(start, span[0])
        if shared * 2 >= span[1] - span[0] and (best is None or shared > best[0]):
            best = (shared, entity)
    return best[1] if best else None


def _strictly_inside(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other != span and other[0] <= span[0] and span[1] <= other[1]


def _overlap(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _days_apart(a: str, b: str) -> int:
    try:
        return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b)).days)
    except ValueError:
        return 10_000


def table(entries: list[Entry]) -> str:
    """A row a section, in the order of first appearance."""
    rows = [f"{'section':<22}{'right':>6}{'of':>5}{'%':>7}"]
    for section in dict.fromkeys(e.section for e in entries):
        mine = [e for e in entries if e.section == section]
        right = sum(e.met for e in mine)
        rows.append(f"{section:<22}{right:>6}{len(mine):>5}{100 * right / len(mine):>7.1f}")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("expected", type=Path)
    parser.add_argument("--missing", action="store_true")
    given = parser.parse_args()
    scorer = Scorer(json.loads(given.dossier.read_text(encoding="utf-8")))
    entries = list(scorer.score(json.loads(given.expected.read_text(encoding="utf-8"))))
    sys.stdout.write(table(entries) + "\n")
    if given.missing:
        for entry in entries:
            if not entry.met:
                sys.stdout.write(f"- {entry.section}: {entry.what}: {entry.found}\n")


if __name__ == "__main__":
    main()
