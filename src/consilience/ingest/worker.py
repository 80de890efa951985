"""Parses, in a process of its own, what nobody vouches for: `python -m consilience.ingest.worker`.

It takes tasks from stdin and gives answers on stdout, each a frame: eight bytes of length, then
MessagePack. It ends when stdin does. Whatever happens in it costs the one task. With a kind and a
size as its arguments stdin is a web archive or a table of so many bytes, which is told in frames.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

import msgspec

from consilience.errors import InputError
from consilience.ingest.answers import Answer, Ended, Lost, Refused, Task
from consilience.ingest.confined import confine, give_processor, held_bytes
from consilience.ingest.limits import ANSWER_BYTES_MAX, seconds_for

_HELD_BYTES_MAX = 400 * 1024**2  # what one document has swollen is not carried to the next


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began us ends us
    # Not looked at here, and half a megabyte of weights: trafilatura guesses languages with it.
    sys.modules["py3langid"] = None  # type: ignore[assignment]
    out = os.fdopen(os.dup(1), "wb")
    # What libraries print is no answer.
    os.dup2(2, 1)
    confine()
    if sys.argv[1:]:
        _unpack(sys.argv[1], int(sys.argv[2]), out)
        return
    # Most of what is asked is a page: what opens one is loaded while nobody may be waiting yet.
    _answer(Task("page", "", b"<p>None yet.</p>"))
    for frame in frames(sys.stdin.buffer):
        task = msgspec.msgpack.decode(frame, type=Task)
        give_processor(seconds_for(task.kind, len(task.data)))
        answer = msgspec.msgpack.encode(_answer(task))
        if len(answer) > ANSWER_BYTES_MAX:
            answer = msgspec.msgpack.encode(Lost("it swells too much"))
        _write(out, answer, is_last=held_bytes() > _HELD_BYTES_MAX)


def _unpack(kind: str, size: int, out: BinaryIO) -> None:
    """Stdin is a file of the kind, of so many bytes."""
    for found in _UNPACKERS[kind](size):
        _write(out, msgspec.msgpack.encode(found), is_last=isinstance(found, Ended))


def _pages(size: int) -> Iterator[msgspec.Struct]:
    from consilience.ingest.warc import pages_of

    return pages_of(sys.stdin.buffer, size)


def _rows(size: int) -> Iterator[msgspec.Struct]:
    from consilience.ingest.rows import rows_of

    return rows_of(sys.stdin.buffer, size)


_UNPACKERS = {"archive": _pages, "table": _rows}


def _write(out: BinaryIO, answer: bytes, *, is_last: bool) -> None:
    out.write(len(answer).to_bytes(8) + bytes([is_last]) + answer)
    out.flush()


def frames(file: BinaryIO) -> Iterator[bytes]:
    """The frames of a stream, until it ends."""
    while head := file.read(8):
        yield file.read(int.from_bytes(head))


def _answer(task: Task) -> Answer:
    try:
        return _PARSERS[task.kind](task)
    except InputError as error:
        return Refused(str(error))
    except MemoryError:
        return Lost("it needs too much memory")
    except Exception as error:  # noqa: BLE001 - parsers raise anything on what is built for it
        return Lost(" ".join(str(error).split())[:200] or type(error).__name__)


def _page(task: Task) -> Answer:
    from consilience.ingest.html import page_of

    return page_of(task.data.decode())


def _feed(task: Task) -> Answer:
    from consilience.ingest.feeds import feed_of

    return feed_of(task.data, task.name)


def _mail(task: Task) -> Answer:
    from consilience.ingest.mail import mail_of

    return mail_of(task.data, task.name)


def _pdf(task: Task) -> Answer:
    from consilience.ingest.pdf import text_of_pdf

    return text_of_pdf(task.data, task.name)


_PARSERS: dict[str, Callable[[Task], Answer]] = {
    "page": _page, "feed": _feed, "mail": _mail, "pdf": _pdf,
}  # fmt: skip


if __name__ == "__main__":
    main()
