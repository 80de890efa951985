"""Which values of a table hold, and which sources copy."""

import csv
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from consilience.cli import commands
from consilience.errors import InputError
from consilience.tables import Belief, Row, read_rows, weigh_rows


def chosen(rows: list[Row], within: list[tuple[str, str]] | None = None) -> dict[str, str]:
    return {b.item: b.value for b in weigh_rows(rows, within or ())[0] if b.chosen}


def beliefs_of(rows: list[Row], item: str) -> dict[str, Belief]:
    return {b.value: b for b in weigh_rows(rows)[0] if b.item == item}


def a_careful_and_a_careless_source() -> list[Row]:
    rows = []
    for n in range(20):
        honest = ("census", "survey", "registry", "museum")
        rows += [Row(source, f"bridge {n}", f"{100 + n} m") for source in honest]
        rows.append(Row("tabloid", f"bridge {n}", f"{200 + n} m"))
    return rows


def test_one_source_that_is_right_elsewhere_outweighs_one_that_is_wrong_elsewhere() -> None:
    rows = a_careful_and_a_careless_source()
    rows += [Row("tabloid", "tower", "90 m"), Row("survey", "tower", "60 m")]
    assert chosen(rows)["tower"] == "60 m"


def test_sources_that_share_errors_are_one_origin_and_do_not_win_by_number() -> None:
    drawn = random.Random(4)
    rows = a_careful_and_a_careless_source()
    for n in range(12):
        wrong = f"{drawn.randrange(300, 900)} m"
        rows += [Row(f"mirror {k}", f"bridge {n}", wrong) for k in range(3)]
    rows += [Row(f"mirror {k}", "tower", "90 m") for k in range(3)]
    rows += [Row("survey", "tower", "60 m"), Row("census", "tower", "60 m")]
    made, dependences = weigh_rows(rows)
    pairs = {(d.a, d.b) for d in dependences}
    assert {("mirror 0", "mirror 1"), ("mirror 1", "mirror 2")} <= pairs
    assert not any({"census", "survey"} == set(pair) for pair in pairs)
    tower = {b.value: b for b in made if b.item == "tower"}
    assert (tower["90 m"].n_sources, tower["90 m"].n_origins) == (3, 1)
    assert tower["60 m"].chosen


def test_a_thousand_mirrors_of_one_bad_source_are_one_origin_and_flip_nothing() -> None:
    honest = [f"gauge {k}" for k in range(1100)]
    mirrors = [f"mirror {k}" for k in range(1000)]
    rows = [Row(s, f"bridge {n}", f"{100 + n} m") for n in range(4) for s in honest]
    rows += [Row(s, f"bridge {n}", f"{500 + 7 * n} m") for n in range(4) for s in mirrors]
    rows += [Row(s, "tower", "90 m") for s in mirrors]
    rows += [Row(s, "tower", "60 m") for s in honest[:3]]
    tower = {b.value: b for b in weigh_rows(rows)[0] if b.item == "tower"}
    assert tower["60 m"].chosen
    assert (tower["90 m"].n_sources, tower["90 m"].n_origins) == (1000, 1)


def test_a_wider_place_speaks_for_the_one_that_lies_in_it() -> None:
    rows = [
        Row("a", "born", "Lyon"), Row("b", "born", "France"), Row("c", "born", "Toronto"),
        Row("c", "died", "Toronto"), Row("a", "died", "Lyon"), Row("b", "died", "Lyon"),
    ]  # fmt: skip
    found = beliefs_of(rows, "born")
    assert found["Lyon"].chosen
    assert found["France"].belief >= found["Lyon"].belief > 0.5


def test_places_no_gazetteer_knows_lie_where_the_table_given_says() -> None:
    rows = [Row("a", "born", "Upper Quay"), Row("b", "born", "Zzarn"), Row("c", "born", "Vrelt")]
    rows += [Row("d", "born", "Vrelt")]
    assert chosen(rows)["born"] == "Vrelt"
    rows += [Row("e", "born", "Zzarn"), Row("f", "born", "Upper Quay")]
    within = [("Upper Quay", "Zzarn District"), ("Zzarn District", "Zzarn")]
    assert chosen(rows, within)["born"] in ("Upper Quay", "Zzarn")


def test_a_round_number_speaks_for_the_exact_one() -> None:
    rows = [
        Row("a", "people", "73,951"), Row("b", "people", "74000"), Row("c", "people", "61210"),
        Row("d", "people", "61 300"),
    ]  # fmt: skip
    assert chosen(rows)["people"] == "73,951"


def test_lists_are_compared_by_their_members_in_whatever_order() -> None:
    rows = []
    for n in range(8):
        rows += [
            Row("shop a", f"book {n}", f"Lind, Anna {n}; Berg, Per"),
            Row("shop b", f"book {n}", f"Per Berg and Anna {n} Lind"),
            Row("shop c", f"book {n}", "Berg, Per"),
        ]
    rows += [Row("shop a", "last", "Lind, Anna; Berg, Per"), Row("shop c", "last", "Berg, Per")]
    rows += [Row("shop d", "last", "BERG"), Row("shop e", "last", "Berg, Per")]
    found = chosen(rows)
    assert found["book 0"] in ("Lind, Anna 0; Berg, Per", "Per Berg and Anna 0 Lind")
    assert {b.n_sources for b in beliefs_of(rows, "book 0").values()} == {1, 2}
    assert found["last"] != "BERG"


def test_a_table_as_spreadsheets_write_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    cells = '"Old ""Long"" Bridge","Lind, A.","1,204 m",x'
    path.write_bytes(f"\ufeffItem, Source ,VALUE,note\r\n{cells}\r\n".encode())
    assert read_rows(path) == [Row("Lind, A.", 'Old "Long" Bridge', "1,204 m")]


def test_of_one_source_the_latest_value_counts() -> None:
    rows = [Row("a", "dead", "12", "2020-05-02"), Row("a", "dead", "9", "2020-05-01")]
    assert [(b.value, b.n_sources) for b in weigh_rows(rows)[0]] == [("12", 1)]


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = a_careful_and_a_careless_source()
    shuffled = rows.copy()
    random.Random(7).shuffle(shuffled)
    key = sorted(weigh_rows(rows)[0], key=lambda b: (b.item, b.value))
    assert key == sorted(weigh_rows(shuffled)[0], key=lambda b: (b.item, b.value))


def test_what_says_that_there_is_no_value_is_none() -> None:
    rows = [Row("a", "x", "N/A"), Row("b", "x", ""), Row("c", "x", "7"), Row("c", "y", "unknown")]
    assert chosen(rows) == {"x": "7"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("source,item\na,b\n", "no column value"),
        ("source,item,value\n", "holds no claim"),
        ("source,item,value\na,b\n", "line 2 has too few cells"),
    ],
)
def test_a_table_that_cannot_be_used_is_named_with_what_it_lacks(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_rows(path)


def test_the_command_writes_beliefs_and_the_sources_that_depend(tmp_path: Path) -> None:
    rows = a_careful_and_a_careless_source()
    claims, out, origins = (tmp_path / n for n in ("claims.csv", "beliefs.csv", "origins.csv"))
    with claims.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [("source", "item", "value"), *((r.source, r.item, r.value) for r in rows)]
        )
    given = ["weigh", str(claims), "--out", str(out), "--origins", str(origins)]
    done = CliRunner().invoke(commands, given)
    assert done.exit_code == 0, done.output
    with out.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert list(found[0]) == ["item", "value", "belief", "n_sources", "n_origins", "chosen"]
    assert {r["value"] for r in found if r["chosen"] == "true"} == {
        f"{100 + n} m" for n in range(20)
    }
    assert origins.read_text(encoding="utf-8").startswith("source_a,source_b,probability,")
