"""Date documents whose date is hidden from what they share with the other pages of their case.

    python -m evaluation.dating --data DIR [--cases 200] [--readings FILE.pickle] [--wrong N]

One page of each incident of the Gun Violence Archive at a time is left without its date, text and
all others as they are, and dated from the rest; so are the pages of invented cases
(`evaluation/cases`). The guess is the first day of what was inferred. The baseline of the same
run: the median day of the other pages. Intervals: 95 %, bootstrap over incidents.
"""

import argparse
import json
import pickle
import random
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from consilience.ingest import ingest, ingest_json
from consilience.pipeline import dated_case
from consilience.read import Reader
from consilience.records import Document, Reading
from consilience.relative import worded
from evaluation.gva import cases

N_DRAWS = 1000
REACHES = (0, 1, 3)


@dataclass(frozen=True, slots=True)
class Guess:
    """What was made of one hidden date: None where it was left unknown."""

    case: str
    true: date
    first: date | None
    last: date | None
    median: date
    reason: str


def undated(document: Document, reading: Reading) -> tuple[Document, Reading]:
    """The page and its reading as they would be had nobody given its date."""
    times = tuple(
        replace(t, when=worded(t.relative, t.when, None)) if t.relative is not None else t
        for t in reading.times
    )
    hidden = replace(document, published=None, published_basis=None, updated=None)
    return hidden, replace(reading, times=times)


def guesses(case: str, pages: Sequence[tuple[Document, Reading]]) -> Iterator[Guess]:
    dated = [page for page in pages if _day(page[0]) is not None]
    for i, (document, reading) in enumerate(dated):
        others = dated[:i] + dated[i + 1 :]
        if not others:
            continue
        hidden, read = undated(document, reading)
        documents = [hidden, *(d for d, _ in others)]
        readings = {d.id: r for d, r in others} | {hidden.id: read}
        dates = dated_case(documents, readings)
        made = dates.judgements
        found = next(d for d in dates.documents if d.id == hidden.id).published
        true = _day(document)
        assert true is not None
        days = sorted(day for d, _ in others if (day := _day(d)) is not None)
        first = found.start.date() if found and found.start else None
        last = (found.end - timedelta(microseconds=1)).date() if found and found.end else None
        reason = next((j.reason for j in made if j.left_id == hidden.id), "")
        yield Guess(case, true, first, last, statistics.median_low(days), reason)


def _day(document: Document) -> date | None:
    when = document.published
    if when is None or when.start is None or when.end is None:
        return None
    return when.start.date() if when.end - when.start <= timedelta(days=1) else None


def archive(data: Path, readings: Path | None, n_cases: int) -> Iterator[Guess]:
    """The archive's incidents; without readings made before its pages are read now."""
    read: dict[str, tuple[Document, Reading]] = {}
    if readings is not None:
        held = pickle.loads(readings.read_bytes())  # noqa: S301 - our own
        read = dict(held) | {page[0].name: page for page in held.values()}
    reader = None if read else Reader()
    for incident, documents in cases(data / "dev/gva", n_cases):
        for row in documents if reader is not None else ():
            given = {"text": row["text"], "title": row["title"], "url": row["url"]}
            given |= {"published": row["dct"]} if row["dct"] else {}
            of, *_ = ingest_json(json.dumps(given).encode(), row["doc"])
            if reader is not None and isinstance(of, Document):
                read[row["doc"]] = of, reader(of)
        pages = [read[d["doc"]] for d in documents if d["doc"] in read]
        yield from guesses(str(incident["incident"]), pages)


def invented(folder: Path) -> Iterator[Guess]:
    reader = Reader()
    for case in sorted(path for path in folder.iterdir() if path.is_dir()):
        pages = [d for d in ingest((str(case),)) if isinstance(d, Document)]
        yield from guesses(case.name, [(d, reader(d)) for d in pages])


def report(name: str, made: Sequence[Guess]) -> None:
    if not made:
        return
    known = [g for g in made if g.first is not None]
    widths = [(g.last - g.first).days + 1 for g in known if g.first and g.last]
    held = sum(g.first <= g.true <= g.last for g in known if g.first and g.last)
    print(
        f"{name}: {len(made)} pages; left unknown {_share(made, lambda g: g.first is None)}; the"
        f" true day lies in what was inferred {held}/{len(known)}"
        + (f", {statistics.median(widths)} days wide in the middle" if widths else "")
    )
    for label, day in (("inferred, of those dated", "first"), ("median of the others", "median")):
        of = known if day == "first" else made
        within = "  ".join(
            f"{n}: {_share(of, lambda g, n=n, day=day: _off(g, day) <= n)}" for n in REACHES
        )
        print(f"  {label:26} within days {within}")
    both = "  ".join(f"{n}: {_share(made, lambda g, n=n: _off(g, 'first') <= n)}" for n in REACHES)
    print(f"  {'inferred, of all':26} within days {both}")


def _off(guess: Guess, day: str) -> float:
    guessed = getattr(guess, day)
    return float("inf") if guessed is None else abs((guessed - guess.true).days)


def _share(made: Sequence[Guess], holds) -> str:  # type: ignore[no-untyped-def]
    """In percent with its interval, drawn by whole incidents."""
    by_case: dict[str, list[bool]] = {}
    for guess in made:
        by_case.setdefault(guess.case, []).append(bool(holds(guess)))
    groups = [by_case[key] for key in sorted(by_case)]
    if not groups:
        return "-"
    rng = random.Random(0)  # noqa: S311 - draws for an interval, no secret
    drawn = sorted(
        sum(map(sum, sample)) / sum(map(len, sample))
        for sample in (rng.choices(groups, k=len(groups)) for _ in range(N_DRAWS))
    )
    low, high = drawn[int(0.025 * N_DRAWS)], drawn[int(0.975 * N_DRAWS)]
    share = sum(map(sum, groups)) / sum(map(len, groups))
    return f"{100 * share:.1f} ({100 * low:.0f}-{100 * high:.0f})"


def _wrong(made: Iterable[Guess], n: int) -> None:
    shown = [g for g in made if g.first is not None and _off(g, "first") > 1]
    for guess in shown[:n]:
        told = f"{guess.first}/{guess.last}"
        print(json.dumps([guess.case, str(guess.true), told, str(guess.median)]))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--cases", type=int, default=0, help="incidents of the archive")
    arguments.add_argument("--readings", type=Path, help="of the archive's pages, made before")
    arguments.add_argument("--wrong", type=int, default=0, help="list so many wrong ones, no text")
    given = arguments.parse_args()
    if given.cases:
        made = list(archive(given.data, given.readings, given.cases))
        report("GVA dev", made)
        _wrong(made, given.wrong)
    own = list(invented(Path(__file__).parent / "cases"))
    report("Invented cases", own)
    _wrong(own, given.wrong)


if __name__ == "__main__":
    main()
