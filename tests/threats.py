"""What can go wrong, how far a test must hold it off, and what each test reached.

A test says which threat it holds off, and the figure it reached where it has one:

    @pytest.mark.threat("I6")
    def test_a_bomb_is_refused(reached):
        ...
        reached(f"{seconds:.1f} s, {mib} MiB")

`make robustness` runs all of these, the slow ones too, and writes docs/robustness.md from them; so
does `pytest -m threat --write-robustness=docs/robustness.md` for a part of them.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Threat:
    """`bar` is what must hold for a release."""

    area: str
    what: str
    bar: str


@dataclass(slots=True)
class Reached:
    """How one test ended, with each of its parameters, and what it measured."""

    threat: str
    test: str
    outcomes: Counter[str] = field(default_factory=Counter)
    figures: list[str] = field(default_factory=list)

    def note(self, outcome: str) -> None:
        self.outcomes[outcome] += 1


_FIGURES_MAX = 8  # of a test with many parameters

THREATS: dict[str, Threat] = {
    "I1": Threat("Input", "A page makes an extractor hang", "each at most 10 s and 1 GiB"),
    "I2": Threat("Input", "Text is lost without a word", "the text is there, or a warning says so"),
    "I3": Threat("Input", "Time grows faster than the text", "at most 2.6 a doubling, to 400,000"),
    "I4": Threat("Input", "A pattern takes exponential time", "each at most 50 ms on 20,000 chars"),
    "I5": Threat("Input", "A huge file", "refused at once, or streamed in bounded memory"),
    "I6": Threat("Input", "A bomb: gzip, zip, WARC", "refused within 2 s and 300 MiB"),
    "I7": Threat("Input", "A name that leads out of its folder", "no byte outside it"),
    "I8": Threat("Input", "XML entities", "no file or socket touched, at most 2 s"),
    "I9": Threat("Input", "Broken encodings", "never raises; clean text is not changed"),
    "I10": Threat("Input", "Names that look alike or turn the text round", "never merged; marked"),
    "I11": Threat("Input", "A PDF that loops or swells", "its worker is killed within 20 s"),
    "I12": Threat("Input", "A worker answers with nonsense", "refused, with its reason"),
    "M1": Threat("Meaning", "One story posted a thousand times", "one origin; no figure flips"),
    "M2": Threat("Meaning", "Reports that quote one another in a ring", "the origin counts once"),
    "M3": Threat("Meaning", "Another person of the same name", "never merged against hard facts"),
    "M4": Threat("Meaning", "A sentence that rests on nothing", "every citation is identical text"),
    "M5": Threat("Meaning", "A document gives orders to its reader", "no fact or link is added"),
    "M6": Threat("Meaning", "A document speaks to the user's assistant", "marked as untrusted"),
    "W1": Threat("Doors", "A script in a document runs in the browser", "nothing runs"),
    "W2": Threat("Doors", "Another site uses the reader's browser", "refused"),
    "W3": Threat("Doors", "A query in a query", "no error of ours, no row too many"),
    "W4": Threat("Doors", "Operators in what is searched for", "no error"),
    "W5": Threat("Doors", "A formula in a table", "a spreadsheet runs nothing"),
    "W6": Threat("Doors", "An address within the house is fetched", "all refused"),
    "W7": Threat("Doors", "The API answers what it does not document", "no such answer"),
    "W8": Threat("Doors", "A request that is too large, too deep or too slow", "refused in 1 s"),
    "W9": Threat("Doors", "Somebody without the right", "every route by every role"),
    "W10": Threat("Doors", "A link that leads away", "none"),
    "W11": Threat("Doors", "An export that is cut short", "whole, or clearly failed"),
    "S1": Threat("Store and runs", "Killed at any moment", "nothing lost or doubled, same bytes"),
    "S2": Threat("Store and runs", "The power fails", "no damage"),
    "S3": Threat("Store and runs", "An SQLite that loses writes", "no WAL with it"),
    "S4": Threat("Store and runs", "The disk is full", "one clear line; goes on afterwards"),
    "S5": Threat("Store and runs", "Several write at once", "nobody is locked out, nothing lost"),
    "S6": Threat("Store and runs", "A damaged or foreign case", "no traceback, no wrong answer"),
    "S7": Threat("Store and runs", "A case of an older version", "brought up, and the same"),
    "S8": Threat("Store and runs", "A document that kills its worker", "costs itself alone"),
    "S9": Threat("Store and runs", "Memory or files that leak", "flat after the first"),
    "S10": Threat("Store and runs", "Another answer the next time", "one sha256"),
    "S11": Threat("Store and runs", "A machine of the cluster dies", "the same bytes"),
    "S12": Threat("Store and runs", "Another database, another answer", "the same answers"),
    "P1": Threat("Privacy and supply", "A connection nobody asked for", "none"),
    "P2": Threat("Privacy and supply", "Secrets in what is logged", "none"),
    "P3": Threat("Privacy and supply", "A part that was exchanged", "hashes checked; equal wheels"),
    "P4": Threat("Privacy and supply", "Something that should be forgotten", "nothing remains"),
}


def to_markdown(results: Iterable[Reached], before: str = "") -> str:
    """The page: each threat, its bar, the tests that hold it off and what they reached.

    Of tests that were not run again, what the page said `before` stays.
    """
    told = _told_before(before) | {(one.threat, one.test): _told(one) for one in results}
    lines = [_INTRODUCTION]
    area = ""
    for name, threat in THREATS.items():
        if threat.area != area:
            area = threat.area
            lines += [f"\n## {area}\n"]
        lines += [f"### {name}. {threat.what}\n", f"Asked: {threat.bar}.\n"]
        found = [f"- `{test}`: {end}" for (of, test), end in sorted(told.items()) if of == name]
        lines += [*(found or ["No test yet."]), ""]
    return "\n".join(lines).rstrip() + "\n"


_INTRODUCTION = """# Robustness

What can go wrong, and the tests that hold it off. This page is written by `make robustness`, which
runs them all; seconds are of the machine it last ran on (two cores, often with other work)."""

_HEADING = re.compile(r"### (\w+)\.")
_LINE = re.compile(r"- `([^`]+)`: (.+)")


def _told_before(page: str) -> dict[tuple[str, str], str]:
    told = {}
    threat = ""
    for line in page.splitlines():
        if heading := _HEADING.match(line):
            threat = heading[1]
        elif found := _LINE.fullmatch(line):
            told[threat, found[1]] = found[2]
    return told


def _told(one: Reached) -> str:
    n = one.outcomes.total()
    ended = ", ".join(f"{k} {o}" if n > 1 else o for o, k in sorted(one.outcomes.items()))
    return "; ".join([ended, *one.figures[:_FIGURES_MAX]])
