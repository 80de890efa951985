"""Score quantities on the sentences of `tests/cases/quantities.jsonl`.

    python -m evaluation.quantities [--batch N] [--wrong]

A quantity is right when its words, bounds, comparator and unit are all as in the gold, and the
counted words where the gold gives them. Baseline: every cardinal, counting the word after it.
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from consilience.read.encoder import Encoder
from consilience.read.numbers import parse_number
from consilience.read.quantities import find_quantities
from consilience.read.segment import segment
from consilience.records import Count, DateBasis, Document

CASES = Path(__file__).parent.parent / "tests/cases/quantities.jsonl"
_CARDINAL = re.compile(
    r"\b(\d[\d,.]*\d|\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\s([a-z]+)",
    re.IGNORECASE,
)

Said = tuple[str, ...]


def said(text: str, count: Count) -> Said:
    """The count as a case writes it: its words, what it says, the counted words if any."""
    quantity = count.quantity
    bounds = dict.fromkeys((quantity.low, quantity.high))
    figures = "-".join("" if bound is None else str(bound) for bound in bounds)
    words = text[count.passage.start : count.passage.end]
    of = (text[count.of.start : count.of.end],) if count.of else ()
    return (words, f"{quantity.comparator.value} {figures} {quantity.unit}", *of)


def found(encoder: Encoder, case: dict[str, Any]) -> list[Said]:
    text, language = case["text"], case.get("language", "en")
    document = Document(
        "c", "c", None, None, None, None, None, DateBasis.INFERRED, None, None, language, text, ""
    )
    parses = [encoder.parse(text, sentence.tokens) for sentence in segment(text)]
    return [said(text, count) for parse in parses for count in find_quantities(document, parse)]


def baseline(text: str) -> list[Said]:
    counts: list[Said] = []
    for match in _CARDINAL.finditer(text):
        value, noun = parse_number(match[1]), match[2]
        unit = {"people": "person", "men": "man", "women": "woman", "children": "child"}.get(
            noun, noun.removesuffix("s")
        )
        counts.append((match[1], f"exactly {value} {unit}", noun))
    return counts


def agreed(gold: list[Said], given: list[Said]) -> int:
    """How many of the given are in the gold, the counted words only where the gold has them."""
    wanted = Counter(gold)
    n = 0
    for each in given:
        hit = next((g for g in (each, each[:2]) if wanted[g] > 0), None)
        if hit is not None:
            wanted[hit] -= 1
            n += 1
    return n


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batch", type=int, help="only the sentences of this batch")
    parser.add_argument("--wrong", action="store_true", help="print what is not as in the gold")
    given = parser.parse_args()
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    if given.batch is not None:
        cases = [case for case in cases if case.get("batch") == given.batch]
    encoder = Encoder()
    for name in ("ours", "baseline"):
        n_gold = n_given = n_right = n_whole = 0
        for case in cases:
            gold = [tuple(count) for count in case["counts"]]
            ours = found(encoder, case) if name == "ours" else baseline(case["text"])
            n = agreed(gold, ours)
            n_gold, n_given, n_right = n_gold + len(gold), n_given + len(ours), n_right + n
            is_right = n == len(gold) == len(ours)
            n_whole += is_right
            if given.wrong and name == "ours" and not is_right:
                print(f"{case['text']}\n  gold {gold}\n  ours {ours}")
        f1 = 200 * n_right / max(1, n_gold + n_given)
        print(
            f"quantities {name:<9} sentences all right {100 * n_whole / len(cases):5.1f} %"
            f" of {len(cases)}  F1 {f1:5.1f}  ({n_gold} gold, {n_given} found)"
        )


if __name__ == "__main__":
    main()
