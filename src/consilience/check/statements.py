"""A statement is read as one more document of the case, and each thing it says compared.

What it gives as figure, time, place, office or name of a doer falls into the findings of the case
beside what the documents say; what it tells as done is held against what they tell as done. The
statement itself is nobody's witness.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from consilience.check.deeds import Deed, deeds
from consilience.dates import contains, overlaps
from consilience.decisions import Numbered
from consilience.errors import InputError
from consilience.ingest.document import Given, document_of
from consilience.pipeline import resolve_case
from consilience.records import (
    Case,
    Claim,
    Document,
    EntityRef,
    Finding,
    Kind,
    Known,
    PartKind,
    Passage,
    Quantity,
    Reading,
    Relation,
    RelationKind,
    Text,
    Truth,
    Weighed,
    When,
)
from consilience.weigh import weigh
from consilience.weigh.related_figures import OPEN_SLOTS, bounds
from consilience.wording import say_quantity, say_when

STATEMENT_ID = "statement"
MAX_CHARS = 2_000
_SHOWN_MAX = 5
# Where a more exact answer bears out the vaguer one: a town its county, an office said in full.
_NESTED = frozenset({"where", "title", "nationality"})


class Standing(StrEnum):
    """How a statement stands in a case, the weakest first."""

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a statement says; `said` are its words there.

    `passages` bear it out, `against` speak against it. `voices` are those whose word it is, where
    no outlet says it on its own.
    """

    said: str
    standing: Standing
    why: str
    passages: tuple[Passage, ...] = ()
    against: tuple[Passage, ...] = ()
    voices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """Disputed where any point is, supported where every one is."""

    statement: str
    standing: Standing
    points: tuple[Point, ...]


def check(
    statement: str,
    read: Callable[[Document], Reading],
    documents: Sequence[Document],
    readings: Sequence[Reading],
    decisions: Sequence[Numbered] = (),
    listed: Sequence[Known] = (),
) -> Checked:
    """Hold a statement of one or a few sentences against the documents of a case.

    Raises:
        InputError: the statement has no words, or is longer than `MAX_CHARS`.
    """
    words = " ".join(statement.split())
    if len(words) > MAX_CHARS:
        raise InputError(
            f"the statement has {len(words)} characters; give at most {MAX_CHARS} at a time"
        )
    given = Given(id=STATEMENT_ID, language="en")
    sha256 = hashlib.sha256(words.encode()).hexdigest()
    body = {0: PartKind.BODY}
    document = document_of(words, given, name=STATEMENT_ID, sha256=sha256, kinds=body)
    # A day that it names is that of what it tells, and not the day of writing.
    document = replace(document, published=None, published_basis=None)
    by_id = {r.document_id: r for r in readings} | {STATEMENT_ID: read(document)}
    case, _ = resolve_case((*documents, document), by_id, decisions, listed)
    points = tuple(_points(case, weigh(case, decisions)))
    if not points:
        points = (Point(words, Standing.UNSUPPORTED, "it says nothing that can be compared"),)
    strongest = list(Standing)
    standing = max((p.standing for p in points), key=strongest.index)
    return Checked(words, standing, points)


def _points(case: Case, weighed: Weighed) -> Iterator[Point]:
    claims = {c.id: c for c in weighed.claims}
    ours = [c for c in weighed.claims if c.passage.document_id == STATEMENT_ID]
    compared = set()
    for finding in weighed.findings:
        for claim in ours:
            point = _compared(case, finding, claim, claims)
            if point is not None:
                compared.add(claim.passage)
                yield point
    yield from _times(case, compared, claims)
    yield from _names(case)
    for deed in deeds(case, STATEMENT_ID):
        is_compared = any(p.start <= deed.predicate.start < p.end for p in compared)
        point = _point_of_deed(case, deed)
        # A figure that is borne out bears out the deed that it counts.
        if not (is_compared and point.standing is Standing.UNSUPPORTED):
            yield point


def _compared(
    case: Case, finding: Finding, claim: Claim, claims: Mapping[str, Claim]
) -> Point | None:
    """How a claim of the statement stands among the answers of one finding."""
    mine = next((n for n, c in enumerate(finding.candidates) if claim.id in c.claim_ids), None)
    if mine is None:
        return None
    answers = _answers(finding, mine, claims)
    said = _words(case, claim.passage)
    same = [k for k, r in answers if r is None or r.kind is RelationKind.SAME]
    near = [k for k, r in answers if r and r.kind is RelationKind.COMPATIBLE and _implies(k, claim)]
    known_by = max((_said(k) for k in (*same, *near)), default="")
    for kind in (RelationKind.CONTRADICTORY, RelationKind.UPDATED):
        against = [(k, r) for k, r in answers if r and r.kind is kind]
        is_open = kind is RelationKind.UPDATED or finding.slot in OPEN_SLOTS
        if is_open and (same or near):
            # What later reports replaced does not speak against the last of them.
            against = [(k, r) for k, r in against if _said(k) > known_by]
        if against:
            why = f"{finding.question} {against[0][1].why}"
            opposed = [k for k, _ in against]
            return _point(said, Standing.DISPUTED, why, case, [*same, *near], opposed)
    if same or near:
        return _point(said, Standing.SUPPORTED, finding.question, case, [*same, *near])
    if answers:
        why = f"{finding.question} The documents say {_value(case, answers[0][0])}."
        return _point(said, Standing.UNSUPPORTED, why, case, [])
    return None


def _said(claim: Claim) -> str:
    return claim.as_of.start.isoformat() if claim.as_of and claim.as_of.start else ""


def _answers(
    finding: Finding, mine: int, claims: Mapping[str, Claim]
) -> list[tuple[Claim, Relation | None]]:
    """What documents answer, and how it stands to the statement's answer; None: it is the same."""
    relations = {(r.b if r.a == mine else r.a): r for r in finding.relations if mine in (r.a, r.b)}
    return [
        (claims[i], None if n == mine else relations[n])
        for n, candidate in enumerate(finding.candidates)
        for i in candidate.claim_ids
        if claims[i].passage.document_id != STATEMENT_ID
    ]


def _implies(known: Claim, claim: Claim) -> bool:
    """Whether what a document says makes the vaguer claim true: 8 killed, at least 5 killed."""
    match known.value, claim.value:
        case Quantity() as exact, Quantity() as vague:
            (low, high), (least, most) = bounds(exact), bounds(vague)
            return least <= low and high <= most
        case When() as fine, When() as coarse:
            return contains(coarse, fine)
        case (EntityRef(), EntityRef()) | (Text(), Text()):
            # Of doers and causes, one that goes with another does not bear it out.
            return claim.slot in _NESTED
    return False


def _times(case: Case, compared: Set[Passage], claims: Mapping[str, Claim]) -> Iterator[Point]:
    """Times that no finding held beside others: those of the happening that the statement tells."""
    reading = case.readings[STATEMENT_ID]
    told = {case.event_by_proposition.get(p.id) for p in reading.propositions}
    events = [v for v in case.events if v.id in told and v.when is not None]
    for timex in reading.times:
        at, when = timex.passage, timex.when
        is_compared = any(p.start <= at.start and at.end <= p.end for p in compared)
        if is_compared or when.start is None or when.end is None or not events:
            continue
        if any(v.when is not None and overlaps(v.when, when) for v in events):
            continue
        dated = [
            c
            for c in claims.values()
            if c.slot == "when" and c.subject_id in told and c.passage.document_id != STATEMENT_ID
        ]
        said = _words(case, at)
        if dated:
            why = f"the documents say {_value(case, dated[0])}"
            yield _point(said, Standing.DISPUTED, why, case, [], dated)
        else:
            yield Point(said, Standing.UNSUPPORTED, "no document dates it so")


def _names(case: Case) -> Iterator[Point]:
    """Names that no document knows."""
    for entity in case.entities:
        here = [m for m in entity.mentions if m.document_id == STATEMENT_ID]
        there = [m for m in entity.mentions if m.document_id != STATEMENT_ID]
        if here and not there and entity.kind in (Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE):
            said = _words(case, here[0])
            if said[:1].isupper():
                yield Point(said, Standing.UNSUPPORTED, f"no document names “{said}”")


def _point_of_deed(case: Case, deed: Deed) -> Point:
    said = _words(case, deed.predicate)
    names = {e.id: e.name for e in case.entities}
    voices = tuple(names[v] for v in deed.voices)
    if deed.denied:
        why = "told by some and denied by others" if deed.told else "the documents deny it"
        return Point(said, Standing.DISPUTED, why, deed.told, deed.denied, voices)
    if deed.told:
        return Point(said, Standing.SUPPORTED, "the documents tell it", deed.told, (), voices)
    why = "no document tells it"
    if deed.other_voices:
        why = "it is told, but not as the word of the one named"
    elif deed.only_possible:
        why = "it is told only as planned, possible or feared"
    return Point(said, Standing.UNSUPPORTED, why)


def _point(
    said: str,
    standing: Standing,
    why: str,
    case: Case,
    claims: Sequence[Claim],
    against: Sequence[Claim] = (),
) -> Point:
    names = {e.id: e.name for e in case.entities}
    own = any(not c.voices for c in claims)
    voices = (
        ()
        if own
        else tuple(
            dict.fromkeys(
                names.get(v.speaker_id or "") or v.name or "" for c in claims for v in c.voices
            )
        )
    )
    return Point(
        said,
        standing,
        why,
        tuple(sorted({c.passage for c in claims}))[:_SHOWN_MAX],
        tuple(sorted({c.passage for c in against}))[:_SHOWN_MAX],
        tuple(v for v in voices if v),
    )


def _words(case: Case, passage: Passage) -> str:
    document = next(d for d in case.documents if d.id == passage.document_id)
    return " ".join(document.text[passage.start : passage.end].split())


def _value(case: Case, claim: Claim) -> str:
    match claim.value:
        case Quantity():
            return say_quantity(claim.value)
        case When():
            return say_when(claim.value)
        case EntityRef(entity_id):
            return next(e.name for e in case.entities if e.id == entity_id)
        case Text(text):
            return f"“{text}”"
        case Truth(holds):
            return "it did" if holds else "it did not"
