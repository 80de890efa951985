"""What the page draws, as data: figures over time, the timeline, who draws on whom."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from consilience.dates import day_value, when_of
from consilience.records import (
    Candidate,
    Dossier,
    Factuality,
    Finding,
    Passage,
    Quantity,
    RelationKind,
    TimelineEntry,
    When,
)
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import (
    LINK_WORDS,
    by_weight,
    count,
    is_known_to_the_day,
    say_said,
    say_value,
    say_voices,
)
from consilience.wording import label, printable, say_when, shortened

# A line of a drawing has no room for more characters.
_LINE_CHARS = 110
# More voices than this are counted, not named.
_VOICES_MAX = 4
# The page of 500 documents stays small: so many figures, answers, days and passages are drawn.
_FIGURES_MAX = 60
_VALUES_MAX = 14
_SAID_MAX = 8
_CITES_MAX = 6


def drawings_json(dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]) -> str:
    """JSON that may stand in a page as it is: no tag can begin or end in it."""
    drawn = {
        "figures": list(islice(_figures(dossier, book, ids), _FIGURES_MAX)),
        "timeline": _timeline(dossier, book),
        "origins": _origins(dossier, book, ids),
    }
    text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _figures(
    dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]
) -> Iterator[dict[str, Any]]:
    for finding in by_weight(dossier):
        figure = _figure(finding, book, ids)
        if figure is not None:
            yield figure


def _figure(finding: Finding, book: Lookup, ids: Mapping[Passage, str]) -> dict[str, Any] | None:
    """None where there are not two numbers, of which one was said at a known time."""
    drawn = {
        n: candidate
        for n, candidate in enumerate(finding.candidates)
        if isinstance(candidate.value, Quantity) and _number(candidate.value) is not None
    }
    most = sorted(drawn, key=lambda n: (-drawn[n].n_documents, n))[:_VALUES_MAX]
    drawn = {n: drawn[n] for n in sorted(most)}
    places = {n: i for i, n in enumerate(drawn)}
    said = [_said(candidate, book, ids) for candidate in drawn.values()]
    if len(drawn) < 2 or not any(one["start"] is not None for some in said for one in some):
        return None
    against = {
        n for r in finding.relations if r.kind is RelationKind.CONTRADICTORY for n in (r.a, r.b)
    }
    return {
        "id": finding.id,
        "question": printable(finding.question),
        "values": [
            {
                "label": printable(say_value(candidate.value, book)),
                "voices": printable(shortened(_voices(candidate, book), _LINE_CHARS)),
                **_bounds(candidate.value),
                "contradicted": n in against,
                "said": some,
            }
            for (n, candidate), some in zip(drawn.items(), said, strict=True)
        ],
        "steps": [[places[a], places[b]] for a, b in _steps(finding) if {a, b} <= places.keys()],
    }


def _number(quantity: Quantity) -> float | None:
    return quantity.low if quantity.low is not None else quantity.high


def _bounds(value: object) -> dict[str, Any]:
    assert isinstance(value, Quantity)
    low, high = (
        (value.low, value.high)
        if value.low is not None and value.high is not None
        else (_number(value), _number(value))
    )
    return {"low": low, "high": high, "comparator": value.comparator}


def _voices(candidate: Candidate, book: Lookup) -> str:
    held = {book.claims[c].passage.document_id for c in candidate.claim_ids}
    return say_voices(candidate, book) if len(held) <= _VOICES_MAX else count(len(held), "document")


def _said(candidate: Candidate, book: Lookup, ids: Mapping[Passage, str]) -> list[dict[str, Any]]:
    """Each day or vaguer time that the value was said, with all who said it then."""
    claims_by_time: dict[When | None, list[str]] = defaultdict(list)
    for claim_id in candidate.claim_ids:
        claims_by_time[_time(book.claims[claim_id].as_of)].append(claim_id)
    told = []
    for when, claim_ids in claims_by_time.items():
        then = replace(candidate, claim_ids=tuple(claim_ids), first_said=when, last_said=when)
        documents = {book.claims[c].passage.document_id for c in claim_ids}
        start = _interval(when)["start"]
        one = {
            **_interval(when),
            "when": printable(say_said(then) or "at a time unknown"),
            "n": len(documents),
            "cites": _cites((book.claims[c].passage for c in claim_ids), ids),
        }
        if when is not None and not is_known_to_the_day(when):
            one["vague"] = True
        if len(claims_by_time) > 1:
            one["voices"] = printable(shortened(_voices(then, book), _LINE_CHARS))
        told.append((len(documents), start, one))
    kept = sorted(told, key=lambda one: (-one[0], one[1] or 0))[:_SAID_MAX]
    return [one for _, _, one in sorted(kept, key=lambda one: (one[1] is None, one[1] or 0))]


def _time(when: When | None) -> When | None:
    """A time as far as a drawing tells it from others: two minutes of one day are one."""
    if when is None or when.start is None or not is_known_to_the_day(when):
        # The words it was read from do not matter, only the time.
        return replace(when, text=None) if when is not None else None
    return when_of(day_value(when.start))


def _steps(finding: Finding) -> list[tuple[int, int]]:
    """From which answer to which the documents moved on: of several before it the last."""
    before: dict[int, list[int]] = defaultdict(list)
    for relation in finding.relations:
        if relation.kind is RelationKind.UPDATED:
            a, b = sorted((relation.a, relation.b), key=lambda n: _first(finding.candidates[n]))
            before[b].append(a)
    return [
        (max(earlier, key=lambda n: _first(finding.candidates[n])), later)
        for later, earlier in sorted(before.items())
    ]


def _first(candidate: Candidate) -> tuple[float, float]:
    first, last = candidate.first_said, candidate.last_said
    begun = first.start if first is not None else None
    ended = last.start if last is not None else None
    return _ms(begun) or 0, _ms(ended) or 0


def _interval(when: When | None) -> dict[str, int | None]:
    if when is None:
        return {"start": None, "end": None}
    return {"start": _ms(when.start), "end": _ms(when.end)}


def _ms(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp() * 1000)


def _timeline(dossier: Dossier, book: Lookup) -> list[dict[str, Any]]:
    """Without the words, which the list of the page has."""
    return [
        {
            **_interval(_drawn_when(entry, book)),
            "n": len({passage.document_id for passage in entry.passages}),
            **({"placed": entry.placed.relation} if entry.placed is not None else {}),
            **({"planned": True} if entry.status is not Factuality.HAPPENED else {}),
            **(
                {"others": [_interval(dating.when) for dating in entry.conflicts[1:]]}
                if entry.conflicts
                else {}
            ),
        }
        for entry in dossier.timeline
    ]


def _drawn_when(entry: TimelineEntry, book: Lookup) -> When:
    """Of what an event places, the side towards it as exactly as that is known."""
    by = book.events[entry.placed.of_id].when if entry.placed is not None else None
    if by is None or (entry.when.start is not None and entry.when.end is not None):
        return entry.when
    if entry.when.start is None:
        return replace(entry.when, end=by.start)
    return replace(entry.when, start=by.end)


def _origins(dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]) -> dict[str, Any]:
    places = {document.id: n for n, document in enumerate(dossier.documents)}
    numbers = {origin.id: n for n, origin in enumerate(dossier.origins)}
    return {
        "documents": [
            {
                "href": f"#d-{document.id}",
                "label": printable(label(document)),
                "date": say_when(document.published) if document.published else "date unknown",
                "start": _interval(document.published)["start"],
                **({} if is_known_to_the_day(document.published) else {"unsure": True}),
            }
            for document in dossier.documents
        ],
        "origins": [[places[d] for d in origin.document_ids] for origin in dossier.origins],
        "words": LINK_WORDS,
        # Copy, original, kind, probability, passages.
        "links": [
            [
                places[link.copy_id],
                places[link.of_id],
                link.kind,
                round(link.probability, 2),
                *_cites((p for m in link.evidence for p in (m.copy, m.of)), ids),
            ]
            for origin in dossier.origins
            for link in origin.links
        ],
        "passed_on": [
            {
                "source": printable(one.source),
                # Whose report it is where the case has it.
                "origin": numbers.get(one.origin_id),
                "by": places[one.passage.document_id],
                "cites": _cites([one.passage], ids),
            }
            for one in dossier.embedded
            if one.origin_id != book.origin_ids.get(one.passage.document_id)
        ],
    }


def _cites(passages: Iterable[Passage], ids: Mapping[Passage, str]) -> list[str]:
    """The first few; what the page does not cite has no id."""
    found = dict.fromkeys(ids[passage] for passage in passages if passage in ids)
    return list(islice(found, _CITES_MAX))
