"""How two offices given to one person stand to each other."""

import re
from datetime import timedelta

from consilience.gazetteer import find_places
from consilience.lexicon import load_words
from consilience.records import RelationKind
from consilience.weigh.sides import Judged, Side, is_wholly_before
from consilience.wording import fold

_FORMER = frozenset(
    {"former", "ex", "acting", "interim", "deputy", "vice", "assistant", "outgoing", "incoming"}
    | {"designate", "elect", "onetime", "retired", "late", "then", "undersecretary", "emeritus"}
)
# They say how high an office is, not which.
_RANKS = frozenset(
    "senior junior chief general executive managing head first second prime national state federal"
    " permanent associate principal lead regional under special mr mrs ms dr sir".split()
)
_HOUSES = frozenset("department office ministry county city town district new st san".split())
_SERVICES = frozenset({"police", "fire"})
# Public offices none of which is held beside another of them.
_SOLE = frozenset({"mayor", "sheriff", "governor", "senator", "coroner", "judge", "ambassador"})
# A word that names a place of so many people is no portfolio; smaller ones are called Justice.
_KNOWN_PLACE_MIN = 50_000
_EMPTY = frozenset({"the", "of", "for", "and", "in", "a", "an", "s"})
# An office changes hands with a reshuffle, seldom within one story.
_RESHUFFLE = timedelta(days=60)


def title_tokens(title: str) -> frozenset[str]:
    """The words of an office without order, accents, spelling of one country, and small words.

    >>> title_tokens("Secretary of Defence") == title_tokens("Defense Secretary")
    True
    """
    words = re.findall(r"[a-z]+", fold(title))
    return frozenset(_american(w) for w in words if w not in _EMPTY)


def _american(word: str) -> str:
    word = re.sub(r"(def|off|lic)ence$", r"\1ense", word)
    word = re.sub(r"(lab|harb|hon)our", r"\1or", word)
    return re.sub(r"centre$", "center", word)


def relate_offices(a: Side, b: Side, left: str, right: str) -> Judged:
    """As `relate_titles`, but for an office that may have changed hands between two reports."""
    kind, why = relate_titles(left, right)
    if kind is RelationKind.CONTRADICTORY:
        for earlier, later, before, after in ((a, b, left, right), (b, a, right, left)):
            if is_wholly_before(earlier, later, _RESHUFFLE):
                return RelationKind.UPDATED, (
                    f"“{after}” is what later reports say, and “{before}” may be a former office"
                )
    return kind, why


def relate_titles(a: str, b: str) -> Judged:
    """Two offices of one person: the same, one inside the other, both held, or a conflict."""
    left, right = title_tokens(a), title_tokens(b)
    if left == right:
        return RelationKind.SAME, "the same office"
    short = {fold(w) for title in (a, b) for w in re.findall(r"\b[A-Z]{2,6}\b", title)}
    if left <= right or right <= left:
        return RelationKind.COMPATIBLE, f"“{a}” and “{b}” are the same office, one said more fully"
    if not (left | right) & _FORMER:
        held = _shared_office(left - short, right - short)
        if held is not None:
            return RelationKind.CONTRADICTORY, (
                f"“{a}” and “{b}” are two different offices of {held}, and a person holds one"
            )
        if _excludes(left, right):
            return RelationKind.CONTRADICTORY, (
                f"“{a}” and “{b}” are two different offices, and a person holds one of them"
            )
    return RelationKind.COMPATIBLE, f"a person can be both “{a}” and “{b}”"


def _shared_office(left: frozenset[str], right: frozenset[str]) -> str | None:
    """The office of which the two titles name different portfolios."""
    for held in sorted((left & right) & (load_words("offices_held_by_one") | {"chief"})):
        one, other = _portfolio(left - right), _portfolio(right - left)
        if held == "chief":
            # Of chiefs there are many in one house, but a fire chief is no police chief.
            one, other = one & _SERVICES, other & _SERVICES
        is_apart = held == "chief" or not _portfolio((left & right) - {held})
        if one and other and is_apart:
            return held
    return None


def _portfolio(words: frozenset[str]) -> frozenset[str]:
    """What an office is for: neither how high it is nor where."""
    offices = load_words("offices_held_by_one")
    return frozenset(w for w in words - offices - _RANKS - _HOUSES if not _is_place(w))


def _is_place(word: str) -> bool:
    return any(p.population >= _KNOWN_PLACE_MIN for p in find_places(word.capitalize())[:1])


def _excludes(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether each is an office that nobody holds beside the other."""
    one, other = left & _SOLE, right & _SOLE
    return len(one) == len(other) == 1 and one != other
