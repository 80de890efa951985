"""One kind for one name, where the tagger wavers between documents."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from consilience.records import Document, Kind, Reading
from consilience.resolve.between import names_at_birth
from consilience.resolve.chains import Chain, chains, fold
from consilience.resolve.mistyped import mend_kinds
from consilience.resolve.people import person_name
from consilience.resolve.place_kinds import placed

# Boston may be what one man is called, but said so often it is the city.
NICKNAME_MAX = 2
# A name seen under one kind this many times as often as under another has the first kind.
KIND_MAJORITY = 2  # by eye; a tagger errs on single mentions, seldom on most of them
_ON_TIE = (Kind.PLACE, Kind.ORGANIZATION, Kind.PERSON)


def settled_chains(
    documents: Sequence[Document], readings: Mapping[str, Reading]
) -> tuple[Chain, ...]:
    """The named chains of a case, each of the kind that most of the case gives its name.

    What is elsewhere the full name of a person, or a nickname in quotes, is a person.
    """
    named = _with_birth_names(chains(documents, readings), names_at_birth(documents, readings))
    found = mend_kinds(placed(documents, named), documents)
    seen: dict[str, Counter[Kind]] = {}
    full: set[tuple[str, ...]] = set()
    nicknames: set[str] = set()
    for chain in found:
        for form in chain.forms:
            seen.setdefault(fold(form), Counter())[chain.kind] += len(chain.said_at)
            if chain.kind is Kind.PERSON:
                name = person_name(form)
                full |= {name.parts} if len(name.parts) > 1 else set()
                nicknames |= set(name.nicknames)
    return tuple(_settled(chain, seen[fold(chain.forms[0])], full, nicknames) for chain in found)


def _with_birth_names(found: Sequence[Chain], names: Mapping[str, str]) -> tuple[Chain, ...]:
    return tuple(replace(c, forms=(*c.forms, names[c.key])) if c.key in names else c for c in found)


def _settled(
    chain: Chain, seen: Counter[Kind], full: set[tuple[str, ...]], nicknames: set[str]
) -> Chain:
    if chain.kind is not Kind.PERSON:
        name = person_name(chain.forms[0])
        alone = name.parts if len(name.parts) == 1 and seen[chain.kind] <= NICKNAME_MAX else ()
        if nicknames.intersection(alone):
            return replace(chain, kind=Kind.PERSON)
        if name.nicknames and name.parts in full:
            return replace(chain, kind=Kind.PERSON)
    elif person_name(chain.forms[0]).nicknames:
        return chain
    best = max(seen, key=lambda k: (seen[k], _ON_TIE.index(k)))
    # A name of several words is hardly ever that of two things, as Houston is.
    several = " " in chain.forms[0]
    if several or seen[best] >= KIND_MAJORITY * seen[chain.kind]:
        return replace(chain, kind=best)
    return chain
