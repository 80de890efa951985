"""What may be written to a case over HTTP: decisions, documents, and who is let in no more."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import partial
from typing import Annotated

from anyio.to_thread import run_sync
from litestar import Response, delete, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, HeaderParameter, JSONBody
from msgspec import Meta, Struct

from consilience import answers
from consilience.errors import NotFoundError
from consilience.read import Reader
from consilience.shapes import JsonObject
from consilience.store import Addition
from consilience.web import documented as d
from consilience.web.adding import add_files, add_page
from consilience.web.answering import answer, asked
from consilience.web.editing import decide
from consilience.web.given import Given, Page, Statement
from consilience.web.problems import problem
from consilience.web.provided import Asker, TheCase, TheWork
from consilience.web.served import ServedCase
from consilience.web.shown import additions_to_json, decided_to_json, progress_to_json
from consilience.web.work import Work

FILES_MAX = 50
ANSWERS_HELD = 1_000  # some 2 KB each


class OneReader:
    """The encoder, loaded when it is first asked for; it reads one sentence at a time.

    For every sentence the whole case is weighed with it, so what was answered is held until the
    case is another.
    """

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._reader: Reader | None = None
        self._held = HeldAnswers()

    def checked(self, case: answers.Asked, statement: str) -> JsonObject:
        words = " ".join(statement.split())
        held = self._held.find(case, words)
        if held is not None:
            return held
        with self._reading:
            if held := self._held.find(case, words):
                return held  # asked by two at once
            self._reader = self._reader or Reader()
            found = answers.checked(case, words, self._reader)
        self._held.keep(case, words, found)
        return found


class HeldAnswers:
    """Answers about one case as it is now; those about an earlier one are let go."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._case: answers.Asked | None = None
        self._answers: OrderedDict[str, JsonObject] = OrderedDict()

    def find(self, case: answers.Asked, words: str) -> JsonObject | None:
        with self._lock:
            self._turn_to(case)
            return self._answers.get(words)

    def keep(self, case: answers.Asked, words: str, found: JsonObject) -> None:
        with self._lock:
            self._turn_to(case)
            self._answers[words] = found
            while len(self._answers) > ANSWERS_HELD:
                self._answers.popitem(last=False)

    def _turn_to(self, case: answers.Asked) -> None:
        if self._case is not case:
            self._case = case
            self._answers.clear()


@post("/api/check", opt={"role": "read"}, sync_to_thread=True,
      **asked(d.Checked, 404, 413, 415, 422))  # fmt: skip
def check(
    case: TheCase, reader: NamedDependency[OneReader], data: JSONBody[Statement]
) -> Response[bytes]:
    """Hold a sentence of one's own against the case, point by point."""
    snapshot = case.snapshot()
    return answer(reader.checked(case.asked(), data.statement), snapshot.version)


@post("/api/decisions", opt={"role": "annotate"}, sync_to_thread=True,
      **asked(d.Decided, 404, 409, 413, 415, 422, 428, status=201))  # fmt: skip
def add_decision(
    case: TheCase,
    who: Asker,
    data: JSONBody[Given],
    if_match: Annotated[
        str | None,
        HeaderParameter(name="If-Match", required=False, max_length=40,
                  description="The version that was looked at; or say it in the body."),
    ] = None,
) -> Response[bytes]:  # fmt: skip
    """Decide as `consilience decide` does. Refused where somebody else decided on the same thing
    since the version that was looked at."""
    version = data.version or (if_match or "").removeprefix("W/").strip('" ')
    if not version:
        return problem(428, "say which version of the case you saw: `version`, or If-Match")
    decided = decide(case, who, data, version)
    shown = decided_to_json(decided, case.snapshot())
    headers = {"Location": f"/api/decisions/{decided.number}"}
    return answer(shown, decided.version, headers, status=201)


@post("/api/documents", opt={"role": "admin"}, sync_to_thread=True,
      **asked(d.Added, 409, 413, 415, 422, status=202))  # fmt: skip
def add_document(case: TheCase, who: Asker, work: TheWork, data: JSONBody[Page]) -> Response[bytes]:
    """Add a document given as text or HTML. Once this is answered it outlives anything."""
    return _added(case, work, add_page(case, who, data))


class Files(Struct, forbid_unknown_fields=True):
    file: Annotated[list[UploadFile], Meta(min_length=1, max_length=FILES_MAX)]
    replaces: bool = False
    by: str | None = None


@post("/api/documents/files", opt={"role": "admin"},
      **asked(d.Added, 409, 413, 415, 422, status=202))  # fmt: skip
async def add_document_files(
    case: TheCase,
    who: Asker,
    work: TheWork,
    data: Annotated[Files, Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Response[bytes]:
    """Add files as they are; all of them, or none."""
    files = [(one.filename, await one.read()) for one in data.file]
    keep = partial(add_files, case, who, files, data.by, replaces=data.replaces)
    return await run_sync(lambda: _added(case, work, keep()))


def _added(case: ServedCase, work: Work, made: Sequence[Addition]) -> Response[bytes]:
    shown = {"additions": additions_to_json(made), "work": progress_to_json(case, work)}
    return answer(shown, status=202)


@post("/api/work", opt={"role": "annotate"}, sync_to_thread=True,
      **asked(d.WorkLine, status=202))  # fmt: skip
def retry(case: TheCase, work: TheWork) -> Response[bytes]:
    """Try again to tell the case, where that failed."""
    work.retry()
    return answer(progress_to_json(case, work), status=202)


@delete("/api/tokens/{name:str}", opt={"role": "admin"}, sync_to_thread=True,
        **asked(None, 404, status=204))  # fmt: skip
def revoke(case: TheCase, name: FromPath[str]) -> None:
    """Let in no more who has that token; who is signed in with it is signed out."""
    with case.register() as register:
        if not register.revoke(name):
            raise NotFoundError(f"{name}: no token of that name")


WRITING = (check, add_decision, add_document, add_document_files, retry, revoke)
