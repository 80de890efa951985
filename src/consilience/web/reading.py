"""What may be asked of a case over HTTP, as JSON."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter

from consilience import answers
from consilience.errors import NotFoundError
from consilience.export import FOLDERS, FORMATS
from consilience.interchange import change_to_json, dossier_to_json, dumps
from consilience.records import Dossier, Status
from consilience.shapes import JsonObject
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from consilience.web import documented as d
from consilience.web.answering import answer, asked
from consilience.web.provided import Asker, TheCase, TheWork
from consilience.web.search import QUERY_MAX, claims_found, passages_found
from consilience.web.served import say_version
from consilience.web.shown import (
    additions_to_json,
    claims_with_passages,
    decision_to_json,
    decisions_to_json,
    documents_to_json,
    progress_to_json,
    resting_on,
    states_to_json,
    tokens_to_json,
)

LIMIT_MAX = 500
OFFSET_MAX = 1_000_000

_Query = Annotated[str, QueryParameter(min_length=1, max_length=QUERY_MAX)]
_MaybeQuery = Annotated[
    str | None, QueryParameter(min_length=1, max_length=QUERY_MAX, required=False)
]
_Slot = Annotated[str | None, QueryParameter(min_length=1, max_length=100, required=False)]
_Limit = Annotated[int, QueryParameter(ge=1, le=LIMIT_MAX)]
_State = Annotated[int | None, QueryParameter(ge=1, le=OFFSET_MAX, required=False)]


@get("/api/health", opt={"role": "public"}, sync_to_thread=False, **asked(d.Health))
def health() -> Response[bytes]:
    """That the server is there."""
    return answer({"ok": True})


@get("/api/me", opt={"role": "read"}, sync_to_thread=False, **asked(d.Me))
def me(who: Asker) -> Response[bytes]:
    """Who asks, and what that one may do."""
    return answer({"name": who.name, "role": who.role, "by_token": who.by_token})


@get("/api/case", opt={"role": "read"}, sync_to_thread=True, **asked(d.CaseLine))
def case_line(case: TheCase, work: TheWork) -> Response[bytes]:
    """The case in short, and how far the telling of it is."""
    now = case.version()
    dossier = case.last()
    line = {
        "name": case.name,
        "title": None if dossier is None else dossier.title,
        "state": now.n_states,
        "n_documents": 0 if dossier is None else len(dossier.documents),
        "n_origins": 0 if dossier is None else len(dossier.origins),
        "n_findings": 0 if dossier is None else len(dossier.findings),
        "n_decisions": now.n_decisions,
        "work": progress_to_json(case, work),
    }
    return answer(line, say_version(now))


@get("/api/dossier", opt={"role": "read"}, sync_to_thread=True, **asked(d.DossierJson, 404))
def dossier(
    case: TheCase,
    number: Annotated[
        int | None, QueryParameter(name="state", ge=1, le=OFFSET_MAX, required=False)
    ] = None,
) -> Response[bytes]:
    """The whole dossier, consilience.dossier/1; of an earlier state where that is named."""
    snapshot = case.snapshot()
    line = case.state_json(snapshot.state if number is None else number)
    headers = {"ETag": f'"{snapshot.version}"'}
    return Response(line.encode(), media_type="application/json", headers=headers)


def _of_dossier(path: str, make: Callable[[Dossier], JsonObject], shape: Any, told: str) -> Any:
    def handler(case: TheCase) -> Response[bytes]:
        snapshot = case.snapshot()
        return answer(snapshot.told.answer(path, make), snapshot.version)

    handler.__name__, handler.__doc__ = path.rpartition("/")[2], told
    return get(path, opt={"role": "read"}, sync_to_thread=True, **asked(shape, 404))(handler)


account = _of_dossier(
    "/api/account", answers.account, d.Account,
    "The account: its sentences, each with the passages it rests on, and what nobody says.",
)  # fmt: skip
timeline = _of_dossier(
    "/api/timeline", answers.timeline, d.Timeline,
    "What happened when, in order, with the passages; plans are marked as planned.",
)  # fmt: skip
people = _of_dossier(
    "/api/people", answers.people, d.People,
    "Persons and bodies: their names, offices, and what they said in their own words.",
)  # fmt: skip
documents = _of_dossier(
    "/api/documents", lambda one: {"documents": documents_to_json(one)}, d.Documents,
    "The documents, without their text.",
)  # fmt: skip


@get("/api/findings", opt={"role": "read"}, sync_to_thread=True, **asked(d.Findings, 404))
def findings(
    case: TheCase,
    slot: _Slot = None,
    status: FromQuery[Status | None] = None,
) -> Response[bytes]:
    """What is answered to each question, the weightiest first."""
    snapshot = case.snapshot()
    if slot is None and status is None:
        return answer(snapshot.told.answer("findings", answers.findings), snapshot.version)
    return answer(answers.findings(snapshot.dossier, slot, status), snapshot.version)


@get("/api/findings/{finding:str}", opt={"role": "read"}, sync_to_thread=True,
     **asked(d.Finding, 404))  # fmt: skip
def finding(case: TheCase, finding: FromPath[str]) -> Response[bytes]:
    """One finding."""

    snapshot = case.snapshot()
    for one in snapshot.told.answer("findings", answers.findings)["findings"]:
        if one["id"] == finding:
            return answer(one, snapshot.version)
    raise NotFoundError(f"{finding}: no such finding in the last account")


@get("/api/documents/{document:path}", opt={"role": "read"}, sync_to_thread=True,
     **asked(d.DocumentRests, 404))  # fmt: skip
def document(case: TheCase, document: FromPath[str]) -> Response[bytes]:
    """A document with its text and all that rests on it."""
    snapshot = case.snapshot()
    for one in snapshot.dossier.documents:
        # Given ids may hold slashes.
        if one.id in (document, document[1:]):
            return answer(resting_on(one, snapshot.dossier), snapshot.version)
    raise NotFoundError(f"{document[1:]}: no such document in the last account")


@get("/api/claims", opt={"role": "read"}, sync_to_thread=True, **asked(d.Claims, 404, 422))
def claims(
    case: TheCase,
    q: Annotated[
        str | None, QueryParameter(min_length=1, max_length=QUERY_MAX, required=False)
    ] = None,
    slot: _Slot = None,
    document: Annotated[str | None, QueryParameter(max_length=2_000, required=False)] = None,
    limit: _Limit = 50,
    offset: Annotated[int, QueryParameter(ge=0, le=OFFSET_MAX)] = 0,
) -> Response[bytes]:
    """The claims with all these words, phrases and none of those: `toll "nine dead" -injured`."""
    snapshot = case.snapshot()
    found = claims_found(snapshot, q, slot, document)
    shown = claims_with_passages(found[offset : offset + limit], snapshot.told.book)
    return answer({"claims": shown, "n_found": len(found)}, snapshot.version)


@get("/api/passages", opt={"role": "read"}, sync_to_thread=True, **asked(d.Passages, 404, 422))
def passages(case: TheCase, q: _Query, limit: _Limit = 20) -> Response[bytes]:
    """The sentences with all these words, phrases and none of those, best first."""
    snapshot = case.snapshot()
    found = passages_found(case, q, limit)
    book = snapshot.told.book
    ours = [p for p in found if p.document_id in book.documents]
    return answer({"passages": answers.passages_to_json(ours, book)}, snapshot.version)


@get("/api/states", opt={"role": "read"}, sync_to_thread=True, **asked(d.States))
def states(case: TheCase) -> Response[bytes]:
    """The states of the case, the first first, each with what it changed of the one before."""
    return answer({"states": states_to_json(case.states())}, say_version(case.version()))


@get("/api/changes", opt={"role": "read"}, sync_to_thread=True, **asked(d.Changes, 404))
def changes(
    case: TheCase,
    since: Annotated[int, QueryParameter(ge=1, le=OFFSET_MAX)],
    until: _State = None,
) -> Response[bytes]:
    """What changed between two states; the last where none is named to end with."""
    now = case.version()
    end = now.n_states if until is None else until
    found = [change_to_json(change) for change in case.changes(since, end)]
    return answer({"since": since, "until": end, "changes": found}, say_version(now))


@get("/api/feed", opt={"role": "read"}, sync_to_thread=True,
     **asked(None, media_type="application/atom+xml"))  # fmt: skip
def feed(case: TheCase) -> Response[bytes]:
    """An Atom feed of what each state changed."""
    return Response(case.feed().encode(), media_type="application/atom+xml")


_JSON = "application/json"
# What each export is, and what its file is called.
_KINDS: dict[str, tuple[str, str]] = {
    "annotations": ("application/ld+json", "annotations.jsonld"),
    "bibtex": ("application/x-bibtex", "sources.bib"),
    "csv": ("application/zip", "tables.zip"),
    "ftm": ("application/x-ndjson", "entities.ftm.jsonl"),
    "geojson": ("application/geo+json", "places.geojson"),
    "graphml": ("application/graphml+xml", "graph.graphml"),
    "html": ("text/html; charset=utf-8", "index.html"),
    "json": (_JSON, "dossier.json"),
    "markdown": ("text/markdown; charset=utf-8", "account.md"),
    "prov": (_JSON, "provenance.json"),
    "schema-org": ("application/ld+json", "schema-org.jsonld"),
    "timelinejs": (_JSON, "timeline.json"),
}
ExportName = Literal[
    "annotations", "bibtex", "csv", "ftm", "geojson", "graphml", "html", "json", "markdown",
    "prov", "schema-org", "timelinejs",
]  # fmt: skip
_OURS: dict[str, Callable[[Dossier], str]] = {
    "html": to_html,
    "json": lambda dossier: dumps(dossier_to_json(dossier)),
    "markdown": to_markdown,
}


@get("/api/exports", opt={"role": "read"}, sync_to_thread=False, **asked(d.Exports))
def exports() -> Response[bytes]:
    """The formats of other tools that the account can be had in."""
    formats = [
        {"name": name, "media_type": media_type, "file_name": file_name}
        for name, (media_type, file_name) in _KINDS.items()
    ]
    return answer({"formats": formats})


@get("/api/exports/{format_name:str}", opt={"role": "read"}, sync_to_thread=True,
     **asked(None, 404, media_type="application/octet-stream"))  # fmt: skip
def export(case: TheCase, format_name: FromPath[ExportName]) -> Response[bytes]:
    """The last account in another tool's format, as a file."""
    made = exported(case.snapshot().dossier, format_name)
    media_type, file_name = _KINDS[format_name]
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(made, media_type=media_type, headers=headers)


def exported(dossier: Dossier, name: str) -> bytes:
    """What is several files is one archive, the same for the same dossier."""
    if name in FOLDERS:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for file_name, content in FOLDERS[name](dossier).items():
                archive.writestr(zipfile.ZipInfo(file_name), content)
        return packed.getvalue()
    render = _OURS.get(name) or FORMATS[name]
    return render(dossier).encode()


@get("/api/decisions", opt={"role": "read"}, sync_to_thread=True, **asked(d.Decisions, 404))
def decisions(case: TheCase, every: FromQuery[bool] = False) -> Response[bytes]:
    """Who decided what, when and why; those taken back too where `every` is asked."""
    snapshot = case.snapshot()
    return answer({"decisions": decisions_to_json(snapshot, every=every)}, snapshot.version)


@get("/api/decisions/{number:int}", opt={"role": "read"}, sync_to_thread=True,
     **asked(d.Decision, 404))  # fmt: skip
def decision(case: TheCase, number: FromPath[int]) -> Response[bytes]:
    """One decision, taken back or not."""
    snapshot = case.snapshot()
    found = decision_to_json(snapshot, number)
    if found is None:
        raise NotFoundError(f"{number}: no such decision")
    return answer(found, snapshot.version)


@get("/api/additions", opt={"role": "read"}, sync_to_thread=True, **asked(d.Additions))
def additions(case: TheCase) -> Response[bytes]:
    """What was handed in to the server, by whom and when, and what became of it."""
    return answer({"additions": additions_to_json(case.additions())})


@get("/api/work", opt={"role": "read"}, sync_to_thread=True, **asked(d.WorkLine))
def work_line(case: TheCase, work: TheWork) -> Response[bytes]:
    """How far the telling of the case is."""
    return answer(progress_to_json(case, work))


@get("/api/tokens", opt={"role": "admin"}, sync_to_thread=True, **asked(d.Tokens))
def tokens(case: TheCase) -> Response[bytes]:
    """Who may ask; of their secrets nothing."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with case.register() as register:
        return answer({"tokens": tokens_to_json(register.tokens(), now)})


READING = (
    health, me, case_line, dossier, account, timeline, people, documents, findings, finding,
    document, claims, passages, states, changes, feed, exports, export, decisions, decision,
    additions, work_line, tokens,
)  # fmt: skip
