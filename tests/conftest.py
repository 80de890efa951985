import io
import logging
import os
import sys
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from consilience.cli import main
from consilience.engine.spark import SparkEngine, open_spark
from consilience.places import PostgresCase
from consilience.read import Reader
from tests.clusters import missing_for_spark
from tests.postgres_server import find_programs, running
from tests.small_cases import OneReader
from tests.threats import THREATS, Reached, to_markdown

_REACHED = pytest.StashKey[dict[str, Reached]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="see tests/golden")
    parser.addoption("--write-robustness", metavar="FILE", help="see tests/threats.py")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_REACHED] = {}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        for mark in item.iter_markers("threat"):
            for threat in mark.args:
                if threat not in THREATS:
                    raise pytest.UsageError(f"{item.nodeid}: no threat {threat} is known")
    if config.getoption("--write-robustness"):
        others = [item for item in items if item.get_closest_marker("threat") is None]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item.get_closest_marker("threat") is not None]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    for mark in item.iter_markers("threat"):
        for threat in mark.args:
            # Tests that differ in their parameters alone are one line.
            test = item.nodeid.partition("[")[0]
            one = item.config.stash[_REACHED].setdefault(f"{threat} {test}", Reached(threat, test))
            if report.when == "call" or report.outcome != "passed":
                one.note("fails, as known" if hasattr(report, "wasxfail") else report.outcome)
            for name, figure in report.user_properties if report.when == "call" else ():
                if name == "reached":
                    one.figures.append(str(figure))
    return report


def pytest_sessionfinish(session: pytest.Session) -> None:
    path = session.config.getoption("--write-robustness")
    if path:
        page = Path(path)
        before = page.read_text(encoding="utf-8") if page.is_file() else ""
        now = to_markdown(session.config.stash[_REACHED].values(), before)
        page.write_text(now, encoding="utf-8")


Reach = Callable[[str], None]


@pytest.fixture
def reached(record_property: Callable[[str, object], None]) -> Reach:
    """Say what figure a test reached, for docs/robustness.md."""
    return lambda figure: record_property("reached", figure)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a database of the tests' own, where PostgreSQL is; with CI set it must be."""
    programs = find_programs()
    if programs is None and not os.environ.get("CI"):
        pytest.skip("PostgreSQL is not installed")
    assert programs is not None, "PostgreSQL is not installed"
    with running(programs) as address:
        yield address


_CASES = count(1)


@pytest.fixture
def postgres_case(postgres_server: str) -> PostgresCase:
    """One that nobody made yet."""
    return PostgresCase(postgres_server, f"t{next(_CASES)}")


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


@pytest.fixture
def consilience(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command as from a shell: `consilience("read", "a.txt", stdin=b"")`."""

    def call(*arguments: object, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["consilience", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    return call


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkEngine]:
    """Spark on two cores of this machine, its Java process started once."""
    if not os.environ.get("CI") and missing_for_spark():
        pytest.skip(missing_for_spark())
    # It says that it closes its connections when the streams of the tests are closed already.
    logging.getLogger("py4j").setLevel(logging.WARNING)
    with open_spark("local[2]") as engine:
        yield engine


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The real reader, its encoder loaded once."""
    return Reader()


@pytest.fixture(scope="session")
def engine(reader: Reader) -> OneReader:
    return OneReader(reader)
