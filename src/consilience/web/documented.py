"""The shapes of answers, for the documentation alone; tests hold the answers to them."""

from typing import Any, Literal, TypedDict


class Health(TypedDict):
    ok: bool


class Me(TypedDict):
    name: str | None
    role: Literal["read", "annotate", "admin"]
    by_token: bool


class WorkLine(TypedDict):
    status: Literal["idle", "telling", "failed"]
    stage: str | None
    done: int
    of: int
    left_s: float | None
    error: str | None
    n_waiting: int
    told: bool


class CaseLine(TypedDict):
    version: str
    name: str
    title: str | None
    state: int
    n_documents: int
    n_origins: int
    n_findings: int
    n_decisions: int
    work: WorkLine


class DossierJson(TypedDict):
    """consilience.dossier/1, whose schema the documentation has in full."""

    schema: Literal["consilience.dossier/1"]
    title: str
    documents: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    account: list[dict[str, Any]]


class Passage(TypedDict):
    document: str
    source: str
    start: int
    end: int
    words: str


class Sentence(TypedDict):
    text: str
    passages: list[Passage]
    findings: list[str]


class Account(TypedDict):
    version: str
    title: str
    sentences: list[Sentence]
    missing: list[str]
    n_documents: int
    n_origins: int


class Moment(TypedDict):
    when: str | None
    value: str | None
    status: str
    text: str
    passages: list[Passage]


class Timeline(TypedDict):
    version: str
    timeline: list[Moment]


class Person(TypedDict):
    id: str
    kind: str
    name: str
    names: list[str]
    doubt: str | None
    offices: list[str]
    n_mentions: int
    quotations: list[Passage]


class People(TypedDict):
    version: str
    people: list[Person]


class Candidate(TypedDict):
    said: str
    voices: str
    n_documents: int
    n_origins: int
    belief: float
    passages: list[Passage]


class Relation(TypedDict):
    a: int
    b: int
    relation: str
    why: str


class FindingLine(TypedDict):
    id: str
    about: str | None
    slot: str
    question: str
    status: str
    candidates: list[Candidate]
    relations: list[Relation]
    locked_by: str | None


class Findings(TypedDict):
    version: str
    findings: list[FindingLine]


class Finding(FindingLine):
    version: str


class DocumentLine(TypedDict):
    id: str
    name: str
    source: str
    title: str | None
    url: str | None
    author: str | None
    published: str | None
    language: str
    origin: str | None
    n_claims: int
    n_characters: int


class Documents(TypedDict):
    version: str
    documents: list[DocumentLine]


class Claim(TypedDict):
    id: str
    about: str | None
    slot: str
    said: str
    voices: list[str]
    factuality: str
    polarity: str
    finding: str | None
    passage: Passage


class Claims(TypedDict):
    version: str
    claims: list[Claim]
    n_found: int


class SentenceLine(TypedDict):
    index: int
    text: str
    passages: list[Passage]


class Question(TypedDict):
    id: str
    question: str
    status: str


class Quotation(Passage):
    speaker: str | None
    direct: bool


class DocumentRests(TypedDict):
    version: str
    document: dict[str, Any]
    claims: list[Claim]
    sentences: list[SentenceLine]
    findings: list[Question]
    quotations: list[Quotation]


class Passages(TypedDict):
    version: str
    passages: list[Passage]


class Point(TypedDict):
    said: str
    standing: str
    why: str
    voices: list[str]
    passages: list[Passage]
    against: list[Passage]


class Checked(TypedDict):
    version: str
    statement: str
    standing: Literal["supported", "disputed", "unsupported"]
    points: list[Point]


class Change(TypedDict):
    about: str
    text: str


class State(TypedDict):
    number: int
    kept: str
    n_documents: int
    n_origins: int
    changes: list[Change]


class States(TypedDict):
    version: str
    states: list[State]


class Changes(TypedDict):
    version: str
    since: int
    until: int
    changes: list[Change]


class Export(TypedDict):
    name: str
    media_type: str
    file_name: str


class Exports(TypedDict):
    formats: list[Export]


class DecisionLine(TypedDict):
    number: int
    kind: str
    text: str
    made_by: str
    made: str
    reason: str
    undoes: int | None
    taken_back_by: int | None
    in_force: bool
    told: bool
    records: list[str]


class Decision(DecisionLine):
    version: str


class Decisions(TypedDict):
    version: str
    decisions: list[DecisionLine]


class Decided(TypedDict):
    version: str
    decision: DecisionLine
    meanwhile: list[DecisionLine]


class Addition(TypedDict):
    number: int
    name: str
    sha256: str
    added_by: str
    added: str
    status: Literal["waiting", "taken", "failed"]
    error: str | None


class Additions(TypedDict):
    additions: list[Addition]


class Added(TypedDict):
    additions: list[Addition]
    work: WorkLine


class Token(TypedDict):
    name: str
    role: Literal["read", "annotate", "admin"]
    made: str
    expires: str
    expired: bool


class Tokens(TypedDict):
    tokens: list[Token]
