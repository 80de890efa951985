import shutil
from contextlib import closing
from pathlib import Path

import pytest

from consilience.pipeline import run
from consilience.store import open_store
from tests.small_cases import STARTED, OneReader, page, raw

FERRY = (
    "Nine dead in ferry fire\n\nPORT CALLIS, March 4, 2031 - Nine people were killed when a"
    " ferry caught fire on Monday, the coast guard said.\n\n"
    '"Nobody sounded the alarm," said Ines Marabe, a passenger. Marabe was pulled from the sea'
    " by Tomas Reyl.\n"
)
LATER = (
    "Ferry toll rises\n\nPORT CALLIS, March 6, 2031 - Fourteen people were killed when the ferry"
    " burned on Monday, said Olga Brandt, the transport minister.\n\n"
    "Ines Marabe was questioned by the police on Wednesday. Brandt resigned on Thursday.\n"
)


@pytest.fixture(scope="session")
def told_case(tmp_path_factory: pytest.TempPathFactory, engine: OneReader) -> Path:
    path = tmp_path_factory.mktemp("case") / "ferry.db"
    given = [
        page(FERRY, "Callis Herald", "2031-03-04"),
        page(LATER, "Harbour Post", "2031-03-06"),
    ]
    with closing(open_store(path)) as store:
        run([raw(one) for one in given], store, engine, STARTED)
    return path


@pytest.fixture
def case_file(told_case: Path, tmp_path: Path) -> Path:
    """A case of two documents, told once; a file of the test's own."""
    return Path(shutil.copy(told_case, tmp_path / "ferry.db"))
