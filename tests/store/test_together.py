"""Several at once on one case: nobody is locked out, nothing is lost, and nobody sees a half."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from consilience.errors import ConflictError
from consilience.places import Place
from consilience.store import Version, open_store
from tests.conftest import Reach
from tests.factory import READER, decision

N_WRITERS, N_READERS = 4, 2

# Nobody begins before all are there.
BEGIN = """
def begin():
    print("here", flush=True)
    return float(input())
"""

WRITER = """
import sys, time
from consilience.places import parse_place
from consilience.store import open_register, open_store
from tests.factory import READER, decision, document, judgement, reading
place, who = parse_place(sys.argv[1]), sys.argv[2]
store, register = open_store(place), open_register(place)
n, until = 0, begin()
while time.time() < until:
    page = document(f"Report {n} of {who}.", f"{who}-{n:05}.txt")
    (made,) = register.hand_in([(page.name, page.text.encode())], who, "2031-01-01T00:00:00Z")
    store.add_input(page.name, page.text.encode(), "1", [page])
    register.take_up([made.number])
    store.add_reading(page, READER, reading(page))
    store.add_decision(decision())
    n += 1
print(n)
"""

# Each of the documents has its reading, or is the writer's last; a state never changes.
LOOKER = """
import sys, time
from consilience.interchange import dossier_to_json, dumps
from consilience.places import parse_place
from consilience.store import open_store
from tests.factory import READER
store = open_store(parse_place(sys.argv[1]))
n, until = 0, begin()
while time.time() < until:
    with store.snapshot():
        documents, unread = store.documents(), store.unread_documents(READER)
        readings = store.readings(READER)
        time.sleep(0.01)
        assert documents == store.documents()
    assert len(documents) == len(readings) + len(unread), (len(documents), len(readings))
    assert len(unread) <= 4
    n += 1
print(n)
"""

EXPORTER = """
import sys, time
from consilience.places import parse_place
from consilience.store import open_store
from tests.factory import dossier
store = open_store(parse_place(sys.argv[1]))
n, until = 0, begin()
while time.time() < until:
    told = dossier(*store.documents())
    store.add_dossier(told, store.basis("1"))
    assert store.last_dossier() == told
    store.hold_judgements([])
    n += 1
print(n)
"""


@pytest.fixture(params=["in a file", "in PostgreSQL"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    made: Place = tmp_path / "case.db"
    return request.getfixturevalue("postgres_case") if "SQL" in request.param else made


def work(place: Place, seconds: float) -> tuple[list[int], list[int]]:
    """How often each writer wrote, and each of the others looked."""
    open_store(place).close()
    programs = [WRITER] * N_WRITERS + [LOOKER] * N_READERS + [EXPORTER]
    running = [
        subprocess.Popen(
            [sys.executable, "-c", BEGIN + program, str(place), f"w{n}"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n, program in enumerate(programs)
    ]  # fmt: skip
    for one in running:
        assert one.stdout is not None
        one.stdout.readline()
    until = f"{time.time() + seconds}\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write(until)
        one.stdin.flush()
    ended = [one.communicate() for one in running]
    assert [err for _, err in ended] == [""] * len(programs)
    told = [int(out) for out, _ in ended]
    return told[:N_WRITERS], told[N_WRITERS:]


def held_together(place: Place, seconds: float) -> str:
    written, looked = work(place, seconds)
    with closing(open_store(place)) as store:
        names = [d.name for d in store.documents()]
        assert names == [f"w{w}-{n:05}.txt" for w, most in enumerate(written) for n in range(most)]
        assert len(store.readings(READER)) == len(store.decisions()) == sum(written)
        assert store.version().n_decisions == sum(written)
    assert min(written) > 0
    assert min(looked) > 0
    return (
        f"{sum(written)} documents by {N_WRITERS}, looked at {sum(looked)} times, {seconds:.0f} s"
    )


@pytest.mark.threat("S5")
def test_four_write_while_two_read_and_one_tells(place: Place, reached: Reach) -> None:
    reached(held_together(place, 2))


@pytest.mark.slow
@pytest.mark.threat("S5")
def test_four_write_for_a_minute_while_two_read_and_one_tells(place: Place, reached: Reach) -> None:
    reached(held_together(place, 60))


@pytest.mark.threat("S5")
def test_of_two_who_decide_on_one_version_the_second_is_told(place: Place) -> None:
    with closing(open_store(place)) as one, closing(open_store(place)) as two:
        seen = one.version(), two.version()
        assert one.add_decision(decision(), seen[0]) == 1
        with pytest.raises(ConflictError, match="somebody wrote to it meanwhile"):
            two.add_decision(decision(), seen[1])
        assert two.version() == Version(0, 1)
        assert len(two.decisions()) == 1


def test_a_snapshot_is_of_one_moment(place: Place) -> None:
    with closing(open_store(place)) as one, closing(open_store(place)) as two:
        with one.snapshot():
            assert one.version() == Version(0, 0)
            two.add_decision(decision())
            assert one.version() == Version(0, 0)
        assert one.version() == Version(0, 1)
