"""Claims and sentences found by words, phrases and what they must not hold."""

import re

from consilience.errors import InputError
from consilience.records import Claim, Passage
from consilience.store.words import Term, Wanted
from consilience.web.served import ServedCase, Snapshot

QUERY_MAX = 400
TERMS_MAX = 24
_PART = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')
_WORD = re.compile(r"[^\W_]+")


def parse_query(query: str) -> Wanted:
    """Words, “phrases”, -not, begin*; every other sign parts words.

    Raises:
        InputError: it has no words to be found, or too many.

    >>> parse_query('ferry "nine dead" -crew alarm*').without
    (Term(words=('crew',), is_beginning=False),)
    """
    if len(query) > QUERY_MAX:
        raise InputError(f"the query is longer than {QUERY_MAX} signs; shorten it")
    terms: list[Term] = []
    without: list[Term] = []
    for minus, phrase, word in _PART.findall(query.replace("“", '"').replace("”", '"')):
        words = tuple(_WORD.findall(phrase or word))
        if words:
            term = Term(words, is_beginning=not phrase and word.endswith("*"))
            (without if minus else terms).append(term)
    if len(terms) + len(without) > TERMS_MAX:
        raise InputError(f"the query has more than {TERMS_MAX} terms; leave some out")
    if not terms:
        raise InputError("the query has no words to be found; give some")
    return Wanted(tuple(terms), tuple(without))


def passages_found(case: ServedCase, query: str, limit: int) -> tuple[Passage, ...]:
    """The sentences that hold what is asked for, best first."""
    wanted = parse_query(query)
    sentences, index = case.sentences()
    return tuple(sentences[n] for n in index.find(wanted)[:limit])


def claims_found(
    snapshot: Snapshot, query: str | None, slot: str | None = None, document: str | None = None
) -> tuple[Claim, ...]:
    """The claims of a slot and a document that hold what is asked for, best first."""
    claims = snapshot.dossier.claims
    if query is not None:
        claims = tuple(claims[n] for n in snapshot.told.claims.find(parse_query(query)))
    return tuple(
        claim
        for claim in claims
        if slot in (None, claim.slot) and document in (None, claim.passage.document_id)
    )
