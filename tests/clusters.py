"""A real Spark cluster on this machine: a master, and workers of one core each."""

import ctypes
import importlib.util
import os
import re
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_UP_WITHIN_S = 120
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def missing_for_spark() -> str:
    """Why no test of Spark can run here, if none can; with CI set they must."""
    if importlib.util.find_spec("pyspark") is None:
        return "pyspark is not installed"
    return "" if shutil.which("java") else "no Java runtime is installed"


@dataclass(frozen=True)
class Machine:
    """A master or worker, with all that it starts: one session of processes."""

    process: subprocess.Popen[bytes]
    log: Path

    def said(self, pattern: str) -> str:
        """The first thing in its log that matches, once it stands there."""
        for _ in range(_UP_WITHIN_S * 10):
            if found := re.search(pattern, self.log.read_text(errors="replace")):
                return found[0]
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"not up: {self.log.read_text(errors='replace')[-2000:]}")

    def processes(self) -> list[int]:
        return [p.pid for p in _processes() if p.session == self.process.pid]

    def python_bytes(self) -> int:
        """The memory of the largest process of Python here."""
        ours = (p for p in _processes() if p.session == self.process.pid)
        return max((p.n_bytes for p in ours if p.name.startswith("python")), default=0)

    def kill(self) -> int:
        """As a power cut would: the worker, its executor and the executor's Python. How many."""
        found = self.processes()
        for pid in found:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        return len(found)


@dataclass(frozen=True)
class Cluster:
    url: str
    folder: Path
    machines: ExitStack

    def worker(self, name: str) -> Machine:
        """One more worker, which has said hello to the master."""
        room = ("--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / name))
        worker = self.machines.enter_context(
            _machine(self.folder / f"{name}.log", "worker.Worker", *room, self.url)
        )
        worker.said("Successfully registered with master")
        return worker


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Spark's own standalone cluster, on loopback alone, on free ports; yet without a worker."""
    with ExitStack() as machines:
        master = machines.enter_context(_machine(folder / "master.log", "master.Master"))
        yield Cluster(master.said(r"spark://[\d.]+:\d+"), folder, machines)


@contextmanager
def _machine(log: Path, kind: str, *arguments: str) -> Iterator[Machine]:
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / "spark-class"
    here = ("--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
    command = (str(program), f"org.apache.spark.deploy.{kind}", *here, *arguments)
    # Its pages, which cannot be turned off, listen where SPARK_LOCAL_IP says.
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            stdout=file,
            stderr=file,
            env=environment,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    machine = Machine(process, log)
    try:
        yield machine
    finally:
        machine.kill()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class _Process(NamedTuple):
    pid: int
    name: str
    session: int
    n_bytes: int


def _processes() -> Iterator[_Process]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                before, _, after = (folder / "stat").read_text().rpartition(")")
            except OSError:
                continue  # it has ended meanwhile
            fields = after.split()
            n_bytes = int(fields[21]) * resource.getpagesize()
            yield _Process(int(folder.name), before.partition("(")[2], int(fields[3]), n_bytes)
