"""Web archives (WARC) to the pages in them, one record held at a time."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from consilience.ingest.document import Given
from consilience.ingest.inputs import MAX_BYTES, STAGE, Raw
from consilience.ingest.stamps import parse_stamp
from consilience.records import Failure

_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "application/pdf": ".pdf", "application/rss+xml": ".xml", "application/atom+xml": ".xml",
}  # fmt: skip


def records_of(path: Path, name: str) -> Iterator[Raw | Failure]:
    """Each page that the archive holds, under its address; redirects, pictures and the like are
    passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource
    n_found = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=wanted, auto_decode="all"):
                found = _page(record, name)
                if found is not None:
                    n_found += 1
                    yield found
    except OSError as error:
        why = error.strerror or str(error)
        yield Failure(name, STAGE, f"{name}: cannot be read ({why}); check it")
        return
    except Exception as error:  # noqa: BLE001 - the library raises anything on broken archives
        why = " ".join(str(error).split()) or type(error).__name__
        yield Failure(name, STAGE, f"{name}: broken archive ({why}); the rest of it is not read")
        return
    if n_found == 0:
        yield Failure(name, STAGE, f"{name}: no pages in it; give a WARC file of web pages")


def _page(record: Any, name: str) -> Raw | Failure | None:
    address = record.headers.get("WARC-Target-URI", "").strip("<>")
    kind = record.headers.get("Content-Type", "")
    if record.is_http and record.http_headers is not None:
        if record.http_headers.status_code != 200:
            return None
        kind = record.http_content_type or ""
    suffix = _SUFFIXES.get(kind.split(";")[0].strip().lower())
    if suffix is None or not address:
        return None
    data = record.reader.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        why = f"{name}: {address} is larger than {MAX_BYTES // 1024**2} MB; split it"
        return Failure(address, STAGE, why)
    retrieved = parse_stamp(record.headers.get("WARC-Date", ""))
    is_address = address.startswith(("http://", "https://"))
    given = Given(url=address if is_address else None, retrieved=retrieved)
    return Raw(address, suffix, hashlib.sha256(data).hexdigest(), data, given)
