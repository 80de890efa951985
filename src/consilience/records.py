"""The nouns: everything that passes between the stages, frozen.

Offsets count characters (Unicode code points) of `Document.text` and are half-open.
The JSON of these records is made by `consilience.interchange`.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from json.encoder import encode_basestring_ascii


def content_id(kind: str, *parts: str) -> str:
    """Name a record by what it says, so that a thing read twice is stored once.

    >>> content_id("claim", "ab", "c") == content_id("claim", "a", "bc")
    False
    """
    # A JSON list, not a joined string: no separator can hide inside a part.
    key = f"[{', '.join(map(encode_basestring_ascii, (kind, *parts)))}]"
    return f"{kind}-{hashlib.sha256(key.encode()).hexdigest()[:24]}"


class DriftKind(StrEnum):
    """How one version of an utterance strays from another."""

    SPEAKER = "speaker differs"
    NOBODY = "told without a speaker"
    INDIRECT = "direct in one, indirect in another"
    NEGATION = "negation dropped"
    CONDITION = "condition dropped"
    NUMBER = "number differs"
    CUT = "cut"


class PartKind(StrEnum):
    """What a stretch of a document is."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    QUOTED = "quoted"
    COMMENT = "comment"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"


class DateBasis(StrEnum):
    """Where a document's date of publication comes from."""

    GIVEN = "given"
    METADATA = "metadata"
    TEXT = "text"
    INFERRED = "inferred"


class Kind(StrEnum):
    """What a mention names."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    EVENT = "event"
    OBJECT = "object"
    TIME = "time"
    ABSTRACT = "abstract"
    ANIMAL = "animal"
    PLANT = "plant"
    SUBSTANCE = "substance"


class Layer(StrEnum):
    """What is read of a text; coreference is who is meant by words that are no name."""

    MENTIONS = "mentions"
    COREFERENCE = "coreference"
    TIMES = "times"
    QUANTITIES = "quantities"
    ATTRIBUTIONS = "attributions"
    PROPOSITIONS = "propositions"


class TimexType(StrEnum):
    """TIMEX3's types: a day or longer, a time of day, a length, what recurs."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Mod(StrEnum):
    """TIMEX3's `mod`: which end of the stretch, or how exactly the length is meant."""

    START = "START"
    MID = "MID"
    END = "END"
    APPROX = "APPROX"
    LESS_THAN = "LESS_THAN"
    MORE_THAN = "MORE_THAN"
    EQUAL_OR_LESS = "EQUAL_OR_LESS"
    EQUAL_OR_MORE = "EQUAL_OR_MORE"


class Comparator(StrEnum):
    """How a number is meant."""

    EXACTLY = "exactly"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    ABOUT = "about"
    BETWEEN = "between"


class Stance(StrEnum):
    """How somebody stands to what they are said to say."""

    SAYS = "says"
    DENIES = "denies"
    ALLEGES = "alleges"
    CONFIRMS = "confirms"
    ORDERS = "orders"
    ASKS = "asks"
    BELIEVES = "believes"


class Polarity(StrEnum):
    """Whether it is told or denied."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Factuality(StrEnum):
    """Whether what is told is said to have happened."""

    HAPPENED = "happened"
    POSSIBLE = "possible"
    NOT_HAPPENED = "not_happened"
    PLANNED = "planned"
    HYPOTHETICAL = "hypothetical"


class Verdict(StrEnum):
    """What a judgement says of two ids."""

    SAME = "same"
    DIFFERENT = "different"
    DATES = "dates"


class DecisionKind(StrEnum):
    """What an analyst may decide; a note changes nothing."""

    MERGE = "merge"
    SPLIT = "split"
    REJECT = "reject"
    LOCK = "lock"
    NOTE = "note"
    UNDO = "undo"


class TargetKind(StrEnum):
    """What a decision may be about."""

    ENTITY = "entity"
    EVENT = "event"
    CLAIM = "claim"
    FINDING = "finding"
    DOCUMENT = "document"


class Precedence(StrEnum):
    """How one happening lies to another in time."""

    BEFORE = "before"
    AFTER = "after"
    WHILE = "while"


class About(StrEnum):
    """What a change of a case is about."""

    DECISION = "decision"
    FIGURE = "figure"
    CONTRADICTION = "contradiction"
    ANSWER = "answer"
    DATE = "date"
    VOICE = "voice"
    ORIGIN = "origin"
    PERSON = "person"
    EVENT = "event"
    GAP = "gap"
    DOCUMENT = "document"


class LinkKind(StrEnum):
    """How one document draws on another."""

    VERBATIM = "verbatim"
    REWRITTEN = "rewritten"
    QUOTED = "quoted"
    CREDITED = "credited"
    SHARED_ERROR = "shared_error"


class EmbeddedKind(StrEnum):
    """How a page lays a passage at another outlet's door.

    The first four by a sentence or a block, agency and credit all of the page; material is named
    as a source without a word of what is taken from it.
    """

    REPORTED = "reported"
    TOLD = "told"
    BLOCK = "block"
    POSTED = "posted"
    AGENCY = "agency"
    CREDIT = "credit"
    MATERIAL = "material"


class RelationKind(StrEnum):
    """How two answers to one question stand to each other, weakest first."""

    SAME = "same"
    COMPATIBLE = "compatible"
    UPDATED = "updated"
    CONTRADICTORY = "contradictory"


class Status(StrEnum):
    """How the answers to one question stand: their strongest relation, or one origin alone."""

    AGREED = "agreed"
    COMPATIBLE = "compatible"
    UPDATED = "updated"
    CONTRADICTED = "contradicted"
    SINGLE_ORIGIN = "single_origin"


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Where in a document something is said: `document.text[start:end]` are the words."""

    document_id: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or reversed passage {self.start}:{self.end}")


@dataclass(frozen=True, slots=True)
class When:
    """An imprecise time: `start <= t < end`, aware UTC, either side open where it is None.

    `value` is the TIMEX3 value, `text` the words it was read from, None where nobody wrote it.
    `mod` is TIMEX3's too: with "mid-October" the interval is narrower than what the value names.
    """

    start: datetime | None
    end: datetime | None
    value: str
    text: str | None = None
    mod: Mod | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document of one kind; who speaks depends on it."""

    passage: Passage
    kind: PartKind
    author: str | None = None
    published: When | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A mending of the text: `document.text[start:end]` stood as `was` in what we were given.

    `start == end` where characters were dropped.
    """

    start: int
    end: int
    was: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch of which some layers are not read: it is in `language`, or no prose (None).

    A layer named here may still hold what figures, capitals and quotation marks show alone.
    """

    passage: Passage
    layers: tuple[Layer, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """One text, fixed at ingest. `sha256` is of the bytes as given.

    `name` is the file or address it was given as, `source` the outlet that published it. An
    `updated` stamp is never the day of publication. `published_basis` says where that day comes
    from, `date_reason` why it was inferred, `date_conflicts` what speaks against it.
    """

    id: str
    name: str
    source: str | None
    title: str | None
    url: str | None
    author: str | None
    published: When | None
    published_basis: DateBasis | None
    updated: When | None
    retrieved: When | None
    language: str
    text: str
    sha256: str
    parts: tuple[Part, ...] = ()
    repairs: tuple[Repair, ...] = ()
    unread: tuple[Unread, ...] = ()
    date_reason: str | None = None
    date_conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A passage that names something. `chain_id` joins mentions of one thing in one document.

    `head` is its main word; `named` says whether it is a name, and no pronoun or description.
    """

    id: str
    passage: Passage
    head: Passage
    kind: Kind
    named: bool
    chain_id: str
    title: str | None = None
    title_passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression: its words, TIMEX3 type, and the interval it stands for.

    `relative` says how the words depend on the day of writing (`dates.resolve`), None: they do not.
    """

    passage: Passage
    type: TimexType
    when: When
    relative: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many of what. `low` and `high` are the number(s) said, before the comparator speaks.

    "at least 150" is low 150, high None; "exactly 8" is low 8, high 8; "between" fills both.
    `unit` is the singular lemma of what is counted, or a currency ("dollar"), or None.
    """

    low: float | int | None
    high: float | int | None
    comparator: Comparator
    unit: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """A quantity where it is said; `of` is the counted noun's words, None where there is none."""

    passage: Passage
    quantity: Quantity
    of: Passage | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what. `speaker_id` is the chain of the source in this document, None: nobody.

    `cue` are the words that report ("said"), `within_id` is the attribution that this one is told
    in. What is `direct` stands in quotation marks.
    """

    id: str
    source: tuple[Passage, ...]
    cue: tuple[Passage, ...]
    content: tuple[Passage, ...]
    speaker_id: str | None
    within_id: str | None
    stance: Stance
    direct: bool


@dataclass(frozen=True, slots=True)
class Argument:
    """One participant of a proposition, by its PropBank role. `chain_id` None: it is no mention."""

    role: str
    passage: Passage
    chain_id: str | None


@dataclass(frozen=True, slots=True)
class Proposition:
    """Who did what to whom, and whether it is said to have happened.

    `sense` is PropBank's, `attribution_id` whose word it is, None: the author's own.
    `factuality_cue` are the words that make it less than a fact, None where nothing does.
    """

    id: str
    predicate: Passage
    lemma: str
    sense: str | None
    arguments: tuple[Argument, ...]
    polarity: Polarity
    factuality: Factuality
    attribution_id: str | None
    when: When | None
    factuality_cue: Passage | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one document yielded. `vectors` holds one sentence vector per sentence, 384 wide.

    Sentences, mentions, times and propositions stand in the order of the text.
    """

    document_id: str
    sentences: tuple[Passage, ...]
    mentions: tuple[Mention, ...]
    times: tuple[Timex, ...]
    quantities: tuple[Count, ...]
    attributions: tuple[Attribution, ...]
    propositions: tuple[Proposition, ...]
    reader: str
    vectors: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision on two ids, appended, never edited. `score` in [0, 1]."""

    left_id: str
    right_id: str
    verdict: Verdict
    score: float
    made_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody or something on a list from outside; `kind` None: a person or an organisation.

    `countries` are folded names, `born` years; `gender` is m, f or None.
    """

    list_name: str
    id: str
    kind: Kind | None
    names: tuple[str, ...]
    countries: tuple[str, ...] = ()
    born: tuple[int, ...] = ()
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class KnownMatch:
    """That an entity is the one of that id on a list from outside, and how surely."""

    list_name: str
    id: str
    name: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Mentions of one person, organisation or place across documents; rebuilt from judgements.

    `links` give its id on each list from outside that knows it, `known` says why.
    """

    id: str
    kind: Kind
    name: str
    names: tuple[str, ...]
    mentions: tuple[Passage, ...]
    mention_ids: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    known: tuple[KnownMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody or something that took part in an event: its agent, patient or the like."""

    role: str
    entity_id: str


@dataclass(frozen=True, slots=True)
class Event:
    """Mentions of one happening across documents; rebuilt from judgements.

    `where` are the entities that are its place, `part_of_id` is a longer or larger event.
    """

    id: str
    name: str
    kind: str
    when: When | None
    where: tuple[str, ...]
    participants: tuple[Participant, ...]
    part_of_id: str | None
    mentions: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """That `mention` lies before, after or in the time of `of`, as the words `cue` say."""

    mention: Passage
    of: Passage
    relation: Precedence
    cue: Passage
    reason: str


@dataclass(frozen=True, slots=True)
class Text:
    """An answer in words of the document."""

    text: str


@dataclass(frozen=True, slots=True)
class EntityRef:
    """An answer that is a person, a body or a place of the case."""

    entity_id: str


@dataclass(frozen=True, slots=True)
class Truth:
    """Whether what is asked about happened."""

    holds: bool


Value = Quantity | When | EntityRef | Text | Truth


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who says it, outermost first in a claim; `name` as the document has it."""

    speaker_id: str | None
    name: str | None
    stance: Stance
    direct: bool


@dataclass(frozen=True, slots=True)
class Addend:
    """One of the numbers that a claim's value adds up, and the words that give it."""

    passage: Passage
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Claim:
    """One answer to one question, in one place. No voices: the outlet itself says it.

    The question is the `slot` of an event or entity, its subject. `as_of` is the time at which it
    was said to hold: the day somebody is told to have said it, else that of the page. `sum_of`
    shows a number that we added up: its parts, in the order of the text.
    """

    id: str
    subject_id: str
    slot: str
    value: Value
    passage: Passage
    voices: tuple[Voice, ...]
    polarity: Polarity
    factuality: Factuality
    as_of: When | None
    sum_of: tuple[Addend, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """Words of one document that stand for words of another."""

    copy: Passage
    of: Passage


@dataclass(frozen=True, slots=True)
class Link:
    """One document drawing on another, with the evidence."""

    copy_id: str
    of_id: str
    kind: LinkKind
    probability: float
    evidence: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Documents that go back to one report."""

    id: str
    document_ids: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """All documents of one case, read, resolved and dated: what `weigh` and `tell` work from.

    `entity_ids` maps (document id, chain id) to an entity; `event_by_proposition` and
    `event_by_sentence` say which event each tells of. `events[0]` is the main event. `rejected`
    are the ids of events that do not count, since an analyst says so. Each document is in one of
    the `origins`.
    """

    documents: tuple[Document, ...]
    readings: Mapping[str, Reading]
    entities: tuple[Entity, ...]
    entity_ids: Mapping[tuple[str, str], str]
    events: tuple[Event, ...]
    event_by_proposition: Mapping[str, str]
    event_by_sentence: Mapping[Passage, str]
    orders: tuple[Order, ...] = ()
    rejected: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Embedded:
    """A passage that rests on another outlet's report; `named` are the words that say so.

    `origin_id` is the origin of that outlet's first page where the case holds one; else it stands
    for the outlet itself, the same wherever it is named.
    """

    passage: Passage
    named: Passage
    source: str
    kind: EmbeddedKind
    origin_id: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value on offer for a slot, with how many documents and independent origins give it.

    `belief`, from 0 to 1, is how likely the weighing holds it; values that can be true together do
    not share it out.
    """

    value: Value
    claim_ids: tuple[str, ...]
    n_documents: int
    n_origins: int
    first_said: When | None
    last_said: When | None
    belief: float


@dataclass(frozen=True, slots=True)
class Relation:
    """How candidates `a` and `b` (indices) stand to each other, with the reason in words."""

    a: int
    b: int
    kind: RelationKind
    why: str


@dataclass(frozen=True, slots=True)
class Policies:
    """Named choices, never silently applied; None where the policy has no answer.

    `low` and `high` are the bounds that any document supports, `latest` is what was said last,
    `most_origins` what most independent origins say, `best` what the weighing holds most likely.
    `lowest_supported` and `range` are of figures for the whole alone, `latest_official` is what an
    office said last.
    """

    low: Value | None
    high: Value | None
    latest: Value | None
    most_origins: Value | None
    best: Value | None
    lowest_supported: Value | None = None
    range: Value | None = None
    latest_official: Value | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One of the answers that one voice gave at different times, in the order of their saying.

    `voice` is as the documents have it, `speaker_id` None for an outlet and a body that is no
    entity. `when` None: said before or after the others only as the words `cue` have it.
    """

    voice: str
    speaker_id: str | None
    when: When | None
    value: Value
    claim_ids: tuple[str, ...]
    cue: Passage | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What the documents support for one slot of one subject.

    `status` is the strongest of the relations between its candidates, or that one origin alone
    speaks. `locked_by` is the analyst who fixed the answer. `versions` are those of each voice
    that changed its answer, voice after voice.
    """

    id: str
    subject_id: str
    slot: str
    question: str
    status: Status
    candidates: tuple[Candidate, ...]
    relations: tuple[Relation, ...]
    policies: Policies
    locked_by: str | None = None
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the documents of a case answer, and who depends on whom.

    `rejected` are the ids of claims that do not count, since an analyst says so.
    """

    origins: tuple[Origin, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    rejected: tuple[str, ...] = ()
    embedded: tuple[Embedded, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document by which a thing is found again, whatever ids another run gives it.

    `before` and `after` are some of what stands around them.
    """

    passage: Passage
    document_name: str
    text: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision is about: called `name` when it was made, known by its quotes ever after.

    A claim also by its slot and value, a finding by its slot.
    """

    kind: TargetKind
    name: str
    quotes: tuple[Quote, ...]
    slot: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """An analyst's word, appended, never edited; decisions are numbered from 1 as they are made.

    A split parts the first target from the second, and from whatever of it bears one of `names`,
    which may also be "<list>:<id>" of somebody known from outside; a merge has only such names.
    A lock is on a finding, then a claim of the value chosen. `undoes` is the number taken back.
    """

    kind: DecisionKind
    targets: tuple[Target, ...]
    names: tuple[str, ...]
    undoes: int | None
    made_by: str
    made: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision in force in this account; `record_ids` are what it tells on, none: nothing now."""

    number: int
    kind: DecisionKind
    text: str
    made_by: str
    made: str
    reason: str
    record_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words said by somebody; `same_as` are indices of other versions of the same utterance.

    `cue` are the words that report it; what is not `direct` is told in the outlet's own words.
    """

    passage: Passage
    speaker_id: str | None
    cue: Passage | None
    direct: bool
    same_as: tuple[int, ...] = ()
    stance: Stance = Stance.SAYS


@dataclass(frozen=True, slots=True)
class Drift:
    """That quotation `b` strays from quotation `a`, both by index; `words` are what it changes."""

    kind: DriftKind
    a: int
    b: int
    words: Passage | None


@dataclass(frozen=True, slots=True)
class Utterance:
    """Versions of one utterance on several pages, by the index of their quotations.

    `speakers` are all who are named for it; `first` is the version published before all others,
    None where that is not known.
    """

    id: str
    versions: tuple[int, ...]
    speakers: tuple[str, ...]
    first: int | None
    drift: tuple[Drift, ...]


@dataclass(frozen=True, slots=True)
class Dating:
    """One of the times that documents give for a happening, with where they do."""

    when: When
    passages: tuple[Passage, ...]
    n_documents: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an undated happening stands: before, after or in the time of an event."""

    relation: Precedence
    of_id: str
    cue: Passage


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A happening with the most exact time that all its passages allow.

    Where documents differ `conflicts` has every time that is given, first the one of `when`, which
    most documents give. `status` is happened or planned. What is `placed` has no time of its own.
    """

    when: When
    text: str
    event_id: str | None
    claim_ids: tuple[str, ...]
    passages: tuple[Passage, ...]
    conflicts: tuple[Dating, ...] = ()
    status: Factuality = Factuality.HAPPENED
    placed: Placement | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A stretch of a sentence of ours, `text[start:end]`, and the passages it alone rests on."""

    start: int
    end: int
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the account with the passages it rests on.

    `cited`, in the order of the text and apart from one another, says which of its words rest on
    which of the passages; where it is empty all of it rests on all of them. Sentences of one
    `paragraph`, counted from 0, are read together.
    """

    text: str
    passages: tuple[Passage, ...]
    finding_ids: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Missing:
    """A slot that a reader expects and no document fills.

    `passages` are where documents say themselves that it is not known, or by whom alone it is said.
    """

    subject_id: str
    slot: str
    text: str
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What came, went or changed in a case since the state before this one.

    `passages`, in this account, are the words that brought it.
    """

    about: About
    text: str
    finding_ids: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input we could not use, kept and reported; `stage` is where it failed."""

    name: str
    stage: str
    error: str


@dataclass(frozen=True, slots=True)
class Run:
    """How to make it again. `started` is the one field that differs between two runs.

    `version` is the program's, `reader` that of its reading code and the encoder's weights.
    """

    version: str
    reader: str
    started: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The account and everything it rests on. `events[0]` is the main event.

    `changes`, weightiest first, are those of a kept case since its state before.
    """

    title: str
    run: Run
    documents: tuple[Document, ...]
    origins: tuple[Origin, ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    findings: tuple[Finding, ...]
    quotations: tuple[Quotation, ...]
    timeline: tuple[TimelineEntry, ...]
    account: tuple[Sentence, ...]
    missing: tuple[Missing, ...]
    failures: tuple[Failure, ...]
    decisions: tuple[Ruling, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    changes: tuple[Change, ...] = ()
