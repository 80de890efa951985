"""Documents handed in to the server: kept at once, read in the background."""

from collections.abc import Sequence
from datetime import UTC, datetime

from consilience.errors import InputError
from consilience.ingest.inputs import ARCHIVES, SUPPORTED, suffix_of
from consilience.ingest.jsonl import parse_line
from consilience.ingest.limits import FILE_BYTES_MAX, MIB
from consilience.interchange import dumps
from consilience.records import content_id
from consilience.store import Addition
from consilience.web.access import Who, name_of
from consilience.web.given import NAME_MAX, Page
from consilience.web.served import ServedCase
from consilience.wording import printable

# Of an archive only its pages are kept, and those are cut out of a file on disk.
FORMATS = tuple(suffix for suffix in SUPPORTED if suffix not in ARCHIVES)


def add_files(
    case: ServedCase,
    who: Who,
    files: Sequence[tuple[str, bytes]],
    by: str | None = None,
    *,
    replaces: bool = False,
) -> tuple[Addition, ...]:
    """Keep files by the names they have, all or none; once this returns they outlive anything.

    Raises:
        InputError: a name or a format that cannot be, nothing in a file, or too much.
        ConflictError: another text of that name counts, and this is not to replace it.
    """
    if not files:
        raise InputError("no file; give at least one")
    given = [(_file_name(name), data) for name, data in files]
    for name, data in given:
        if not data:
            raise InputError(f"{name}: an empty file; choose another")
        if len(data) > FILE_BYTES_MAX:
            raise InputError(f"{name}: larger than {FILE_BYTES_MAX // MIB} MB; split it")
    if len({name for name, _ in given}) < len(given):
        raise InputError(f"{given[0][0]}: two files of one name; rename one")
    return _hand_in(case, name_of(who, by), given, replaces=replaces)


def add_page(case: ServedCase, who: Who, page: Page) -> tuple[Addition, ...]:
    """Keep a page given as text or HTML, as the line of a JSON Lines file.

    Raises:
        InputError: it has neither or both, or a date that is none.
        ConflictError: another text of that name counts, and this is not to replace it.
    """
    if (page.text is None) == (page.html is None):
        raise InputError("give either text or html")
    fields = {
        "id": page.name, "text": page.text, "html": page.html, "title": page.title,
        "url": page.url, "source": page.source, "author": page.author,
        "published": page.published, "language": page.language,
    }  # fmt: skip
    known = {key: value for key, value in fields.items() if value is not None}
    line = dumps(known).rstrip("\n").encode()
    # Named by all that is known of it, unless it is given a name: two pages are then two.
    name = page.name or page.url
    stem = content_id("page", name) if name else content_id("page", line.decode())
    file_name = f"{stem}.jsonl"
    parse_line(line, name or file_name)
    given = [(file_name, line)]
    return _hand_in(case, name_of(who, page.by), given, replaces=page.replaces)


def _hand_in(
    case: ServedCase, name: str, given: Sequence[tuple[str, bytes]], *, replaces: bool
) -> tuple[Addition, ...]:
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with case.register() as register:
        made = register.hand_in(given, name, now, replaces=replaces)
    case.changed()
    return made


def _file_name(given: str) -> str:
    """The last component of a name, as browsers of any system send it."""
    name = " ".join(given.replace("\\", "/").rsplit("/", 1)[-1].split())
    if not name.strip(".") or len(name) > NAME_MAX or printable(name) != name:
        raise InputError(f"{printable(given)[:80]!r}: not a name for a file; give another")
    if suffix_of(name) not in FORMATS:
        raise InputError(f"{name}: not a format that is read; give one of {' '.join(FORMATS)}")
    return name
