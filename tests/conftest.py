import io
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from consilience.cli import main
from consilience.read import Reader
from tests.small_cases import OneReader


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-golden", action="store_true", help="see tests/golden")


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
def reader() -> Reader:
    """The real reader, its encoder loaded once."""
    return Reader()


@pytest.fixture(scope="session")
def engine(reader: Reader) -> OneReader:
    return OneReader(reader)
