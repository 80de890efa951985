"""What an analyst decides, from the shell, over runs and new documents."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consilience.decide.verbs import Analyst, lock, merge, reject, split, undo
from consilience.errors import ConsilienceError
from consilience.interchange import dossier_to_json, dumps, said_digest
from consilience.pipeline import run
from consilience.records import Dossier
from consilience.store import Store, open_store
from consilience.tell.verify import verify_json
from tests.conftest import Command
from tests.small_cases import STARTED, OneReader, page, raw
from tests.small_pages import FERRY_FIRE as FIRE
from tests.small_pages import FERRY_TOLL as LATER

NEWS = (
    "Survivor speaks\n\nPORT CALLIS, March 9, 2031 - Tomas Reyl told the inquiry on Saturday that"
    " the doors of the ferry were locked. Ines Marabe and Olga Brandt listened.\n"
)
BY = ("--by", "Iris")


PAGES = {"a.txt": FIRE, "b.txt": LATER, "c.txt": NEWS}


class Case:
    """A case on disk, told again and again."""

    def __init__(self, path: Path, consilience: Command, engine: OneReader) -> None:
        self.path = path
        self._call = consilience
        self._engine = engine
        self.account("a.txt", "b.txt")

    def account(self, *pages: str) -> dict[str, Any]:
        given = [page(PAGES[name], source="", published="", id=name) for name in pages]
        with closing(open_store(self.path)) as store:
            dossier = run([raw(one) for one in given], store, self._engine, STARTED)
        made = dossier_to_json(dossier)
        assert verify_json(json.loads(dumps(made))) == ()
        return made

    def decide(self, *words: object) -> str:
        ended = self._call("decide", self.path, *words)
        assert ended.code == 0, ended.err
        return ended.out

    def refuse(self, *words: object) -> str:
        ended = self._call("decide", self.path, *words)
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
        return ended.err


@pytest.fixture
def case(tmp_path: Path, consilience: Command, engine: OneReader) -> Case:
    return Case(tmp_path / "case.db", consilience, engine)


def names(dossier: dict[str, Any]) -> list[list[str]]:
    """What each person is called."""
    return sorted(e["names"] for e in dossier["entities"] if e["kind"] == "person")


def finding(dossier: dict[str, Any], slot: str) -> dict[str, Any]:
    (found,) = (f for f in dossier["findings"] if f["slot"] == slot)
    return dict(found)


def answers(dossier: dict[str, Any], slot: str) -> list[int]:
    return [c["value"]["low"] for c in finding(dossier, slot)["candidates"]]


APART = [["Brandt", "Olga Brandt"], ["Ines Marabe", "Marabe"], ["Tomas Reyl"]]


def test_a_merge_holds_against_names_that_differ_in_later_runs_and_with_new_documents(
    case: Case,
) -> None:
    assert names(case.account()) == APART
    said = case.decide("merge", "Ines Marabe", "Tomas Reyl", *BY, "--reason", "one name is false")
    assert said.startswith("decision 1: Iris merges “Ines Marabe” and “Tomas Reyl”; to see it: ")
    merged = [["Brandt", "Olga Brandt"], ["Ines Marabe", "Marabe", "Tomas Reyl"]]
    assert names(case.account()) == merged
    assert names(case.account("c.txt")) == merged
    assert names(case.account()) == merged
    assert "one name is false" in case.decide("why", "Ines Marabe")


def test_what_is_taken_back_is_as_if_it_had_never_been_said(case: Case) -> None:
    before = said_digest(case.account())
    case.decide("merge", "Ines Marabe", "Olga Brandt", *BY)
    assert said_digest(case.account()) != before
    case.decide("undo", 1, *BY)
    assert said_digest(case.account()) == before
    case.decide("undo", 2, *BY)
    assert names(case.account())[0] == ["Brandt", "Ines Marabe", "Marabe", "Olga Brandt"]


def test_a_name_that_is_somebody_elses_leaves_alone(case: Case) -> None:
    case.decide("split", "Ines Marabe", "Marabe", *BY, "--reason", "her sister")
    dossier = case.account("c.txt")
    assert names(dossier) == [
        ["Brandt", "Olga Brandt"],
        ["Ines Marabe"],
        ["Marabe"],
        ["Tomas Reyl"],
    ]
    assert "her sister" in case.decide("why", "Marabe")


def test_a_mention_is_parted_by_its_passage(case: Case) -> None:
    start = LATER.index("Ines Marabe")
    case.decide("split", "Ines Marabe", f"b.txt:{start}-{start + 11}", *BY)
    dossier = case.account()
    apart = [e for e in dossier["entities"] if e["name"] == "Ines Marabe"]
    assert [len({m["document"] for m in e["mentions"]}) for e in apart] == [1, 1]


def test_what_a_parted_mention_says_is_said_by_whom_it_is_now(case: Case) -> None:
    start = FIRE.index("Ines Marabe")
    case.decide("split", "Ines Marabe", f"a.txt:{start}-{start + 11}", *BY)
    dossier = case.account()
    (said,) = (q for q in dossier["quotations"] if q["direct"])
    (speaker,) = (e for e in dossier["entities"] if e["id"] == said["speaker"])
    assert [m["start"] for m in speaker["mentions"]] == [start]
    assert ["Ines Marabe", "Marabe"] in names(dossier)


def test_of_two_analysts_the_last_has_the_word_and_both_are_kept(case: Case) -> None:
    case.decide("merge", "Ines Marabe", "Tomas Reyl", "--by", "Iris")
    case.account()
    case.decide("split", "Ines Marabe", "Tomas Reyl", "--by", "Ben")
    assert names(case.account()) == APART
    case.decide("merge", "Ines Marabe", "Tomas Reyl", "--by", "Iris")
    assert names(case.account("c.txt"))[1:] == [["Ines Marabe", "Marabe", "Tomas Reyl"]]
    assert [line.split()[3] for line in case.decide("list").splitlines()] == ["Iris", "Ben", "Iris"]


def test_a_rejected_answer_leaves_the_finding_and_is_kept_with_who_rejected_it(case: Case) -> None:
    question = finding(case.account(), "killed")["question"]
    assert sorted(answers(case.account(), "killed")) == [9, 14]
    case.decide("reject", question, "--value", 9, *BY, "--reason", "counted too early")
    dossier = case.account("c.txt")
    assert answers(dossier, "killed") == [14]
    (ruling,) = dossier["decisions"]
    kept = {c["id"]: c["value"]["low"] for c in dossier["claims"] if c["slot"] == "killed"}
    assert {kept[id_] for id_ in ruling["records"]} == {9}
    assert (ruling["made_by"], ruling["reason"]) == ("Iris", "counted too early")


def test_one_claim_is_rejected_by_its_id(case: Case) -> None:
    dossier = case.account()
    claim = next(c for c in dossier["claims"] if c["slot"] == "killed" and c["value"]["low"] == 14)
    case.decide("reject", claim["id"], *BY)
    assert answers(case.account(), "killed") == [9]


def test_a_locked_answer_is_the_best_until_it_is_taken_back(case: Case) -> None:
    question = finding(case.account(), "killed")["question"]
    assert finding(case.account(), "killed")["policies"]["best"]["low"] == 14
    case.decide("lock", question, "--value", "9", *BY)
    locked = finding(case.account("c.txt"), "killed")
    assert (locked["locked_by"], locked["policies"]["best"]["low"]) == ("Iris", 9)
    assert len(locked["candidates"]) == 2
    case.decide("undo", 1, *BY)
    free = finding(case.account(), "killed")
    assert (free["locked_by"], free["policies"]["best"]["low"]) == (None, 14)


def test_a_lock_on_an_answer_that_is_gone_says_so_and_changes_nothing(case: Case) -> None:
    question = finding(case.account(), "killed")["question"]
    case.decide("lock", question, "--value", 9, *BY)
    case.decide("reject", question, "--value", 9, *BY)
    dossier = case.account()
    assert finding(dossier, "killed")["locked_by"] is None
    assert [ruling["records"] == [] for ruling in dossier["decisions"]] == [True, False]


def test_what_was_believed_at_an_earlier_time_can_be_asked(case: Case) -> None:
    case.decide("merge", "Ines Marabe", "Tomas Reyl", *BY, "--reason", "one man")
    case.account()
    assert "one man" in case.decide("why", "Ines Marabe", "--at", "2999-01-01")
    assert case.decide("why", "Ines Marabe", "--at", "2001-01-01") == ""


def test_a_rejected_event_is_told_of_nowhere_and_kept(case: Case) -> None:
    before = case.account()
    other = before["events"][-1]
    assert len(before["events"]) > 1
    case.decide("reject", other["id"], *BY)
    dossier = case.account()
    assert other["id"] in [event["id"] for event in dossier["events"]]
    assert other["id"] not in [entry["event"] for entry in dossier["timeline"]]


def test_events_that_are_one_are_told_as_one_and_apart_again(case: Case) -> None:
    before = case.account()
    main, other = before["events"][0], before["events"][-1]
    case.decide("merge", main["id"], other["id"], *BY)
    one = case.account("c.txt")["events"][0]
    passages = {(m["document"], m["start"]) for m in one["mentions"]}
    assert passages >= {(m["document"], m["start"]) for m in main["mentions"] + other["mentions"]}
    assert (one["name"], one["when"]) == (main["name"], main["when"])
    at = other["mentions"][0]
    case.decide("split", one["id"], f"{at['document']}:{at['start']}-{at['end']}", *BY)
    events = case.account()["events"]
    (apart,) = (e for e in events if at in e["mentions"])
    assert apart["mentions"] == [at]
    case.decide("undo", 2, *BY)
    case.decide("undo", 1, *BY)
    assert before["events"][-1] in case.account()["events"]


def origins(dossier: dict[str, Any]) -> list[list[str]]:
    return [origin["documents"] for origin in dossier["origins"]]


def test_who_draws_on_whom_is_as_the_analyst_says(case: Case) -> None:
    assert origins(case.account()) == [["a.txt"], ["b.txt"]]
    case.decide("merge", "a.txt", "b.txt", *BY, "--reason", "one agency")
    assert origins(case.account("c.txt")) == [["a.txt", "b.txt"], ["c.txt"]]
    case.decide("split", "a.txt", "b.txt", *BY)
    assert origins(case.account()) == [["a.txt"], ["b.txt"], ["c.txt"]]
    case.decide("undo", 2, *BY)
    assert origins(case.account())[0] == ["a.txt", "b.txt"]


def test_the_list_shows_what_was_taken_back_only_when_asked(case: Case) -> None:
    case.decide("note", "Olga Brandt", "Called her office.", *BY)
    case.decide("merge", "Ines Marabe", "Tomas Reyl", *BY)
    case.decide("undo", 2, *BY)
    assert [line.split()[0] for line in case.decide("list").splitlines()] == ["1"]
    lines = case.decide("list", "--all").splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]
    assert lines[1].endswith("(taken back by 3)")


def test_what_cannot_be_decided_is_one_line_with_its_remedy(case: Case) -> None:
    assert "nothing of that id or name" in case.refuse("merge", "Nobody", "Olga Brandt", *BY)
    assert "at least two" in case.refuse("merge", "Olga Brandt", "Brandt", *BY)
    assert "not a mention" in case.refuse("split", "Olga Brandt", "Tomas Reyl", *BY)
    assert "nothing of it would stay" in case.refuse(
        "split", "Olga Brandt", "Brandt", "Olga Brandt", *BY
    )
    assert "choose one of: 14, 9" in case.refuse(
        "lock", "How many people were killed?", "--value", 400, *BY
    ) or "choose one of: 9, 14" in case.refuse(
        "lock", "How many people were killed?", "--value", 400, *BY
    )
    assert "merged or split" in case.refuse("reject", "Olga Brandt", *BY)
    assert "no such decision" in case.refuse("undo", 1, *BY)
    assert "not an analyst's name" in case.refuse("note", "Olga Brandt", "x", "--by", "consilience")
    assert case.decide("list", "--all") == ""


def test_a_case_is_told_again_without_its_documents_and_shows_who_decided(
    case: Case, consilience: Command, tmp_path: Path
) -> None:
    case.decide(
        "lock",
        "How many people were killed?",
        "--value",
        9,
        "--by",
        "Iris",
        "--reason",
        "the morgue's list",
    )
    ended = consilience("account", "--case", case.path, "--out", tmp_path / "out")
    assert (ended.code, ended.err) == (0, "")
    assert "Iris" in ended.out
    for name in ("index.html", "account.md"):
        text = (tmp_path / "out" / name).read_text()
        assert "ecided by" in text
        assert "the morgue" in text


def test_a_case_that_is_not_there_is_not_made(consilience: Command, tmp_path: Path) -> None:
    nowhere = tmp_path / "case.db"
    for words in (("decide", nowhere, "list"), ("account", "--case", nowhere, "--out", tmp_path)):
        ended = consilience(*words)
        assert (ended.code, "no such case" in ended.err) == (1, True)
    assert not nowhere.exists()
    assert consilience("account", "--out", tmp_path).code == 2


def told(store: Store, engine: OneReader) -> Dossier:
    return run([], store, engine, STARTED)


ACTS = st.lists(st.integers(0, 9), min_size=1, max_size=5)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(ACTS)
def test_decisions_that_are_all_taken_back_leave_no_trace(
    engine: OneReader, acts: list[int]
) -> None:
    store = open_store(None)
    pages = [page(FIRE, "Coast Post", "2031-03-04"), page(LATER, "Bay Echo", "2031-03-06")]
    untouched = run([raw(one) for one in pages], store, engine, STARTED)
    who = Analyst("Iris", "2031-03-10T00:00:00Z", "")
    for act in acts:
        dossier = told(store, engine)
        people = [e for e in dossier.entities if e.names]
        first, second = people[act % len(people)], people[(act // 2 + 1) % len(people)]
        verbs = (
            lambda a=first, b=second, d=dossier: merge(who, d, (a.id, b.id)),
            lambda a=first, d=dossier: split(who, d, a.id, a.names[:1]),
            lambda d=dossier, n=act: reject(who, d, (d.claims[n % len(d.claims)].id,), None),
            lambda d=dossier: lock(who, d, "How many people were killed?", "9"),
            lambda n=act: undo(who, store.decisions(), n),
        )
        try:
            store.add_decision(verbs[act % len(verbs)]())
        except ConsilienceError:
            continue
    for number, decision in enumerate(store.decisions(), start=1):
        if decision.undoes is None:
            try:
                store.add_decision(undo(who, store.decisions(), number))
            except ConsilienceError:
                continue
    again = dossier_to_json(told(store, engine))
    assert said_digest(again) == said_digest(dossier_to_json(untouched))
    store.close()
