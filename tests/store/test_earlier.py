"""Cases of earlier versions: brought up, whole, and told as before."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from consilience.errors import StoreError
from consilience.interchange import dossier_to_json, dumps, loads
from consilience.pipeline import run
from consilience.read import reader_version
from consilience.records import Dossier
from consilience.store import open_store
from consilience.store.migrations import MIGRATIONS
from consilience.tell.verify import verify_json
from tests.conftest import Reach
from tests.small_cases import STARTED, OneReader, page, raw
from tests.small_pages import FERRY_FIRE, FERRY_TOLL
from tests.store.earlier import set_back

GIVEN = (
    page(FERRY_FIRE, "Callis Herald", "2031-03-04"),
    page(FERRY_TOLL, "Harbour Post", "2031-03-06"),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, engine: OneReader) -> tuple[Path, Dossier]:
    path = tmp_path_factory.mktemp("kept") / "case.db"
    with closing(open_store(path)) as store:
        return path, run([raw(one) for one in GIVEN], store, engine, STARTED)


def earlier(kept: Path, folder: Path, schema: int) -> Path:
    path = Path(shutil.copy(kept, folder / f"{schema}.db"))
    set_back(path, schema)
    db = apsw.Connection(str(path))
    assert db.pragma("user_version") == schema
    db.close()
    return path


@pytest.mark.threat("S7")
@pytest.mark.parametrize("schema", range(1, len(MIGRATIONS)))
def test_a_case_of_each_earlier_schema_is_told_as_before(
    kept: tuple[Path, Dossier], tmp_path: Path, schema: int, engine: OneReader
) -> None:
    case, before = kept
    with closing(open_store(earlier(case, tmp_path, schema))) as store:
        assert store.unread_documents(reader_version()) == ()  # nothing is read again
        assert store.state(1).dossier == before
        told = run([], store, engine, STARTED)
        line = dumps(dossier_to_json(told))
        assert line == dumps(dossier_to_json(before))
        assert verify_json(loads(line, "dossier")) == ()
        assert store.version().n_states == 1


@pytest.fixture
def stopping() -> Iterator[Callable[[int], None]]:
    """Let each connection opened from now on be stopped after so many hundred instructions."""

    def stop_after(hundreds: int) -> None:
        def hook(db: apsw.Connection) -> None:
            left = iter(range(hundreds))
            db.set_progress_handler(lambda: next(left, None) is None, 100)

        apsw.connection_hooks.append(hook)

    yield stop_after
    apsw.connection_hooks.clear()


@pytest.mark.threat("S7")
def test_a_migration_that_was_interrupted_goes_on(
    kept: tuple[Path, Dossier],
    tmp_path: Path,
    stopping: Callable[[int], None],
    reached: Reach,
) -> None:
    case, before = kept
    path, n_stopped, at = earlier(case, tmp_path, 1), 0, set()
    for hundreds in range(2_000):
        stopping(hundreds)
        try:
            open_store(path).close()
        except StoreError:
            n_stopped += 1
        else:
            break
        finally:
            apsw.connection_hooks.clear()
        db = apsw.Connection(str(path))
        at.add(db.pragma("user_version"))
        db.close()
    assert n_stopped > 5
    assert len(at) > 2, at
    with closing(open_store(path)) as store:
        assert store.state(1).dossier == before
        assert store.unread_documents(reader_version()) == ()
    reached(f"stopped {n_stopped} times, at {len(at)} schemas")
