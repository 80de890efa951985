"""Which counts of one noun answer one question."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from consilience.records import Claim, Quantity
from consilience.weigh.counted import Topic
from consilience.weigh.figure import OFFER

# Likeness of two sentences that count one noun in one happening; half of it when they share the
# verb. By eye on invented cases: 0.57 joins the same, 0.5 also joins other sums of money.
_SAME_TOPIC_MIN = 0.55
# Verbs of what stands or waits: how many do may change from day to day.
STATES = frozenset(
    {"be", "lie", "wait", "stand", "remain", "stay", "queue", "sit", "idle", "anchor"}
)
# Two figures of a size like these that differ by so little are of one thing: small ones are alike
# by chance.
LARGE_MIN = 20
NEARLY = 0.1


def by_topic(claims: Sequence[Claim], topics: Mapping[str, Topic]) -> list[list[Claim]]:
    """Claims of one counted noun, joined where they count in one happening (single link)."""
    is_joined = _same_topics([topics[c.id] for c in claims]) | _near(claims)
    # What is offered is one question, and what it costs somebody another.
    is_offered = np.array([topics[c.id].lemma == OFFER for c in claims])
    is_joined &= is_offered[:, None] == is_offered[None, :]
    charges = np.array([topics[c.id].charge for c in claims])
    is_joined &= charges[:, None] == charges[None, :]
    groups: list[list[Claim]] = []
    waiting = list(range(len(claims)))
    while waiting:
        group, todo = set(), [waiting[0]]
        while todo:
            i = todo.pop()
            group.add(i)
            todo += [j for j in waiting if is_joined[i, j] and j not in group and j not in todo]
        groups.append([claims[i] for i in sorted(group)])
        waiting = [i for i in waiting if i not in group]
    return groups


def topic_of(claims: Sequence[Claim], topics: Mapping[str, Topic]) -> str:
    """What most of the claims were counted in, the first of those as common."""
    lemmas = Counter(topics[c.id].lemma for c in claims if c.id in topics)
    return max(lemmas, key=lambda lemma: lemmas[lemma], default="")


def asked_of(claims: Sequence[Claim], topics: Mapping[str, Topic]) -> str:
    """How most of the claims that are counted in their topic ask for it; empty where none does."""
    lemma = topic_of(claims, topics)
    told = [topics[c.id] for c in claims if c.id in topics]
    words = Counter(t.asked for t in told if t.lemma == lemma and t.asked)
    return max(words, key=lambda asked: words[asked], default="")


def _same_topics(topics: Sequence[Topic]) -> NDArray[np.bool_]:
    """150 bullets fired and 155 bullets fired, not 150 gunmen who came and 20 who fled."""
    n = len(topics)
    if not all(topic.vector for topic in topics):
        return np.array([[a == b for b in topics] for a in topics]).reshape(n, n)
    vectors = np.array([topic.vector for topic in topics]).reshape(n, -1)  # (N, D)
    # Rounded, so that the order of a sum decides nothing.
    likeness = np.round(vectors @ vectors.T, 6)  # (N, N)
    verbs = np.array(["be" if topic.lemma in STATES else topic.lemma for topic in topics])
    shared = (verbs[:, None] == verbs[None, :]) & (verbs != "")[:, None]
    same: NDArray[np.bool_] = likeness >= np.where(shared, _SAME_TOPIC_MIN / 2, _SAME_TOPIC_MIN)
    return same


def _near(claims: Sequence[Claim]) -> NDArray[np.bool_]:
    """Whether two documents give nearly one large number: 640 dockers and 587."""
    numbers = np.array([_number(claim) for claim in claims])  # (N,)
    documents = np.array([claim.passage.document_id for claim in claims])
    high = np.maximum(numbers[:, None], numbers[None, :])
    apart = np.abs(numbers[:, None] - numbers[None, :])
    near = (apart <= NEARLY * high) & (high >= LARGE_MIN)
    joined: NDArray[np.bool_] = near & (documents[:, None] != documents[None, :])
    return joined


def _number(claim: Claim) -> float:
    value = claim.value
    assert isinstance(value, Quantity)
    return float(value.high or 0) if value.low is None else float(value.low)
