"""Where a case is kept, as a user says it."""

from pathlib import Path

import pytest

from consilience.errors import InputError
from consilience.places import PostgresCase, parse_place

SECRET = "Xylo9phone"


def test_what_is_no_address_is_a_file() -> None:
    assert parse_place("cases/flood.db") == Path("cases/flood.db")


@pytest.mark.parametrize(
    ("said", "address", "name"),
    [
        ("postgresql://desk@db.example.org/news", "postgresql://desk@db.example.org/news", "main"),
        ("postgres:///news?case=flood", "postgres:///news", "flood"),
        (
            "postgresql:///news?host=%2Frun&case=flood_2&sslmode=require",
            "postgresql:///news?host=%2Frun&sslmode=require",
            "flood_2",
        ),
    ],
)
def test_an_address_names_a_database_and_a_case(said: str, address: str, name: str) -> None:
    assert parse_place(said) == PostgresCase(address, name)
    assert parse_place(str(parse_place(said))) == parse_place(said)


@pytest.mark.threat("P2")
@pytest.mark.parametrize(
    "said",
    [
        f"postgresql://desk:{SECRET}@db.example.org/news",
        f"postgresql://db.example.org/news?user=desk&password={SECRET}",
        f"postgresql://desk:{SECRET}@[db/news",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(said: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_place(said)
    assert SECRET not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "name", ["", "Flood", "9", "a-b", "a b", "a;DROP SCHEMA x", 'a"b', "é", "a" * 51]
)
def test_the_name_of_a_case_needs_no_quotes(name: str) -> None:
    with pytest.raises(InputError, match="not the name of a case"):
        parse_place(f"postgresql:///news?case={name}")
