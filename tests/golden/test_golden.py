"""Whole accounts of the examples, rewritten by `make golden` and reviewed as a diff."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from consilience import LocalEngine, list_inputs, open_store, run, to_markdown

HERE = Path(__file__).parent
EXAMPLES = sorted(path for path in (HERE.parent.parent / "examples").iterdir() if path.is_dir())


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.name for path in EXAMPLES])
def test_the_account_of_an_example_is_the_one_reviewed(
    example: Path, request: pytest.FixtureRequest
) -> None:
    store = open_store(None)
    dossier = run(list_inputs([example]), store, LocalEngine(), datetime(2031, 1, 1, tzinfo=UTC))
    store.close()
    golden = HERE / f"{example.name}.md"
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(to_markdown(dossier), encoding="utf-8")
    assert to_markdown(dossier) == golden.read_text(encoding="utf-8")
