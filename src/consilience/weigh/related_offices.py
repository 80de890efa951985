"""How two offices given to one person stand to each other."""

import re
from datetime import timedelta

from consilience.gazetteer import find_places
from consilience.lexicon import load_words
from consilience.records import RelationKind
from consilience.weigh.posts import american, posts_of
from consilience.weigh.sides import Judged, Side, is_before, is_wholly_before
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
_HOUSES = frozenset(
    "department office ministry county city town borough village township municipal district new"
    " st san".split()
)
_SERVICES = frozenset({"police", "fire"})
# These can be held beside others: a senator is a minister, a treasurer of his party a judge.
_BESIDE_OTHERS = {
    "legislator": frozenset({"minister", "prime minister", "secretary", "treasurer"}),
    "treasurer": frozenset({"minister", "mayor", "judge", "prosecutor", "chief executive"}),
    "secretary": frozenset({"prime minister", "mayor", "chief executive", "minister"}),
    "commissioner": frozenset({"police", "fire", "sheriff", "secretary"}),
    "minister": frozenset({"prime minister"}),
}
_NATIONAL = frozenset({"national", "federal", "nationwide"})
# Who heads a service; of one service there is one for the country and one for a town.
_HEADS = frozenset({"chief", "commander", "director", "head", "commissioner", "superintendent"})
_GAINED = re.compile(
    r"\b(?:appointed|named (?:as |the )?new|elected|sworn in|promoted|bec[ao]mes?|took over"
    r"|new(?:ly)?|successor|takes office|took office)\b",
    re.IGNORECASE,
)
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
    return frozenset(american(w) for w in words if w not in _EMPTY)


def relate_offices(a: Side, b: Side, left: str, right: str) -> Judged:
    """As `relate_titles`, but for an office that may have changed hands between two reports."""
    kind, why = relate_titles(left, right)
    if kind is RelationKind.CONTRADICTORY:
        if not a.document_ids.isdisjoint(b.document_ids):
            return RelationKind.COMPATIBLE, f"one document gives both “{left}” and “{right}”"
        for earlier, later, before, after in ((a, b, left, right), (b, a, right, left)):
            is_gained = any(map(_GAINED.search, later.sentences))
            if is_wholly_before(earlier, later, _RESHUFFLE) or (
                is_gained and is_before(earlier.last_said, later.first_said)
            ):
                return RelationKind.UPDATED, (
                    f"“{after}” is what later reports say, and “{before}” may be a former office"
                )
    return kind, why


def relate_titles(a: str, b: str) -> Judged:
    """Two offices of one person: the same, one inside the other, both held, or a conflict."""
    left, right = title_tokens(a), title_tokens(b)
    if left == right:
        return RelationKind.SAME, "the same office"
    several = [(x, y) for x in _told_together(a) for y in _told_together(b)]
    if len(several) > 1 and any(
        relate_titles(x, y)[0] is not RelationKind.CONTRADICTORY for x, y in several
    ):
        return RelationKind.COMPATIBLE, f"a person can be both “{a}” and “{b}”"
    short = {fold(w) for title in (a, b) for w in re.findall(r"\b[A-Z]{2,6}\b", title)}
    if left <= right or right <= left:
        return RelationKind.COMPATIBLE, f"“{a}” and “{b}” are the same office, one said more fully"
    if not (left | right) & _FORMER:
        held = _shared_office(left - short, right - short)
        if held is not None:
            return RelationKind.CONTRADICTORY, (
                f"“{a}” and “{b}” are two different offices of {held}, and a person holds one"
            )
        if _excludes(a, b) or _is_national_of_one(left, right):
            return RelationKind.CONTRADICTORY, (
                f"“{a}” and “{b}” are two different offices, and a person holds one of them"
            )
    return RelationKind.COMPATIBLE, f"a person can be both “{a}” and “{b}”"


def _told_together(title: str) -> list[str]:
    """The offices of “mayor and fire chief”; “minister of labour and mining” is one."""
    pieces = re.split(r"\s{1,9}and\s+|,\s*", title)
    offices = load_words("offices")
    is_each = all(any(w in offices for w in fold(p).split()) for p in pieces)
    return pieces if is_each else [title]


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


def _excludes(a: str, b: str) -> bool:
    """Whether each is a post that nobody holds beside the other."""
    left, right = posts_of(a), posts_of(b)
    if len(left) != 1 or len(right) != 1 or left == right:
        return False
    (one,), (other,) = left, right
    return other not in _BESIDE_OTHERS.get(one, ()) and one not in _BESIDE_OTHERS.get(other, ())


def _is_national_of_one(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether one heads a service of the country and the other that of a town."""
    if not (left & right & _SERVICES and left & _HEADS and right & _HEADS):
        return False
    for national, local in ((left, right), (right, left)):
        if national & _NATIONAL and not local & _NATIONAL:
            return bool(local & {"city", "town", "county", "municipal"}) or any(
                _is_place(w) for w in local - _HEADS - _SERVICES
            )
    return False
