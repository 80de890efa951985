"""The account: few sentences, each taken from or built over the passages it cites.

What the documents agree on is told once; a figure is told with all the values that are held
and who holds them; what somebody says stays in their mouth.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consilience.records import (
    Candidate,
    Claim,
    Document,
    Entity,
    EntityRef,
    Event,
    Finding,
    PartKind,
    Passage,
    Quantity,
    Quotation,
    RelationKind,
    Sentence,
    Status,
    Text,
    TimelineEntry,
    When,
)
from consilience.tell.quotations import words_between_marks
from consilience.tell.sentences import words_of
from consilience.wording import label, say_quantity, say_when

_FIGURES = ("killed", "injured", "missing", "detained", "freed", "displaced", "cost")
_FIGURE_NAMES = {
    "killed": "number of people killed",
    "injured": "number of people injured",
    "missing": "number of people missing",
    "detained": "number of people detained or held",
    "freed": "number of people freed",
    "displaced": "number of people driven from their homes",
    "cost": "cost",
}
_PASSIVE = {
    "killed": "killed", "injured": "injured", "missing": "missing",
    "detained": "detained or held", "freed": "freed", "displaced": "driven from their homes",
}  # fmt: skip
_MAX_FOLLOWING = 6
_MAX_STATEMENTS = 5
_QUOTE_WORDS = (5, 45)
_DANGLING = re.compile(
    r"^(?:but|and|however|he|she|it|they|this|that|these|those|his|her|their|its|also|meanwhile"
    r"|the (?:latter|former)|then|so|in all|there|once|as they)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything the account is written from."""

    documents: Mapping[str, Document]
    entities: Mapping[str, Entity]
    main: Event
    claims: Mapping[str, Claim]
    findings: Sequence[Finding]
    quotations: Sequence[Quotation]
    timeline: Sequence[TimelineEntry]


def account(material: Material) -> tuple[Sentence, ...]:
    """The account in reading order: the event, its figures, what else is told, who said what,
    and where the documents disagree."""
    sentences = [
        *_when_and_where(material),
        *_lead(material),
        *_figures(material),
        *_around(material),
        *_statements(material),
        *_disputes(material),
    ]
    unique: list[Sentence] = []
    for sentence in sentences:
        if sentence.text not in {s.text for s in unique}:
            unique.append(sentence)
    return tuple(unique)


def _when_and_where(material: Material) -> Iterator[Sentence]:
    when = _finding(material, "when")
    where = _finding(material, "where")
    if when is None:
        return
    best = when.policies.best
    if not isinstance(best, When):
        return
    documents = {
        material.claims[k].passage.document_id for c in when.candidates for k in c.claim_ids
    }
    place = ""
    findings = [when]
    if where is not None and isinstance(where.policies.best, EntityRef):
        entity = material.entities.get(where.policies.best.entity_id)
        if entity is not None:
            place = f" in {entity.name}"
            findings.append(where)
    day = say_when(When(None, None, best.value.split("T")[0]))
    accounts = _count(len(documents), "account")
    verb = "dates" if len(documents) == 1 else "date"
    yield Sentence(
        f"{accounts} {verb} the events{place} to {day}.",
        _passages(material, *findings),
        tuple(f.id for f in findings),
    )


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _count(n: int, noun: str) -> str:
    word = _NUMBERS[n] if n < len(_NUMBERS) else str(n)
    return f"{word} {noun}{'' if n == 1 else 's'}".capitalize()


def _finding(material: Material, slot: str) -> Finding | None:
    return next(
        (f for f in material.findings if f.subject_id == material.main.id and f.slot == slot), None
    )


def _passages(material: Material, *findings: Finding) -> tuple[Passage, ...]:
    return tuple(
        sorted(
            {
                material.claims[k].passage
                for finding in findings
                for candidate in finding.candidates
                for k in candidate.claim_ids
            }
        )
    )


def _lead(material: Material) -> Iterator[Sentence]:
    """The one sentence that tells the most of the main event."""
    entries = [e for e in material.timeline if e.event_id == material.main.id]
    told = [(self_score, p) for e in entries for p in e.passages
            if (self_score := _leading(material, p)) > 0]  # fmt: skip
    if not told:
        return
    _, best = max(told, key=lambda t: (t[0], -t[1].start, t[1].document_id))
    yield _cited(material, best)


def _leading(material: Material, passage: Passage) -> float:
    document = material.documents[passage.document_id]
    text = words_of(document, passage)
    n_words = len(text.split())
    if _part(document, passage) is not PartKind.BODY or _DANGLING.match(text) or n_words > 50:
        return 0.0
    slots = {
        c.slot
        for c in material.claims.values()
        if c.subject_id == material.main.id and _within(c.passage, passage)
    }
    names = sum(
        any(_within(m, passage) for m in e.mentions if m.document_id == passage.document_id)
        for e in material.entities.values()
    )
    return 1 + 2 * len(slots & {"killed", "injured", "when", "where"}) + 0.5 * names - n_words / 40


def _part(document: Document, passage: Passage) -> PartKind:
    for part in document.parts:
        if part.passage.start <= passage.start < part.passage.end:
            return part.kind
    return PartKind.BODY


def _within(inner: Passage, outer: Passage) -> bool:
    return (
        inner.document_id == outer.document_id
        and outer.start <= inner.start
        and inner.end <= outer.end
    )


def _cited(material: Material, passage: Passage) -> Sentence:
    document = material.documents[passage.document_id]
    words = words_of(document, passage)
    return Sentence(f"{label(document)} reports: {_quoted(words)}", (passage,))


def _quoted(words: str) -> str:
    """Words in curly marks, the marks inside turned to single ones as a desk would."""
    inside = words.replace("“", "‘").replace("”", "’")
    inside = re.sub(r"(^|[\s(])\"", r"\1‘", inside).replace('"', "’")
    return f"“{inside}”"


def _figures(material: Material) -> Iterator[Sentence]:
    for slot in _FIGURES:
        finding = _finding(material, slot)
        if finding is not None:
            yield Sentence(
                _say_figure(material, finding), _passages(material, finding), (finding.id,)
            )
    for finding in material.findings:
        if finding.slot.startswith("count:") and len(finding.candidates) > 1:
            yield Sentence(
                _say_figure(material, finding), _passages(material, finding), (finding.id,)
            )


def _say_figure(material: Material, finding: Finding) -> str:
    slot = finding.slot
    noun = slot.removeprefix("count:")
    name = _FIGURE_NAMES.get(slot, f"number of {_plural(noun)}")
    if len(finding.candidates) == 1:
        candidate = finding.candidates[0]
        assert isinstance(candidate.value, Quantity)
        figure = say_quantity(candidate.value)
        holders = _holders(material, candidate)
        one = figure == "1"
        what = f"{'person was' if one else 'people were'} {_PASSIVE.get(slot, noun)}"
        return f"{figure[:1].upper()}{figure[1:]} {what}, according to {holders}."
    said = [
        f"{say_quantity(c.value)} ({_holders(material, c, dated=True)})"
        for c in finding.candidates
        if isinstance(c.value, Quantity)
    ]
    text = f"For the {name}, the accounts give {_listed(said)}"
    why = _reason(finding)
    return text + (f"; {why}." if why else ".")


def _reason(finding: Finding) -> str:
    strongest = [r for r in finding.relations if r.kind is RelationKind.CONTRADICTORY] or [
        r for r in finding.relations if r.kind is RelationKind.UPDATED
    ]
    match finding.status:
        case Status.UPDATED:
            return "the higher figure is the later one"
        case Status.CONTRADICTED:
            return strongest[0].why.replace("“", "").replace("”", "")
        case Status.COMPATIBLE:
            return "these can all be true"
    return ""


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return {"person": "people", "child": "children"}.get(noun, noun + "s")


def _holders(material: Material, candidate: Candidate, *, dated: bool = False) -> str:
    """Who holds a value: the speakers where it is said by somebody, else the outlets."""
    held: list[str] = []
    for claim_id in candidate.claim_ids:
        claim = material.claims[claim_id]
        document = material.documents[claim.passage.document_id]
        name = label(document)
        voice = next((v for v in claim.voices if v.name), None)
        if voice is not None and voice.name is not None:
            entity = material.entities.get(voice.speaker_id or "")
            speaker = re.sub(r"\s+", " ", entity.name if entity else voice.name)
            name = f"{speaker} in {name}"
        if dated and claim.as_of is not None and claim.as_of.start is not None:
            name += f", {say_when(When(None, None, claim.as_of.value.split('T')[0]))}"
        if name not in held:
            held.append(name)
    return _listed(held) if not dated else "; ".join(held)


def _listed(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def _around(material: Material) -> Iterator[Sentence]:
    """Other dated happenings, in order, each in the words of the document that tells it best."""
    entries = [
        e
        for e in material.timeline
        if e.event_id != material.main.id and e.when.value[:4].isdigit()
    ]
    chosen = sorted(entries, key=lambda e: -len({p.document_id for p in e.passages}))
    keep = chosen[:_MAX_FOLLOWING]
    for entry in entries:
        if entry not in keep:
            continue
        good = [p for p in entry.passages if _tellable(material, p)]
        if good:
            document = material.documents[good[0].document_id]
            words = words_of(document, good[0])
            yield Sentence(
                f"{say_when(entry.when)} — {label(document)}: {_quoted(words)}", (good[0],)
            )


def _tellable(material: Material, passage: Passage) -> bool:
    document = material.documents[passage.document_id]
    text = words_of(document, passage)
    return (
        _part(document, passage) is PartKind.BODY
        and not _DANGLING.match(text)
        and 6 <= len(text.split()) <= 45
    )


def _statements(material: Material) -> Iterator[Sentence]:
    """The most telling direct words of each speaker who is known by name."""
    by_speaker: dict[str, list[Quotation]] = {}
    for quotation in material.quotations:
        if quotation.direct and quotation.speaker_id in material.entities:
            by_speaker.setdefault(quotation.speaker_id or "", []).append(quotation)
    ranked = sorted(by_speaker, key=lambda s: (-len(by_speaker[s]), material.entities[s].name))
    for speaker in ranked[:_MAX_STATEMENTS]:
        best = max(by_speaker[speaker], key=lambda q: (_telling(material, q), -q.passage.start))
        if _telling(material, best) <= 0:
            continue
        document = material.documents[best.passage.document_id]
        words = words_between_marks(document.text, best.passage).rstrip(",")
        cited = [best.passage, material.entities[speaker].mentions[0]]
        if best.cue is not None:
            cited.append(best.cue)
        yield Sentence(
            f"{material.entities[speaker].name}, quoted by {label(document)}: {_quoted(words)}",
            tuple(sorted(set(cited))),
        )


def _telling(material: Material, quotation: Quotation) -> int:
    text = material.documents[quotation.passage.document_id].text
    n_words = len(text[quotation.passage.start : quotation.passage.end].split())
    low, high = _QUOTE_WORDS
    if not low <= n_words <= high:
        return 0
    return n_words + 10 * len(quotation.same_as)


def _disputes(material: Material) -> Iterator[Sentence]:
    for finding in material.findings:
        if finding.status is not Status.CONTRADICTED or finding.slot in _FIGURES:
            continue
        if finding.slot.startswith("count:"):
            continue
        values = [
            f"“{c.value.text}” ({_holders(material, c)})"
            for c in finding.candidates
            if isinstance(c.value, Text)
        ]
        entity = material.entities.get(finding.subject_id)
        if finding.slot == "title" and entity is not None and len(values) > 1:
            yield Sentence(
                f"The accounts do not agree on the office of {entity.name}: {_listed(values)}.",
                _passages(material, finding),
                (finding.id,),
            )
        elif finding.slot == "when":
            days = [
                f"{say_when(c.value)} ({_holders(material, c)})"
                for c in finding.candidates
                if isinstance(c.value, When)
            ]
            yield Sentence(
                f"The accounts do not agree on when it happened: {_listed(days)}.",
                _passages(material, finding),
                (finding.id,),
            )
