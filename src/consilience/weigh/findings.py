"""Claims -> Findings: all answers to one question side by side, never with a silent winner."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consilience.records import (
    Candidate,
    Case,
    Claim,
    Entity,
    EntityRef,
    Event,
    Factuality,
    Finding,
    Kind,
    Passage,
    Polarity,
    Quantity,
    Relation,
    RelationKind,
    Stance,
    Status,
    Text,
    Truth,
    Value,
    When,
    content_id,
)
from consilience.roots import Roots
from consilience.weigh.acts import ACTED_SLOTS, Act, act_question, by_act
from consilience.weigh.beliefs import Answers, beliefs
from consilience.weigh.counted import Topic
from consilience.weigh.figure import OFFER
from consilience.weigh.forces import body_key
from consilience.weigh.policies import policies
from consilience.weigh.questions import ask
from consilience.weigh.related_offices import title_tokens
from consilience.weigh.related_times import names_day
from consilience.weigh.relations import relate
from consilience.weigh.sides import Side
from consilience.weigh.topics import STATES, asked_of, by_topic, topic_of
from consilience.weigh.voices import is_office

_STATUS = {
    RelationKind.SAME: Status.AGREED,
    RelationKind.COMPATIBLE: Status.COMPATIBLE,
    RelationKind.UPDATED: Status.UPDATED,
    RelationKind.CONTRADICTORY: Status.CONTRADICTED,
}
_STRENGTH = list(_STATUS)
# A document that gives more numbers than this for one thing lists them, and reports none.
_MAX_ANSWERS = 20
# Happenings that go on for days, so that two days contradict nothing.
_LASTING = frozenset({"strike", "protest", "vote", "court case", "storm", "disaster"})
_UNSUPPORTING = frozenset({Stance.DENIES, Stance.ASKS, Stance.ORDERS})


def find_findings(
    claims: Sequence[Claim],
    topics: Mapping[str, Topic],
    acts: Mapping[str, Act],
    behind: Roots,
    case: Case,
) -> tuple[Finding, ...]:
    """One finding per question that some document answers with a fact.

    Two counts of one noun are one question only where they were counted in one happening (see
    `topics`); two answers to who did it only where they tell of one act.
    """
    entities = {e.id: e for e in case.entities}
    subjects: dict[str, Entity | Event] = {**entities, **{e.id: e for e in case.events}}
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    retracted: dict[tuple[str, str], set[float | int]] = defaultdict(set)
    backers: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if _supports(claim):
            groups[claim.subject_id, claim.slot].append(claim)
            if claim.slot == "title" and isinstance(claim.value, Text):
                titles[claim.subject_id].add(claim.value.text)
        elif (
            claim.slot == "decided_by"
            and isinstance(claim.value, EntityRef)
            and all(v.stance is not Stance.DENIES for v in claim.voices)
        ):
            backers[claim.subject_id].add(claim.value.entity_id)
        elif claim.factuality is Factuality.NOT_HAPPENED and (number := _number(claim.value)):
            retracted[claim.subject_id, claim.slot].add(number)
    dead: dict[str, set[float]] = defaultdict(set)
    for claim in (c for key, group in groups.items() if key[1] == "killed" for c in group):
        dead[claim.passage.document_id].add(float(_number(claim.value) or 0))
    known = _Known(
        case, {d.id: d.text for d in case.documents}, entities, titles, acts, topics, dead
    )
    lasting = frozenset(event.id for event in case.events if event.kind in _LASTING)
    asked: list[_Question] = []
    answers: list[Answers] = []
    for subject, slot in sorted(groups):
        reported = _without_tables(groups[subject, slot])
        questions = [reported] if reported else []
        if reported and slot.startswith("count:"):
            questions = by_topic(reported, topics)
        if slot == "happened":
            questions = _by_matter(reported, topics)
        if any(claim.id in acts for claim in reported):
            questions = by_act(reported, acts)
        for question in questions:
            topic = topic_of(question, topics)
            text = act_question(slot, question, acts) or ask(
                slot,
                topic,
                subjects.get(subject),
                question[0].value,
                verb=asked_of(question, topics),
            )
            taken_back, backing = frozenset(retracted[subject, slot]), frozenset(backers[subject])
            is_lasting = subject in lasting
            asked.append(_Question(text, subject, slot, topic, taken_back, backing, is_lasting))
            answers.append(_answers(asked[-1], question, known))
    officials = frozenset(
        c.subject_id
        for c in claims
        if c.slot == "title" and isinstance(c.value, Text) and is_office(c.value.text)
    )
    believed = beliefs(answers, behind, officials)
    return tuple(
        _finding(*one, behind, officials) for one in zip(asked, answers, believed, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known beside the claims: `titles` by entity, `dead` by document."""

    case: Case
    texts: Mapping[str, str]
    entities: Mapping[str, Entity]
    titles: Mapping[str, set[str]]
    acts: Mapping[str, Act]
    topics: Mapping[str, Topic]
    dead: Mapping[str, set[float]]

    def words(self, passage: Passage) -> str:
        return self.texts[passage.document_id][passage.start : passage.end]

    def sentence(self, passage: Passage) -> str:
        """The sentence in which a passage begins; its own words where none is known."""
        reading = self.case.readings.get(passage.document_id)
        sentences = reading.sentences if reading is not None else ()
        at = bisect_right(sentences, passage.start, key=lambda s: s.start) - 1
        return self.words(sentences[at] if at >= 0 else passage)


@dataclass(frozen=True, slots=True)
class _Question:
    """What a finding answers; `retracted` are the numbers that some document takes back, `backers`
    the entities that only stood behind what others decided."""

    text: str
    subject: str
    slot: str
    topic: str
    retracted: frozenset[float | int]
    backers: frozenset[str]
    is_lasting: bool


def _number(value: Value) -> float | int | None:
    if not isinstance(value, Quantity):
        return None
    return value.high if value.low is None else value.low


def _largest(claims: Sequence[Claim]) -> dict[str, dict[str | None, float]]:
    """The largest figure of each voice of each document; None: of the document itself."""
    found: dict[str, dict[str | None, float]] = defaultdict(dict)
    for claim in claims:
        number = _number(claim.value)
        if number is not None:
            voices = found[claim.passage.document_id]
            voices[_voice(claim)] = max(voices.get(_voice(claim), 0.0), float(number))
    return found


def _is_part(group: Sequence[Claim], largest: Mapping[str, Mapping[str | None, float]]) -> bool:
    """Whether each document gives a larger figure beside it, but for what another voice says."""
    number = _number(group[0].value)
    return number is not None and all(
        any(
            high > number
            for voice, high in largest[c.passage.document_id].items()
            if voice is None or _voice(c) is None or voice == _voice(c)
        )
        for c in group
    )


def _voice(claim: Claim) -> str | None:
    """Who says it, as far as that is known."""
    return next((v.speaker_id or v.name for v in claim.voices if v.speaker_id or v.name), None)


def _without_tables(claims: Sequence[Claim]) -> list[Claim]:
    """The claims but those of a document that answers one question with a whole table."""
    numbers: dict[str, set[float | int]] = defaultdict(set)
    for claim in claims:
        number = _number(claim.value)
        if number is not None:
            numbers[claim.passage.document_id].add(number)
    return [c for c in claims if len(numbers[c.passage.document_id]) <= _MAX_ANSWERS]


def _by_matter(claims: Sequence[Claim], topics: Mapping[str, Topic]) -> list[list[Claim]]:
    """Claims of what is told and denied, by what that is."""
    matters: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        matters[topics[claim.id].lemma].append(claim)
    return [matters[words] for words in sorted(matters)]


def _unsupporting(claim: Claim) -> frozenset[Stance]:
    """Who denies that it happened says that it did not."""
    is_denial = claim.value == Truth(holds=False)
    return _UNSUPPORTING - {Stance.DENIES} if is_denial else _UNSUPPORTING


def _supports(claim: Claim) -> bool:
    """Whether a claim states its value as a fact, in whosever voice."""
    return (
        claim.factuality is Factuality.HAPPENED
        and claim.polarity is Polarity.POSITIVE
        and not any(v.stance in _unsupporting(claim) for v in claim.voices)
    )


def _answers(asked: _Question, claims: Sequence[Claim], known: _Known) -> Answers:
    """The claims by what they say, and how each two answers stand."""
    by_value: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_value[_value_key(asked.slot, claim.value)].append(claim)
    held = [by_value[key] for key in sorted(by_value)]
    largest = _largest(claims)
    sides = [_side(asked, group, largest, known) for group in held]
    relations = tuple(
        Relation(i, j, *relate(asked.slot, sides[i], sides[j]))
        for i in range(len(sides))
        for j in range(i + 1, len(sides))
    )
    return Answers(asked.slot, tuple(map(tuple, held)), tuple(sides), relations)


def _side(
    asked: _Question,
    group: Sequence[Claim],
    largest: Mapping[str, Mapping[str | None, float]],
    known: _Known,
) -> Side:
    value, passages = group[0].value, [c.passage for c in group]
    entity, entity_id = _entity(value, known.entities), _entity_id(value)
    documents = frozenset(passage.document_id for passage in passages)
    alone = [c for c in group if not _is_part([c], largest)]
    return Side(
        value=value,
        document_ids=documents,
        first_said=_surely_said(group),
        last_said=_dated(alone)[-1] if _dated(alone) else None,
        entity=entity,
        named_in=_named_in(entity, known.texts),
        words=tuple(known.words(passage) for passage in passages),
        sentences=tuple(known.sentence(passage) for passage in passages),
        counted_in=tuple(
            (c.passage.document_id, known.topics[c.id]) for c in group if c.id in known.topics
        ),
        dead=frozenset(n for d in documents for n in known.dead.get(d, ())),
        is_part=_is_part(group, largest),
        is_retracted=_number(value) in asked.retracted,
        is_state=asked.topic in STATES or asked.topic == OFFER,
        acts=tuple(known.acts[c.id] for c in group if c.id in known.acts),
        speakers=frozenset(who for c in group if (who := _voice(c)) is not None),
        titles=frozenset(known.titles.get(entity_id, ())),
        voices=frozenset((c.passage.document_id, _voice(c)) for c in group),
        is_backer=entity_id in asked.backers,
        is_day_named=any(isinstance(c.value, When) and names_day(c.value) for c in group),
        is_lasting=asked.is_lasting,
    )


def _finding(
    asked: _Question,
    answers: Answers,
    believed: Sequence[float],
    behind: Roots,
    officials: frozenset[str],
) -> Finding:
    supports = [set(behind.of_claims(group)) for group in answers.held]
    candidates = tuple(
        _candidate(group, support, belief)
        for group, support, belief in zip(answers.held, supports, believed, strict=True)
    )
    claim_ids = sorted(c.id for group in answers.held for c in group)
    return Finding(
        id=content_id("finding", asked.subject, asked.slot, *claim_ids),
        subject_id=asked.subject,
        slot=asked.slot,
        question=asked.text,
        status=_status(candidates, answers.relations, supports),
        candidates=candidates,
        relations=answers.relations,
        policies=policies(answers, candidates, officials),
    )


def _entity(value: Value, entities: Mapping[str, Entity]) -> Entity | None:
    return entities[value.entity_id] if isinstance(value, EntityRef) else None


def _named_in(place: Entity | None, texts: Mapping[str, str]) -> frozenset[str]:
    """The documents that name a place, and do not only say "the town"."""
    if place is None or place.kind is not Kind.PLACE:
        return frozenset()
    told = frozenset(passage.document_id for passage in place.mentions)
    return frozenset(d for d in told if any(name in texts[d] for name in place.names))


def _entity_id(value: Value) -> str:
    return value.entity_id if isinstance(value, EntityRef) else ""


def _value_key(slot: str, value: Value) -> str:
    """Equal for values that say the same, and sorting as a reader would."""
    match value:
        case Quantity(low, high, comparator, unit):
            first = low if low is not None else high
            return f"{first:020.4f} {comparator} {high} {unit}"
        case Text(text) if slot in ACTED_SLOTS:
            return body_key(text)
        case Text(text):
            return " ".join(sorted(title_tokens(text))) or text
        case EntityRef(entity_id):
            return entity_id
        case When(start, end, timex):
            # "Late on Tuesday" has the value of Tuesday, and lies within it.
            return f"{timex} {start} {end}"
        case _:
            return repr(value)


def _candidate(group: Sequence[Claim], support: set[str], belief: float) -> Candidate:
    dated = _dated(group)
    return Candidate(
        value=_shown(group),
        claim_ids=tuple(c.id for c in group),
        n_documents=len({c.passage.document_id for c in group}),
        n_origins=len(support),
        first_said=dated[0] if dated else None,
        last_said=dated[-1] if dated else None,
        belief=belief,
    )


def _dated(group: Sequence[Claim]) -> list[When]:
    """The times as of which a value was said, the earliest first."""
    return sorted(
        {c.as_of for c in group if c.as_of is not None and c.as_of.start is not None},
        key=lambda w: (w.start or w.end, w.value, w.text or ""),
    )


def _surely_said(group: Sequence[Claim]) -> When | None:
    """The time by which a value had been said, whenever a page of no known day was written."""
    dated = [c.as_of for c in group if c.as_of is not None and c.as_of.start is not None]
    latest_first = sorted(dated, key=lambda w: (w.start or w.end, w.value), reverse=True)
    return min(latest_first, key=lambda w: (w.end or w.start,), default=None)


def _shown(group: Sequence[Claim]) -> Value:
    return min((c.value for c in group), key=lambda v: (repr(v).casefold(), repr(v)))


def _status(
    candidates: Sequence[Candidate], relations: Sequence[Relation], supports: Sequence[set[str]]
) -> Status:
    if len(candidates) == 1 or all(r.kind is RelationKind.SAME for r in relations):
        one_origin = len(set().union(*supports)) == 1
        return Status.SINGLE_ORIGIN if one_origin else Status.AGREED
    return _STATUS[max((r.kind for r in relations), key=_STRENGTH.index)]
