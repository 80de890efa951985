"""What sort of happening a word tells of, and which words tell only of another."""

from collections.abc import Mapping
from functools import cache

from consilience.lexicon import load_table
from consilience.records import Document, Proposition

# Verbs that only say of another word that it took place: “the strike began”; and such as carry
# another word: “put to a vote”.
OUTSETS = frozenset(
    "begin start happen occur take_place place break_out erupt come come_under last unfold".split()
)
LIGHT = OUTSETS | frozenset(
    "end finish resume continue carry carry_out be open hold go make have get put take give reach "
    "see do".split()
)
# What is most of all news, whichever of these words tells it.
_HARM = frozenset(
    {"attack", "deaths", "injuries", "accident", "disaster", "fire", "storm", "abduction"}
)


def sorts_of(document: Document, proposition: Proposition) -> frozenset[str]:
    """The kind and the frame of a predicate; empty where it has neither."""
    at = proposition.predicate
    if document.text[at.start : at.end].lower() == "struck":
        return frozenset({"harm", "word hit"})
    kind = load_table("event_kinds").get(proposition.lemma)
    sorts = set(_frames().get(proposition.sense or "", ()))
    if proposition.lemma not in LIGHT:
        sorts |= set(_frames().get(proposition.lemma, ()))
    if kind is not None:
        sorts.add(family(kind))
    return frozenset(sorts)


def family(kind: str) -> str:
    """The kind of a happening, all that does harm taken as one."""
    return "harm" if kind in _HARM else kind


@cache
def _frames() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for frame, words in load_table("event_frames").items():
        for word in words.split():
            found[word] = (*found.get(word, ()), f"word {frame}")
    return found


def is_saying(proposition: Proposition) -> bool:
    return proposition.lemma in load_table("reporting_verbs")


def holds(outer: Proposition, inner: Proposition) -> bool:
    """Whether one stands within the arguments of another."""
    return any(
        a.passage.start <= inner.predicate.start and inner.predicate.end <= a.passage.end
        for a in outer.arguments
    )
