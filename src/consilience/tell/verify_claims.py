"""Whether a claim says what its words say, read a second time and by other means than the first."""

import re
from collections.abc import Iterator

from consilience.numerals import tellable
from consilience.records import (
    Claim,
    Comparator,
    EntityRef,
    Passage,
    Quantity,
    Stance,
    Text,
    Truth,
    Value,
    When,
)
from consilience.tell.lookup import Lookup
from consilience.tell.verify_words import squeezed
from consilience.wording import fold

_COUNTED = frozenset({"killed", "injured", "missing", "detained", "displaced", "cost", "age"})
_NAMED = frozenset(
    {"agent", "patient", "decided_by", "weapon", "cause", "title", "role", "nationality", "status"}
)
# What somebody is told and denied to have done is asked of them, else of the event.
_OF_ENTITIES = frozenset({"title", "role", "age", "nationality", "status"})
# The verb of denying stands within so many characters before what is denied.
_VERB_CHARS = 60
# Words that deny, in the languages whose claims are read; wider than what finds a denial.
_NEGATION = re.compile(r"\b(?:not|never|nobody|no one|den(?:y|ies|ied))\b|n['’]t\b", re.IGNORECASE)
# "Soldiers, not policemen, fired": what is denied is of another.
_CONTRAST = re.compile(r", (?:and |but )?not [^,;.]{1,40},")
_DENYING = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|false(?:ly|hood)?|untrue"
    r"|incorrect|wrong(?:ly)?|mistaken(?:ly)?|erroneous(?:ly)?|fabricat\w+|invented|hoax|rumou?rs?"
    r"|baseless|unfounded|myth|lie[ds]?|fake|absent|innocent"
    r"|den(?:y|ies|ied|ying|ials?)|disput\w+|reject\w+|refut\w+|rebut\w+|debunk\w+|dismiss\w+"
    r"|disprov\w+|contradict\w+|retract\w+|withdr\w+|correct\w+|contrary|rather than|instead of"
    r"|fail\w*|refus\w+|declin\w+|rul(?:ed?|es|ing) out|exclud\w+|clear(?:ed|s)|exonerat\w+"
    r"|acquit\w+|stay\w* (?:home|away)|elsewhere|abroad|off duty|uninvolved|unrelated|unproven"
    r"|(?:switched|turned|shut|cut) off|disabled|disconnected|deactivated|unplugged"
    r"|out of (?:order|action)|inoperative|broken|dead|malfunction\w+"
    r"|nunca|ning[uú]n\w*|tampoco|nadie|neg[oó]|niega\w*|desmint\w+|desmient\w+|ni"
    r"|ne|pas|jamais|aucun\w*|d[eé]ment\w*|nicht|kein\w*|nie|bestreit\w+|dementier\w+"
    r"|n[aã]o|nenhum\w*|negou|non|nessun\w*|mai|smentisc\w*|smentit\w*)\b|n['’]t\b|\bn['’](?=\w)",
    re.IGNORECASE,
)


def check_claim(claim: Claim, book: Lookup) -> Iterator[str]:
    yield from _value(claim, book)
    if not _fits(claim.slot, claim.value):
        yield f"{claim.slot} is not answered by a {type(claim.value).__name__.lower()}"
    if claim.slot != "happened" and (
        (claim.slot in _OF_ENTITIES) != (claim.subject_id in book.entities)
    ):
        yield f"{claim.slot} is not asked of {claim.subject_id}"
    document = book.documents[claim.passage.document_id]
    for voice in claim.voices:
        if voice.name is not None and squeezed(voice.name) not in squeezed(document.text):
            yield f"{document.id} does not name “{voice.name}”"
        if voice.speaker_id is not None and not _mentions(voice.speaker_id, document.id, book):
            yield f"{document.id} does not speak of {book.entities[voice.speaker_id].name}"


def _value(claim: Claim, book: Lookup) -> Iterator[str]:
    words = book.words(claim.passage)
    match claim.value:
        case Quantity():
            language = book.documents[claim.passage.document_id].language
            yield from _quantity(claim.value, words, language, is_sum=bool(claim.sum_of))
            yield from _sum(claim, claim.value, book)
        case Text(text):
            unsaid = [w for w in _tokens(text) if w not in _tokens(words)]
            if unsaid or not _tokens(text):
                yield f"“{words}” does not say “{text}”"
        case EntityRef(entity_id):
            if not _is_meant(entity_id, claim.passage, book):
                yield f"“{words}” does not speak of {book.entities[entity_id].name}"
        case Truth(holds):
            if holds and _NEGATION.search(_CONTRAST.sub(",", words)) is not None:
                yield f"“{words}” denies it"
            if not holds and _DENYING.search(_with_verb(claim, words, book)) is None:
                yield f"“{words}” does not deny it"
        case When():
            pass


def _with_verb(claim: Claim, words: str, book: Lookup) -> str:
    """The words of a claim, with those before them where somebody denies it: “denied reaching”."""
    if not any(voice.stance is Stance.DENIES for voice in claim.voices):
        return words
    text = book.documents[claim.passage.document_id].text
    before = text[max(0, claim.passage.start - _VERB_CHARS) : claim.passage.start]
    return re.split(r"[.!?]\s", before)[-1] + words


def _quantity(value: Quantity, words: str, language: str, *, is_sum: bool) -> Iterator[str]:
    low, high = value.low, value.high
    if not is_sum:
        yield from _unsaid(value, words, language)
    if low is None and high is None:
        yield "a quantity without a number"
    if value.comparator is Comparator.EXACTLY and low != high:
        yield f"exactly {low} is not exactly {high}"
    if value.comparator is Comparator.BETWEEN and (low is None or high is None or low > high):
        yield f"nothing lies between {low} and {high}"


def _unsaid(value: Quantity, words: str, language: str) -> Iterator[str]:
    numbers = tellable(words, language)
    for number in dict.fromkeys(n for n in (value.low, value.high) if n is not None):
        if number not in numbers:
            yield f"“{words}” does not say {number}"


def _sum(claim: Claim, value: Quantity, book: Lookup) -> Iterator[str]:
    """Whether the parts of a number stand where they are said to, and add up to it."""
    if not claim.sum_of:
        return
    for addend in claim.sum_of:
        document = book.documents[addend.passage.document_id]
        if document.id != claim.passage.document_id:
            yield f"a part of its sum stands in another document, {document.id}"
        yield from _unsaid(addend.quantity, book.words(addend.passage), document.language)
    lows = [addend.quantity.low for addend in claim.sum_of]
    total = sum(low for low in lows if low is not None)
    if None in lows or total != value.low:
        yield f"its parts add up to {total}, not to {value.low}"


def _tokens(words: str) -> list[str]:
    return [fold(token) for token in re.findall(r"\w+", words)]


def _is_meant(entity_id: str, passage: Passage, book: Lookup) -> bool:
    """Whether the entity is spoken of in the passage, by name or by a word that stands for it."""
    return any(
        m.document_id == passage.document_id and m.start < passage.end and passage.start < m.end
        for m in book.entities[entity_id].mentions
    )


def _mentions(entity_id: str, document_id: str, book: Lookup) -> bool:
    return any(m.document_id == document_id for m in book.entities[entity_id].mentions)


def _fits(slot: str, value: Value) -> bool:
    """Whether a value is of a kind that can answer the slot."""
    if slot in _COUNTED or slot.startswith("count:"):
        return isinstance(value, Quantity)
    if slot == "freed":
        # How many were, or who was.
        return isinstance(value, Quantity | EntityRef | Text)
    if slot == "when":
        return isinstance(value, When)
    if slot == "where":
        return isinstance(value, EntityRef | Text)
    if slot == "happened":
        return isinstance(value, Truth)
    return slot not in _NAMED or isinstance(value, EntityRef | Text)
