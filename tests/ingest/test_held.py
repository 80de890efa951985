"""The process that parses: what it cannot do, how it ends, and that its word is not taken."""

import hashlib
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from consilience.dates import when_of
from consilience.ingest import Raw, apart, expect, held, ingest_raw
from consilience.ingest.answers import Feed, Lost, Mail, Page, Pages, Parsed, Task, find_nonsense
from consilience.ingest.document import Given
from consilience.records import Document, Failure, PartKind
from tests.hostile_files import STORY, feed_that_asks, page

Reached = Callable[[str], None]


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    held.end()
    yield
    held.end()


def given(name: str, data: bytes) -> tuple[Document | Failure, ...]:
    suffix = name[name.rindex(".") :]
    return ingest_raw(Raw(name, suffix, hashlib.sha256(data).hexdigest(), data))


def is_begun() -> bool:
    return held._held.worker is not None


def confined(code: str) -> str:
    """What `code` prints in a process that gave up what it does not need."""
    script = f"from consilience.ingest.confined import confine\nconfine()\n{code}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    return done.stdout + done.stderr


@pytest.mark.threat("P1")
@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import socket; socket.socket()", "PermissionError: socket.__new__"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "PermissionError"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError"),
        ("import os; os.system('true')", "PermissionError"),
        ("import os; os.remove('/nowhere')", "PermissionError"),
        ("open('never.txt', 'w')", "PermissionError"),
        ("bytearray(2 * 1024**3)", "MemoryError"),
        ("files = [open('/dev/null') for _ in range(99)]", "Too many open files"),
    ],
)
def test_a_process_that_parses_cannot(code: str, why: str) -> None:
    assert why in confined(code)


@pytest.mark.threat("P1")
@pytest.mark.skipif(sys.platform != "linux", reason="the network is left on Linux alone")
def test_it_has_no_network_whatever_its_libraries_try(reached: Reached) -> None:
    if subprocess.run(["unshare", "-Un", "true"], capture_output=True).returncode:
        pytest.skip("the system does not let users leave the network")
    network = "/proc/self/ns/net"
    theirs = confined(f"import os; print(os.readlink({network!r}))").strip()
    assert theirs.startswith("net:")
    assert theirs != os.readlink(network)  # noqa: PTH115
    assert confined("print(open('/proc/self/net/route').read().count(chr(9)))").strip() == "0"
    reached("a network of its own, without a way out")


def test_it_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "secret-of-ours")
    given("a.html", page(""))
    worker = held._held.worker
    assert worker is not None
    with open(f"/proc/{worker._process.pid}/environ", "rb") as file:  # noqa: PTH123
        assert b"secret-of-ours" not in file.read()


def test_plain_text_needs_no_such_process_and_no_parser(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": STORY}))
    code = (
        "import sys; from consilience.ingest import held, ingest;"
        " found = list(ingest(sys.argv[1:])); print(len(found), held._held.worker,"
        " sorted({'lxml', 'trafilatura', 'pypdf'} &"
        " sys.modules.keys()))"
    )
    command = [sys.executable, "-c", code, f"{tmp_path}/a.txt", f"{tmp_path}/b.jsonl"]
    assert subprocess.run(command, capture_output=True, text=True).stdout == "2 None []\n"


def test_it_begins_before_it_is_asked_where_a_page_is_expected_and_opens_that(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    expect([tmp_path, "-", "nowhere.html.txt"])
    assert not is_begun()
    (tmp_path / "within").mkdir()
    (tmp_path / "within" / "b.HTM").write_bytes(page(""))
    expect([tmp_path])
    assert is_begun()
    worker = held._held.worker
    given("c.html", page(""))
    assert held._held.worker is worker


@pytest.mark.threat("I8")
def test_what_a_feed_asks_for_is_neither_fetched_nor_read(reached: Reached) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        (document,) = given("a.xml", feed_that_asks(address))
        with pytest.raises(TimeoutError):
            server.accept()
    assert isinstance(document, Document)
    assert STORY in document.text
    (document,) = given("a.xml", feed_that_asks("file:///etc/passwd"))
    assert isinstance(document, Document)
    assert "root:" not in document.text
    reached("no connection, no file")


@pytest.mark.threat("S8")
def test_a_killed_process_costs_nothing_and_the_next_begins() -> None:
    given("a.html", page(""))
    worker = held._held.worker
    assert worker is not None
    os.kill(worker._process.pid, signal.SIGKILL)
    (document,) = given("b.html", page(""))
    assert isinstance(document, Document)


@pytest.mark.threat("I1")
def test_a_page_whose_parser_takes_too_long_is_read_as_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(held, "WALL_FACTOR", 0.0)
    monkeypatch.setattr(held, "_START_S", 0.0)
    document, failure = given("a.html", page("<nav>Home</nav>"))
    assert isinstance(document, Document)
    assert STORY in document.text
    assert isinstance(failure, Failure)
    assert failure.name == "a.html"
    assert failure.error.startswith("a.html: read as text only: its parser was ended: it took more")
    (refused,) = given("a.xml", feed_that_asks("x"))
    assert isinstance(refused, Failure)
    assert refused.error.endswith("; give its text")


def _ingested(name: str) -> str:
    (document,) = given(name, page(""))
    assert isinstance(document, Document)
    return document.text


def test_copies_of_a_process_and_threads_have_their_own() -> None:
    ours = _ingested("a.html")
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(_ingested("a.html"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # As Spark's workers are: forked from a process that may have one, and daemons.
    with multiprocessing.get_context("fork").Pool(2) as pool:
        texts += pool.map(_ingested, ["a.html"] * 4)
    assert set(texts) == {ours}
    assert _ingested("a.html") == ours


DAY = when_of("2031-03-04")
NOWHERE = Given()


@pytest.mark.threat("I12")
@pytest.mark.parametrize(
    ("kind", "answer", "why"),
    [
        ("page", Page("a\n\nb", {2: PartKind.CAPTION}, NOWHERE), "kinds of paragraphs"),
        ("page", Page("a", {-1: PartKind.CAPTION}, NOWHERE), "kinds of paragraphs"),
        ("page", Page("a" * 999, {}, NOWHERE), "more text than it holds"),
        ("page", Page("a", {}, Given(id="d1")), "what only who gives"),
        ("page", Page("a", {}, Given(published=replace(DAY, value="nonsense"))), "a time"),
        ("page", Page("a", {}, Given(updated=replace(DAY, end=DAY.start))), "a time"),
        ("page", Page("a", {}, Given(updated=replace(DAY, start=None))), "a time"),
        ("mail", Mail("a", "", NOWHERE, (("a.txt", b""),) * 5_000), "more attachments"),
        ("feed", Pages("a"), "another question"),
        ("pdf", Feed(()), "another question"),
    ],
)  # fmt: skip
def test_an_answer_that_cannot_be_is_refused(kind: str, answer: Parsed, why: str) -> None:
    found = find_nonsense(answer, Task(kind, "a", b"<p>a</p>"))  # type: ignore[arg-type]
    assert found is not None
    assert why in found


@pytest.mark.threat("I12")
def test_a_sound_answer_is_taken() -> None:
    sound = Page("a\n\nb", {1: PartKind.CAPTION}, Given(title="A", published=DAY))
    assert find_nonsense(sound, Task("page", "a", b"<p>a</p><p>b</p>")) is None


TALKERS = {
    "no frame": "print('hello, I am your parser now')",
    "no end": "import os; os.write(1, (2**60).to_bytes(8) + b'x')",
    "no message": "import os; os.write(1, (3).to_bytes(8) + bytes(1) + b'abc')",
    "other types": (
        "import os, msgspec; m = msgspec.msgpack.encode({'type': 'Page', 'text': 7, 'kinds': {},"
        " 'given': {}}); os.write(1, len(m).to_bytes(8) + bytes(1) + m)"
    ),
    "half": "import os; os.write(1, (900).to_bytes(8) + bytes(1) + b'abc')",
    "nothing": "",
}


@pytest.mark.threat("I12")
@pytest.mark.parametrize("code", TALKERS.values(), ids=TALKERS)
def test_what_a_process_taken_over_says_is_not_believed(
    code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda _, **how: begin([sys.executable, "-c", code], **how)
    )
    answer = held.ask(Task("page", "", b"<p>a</p>"))
    assert isinstance(answer, Lost)
    assert apart.page_of("<p>Nine died.</p>").text == "Nine died."
