"""The pages of what an analyst may decide on: all of it, and one thing with its forms."""

from collections.abc import Iterator, Sequence
from typing import Any

from consilience.decide.targets import Record, record_named
from consilience.records import Claim, Document, Dossier, Entity, Event, Finding, Kind, Passage
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import (
    STATUS_WORDS,
    by_weight,
    count,
    listed,
    offices,
    say_value,
    say_voices,
)
from consilience.web.pages.quoting import quoted, quoted_each
from consilience.web.pages.render import Visit, page
from consilience.wording import fold, label, say_when

# More of a list than anybody reads; the words above it narrow it down.
_LISTED_MAX = 200
# More passages of one thing than anybody compares on one page.
_MENTIONS_MAX = 60
GROUPS = ("people", "places", "events", "answers", "documents")
_GROUP_NAMES = {
    "people": "People and bodies",
    "places": "Places and other things",
    "events": "Events",
    "answers": "Answers",
    "documents": "Documents",
}
# What some kinds of things have and others lack.
_LACKING: dict[str, Any] = {
    "locked_by": None, "names": (), "mentions": (), "n_mentions": 0, "others": (), "about": (),
    "answers": (), "sharing": (), "is_only": False,
}  # fmt: skip
_PEOPLE = (Kind.PERSON, Kind.ORGANIZATION)


def records_page(visit: Visit, dossier: Dossier, words: str = "", group: str = "") -> str:
    """All that may be decided on in which the words stand, of one group or of all."""
    wanted = fold(words)
    book = lookup(dossier)
    groups = []
    for name in GROUPS:
        if group in ("", name):
            rows = [row for row in _rows(name, dossier, book) if wanted in fold(" ".join(row[1:]))]
            groups.append(
                {
                    "name": name,
                    "heading": _GROUP_NAMES[name],
                    "n": len(rows),
                    "rows": rows[:_LISTED_MAX],
                    "n_more": max(0, len(rows) - _LISTED_MAX),
                }
            )
    names = [("", "Everything"), *_GROUP_NAMES.items()]
    return page("records", visit, words=words, group=group, names=names, groups=groups)


def _rows(group: str, dossier: Dossier, book: Lookup) -> Iterator[tuple[str, str, str]]:
    """Id, name and what tells it from others of that name."""
    match group:
        case "people" | "places":
            of_people = group == "people"
            found = [e for e in dossier.entities if (e.kind in _PEOPLE) is of_people]
            for entity in sorted(found, key=lambda e: (-len(e.mentions), e.name, e.id)):
                line = _entity_line(entity, dossier, book)
                yield entity.id, entity.name, f"{entity.kind}; {line}"
        case "events":
            for event in dossier.events:
                yield event.id, event.name, _event_line(event)
        case "answers":
            for finding in by_weight(dossier):
                yield finding.id, finding.question, _finding_line(finding, book)
        case "documents":
            for document in dossier.documents:
                yield document.id, label(document), document.name


def _entity_line(entity: Entity, dossier: Dossier, book: Lookup) -> str:
    others = [name for name in entity.names if name != entity.name]
    also = [f"also {listed(others)}"] if others else []
    held = offices(entity, dossier, book)
    return "; ".join((*held, *also, f"named {count(len(entity.mentions), 'time')}"))


def _event_line(event: Event) -> str:
    when = f"{say_when(event.when)}; " if event.when is not None else ""
    return f"{when}told in {count(len(event.mentions), 'place')}"


def _finding_line(finding: Finding, book: Lookup) -> str:
    answers = " / ".join(say_value(c.value, book) for c in finding.candidates)
    about = book.name(finding.subject_id)
    return f"{f'{about}: ' if about else ''}{answers} ({STATUS_WORDS[finding.status]})"


def record_page(
    visit: Visit, dossier: Dossier, record_id: str, typed: dict[str, list[str]] | None = None,
    conflict: dict[str, Any] | None = None, refused: str | None = None,
) -> str:  # fmt: skip
    """One thing with its words and what may be decided on it.

    `typed` is what somebody filled in already, `conflict` what others decided meanwhile, `refused`
    why it could not be kept.

    Raises:
        NotFoundError: the last account has nothing of that id.
    """
    book = lookup(dossier)
    record = record_named(record_id, dossier)
    return page(
        "record",
        visit,
        record=_shown(record, dossier, book),
        typed=typed or {},
        conflict=conflict,
        refused=refused,
    )


def _shown(record: Record, dossier: Dossier, book: Lookup) -> dict[str, Any]:
    rulings = [
        {"number": r.number, "by": r.made_by, "made": r.made, "text": r.text, "reason": r.reason}
        for r in dossier.decisions
        if record.id in r.record_ids
    ]
    return {**_LACKING, "id": record.id, "rulings": rulings, **_kind_of(record, dossier, book)}


def _kind_of(record: Record, dossier: Dossier, book: Lookup) -> dict[str, Any]:
    match record:
        case Entity():
            return {
                "kind": "entity",
                "called": record.kind.capitalize(),
                "heading": record.name,
                "line": _entity_line(record, dossier, book),
                "names": list(record.names),
                "mentions": _mentions(record.mentions, book),
                "n_mentions": len(record.mentions),
                "others": _others(record, dossier.entities),
                "about": [
                    {"id": f.id, "question": f.question, "line": _finding_line(f, book)}
                    for f in dossier.findings
                    if f.subject_id == record.id
                ],
            }
        case Event():
            return {
                "kind": "event",
                "called": "Event",
                "heading": record.name,
                "line": _event_line(record),
                "mentions": _mentions(record.mentions, book),
                "n_mentions": len(record.mentions),
                "others": _others(record, dossier.events),
                "is_only": len(dossier.events) == 1,
                "about": [
                    {"id": f.id, "question": f.question, "line": _finding_line(f, book)}
                    for f in dossier.findings
                    if f.subject_id == record.id
                ],
            }
        case Finding():
            return {
                "kind": "finding",
                "called": "Question",
                "heading": record.question,
                "line": " · ".join(
                    (*filter(None, [book.name(record.subject_id)]), STATUS_WORDS[record.status])
                ),
                "locked_by": record.locked_by,
                "answers": [
                    {
                        "value": say_value(candidate.value, book),
                        "voices": say_voices(candidate, book),
                        "counted": f"{count(candidate.n_documents, 'document')}, "
                        f"{count(candidate.n_origins, 'independent origin')}",
                        "claims": [
                            {"id": k, "quoted": quoted(book.claims[k].passage, book)}
                            for k in candidate.claim_ids[:_MENTIONS_MAX]
                        ],
                    }
                    for candidate in record.candidates
                ],
            }
        case Claim():
            return {
                "kind": "claim",
                "called": "Claim",
                "heading": f"“{' '.join(book.words(record.passage).split())}”",
                "line": f"{record.slot.removeprefix('count:').replace('_', ' ')}: "
                f"{say_value(record.value, book)}",
                "mentions": _mentions((record.passage,), book),
                "n_mentions": 1,
                "about": [
                    {"id": f.id, "question": f.question, "line": _finding_line(f, book)}
                    for f in dossier.findings
                    if any(record.id in c.claim_ids for c in f.candidates)
                ],
            }
        case Document():
            return {
                "kind": "document",
                "called": "Document",
                "heading": label(record),
                "line": record.name,
                "others": [(d.id, label(d), d.name) for d in dossier.documents if d != record],
                "sharing": [
                    (d, label(book.documents[d]))
                    for o in dossier.origins
                    if record.id in o.document_ids
                    for d in o.document_ids
                    if d != record.id
                ],
            }


def _mentions(passages: Sequence[Passage], book: Lookup) -> list[dict[str, Any]]:
    shown = quoted_each(passages, book, _MENTIONS_MAX)
    return [
        {"place": f"{at.document_id}:{at.start}-{at.end}", "quoted": words}
        for at, words in zip(passages, shown, strict=False)
    ]


def _others(
    record: Entity | Event, among: Sequence[Entity] | Sequence[Event]
) -> list[tuple[str, str, str]]:
    """Id, name and kind of what it could be one with; those of its own kind first."""
    found = [
        (one.kind != record.kind if isinstance(one, Entity) else False, one)
        for one in among
        if one.id != record.id
    ]
    found.sort(key=lambda pair: (pair[0], fold(pair[1].name), pair[1].id))
    return [
        (one.id, one.name, one.kind if isinstance(one, Entity) else _event_line(one))
        for _, one in found
    ]
