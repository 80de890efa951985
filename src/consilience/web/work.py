"""What a server does in the background: the case is told anew whenever it says more than was told.

A process of its own does it, so that no document can harm or hold up the server. Whoever wrote to
the case, here or at a shell, it is noticed.
"""

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace

from consilience.errors import ConsilienceError
from consilience.web.served import ServedCase

POLL_S = 1.0
# Longer than a page of 20 MB takes; whoever is silent for so long is stuck.
SILENT_MAX_S = 900
ENDING_MAX_S = 30
# What others write comes in bursts: a run at a shell goes on for a while.
SETTLED_AFTER_POLLS = 3


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is; `done` of `of` documents are read. `error` says why it failed."""

    status: str  # idle, telling or failed
    stage: str | None = None
    done: int = 0
    of: int = 0
    left_s: float | None = None
    error: str | None = None


IDLE = Progress("idle")


class Work:
    """The worker of one case, started and stopped with the server."""

    def __init__(self, case: ServedCase, workers: int) -> None:
        self._case = case
        self._workers = workers
        self._thread = threading.Thread(target=self._loop, name="work", daemon=True)
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._again = threading.Event()
        self._progress = IDLE
        case.changed = self._wake.set

    def start(self) -> None:
        # What was handed in or decided before a sudden end is not waited with.
        self._wake.set()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._wake.set()
        self._thread.join()

    def retry(self) -> None:
        """Try again what failed."""
        self._again.set()
        self._wake.set()

    def progress(self) -> Progress:
        return self._progress

    def _loop(self) -> None:
        failed: str | None = None
        last, n_same = None, 0
        while not self._stopping.is_set():
            woken = self._wake.wait(POLL_S)
            self._wake.clear()
            if self._again.is_set():
                self._again.clear()
                failed = None
            try:
                untold = self._case.untold()
                n_same = n_same + 1 if untold == last else 0
                last = untold
                if untold is None:
                    self._progress = IDLE
                elif untold != failed and (woken or n_same >= SETTLED_AFTER_POLLS):
                    error = self._tell()
                    failed = None if error is None else untold
                    self._progress = IDLE if error is None else Progress("failed", error=error)
                    self._wake.set()  # what came meanwhile, or was left out, is not waited with
            except ConsilienceError as error:
                self._progress = Progress("failed", error=str(error))

    def _tell(self) -> str | None:
        """Run the worker to its end; why it failed."""
        command = [sys.executable, "-P", "-m", "consilience.web.worker", str(self._case.path)]
        worker = subprocess.Popen(  # noqa: S603
            [*command, str(self._workers)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._progress = Progress("telling", "start")
        heard = _Heard()
        try:
            self._follow(worker, heard)
        finally:
            worker.kill()
            code = worker.wait()
            for pipe in (worker.stdin, worker.stdout):
                if pipe is not None:
                    with contextlib.suppress(BrokenPipeError):
                        pipe.close()
        if code == 0 or self._stopping.is_set():
            return None
        if heard.error is None and heard.hand:
            with self._case.register() as register:
                register.count_crash(heard.hand)
        return heard.error or "the reader ended suddenly"

    def _follow(self, worker: "subprocess.Popen[bytes]", heard: "_Heard") -> None:
        assert worker.stdout is not None
        waiting = b""
        heard_at = time.monotonic()
        while not self._stopping.is_set() and time.monotonic() - heard_at < SILENT_MAX_S:
            if not select.select([worker.stdout], [], [], POLL_S)[0]:
                continue
            data = os.read(worker.stdout.fileno(), 1 << 16)
            if not data:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    worker.wait(ENDING_MAX_S)
                return
            heard_at = time.monotonic()
            *lines, waiting = (waiting + data).split(b"\n")
            for line in lines:
                heard.line(line)
            self._progress = heard.progress


class _Heard:
    """What a worker said of itself so far."""

    def __init__(self) -> None:
        self.hand: list[int] = []
        self.error: str | None = None
        self.progress = Progress("telling", "start")
        self._since = time.monotonic()

    def line(self, line: bytes) -> None:
        if not line.startswith(b"{"):
            return  # a library's own words
        said = json.loads(line)
        self.error = said.get("error", self.error)
        if "hand" in said:
            self.hand = said["hand"]
        if "stage" in said:
            done, of = said["done"], said["of"]
            made = Progress("telling", said["stage"], done, of)
            if self.progress.stage != said["stage"]:
                self._since = time.monotonic()
            if said["stage"] == "reading" and done:
                each_s = (time.monotonic() - self._since) / done
                made = replace(made, left_s=round(each_s * (of - done), 1))
            self.progress = made
