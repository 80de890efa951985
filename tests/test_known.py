"""People of a case linked with those on lists from outside."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consilience.decide.verbs import Analyst, merge, split, undo
from consilience.ingest.known import parse_known
from consilience.pipeline import run
from consilience.records import Dossier, Failure, Kind, Known
from consilience.resolve.known import link_known
from consilience.store import Store, open_store
from tests.conftest import Command
from tests.small_cases import STARTED, OneReader, page, raw

STORY = (
    "The Norwegian shipowner Henrik Vestergaard-Lunde, 54, was arrested in Bergen on Monday,"
    " police said. The United Nations denied that Ana María Soto Reyes had paid him.\n"
)


def person(id_: str, *names: str, **properties: list[str]) -> dict[str, Any]:
    name, *aliases = names
    told_of = {"name": [name], "alias": aliases, **properties}
    return {"id": id_, "schema": "Person", "properties": told_of}


def lines(*entities: dict[str, Any]) -> bytes:
    return "".join(json.dumps(entity) + "\n" for entity in entities).encode()


def told(engine: OneReader, store: Store, *lists: bytes) -> Dossier:
    for number, listed in enumerate(lists, start=1):
        store.add_known(f"list{number}", listed)
    pages = [raw(page(STORY, "Coast Post", "2031-03-04"))]
    return run(pages, store, engine, STARTED)


def links(dossier: Dossier) -> dict[str, dict[str, str]]:
    """On the lists from outside; what the gazetteer knows of a place is left out."""
    found = {e.name: {m.list_name: m.id for m in e.known} for e in dossier.entities if e.known}
    assert all(found[e.name].items() <= set(e.links) for e in dossier.entities if e.known)
    return found


@pytest.fixture
def store() -> Store:
    return open_store(None)


def test_who_bears_the_names_of_one_on_a_list_is_linked_with_score_and_reason(
    engine: OneReader, store: Store
) -> None:
    dossier = told(
        engine, store,
        lines(person("Q1", "Ana Maria Soto Reyes"), person("Q2", "Ana Silva Prado")),
        b"id,name,kind\nc7,UN,organization\n",
    )  # fmt: skip
    assert links(dossier) == {
        "Ana María Soto Reyes": {"list1": "Q1"},
        "United Nations": {"list2": "c7"},
    }
    (match,) = next(e.known for e in dossier.entities if e.name == "Ana María Soto Reyes")
    assert (match.id, match.score >= 0.95, match.reason) == ("Q1", True, "the same name")


@pytest.mark.parametrize(
    ("against", "reason"),
    [
        ({"birthDate": ["1931-05-02"]}, "born about"),
        ({"nationality": ["fr"]}, "of norway, not of france"),
    ],
)
def test_who_is_of_another_age_or_country_is_not_linked_but_kept_as_candidate(
    engine: OneReader, store: Store, against: dict[str, list[str]], reason: str
) -> None:
    dossier = told(engine, store, lines(person("Q1", "Henrik Vestergaard-Lunde", **against)))
    assert links(dossier) == {}
    (judgement,) = [j for j in store.judgements() if j.made_by == "consilience.known"]
    assert (judgement.right_id, judgement.verdict) == ("list1:Q1", "different")
    assert reason in judgement.reason


def test_what_agrees_does_not_hinder(engine: OneReader, store: Store) -> None:
    agreeing = {"birthDate": ["1976"], "nationality": ["no"]}
    dossier = told(engine, store, lines(person("Q1", "Henrik Vestergaard-Lunde", **agreeing)))
    assert links(dossier) == {"Henrik Vestergaard-Lunde": {"list1": "Q1"}}


def test_who_could_be_two_is_linked_with_neither(engine: OneReader, store: Store) -> None:
    twins = lines(person("Q1", "Ana María Soto Reyes"), person("Q2", "Ana Maria Soto Reyes"))
    assert links(told(engine, store, twins)) == {}
    candidates = [j.right_id for j in store.judgements() if j.made_by == "consilience.known"]
    assert sorted(candidates) == ["list1:Q1", "list1:Q2"]


def test_bad_lines_are_failures_with_their_number_and_the_rest_goes_on(
    engine: OneReader, store: Store
) -> None:
    given = (
        lines(person("Q1", "Ana María Soto Reyes"))
        + b"{broken\n"
        + b'{"id": "Q2", "schema": "Wizard", "properties": {"name": ["Merlin"]}}\n'
        + b'{"id": "Q3", "schema": "Person", "properties": {}}\n'
        + b'{"id": "Q4", "schema": "Vessel", "properties": {"name": ["Aurelia"]}}\n'
    )
    dossier = told(engine, store, given)
    assert links(dossier) == {"Ana María Soto Reyes": {"list1": "Q1"}}
    assert [f.error.split(": ")[0] for f in dossier.failures] == ["list1:2", "list1:3", "list1:4"]
    assert {f.stage for f in dossier.failures} == {"known"}


def test_a_csv_says_who_is_known_in_columns_of_its_own() -> None:
    given = (
        "id;name;aliases;kind;nationality;birth_date;gender\n"
        'p1;"Lund, Ana";"Ana Lund|A. Lund";Person;no;1976-01-02;female\n'
        "p2;;;Person;;;\n"
    ).encode("utf-8-sig")
    known, failure = parse_known("staff", given)
    assert known == Known(
        "staff", "p1", Kind.PERSON, ("Lund, Ana", "Ana Lund", "A. Lund"), ("norway",), (1976,), "f"
    )
    assert isinstance(failure, Failure)
    assert failure.error == "staff:3: no id or no name; give both"
    (headless,) = parse_known("staff", b"name\nAna\n")
    assert isinstance(headless, Failure)


@given(
    st.lists(st.sampled_from(["id", "name", "kind", ",", ";", "\n", '"', "\0", "{", "}", ":", "é"]))
)
def test_no_list_is_so_odd_that_it_ends_the_run(pieces: list[str]) -> None:
    for given_ in ("".join(pieces), "name,id\n" + "".join(pieces), "{" + "".join(pieces)):
        assert all(isinstance(f, Known | Failure) for f in parse_known("odd", given_.encode()))


def test_names_that_conflict_stay_two_people_with_one_link(engine: OneReader) -> None:
    store = open_store(None)
    story = "Miguel Otero Paz fled on Monday.\n", "The court tried Benito Carranza Luz on Friday.\n"
    pages = [raw(page(text, f"Paper {n}", "2031-03-04")) for n, text in enumerate(story)]
    apart = run(pages, store, engine, STARTED)
    assert len([e for e in apart.entities if e.kind is Kind.PERSON]) == 2
    store.add_known("aliases", lines(person("Q1", "Miguel Otero Paz", "Benito Carranza Luz")))
    one = run([], store, engine, STARTED)
    linked = [e for e in one.entities if e.known]
    assert len(linked) == 2
    assert {dict(e.links)["aliases"] for e in linked} == {"Q1"}


def test_a_nickname_that_a_list_gives_is_enough_and_a_word_alone_is_not(
    engine: OneReader, store: Store
) -> None:
    story = "Miguel Otero Paz fled on Monday. Police seized El Zorro, the smuggler, on Friday.\n"
    pages = [raw(page(story, "Coast Post", "2031-03-04"))]
    assert len(run(pages, store, engine, STARTED).entities) == 2
    store.add_known("list1", lines(person("Q1", "Miguel Otero Paz", "El Zorro")))
    dossier = run([], store, engine, STARTED)
    (one,) = dossier.entities
    assert (one.names, one.links) == (("El Zorro", "Miguel Otero Paz"), (("list1", "Q1"),))
    alone = replace(one, names=("Zorro",), links=())
    known = [Known("list1", "Q1", Kind.PERSON, ("Miguel Otero Paz", "Zorro"))]
    linked = link_known([alone], dossier.documents, known)
    assert (linked.entities[0].links, linked.judgements[0].score) == ((), 0.5)


def test_a_case_keeps_its_lists_until_they_are_let_go(
    consilience: Command, tmp_path: Any, engine: OneReader
) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    given = tmp_path / "people.jsonl"
    given.write_bytes(lines(person("Q1", "Ana María Soto Reyes")))
    case, out = tmp_path / "case.db", tmp_path / "out"

    def account(*more: object) -> dict[str, str]:
        ended = consilience("account", *more, "--case", case, "--out", out)
        assert (ended.code, ended.err) == (0, "")
        assert consilience("verify", out / "dossier.json").code == 0
        dossier = json.loads((out / "dossier.json").read_text())
        for name in ("index.html", "account.md"):
            assert ("people (" in (out / name).read_text()) == (given.read_bytes() != b"")
        return {
            k: v
            for e in dossier["entities"]
            for k, v in e["links"].items()
            if e["kind"] == "person"
        }

    assert account(tmp_path / "a.txt", "--known", given) == {"people": "Q1"}
    assert account() == {"people": "Q1"}
    given.write_bytes(b"")
    assert account("--known", given) == {}
    missing = consilience("account", "--case", case, "--out", out, "--known", tmp_path / "no.csv")
    assert (missing.code, "no.csv" in missing.err) == (1, True)


def test_an_analyst_says_who_somebody_is_or_is_not_on_a_list(
    engine: OneReader, store: Store
) -> None:
    who = Analyst("Iris", "2031-03-10T00:00:00Z", "")
    dossier = told(engine, store, lines(person("Q1", "Ana María Soto Reyes"), person("Q2", "X Y")))
    store.add_decision(split(who, dossier, "Ana María Soto Reyes", ["list1:Q1"]))
    assert links(told(engine, store)) == {}
    store.add_decision(merge(who, dossier, ["Ana María Soto Reyes", "list1:Q2"], {"list1:Q2"}))
    assert links(told(engine, store)) == {"Ana María Soto Reyes": {"list1": "Q2"}}
    store.add_decision(undo(who, store.decisions(), 2))
    store.add_decision(undo(who, store.decisions(), 1))
    assert links(told(engine, store)) == {"Ana María Soto Reyes": {"list1": "Q1"}}


def test_a_long_list_is_no_burden(engine: OneReader, store: Store) -> None:
    dossier = told(engine, store)
    entities = [replace(e, links=(), known=()) for e in dossier.entities]
    many = [
        Known("all", str(n), Kind.PERSON, (f"Ana{n % 97} {chr(97 + n % 26)}oto{n} Reyes{n % 89}",))
        for n in range(5_000)
    ]
    started = time.perf_counter()
    link_known(entities, dossier.documents, many)
    assert time.perf_counter() - started < 5
