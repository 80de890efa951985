"""For whom or what somebody was let go, and who was let go in return."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consilience.records import Argument, Claim, EntityRef, Kind, Passage, Proposition, Text
from consilience.weigh.acts import Act
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.cast import (
    Cast,
    Part,
    argument_of,
    cast,
    propositions_within,
    sentence_of,
)
from consilience.weigh.forces import kinds

_SWAPPING = frozenset({"trade", "swap", "exchange"})
_FREEING = frozenset(
    {"release", "free", "liberate", "hand_over", "return", "hand", "let", "let_go", "go"}
)
_IN_EXCHANGE = r"(?:in (?:exchange|return) for|(?:swap|trade) for|as the price (?:of|for))"
_FOR = re.compile(rf"[^.;\n]{{0,80}}?\b{_IN_EXCHANGE}\s+", re.I)
_FOR_SOMEWHERE = re.compile(rf"\b{_IN_EXCHANGE}\s+", re.I)
# "In exchange for a doctor, the inmates freed two guards."
_FOR_FIRST = re.compile(rf"{_IN_EXCHANGE}\s+", re.IGNORECASE)
_FOR_THEM = re.compile(r"for\s+", re.IGNORECASE)
_RELEASE_OF = re.compile(r"(?:the\s+)?(?:release|freedom|return)\s+of\s+", re.IGNORECASE)
_ONCE = re.compile(r"^(?:once|after|as soon as|when|in return|in exchange)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?|its|their|his|her)\s+", re.IGNORECASE)
_SUM = (
    r"(?:[$€£]\s?\d{1,20}(?:[.,]\d{1,20}){0,6}(?:\s(?:million|billion|thousand))?"
    r"|\d{1,20}(?:[.,]\d{1,20}){0,6}\s(?:million |thousand )?\w+)"
)
_RANSOM = re.compile(
    rf"(?<!\w)(?:ransom(?:\s+of\s+(?:about |around |nearly |more than |at least )?{_SUM})?"
    rf"|{_SUM}(?:[ -]\w+)?\s+ransom|{_SUM}\s+in ransom)",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:paid|pays|paying|payment|handed over|delivered|for|against)\b", re.IGNORECASE
)
_UNPAID = re.compile(
    r"\b(?:no|not|never|without|den(?:y|ied|ies)|any|whether|if|demand\w*|ask(?:ed|ing|s)? for"
    r"|refus\w+|would|will|could|(?-i:may)|might|want\w*|n['’]t)\b",
    re.IGNORECASE,
)
# Where the words for a price end.
_PRICE_ENDS = re.compile(
    r"\s{0,9}(?:[,.;:()\n“”\"–—]|\s-\s|\s(?:who|which|whose|when|while|where|after|before|according|under|on"
    r"|was|were|had|has|have|is|are|said|says|told|by)\b)|$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:them|him|her|they|he|she|we|us|who)\b", re.IGNORECASE)
_FREE = re.compile(r"\s+(?:\w+\s+){0,3}free\b", re.IGNORECASE)
_FREE_CHARS = 40
_THAT = re.compile(r"\s(?:that|to)\s", re.IGNORECASE)
_MAX_PRICE_WORDS = 12
_COUNTED = re.compile(r"(?:[\w,.]+\s+){0,3}")
# A thing given is told by its noun; "nothing" and "now" are none.
_NO_PRICE = frozenset(
    "nothing anything something it them him her this that what cooperation good now time years"
    " bail bond information testimony deal agreement concessions talks help".split()
)


@dataclass(frozen=True, slots=True)
class _Price:
    """What was given for somebody; `part` where it was people."""

    passage: Passage
    part: Part | None


def exchanges(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    told = cast(page)
    propositions = sorted(page.reading.propositions, key=lambda p: (p.predicate, p.id))
    taken: set[Passage] = set()
    for proposition in propositions:
        if proposition.lemma not in _SWAPPING | _FREEING and not _sets_free(told, proposition):
            continue
        sentence = sentence_of(page.reading, proposition)
        event = None if sentence is None else page.event_of(proposition, sentence)
        if sentence is None or event is None:
            continue
        beside = list(propositions_within(propositions, sentence))
        price = _price(told, proposition, sentence)
        if price is not None and price.part is None:
            is_told = any(_frees(told, p) for p in (proposition, *beside))
            if price.passage not in taken and is_told:
                taken.add(price.passage)
                passage = cover(price.passage, proposition.predicate)
                value = Text(told.words(price.passage))
                yield Act(("exchange",)), page.claim(event, "freed", value, passage, proposition)
            continue
        given = None if price is None else price.part
        parts = [given, _object(told, proposition, given)] if given is not None else []
        for part in parts or [_in_turn(told, proposition, beside)]:
            if part is None or part.kind is not Kind.PERSON:
                continue
            passage = cover(part.passage, proposition.predicate)
            act = Act(_side(part), before="exchange")
            yield act, page.claim(event, "freed", part.value, passage, proposition)


def _price(told: Cast, proposition: Proposition, sentence: Passage) -> _Price | None:
    """Who or what was given for somebody: “released him in exchange for the crew”."""
    text, document_id = told.page.document.text, told.page.document.id
    at = _price_begins(told, proposition, sentence)
    if at is None:
        return _ransom(told, proposition, sentence)
    nested = _RELEASE_OF.match(text, at, sentence.end)
    part = _beginning_at(told, nested.end() if nested else at, sentence.end)
    article = _ARTICLE.match(text, at, sentence.end)
    begin = article.end() if article else at
    ends = _PRICE_ENDS.search(text, begin, sentence.end)
    end = ends.start() if ends else sentence.end
    goes_on = _THAT.search(text, begin, end)
    words = text[begin : goes_on.start() if goes_on else end].split()[:_MAX_PRICE_WORDS]
    is_people = (
        part is not None
        and part.kind is Kind.PERSON
        and _COUNTED.fullmatch(text, at, max(at, part.passage.start)) is not None
    )
    if part is not None and (is_people or nested is not None):
        return _Price(part.passage, part)
    if proposition.lemma in _SWAPPING and _FOR_SOMEWHERE.search(text[sentence.start : at]) is None:
        return None
    if not words or _NO_PRICE & {word.lower() for word in (words[0], words[-1])}:
        return None
    if goes_on is not None:
        words = text[begin:end].split()[:_MAX_PRICE_WORDS]
    return _Price(Passage(document_id, begin, _end_of(text, begin, len(words))), None)


def _sets_free(told: Cast, proposition: Proposition) -> bool:
    end = proposition.predicate.end
    after = told.page.document.text[end : end + _FREE_CHARS]
    return proposition.lemma in ("set", "walk") and _FREE.match(after) is not None


def _frees(told: Cast, proposition: Proposition) -> bool:
    """Whether a proposition tells that people were let go."""
    is_freeing = proposition.lemma in _FREEING | {"swap", "trade"}
    if not is_freeing and not _sets_free(told, proposition):
        return False
    words = told.words(proposition.predicate).lower()
    argument = argument_of(proposition, "ARG1", "ARG1-of", "ARG0")
    if argument is None:
        return False
    if proposition.lemma in ("let", "let_go", "go"):
        begin = max(0, proposition.predicate.start - 60)
        let = told.page.document.text[begin : begin + 200]
        if re.search(r"\blet(?:ting)?\b[^.;\n]{0,60}\bgo\b", let, re.IGNORECASE) is None:
            return False
    mention = told.mention_of(argument)
    if _PRONOUN.match(told.words(argument.passage)):
        return True
    return mention is not None and mention.kind is Kind.PERSON and words != "returned"


def _end_of(text: str, begin: int, n_words: int) -> int:
    """Where so many words after a place end."""
    found = re.compile(rf"(?:\S+\s+){{{n_words - 1}}}\S+").match(text, begin)
    end = found.end() if found else begin + 1
    return begin + len(text[begin:end].rstrip(' ,.;:”"'))


def _price_begins(told: Cast, proposition: Proposition, sentence: Passage) -> int | None:
    text = told.page.document.text
    if proposition.lemma in _SWAPPING:
        at = None
        for argument in proposition.arguments:
            found = _FOR_THEM.match(text, argument.passage.start, sentence.end)
            if found and argument.role.startswith("ARG"):
                at = found.end()
        return at
    found = _FOR.match(text, proposition.predicate.end, sentence.end)
    if found is None:
        opening = _FOR_FIRST.match(text, sentence.start, proposition.predicate.start)
        return opening.end() if opening else None
    return found.end()


def _ransom(told: Cast, proposition: Proposition, sentence: Passage) -> _Price | None:
    """The ransom paid before or when somebody was freed, in the same sentence."""
    text = told.page.document.text
    if proposition.lemma not in _FREEING - {"go", "hand", "return"}:
        return None
    found = _RANSOM.search(text, sentence.start, sentence.end)
    if found is None or _PAID.search(text, sentence.start, sentence.end) is None:
        return None
    if _UNPAID.search(text, sentence.start, found.end()) is not None:
        return None
    return _Price(Passage(told.page.document.id, found.start(), found.end()), None)


def _object(told: Cast, proposition: Proposition, given: Part | None) -> Part | None:
    """Who was handed over for one person named, where everybody asks for that one."""
    if given is None or not isinstance(given.value, EntityRef):
        return None
    argument = argument_of(proposition, "ARG1")
    mention = None if argument is None else told.mention_of(argument)
    if argument is None or mention is None or mention.named or proposition.lemma in _SWAPPING:
        return None
    part = told.company(mention, argument.passage.end)
    return part if part is not None and isinstance(part.value, Text) else None


def _beginning_at(told: Cast, at: int, end: int) -> Part | None:
    inside = told.within(Passage(told.page.document.id, at, end))
    mention = min(
        (m for m in inside if m.passage.start <= at + 1),
        key=lambda m: (m.passage.start, -m.passage.end),
        default=None,
    )
    return None if mention is None else told.company(mention, end)


def _in_turn(told: Cast, proposition: Proposition, beside: Sequence[Proposition]) -> Part | None:
    """Who was let go once somebody else was: “once the pilot was freed, the crew were let go”."""
    object_ = argument_of(proposition, "ARG1")
    if object_ is None or proposition.lemma not in _FREEING:
        return None
    if not any(_tells_release(told, a, beside) for a in proposition.arguments):
        return None
    mention = told.mention_of(object_)
    return None if mention is None else told.company(mention, object_.passage.end)


def _tells_release(told: Cast, argument: Argument, beside: Sequence[Proposition]) -> bool:
    if argument.role != "ARGM-TMP" or not _ONCE.search(told.words(argument.passage)):
        return False
    return any(
        p.lemma in _FREEING and argument.passage.start <= p.predicate.start < argument.passage.end
        for p in beside
    )


def _side(part: Part) -> tuple[str, ...]:
    """On which side of the exchange they stood: servants of the state, or others."""
    found = {kind.split("/")[0] for kind in kinds(part.text)}
    if not found:
        return ()
    return ("exchange",) if "state" in found else ("exchange of others",)
