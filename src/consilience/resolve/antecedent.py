"""What a pronoun means where our reading of the document does not say."""

from collections.abc import Sequence

from consilience.records import Kind
from consilience.resolve.referents import Referents
from consilience.resolve.referring import (
    FEMININE,
    MASCULINE,
    NEUTER,
    PLURAL,
    RELATIVE,
    Referring,
    Sort,
)

# A pronoun means nothing said more sentences before, and looks so many mentions back at most.
REACH_SENTENCES = 3
REACH_MENTIONS = 40
_OF_THINGS = frozenset({"which", "that", "where"})


def antecedent(
    pronoun: Referring,
    before: Sequence[Referring],
    after: Sequence[Referring],
    referents: Referents,
) -> Referring | None:
    """The mention last said before the pronoun that it can mean; of a person, else the next."""
    full = [
        m
        for m in before[-REACH_MENTIONS:]
        if m.sort in (Sort.NAME, Sort.NOUN)
        and m.end <= pronoun.start
        and pronoun.sentence - m.sentence <= REACH_SENTENCES
    ]
    if pronoun.head in RELATIVE:
        able = [
            m
            for m in full
            if m.sentence == pronoun.sentence
            and (pronoun.head in _OF_THINGS or m.kind in (Kind.PERSON, Kind.ORGANIZATION, None))
        ]
        return able[-1] if able else None
    able = [m for m in full if _agrees(pronoun.head, m) and referents.may_join(pronoun.id, m.id)]
    if able:
        return able[-1]
    if pronoun.head not in MASCULINE | FEMININE:
        return None
    following = (
        m
        for m in after[:REACH_MENTIONS]
        if m.sort in (Sort.NAME, Sort.NOUN)
        and m.kind is Kind.PERSON
        and not m.is_plural
        and m.sentence - pronoun.sentence <= 1
        and referents.may_join(pronoun.id, m.id)
    )
    return next(following, None)


def _agrees(pronoun: str, mention: Referring) -> bool:
    if pronoun in MASCULINE | FEMININE:
        return mention.kind in (Kind.PERSON, None) and not mention.is_plural
    if pronoun in PLURAL:
        return mention.is_plural or mention.kind is Kind.ORGANIZATION
    return pronoun in NEUTER and mention.kind is not Kind.PERSON and not mention.is_plural
