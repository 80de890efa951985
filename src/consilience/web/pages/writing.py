"""The addresses that forms are sent to: deciding, taking back, adding documents."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec
from anyio.to_thread import run_sync
from litestar import MediaType, Response, post
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.di import NamedDependency
from litestar.response import Redirect

from consilience.errors import ConflictError, InputError, NotFoundError
from consilience.store import Addition
from consilience.tell.lookup import lookup
from consilience.web.access import Who
from consilience.web.adding import add_files, add_page
from consilience.web.editing import Decided, MeanwhileError, decide
from consilience.web.given import Given, Page
from consilience.web.pages.adding import Refusal
from consilience.web.pages.adding import add_page as add_form_page
from consilience.web.pages.checking import check_page
from consilience.web.pages.decisions import decisions_page, said
from consilience.web.pages.entrance import error_page
from consilience.web.pages.reading import Asks
from consilience.web.pages.records import record_page
from consilience.web.pages.visits import remembered, visit_of
from consilience.web.provided import Asker, TheCase, TheWork
from consilience.web.served import ServedCase, say_version
from consilience.wording import label

Typed = dict[str, list[str]]
_UNPROCESSABLE = 422
_CONFLICT = 409


@post("/decide", opt={"role": "annotate"}, include_in_schema=False)
async def decide_form(request: Asks, case: TheCase, who: Asker) -> Response[Any]:
    typed = _typed(await request.form())
    return await run_sync(partial(_decide, request, case, who, typed))


@post("/undo", opt={"role": "annotate"}, include_in_schema=False)
async def undo_form(request: Asks, case: TheCase, who: Asker) -> Response[Any]:
    typed = _typed(await request.form())
    return await run_sync(partial(_undo, request, case, who, typed))


@post("/add", opt={"role": "admin"}, include_in_schema=False)
async def add_form(request: Asks, case: TheCase, who: Asker) -> Response[Any]:
    form = await request.form()
    chosen = [one for one in form.getall("files", []) if isinstance(one, UploadFile)]
    # A form in which no file was chosen sends one without a name.
    files = [(one.filename, await one.read()) for one in chosen if one.filename]
    return await run_sync(partial(_add, request, case, who, _typed(form), files))


def _decide(request: Asks, case: ServedCase, who: Who, typed: Typed) -> Response[Any]:
    record = _first(typed, "record")

    def again(status: int, **shown: Any) -> Response[str]:
        snapshot = case.snapshot()
        visit = visit_of(request, who, snapshot.version)
        try:
            html = record_page(visit, snapshot.dossier, record, typed, **shown)
        except NotFoundError:
            # Merged with another, or gone with what it stood in.
            html = error_page(status, "What you decided on is gone", _say_gone(shown, typed))
        return Response(html, status_code=status, media_type=MediaType.HTML)

    try:
        given = msgspec.convert(_given(typed), Given)
        return _kept(decide(case, who, given, _first(typed, "version")), typed)
    except MeanwhileError as error:
        return again(_CONFLICT, conflict=_conflict(error, typed, case))
    except ConflictError as error:
        return again(_CONFLICT, refused=str(error))
    except (InputError, msgspec.ValidationError) as error:
        return again(_UNPROCESSABLE, refused=_plain(error))


def _undo(request: Asks, case: ServedCase, who: Who, typed: Typed) -> Response[Any]:
    def again(status: int, **shown: Any) -> Response[str]:
        snapshot = case.snapshot()
        visit = visit_of(request, who, snapshot.version)
        html = decisions_page(visit, snapshot.decisions, snapshot.dossier, **shown)
        return Response(html, status_code=status, media_type=MediaType.HTML)

    try:
        given = msgspec.convert({**_given(typed), "kind": "undo"}, Given)
        return _kept(decide(case, who, given, _first(typed, "version")), typed)
    except MeanwhileError as error:
        conflict = {**_conflict(error, typed, case), "number": _number(typed)}
        return again(_CONFLICT, conflict=conflict)
    except ConflictError as error:
        return again(_CONFLICT, refused=str(error))
    except (InputError, msgspec.ValidationError) as error:
        return again(_UNPROCESSABLE, refused=_plain(error))


def _add(
    request: Asks, case: ServedCase, who: Who, typed: Typed, files: list[tuple[str, bytes]]
) -> Response[Any]:
    """Keep the files, then the text; what is kept already stays so where the rest is refused."""
    seen = case.version()
    by, replaces = _first(typed, "by") or None, bool(_first(typed, "replaces"))
    kept: list[Addition] = []
    reasons: list[str] = []
    status = _UNPROCESSABLE
    if not files and not _first(typed, "text"):
        reasons.append("Neither a file nor a text; give one.")
    try:
        if files:
            kept += add_files(case, who, files, by, replaces=replaces)
        if _first(typed, "text"):
            kept += add_page(case, who, msgspec.convert(_pasted(typed), Page))
    except ConflictError as error:
        reasons.append(str(error))
        status = _CONFLICT
    except (InputError, msgspec.ValidationError) as error:
        reasons.append(_plain(error))
    if not reasons:
        first = min(one.number for one in kept)
        address = f"/work?since={seen.n_states}&added={first}"
        return Redirect(address, status_code=303, cookies=remembered(by))
    if kept:
        reasons.append(f"Kept already: {', '.join(one.name for one in kept)}.")
    refusal = Refusal(tuple(reasons), status == _CONFLICT, bool(files))
    visit = visit_of(request, who, say_version(seen))
    fields = {name: values[0] for name, values in typed.items()}
    html = add_form_page(visit, fields, refusal=refusal)
    return Response(html, status_code=status, media_type=MediaType.HTML)


_PAGE_FIELDS = ("text", "title", "url", "source", "author", "published", "by")


def _pasted(typed: Typed) -> dict[str, Any]:
    """A pasted text with what is known of it; what was left empty is not known."""
    fields = {name: _first(typed, name) for name in _PAGE_FIELDS}
    known = {name: said for name, said in fields.items() if said}
    return {**known, "replaces": bool(_first(typed, "replaces"))}


def _kept(decided: Decided, typed: Typed) -> Redirect:
    since = _first(typed, "version").partition(".")[0]
    address = f"/work?since={since}&kept={decided.number}"
    return Redirect(address, status_code=303, cookies=remembered(_first(typed, "by")))


def _typed(form: FormMultiDict) -> Typed:
    """The words of each field; files are another matter."""
    typed: Typed = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
    return typed


def _first(typed: Typed, name: str) -> str:
    return typed.get(name, [""])[0].strip()


def _number(typed: Typed) -> int:
    number = _first(typed, "number")
    return int(number) if number.isdecimal() and len(number) < 10 else 0


def _given(typed: Typed) -> dict[str, Any]:
    """A form as the JSON that says the same."""
    kind, record, others = _first(typed, "kind"), _first(typed, "record"), typed.get("other", [])
    by = {"by": _first(typed, "by")} if _first(typed, "by") else {}
    common = {"kind": kind, **by, "reason": _first(typed, "reason")}
    match kind:
        case "merge":
            return {**common, "records": [record, *others]}
        case "split":
            return {**common, "record": record, "apart": others}
        case "reject":
            value = {"value": _first(typed, "value")} if _first(typed, "value") else {}
            return {**common, "records": [record], **value}
        case "lock":
            return {**common, "finding": record, "value": _first(typed, "value")}
        case "note":
            return {"kind": kind, **by, "record": record, "text": _first(typed, "reason")}
        case _:
            return {**common, "number": _number(typed)}


# What each kind of decision does to the thing it is about, for whom it could not be kept.
_DEEDS = {
    "merge": "make it one with",
    "split": "part from it",
    "reject": "reject",
    "lock": "lock it at",
    "note": "note on it",
    "undo": "take back decision",
}


def _conflict(error: MeanwhileError, typed: Typed, case: ServedCase) -> dict[str, Any]:
    """What others did, and what was to be done, as a page sets them side by side."""
    dossier = case.snapshot().dossier
    names = {one.id: one.name for one in dossier.entities}
    names |= {one.id: one.name for one in dossier.events}
    names |= {document.id: label(document) for document in dossier.documents}
    chosen = [*(names.get(one, one) for one in typed.get("other", ())), _first(typed, "value")]
    said_of = ", ".join(f"“{one}”" for one in chosen if one)
    kind = _first(typed, "kind")
    return {
        "theirs": [said(number, decision) for number, decision in error.meanwhile],
        "changes": [change.text for change in error.changes],
        "yours": " ".join(filter(None, (_DEEDS.get(kind, kind), said_of))),
        "reason": _first(typed, "reason"),
    }


def _say_gone(shown: Mapping[str, Any], typed: Typed) -> str:
    """In one line, since there is no form any more: what happened, and what was to be said."""
    conflict = shown.get("conflict") or {}
    theirs = [f"{d['by']} {d['text']}" for d in conflict.get("theirs", ())]
    happened = "; ".join([*theirs, *conflict.get("changes", ())]) or str(shown.get("refused", ""))
    yours = " ".join(filter(None, (conflict.get("yours"), _first(typed, "reason"))))
    return f"{happened}. You wrote: {yours}. Nothing of yours was kept; find it anew by search."


_FIELDS = {
    "by": "your name",
    "reason": "the reason",
    "text": "the words",
    "value": "an answer",
    "apart": "what to part",
}


def _plain(error: Exception) -> str:
    """What was wrong with a form, in words for whom it was who filled it in."""
    if isinstance(error, msgspec.ValidationError):
        field = str(error).rpartition("`$.")[2].rstrip("`").partition("[")[0]
        return f"Something is missing or too long: {_FIELDS.get(field, 'what it is about')}."
    return str(error)


@post("/check", opt={"role": "read"}, include_in_schema=False)
async def check_form(
    request: Asks,
    case: TheCase,
    who: Asker,
    reader: NamedDependency[Any],  # web.writing.OneReader; importing it would go round in a circle
) -> Response[str]:
    statement = _first(_typed(await request.form()), "statement")
    return await run_sync(partial(_check, request, case, who, reader, statement))


def _check(request: Asks, case: ServedCase, who: Who, reader: Any, statement: str) -> Response[str]:
    visit = visit_of(request, who, say_version(case.version()))
    try:
        asked = case.asked()
        found = reader.checked(asked, statement)
        html, status = check_page(visit, statement, found, lookup(asked.dossier)), 200
    except InputError as error:
        html, status = check_page(visit, statement, refused=str(error)), _UNPROCESSABLE
    return Response(html, status_code=status, media_type=MediaType.HTML)


@post("/work", opt={"role": "annotate"}, include_in_schema=False, sync_to_thread=False)
def tell_again(work: TheWork) -> Redirect:
    work.retry()
    return Redirect("/work", status_code=303)


WRITING = (decide_form, undo_form, add_form, check_form, tell_again)
