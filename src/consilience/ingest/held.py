"""The process that parses: begun, asked, ended when it takes too long, and begun again."""

import atexit
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO, TypeVar

import msgspec

from consilience.ingest.answers import Answer, Ended, Lost, Refused, Task, find_nonsense
from consilience.ingest.limits import ANSWER_BYTES_MAX, WALL_FACTOR, seconds_for

_START_S = 20.0  # it begins in 0.4 s; where the machine is busy in some more
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # without which Python itself may not begin
NONSENSE = "its parser answered nonsense"
_PIECE_BYTES = 64 * 1024
_ANSWERS: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)

F = TypeVar("F")


def ask(task: Task) -> Answer:
    """What the process answers; `Lost` where it does not, in its time and its memory.

    One that had other tasks before may have ended of those: then a new one is asked.
    """
    with _held.lock:
        was_held = _held.worker is not None
        answer = _held.ask(task)
        if was_held and isinstance(answer, Lost) and not answer.is_slow:
            answer = _held.ask(task)
    return answer


def unpacked(
    kind: str, file: BinaryIO, size: int, found: "msgspec.msgpack.Decoder[F]", seconds: float
) -> Iterator[F | Ended]:
    """What a process of its own tells of a file of a kind, at last that it ended.

    It may take so many seconds until it tells something again.
    """
    worker = Worker([kind, str(size)], file)
    try:
        is_last = False
        while not is_last:
            frame, is_last = worker.listen(seconds)
            yield found.decode(frame)
    except TimeoutError:
        yield Ended(f"nothing of it came for {seconds:.0f} s")
    except (EOFError, OSError):
        yield Ended(f"its parser was ended: {worker.lost(seconds).why}")
    except msgspec.MsgspecError:
        yield Ended(NONSENSE)
    finally:
        worker.close()


def begin() -> None:
    """The process begins before it is asked, while whoever will ask has other things to do."""
    with _held.lock:
        _held.begin()


def end() -> None:
    """The process is ended; the next question begins another."""
    with _held.lock:
        _held.close()


def _answer(worker: "Worker", task: Task) -> tuple[Answer, bool]:
    """Its answer, and whether that was its last."""
    seconds = seconds_for(task.kind, len(task.data))
    try:
        worker.tell(msgspec.msgpack.encode(task), WALL_FACTOR * seconds)
        frame, is_last = worker.listen(WALL_FACTOR * seconds)
        answer = _ANSWERS.decode(frame)
    except TimeoutError:
        return Lost(f"it took more than {WALL_FACTOR * seconds:.0f} s", is_slow=True), True
    except (EOFError, OSError):
        return worker.lost(seconds), True
    except msgspec.MsgspecError:
        return Lost("it answered nonsense"), True
    if isinstance(answer, Lost | Refused):
        return answer, is_last or isinstance(answer, Lost)
    nonsense = find_nonsense(answer, task)
    if nonsense is not None:
        return Lost(f"it answered nonsense, {nonsense}"), True
    return answer, is_last


class Worker:
    """One process that parses, with our modules and nothing else that we know."""

    def __init__(self, arguments: list[str], stdin: BinaryIO | int = subprocess.PIPE) -> None:
        environment = {
            "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path),
            "PYTHONHASHSEED": "0",
            **{name: os.environ[name] for name in _KEPT if name in os.environ},
        }
        self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            [sys.executable, "-B", "-P", "-m", "consilience.ingest.worker", *arguments],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            process_group=0,
            bufsize=0,
        )
        self._allowance_s = _START_S

    def tell(self, question: bytes, seconds: float) -> None:
        """
        Raises:
            OSError: it ended, or takes too long to listen.
        """
        into = self._process.stdin
        assert into is not None
        os.set_blocking(into.fileno(), False)
        left = memoryview(len(question).to_bytes(8) + question)
        until = time.monotonic() + seconds + self._allowance_s
        while left:
            _wait(into.fileno(), select.POLLOUT, until)
            left = left[os.write(into.fileno(), left[:_PIECE_BYTES]) :]

    def listen(self, seconds: float) -> tuple[bytes, bool]:
        """What it says next, and whether that is its last.

        A frame is eight bytes of length, one whether it is the last, and so many bytes.

        Raises:
            EOFError: it ended.
            TimeoutError: it takes longer.
        """
        until = time.monotonic() + seconds + self._allowance_s
        self._allowance_s = 0.0
        head = self._read(9, until)
        size = int.from_bytes(head[:8])
        if size > ANSWER_BYTES_MAX:
            raise EOFError
        return self._read(size, until), head[8] != 0

    def _read(self, size: int, until: float) -> bytes:
        out = self._process.stdout
        assert out is not None
        pieces = []
        while size:
            _wait(out.fileno(), select.POLLIN, until)
            piece = os.read(out.fileno(), min(size, _PIECE_BYTES))
            if not piece:
                raise EOFError
            pieces.append(piece)
            size -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # of what it was not told any more
                    pipe.close()
        self._process.wait()

    def lost(self, seconds: float) -> Lost:
        """Why it ended; it was given so many seconds of the processor."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        code = self._process.poll()
        if code == -signal.SIGXCPU:
            return Lost(f"it took more than {seconds:.0f} s", is_slow=True)
        if code is not None and code < 0:
            return Lost(f"it crashed ({signal.Signals(-code).name})")
        return Lost("it ended without a word")


def _wait(pipe: int, event: int, until: float) -> None:
    """
    Raises:
        TimeoutError: nothing comes through the pipe in time.
    """
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, until - time.monotonic()) * 1000):
        raise TimeoutError


class _Held:
    """The one process of this one, begun when it is needed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worker: Worker | None = None

    def begin(self) -> Worker:
        self.worker = self.worker or Worker([])
        return self.worker

    def ask(self, task: Task) -> Answer:
        answer, is_last = _answer(self.begin(), task)
        if is_last:
            self.close()
        return answer

    def forget(self) -> None:
        """A copy of this process has none: two would talk into one pipe."""
        self.lock = threading.Lock()
        self.worker = None

    def close(self) -> None:
        if self.worker is not None:
            self.worker.close()
            self.worker = None


_held = _Held()
os.register_at_fork(after_in_child=_held.forget)
atexit.register(_held.close)
