"""Who is meant by an office alone: "the mayor", where the documents of a case know one mayor."""

import re
from collections.abc import Iterator, Mapping, Sequence

from consilience.lexicon import load_words
from consilience.records import Document, Judgement, Kind, Mention, Reading, Verdict
from consilience.resolve.between import MADE_BY
from consilience.resolve.chains import Chain, chain_key, fold
from consilience.resolve.cluster import SAME_MIN, is_ours

ONLY_HOLDER = 0.75  # by eye: as sure as a surname that only one in the case can bear
# Of these every house, club and country has one: whose must be said, or he be named on the page.
_COMMON = frozenset({"chief", "director", "judge", "minister", "president", "secretary"})
_OFFICES = load_words("offices_held_by_one") | {"chief"}
# "The former mayor", "the deputy mayor", "a mayor" and "the mayor's son" are not the mayor.
_OTHERS = frozenset(
    "a acting an another deputy designate elect ex former late new next old once previous retired"
    " some then vice".split()
)
_THE = re.compile(r"^(?:the|el|la|le) ")
# "The mayor of Arlow Bay", of which our reading takes in the first two words.
_OF = re.compile(r"\s+(?:of|for|de|del)\s+(?:the\s+|la\s+)?[^\W\d_]+(?:\s[A-Z][^\W\d_]*)*")
_OF_CHARS = 60
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("of the for and in s".split())

Office = tuple[str, frozenset[str]]


def judge_roles(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    people: Sequence[Sequence[Chain]],
) -> Iterator[Judgement]:
    """Links from chains without a name to the one person of the case who holds their office."""
    holders: dict[str, list[tuple[int, frozenset[str]]]] = {}
    for number, group in enumerate(people):
        for office, of in sorted(_held(group), key=lambda o: (o[0], sorted(o[1]))):
            holders.setdefault(office, []).append((number, of))
    named_in = [{c.document_id for c in group} for group in people]
    for document, mentions, (office, of) in _roles(documents, readings):
        able = {number for number, held in holders.get(office, ()) if of <= held}
        # "The mayor" without more may be anybody's who is called so.
        rivals = able if of else {number for number, _ in holders.get(office, ())}
        if len(rivals) != 1 or not able:
            continue
        (number,) = able
        if office in _COMMON and not of and document.id not in named_in[number]:
            continue
        first = min(people[number], key=lambda c: (c.document_id != document.id, c.key))
        called = next(m for m in mentions if _the_office(document, m) is not None)
        yield Judgement(
            chain_key(document.id, mentions[0].chain_id), first.key, Verdict.SAME, ONLY_HOLDER,
            MADE_BY,
            f"“{_words(document, called)}”: “{first.forms[0]}” is the only {office} named in"
            " these documents",
        )  # fmt: skip


def with_roles(
    groups: Sequence[Sequence[Chain]],
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    judgements: Sequence[Judgement],
) -> tuple[tuple[Chain, ...], ...]:
    """The clusters, with the chains that an office alone links to them."""
    where = {chain.key: i for i, group in enumerate(groups) for chain in group}
    links = _links(judgements, where)
    made = [list(group) for group in groups]
    for document, mentions, _ in _roles(documents, readings) if links else ():
        key = chain_key(document.id, mentions[0].chain_id)
        if key in links and key not in where:
            made[where[links[key]]].append(
                Chain(key, document.id, Kind.PERSON, (), mentions, (), ())
            )
    return tuple(tuple(group) for group in made)


def _links(judgements: Sequence[Judgement], where: Mapping[str, int]) -> dict[str, str]:
    """To whom each chain without a name goes, an analyst's last word above ours."""
    best: dict[str, tuple[bool, float, str]] = {}
    apart = set()
    for j in judgements:
        for left, right in ((j.left_id, j.right_id), (j.right_id, j.left_id)):
            if left in where or right not in where:
                continue
            if not is_ours(j) and j.verdict is Verdict.DIFFERENT:
                apart.add((left, right))
            if j.verdict is Verdict.SAME and j.score >= SAME_MIN:
                best[left] = max(best.get(left, (False, 0.0, "")), (not is_ours(j), j.score, right))
    return {left: right for left, (_, _, right) in best.items() if (left, right) not in apart}


def _held(group: Sequence[Chain]) -> set[Office]:
    titles = {title for chain in group for title in chain.titles}
    return {office for office in map(_office, titles) if office is not None}


def _office(phrase: str) -> Office | None:
    """The office that a folded title or noun phrase names, and the words that say whose it is."""
    words = _WORD.findall(phrase)
    at = next((i for i, word in enumerate(words) if word in _OFFICES), None)
    if at is None or _OTHERS & set(words):
        return None
    of = frozenset(words[:at] + words[at + 1 :]) - _SMALL
    return (words[at], of) if words[at] != "chief" or of else None


def _roles(
    documents: Sequence[Document], readings: Mapping[str, Reading]
) -> Iterator[tuple[Document, tuple[Mention, ...], Office]]:
    """The chains without a name that hold an office, by document and place."""
    for document in sorted(documents, key=lambda d: d.id):
        if document.id not in readings:
            continue
        grouped: dict[str, list[Mention]] = {}
        for mention in sorted(readings[document.id].mentions, key=lambda m: (m.passage, m.id)):
            grouped.setdefault(mention.chain_id, []).append(mention)
        for mentions in grouped.values():
            if any(m.named or m.kind is not Kind.PERSON for m in mentions):
                continue
            said = [_the_office(document, m) for m in mentions]
            offices = {office for office in said if office is not None}
            if len({name for name, _ in offices}) == 1:
                (name,) = {name for name, _ in offices}
                of = frozenset(word for _, words in offices for word in words)
                yield document, tuple(mentions), (name, of)


def _the_office(document: Document, mention: Mention) -> Office | None:
    phrase = fold(_words(document, mention))
    if not _THE.match(phrase) or not phrase.isascii():
        return None
    head = fold(document.text[mention.head.start : mention.head.end])
    end = mention.passage.end
    after = _OF.match(document.text[end : end + _OF_CHARS])
    found = _office(_THE.sub("", phrase) + (fold(after[0]) if after else ""))
    return found if found is not None and found[0] == head else None


def _words(document: Document, mention: Mention) -> str:
    return " ".join(document.text[mention.passage.start : mention.passage.end].split())
