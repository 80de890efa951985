"""Web archives to the pages in them, each under its address."""

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from consilience.ingest.answers import Archived, Ended, TooLarge
from consilience.ingest.document import Given
from consilience.ingest.held import NONSENSE, unpacked
from consilience.ingest.inputs import STAGE, Raw
from consilience.ingest.limits import FILE_BYTES_MAX, MIB, WALL_FACTOR, seconds_for_archive
from consilience.ingest.normal import printed
from consilience.ingest.stamps import parse_stamp
from consilience.records import Failure

_FOUND: msgspec.msgpack.Decoder[Archived | TooLarge | Ended] = msgspec.msgpack.Decoder(
    Archived | TooLarge | Ended
)
_SUFFIXES = frozenset({".html", ".txt", ".pdf", ".xml"})


def records_of(file: BinaryIO, size: int, name: str) -> Iterator[Raw | Failure]:
    """Each page that the archive holds, under its address, and last why it ended before its end."""
    for number, found in enumerate(_told(file, size)):
        match found:
            case Archived(data=data):
                address = printed(found.address)
                retrieved = parse_stamp(found.retrieved)
                is_address = address.startswith(("http://", "https://"))
                given = Given(url=address if is_address else None, retrieved=retrieved)
                yield Raw(address, found.suffix, hashlib.sha256(data).hexdigest(), data, given)
            case TooLarge():
                address = printed(found.address)
                why = f"{name}: {address} is larger than {FILE_BYTES_MAX // MIB} MB; split it"
                yield Failure(address, STAGE, why)
            case Ended(why=None) if number == 0:
                why = f"{name}: no pages in it; give a WARC file of web pages"
                yield Failure(name, STAGE, why)
            case Ended(why=str(why)):
                yield Failure(name, STAGE, f"{name}: {why}; the rest of it is not read")


def _told(file: BinaryIO, size: int) -> Iterator[Archived | TooLarge | Ended]:
    """What the process that unpacks it tells, at last that it ended."""
    seconds = WALL_FACTOR * seconds_for_archive(size)
    for found in unpacked("archive", file, size, _FOUND, seconds):
        if isinstance(found, Archived) and not _is_sound(found):
            yield Ended(NONSENSE)
            return
        yield found


def _is_sound(page: Archived) -> bool:
    return len(page.data) <= FILE_BYTES_MAX and page.suffix in _SUFFIXES
