"""Spark's own side: Java, the cluster's address and its secret, and what it says when it fails."""

import atexit
import os
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from consilience.errors import EngineError, MissingExtraError

if TYPE_CHECKING:
    from pyspark import SparkConf, SparkContext

T = TypeVar("T")

_HERE = re.compile(r"local(\[|$)|spark://(localhost|127(\.\d+){3}|\[::1\]):\d+$")
_CORES = re.compile(r"local\[(\d+|\*)\]")
# A share is tried so often; of machines that the cluster itself sees die none counts.
_TRIES = 3
_TAKEN_IN_WITHIN_S = 60
_SETTINGS = {
    "spark.app.name": "consilience",
    "spark.ui.enabled": "false",  # a page for whoever finds its port
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.task.maxFailures": str(_TRIES),
}


class WorkerDiedError(EngineError):
    """Processes that tried a share of the work died of it, one after another."""


@contextmanager
def spark_context(master: str) -> "Iterator[SparkContext]":
    """Spark, for as long as it is needed. See `open_spark`."""
    try:
        from pyspark import SparkContext
    except ImportError as error:
        why = "pyspark is not installed; pip install consilience[spark]"
        raise MissingExtraError(why) from error
    conf = _conf(master)
    # Beside us our modules lie where we found them; elsewhere they are installed.
    beside = {"PYTHONPATH": os.pathsep.join(sys.path)} if _HERE.match(master) else {}
    with _interrupts_kept():
        context = asked(lambda: SparkContext(conf=conf, gateway=_gateway(), environment=beside))
    try:
        _wait_for_workers(context, master)
        yield context
    finally:
        context.stop()


def asked(call: Callable[[], T]) -> T:
    """What Spark answers.

    Raises:
        WorkerDiedError, EngineError: it has given up after some tries.
    """
    from py4j.protocol import Py4JError  # type: ignore[import-untyped]

    try:
        return call()
    except Py4JError as error:
        said = str(error)
        kind = WorkerDiedError if "Python worker exited unexpectedly" in said else EngineError
        raise kind(_reason(said)) from error


def _reason(said: str) -> str:
    """Of a long trace of Java and Python the lines that say what happened."""
    lines = [line.strip(": \t") for line in said.splitlines()]
    told = [line for line in lines if re.match(r"([\w.]+\.)?\w*(Error|Exception)\b", line)]
    why = " … ".join(dict.fromkeys((told[0], told[-1]))) if told else lines[0]
    return f"Spark gave up: {why}; see the logs of its workers, and run it again"


def _conf(master: str) -> "SparkConf":
    from pyspark import SparkConf

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if _HERE.match(master):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    conf = SparkConf(_jvm=_gateway().jvm)  # with what stands in spark-defaults.conf
    conf.setMaster(_CORES.sub(rf"local[\1,{_TRIES}]", master))
    for name, value in _SETTINGS.items():
        conf.set(name, value)
    if _HERE.match(master):
        conf.set("spark.driver.host", "127.0.0.1")
        conf.set("spark.driver.bindAddress", "127.0.0.1")
    elif conf.get("spark.authenticate") != "true":
        # Work travels by pickle: whoever could hand a worker some would run what they like.
        raise EngineError(
            f"{master}: would take work from anybody; set spark.authenticate true, and a secret,"
            " in the spark-defaults.conf of every machine"
        )
    return conf


@cache
def _gateway() -> Any:
    """The way to a Java process, which ends with us. It tells us what it says to nobody else."""
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    with tempfile.TemporaryFile() as log:
        try:
            gateway = launch_gateway(popen_kwargs={"stderr": log})  # type: ignore[no-untyped-call]
        except (PySparkException, OSError) as error:
            log.seek(0)
            said = log.read().decode(errors="replace").strip().splitlines()
            raise MissingExtraError(
                f"Java cannot be started ({said[-1] if said else error}); install a Java runtime,"
                " 17 or newer, or set JAVA_HOME"
            ) from error
    atexit.register(_end, gateway)
    return gateway


def _end(gateway: Any) -> None:
    """Java clears up behind itself once we are gone; who called us may wait for that."""
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait()


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Spark takes Ctrl-C for itself where it starts."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _wait_for_workers(context: "SparkContext", master: str) -> None:
    """A job that no worker has room for would wait forever, without a word."""
    if master.startswith("local"):
        return
    try:
        known = asked(context._jsc.sc)
        for _ in range(_TAKEN_IN_WITHIN_S):
            if asked(known.getExecutorMemoryStatus).size() > 1:  # the driver is one
                return
            time.sleep(1)
    except EngineError as error:
        raise EngineError(
            f"{master}: does not answer, or has another secret; check the address, and"
            " spark.authenticate.secret in spark-defaults.conf"
        ) from error
    raise EngineError(
        f"{master}: no worker took the work within {_TAKEN_IN_WITHIN_S} s; is one up, with a core"
        " and the memory of spark.executor.memory to spare?"
    )
