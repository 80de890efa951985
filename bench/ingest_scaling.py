"""How ingest's time grows with the text: the ratio at each doubling, which is 2 where linear.

python -m bench.ingest_scaling [LONGEST]
"""

import itertools
import sys
import time

from consilience.ingest import Raw, ingest_raw

SHORTEST = 12_500
LONGEST = 400_000
REPEATS = 3

STORY = (
    "HARWICK, May 3 (AP) - Four people died when a bridge fell into the river on Monday.\n\n"
    "The mayor said Mart\u00c3n Lind, 43, was â€œvery braveâ€\x9d; the search goes on.\n\n"
    "Divers on the bank below the old bridge (Photo: Jane Lind)\n\nAdvertisement\n\n"
)
COMMENTS = "mossfoot on May 4th, 2021 at 02:10 UTC »\n\nI crossed it on Sunday.\n\n"
TEXTS = {
    "story": STORY,
    "comments": COMMENTS,
    "one line": "Four people died when a bridge fell. ",
    "one word": "a",
    "lines": "a\n",
    "mojibake": "Ã©Ã",
    "brackets": "(",
    "bare lines": "A bridge before it fell, seen from the harbour\n\n",
}


def seconds(text: str, suffix: str) -> float:
    """The best time of a few for one document."""
    raw = Raw(f"a{suffix}", suffix, "0", text.encode())
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        ingest_raw(raw)
        times.append(time.perf_counter() - start)
    return min(times)


def main(longest: int = LONGEST) -> None:
    """Print seconds and ratios for each kind of text, as it doubles."""
    seconds(STORY * 10, ".txt")
    cases = [(name, unit, ".txt") for name, unit in TEXTS.items()]
    page = STORY.replace("\n\n", "</p><p>")
    for name, unit, suffix in [*cases, ("page", page, ".html"), ("tags", "<b><p>a", ".html")]:
        times = []
        length = SHORTEST
        while length <= longest:
            text = (unit * (length // len(unit) + 1))[:length]
            times.append(seconds(f"Bridge falls in Harwick\n\nIt fell at noon.\n\n{text}", suffix))
            length *= 2
        ratios = " ".join(f"{b / a:.1f}" for a, b in itertools.pairwise(times))
        print(f"{name:12} {times[-1]:8.3f} s at {longest:,} characters; ratios {ratios}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
