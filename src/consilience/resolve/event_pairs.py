"""What speaks for and against two mentions of one story telling of one event."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from consilience.lexicon import load_words
from consilience.resolve.event_mentions import EventMention

# The scores below are set by hand, in quarters of a unit of log odds, and tuned on ECB+ train.
# Two mentions of one frame in one story begin here.
ONE_STORY = 1.5
_SAYING = "say"
_COSINE_MEAN = 0.6  # of the sentences of two mentions of one frame in one story, ECB+ train


@dataclass(frozen=True, slots=True)
class Sign:
    """How much one comparison speaks for one event (above 0) or two, and why."""

    score: float
    reason: str


def sentences(a: EventMention, b: EventMention) -> Sign | None:
    """Who tells two things in one sentence hardly tells one twice."""
    if a.sentence == b.sentence:
        return Sign(-2.0, "told apart in one sentence")
    if not a.vector.any() or not b.vector.any():
        return None
    return Sign(0.5 * (_cosine(a, b) - _COSINE_MEAN), "how alike their sentences are")


def words(a: EventMention, b: EventMention) -> Sign | None:
    """One word says more than two that mean alike; in one document most of all."""
    if a.lemma != b.lemma:
        return Sign(-0.75, f"“{a.lemma}” and “{b.lemma}”")
    if a.passage.document_id == b.passage.document_id:
        return Sign(0.75, f"one document says “{a.lemma}” again")
    return None


def forms(a: EventMention, b: EventMention) -> Sign | None:
    """A noun often means the whole of what a verb tells a part of."""
    return Sign(-0.25, "a noun and a verb") if a.is_noun != b.is_noun else None


def loose_words(a: EventMention, b: EventMention) -> Sign | None:
    """Much is said, made and taken in one story."""
    if a.frame == _SAYING:
        one_speaker = _heads(a, "ARG0") & _heads(b, "ARG0")
        return Sign(-1.25, "the same speaker") if one_speaker else Sign(-2.5, "something said")
    loose = load_words("loose_verbs")
    if a.lemma in loose or b.lemma in loose:
        return Sign(-1.0, "a verb of many meanings")
    return None


def patients(a: EventMention, b: EventMention) -> Sign | None:
    """To whom it was done."""
    return _roles(a, b, "ARG1", same=0.75, apart=-0.75)


def agents(a: EventMention, b: EventMention) -> Sign | None:
    """By whom it was done; less telling, as many are called police."""
    return _roles(a, b, "ARG0", same=0.25, apart=-0.5)


def patient_nouns(a: EventMention, b: EventMention) -> Sign | None:
    """What it was done to, by the noun."""
    shared = _heads(a, "ARG1") & _heads(b, "ARG1")
    return Sign(0.5, f"both of {', '.join(sorted(shared))}") if shared else None


def names_near(a: EventMention, b: EventMention) -> Sign | None:
    """The names in their sentences."""
    if a.names_near and b.names_near and not a.names_near & b.names_near:
        return Sign(-0.25, "no name in common")
    return None


def numbers(a: EventMention, b: EventMention) -> Sign | None:
    """The figures in their sentences."""
    if a.numbers and b.numbers and not a.numbers & b.numbers:
        return Sign(-0.25, "no figure in common")
    return None


def times(a: EventMention, b: EventMention) -> Sign | None:
    """The times they are told of."""
    if a.when is None or b.when is None:
        return None
    if None in (a.when.start, a.when.end, b.when.start, b.when.end):
        return None
    apart = a.when.end <= b.when.start or b.when.end <= a.when.start  # type: ignore[operator]
    return Sign(-0.5, f"{a.when.value} and {b.when.value}") if apart else None


def polarities(a: EventMention, b: EventMention) -> Sign | None:
    """What was done and what was not."""
    return Sign(-0.75, "one is denied") if a.polarity is not b.polarity else None


COMPARISONS: tuple[Callable[[EventMention, EventMention], Sign | None], ...] = (
    sentences, words, forms, loose_words, patients, agents, patient_nouns, names_near, numbers,
    times, polarities,
)  # fmt: skip


def compare(a: EventMention, b: EventMention) -> tuple[Sign, ...]:
    """All that speaks for or against; the scores add up, above 0 they are rather one event."""
    found = (comparison(a, b) for comparison in COMPARISONS)
    return tuple(sign for sign in found if sign is not None)


def score(a: EventMention, b: EventMention) -> float:
    return ONE_STORY + math.fsum(sign.score for sign in compare(a, b))


def _roles(a: EventMention, b: EventMention, role: str, same: float, apart: float) -> Sign | None:
    left, right = _names(a, role), _names(b, role)
    if not left or not right:
        return None
    shared = left & right
    if shared:
        return Sign(same, f"both of {', '.join(sorted(shared))}")
    return Sign(apart, f"{' '.join(sorted(left))} and {' '.join(sorted(right))}")


def _names(of: EventMention, role: str) -> frozenset[str]:
    return frozenset().union(*(p.names for p in of.participants if p.role == role))


def _heads(of: EventMention, role: str) -> frozenset[str]:
    return frozenset(p.head for p in of.participants if p.role == role and p.head)


def _cosine(a: EventMention, b: EventMention) -> float:
    return float(a.vector @ b.vector)
