"""Names that a tagger gave a kind they cannot have, or took for names although they are none."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import takewhile

from consilience.gazetteer import find_places
from consilience.lexicon import load_table, load_words
from consilience.records import Document, Kind, PartKind
from consilience.resolve.chains import Chain, fold
from consilience.resolve.spelling import given_names

_SAINTS = frozenset("san santa santo sao saint sainte sankt st st. ste".split())
_SPANISH_ARTICLES = frozenset({"el", "la", "los", "las"})
_ARTICLES = frozenset({"el", "la", "los", "las", "le", "les", "the"})
# Nobody is in, near or outside a person, but "trust in God".
_WHERE = re.compile(
    r"(?<!trust )(?<!faith )(?<!believe )(?<!believed )(?<!belief )"
    r"\b(?:in|near|outside|en|around) $",
    re.IGNORECASE,
)
_ABOVE = frozenset({"allah", "christ", "god", "jesus"})
_BEFORE_CHARS = 24
_WORD = re.compile(r"[^\W\d_]+")


def mend_kinds(chains: Sequence[Chain], documents: Sequence[Document]) -> tuple[Chain, ...]:
    """The chains that are names, those of people that name a place or an organisation as such."""
    by_id = {d.id: d for d in documents}
    large = {fold(form) for c in chains for form in c.forms if not form.islower()}
    told = {fold(form) for c in chains if not _in_headlines(c, by_id) for form in c.forms}
    headed = [c for c in chains if _in_headlines(c, by_id) and not told & set(map(fold, c.forms))]
    cases = _cases(documents) if headed else Counter()
    no_names = {c.key for c in headed if _is_plain(c, cases)}
    sites = _sites(chains)
    return tuple(
        _mended(chain, by_id, sites)
        for chain in chains
        if chain.key not in no_names
        and (chain.kind is Kind.ORGANIZATION or any(_is_large(f, large) for f in chain.forms))
    )


def _is_large(form: str, large: Set[str]) -> bool:
    """Whether the name is written so, here or elsewhere: people on forums write mexico."""
    return not form.islower() or fold(form) in large


def _sites(chains: Sequence[Chain]) -> frozenset[str]:
    """Names with a Spanish article by which a site goes: “La Esperanza” of “La Esperanza mine”.

    Without the article it may be whom a hospital is named for.
    """
    found = set()
    for chain in chains:
        for form in chain.forms if chain.kind is Kind.PLACE else ():
            proper = list(takewhile(lambda word: not word.islower(), form.split()))
            is_site = 1 < len(proper) < len(form.split())
            if is_site and proper[0].casefold() in _SPANISH_ARTICLES:
                found.add(fold(" ".join(proper)))
    return frozenset(found)


def _mended(chain: Chain, documents: Mapping[str, Document], sites: frozenset[str]) -> Chain:
    if chain.kind is not Kind.PERSON or chain.titles:
        return chain
    if all(fold(form) in sites for form in chain.forms):
        return replace(chain, kind=Kind.PLACE)
    words = fold(chain.forms[0]).split()
    if len(words) > 1 and words[0] not in given_names():
        if words[0] in _SAINTS and len(words) <= 3 and words[-1] not in load_words("honorifics"):
            return replace(chain, kind=Kind.PLACE)
        if _names_body(words):
            return replace(chain, kind=Kind.ORGANIZATION)
    if _stands_for_place(chain, documents):
        return replace(chain, kind=Kind.PLACE)
    return chain


def _names_body(words: Sequence[str]) -> bool:
    """Policía de Arlow, the Arlow Fire Department."""
    abroad = load_table("organization_words_abroad")
    foreign = words[0] in abroad and words[1] in ("de", "del", "da", "do", "du", "des")
    english = words[-1] in load_words("organization_nouns") and len(words) > 2
    return foreign or (english and words[-2] in load_words("organization_heads"))


def _stands_for_place(chain: Chain, documents: Mapping[str, Document]) -> bool:
    """Where people are said to be, in a name that is a place's and not one person's in full."""
    if any(len(_without_article(f)) > 1 or fold(f) in _ABOVE for f in chain.forms):
        return False
    text = documents[chain.document_id].text
    places = [
        _WHERE.search(text[max(0, start - _BEFORE_CHARS) : start]) is not None
        for start, _ in chain.said_at
    ]
    return 2 * sum(places) > len(places) and bool(find_places(chain.forms[0]))


def _without_article(name: str) -> list[str]:
    words = name.split()
    return words[1:] if words[0].casefold() in _ARTICLES else words


def _in_headlines(chain: Chain, documents: Mapping[str, Document]) -> bool:
    heads = [
        part.passage
        for part in documents[chain.document_id].parts
        if part.kind is PartKind.HEADLINE
    ]
    return bool(heads) and all(
        any(head.start <= start < head.end for head in heads) for start, _ in chain.said_at
    )


def _is_plain(chain: Chain, cases: Counter[str]) -> bool:
    """Whether all its words are ones that the texts mostly write small: Gallery Collapse."""
    words = [w.casefold() for form in chain.forms for w in _WORD.findall(form)]
    if not words or chain.kind is Kind.ORGANIZATION or given_names().keys() & set(words):
        return False
    here = len(chain.said_at)
    return all(cases[w] > cases[w.capitalize()] + cases[w.upper()] - here for w in words)


def _cases(documents: Sequence[Document]) -> Counter[str]:
    return Counter(word for d in documents for word in _WORD.findall(d.text))
