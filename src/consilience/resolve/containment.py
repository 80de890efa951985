"""What a document says of which place lies in which: “Arlow, Norland”, “the Kenyan city of …”."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from consilience.gazetteer import GazetteerPlace, PlaceKind, bearers, contains, place_name_key
from consilience.lexicon import load_table
from consilience.resolve.chains import Chain

Bearers = tuple[GazetteerPlace, ...]

_NAME = r"[^\W\d_a-z][\w.'’-]*(?:\s+(?:of|the|and|de|del|la|los|y|[^\W\d_a-z][\w.'’-]*)){0,4}"
_OUTER = re.compile(
    r"(?P<by>\s*,\s+|\s*\(|(?:\s*,)?\s+in\s+(?:the\s+)?(?:[a-z]+\s+){0,2}"
    r"|,\s+(?:the\s+)?capital of\s+(?:the\s+)?)(?P<name>" + _NAME + ")"
)
_GOES_ON = re.compile(r"\s*,\s+[^\W\d_a-z]|,?\s+(?:and|or|y|o|et|und|e)\s")
# "the Kenyan city of Nakuru", "Saxony's capital Dresden".
_OF_PEOPLE = re.compile(
    r"(?P<people>[^\W\d_a-z]\w{1,40})(?:['’]s)?\s+(?:[a-z-]+\s+){0,2}"
    r"(?:city|town|village|capital|province|state|region|port|suburb|municipality|district)"
    r"(?:\s+of)?\s+$"
)
_PEOPLE_REACH_CHARS = 70


@dataclass(slots=True)
class Around:
    """What is said of the surroundings of one chain's place, each time by who may be meant.

    `outers` hold it for sure; `perhaps` do or stand beside it in a list; `inner` lie in it. It
    `is_elsewhere` where what holds it is unknown to the gazetteer.
    """

    outers: list[Bearers] = field(default_factory=list)
    perhaps: list[Bearers] = field(default_factory=list)
    inner: list[Bearers] = field(default_factory=list)
    is_elsewhere: bool = False


def said_around(chains: Sequence[Chain], texts: Mapping[str, str]) -> dict[str, Around]:
    """By key of chain."""
    unknown = frozenset(place_name_key(f) for c in chains for f in c.forms if not bearers(f))
    at = {(c.document_id, m.passage.start): c.key for c in chains for m in c.mentions if m.named}
    found = {chain.key: Around() for chain in chains}
    for chain in chains:
        own = next((b for b in map(bearers, chain.forms) if b), ())
        for start, places, goes_on in _outers(chain, texts[chain.document_id], unknown):
            around = found[chain.key]
            if places is None:
                around.is_elsewhere = True
            elif not goes_on:
                around.outers.append(places)
            elif _is_held(own, places):
                around.perhaps.append(places)
            outer = at.get((chain.document_id, start))
            if outer is not None and own and not goes_on:
                found[outer].inner.append(own)
    return found


def _is_held(own: Bearers, places: Bearers) -> bool:
    """Whether words that may be a list do not look like one: “Ohio, Indiana and Kentucky”."""
    is_town = bool(own) and own[0].kind is PlaceKind.SETTLEMENT
    return is_town or any(contains(outer, inner) for outer in places for inner in own[:1])


def _outers(
    chain: Chain, text: str, unknown: Set[str]
) -> Iterator[tuple[int, Bearers | None, bool]]:
    """Where an outer place is named, who may be meant (None: no place of the gazetteer), and
    whether the words may be a list."""
    for mention in chain.mentions:
        if not mention.named:
            continue
        end = mention.passage.end
        said = text[mention.passage.start : end]
        if "," in said or "(" in said:
            places, _ = _wide(re.split("[,(]", said)[1].strip(" )"))
            if places:
                yield end, places, False
        outer = _OUTER.match(text, end)
        if outer is not None:
            start = outer.start("name")
            places, n_chars = _wide(outer["name"])
            goes_on = _GOES_ON.match(text, start + n_chars) is not None
            if places:
                yield start, places, goes_on
            elif "," in outer["by"] and not goes_on and place_name_key(outer["name"]) in unknown:
                yield start, None, False
        before = text[max(0, mention.passage.start - _PEOPLE_REACH_CHARS) : mention.passage.start]
        people = _OF_PEOPLE.search(before)
        if people is not None:
            demonyms = load_table("demonyms")
            country = demonyms.get(people["people"].casefold(), people["people"])
            places, _ = _wide(country)
            if places:
                yield -1, places, False


def _wide(name: str) -> tuple[Bearers, int]:
    """The places wider than a town that the longest beginning of a run of words names, and how
    many characters that is."""
    ends = [len(name), *(m.start() for m in re.finditer(r"\s+", name))]
    for end in sorted(ends, reverse=True):
        places = bearers(name[:end])
        if places:
            return tuple(p for p in places if p.kind is not PlaceKind.SETTLEMENT), end
    return (), len(name)
