"""The dossier as one HTML file that opens from disk: no request, no address, no script needed."""

import base64
import hashlib
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from consilience.records import (
    Dossier,
    Finding,
    Kind,
    Passage,
    RelationKind,
    Status,
    TimelineEntry,
)
from consilience.tell.chart import LEFT, RIGHT, WIDTH, chart
from consilience.tell.drift_told import strayed
from consilience.tell.evidence import card, cited_passages, segments
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.moments import is_part, say_dating, say_moment, say_placement
from consilience.tell.phrases import (
    LINK_WORDS,
    STATUS_WORDS,
    by_weight,
    count,
    listed,
    manner,
    offices,
    other_event,
    quoted,
    say_belief,
    say_dated,
    say_embedded,
    say_known,
    say_period,
    say_policies,
    say_ruling,
    say_said,
    say_sums,
    say_value,
    say_versions,
    say_voices,
    speakers,
)
from consilience.wording import label, language_name, printable, say_unread, say_when

# Hours from one entry of the timeline to the next, for each widening of the gap between them.
_GAP_HOURS = (3, 12, 36, 24 * 7, 24 * 60)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page has besides when it is served: a way to other pages, and to decide.

    `links` are labels and addresses; `style` and `script` are addresses on the same host.
    """

    links: tuple[tuple[str, str], ...]
    style: str
    script: str


def to_html(dossier: Dossier, desk: Desk | None = None) -> str:
    """One page, whole in itself; with a desk its policy is left to the server to send."""
    book = lookup(dossier)
    ids = cited_passages(dossier, book)
    page = _template().render(
        title=dossier.title,
        lede=_lede(dossier),
        run=dossier.run,
        style=Markup(_asset("dossier.css")),  # noqa: S704  our own files, never outside words
        script=Markup(_asset("dossier.js")),  # noqa: S704
        policy=page_policy(),
        desk=desk,
        sections=_sections(dossier, book, ids),
        cards=[card(p, ids[p], book.documents[p.document_id]) for p in ids],
        texts=[
            {
                "document": document,
                "label": label(document),
                "dated": say_dated(document),
                "segments": segments(
                    document, [(p, i) for p, i in ids.items() if p.document_id == document.id]
                ),
            }
            for document in dossier.documents
        ],
        uses=_uses(dossier, book, ids),
        chart_ends=(LEFT, RIGHT, WIDTH),
    )
    return f"{page}\n"


def page_policy(desk: Desk | None = None) -> str:
    """The content security policy of a page: its own style and script, and no request.

    With a desk also the server's own style, scripts, forms and answers; to be sent as a header.
    """
    hashes = [
        base64.b64encode(hashlib.sha256(_asset(name).encode()).digest()).decode()
        for name in ("dossier.css", "dossier.js")
    ]
    own = "" if desk is None else " 'self'"
    served = "form-action 'none'"
    if desk is not None:
        served = "form-action 'self'; connect-src 'self'; frame-ancestors 'none'"
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'{own}; "
        f"script-src 'sha256-{hashes[1]}'{own}; img-src data:{own}; base-uri 'none'; {served}; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )


@cache
def _asset(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8").strip()


@cache
def _template() -> Any:
    environment = Environment(
        loader=FunctionLoader(_partial),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    return environment.get_template("dossier.html.j2")


def _partial(name: str) -> str | None:
    path = files(__package__) / "templates" / name
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _shown(value: object) -> object:
    """Outside words without what a browser would obey: controls and marks of direction."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "\n".join(printable(line) for line in value.replace("\t", " ").split("\n"))
    return value


def _lede(dossier: Dossier) -> str:
    period = say_period(dossier)
    return (
        f"{count(len(dossier.documents), 'document')} from "
        f"{count(len(dossier.origins), 'independent origin')}{f', {period}' if period else ''}."
    )


def _sections(
    dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]
) -> dict[str, list[dict[str, Any]]]:
    """What each section of the page shows, in its order, by the section's name."""
    main_id = dossier.events[0].id if dossier.events else None
    findings = [_finding(f, book, ids) for f in by_weight(dossier)]
    return {
        "account": [
            {"id": f"s{n}", "text": s.text, "cites": _cites(s.passages, ids)}
            for n, s in enumerate(dossier.account, start=1)
        ],
        "disputed": [f for f in findings if f["status"] is Status.CONTRADICTED],
        "figures": [
            f
            for f in findings
            if f["status"] is not Status.CONTRADICTED and f["subject_id"] == main_id
        ],
        "others": [
            f
            for f in findings
            if f["status"] is not Status.CONTRADICTED and f["subject_id"] != main_id
        ],
        "timeline": _timeline(dossier, book, ids),
        "people": _people(dossier, book, ids),
        "drift": [
            {"words": told.words, "lines": told.lines, "cites": _cites(told.passages, ids)}
            for told in strayed(dossier, book)
        ],
        "sources": _sources(dossier, book),
        "links": _links(dossier, book, ids),
        "embedded": [
            {"text": say_embedded(e, book), "cites": _cites([e.passage], ids)}
            for e in dossier.embedded
        ],
        "decisions": [
            {"text": say_ruling(ruling), "reason": ruling.reason} for ruling in dossier.decisions
        ],
        "missing": [
            {"id": f"m{n}", "text": missing.text, "cites": _cites(missing.passages, ids)}
            for n, missing in enumerate(dossier.missing, start=1)
        ],
        "failures": [
            {"name": f.name, "stage": f.stage, "error": f.error} for f in dossier.failures
        ],
    }


def _cites(passages: Iterable[Passage], ids: Mapping[Passage, str]) -> list[str]:
    return list(dict.fromkeys(ids[passage] for passage in passages))


def _uses(
    dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]
) -> dict[str, list[tuple[str, str]]]:
    """What rests on each passage: the id of its place on the page and what that is called."""
    uses: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def rest(target: str, called: str, passages: Iterable[Passage]) -> None:
        for passage_id in _cites(passages, ids):
            uses[passage_id].append((target, called))

    for n, sentence in enumerate(dossier.account, start=1):
        rest(f"s{n}", f"sentence {n}", sentence.passages)
    for finding in dossier.findings:
        claims = [book.claims[c] for candidate in finding.candidates for c in candidate.claim_ids]
        rest(f"f-{finding.id}", finding.question, [claim.passage for claim in claims])
    for n, entry in enumerate(dossier.timeline, start=1):
        rest(f"t{n}", f"timeline, {_when(entry, book)}", entry.passages)
    for quotation in dossier.quotations:
        if quotation.speaker_id is not None:
            name = book.entities[quotation.speaker_id].name
            rest(f"e-{quotation.speaker_id}", name, [quotation.passage])
    for n, missing in enumerate(dossier.missing, start=1):
        rest(f"m{n}", f"not known: {missing.slot}", missing.passages)
    return uses


def _finding(finding: Finding, book: Lookup, ids: Mapping[Passage, str]) -> dict[str, Any]:
    values = [say_value(candidate.value, book) for candidate in finding.candidates]
    return {
        "id": f"f-{finding.id}",
        "finding_id": finding.id,
        "question": finding.question,
        "status": finding.status,
        "status_words": STATUS_WORDS[finding.status],
        "subject_id": finding.subject_id,
        "about": other_event(finding, book),
        "locked_by": finding.locked_by,
        "chart": chart(finding, book),
        "candidates": [
            {
                "value": values[i],
                "voices": say_voices(candidate, book),
                "counted": f"{count(candidate.n_documents, 'document')}, "
                f"{count(candidate.n_origins, 'independent origin')}"
                + (f" · {say_belief(candidate)}" if len(finding.candidates) > 1 else ""),
                "sums": say_sums(candidate, book),
                "said": say_said(candidate),
                "claim_ids": candidate.claim_ids,
                "cites": _cites((book.claims[c].passage for c in candidate.claim_ids), ids),
            }
            for i, candidate in enumerate(finding.candidates)
        ],
        "relations": [
            {
                "a": values[r.a],
                "b": values[r.b],
                "kind": r.kind,
                "why": r.why,
                "is_telling": r.kind in {RelationKind.UPDATED, RelationKind.CONTRADICTORY},
            }
            for r in finding.relations
        ],
        "versions": [
            {"voice": voice, "answers": answers, "cites": _cites(passages, ids)}
            for voice, answers, passages in say_versions(finding, book)
        ],
        "policies": [
            {"words": words, "value": value} for words, value in say_policies(finding, book)
        ],
    }


def _timeline(dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]) -> list[dict[str, Any]]:
    entries = dossier.timeline
    told = {entry.event_id for entry in entries}
    return [
        {
            "id": f"t{n + 1}",
            "event_id": entry.event_id,
            "when": _when(entry, book),
            "datings": [say_dating(dating, book) for dating in entry.conflicts],
            "gap": _gap(entries[n - 1], entry) if n else 0,
            "precision": "placed" if entry.placed is not None else _precision(entry),
            "status": entry.status,
            "is_part": is_part(entry, told, book),
            "text": entry.text[:1].upper() + entry.text[1:],
            "cites": _cites(entry.passages, ids),
        }
        for n, entry in enumerate(entries)
    ]


def _when(entry: TimelineEntry, book: Lookup) -> str:
    said = (
        say_moment(entry.when) if entry.placed is None else say_placement(entry, entry.placed, book)
    )
    return said[:1].upper() + said[1:]


def _gap(before: TimelineEntry, after: TimelineEntry) -> int:
    """How wide the gap between two entries is drawn, 0 to 5."""
    if before.when.start is None or after.when.start is None:
        return 0
    hours = (after.when.start - before.when.start).total_seconds() / 3600
    return sum(hours >= limit for limit in _GAP_HOURS)


def _precision(entry: TimelineEntry) -> str:
    """How exact a time is: moment, day, week, month, year."""
    start, end = entry.when.start, entry.when.end
    days = math.inf if start is None or end is None else (end - start).total_seconds() / 86_400
    names = ((0.1, "moment"), (1.0, "day"), (7.0, "week"), (31.0, "month"), (math.inf, "year"))
    return next(name for most, name in names if days <= most)


def _people(dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]) -> list[dict[str, Any]]:
    return [
        {
            "id": f"e-{entity.id}",
            "entity_id": entity.id,
            "name": entity.name,
            "is_person": entity.kind is Kind.PERSON,
            "others": [name for name in entity.names if name != entity.name],
            "offices": listed(offices(entity, dossier, book)),
            "known": listed([say_known(match) for match in entity.known]),
            "said": [
                {
                    "versions": [
                        {
                            "words": quoted(q, book),
                            "direct": q.direct,
                            "manner": manner(q),
                            "source": label(book.documents[q.passage.document_id]),
                            "cites": [ids[q.passage]],
                        }
                        for q in versions
                    ]
                }
                for versions in utterances
            ],
        }
        for entity, utterances in speakers(dossier)
    ]


def _sources(dossier: Dossier, book: Lookup) -> list[dict[str, Any]]:
    places = {origin.id: n for n, origin in enumerate(dossier.origins, start=1)}
    return [
        {
            "id": f"d-{document.id}",
            "label": label(document),
            "title": document.title if document.source else None,
            "author": document.author,
            "url": document.url,
            "name": document.name,
            "dated": say_dated(document),
            "basis": document.published_basis,
            "why": document.date_reason,
            "conflicts": document.date_conflicts,
            "language": language_name(document.language),
            "unread": say_unread(document),
            "origin": places.get(book.origin_ids.get(document.id, "")),
            "updated": say_when(document.updated) if document.updated is not None else None,
            "n_repairs": len(document.repairs),
        }
        for document in dossier.documents
    ]


def _links(dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]) -> list[dict[str, Any]]:
    """The origins, each with its documents and who draws on whom among them."""
    return [
        {
            "n": n,
            "documents": [label(book.documents[d]) for d in origin.document_ids],
            "links": [
                {
                    "copier": label(book.documents[link.copy_id]),
                    "original": label(book.documents[link.of_id]),
                    "words": LINK_WORDS[link.kind],
                    "probability": f"{link.probability:.2f}",
                    "cites": _cites([p for m in link.evidence for p in (m.copy, m.of)], ids),
                }
                for link in origin.links
            ],
        }
        for n, origin in enumerate(dossier.origins, start=1)
    ]
