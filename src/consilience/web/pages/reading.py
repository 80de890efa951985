"""The addresses where people read a case: its dossier, search, records, history, documents."""

from functools import lru_cache, partial
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from litestar import MediaType, Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from consilience.decisions import say_decision
from consilience.errors import InputError, NotFoundError
from consilience.records import Document
from consilience.tell.to_html import Desk, page_policy, to_html
from consilience.web.pages.adding import Told, add_page, added_rows, work_page
from consilience.web.pages.checking import check_page
from consilience.web.pages.decisions import decisions_page
from consilience.web.pages.documents import document_page
from consilience.web.pages.entrance import login_page
from consilience.web.pages.history import changes_page, history_page
from consilience.web.pages.records import record_page, records_page
from consilience.web.pages.render import Visit, navigation
from consilience.web.pages.search import Asked, Found, search_page
from consilience.web.pages.visits import visit_of
from consilience.web.provided import Asker, TheCase, TheWork
from consilience.web.search import claims_found, passages_found
from consilience.web.served import ServedCase, Snapshot, say_version
from consilience.web.signing import local

Asks = Request[Any, Any, Any]
_STATIC = {"desk.css": MediaType.CSS, "desk.js": "text/javascript"}
page = partial(
    get,
    media_type=MediaType.HTML,
    opt={"role": "read"},
    include_in_schema=False,
    sync_to_thread=True,
)
# A big case is some MB and takes seconds; a state never changes.
_HELD = 4
# Of so many passages with the words, those of the person and source asked for are shown.
_PASSAGES_SEEN = 400
# What is past on a page that lists what was added.
_ADDED_SHOWN = 20


@page("/")
def dossier(request: Asks, case: TheCase, who: Asker) -> Response[Any]:
    now = case.version()
    if case.last() is None:
        return Redirect("/work", status_code=303)
    return _dossier(case, now.n_states, visit_of(request, who, say_version(now)))


@page("/history/{number:int}")
def earlier(request: Asks, case: TheCase, who: Asker, number: FromPath[int]) -> Response[str]:
    """
    Raises:
        NotFoundError: the case has no state of that number.
    """
    now = case.version()
    case.state(number)
    kept = case.states()[number - 1].kept[:16].replace("T", " ")
    moved_on = number < now.n_states
    notice = f"State {number} of {now.n_states}, as it was told on {kept} UTC. " + (
        "The case has moved on since." if moved_on else "It is told so now."
    )
    return _dossier(case, number, visit_of(request, who, say_version(now)), notice)


def _dossier(case: ServedCase, number: int, visit: Visit, notice: str = "") -> Response[str]:
    desk = Desk(navigation(visit), "/static/desk.css", "/static/desk.js", notice)
    headers = {"Content-Security-Policy": page_policy(desk)}
    case.state(number)  # a page that is held may tell what was forgotten since
    return Response(_html(case, number, desk), media_type=MediaType.HTML, headers=headers)


@lru_cache(maxsize=_HELD)
def _html(case: ServedCase, number: int, desk: Desk) -> str:
    return to_html(case.state(number), desk)


@page("/search")
def search(
    request: Asks, case: TheCase, who: Asker, q: FromQuery[str] = "",
    source: FromQuery[str] = "", slot: FromQuery[str] = "", status: FromQuery[str] = "",
    person: FromQuery[str] = "",
) -> str:  # fmt: skip
    snapshot = case.snapshot()
    asked = Asked(q.strip(), source, slot, status, person)
    visit = visit_of(request, who, snapshot.version)
    try:
        found = _found(case, snapshot, asked)
    except InputError as error:
        return search_page(visit, snapshot.dossier, asked, Found(), str(error))
    return search_page(visit, snapshot.dossier, asked, found)


def _found(case: ServedCase, snapshot: Snapshot, asked: Asked) -> Found:
    if not asked.words:
        return Found(snapshot.dossier.claims if asked.asks else ())
    return Found(
        claims_found(snapshot, asked.words),
        passages_found(case, asked.words, _PASSAGES_SEEN),
    )


@page("/check")
def check(request: Asks, case: TheCase, who: Asker) -> str:
    return check_page(visit_of(request, who, say_version(case.version())))


@page("/records")
def records(
    request: Asks, case: TheCase, who: Asker, q: FromQuery[str] = "", kind: FromQuery[str] = ""
) -> str:
    snapshot = case.snapshot()
    return records_page(visit_of(request, who, snapshot.version), snapshot.dossier, q.strip(), kind)


@page("/records/{record:path}")
def record(request: Asks, case: TheCase, who: Asker, record: FromPath[str]) -> str:
    snapshot = case.snapshot()
    return record_page(visit_of(request, who, snapshot.version), snapshot.dossier, record[1:])


@page("/decisions")
def decisions(request: Asks, case: TheCase, who: Asker) -> str:
    snapshot = case.snapshot()
    visit = visit_of(request, who, snapshot.version)
    return decisions_page(visit, snapshot.decisions, snapshot.dossier)


@page("/history")
def history(request: Asks, case: TheCase, who: Asker) -> str:
    visit = visit_of(request, who, case.snapshot().version)
    return history_page(visit, case.states())


@page("/changes")
def changes(
    request: Asks, case: TheCase, who: Asker, since: FromQuery[int], until: FromQuery[int]
) -> str:
    snapshot = case.snapshot()
    found = case.changes(since, until)
    visit = visit_of(request, who, snapshot.version)
    return changes_page(visit, since, until, snapshot.state, found)


@page("/documents/{document:path}")
def document(
    request: Asks,
    case: TheCase,
    who: Asker,
    document: FromPath[str],
    start: FromQuery[int] = 0,
    end: FromQuery[int] = 0,
) -> str:
    snapshot = case.snapshot()
    visit = visit_of(request, who, snapshot.version)
    return document_page(visit, snapshot.dossier, document[1:], (start, end))


@get(
    "/originals/{document:path}",
    opt={"role": "read"},
    include_in_schema=False,
    sync_to_thread=True,
)
def original(case: TheCase, document: FromPath[str]) -> Response[bytes]:
    """The bytes as they were given, as a file: a browser never shows them as a page of ours."""
    found = {d.id: d for d in case.snapshot().dossier.documents}.get(document[1:])
    if found is None:
        raise NotFoundException("no such document in this account")
    name = "".join(c if c.isalnum() or c in "._-" else "_" for c in found.name) or "document"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    try:
        given = case.original(found.id)
    except NotFoundError:
        # One of several in what was given; its words are had, not the file.
        given = found.text.encode()
    return Response(given, media_type="application/octet-stream", headers=headers)


@get(
    "/login",
    media_type=MediaType.HTML,
    opt={"role": "public"},
    include_in_schema=False,
    sync_to_thread=False,
)
def login(next: FromQuery[str] = "/", failed: FromQuery[bool] = False) -> str:  # noqa: A002
    return login_page(local(next), failed=failed)


@get(
    "/add",
    media_type=MediaType.HTML,
    opt={"role": "admin"},
    include_in_schema=False,
    sync_to_thread=True,
)
def add(request: Asks, case: TheCase, who: Asker) -> str:
    visit = visit_of(request, who, say_version(case.version()))
    return add_page(visit, {}, added_rows(case.additions()[-_ADDED_SHOWN:], told_documents(case)))


@page("/work")
def telling(
    request: Asks, case: TheCase, work: TheWork, who: Asker, since: FromQuery[int] = 0,
    kept: FromQuery[int] = 0, added: FromQuery[int] = 0,
) -> str:  # fmt: skip
    """What came of a decision or of documents since the state that somebody saw."""
    now = case.version()
    decisions = case.decisions()
    made = decisions[kept - 1] if 0 < kept <= len(decisions) else None
    told = Told(
        kept=None if made is None else f"{made.made_by} {say_decision(made)}",
        changes=case.changes(since, now.n_states) if 0 < since <= now.n_states else None,
        has_account=now.n_states > 0,
        is_all=case.untold() is None,
    )
    mine = [one for one in case.additions() if added and one.number >= added]
    return work_page(
        visit_of(request, who, say_version(now)),
        work.progress(),
        told,
        added_rows(mine, told_documents(case)),
        f"/work?since={since}&kept={kept}&added={added}",
    )


def told_documents(case: ServedCase) -> tuple[Document, ...]:
    """Those of the last account; none where there is none yet."""
    n = case.version().n_states
    return case.state(n).documents if n else ()


@get(
    "/look.css",
    media_type=MediaType.CSS,
    opt={"role": "public"},
    include_in_schema=False,
    sync_to_thread=False,
)
def look() -> str:
    """The dossier's own style, for the pages around it."""
    return (files("consilience.tell") / "templates" / "dossier.css").read_text(encoding="utf-8")


@get("/static/{name:str}", opt={"role": "public"}, include_in_schema=False, sync_to_thread=False)
def static(name: FromPath[str]) -> Response[str]:
    if name not in _STATIC:
        raise NotFoundException("no such file")
    content = (files("consilience.web") / "static" / name).read_text(encoding="utf-8")
    headers = {"Cache-Control": "no-cache"}
    return Response(content, media_type=_STATIC[name], headers=headers)


READING = (
    dossier, earlier, search, check, records, record, decisions, history, changes, document,
    original, login, add, telling, look, static,
)  # fmt: skip
