"""Who struck first, by the words of a cause: “marchers attacked a patrol”, “shot at first by”."""

import re
from dataclasses import dataclass

from consilience.wording import fold

# Those of one side by whatever name.
FORCES = frozenset(
    {
        "police", "officer", "soldier", "troop", "guard", "agent", "deputy", "army", "patrol",
        "trooper", "policeman", "marine", "peacekeeper", "security", "warden", "deputie", "marshal",
        "gendarme", "force",
    }
)  # fmt: skip
_BLOW = (
    r"(?:attacked|shot(?: at)?|opened fire|fired(?: (?:up)?on| at)?|hurled|threw"
    r"|pelted|rushed|charged|stormed|lunged|rammed|stoned|stabbed|punched|beat(?:en)?|struck|hit"
    r"|kicked|pushed|shoved|pulled a|drew|pointed|swung|assaulted|ambushed|headbutted|spat(?: at|"
    r" on)?)"
)
_SUFFERED = re.compile(
    rf"(?P<struck>.+?) (?:was|were|had been|has been|is|are|came under) (?:{_BLOW}|fire|attack)\b"
    r"(?: first)?(?: by (?P<striker>.+)| from (?P<place>.+))?",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"the first (?:punch|blow|shots?|stones?|bottle|kick|rock)\b.*? (?:by|from) (?P<striker>.+)",
    re.IGNORECASE,
)
_STRUCK = re.compile(
    rf"(?P<striker>.+?) (?:had |have |who )?(?:first )?{_BLOW}\b(?P<struck>.*)", re.IGNORECASE
)
_OUTSIDE = re.compile(r"(?:the )?outside\b", re.IGNORECASE)
_EMPTY = frozenset(
    {
        "a", "an", "the", "by", "at", "on", "of", "with", "who", "had", "fire", "first", "to", "in",
        "into", "from", "two", "three", "several", "his", "their",
    }
)  # fmt: skip
_PRONOUNS = frozenset({"them", "him", "her"})


@dataclass(frozen=True, slots=True)
class Blow:
    """Who struck and who was struck, by the words for them."""

    strikers: frozenset[str]
    struck: frozenset[str]
    is_outside: bool = False

    @property
    def is_of_forces(self) -> bool:
        return self.is_outside or not FORCES.isdisjoint(self.strikers)


def find_blow(said: str) -> Blow | None:
    """Who struck whom, where the words of a cause tell of a blow.

    >>> blow = find_blow("two marchers attacked a patrol")
    >>> blow is not None and blow.is_of_forces
    False
    """
    if found := _FIRST.match(said):
        where = found["striker"]
        return Blow(_words(where), frozenset(), _OUTSIDE.match(where) is not None)
    if found := _SUFFERED.match(said):
        return Blow(_words(found["striker"] or ""), _words(found["struck"]))
    if found := _STRUCK.match(said):
        return Blow(_words(found["striker"]), _words(found["struck"]))
    return None


def struck_otherwise(said_a: str, said_b: str) -> bool:
    """Whether each says that another side struck first."""
    a, b = find_blow(said_a), find_blow(said_b)
    if a is None or b is None:
        return False
    if a.is_of_forces != b.is_of_forces:
        others = b if a.is_of_forces else a
        return not others.struck or not others.struck.isdisjoint(FORCES | _PRONOUNS)
    shared = a.strikers & b.strikers
    is_other = bool(shared) and bool(a.strikers - shared) and bool(b.strikers - shared)
    if is_other and "first" in said_a and "first" in said_b:
        return True
    crossed = (a.strikers & b.struck) | (b.strikers & a.struck)
    return bool(crossed - FORCES - _PRONOUNS) and not shared


def struck_alike(said_a: str, said_b: str) -> bool:
    """Whether both tell of a blow by one side, forces or not."""
    a, b = find_blow(said_a), find_blow(said_b)
    if a is None or b is None or struck_otherwise(said_a, said_b):
        return False
    known = FORCES & (a.strikers | a.struck | b.strikers | b.struck)
    return bool(known) or bool(a.strikers & b.strikers)


def _words(text: str) -> frozenset[str]:
    folded = (fold(word).strip(".,;:“”\"'") for word in text.split())
    return frozenset(w.removesuffix("s") for w in folded if w) - _EMPTY
