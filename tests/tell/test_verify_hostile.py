"""A dossier that somebody meddled with, or made to break whoever proves it."""

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from consilience.errors import InputError
from consilience.interchange import digest, dossier_to_json, dumps, loads
from consilience.tell.verify import verify, verify_json
from tests.conftest import Command
from tests.small_cases import OneReader, account, page, tell, words
from tests.tell.mutations import Steps, Written, changed
from tests.tell.sample import sample_dossier

Reach = Callable[[str], None]

STRANGE: tuple[Any, ...] = (
    None, True, 0, -1, 5, 10**30, 1e300, "", "x", "9" * 5_000, [], {}, [5], [None], [[]], [{}],
    {"a": 1}, "0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "2021-02-30", "P1W",
)  # fmt: skip


def written() -> Written:
    return loads(dumps(dossier_to_json(sample_dossier())), "dossier")


def mutants(n: int, seed: int) -> Iterator[tuple[str, Written]]:
    """Dossiers with one thing put in another's place, doubled, dropped or made a strange one."""
    rng = random.Random(seed)
    dossier = written()
    places = [steps for steps in _places(dossier) if steps and steps != ("digest",)]
    while n:
        steps = rng.choice(places)
        other = copy.deepcopy(dossier)
        holder: Any = other
        for step in steps[:-1]:
            holder = holder[step]
        match rng.choice(("strange", "strange", "dropped", "doubled", "swapped", "letter")):
            case "strange":
                holder[steps[-1]] = rng.choice(STRANGE)
            case "dropped":
                del holder[steps[-1]]
            case "doubled" if isinstance(holder, list):
                holder.insert(0, copy.deepcopy(holder[-1]))
            case "swapped":
                like = [place for place in places if place[-1] == steps[-1]]
                holder[steps[-1]] = _at(dossier, rng.choice(like))
            case "letter" if isinstance(holder[steps[-1]], str) and holder[steps[-1]]:
                told = holder[steps[-1]]
                i = rng.randrange(len(told))
                holder[steps[-1]] = f"{told[:i]}{rng.choice('q7 Z')}{told[i + 1 :]}"
        if other != dossier and other.get("run", {}) == dossier["run"]:
            n -= 1
            yield "/".join(map(str, steps)), other


def _places(value: Any, steps: Steps = ()) -> Iterator[Steps]:
    yield steps
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _places(one, (*steps, key))


def _at(value: Any, steps: Steps) -> Any:
    for step in steps:
        value = value[step]
    return copy.deepcopy(value)


def refused(dossier: Written) -> bool:
    try:
        return bool(verify_json(dossier))
    except InputError:
        return True


@pytest.mark.threat("M4")
@pytest.mark.parametrize("n", [150, pytest.param(3_000, marks=pytest.mark.slow)])
def test_a_dossier_that_was_meddled_with_is_refused(n: int, reached: Reach) -> None:
    assert [steps for steps, other in mutants(n, seed=n) if not refused(other)] == []
    reached(f"{n:,} random changes: all refused")


@pytest.mark.threat("M4")
@pytest.mark.parametrize("n", [100, pytest.param(3_000, marks=pytest.mark.slow)])
def test_whatever_is_sealed_anew_is_proven_or_refused_but_breaks_nothing(
    n: int, reached: Reach
) -> None:
    n_refused = 0
    for _, other in mutants(n, seed=7):
        try:
            n_refused += refused({**other, "digest": digest(other)})
        except InputError:
            n_refused += 1
    # The rest is of what no text can prove: what a judge thought, what else might be cited.
    assert n_refused > n / 2
    reached(f"{n:,} changes sealed anew: no traceback, {n_refused / n:.0%} refused all the same")


HOSTILE = {
    "nothing": "",
    "a list": "[]",
    "a number": "1e999",
    "100,000 brackets": "[" * 100_000,
    "100,000 braces": '{"a":' * 100_000,
    "900 deep beside it": '{"x": ' + "[" * 900 + "]" * 900 + ", ",
    "infinity beside it": '{"x": 1e999, ',
    "no number beside it": '{"x": NaN, ',
    "half a pair beside it": '{"x": "\\ud800", ',
    "half a pair for a key": '{"\\ud800": 1, ',
    "6,000 digits beside it": '{"x": ' + "9" * 6_000 + ", ",
}


@pytest.mark.threat("M4")
@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_json_costs_a_line_or_two_and_no_traceback(
    consilience: Command, tmp_path: Path, what: str
) -> None:
    text = HOSTILE[what]
    rest = dumps(dossier_to_json(sample_dossier()))[1:] if text.endswith(", ") else ""
    (tmp_path / "dossier.json").write_text(text + rest, encoding="utf-8")
    ended = consilience("verify", tmp_path / "dossier.json")
    assert ended.code == 1
    lines = (ended.out + ended.err).splitlines()
    assert 1 <= len(lines) <= 2
    assert all(len(line) < 400 for line in lines)


TYPES: tuple[Any, ...] = (None, 5, "x", [5], [None], [[]], [{}], True)


@pytest.mark.threat("M4")
@pytest.mark.parametrize("key", ["title", "run", "documents", "claims", "findings", "account"])
@pytest.mark.parametrize("strange", TYPES)
def test_a_part_of_another_type_is_refused(key: str, strange: Any) -> None:
    assert refused(changed(written(), (key,), strange))


@pytest.mark.slow
@pytest.mark.threat("M4")
def test_as_many_claims_as_memory_holds_end_in_lines(reached: Reach) -> None:
    dossier = written()
    one = dossier["claims"][0]
    dossier["claims"] = [{**one, "id": f"claim-{i:024x}"} for i in range(200_000)]
    assert "digest: the dossier is not as it was written" in verify_json(dossier)
    reached("200,000 claims: refused in lines")


STORY = (
    "Six people were killed when a store fell at Sant Aurel on Monday, Mayor Dorin Vasca said.\n"
    "The store was built in 1974 and belongs to Meridan Cargo.",
    "Mayor Dorin Vasca said six people died in the fall of a store at Sant Aurel on Monday.\n"
    "A strike is called for Thursday by the union of Petru Ilves.",
    "At Sant Aurel six dockers were killed on Monday as a store came down.\n"
    "Engineers had asked in June for its southern wall to be propped.",
)
OUTLETS = ("Upland Courier", "Northmoor Echo", "Radio Marisma")


@pytest.mark.threat("M4")
@pytest.mark.parametrize(
    ("was", "put"),
    [
        ("six", "nine"),
        ("Vasca", "Morar"),
        ("Monday", "Sunday"),
        ("Aurel", "Brenn"),
        ("1974", "1981"),
    ],
)
def test_what_a_changed_source_no_longer_says_is_no_longer_told(
    engine: OneReader, was: str, put: str
) -> None:
    pattern = re.compile(was, re.IGNORECASE)

    def other(found: re.Match[str]) -> str:
        return put.capitalize() if found[0][0].isupper() else put

    first, then = (
        tell(engine, *(page(t, o, "2031-02-04") for t, o in zip(texts, OUTLETS, strict=True)))
        for texts in (STORY, [pattern.sub(other, text) for text in STORY])
    )
    told = " ".join(account(first))
    assert not pattern.search(" ".join(account(then)))
    assert told != " ".join(account(then)) or not pattern.search(told)
    for dossier in (first, then):
        assert verify(dossier) == ()
        texts = {d.id: d.text for d in dossier.documents}
        for sentence in dossier.account:
            assert sentence.passages
            for passage in sentence.passages:
                assert texts[passage.document_id][passage.start : passage.end] == words(
                    dossier, passage
                )


@pytest.mark.threat("M4")
def test_a_dossier_does_not_hold_against_a_source_that_was_changed(engine: OneReader) -> None:
    dossier = tell(engine, page(STORY[0], OUTLETS[0], "2031-02-04"))
    other = tell(engine, page(STORY[0].replace("Six", "Ten"), OUTLETS[0], "2031-02-04"))
    assert verify(dossier, dossier.documents) == ()
    assert verify(dossier, other.documents) != ()
    assert json.loads(dumps(dossier_to_json(dossier)))["account"]
