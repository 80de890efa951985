"""Names read as a person's or an organisation's that the words around them use for a town."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from consilience.gazetteer import PlaceKind, bearers, contains, find_places, place_name_key
from consilience.records import Document, Kind
from consilience.resolve.chains import Chain

# A name is a town's where this share of all it is said in, and so many, use it for one; by eye.
_PLACED_SHARE = 0.25
_PLACED_MIN = 2
_BEFORE_CHARS = 12
_IN = re.compile(r"\b(?:in|near|outside)\s+$", re.I)
_POSSESSIVE = re.compile(r"['’]s?\b")
_ITS_FORCES = re.compile(
    r"\s+(?:[Pp]olice|PD|[Ff]ire|[Ff]irefighters|[Cc]ity|[Rr]esidents?|[Mm]ayor)\b"
)
_REGION = re.compile(r",\s+(?P<name>[A-Z][\w.]*(?: [A-Z][\w.]*)?)")


def placed(documents: Sequence[Document], chains: Sequence[Chain]) -> tuple[Chain, ...]:
    """The chains, those of names used for a town made places.

    Asked is the gazetteer for the name, the documents for “in Arlow”, “Arlow police” and “Arlow,
    Norland”, often enough, and that nobody in them bears it as a part of a longer name.
    """
    texts = {d.id: d.text for d in documents}
    people = {
        place_name_key(word)
        for c in chains
        if c.kind is Kind.PERSON
        for form in c.forms
        if " " in form
        for word in form.split()
    }
    said: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for chain in chains:
        name = _name(chain)
        if name is None or name in people:
            continue
        text = texts[chain.document_id]
        for mention in (m for m in chain.mentions if m.named):
            said[name] += 1
            used[name] += _signs_of_a_town(text, mention.passage.start, mention.passage.end)
    towns = {n for n in used if used[n] >= _PLACED_MIN and used[n] >= _PLACED_SHARE * said[n]}
    return tuple(
        replace(c, kind=Kind.PLACE) if c.kind is not Kind.PLACE and _name(c) in towns else c
        for c in chains
    )


def _name(chain: Chain) -> str | None:
    """The key of a chain's one name, if a settlement bears it and no title goes with it."""
    keys = {place_name_key(form) for form in chain.forms}
    if len(keys) != 1 or chain.titles:
        return None
    is_town = any(p.kind is PlaceKind.SETTLEMENT for p in find_places(chain.forms[0]))
    return next(iter(keys)) if is_town else None


def _signs_of_a_town(text: str, start: int, end: int) -> int:
    """Two for a town said with its region, which is enough, one for other words."""
    region = _REGION.match(text, end)
    if region is not None and any(
        contains(outer, place)
        for outer in bearers(region["name"])
        for place in find_places(text[start:end])
    ):
        return _PLACED_MIN
    if _POSSESSIVE.match(text, end):
        return 0
    before = text[max(0, start - _BEFORE_CHARS) : start]
    return int(_IN.search(before) is not None or _ITS_FORCES.match(text, end) is not None)
