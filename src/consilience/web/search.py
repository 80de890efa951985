"""Claims and sentences found by words, phrases and what they must not hold."""

import re
from collections.abc import Sequence

from consilience.answers import Asked
from consilience.errors import InputError
from consilience.records import Claim, Passage
from consilience.store.words import Term, Wanted, WordIndex
from consilience.tell.lookup import lookup
from consilience.tell.phrases import say_value
from consilience.web.served import ServedCase, Snapshot
from consilience.wording import label

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
    asked, index = case.sentences(_index_sentences)
    sentences = _sentences(asked)
    return tuple(sentences[n] for n in index.find(wanted)[:limit])


def _sentences(asked: Asked) -> Sequence[Passage]:
    return [passage for reading in asked.readings for passage in reading.sentences]


def _index_sentences(asked: Asked) -> WordIndex:
    book = lookup(asked.dossier)
    return WordIndex(book.words(passage) for passage in _sentences(asked))


def claims_found(
    snapshot: Snapshot, query: str | None, slot: str | None = None, document: str | None = None
) -> tuple[Claim, ...]:
    """The claims of a slot and a document that hold what is asked for, best first."""
    dossier = snapshot.dossier
    claims = [
        claim
        for claim in dossier.claims
        if slot in (None, claim.slot) and document in (None, claim.passage.document_id)
    ]
    if query is None:
        return tuple(claims)
    book = lookup(dossier)
    index = WordIndex(
        " · ".join(
            (
                claim.slot.removeprefix("count:"),
                say_value(claim.value, book),
                book.words(claim.passage),
                book.name(claim.subject_id) or "",
                label(book.documents[claim.passage.document_id]),
                *(voice.name or "" for voice in claim.voices),
            )
        )
        for claim in claims
    )
    return tuple(claims[n] for n in index.find(parse_query(query)))
