"""Which place of the gazetteer a name means, on invented texts of all the world.

    python -m evaluation.places [--wrong]

reads `evaluation/cases/places.jsonl`: names marked in texts, and for some of them the place that
a careful reader takes them for, or that nothing decides. Prints how many of the links made are
right, how many of the links there are were made, and how many names that mean no known place were
left alone, each with Wilson's interval of 95 %; and the baseline of the same run: always the
largest place of that name.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

from consilience.gazetteer import GazetteerPlace, PlaceKind, bearers
from consilience.resolve.chains import chains
from consilience.resolve.places import places_meant
from evaluation.gva import wilson
from tests.resolve.marked import case

_CASES = Path(__file__).parent / "cases" / "places.jsonl"


def named(place: GazetteerPlace | None) -> str | None:
    if place is None or place.kind in (PlaceKind.COUNTRY, PlaceKind.REGION):
        return place.name if place else None
    return f"{place.name}, {place.region}"


def score(found: list[tuple[str | None, str | None]]) -> list[tuple[str, int, int]]:
    """Rows of what is right and of how many, for pairs of ours and the reader's."""
    linked = [(ours, right) for ours, right in found if ours is not None]
    there = [(ours, right) for ours, right in found if right is not None]
    nowhere = [ours for ours, right in found if right is None]
    return [
        ("links right", sum(a == b for a, b in linked), len(linked)),
        ("links found", sum(a == b for a, b in there), len(there)),
        ("left alone", sum(a is None for a in nowhere), len(nowhere)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args()
    found: dict[str, list[tuple[str | None, str | None]]] = {"ours": [], "largest": []}
    wrong: Counter[str] = Counter()
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        texts = case(told["texts"])
        read = chains(texts.documents, texts.readings)
        meant = places_meant(texts.documents, read)
        for chain in read:
            letter = texts.meant[chain.document_id, chain.mentions[0].chain_id]
            if letter not in told["means"]:
                continue
            right = told["means"][letter]
            ours = named(meant[chain.key].place if chain.key in meant else None)
            found["ours"].append((ours, right))
            found["largest"].append((named(next(iter(bearers(chain.forms[0])), None)), right))
            if ours != right:
                wrong[f"{chain.forms[0]}: {ours}, right {right}"] += 1
    for who, pairs in found.items():
        for what, right, n in score(pairs):
            low, high = wilson(right, n)
            share = 100 * right / n
            sys.stdout.write(
                f"{who:<8} {what:<12} {right:3d} of {n:3d} {share:6.1f} % [{low:.1f}, {high:.1f}]\n"
            )
    if given.wrong:
        for line, n in sorted(wrong.items()):
            sys.stdout.write(f"{n} {line}\n")


if __name__ == "__main__":
    main()
