"""The API against its own description, with what it describes and with what it does not."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import (
    ChecksConfig,
    PositiveDataAcceptanceConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)

from consilience.store import Role
from consilience.web.access import Access, Guesses
from consilience.web.openapi import description
from tests.web.serving import desk

# What is well formed may still be about nothing in the case, or name no version.
WELL_FORMED = ["2xx", "401", "403", "404", "409", "422", "428"]
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
OPERATIONS = [
    (method, path, mode)
    for path, of in sorted(description()["paths"].items())
    for method in of
    for mode in (POSITIVE, NEGATIVE)
]
# Wrong parts of a path are slow to think of.
QUICK = [one for one in OPERATIONS if one[2] is POSITIVE or "{" not in one[1]]


@dataclass(frozen=True)
class Api:
    schema: Any
    access: Access


@pytest.fixture(scope="module")
def api(told_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    path = shutil.copy(told_case, tmp_path_factory.mktemp("api") / "ferry.db")
    accepted = PositiveDataAcceptanceConfig(expected_statuses=WELL_FORMED)
    with desk(Path(path)) as served:
        asking = served.of(Role.ADMIN)
        url = f"{asking.url}/api/openapi.json"
        checks = ChecksConfig(positive_data_acceptance=accepted)
        project = ProjectConfig(checks=checks, headers=asking.headers)
        config = SchemathesisConfig(projects=ProjectsConfig(default=project))
        schema = schemathesis.openapi.from_url(url, config=config, headers=asking.headers)
        yield Api(schema, served.access)


@pytest.mark.threat("W7")
@pytest.mark.parametrize(("method", "path", "mode"), QUICK)
def test_what_is_answered_is_what_is_described(
    api: Api, method: str, path: str, mode: GenerationMode
) -> None:
    hold(api, method, path, mode, n_examples=2)


@pytest.mark.slow
@pytest.mark.threat("W7")
@pytest.mark.parametrize(("method", "path"), [*dict.fromkeys(one[:2] for one in OPERATIONS)])
def test_a_thousand_requests_of_each_operation_are_answered_as_described(
    api: Api, method: str, path: str, reached: Callable[[str], None]
) -> None:
    """Half of them as they should be; of those that take nothing there are but a few."""
    asked = sum(hold(api, method, path, mode, n_examples=500) for mode in (POSITIVE, NEGATIVE))
    reached(f"{method} {path}: {asked} requests")


def hold(api: Api, method: str, path: str, mode: GenerationMode, n_examples: int) -> int:
    """How many requests were made, each of them answered as described."""
    operation = api.schema[path][method.upper()]
    n_asked = 0

    @settings(
        max_examples=n_examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        api.access.guesses = Guesses()  # wrong tokens are sent on purpose
        nonlocal n_asked
        n_asked += 1
        case.call_and_validate()

    try:
        ask()
    except Unsatisfiable:
        # Nothing is asked for there, so nothing can be asked wrongly.
        assert mode is GenerationMode.NEGATIVE
    return n_asked
