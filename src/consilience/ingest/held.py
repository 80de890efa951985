"""The process that parses: begun, asked, ended when it takes too long, and begun again."""

import atexit
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO

import msgspec

from consilience.ingest.answers import Answer, Lost, Refused, Task, find_nonsense
from consilience.ingest.limits import ANSWER_BYTES_MAX, WALL_FACTOR, seconds_for

_START_S = 20.0  # it begins in 0.4 s; where the machine is busy in some more
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")  # without which Python itself may not begin
_ANSWERS: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def ask(task: Task) -> Answer:
    """What the process answers; `Lost` where it does not, in its time and its memory."""
    with _held.lock:
        if _held.worker is None:
            _held.worker = Worker()
        answer, is_last = _held.worker.ask(task)
        if is_last:
            _held.worker.close()
            _held.worker = None
    return answer


class Worker:
    """One process; not for two threads at a time."""

    def __init__(self) -> None:
        self._process = begin([])
        self._allowance_s = _START_S

    def ask(self, task: Task) -> tuple[Answer, bool]:
        """Its answer, and whether that was its last."""
        cpu_s = seconds_for(task.kind, len(task.data))
        clock = Clock(self._process, WALL_FACTOR * cpu_s + self._allowance_s)
        self._allowance_s = 0.0
        frame, is_last = b"", True
        with clock:
            frame, is_last = self._exchange(msgspec.msgpack.encode(task))
        if not frame:
            return Lost(why_ended(self._process, clock, cpu_s)), True
        try:
            answer = _ANSWERS.decode(frame)
        except msgspec.MsgspecError:
            return Lost("it answered nonsense"), True
        if isinstance(answer, Lost | Refused):
            return answer, is_last
        nonsense = find_nonsense(answer, task)
        if nonsense is not None:
            return Lost(f"it answered nonsense, {nonsense}"), True
        return answer, is_last

    def close(self) -> None:
        end(self._process)

    def _exchange(self, question: bytes) -> tuple[bytes, bool]:
        """The answering frame, empty where the process ended, and whether it is the last."""
        into = self._process.stdin
        assert into is not None
        try:
            into.write(len(question).to_bytes(8) + question)
            into.flush()
            return read_frame(self._process)
        except OSError:
            return b"", True


def begin(arguments: list[str], stdin: BinaryIO | int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    """A process that parses: with the modules of this one, and nothing else that it knows."""
    environment = {
        "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path),
        "PYTHONHASHSEED": "0",
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
    }
    return subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
        [sys.executable, "-B", "-P", "-m", "consilience.ingest.worker", *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        process_group=0,
    )


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):  # of what it was not told any more
                pipe.close()
    process.wait()


def read_frame(process: subprocess.Popen[bytes]) -> tuple[bytes, bool]:
    """What it tells next, and whether it is the last; empty where the process ended.

    A frame is eight bytes of length, one whether it is the last, and so many bytes.
    """
    out = process.stdout
    assert out is not None
    head = out.read(9)
    size = int.from_bytes(head[:8])
    if len(head) < 9 or size > ANSWER_BYTES_MAX:
        return b"", True
    frame = out.read(size)
    return (frame, head[8] != 0) if len(frame) == size else (b"", True)


class Clock:
    """Ends a process unless left in time."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.has_struck = False
        self._process = process
        self._timer = threading.Timer(seconds, self._strike)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def _strike(self) -> None:
        self.has_struck = True
        self._process.kill()


def why_ended(process: subprocess.Popen[bytes], clock: Clock, seconds: float) -> str:
    """Why a process gave no answer, in words."""
    end(process)
    if clock.has_struck or -process.returncode == signal.SIGXCPU:
        return f"it took more than {seconds:.0f} s"
    if process.returncode < 0:
        return f"it crashed ({signal.Signals(-process.returncode).name})"
    return "it ended without a word"


class _Held:
    """The one process of this one, begun when it is needed."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worker: Worker | None = None

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
