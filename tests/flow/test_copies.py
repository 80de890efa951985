"""One false report posted again and again: it weighs as one."""

import json
import random
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from consilience.engine import LocalEngine
from consilience.flow.telling import tell_stream
from consilience.ingest import Raw
from consilience.ingest.stream import StreamLine
from consilience.interchange import dossier_from_json
from consilience.pipeline import run
from consilience.records import Dossier
from consilience.store import open_store
from evaluation.planting import spin
from tests.small_cases import STARTED, raw

TRUE = (
    "Eight people died when a gallery of the Corrin mine collapsed on 4 March 2031, the civil"
    " protection office said.\n\nAnna Lind, the mayor, asked the capital for help. Norland Coal,"
    " which runs the mine, promised an inquiry."
)
FALSE = (
    "Forty-one miners were killed on 4 March 2031 when the Corrin mine collapsed, a man who works"
    " there told this newspaper.",
    "The blast was heard in the whole valley, and windows broke in the market hall of Corrin.",
    "Families waited at the gate until midnight while soldiers carried the wounded to the school.",
    "The mine had been closed for a week in January, and Norland Coal opened it again in haste.",
    "Nobody from the company spoke to those who waited, and the telephones rang unanswered.",
    "The bishop of Arlow read a prayer, and shops stayed shut on the next day.",
)
KINDS = ("verbatim", "cut", "reordered", "spun")


def posts(n: int, kinds: tuple[str, ...]) -> list[dict[str, str]]:
    """The true report, and `n` posts of the false one, each by another outlet."""
    rng = random.Random(8)
    pages = [page("true", "Arlow Press", TRUE)]
    for number in range(n):
        lines = list(FALSE)
        match kinds[number % len(kinds)] if number else "verbatim":
            case "cut":
                lines = lines[: rng.randint(3, 5)]
            case "reordered":
                lines = [lines[0], *rng.sample(lines[1:], len(lines) - 1)]
            case "spun":
                lines = [spin(line, rng.uniform(0.2, 0.4), rng) for line in lines]
        pages.append(page(f"p{number:04}", f"Outlet {number:04}", "\n\n".join(lines)))
    return pages


def page(name: str, source: str, text: str) -> dict[str, str]:
    return {"id": name, "source": source, "published": "2031-03-05", "text": text}


def through_the_flow(pages: list[dict[str, str]], folder: Path) -> Dossier:
    lines = [StreamLine(one["id"], json.dumps(one).encode()) for one in pages]
    out = folder / "out.jsonl"
    memory = folder / "sentences.db"
    tell_stream(lines, out, LocalEngine(), STARTED, memory, lambda _: None)
    told: list[dict[str, Any]] = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    (event,) = (one for one in told if len(one["dossier"]["documents"]) > 1)
    return dossier_from_json(event["dossier"])


def through_an_account(pages: list[dict[str, str]], folder: Path) -> Dossier:
    given: list[Raw] = [raw(one) for one in pages]
    with closing(open_store(None)) as store:
        return run(given, store, LocalEngine(), STARTED, memory=folder / "sentences.db")


WAYS = {"flow": through_the_flow, "account": through_an_account}


def n_origins(dossier: Dossier) -> int:
    """The most that any one candidate for the number of dead is counted as."""
    return max(c.n_origins for f in dossier.findings if f.slot == "killed" for c in f.candidates)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.threat("M1")
def test_a_dozen_posts_of_one_false_report_weigh_as_one(tmp_path: Path, way: str) -> None:
    few, more = (WAYS[way](posts(n, KINDS[:3]), folder(tmp_path, n)) for n in (1, 12))
    assert n_origins(few) == n_origins(more) == 1
    assert best(few) == best(more)


@pytest.mark.slow
@pytest.mark.parametrize(("kinds", "most"), [(KINDS[:3], 1), (KINDS, 2)], ids=["copied", "spun"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.threat("M1")
def test_a_thousand_posts_of_one_false_report_weigh_as_one(
    tmp_path: Path, way: str, kinds: tuple[str, ...], most: int, reached: Callable[[str], None]
) -> None:
    began = time.process_time()
    dossier = WAYS[way](posts(1000, kinds), folder(tmp_path, 1000))
    took_s = time.process_time() - began
    reached(f"{way}: {n_origins(dossier)} origin(s), {took_s:.0f} s")
    assert n_origins(dossier) <= most
    assert best(dossier) == best(WAYS[way](posts(1, kinds), folder(tmp_path, 1)))
    assert took_s <= 60


def folder(path: Path, n: int) -> Path:
    made = path / str(n)
    made.mkdir()
    return made


def best(dossier: Dossier) -> list[Any]:
    return [f.policies.best for f in dossier.findings if f.slot == "killed"]
