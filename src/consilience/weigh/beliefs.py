"""How far each answer is to be believed, from the origins that give it.

Truth discovery over origins, after Dong, Berti-Équille and Srivastava (2009): how likely each
answer is and how often each origin is right explain each other. We depart in three ways. Answers
that can be true together do not compete, and a vague one speaks for those that it allows. An
origin speaks less through hearsay. And origins that report one event hear of it from the same
few people, so that a second one adds less than the first.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consilience.records import Claim, Relation, RelationKind, When
from consilience.roots import Roots
from consilience.weigh.implied import are_rivals, is_before, speaks_for
from consilience.weigh.sides import Side
from consilience.weigh.voices import weight

# An origin of which nothing is known is right this often, as surely as so many answers would tell.
# The numbers are those by which belief and right agree best on 249 cases of evaluation/beliefs.py.
ACCURACY_PRIOR = 0.75
ACCURACY_WEIGHT = 8.0
# Wrong answers that might have been given instead.
N_FALSE = 5
# Each further origin of one answer adds this share of what the one before it added.
FURTHER = 0.5
_ROUNDS = 4
_LEAST, _MOST = 0.01, 0.99
# Who gives a larger figure beside this one does not answer with this one.
PART = 0.5


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers to one question: the claims of each, what it is, how each two stand."""

    slot: str
    held: tuple[tuple[Claim, ...], ...]
    sides: tuple[Side, ...]
    relations: tuple[Relation, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    origin: str
    voice: float
    as_of: When | None


@dataclass(frozen=True, slots=True)
class _Ballot:
    """`support[c][o]`: how much of the voice of origin o speaks for answer c."""

    support: tuple[Mapping[str, float], ...]
    holders: Mapping[str, tuple[int, ...]]
    exclusive: tuple[tuple[int, ...], ...]


def beliefs(
    questions: Sequence[Answers], behind: Roots, officials: frozenset[str]
) -> list[list[float]]:
    """For each question the probability of each answer, to four places.

    The answers of a question that exclude one another have at most one together. `officials` are
    the ids of those who hold an office.
    """
    ballots = [_ballot(asked, behind, officials) for asked in questions]
    accuracy: dict[str, float] = defaultdict(lambda: ACCURACY_PRIOR)
    found = [_weighed(ballot, accuracy) for ballot in ballots]
    for _ in range(_ROUNDS):
        accuracy = _accuracy(ballots, found)
        found = [_weighed(ballot, accuracy) for ballot in ballots]
    return [[round(p, 4) for p in answers] for answers in found]


def _ballot(asked: Answers, behind: Roots, officials: frozenset[str]) -> _Ballot:
    said = [
        [
            _Said(
                behind.of_claim(claim),
                weight(claim, officials) * (PART if side.is_part else 1.0),
                claim.as_of,
            )
            for claim in claims
        ]
        for claims, side in zip(asked.held, asked.sides, strict=True)
    ]
    support = [_own(voices) for voices in said]
    exclusive: list[list[int]] = [[] for _ in said]
    for relation in asked.relations:
        left, right = asked.sides[relation.a], asked.sides[relation.b]
        for a, b in ((relation.a, relation.b), (relation.b, relation.a)):
            share = speaks_for(asked.sides[a], asked.sides[b], relation)
            heard = (
                (one.origin, one.voice * share)
                for one in said[a]
                if relation.kind is not RelationKind.UPDATED or is_before(one.as_of, asked.sides[b])
            )
            for origin, voice in heard if share else ():
                support[b][origin] = max(support[b].get(origin, 0.0), voice)
        if are_rivals(left, right, relation):
            exclusive[relation.a].append(relation.b)
            exclusive[relation.b].append(relation.a)
    holders: dict[str, list[int]] = defaultdict(list)
    for c, voices in enumerate(said):
        for origin in _own(voices):
            holders[origin].append(c)
    return _Ballot(
        tuple(support),
        {origin: tuple(answers) for origin, answers in holders.items()},
        tuple(map(tuple, exclusive)),
    )


def _own(voices: Sequence[_Said]) -> dict[str, float]:
    """The strongest voice of each origin."""
    found: dict[str, float] = {}
    for one in voices:
        found[one.origin] = max(found.get(one.origin, 0.0), one.voice)
    return found


def _weighed(ballot: _Ballot, accuracy: Mapping[str, float]) -> list[float]:
    scores = [_score(heard, accuracy) for heard in ballot.support]
    return [
        _chance(score, [scores[d] for d in ballot.exclusive[c]]) for c, score in enumerate(scores)
    ]


def _score(heard: Mapping[str, float], accuracy: Mapping[str, float]) -> float:
    """The logarithm of the odds against any one answer that nobody gives."""
    said = sorted(
        (
            voice * math.log(N_FALSE * accuracy[origin] / (1 - accuracy[origin]))
            for origin, voice in heard.items()
        ),
        reverse=True,
    )
    # A geometric series, cut where it adds nothing: a thousand origins are no more than some.
    return math.fsum(score * FURTHER**n for n, score in enumerate(said[:200]))


def _chance(score: float, others: Sequence[float]) -> float:
    """Against those it excludes, and against all that nobody says."""
    most = max((score, 0.0, *others))
    unsaid = max(1, N_FALSE - len(others)) * math.exp(-most)
    mine = math.exp(score - most)
    return mine / (mine + unsaid + math.fsum(math.exp(other - most) for other in others))


def _accuracy(ballots: Sequence[_Ballot], found: Sequence[Sequence[float]]) -> dict[str, float]:
    """How often each origin is right, judged where another origin answers too."""
    right: dict[str, list[float]] = defaultdict(list)
    for ballot, answers in zip(ballots, found, strict=True):
        alone = len(ballot.holders) == 1
        for origin, held in ballot.holders.items():
            if alone:
                right.setdefault(origin, [])
            else:
                right[origin].append(math.fsum(answers[c] for c in held) / len(held))
    return {
        origin: min(
            _MOST,
            max(
                _LEAST,
                (ACCURACY_WEIGHT * ACCURACY_PRIOR + math.fsum(marks))
                / (ACCURACY_WEIGHT + len(marks)),
            ),
        )
        for origin, marks in right.items()
    }
