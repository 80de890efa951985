"""Two people decide at once: nothing is lost, nothing is written over unseen."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from consilience.errors import InputError
from consilience.pipeline import run
from consilience.records import Dossier
from consilience.store import Role, open_store
from consilience.web.access import ANYBODY, Who
from consilience.web.editing import MeanwhileError, decide
from consilience.web.given import Lock, Merge, Note, Reject, Split, Undo
from consilience.web.served import ServedCase
from tests.conftest import Command
from tests.small_cases import STARTED, OneReader, page, raw

IRIS = Who("Iris", Role.ANNOTATE, by_token=True)
ANNA = Who("Anna", Role.ANNOTATE, by_token=True)
TOLL = "How many people were killed?"


@pytest.fixture
def case(case_file: Path) -> Iterator[ServedCase]:
    opened = ServedCase(case_file)
    yield opened
    opened.close()


def tell_again(case: ServedCase, engine: OneReader, *pages: dict[str, str]) -> Dossier:
    with closing(open_store(case.path)) as store:
        return run([raw(one) for one in pages], store, engine, STARTED)


def names(dossier: Dossier) -> list[str]:
    return [e.name for e in dossier.entities if e.kind == "person"]


def test_a_decision_is_kept_with_who_when_and_why_as_at_the_shell(
    case: ServedCase, consilience: Command
) -> None:
    kept = decide(case, IRIS, Lock(finding=TOLL, value="14", reason="the minister"), "1.0")
    assert (kept.number, kept.version, kept.meanwhile) == (1, "1.1", ())
    shown = consilience("decide", case.path, "list").out
    assert shown.startswith("1 ")
    assert "Iris locks “How many people were killed?” at “14”: the minister" in shown


def test_what_the_shell_decides_is_noticed(case: ServedCase, consilience: Command) -> None:
    consilience("decide", case.path, "note", "Olga Brandt", "Called.", "--by", "Ben")
    assert case.snapshot().version == "1.1"
    assert [d.made_by for d in case.snapshot().decisions] == ["Ben"]


def test_a_second_decision_on_the_same_thing_is_refused_and_says_what_happened(
    case: ServedCase,
) -> None:
    decide(case, IRIS, Lock(finding=TOLL, value="14"), "1.0")
    with pytest.raises(MeanwhileError, match="Iris decided on the same thing") as refused:
        decide(case, ANNA, Lock(finding=TOLL, value="9"), "1.0")
    ((number, decision),) = refused.value.meanwhile
    assert (number, decision.made_by, refused.value.version) == (1, "Iris", "1.1")
    assert len(case.decisions()) == 1


def test_whoever_saw_the_first_decision_may_decide_otherwise(case: ServedCase) -> None:
    decide(case, IRIS, Lock(finding=TOLL, value="14"), "1.0")
    assert decide(case, ANNA, Lock(finding=TOLL, value="9"), "1.1").number == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Lock(finding=TOLL, value="14"), Reject(records=[TOLL], value="14")),
        (
            Merge(records=["Ines Marabe", "Tomas Reyl"]),
            Split(record="Ines Marabe", apart=["Marabe"]),
        ),
        (
            Merge(records=["Ines Marabe", "Tomas Reyl"]),
            Merge(records=["Tomas Reyl", "Olga Brandt"]),
        ),
        (
            Merge(records=["Callis Herald", "Harbour Post"]),
            Split(record="Callis Herald", apart=["Harbour Post"]),
        ),
    ],
)
def test_decisions_that_touch_one_thing_are_in_each_others_way(
    case: ServedCase, first: Lock | Merge, second: Reject | Split | Merge
) -> None:
    decide(case, IRIS, first, "1.0")
    with pytest.raises(MeanwhileError):
        decide(case, ANNA, second, "1.0")


@pytest.mark.parametrize(
    "second",
    [
        Merge(records=["Ines Marabe", "Tomas Reyl"]),
        Note(record=TOLL, text="Asked the coast guard."),
        Note(record="Olga Brandt", text="Called her office."),
    ],
)
def test_an_independent_decision_goes_through_and_tells_of_the_other(
    case: ServedCase, second: Merge | Note
) -> None:
    decide(case, IRIS, Lock(finding=TOLL, value="14"), "1.0")
    kept = decide(case, ANNA, second, "1.0")
    assert [(number, d.made_by) for number, d in kept.meanwhile] == [(1, "Iris")]
    assert [d.made_by for d in case.decisions()] == ["Iris", "Anna"]


def test_of_two_who_take_back_the_same_decision_one_is_told(case: ServedCase) -> None:
    decide(case, IRIS, Note(record=TOLL, text="Doubtful."), "1.0")
    decide(case, ANNA, Undo(number=1), "1.1")
    with pytest.raises(MeanwhileError, match="Anna decided on the same thing"):
        decide(case, IRIS, Undo(number=1), "1.1")
    with pytest.raises(InputError, match="taken back already"):
        decide(case, IRIS, Undo(number=1), "1.2")


def test_to_take_back_what_somebody_has_built_on_is_refused(case: ServedCase) -> None:
    decide(case, IRIS, Lock(finding=TOLL, value="14"), "1.0")
    decide(case, ANNA, Lock(finding=TOLL, value="9"), "1.1")
    with pytest.raises(MeanwhileError):
        decide(case, IRIS, Undo(number=1), "1.1")


def test_a_choice_among_answers_is_refused_once_documents_say_otherwise(
    case: ServedCase, engine: OneReader
) -> None:
    news = page("Sixteen people were killed in the ferry fire at Port Callis on Monday, 3 March"
                " 2031, the coast guard said.", "Inquirer", "2031-03-09")  # fmt: skip
    tell_again(case, engine, news)
    with pytest.raises(MeanwhileError, match="what documents say to") as refused:
        decide(case, ANNA, Lock(finding=TOLL, value="14"), "1.0")
    assert refused.value.changes
    assert case.decisions() == ()
    decide(case, ANNA, Lock(finding=TOLL, value="14"), case.snapshot().version)


def test_a_decision_means_what_was_seen_though_the_case_was_told_anew(
    case: ServedCase, engine: OneReader
) -> None:
    marabe = next(e.id for e in case.snapshot().dossier.entities if e.name == "Ines Marabe")
    reyl = next(e.id for e in case.snapshot().dossier.entities if e.name == "Tomas Reyl")
    news = page("Ines Marabe spoke to the inquiry in Port Callis on Saturday.", "Inquirer",
                "2031-03-09")  # fmt: skip
    tell_again(case, engine, news)
    decide(case, ANNA, Merge(records=[marabe, reyl]), "1.0")
    told = tell_again(case, engine)
    assert sorted(names(told)) == ["Ines Marabe", "Olga Brandt"]


@pytest.mark.parametrize("version", ["2.0", "1.1", "0.0", "9.9"])
def test_a_version_that_was_never_seen_is_refused(case: ServedCase, version: str) -> None:
    with pytest.raises(InputError):
        decide(case, IRIS, Note(record=TOLL, text="x"), "9.9" if version == "0.0" else version)


def test_without_a_token_one_says_who_decides_and_with_one_it_is_known(case: ServedCase) -> None:
    with pytest.raises(InputError, match="say who decides"):
        decide(case, ANYBODY, Note(record=TOLL, text="x"), "1.0")
    assert decide(case, ANYBODY, Note(record=TOLL, text="x", by="Ben"), "1.0").number == 1
    with pytest.raises(InputError, match="whose token this is"):
        decide(case, IRIS, Note(record=TOLL, text="x", by="Ben"), "1.0")


@pytest.mark.threat("S5")
def test_of_many_threads_that_decide_the_same_thing_one_goes_through(case: ServedCase) -> None:
    outcomes: list[str] = []

    def lock(n: int) -> None:
        who = Who(f"P{n}", Role.ANNOTATE, by_token=True)
        try:
            decide(case, who, Lock(finding=TOLL, value="14"), "1.0")
        except MeanwhileError:
            outcomes.append("refused")
        else:
            outcomes.append("kept")

    threads = [threading.Thread(target=lock, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept"] + ["refused"] * 7
    assert len(case.decisions()) == 1


PROCESS = """
import json, sys
from pathlib import Path
from consilience.store import Role
from consilience.web.access import Who
from consilience.web.editing import MeanwhileError, decide
from consilience.web.given import Lock, Note
from consilience.web.served import ServedCase
case = ServedCase(Path(sys.argv[1]))
who = Who(sys.argv[2], Role.ANNOTATE, by_token=True)
print("ready", flush=True)
sys.stdin.readline()
kept, refused = [], 0
for n in range(10):
    kept.append(decide(case, who, Note(record=%r, text=f"{who.name} {n}"), "1.0").number)
try:
    kept.append(decide(case, who, Lock(finding=%r, value="14"), "1.0").number)
except MeanwhileError:
    refused = 1
print(json.dumps([kept, refused]))
"""


@pytest.mark.threat("S5")
def test_processes_that_write_at_once_lose_nothing_and_double_nothing(case: ServedCase) -> None:
    program = PROCESS % (TOLL, TOLL)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(case.path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("Iris", "Anna")
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    told = [json.loads(writer.communicate("go\n")[0]) for writer in writers]
    numbers = sorted(number for kept, _ in told for number in kept)
    assert numbers == list(range(1, 22))
    assert sum(refused for _, refused in told) == 1
    decisions = case.decisions()
    assert len(decisions) == 21
    assert len({d.reason for d in decisions if d.reason}) == 20


def test_the_file_of_a_case_is_all_there_is(case: ServedCase, tmp_path: Path) -> None:
    decide(case, IRIS, Note(record=TOLL, text="x"), "1.0")
    case.close()
    copied = shutil.copy(str(case.path), tmp_path / "copy.db")
    again = ServedCase(Path(copied))
    assert again.snapshot().version == "1.1"
    again.close()
