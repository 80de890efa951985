"""Who of a case is on a list of known people and organisations."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from consilience.decisions import Numbered, located, on, pointed_at, standing_at
from consilience.decisions import texts as documents_by_words
from consilience.lexicon import load_table, load_words
from consilience.records import (
    DecisionKind,
    Document,
    Entity,
    Judgement,
    Kind,
    Known,
    KnownMatch,
    Passage,
    TargetKind,
    Verdict,
)
from consilience.resolve.chains import chain_key, fold
from consilience.resolve.organizations import organization_key, place_key
from consilience.resolve.people import compare_people, person_name
from consilience.resolve.spelling import skeleton

MADE_BY = "consilience.known"
# Names that agree less are kept on record as candidates, and link nobody.
LINK_MIN = 0.9  # all of one name stands in the other, its first part too; by eye
# All parts agree: such a one goes before others whose names only hold this one.
_WHOLE = 0.95
# An age in the text and a year of birth may be so far apart, birthdays and late reports allowed.
_YEARS_APART = 2
_AS_WRITTEN = 0.95, "written alike"
_MARKS = re.compile("[\"'“”„«»‘’`]")
_AGE_AFTER = re.compile(r",?\s+(?:\(|aged\s+)?(\d{1,3})(?=[,.;)])")
_BEFORE_CHARS = 60
# What people are called by what they do: shipowner, physicist, goalkeeper.
_DOER = re.compile(r"[a-z-]+(?:er|or|ist|ian|man|woman|eer|ess|ant|yst|ete|ect|ain|ief|ive)")
_NO_DOER = frozenset(
    {"after", "another", "either", "ever", "for", "however", "never", "nor", "or", "other", "over",
     "rather", "than", "under", "whether"}
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# Part of one land, to the lists.
_WITHIN = {
    "england": "united kingdom", "scotland": "united kingdom", "wales": "united kingdom",
    "catalonia": "spain", "chechnya": "russia", "tibet": "china",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """The entities with their ids on the lists, and every candidate as a judgement.

    `same` are pairs of entities that have one id, and how surely they are one then.
    """

    entities: tuple[Entity, ...]
    judgements: tuple[Judgement, ...]
    same: tuple[tuple[str, str, KnownMatch], ...]

    def same_chains(self, entity_ids: Mapping[tuple[str, str], str]) -> tuple[Judgement, ...]:
        """Judgements on chains that make one of entities that have one id.

        `entity_ids` gives the entity of each (document id, chain id).
        """
        first: dict[str, str] = {}
        for chain, entity_id in entity_ids.items():
            key = chain_key(*chain)
            first[entity_id] = min(key, first.get(entity_id, key))
        return tuple(
            Judgement(
                first[a], first[b], Verdict.SAME, match.score, MADE_BY,
                f"both are “{match.name}”, {match.id} on {match.list_name}",
            )
            for a, b, match in self.same
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _About:
    """What the documents say of an entity that a list may contradict."""

    countries: frozenset[str]
    births: frozenset[int]


def link_known(
    entities: Sequence[Entity],
    documents: Sequence[Document],
    known: Sequence[Known],
    decisions: Sequence[Numbered] = (),
) -> Linked:
    """Link each entity with the one known one whose names it bears, where nothing speaks against.

    The left id of a judgement is an entity's, the right "<list>:<id>". Who could be several is
    linked with none of them. Analysts' words go before.
    """
    chosen, barred = _decided(entities, documents, known, decisions)
    texts = {d.id: d for d in documents}
    index = _index(entities)
    by_id = {entity.id: entity for entity in entities}
    about: dict[str, _About] = {}
    found: dict[tuple[str, str], list[tuple[KnownMatch, bool]]] = {}
    made: list[Judgement] = []
    for one in known:
        for entity_id in sorted(_near(one, index)):
            entity = by_id[entity_id]
            score, reason = _likeness(entity, one)
            if score == 0:
                continue
            if entity_id not in about:
                about[entity_id] = _about(entity, texts)
            against = _contradiction(about[entity_id], one)
            match = KnownMatch(one.list_name, one.id, one.names[0], score, against or reason)
            made.append(_judgement(entity, match, is_same=against is None))
            is_decided = (entity_id, one.list_name) in chosen or (entity_id, one) in barred
            if against is None and score >= LINK_MIN and not is_decided:
                found.setdefault((entity_id, one.list_name), []).append((match, score >= _WHOLE))
    links: dict[str, list[KnownMatch]] = {}
    for (entity_id, _), matches in sorted(found.items()):
        whole = [match for match, is_whole in matches if is_whole]
        able = whole or [match for match, _ in matches]
        if len(able) == 1:
            links.setdefault(entity_id, []).append(able[0])
    for (entity_id, _), match in chosen.items():
        links.setdefault(entity_id, []).append(match)
    return Linked(
        tuple(_linked(entity, links.get(entity.id, ())) for entity in entities),
        tuple(made),
        tuple(_same(links)),
    )


def _decided(
    entities: Sequence[Entity],
    documents: Sequence[Document],
    known: Sequence[Known],
    decisions: Sequence[Numbered],
) -> tuple[dict[tuple[str, str], KnownMatch], set[tuple[str, Known]]]:
    """Who entities are on each list by the last word of an analyst, and who they are not."""
    said = [(n, d) for n, d in on(TargetKind.ENTITY, decisions) if d.names]
    listed = {f"{one.list_name}:{one.id}": one for one in known} if said else {}
    places = located((at, entity.id) for entity in entities for at in entity.mentions)
    known_texts = documents_by_words(documents)
    chosen: dict[tuple[str, str], KnownMatch] = {}
    barred: set[tuple[str, Known]] = set()
    for number, decision in said:
        entity_id = pointed_at(decision.targets[0], known_texts, lambda at: standing_at(places, at))
        for name in decision.names:
            one = listed.get(name)
            if one is None or entity_id is None:
                continue
            key = entity_id, one.list_name
            if decision.kind is DecisionKind.MERGE:
                reason = f"decision {number} of {decision.made_by}"
                chosen[key] = KnownMatch(one.list_name, one.id, one.names[0], 1.0, reason)
                barred.discard((entity_id, one))
            elif decision.kind is DecisionKind.SPLIT:
                barred.add((entity_id, one))
                if key in chosen and chosen[key].id == one.id:
                    del chosen[key]
    return chosen, barred


def _linked(entity: Entity, matches: Sequence[KnownMatch]) -> Entity:
    pairs = tuple((match.list_name, match.id) for match in matches)
    # A place comes with what the gazetteer knows of it.
    return replace(entity, links=(*entity.links, *pairs), known=tuple(matches))


def _same(links: Mapping[str, Sequence[KnownMatch]]) -> Iterator[tuple[str, str, KnownMatch]]:
    bearers: dict[tuple[str, str], list[tuple[str, KnownMatch]]] = {}
    for entity_id, matches in sorted(links.items()):
        for match in matches:
            if match.score >= _WHOLE:
                bearers.setdefault((match.list_name, match.id), []).append((entity_id, match))
    for group in bearers.values():
        for other, match in group[1:]:
            yield group[0][0], other, match


def _judgement(entity: Entity, match: KnownMatch, *, is_same: bool) -> Judgement:
    return Judgement(
        entity.id,
        f"{match.list_name}:{match.id}",
        Verdict.SAME if is_same else Verdict.DIFFERENT,
        match.score,
        MADE_BY,
        f"“{entity.name}” and “{match.name}” on {match.list_name}: {match.reason}",
    )


def _tokens(name: str) -> set[str]:
    return {_skeleton(word) for word in _WORD.findall(fold(name).replace("'", "").replace("’", ""))}


# The same given names come again and again in a long list.
_skeleton = lru_cache(maxsize=1 << 16)(skeleton)


def _index(entities: Sequence[Entity]) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Entities by the words of their names, each name with the first letters of all its words."""
    index: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for entity in entities:
        for name in _written(entity.names, entity.kind):
            tokens = _tokens(name)
            letters = frozenset(token[:1] for token in tokens)
            for token in tokens:
                index.setdefault(token, []).append((entity.id, letters))
    return index


def _written(names: Sequence[str], kind: Kind | None) -> Iterator[str]:
    """The names, those of organisations also as they are compared: UN, united nations."""
    yield from names
    if kind in (Kind.ORGANIZATION, None):
        yield from (organization_key(name)[0] for name in names)


def _near(one: Known, index: Mapping[str, list[tuple[str, frozenset[str]]]]) -> set[str]:
    """Entities that share a word of a name with a known one, and another word's first letter."""
    near = set()
    for name in _written(one.names, one.kind):
        tokens = _tokens(name)
        letters = {token[:1] for token in tokens}
        needed = min(2, len(letters))
        for token in tokens & index.keys():
            near |= {id_ for id_, theirs in index[token] if len(letters & theirs) >= needed}
    return near


def _likeness(entity: Entity, one: Known) -> tuple[float, str]:
    """How surely the names are one's, 0 where they are not, and why."""
    if one.kind not in (entity.kind, None) or (one.kind is None and entity.kind is Kind.PLACE):
        return 0.0, ""
    if entity.kind is Kind.PERSON:
        return _likeness_of_people(entity, one)
    key = organization_key if entity.kind is Kind.ORGANIZATION else place_key
    ours, theirs = ({key(name) for name in names} for names in (entity.names, one.names))
    if ours & theirs:
        return 0.97, "the same name"
    alike = any(a == b and None in (x, y) for a, x in ours for b, y in theirs)
    return (0.9, "the same name, a country or sort added") if alike else (0.0, "")


def _bare(name: str) -> str:
    return fold(_MARKS.sub("", name))


def _likeness_of_people(entity: Entity, one: Known) -> tuple[float, str]:
    # A name of one word is borne by many, “El Zorro” by few.
    shared = {_bare(name) for name in entity.names} & {_bare(name) for name in one.names}
    n_words = max((len(name.split()) for name in shared), default=0)
    best = (0.0, "") if n_words == 0 else (0.5, "the same word") if n_words == 1 else _AS_WRITTEN
    theirs = [replace(n, gender=one.gender or n.gender) for n in map(person_name, one.names)]
    for ours in map(person_name, entity.names):
        for other in theirs:
            if not ours.is_full or not other.is_full:
                continue
            compared = compare_people(ours, other)
            if compared is not None and compared[0] is Verdict.SAME and compared[1] > best[0]:
                best = compared[1], compared[2]
    return best


def _about(entity: Entity, documents: Mapping[str, Document]) -> _About:
    countries: set[str] = set()
    births: set[int] = set()
    for at in entity.mentions:
        document = documents[at.document_id]
        words = " ".join(document.text[at.start : at.end].split())
        if entity.kind is Kind.PERSON and words in entity.names:
            countries |= _countries_before(document.text, at)
            births |= _births_after(document, at)
    return _About(frozenset(countries), frozenset(births))


def _countries_before(text: str, at: Passage) -> set[str]:
    """The countries of “the former Norwegian justice minister” right before a name."""
    before = _WORD.findall(text[max(0, at.start - _BEFORE_CHARS) : at.start])
    if not before or not text[max(0, at.start - _BEFORE_CHARS) : at.start].rstrip().endswith(
        before[-1]
    ):
        return set()
    demonyms = load_table("demonyms")
    for word in reversed(before):
        folded = fold(word)
        if folded in demonyms:
            return {_WITHIN.get(demonyms[folded], demonyms[folded])}
        if folded not in _called_so() and (folded in _NO_DOER or not _DOER.fullmatch(folded)):
            break
    return set()


@cache
def _called_so() -> frozenset[str]:
    return load_words("offices") | load_words("people") | load_words("honorifics")


def _births_after(document: Document, at: Passage) -> set[int]:
    """The year of birth by “, 54,” behind a name, as of the day of the document."""
    found = _AGE_AFTER.match(document.text, at.end)
    when = document.published
    if found is None or when is None or when.start is None:
        return set()
    return {when.start.year - int(found[1])}


def _contradiction(about: _About, one: Known) -> str | None:
    """What of the documents the list contradicts, in words."""
    theirs = {_WITHIN.get(country, country) for country in one.countries}
    if about.countries and theirs and not about.countries & theirs:
        return f"of {min(about.countries)}, not of {min(theirs)}"
    apart = [abs(a - b) for a in about.births for b in one.born]
    if apart and min(apart) > _YEARS_APART:
        return f"born about {min(about.births)}, not in {min(one.born)}"
    return None
