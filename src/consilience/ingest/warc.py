"""Web archives (WARC) to the pages in them, one record held at a time; run apart from us."""

import io
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from consilience.ingest.answers import Archived, Ended, TooLarge
from consilience.ingest.limits import (
    ARCHIVE_BYTES_MAX,
    ARCHIVE_GROWTH_MAX,
    FILE_BYTES_MAX,
    RATIO_FROM_BYTES,
    RATIO_MAX,
    RECORDS_MAX,
)

SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt",
    "application/pdf": ".pdf", "application/rss+xml": ".xml", "application/atom+xml": ".xml",
}  # fmt: skip
_BEGINS = b"WARC/"
_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib's way to say that a gzip header stands in front
_GZIP_OR_ZLIB = 47
_CODINGS_MAX = 3
_PIECE_BYTES = 64 * 1024


def pages_of(file: BinaryIO, size: int) -> Iterator[Archived | TooLarge | Ended]:
    """Each page of an archive of `size` bytes, then how it ended.

    Redirects, pictures and the like are passed over.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource
    unpacked = _Unpacked(file, size)
    n_records, is_cut = 0, False
    try:
        for record in ArchiveIterator(unpacked, record_types=wanted, auto_decode="transfer"):
            n_records += 1
            if n_records > RECORDS_MAX:
                yield Ended(f"more than {RECORDS_MAX:,} records")
                return
            found = _page(record)
            if found is not None:
                yield found
                is_cut = _is_cut(record)
    except Exception as error:  # noqa: BLE001 - the library raises anything on broken archives
        why = " ".join(str(error).split()) or type(error).__name__
        yield Ended(unpacked.swollen or f"broken archive ({why})")
        return
    yield Ended("broken archive (it ends within a page)" if is_cut else None)


def _page(record: Any) -> Archived | TooLarge | None:
    address = record.headers.get("WARC-Target-URI", "").strip("<>")
    kind = record.headers.get("Content-Type", "")
    if record.is_http and record.http_headers is not None:
        if record.http_headers.status_code != 200:
            return None
        kind = record.http_content_type or ""
    suffix = SUFFIXES.get(kind.split(";")[0].strip().lower())
    if suffix is None or not address:
        return None
    address = address.encode("utf-8", "replace").decode()
    data = record.reader.read(FILE_BYTES_MAX + 1)
    for coding in reversed(_codings(record)):
        data = _decoded(data, coding)
    if len(data) > FILE_BYTES_MAX:
        return TooLarge(address)
    return Archived(address, suffix, record.headers.get("WARC-Date", ""), data)


def _codings(record: Any) -> list[str]:
    """How the content is packed, one within the other, the outermost last."""
    if not record.is_http or record.http_headers is None:
        return []
    names = (record.http_headers.get("Content-Encoding") or "").lower().split(",")
    return [name.strip() for name in names][:_CODINGS_MAX]


def _decoded(data: bytes, coding: str) -> bytes:
    """So much of it as is taken, and a byte more. The library's own would lose its place there."""
    if coding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(_GZIP_OR_ZLIB).decompress(data, FILE_BYTES_MAX + 1)
    if coding == "br":
        from fastwarc.stream_io import BrotliReader

        unpacked: bytes = BrotliReader(io.BytesIO(data)).read(FILE_BYTES_MAX + 1)
        return unpacked
    return data


def _is_cut(record: Any) -> bool:
    """Whether the archive ended before the record that was just read."""
    headers = record.http_headers if record.is_http else None
    is_chunked = headers is not None and headers.get("Transfer-Encoding") is not None
    length: int = record.content_length
    return not is_chunked and record.reader.tell() < min(length, FILE_BYTES_MAX)


class _Unpacked(io.RawIOBase):
    """The bytes of an archive, unpacked as they are read and counted; it ends where they swell."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.swollen: str | None = None
        self._file = file
        self._most = max(ARCHIVE_BYTES_MAX, ARCHIVE_GROWTH_MAX * size)
        self._n_read = self._n_unpacked = 0
        self._packed = b""
        self._unpack: Any = None

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._n_unpacked

    def readinto(self, buffer: Any) -> int:
        found = self._next(len(buffer))
        self._n_unpacked += len(found)
        if self._n_unpacked == len(found) and not found.lstrip().startswith(_BEGINS[: len(found)]):
            # The library would unpack what is packed once more, uncounted.
            raise OSError("it begins with no record")
        swells = self._n_unpacked > max(RATIO_FROM_BYTES, RATIO_MAX * self._n_read)
        if swells or self._n_unpacked > self._most:
            self.swollen = f"it swells to more than {self._n_unpacked // 1024**2} MB"
            raise OSError(self.swollen)
        buffer[: len(found)] = found
        return len(found)

    def _next(self, most: int) -> bytes:
        """Some bytes, at most so many; none at the end."""
        while True:
            if not self._packed:
                self._packed = self._file.read(_PIECE_BYTES)
                self._n_read += len(self._packed)
                if not self._packed:
                    return b""
            if self._unpack is None and not self._packed.startswith(_GZIP):
                plain, self._packed = self._packed[:most], self._packed[most:]
                return plain
            unpacked = self._unpacked(most)
            if unpacked:
                return unpacked

    def _unpacked(self, most: int) -> bytes:
        """What of the bytes in hand can be unpacked into so many; of one member at most."""
        self._unpack = self._unpack or zlib.decompressobj(_GZIP_WINDOW)
        found: bytes = self._unpack.decompress(self._packed, most)
        self._packed = self._unpack.unconsumed_tail
        if self._unpack.eof:
            self._packed, self._unpack = self._unpack.unused_data, None
        return found
