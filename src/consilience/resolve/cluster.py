"""From judgements on pairs to clusters, so that no single bad link fuses two groups."""

from collections.abc import Callable, Iterable, Sequence

from consilience.records import Judgement, Verdict
from consilience.resolve.chains import Chain

# Below this a link is kept for the record but joins nothing.
SAME_MIN = 0.6  # by eye on tests/cases/names.jsonl

Conflict = Callable[[Sequence[Chain], Sequence[Chain]], bool]


def is_ours(judgement: Judgement) -> bool:
    return judgement.made_by.startswith("consilience")


def cluster(
    chains: Iterable[Chain], judgements: Sequence[Judgement], conflict: Conflict
) -> tuple[tuple[Chain, ...], ...]:
    """Chains joined by SAME, strongest first; clusters by their first chain's key.

    A merge is refused where a DIFFERENT stands between the two clusters or `conflict` says that
    their names cannot be one's; an analyst's SAME is refused by neither, and the last word of an
    analyst on a pair overrides all earlier ones on it.
    """
    by_key = {c.key: c for c in chains}
    links, bars = _decisions(judgements, by_key)
    root = {key: key for key in by_key}
    members = {key: [by_key[key]] for key in by_key}
    # Of chains that are written alike one speaks for all, or large clusters cost their square.
    written = {key: {(c.forms, c.titles): c} for key, c in by_key.items()}
    barred: dict[str, set[str]] = {key: set() for key in by_key}
    for a, b in sorted(bars):
        barred[a].add(b)
        barred[b].add(a)

    def find(key: str) -> str:
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for _, a, b, decided in links:
        left, right = find(a), find(b)
        if left == right:
            continue
        if len(members[left]) < len(members[right]):
            left, right = right, left
        if not decided and (
            any(c.key in barred[left] for c in members[right])
            or members[left][0].kind != members[right][0].kind
            or conflict(tuple(written[left].values()), tuple(written[right].values()))
        ):
            continue
        root[right] = left
        members[left] += members.pop(right)
        written[left] |= written.pop(right)
        barred[left] |= barred.pop(right)
    found = [tuple(sorted(m, key=lambda c: c.key)) for m in members.values()]
    return tuple(sorted(found, key=lambda m: m[0].key))


def _decisions(
    judgements: Sequence[Judgement], by_key: dict[str, Chain]
) -> tuple[list[tuple[float, str, str, bool]], set[tuple[str, str]]]:
    """SAME links in the order they are tried (an analyst's first), and barred pairs."""
    analyst: dict[tuple[str, str], Judgement] = {}
    best: dict[tuple[str, str], float] = {}
    bars: set[tuple[str, str]] = set()
    for judgement in judgements:
        pair = tuple(sorted((judgement.left_id, judgement.right_id)))
        if not all(key in by_key for key in pair) or judgement.verdict is Verdict.DATES:
            continue
        a, b = pair
        if not is_ours(judgement):
            analyst[a, b] = judgement
        elif judgement.verdict is Verdict.DIFFERENT:
            bars.add((a, b))
        elif judgement.score >= SAME_MIN:
            best[a, b] = max(best.get((a, b), 0.0), judgement.score)
    for pair_, judgement in analyst.items():
        bars.discard(pair_)
        best.pop(pair_, None)
        if judgement.verdict is Verdict.DIFFERENT:
            bars.add(pair_)
    decided = [(-1.0, a, b, True) for (a, b), j in analyst.items() if j.verdict is Verdict.SAME]
    ours = [(-score, a, b, False) for (a, b), score in best.items()]
    return sorted(decided) + sorted(ours), bars
