"""A surname, a given name or a nickname alone: whose it is in its document, else in the case."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from consilience.lexicon import load_table, load_words
from consilience.records import Judgement, Verdict
from consilience.resolve.between import MADE_BY
from consilience.resolve.chains import Chain
from consilience.resolve.people import PersonName, contains_name
from consilience.resolve.spelling import given_names, keys, near_keys

Names = Mapping[str, PersonName]


# A short name that so many in the case could bear is nobody's in a document that names none.
CASE_MAX = 40


@dataclass(frozen=True, slots=True)
class _Person:
    """A cluster with a full name, and its chains by document."""

    number: int
    names: tuple[PersonName, ...]
    by_document: Mapping[str, Sequence[Chain]]

    def within(self, document_id: str) -> Sequence[Chain]:
        return self.by_document.get(document_id, ())


class _Present:
    """The people of one document, found by how parts of their names may be written."""

    def __init__(self) -> None:
        self._by_key: dict[str, dict[int, _Person]] = {}
        self._numbers: set[int] = set()

    def add(self, person: _Person) -> None:
        if person.number in self._numbers:
            return
        self._numbers.add(person.number)
        for word in _words(person.names):
            for key in near_keys(word) | {word[:1]}:
                self._by_key.setdefault(key, {})[person.number] = person

    def bearers(self, short: PersonName) -> dict[int, _Person]:
        """All whom the short name may mean, and others of whom it may share a part."""
        found: list[dict[int, _Person]] = [
            {n: p for key in near_keys(part) for n, p in self._by_key.get(key, {}).items()}
            for part in short.parts + short.nicknames
        ]
        return min(found, key=len, default={})


def judge_short_names(
    people: Sequence[tuple[Chain, ...]],
    names: Names,
    bars: frozenset[tuple[str, str]],
    taken: frozenset[str],
) -> Iterator[Judgement]:
    """Links from short names to full ones.

    Args:
        people: clusters of chains of persons, made from the full names.
        names: the fullest name of each chain.
        bars: pairs of chains said to be different, each sorted.
        taken: folded names that in this case also name a place or an organisation.
    """
    full, shorts = _parted(people, names)
    index = _index(full)
    present: dict[str, _Present] = {}
    for person in full:
        for document_id in person.by_document:
            present.setdefault(document_id, _Present()).add(person)
    nobodys: dict[PersonName, list[Chain]] = {}
    resolved: dict[tuple[str, int], list[Chain]] = {}
    for (document_id, short), unsure in sorted(shorts.items(), key=_turn):
        present_here = present.setdefault(document_id, _Present())
        here = _able(short, present_here.bearers(short), unsure, bars)
        if here:
            found = _in_document(unsure, here, resolved, document_id)
        else:
            able = _able(short, _bearers(short, index), unsure, bars)
            found = _in_case(short, unsure, able, taken)
            if not able:
                nobodys.setdefault(short, []).extend(unsure)
        if found is None:
            continue
        person, score, reason = found
        resolved.setdefault((document_id, person.number), []).extend(unsure)
        present_here.add(person)
        for chain in unsure:
            yield _same(chain, _nearest_chain(person, document_id), score, reason)
    for short, alone in nobodys.items():
        yield from _among_themselves(short, alone)


def _parted(
    people: Sequence[tuple[Chain, ...]], names: Names
) -> tuple[list[_Person], dict[tuple[str, PersonName], list[Chain]]]:
    """Those named in full somewhere, and the chains of the others by document and name."""
    full: list[_Person] = []
    shorts: dict[tuple[str, PersonName], list[Chain]] = {}
    for number, group in enumerate(people):
        if any(names[chain.key].is_full for chain in group):
            by_document: dict[str, list[Chain]] = {}
            for chain in group:
                by_document.setdefault(chain.document_id, []).append(chain)
            full.append(_Person(number, _names(group, names), by_document))
        else:
            for chain in group:
                shorts.setdefault((chain.document_id, names[chain.key]), []).append(chain)
    return full, shorts


def _nearest_chain(person: _Person, document_id: str) -> Chain:
    """A chain of the person in this document, else in the first that names them."""
    chains = person.within(document_id) or person.by_document[min(person.by_document)]
    return min(chains, key=lambda c: c.key)


def _turn(item: tuple[tuple[str, PersonName], list[Chain]]) -> tuple[str, int, int, str]:
    """More parts first, since "García Ruiz" helps to tell whose "García" is; then as they stand."""
    (document_id, short), group = item
    return document_id, -len(short.parts + short.nicknames), group[0].start, group[0].key


def _names(group: Sequence[Chain], names: Names) -> tuple[PersonName, ...]:
    return tuple(sorted({names[c.key] for c in group}, key=lambda n: (n.parts, n.nicknames)))


def _index(people: Sequence[_Person]) -> dict[str, list[_Person]]:
    index: dict[str, list[_Person]] = {}
    for person in people:
        words = {word for part in _words(person.names) for word in keys(part)}
        for word in sorted(words):
            index.setdefault(word, []).append(person)
    return index


def _words(names: Iterable[PersonName]) -> set[str]:
    return {word for name in names for word in name.parts + name.nicknames}


def _bearers(short: PersonName, index: Mapping[str, list[_Person]]) -> dict[int, _Person]:
    return {
        person.number: person
        for part in short.parts + short.nicknames
        for word in sorted(keys(part))
        for person in index.get(word, [])[: CASE_MAX + 1]
    }


def _able(
    short: PersonName,
    near: Mapping[int, _Person],
    unsure: Sequence[Chain],
    bars: frozenset[tuple[str, str]],
) -> list[_Person]:
    """Those whose name it best fits, of whom none is said to be somebody else."""
    fits = {
        number: max(contains_name(name, short) for name in person.names)
        for number, person in near.items()
        if not _barred(person, unsure, bars)
    }
    best = max(fits.values(), default=0.0)
    return [near[n] for n in sorted(near) if best > 0 and fits.get(n) == best]


def _barred(person: _Person, group: Sequence[Chain], bars: frozenset[tuple[str, str]]) -> bool:
    return any(
        tuple(sorted((a.key, b.key))) in bars for a in group for b in person.within(a.document_id)
    )


def _in_document(
    group: Sequence[Chain],
    here: Sequence[_Person],
    resolved: Mapping[tuple[str, int], list[Chain]],
    document_id: str,
) -> tuple[_Person, float, str] | None:
    if len(here) == 1:
        return here[0], 0.93, "the only one named in this document whose name it can be"
    titled = [p for p in here if _titles(group) & _titles(p.within(document_id))]
    if len(titled) == 1:
        return titled[0], 0.88, "the one with this title among those whose name it can be"
    starts, last = _last_named(
        (place, p.number)
        for p in here
        for chain in (*p.within(document_id), *resolved.get((document_id, p.number), []))
        for place in chain.said_at
    )
    votes: Counter[int] = Counter()
    for start, _ in (place for chain in group for place in chain.said_at):
        before = bisect_left(starts, start)
        nearest = last[before - 1] if before else None
        if nearest is not None:
            votes[nearest] += 1
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    chosen = next(p for p in here if p.number == ranked[0][0])
    return chosen, 0.75, "the last one named before it of those whose name it can be"


def _last_named(
    said: Iterable[tuple[tuple[int, int], int]],
) -> tuple[list[int], list[int | None]]:
    """Where somebody is named, in order, and whom its sentence names so far; None if two.

    `said` are places, start and sentence, and who is named there.
    """
    starts: list[int] = []
    last: list[int | None] = []
    sentence, only = -2, None
    for (start, its_sentence), number in sorted(said):
        if its_sentence != sentence:
            sentence, only = its_sentence, number
        elif number != only:
            only = None
        starts.append(start)
        last.append(only)
    return starts, last


def _titles(chains: Sequence[Chain]) -> set[str]:
    words = (title.split()[-1] for chain in chains for title in chain.titles if title.split())
    # "Mr" is nobody's in particular; whom it cannot be for is known by gender.
    forms_of_address = load_words("honorifics") & load_table("gendered_titles").keys()
    return {load_table("offices_abroad").get(w, w) for w in words if w not in forms_of_address}


def _in_case(
    short: PersonName, group: Sequence[Chain], able: Sequence[_Person], taken: frozenset[str]
) -> tuple[_Person, float, str] | None:
    titled = [
        p
        for p in able
        if _titles(group) & _titles([c for chains in p.by_document.values() for c in chains])
    ]
    if len(titled) == 1:
        return titled[0], 0.8, "the only one in these documents with this name and title"
    if len(able) != 1 or (len(short.parts) == 1 and short.parts[0] in taken):
        return None
    if short.nicknames or set(short.parts) & {n for p in able[0].names for n in p.nicknames}:
        return able[0], 0.95, "the only one in these documents with this nickname"
    if len(short.parts) == 1 and short.parts[0] in given_names():
        return able[0], 0.65, "the only one in these documents with this given name"
    return able[0], 0.78, "the only one in these documents whose name it can be"


def _among_themselves(short: PersonName, group: Sequence[Chain]) -> Iterator[Judgement]:
    documents = {c.document_id for c in group}
    alone = len(short.parts) == 1 and short.parts[0] in given_names()
    first = min(group, key=lambda c: c.key)
    for chain in sorted(group, key=lambda c: c.key):
        if chain.key != first.key and not (alone and len(documents) > 1):
            yield _same(chain, first, 0.7, "the same name, and nowhere a fuller one")


def _same(a: Chain, b: Chain, score: float, reason: str) -> Judgement:
    return Judgement(a.key, b.key, Verdict.SAME, score, MADE_BY, f"“{a.forms[0]}”: {reason}")
