"""Which given mentions of people, things, places and times mean one, across documents.

Rules in turn, strongest first, over clusters that refuse what cannot be (`Referents`). Names are
linked throughout by the judgements of `resolve`; other words only within one story, since "the
police" are others elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_words
from consilience.records import Document, Kind, Passage, Reading
from consilience.resolve import chain_entities, resolve
from consilience.resolve.antecedent import antecedent
from consilience.resolve.chains import chain_key, fold
from consilience.resolve.event_stories import event_stories
from consilience.resolve.kinds import settled_chains
from consilience.resolve.referents import Name, Referents, is_named_for, name_of, names_fit
from consilience.resolve.referring import PRONOUNS, Referring, Sort, read_mentions, singular
from consilience.resolve.story_times import time_keys

# Two clusters that take part in so many of the same things, in the same roles, are one. By hand
# on the training part of ECB+: one such thing gains links and loses more in wrong ones.
SAME_ROLES_MIN = 2
# A thing that more clusters than this do tells nothing of any two.
ROLE_MAX = 12
# A title or description is a person's when it is his this many times as often as another's.
MOSTLY = 2


def link_entities(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    mentions: Mapping[str, Passage],
) -> dict[str, str]:
    """The cluster of each mention; a cluster is named by the least of its mentions' ids."""
    found = read_mentions(documents, readings, mentions)
    story_of = event_stories(documents, readings)
    referents = Referents(found)
    by_story: dict[str, list[Referring]] = {}
    for mention in found:
        by_story.setdefault(story_of[mention.document_id], []).append(mention)
    told = [by_story[story] for story in sorted(by_story)]
    for group in told:
        _join_names(referents, group)
    _join_judged(referents, found, documents, readings)
    for group in told:
        _join_nouns(referents, group)
        _join_times(referents, group)
    _join_chains(referents, found)
    people = _people(documents, readings, story_of)
    for story in sorted(by_story):
        _join_people(referents, story, by_story[story], people)
    _join_pronouns(referents, found)
    for group in told:
        _join_by_roles(referents, group)
    return {id_: referents.root(id_) for id_ in mentions}


def _join_names(referents: Referents, story: Sequence[Referring]) -> None:
    """One name is one thing's; a shorter name is the longer one's that it fits."""
    bearers: dict[Name, list[Referring]] = {}
    for mention in story:
        if mention.sort is Sort.NAME:
            bearers.setdefault(name_of(mention), []).append(mention)
    longer: dict[str, list[Name]] = {}
    for name in sorted(bearers, key=lambda n: (-len(n), n)):
        group = bearers[name]
        referents.join_all(group, surely=True)
        is_person = group[0].kind is Kind.PERSON
        able = [
            other
            for other in dict.fromkeys(n for key in _name_keys(name) for n in longer.get(key, ()))
            if names_fit(name, other)
            and (group[0].kind is None or is_person == (bearers[other][0].kind is Kind.PERSON))
            and not (group[0].kind is Kind.PLACE and is_named_for(name, other))
        ]
        if able:
            best = max(able, key=lambda n: (n[-1] == name[-1], len(bearers[n]), n))
            referents.join(group[0].id, bearers[best][0].id, surely=True)
        for key in _name_keys(name):
            longer.setdefault(key, []).append(name)


def _name_keys(name: Name) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*name, "".join(word[0] for word in name))))


def _join_judged(
    referents: Referents,
    mentions: Iterable[Referring],
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
) -> None:
    by_chain = chain_entities(documents, readings, resolve(documents, readings, ()))
    entity = {chain_key(*chain): id_ for chain, id_ in by_chain.items()}
    _join_by(
        referents,
        (
            (entity[m.chain], m)
            for m in mentions
            if m.sort is Sort.NAME and m.chain is not None and m.chain in entity
        ),
    )


def _join_nouns(referents: Referents, story: Iterable[Referring]) -> None:
    """One noun, or two that are used for one another, with the same figures before it."""
    _join_by(
        referents,
        (
            (repr((_like().get(m.head, m.head), _figures(m), m.kind is Kind.PERSON, _many(m))), m)
            for m in story
            if m.sort is Sort.NOUN
        ),
    )


def _many(mention: Referring) -> bool:
    return mention.kind is Kind.PERSON and mention.is_plural


def _figures(mention: Referring) -> list[str]:
    said = {*mention.words, *mention.modifiers}
    return sorted(word for word in said if any(c.isdigit() for c in word))


@cache
def _like() -> dict[str, str]:
    """The first of its group for each noun that news puts for others."""
    return {
        word: words[0]
        for words in (line.split() for line in sorted(load_words("alike_nouns")))
        for word in words
    }


def _join_times(referents: Referents, story: Iterable[Referring]) -> None:
    times = {m.id: m for m in story if m.sort is Sort.TIME}
    keys = time_keys(times.values())
    _join_by(referents, ((repr(key), times[i]) for i in times for key in sorted(keys[i])))


def _join_chains(referents: Referents, mentions: Iterable[Referring]) -> None:
    """What our reading finds to mean one thing within a document."""
    by_chain: dict[str, list[Referring]] = {}
    for mention in mentions:
        if mention.chain is not None and mention.sort is not Sort.TIME:
            by_chain.setdefault(mention.chain, []).append(mention)
    for key in sorted(by_chain):
        group = by_chain[key]
        referents.join_all(sorted(group, key=lambda m: (m.sort is not Sort.NAME, m.start, m.id)))


@dataclass(frozen=True, slots=True)
class _People:
    """What the readings call the people of each story, whether given as mentions or not.

    `surname` is by the key of a chain that bears one only; `called` counts, for a story and a
    noun, whom it is a title or description of.
    """

    surname: Mapping[str, str]
    called: Mapping[tuple[str, str], Counter[str]]

    def find_called(self, story: str, noun: str) -> str | None:
        """The surname of the one person of the story so called."""
        counts = self.called.get((story, noun), Counter())
        ranked = sorted(counts, key=lambda s: (-counts[s], s))
        if not ranked or (len(ranked) > 1 and counts[ranked[0]] < MOSTLY * counts[ranked[1]]):
            return None
        return ranked[0]


def _people(
    documents: Sequence[Document], readings: Mapping[str, Reading], story_of: Mapping[str, str]
) -> _People:
    surnames: dict[str, str] = {}
    called: dict[tuple[str, str], Counter[str]] = {}
    texts = {d.id: d.text for d in documents}
    for chain in settled_chains(documents, readings):
        last = {fold(form).split()[-1].removesuffix("'s") for form in chain.forms}
        if chain.kind is not Kind.PERSON or len(last) != 1:
            continue
        (surname,) = last
        surnames[chain.key] = surname
        text = texts[chain.document_id]
        nouns = {fold(text[m.head.start : m.head.end]) for m in chain.mentions if not m.named}
        nouns = {noun for noun in nouns - PRONOUNS if singular(noun) == noun}
        for noun in [*(singular(title.split()[-1]) for title in chain.titles), *sorted(nouns)]:
            called.setdefault((story_of[chain.document_id], noun), Counter())[surname] += 1
    return _People(surnames, called)


def _join_people(
    referents: Referents, name: str, story: Sequence[Referring], people: _People
) -> None:
    """Through a name that the chain bears elsewhere, or a title that is one person's."""
    named: dict[str, list[Referring]] = {}
    for mention in story:
        if mention.sort is Sort.NAME and mention.kind is Kind.PERSON:
            named.setdefault(mention.words[-1], []).append(mention)
    for mention in story:
        borne = people.surname.get(mention.chain or "")
        if borne is not None and mention.sort is not Sort.TIME:
            named.setdefault(borne, []).append(mention)
    for surname in sorted(named):
        referents.join_all(named[surname])
    for mention in story:
        if mention.sort is Sort.NOUN and not mention.is_plural:
            meant = people.find_called(name, mention.head)
            if meant in named:
                referents.join(named[meant][0].id, mention.id)


def _join_pronouns(referents: Referents, mentions: Sequence[Referring]) -> None:
    """A pronoun whose chain has nothing else among the mentions means one said just before."""
    by_document: dict[str, list[Referring]] = {}
    for mention in mentions:
        by_document.setdefault(mention.document_id, []).append(mention)
    for group in by_document.values():
        full = {referents.root(m.id) for m in group if m.sort in (Sort.NAME, Sort.NOUN)}
        for i, mention in enumerate(group):
            if mention.sort is Sort.PRONOUN and referents.root(mention.id) not in full:
                meant = antecedent(mention, group[:i], group[i + 1 :], referents)
                if meant is not None:
                    referents.join(meant.id, mention.id)


def _join_by_roles(referents: Referents, story: Sequence[Referring]) -> None:
    """Clusters of different documents that do, or suffer, the same things."""
    takers: dict[tuple[str, str], set[str]] = {}
    told_in: dict[str, set[str]] = {}
    for mention in story:
        root = referents.root(mention.id)
        told_in.setdefault(root, set()).add(mention.document_id)
        if mention.sort is not Sort.TIME:
            for role in mention.roles:
                takers.setdefault(role, set()).add(root)
    votes = Counter(pair for role in sorted(takers) for pair in _pairs(sorted(takers[role])))
    for a, b in sorted(votes, key=lambda pair: (-votes[pair], pair)):
        left, right = referents.root(a), referents.root(b)
        if votes[a, b] < SAME_ROLES_MIN or left == right or told_in[left] & told_in[right]:
            continue
        referents.join(left, right)
        if referents.root(left) == referents.root(right):
            told_in[referents.root(left)] = told_in[left] | told_in[right]


def _pairs(roots: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(roots) <= ROLE_MAX:
        for i, a in enumerate(roots):
            for b in roots[i + 1 :]:
                yield a, b


def _join_by(referents: Referents, keyed: Iterable[tuple[str, Referring]]) -> None:
    groups: dict[str, list[Referring]] = {}
    for key, mention in keyed:
        groups.setdefault(key, []).append(mention)
    for key in sorted(groups):
        referents.join_all(groups[key])
