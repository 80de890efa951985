"""The dossier as one HTML file that opens from disk: no request, no address, no script needed."""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from consilience.records import Dossier, Passage, Status
from consilience.tell.drawings import drawings_json
from consilience.tell.drift_told import strayed
from consilience.tell.evidence import cited_passages, speakers_in
from consilience.tell.full_texts import full_texts, shown_words
from consilience.tell.ledger import shown_ledger
from consilience.tell.left_out import partly_used, say_partly_used, unused
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.marks import cites, marks
from consilience.tell.notes import NOTES_MAX, notes
from consilience.tell.phrases import (
    by_weight,
    count,
    say_embedded,
    say_period,
    say_ruling,
)
from consilience.tell.shown_account import paragraphs
from consilience.tell.shown_findings import GLANCE_MAX, numbered, shown_finding, tally
from consilience.tell.shown_people import shown_people
from consilience.tell.shown_sources import shown_links, shown_sources
from consilience.tell.shown_timeline import shown_timeline


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page has besides when it is served: a way to other pages, and to decide.

    `links` are labels and addresses; `style` and `script` are addresses on the same host.
    `notice` stands above the title where it says something.
    """

    links: tuple[tuple[str, str], ...]
    style: str
    script: str
    notice: str = ""


def to_html(dossier: Dossier, desk: Desk | None = None) -> str:
    """One page, whole in itself; with a desk its policy is left to the server to send."""
    book = lookup(dossier)
    ids = cited_passages(dossier, book)
    speakers = speakers_in(dossier, book, ids)
    page = _template().render(
        title=dossier.title,
        lede=_lede(dossier),
        tally=tally(dossier.findings),
        run=dossier.run,
        style=Markup(page_style()),  # noqa: S704  our own files, never outside words
        script=Markup(_asset("dossier.js")),  # noqa: S704
        policy=page_policy(),
        desk=desk,
        sections=_sections(dossier, book, ids),
        notes=notes(dossier, book, ids, speakers, numbered(dossier)),
        n_notes_max=NOTES_MAX,
        n_passages=len(ids),
        texts=full_texts(dossier, book, ids, speakers, NOTES_MAX),
        drawings=Markup(drawings_json(dossier, book, ids)),  # noqa: S704  escaped as it is made
    )
    return f"{page}\n"


def page_policy(desk: Desk | None = None) -> str:
    """The content security policy of a page: its own style and script, and no request.

    With a desk also the server's own style, scripts, forms and answers; to be sent as a header.
    """
    hashes = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (page_style(), _asset("dossier.js"))
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
def page_style() -> str:
    """The style of a page, for other pages that are to look like it."""
    return "\n".join(_asset(name) for name in ("dossier.css", "drawings.css"))


@cache
def _template() -> Any:
    environment = page_environment(_asset)
    environment.filters["marks"] = marks
    return environment.get_template("dossier.html.j2")


def page_environment(load: Callable[[str], str]) -> Environment:
    """Templates of pages, got by their names: everything escaped, nothing left out unsaid."""
    return Environment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """Of all that is put into the page only plain strings come from outside."""
    return shown_words(value) if type(value) is str else value


def _lede(dossier: Dossier) -> str:
    period = say_period(dossier)
    return (
        f"{count(len(dossier.documents), 'document')} from "
        f"{count(len(dossier.origins), 'independent origin')}{f', {period}' if period else ''}."
    )


def _sections(dossier: Dossier, book: Lookup, ids: Mapping[Passage, str]) -> dict[str, Any]:
    """What each section of the page shows, by the section's name."""
    main_id = dossier.events[0].id if dossier.events else None
    places = numbered(dossier)
    findings = [shown_finding(places[f.id], f, book, ids) for f in by_weight(dossier)]
    disputed = [f for f in findings if f["status"] is Status.CONTRADICTED]
    settled = [f for f in findings if f["status"] is not Status.CONTRADICTED]
    figures = [f for f in settled if f["subject_id"] == main_id]
    return {
        "account": paragraphs(dossier, ids),
        "changes": [
            {
                "id": f"c{n}",
                "about": change.about,
                "text": change.text,
                "cites": cites(change.passages, ids),
                "findings": [f"f-{finding_id}" for finding_id in change.finding_ids],
            }
            for n, change in enumerate(dossier.changes, start=1)
        ],
        "glance": (disputed + figures)[:GLANCE_MAX],
        "disputed": disputed,
        "figures": figures,
        "others": [f for f in settled if f["subject_id"] != main_id],
        "ledger": shown_ledger(dossier, book, ids, places),
        "timeline": shown_timeline(dossier, book, ids),
        "people": shown_people(dossier, book, ids),
        "drift": [
            {"words": told.words, "lines": told.lines, "cites": cites(told.passages, ids)}
            for told in strayed(dossier, book)
        ],
        "sources": shown_sources(dossier, book),
        "links": shown_links(dossier, book, ids),
        "embedded": [
            {"text": say_embedded(e, book), "cites": cites([e.passage], ids)}
            for e in dossier.embedded
        ],
        "decisions": [
            {"text": say_ruling(ruling), "reason": ruling.reason} for ruling in dossier.decisions
        ],
        "missing": [
            {"id": f"m{n}", "text": missing.text, "cites": cites(missing.passages, ids)}
            for n, missing in enumerate(dossier.missing, start=1)
        ],
        "failures": [{"name": f.name, "stage": f.stage, "error": f.error} for f in unused(dossier)],
        "partly_used": [
            {"name": f.name, "stage": f.stage, "error": f.error} for f in partly_used(dossier)
        ],
        "how_many_partly": say_partly_used(dossier),
    }
