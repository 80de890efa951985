"""Clusters of given mentions, which refuse to be joined where their words cannot mean one thing."""

from collections.abc import Iterable, Sequence

from consilience.lexicon import load_table, load_words
from consilience.records import Kind
from consilience.resolve.referring import FEMININE, MASCULINE, PLURAL, Referring, Sort
from consilience.resolve.spelling import alike

_SMALL = frozenset("of and the for in at de la by a an".split())
ACRONYM_MAX = 6
# Nouns for people that may be one or many: they say nothing of number.
_GROUPS = frozenset(
    "police team family company group gang staff crew army navy government jury public media"
    " crowd people band pair couple duo squad club board council majority rest".split()
)
# Of so many names of a cluster the first in order speak for all.
_NAMES_MAX = 12

Name = tuple[str, ...]


def name_of(mention: Referring) -> Name:
    spelt = load_table("spellings")
    return tuple(spelt.get(w, w) for w in mention.words if w not in _SMALL) or mention.words


def names_fit(a: Name, b: Name) -> bool:
    """Whether two names may be one thing's: one in the other, one surname, or initials.

    >>> names_fit(("anna", "lind"), ("lind",)), names_fit(("anna", "lind"), ("per", "lind"))
    (True, False)
    """
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    if a[-1] == b[-1]:
        shared = bool(set(a[:-1]) & set(b[:-1]))
        return shared or (a[-1] not in _sorts_of_thing() and alike(a[0], b[0]) > 0)
    short, long = sorted((a, b), key=len)
    initials = "".join(word[0] for word in long)
    return len(short) == 1 and len(short[0]) <= ACRONYM_MAX and initials == short[0]


def is_named_for(place: Name, other: Name) -> bool:
    """Whether a longer name says what stands in the place: Arlow, and the Arlow Bible Church.

    >>> is_named_for(("arlow",), ("arlow", "church")), is_named_for(("veda",), ("lake", "veda"))
    (True, False)
    """
    return place[-1] != other[-1] and other[-1] in _sorts_of_thing()


def _sorts_of_thing() -> frozenset[str]:
    """Words that say what sort of thing bears the name, so that sharing one says nothing."""
    return (
        load_words("organization_heads")
        | load_words("facility_nouns")
        | load_words("organization_nouns")
        | load_words("organization_endings")
    )


class Referents:
    """Clusters that grow by joining; what is known of a cluster decides what may join it.

    Held open while the rules of `entity_links` run over the mentions, strongest first.
    """

    def __init__(self, mentions: Iterable[Referring]) -> None:
        self._root: dict[str, str] = {}
        self._names: dict[str, frozenset[Name]] = {}
        self._genders: dict[str, frozenset[str]] = {}
        self._numbers: dict[str, frozenset[str]] = {}
        self._sorts: dict[str, frozenset[str]] = {}
        for mention in mentions:
            self._root[mention.id] = mention.id
            named = mention.sort is Sort.NAME
            self._names[mention.id] = frozenset({name_of(mention)} if named else ())
            self._genders[mention.id] = frozenset(g for g in (mention.gender,) if g)
            self._numbers[mention.id] = frozenset(_number(mention))
            self._sorts[mention.id] = frozenset(_time_or_thing(mention))

    def root(self, id_: str) -> str:
        while self._root[id_] != id_:
            self._root[id_] = self._root[self._root[id_]]
            id_ = self._root[id_]
        return id_

    def may_join(self, a: str, b: str) -> bool:
        """Whether neither gender, number, names nor being a time speak against it."""
        a, b = self.root(a), self.root(b)
        genders = self._genders[a], self._genders[b]
        if all(genders) and genders[0] != genders[1]:
            return False
        if any(k[a] and k[b] and not k[a] & k[b] for k in (self._numbers, self._sorts)):
            return False
        ours, theirs = (sorted(self._names[i])[:_NAMES_MAX] for i in (a, b))
        return (
            not ours or not theirs or any(names_fit(one, other) for one in ours for other in theirs)
        )

    def join(self, a: str, b: str, *, surely: bool = False) -> None:
        """Make one cluster of two, unless something speaks against it and it is not sure."""
        a, b = sorted((self.root(a), self.root(b)))
        if a == b or not (surely or self.may_join(a, b)):
            return
        self._root[b] = a
        self._names[a] |= self._names[b]
        self._genders[a] |= self._genders[b]
        self._numbers[a] |= self._numbers[b]
        self._sorts[a] |= self._sorts[b]

    def join_all(self, group: Sequence[Referring], *, surely: bool = False) -> None:
        for mention in group[1:]:
            self.join(group[0].id, mention.id, surely=surely)


def _number(mention: Referring) -> set[str]:
    if mention.sort is Sort.PRONOUN:
        if mention.head in MASCULINE | FEMININE:
            return {"one"}
        return {"many"} if mention.head in PLURAL else set()
    if mention.kind is not Kind.PERSON or mention.head in _GROUPS:
        return set()
    if mention.sort is Sort.NAME:
        return {"one"}
    if mention.sort is Sort.NOUN:
        return {"many" if mention.is_plural else "one"}
    return set()


def _time_or_thing(mention: Referring) -> set[str]:
    if mention.sort is Sort.PRONOUN:
        return set()
    return {"time" if mention.sort is Sort.TIME else "thing"}
