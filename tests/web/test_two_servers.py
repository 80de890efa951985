"""Two servers on one case: what one is told the other knows, and neither tells what is past."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from consilience.pipeline import Phase, run
from consilience.places import Place
from consilience.store import open_store
from consilience.web.editing import MeanwhileError, decide
from consilience.web.given import Lock, Note
from consilience.web.served import ServedCase
from tests.small_cases import STARTED, OneReader, page, raw
from tests.web.conftest import FERRY, LATER
from tests.web.serving import serving
from tests.web.test_editing import ANNA, IRIS, TOLL
from tests.web.test_serve_command import note, upload

MORE = "Inquiry opens\n\nPORT CALLIS, March 9, 2031 - Olga Brandt opened an inquiry on Saturday.\n"


@pytest.fixture(params=["in a file", "in PostgreSQL"])
def place(request: pytest.FixtureRequest, tmp_path: Path, engine: OneReader) -> Place:
    """A case of two documents, told once."""
    made: Place = tmp_path / "ferry.db"
    if request.param == "in PostgreSQL":
        made = request.getfixturevalue("postgres_case")
    given = [
        page(FERRY, "Callis Herald", "2031-03-04"),
        page(LATER, "Harbour Post", "2031-03-06"),
    ]
    with closing(open_store(made)) as store:
        run([raw(one) for one in given], store, engine, STARTED)
    return made


@pytest.fixture
def both(place: Place) -> Iterator[tuple[ServedCase, ServedCase]]:
    with closing(ServedCase(place)) as one, closing(ServedCase(place)) as two:
        yield one, two


@pytest.mark.threat("S5")
def test_what_is_decided_at_one_is_seen_at_the_other(both: tuple[ServedCase, ServedCase]) -> None:
    one, two = both
    assert two.snapshot().version == "1.0"
    decide(one, IRIS, Note(record="Olga Brandt", text="Called her office."), "1.0")
    assert two.snapshot().version == "1.1"
    assert [d.made_by for d in two.decisions()] == ["Iris"]
    assert not two.is_told()


@pytest.mark.threat("S5")
def test_two_who_edit_one_thing_at_two_servers_do_not_overwrite_each_other(
    both: tuple[ServedCase, ServedCase],
) -> None:
    one, two = both
    decide(one, IRIS, Lock(finding=TOLL, value="14"), "1.0")
    with pytest.raises(MeanwhileError, match="Iris decided on the same thing") as refused:
        decide(two, ANNA, Lock(finding=TOLL, value="9"), "1.0")
    ((number, _),) = refused.value.meanwhile
    assert (number, refused.value.version, len(two.decisions())) == (1, "1.1", 1)


def test_what_is_told_anew_is_told_at_both(
    both: tuple[ServedCase, ServedCase], engine: OneReader
) -> None:
    one, two = both
    seen = [case.snapshot().state for case in both] + [len(two.sentences()[0])]
    with closing(open_store(one.path)) as store:
        run([raw(page(MORE, "Radio Callis", "2031-03-09"))], store, engine, STARTED)
    assert [case.snapshot().state for case in both] == [2, 2]
    assert [len(case.snapshot().dossier.documents) for case in both] == [3, 3]
    assert len(two.sentences()[0]) == len(one.sentences()[0]) > seen[2]
    assert two.is_told()


def test_who_tells_of_less_than_was_told_meanwhile_does_not_undo_it(
    place: Place, engine: OneReader
) -> None:
    def overtake(now: object) -> None:
        if now == Phase("telling"):
            with closing(open_store(place)) as quick:
                run([raw(page(MORE, "Radio Callis", "2031-03-09"))], quick, engine, STARTED)

    with closing(open_store(place)) as slow:
        told = run([], slow, engine, STARTED, overtake)
        assert (told, slow.version().n_states) == (slow.last_dossier(), 2)
        assert len(told.documents) == 3


@pytest.mark.slow
@pytest.mark.threat("S5")
def test_two_server_processes_keep_one_case(place: Place) -> None:
    with serving(place) as one, serving(place) as two:
        for n, server in enumerate((one, two, one)):
            added = upload(server, f"{n}.txt", f"{MORE}\nReport {n}.\n".encode(), "by=Iris")
            assert added.status == 202
            assert note(server, f"Seen {n}.", server.version()).status == 201
        told = [server.told() for server in (one, two)]
        assert told[0]["version"] == told[1]["version"]
        assert [line["n_documents"] for line in told] == [5, 5]
        dossiers = [server.get("/api/dossier").json for server in (one, two)]
        assert dossiers[0] == dossiers[1]
        reasons = [d["reason"] for d in two.get("/api/decisions").json["decisions"]]
        assert reasons == ["Seen 0.", "Seen 1.", "Seen 2."]
