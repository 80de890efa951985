"""Queries within queries: what is asked for is data, in every parameter of every address."""

import random
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote

import pytest

from consilience.errors import InputError
from consilience.web.openapi import description
from consilience.web.search import claims_found, passages_found
from consilience.web.served import ServedCase
from tests.web.serving import Client, Desk, desk

QUOTES = ("", "'", '"', "`", "')", '")', "]", "'))", "\\'", "%27", "’")
DEEDS = (
    " OR 1=1", " OR 'a'='a", " OR ''='", " AND 1=0", " UNION SELECT NULL,NULL,NULL",
    " UNION ALL SELECT sql FROM sqlite_master", "; DROP TABLE documents", "; DELETE FROM tokens",
    "; ATTACH 'x.db' AS y", "; PRAGMA writable_schema=1", " AND randomblob(1000000000)",
    " OR load_extension('x')", " AND (SELECT count(*) FROM sqlite_master)>0",
    "; VACUUM INTO 'x.db'",
    " HAVING 1=1", " ORDER BY 99", " LIMIT 1 OFFSET 1", "||(SELECT secret FROM tokens)",
    " AND 1=CAST((SELECT sqlite_version()) AS INT)", " OR documents MATCH '*'", " IN (SELECT 1)",
    " OR name LIKE '%", " GLOB '*'", "\0 OR 1=1", "\n OR 1=1",
)  # fmt: skip
ENDINGS = ("", "--", "/*", ";#")
INJECTED = [f"Olga{q}{deed}{end}" for q, deed, end in product(QUOTES, DEEDS, ENDINGS)]
OPERATORS = (
    '"', "*", "(", ")", ":", "^", "-", "+", "NEAR", "NEAR(", "AND", "OR", "NOT", "{", "}", ",", "'",
    "\\", "\0", "words", "words:", "texts", "rank", "rowid", "ferry", "alarm", "killed", "é", "中",
    "\u0301", "\ud7ff", "\U0001f6a2", "“", "”", " ", "  ", "\t", "\n", "%", "_", ";", "--", "/*",
    "9", "fer*", '"the sea"', "-crew", "\u202e", "\u200b", "a" * 50,
)  # fmt: skip


@pytest.fixture(scope="module")
def served(told_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("queries") / "ferry.db"
    path.write_bytes(told_case.read_bytes())
    with desk(path, with_tokens=False) as opened:
        yield opened


def addresses(injected: str) -> Iterator[str]:
    """Every address that is asked, with the words in each of its parameters in turn."""
    words = quote(injected, safe="")
    for path, of in sorted(description()["paths"].items()):
        for given in of.get("get", {}).get("parameters", ()):
            needed = {"q": "ferry", "since": "1"} if given["in"] == "query" else {}
            if given["in"] == "path":
                yield path.replace(f"{{{given['name']}}}", words)
            elif given["in"] == "query":
                others = [
                    f"{one['name']}={needed[one['name']]}"
                    for one in of["get"]["parameters"]
                    if one.get("required") and one["name"] != given["name"]
                ]
                yield f"{path}?" + "&".join([f"{given['name']}={words}", *others])
    for page in ("/search?q=", "/records?words=", "/records?kind=", "/login?next=", "/records/"):
        yield page + words


def held(client: Client, injected: list[str]) -> int:
    """How many were asked; each is answered, and finds no more than its own words would."""
    n_claims = client.get("/api/claims").json["n_found"]
    before = client.get("/api/case").json
    n = 0
    for one in injected:
        for address in addresses(one):
            answer = client.get(address)
            assert answer.status < 500, address
            assert b"sqlite" not in answer.body.lower() or "sqlite" in one, address
            n += 1
        for parameter in ("slot", "document"):
            found = client.get(f"/api/claims?{parameter}={quote(one, safe='')}")
            assert found.status == 400 or found.json["n_found"] == 0
        found = client.get(f"/api/claims?q={quote(one, safe='')}")
        assert found.status != 200 or found.json["n_found"] < n_claims
    assert client.get("/api/case").json == before
    return n


@pytest.mark.threat("W3")
def test_no_words_are_taken_for_a_query(served: Desk, reached: Callable[[str], None]) -> None:
    some = INJECTED[::97]
    n = held(served.client, some)
    reached(f"{len(some)} strings, {n} requests: none failed, no row too many")


@pytest.mark.slow
@pytest.mark.threat("W3")
def test_five_hundred_strings_are_taken_for_no_query_in_any_parameter(
    served: Desk, reached: Callable[[str], None]
) -> None:
    some = INJECTED[::2]
    assert len(some) >= 500
    n = held(served.client, some)
    reached(f"{len(some)} strings, {n} requests: none failed, no row too many")


def searched(case: ServedCase, n: int) -> tuple[int, int]:
    """(answered, refused) of so many queries made at random of operators and words."""
    chance = random.Random(7)
    snapshot = case.snapshot()
    answered = 0
    for _ in range(n):
        parts = chance.choices(OPERATORS, k=chance.randint(1, 12))
        query = chance.choice(("", " ")).join(parts)
        try:
            passages_found(case, query, 10)
            claims_found(snapshot, query)
        except InputError:
            continue
        answered += 1
    return answered, n - answered


@pytest.mark.threat("W4")
@pytest.mark.parametrize("n", [2_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_operators_are_searched_for_as_words_or_refused(
    served: Desk, reached: Callable[[str], None], n: int
) -> None:
    answered, refused = searched(served.case, n)
    assert answered > n / 2
    reached(f"{n:,} random queries: {answered:,} answered, {refused:,} refused, no error")
