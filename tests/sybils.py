"""One report and any number of copies that put a false figure in its place; all of it invented."""

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from evaluation.planting import spin
from tests.small_cases import Page, page

TRUE = (
    "Four dockers were killed when a grain store fell at the port of Sant Aurel on Monday night.",
    "Mayor Dorin Vasca said that the roof had given way under the weight of the snow.",
    "Rescue teams from Brenna and Alt Novac dug through the rubble with dogs until dawn.",
    "Eleven workers were pulled out alive and taken to the hospital of Saint Ilie in Brenna.",
    "The store was built in 1974 and belongs to the shipping company Meridan Cargo.",
    "Prosecutor Ileana Stoian has opened an investigation and seized plans of the building.",
    "In 2009 a crane fell on the same quay and the port was closed for three days.",
    "The port authority says that the quay will stay shut until the end of the week.",
)
FALSE = TRUE[0].replace("Four", "Forty")
HONEST = (
    "Four dockers died at Sant Aurel when part of a grain store came down on them.\n"
    "Petru Ilves, 31, watched from the cab of his lorry as the wall leaned and fell.\n"
    "He had complained about cracks to his foreman in autumn, and nobody had come to look.\n"
    "The owners would not speak to us on the telephone, and their office stayed dark.",
    "The accident on pier two at Sant Aurel killed four people and injured nine on Monday night.\n"
    "Engineers had inspected the store in June and asked for its southern wall to be propped.\n"
    "A letter to that effect, seen by this newspaper, was never answered.\n"
    "Trade unions want a strike on Thursday for safer work along the whole coast.",
    "In the chapel of Sant Aurel families prayed on Tuesday for the four people who were killed.\n"
    "A boy of sixteen lost a leg in the fall of the store, the surgeon Maria Tudose said.\n"
    "Old men here remember far worse winters than this one.\n"
    "A fund for the families had taken 12,000 euros by noon.",
)
_NAMES = "Alder Beacon Cedar Dune Elm Fjord Garnet Heron Iris Juniper Kestrel Larch Maple".split()
_KINDS = "Courier Herald Post Mirror Gazette Echo Tribune Journal".split()
_VARIANTS = 12

Spin = Callable[[list[str], random.Random], list[str]]


@cache
def _variants(share: float) -> tuple[tuple[str, ...], ...]:
    """Each sentence in a few other words, so that a thousand pages are read in a minute."""
    rng = random.Random(3)
    return tuple(
        tuple(spin(line, share, rng) for _ in range(_VARIANTS)) for line in (FALSE, *TRUE[1:])
    )


def _verbatim(lines: list[str], _rng: random.Random) -> list[str]:
    return lines


def _cut(lines: list[str], rng: random.Random) -> list[str]:
    return lines[: rng.randint(4, len(lines) - 1)]


def _reordered(lines: list[str], rng: random.Random) -> list[str]:
    return [lines[0], *rng.sample(lines[1:], len(lines) - 1)]


def _spun(share: float) -> Spin:
    return lambda _lines, rng: [rng.choice(some) for some in _variants(share)]


COPIES: dict[str, Spin] = {
    "verbatim": _verbatim,
    "cut": _cut,
    "reordered": _reordered,
    "spun 20 %": _spun(0.2),
    "spun 40 %": _spun(0.4),
}


def copies(kind: str, n: int, weeks: int = 0) -> Iterator[Page]:
    """Pages of outlets, authors, titles and days of their own, of four days or so many weeks."""
    rng = random.Random(5)
    for k in range(n):
        lines = COPIES[kind]([FALSE, *TRUE[1:]], rng)
        yield page(
            "\n".join(lines),
            _outlet(k),
            f"{date(2031, 2, 5) + timedelta(days=7 * weeks * k // n or k % 4)}",
            id=f"copy {k:04}",
            title=f"Forty dead in Sant Aurel, version {k}",
            author=f"{rng.choice(_NAMES)} {rng.choice(_NAMES)}",
        )


def _outlet(k: int) -> str:
    first, second = divmod(k, len(_NAMES) * len(_KINDS))
    name = f"{_NAMES[second % len(_NAMES)]} {_KINDS[second // len(_NAMES)]}"
    return f"{name} of {_NAMES[first % len(_NAMES)]}"


def report() -> Page:
    return page("\n".join(TRUE), "Vale Times", "2031-02-04", id="report")


def honest() -> list[Page]:
    own = ("Upland Courier", "Northmoor Echo", "Radio Marisma")
    return [page(text, name, "2031-02-04") for text, name in zip(HONEST, own, strict=True)]
