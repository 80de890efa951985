"""The named choices among the answers to one question, none of them silently applied."""

from collections.abc import Sequence

from consilience.records import Candidate, Policies, Quantity
from consilience.weigh.relations import OPEN_SLOTS, bounds


def policies(slot: str, candidates: Sequence[Candidate], whole: Sequence[bool]) -> Policies:
    quantities = [c for c in candidates if isinstance(c.value, Quantity)]
    low = min(quantities, key=_low, default=None)
    high = max(quantities, key=_high, default=None)
    dated = [c for c in candidates if c.last_said is not None]
    latest = max(dated, key=lambda c: (_said(c), _high(c)), default=None)
    most = max(candidates, key=lambda c: (c.n_origins, c.n_documents, _high(c)))
    best = most
    if slot in OPEN_SLOTS:
        wholes = [c for c, is_whole in zip(candidates, whole, strict=True) if is_whole]
        exact = [c for c in wholes if _is_exact(c)]
        totals = [c for c in exact if _unit(c) == "person"]
        newest = max(
            totals or exact or quantities,
            key=lambda c: (_first(c), c.n_origins, _high(c)),
            default=most,
        )
        best = newest
    return Policies(
        low=low.value if low else None,
        high=high.value if high else None,
        latest=latest.value if latest else None,
        most_origins=most.value,
        best=best.value,
    )


def _is_exact(candidate: Candidate) -> bool:
    return isinstance(candidate.value, Quantity) and len(set(bounds(candidate.value))) == 1


def _unit(candidate: Candidate) -> str | None:
    return candidate.value.unit if isinstance(candidate.value, Quantity) else None


def _low(candidate: Candidate) -> float:
    return bounds(candidate.value)[0] if isinstance(candidate.value, Quantity) else 0.0


def _high(candidate: Candidate) -> float:
    if not isinstance(candidate.value, Quantity):
        return 0.0
    low, high = bounds(candidate.value)
    return low if high == float("inf") else high


def _said(candidate: Candidate) -> str:
    last = candidate.last_said
    return last.start.isoformat() if last and last.start else ""


def _first(candidate: Candidate) -> str:
    first = candidate.first_said
    return first.start.isoformat() if first and first.start else ""
