"""The named choices among the answers to one question, none of them silently applied."""

from collections.abc import Sequence

from consilience.records import Candidate, Comparator, Policies, Quantity, Value
from consilience.weigh.beliefs import Answers
from consilience.weigh.implied import entails
from consilience.weigh.related_figures import OPEN_SLOTS, bounds
from consilience.weigh.voices import is_official

# A finer answer is taken for the coarser one that it lies in where it is believed so far.
_FINER_MIN = 0.5


def policies(
    answers: Answers, candidates: Sequence[Candidate], officials: frozenset[str]
) -> Policies:
    quantities = [c for c in candidates if isinstance(c.value, Quantity)]
    low = min(quantities, key=_low, default=None)
    high = max(quantities, key=_high, default=None)
    dated = [c for c in candidates if c.last_said is not None]
    latest = max(dated, key=lambda c: (_said(c), _high(c)), default=None)
    most = max(candidates, key=lambda c: (c.n_origins, c.n_documents, _high(c)))
    wholes = _wholes(answers, candidates)
    supported = [c for c in wholes if not _is_ceiling(c)]
    lowest = min(supported, key=_low, default=None)
    return Policies(
        low=low.value if low else None,
        high=high.value if high else None,
        latest=latest.value if latest else None,
        most_origins=most.value,
        best=_best(answers, candidates, wholes).value,
        lowest_supported=lowest.value if lowest else None,
        range=_range(supported),
        latest_official=_latest_official(answers, candidates, officials),
    )


def _best(
    answers: Answers, candidates: Sequence[Candidate], wholes: Sequence[Candidate]
) -> Candidate:
    """Of the exact totals the most believed; of other answers the finest that is likely."""
    exact = [c for c in wholes if _is_exact(c)]
    if exact and answers.slot in OPEN_SLOTS:
        return max(exact, key=_rank)
    finer = [i for i, c in enumerate(candidates) if c in wholes or not wholes]
    while finer:
        best = max(
            finer,
            key=lambda i: (*_prominence(answers, i, candidates[i].belief), *_rank(candidates[i])),
        )
        finer = [
            i
            for i, c in enumerate(candidates)
            if i != best
            and c.belief >= _FINER_MIN
            and entails(answers.sides[i], answers.sides[best])
            and not entails(answers.sides[best], answers.sides[i])
        ]
    return candidates[best]


def _prominence(answers: Answers, i: int, belief: float) -> tuple[float, int]:
    """Of places and people as likely, the one that the documents name most."""
    entity = answers.sides[i].entity
    return (round(belief, 1), len(entity.mentions)) if entity else (belief, 0)


def _rank(candidate: Candidate) -> tuple[float, str, int, int, float]:
    first = _first(candidate)
    return candidate.belief, first, candidate.n_origins, candidate.n_documents, _high(candidate)


def _wholes(answers: Answers, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The figures that are no part and not taken back; of people where some count people."""
    found = [
        c
        for c, side in zip(candidates, answers.sides, strict=True)
        if isinstance(c.value, Quantity) and not side.is_part and not side.is_retracted
    ]
    return [c for c in found if _unit(c) == "person"] or found


def _is_ceiling(candidate: Candidate) -> bool:
    """ "At most 30" supports no figure."""
    value = candidate.value
    ceilings = (Comparator.AT_MOST, Comparator.LESS_THAN)
    return isinstance(value, Quantity) and value.comparator in ceilings


def _range(supported: Sequence[Candidate]) -> Value | None:
    """From the lowest to the highest figure, of one kind of thing counted."""
    low, high = min(supported, key=_low, default=None), max(supported, key=_high, default=None)
    if low is None or high is None or _unit(low) != _unit(high):
        return None
    if low.value == high.value or _number(low) == _number(high):
        return low.value
    return Quantity(_number(low), _number(high), Comparator.BETWEEN, _unit(low))


def _latest_official(
    answers: Answers, candidates: Sequence[Candidate], officials: frozenset[str]
) -> Value | None:
    """The answer that police, a ministry, a coroner or the like gave last."""
    said = [
        (claim.as_of.start.isoformat() if claim.as_of and claim.as_of.start else "", n)
        for n, claims in enumerate(answers.held)
        for claim in claims
        if any(is_official(voice, officials) for voice in claim.voices)
    ]
    if not said:
        return None
    return candidates[
        max(said, key=lambda s: (s[0], not answers.sides[s[1]].is_part, _high(candidates[s[1]])))[1]
    ].value


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


def _number(candidate: Candidate) -> float | int | None:
    """The number said, before the comparator speaks."""
    if not isinstance(candidate.value, Quantity):
        return None
    return candidate.value.high if candidate.value.low is None else candidate.value.low
