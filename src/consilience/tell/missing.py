"""What nobody says: what a reader expects of such an event and no document tells.

Three things are kept apart: a slot of which no document speaks; one of which documents say
themselves that it is not known; and one that only voices without a name fill.
"""

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache

from consilience.lexicon import load_table
from consilience.records import Case, Event, Finding, Missing, Weighed
from consilience.tell.holders import Book, as_inside, listed
from consilience.tell.left_open import is_not_known, left_open
from consilience.tell.sentences import words_of
from consilience.wording import label

# The kind whose questions are put to events of kinds that the table does not name.
_ANY_KIND = "event"
# A denial answers: nobody was hurt.
_NOBODY = re.compile(
    r"\b(?:(?:no|without)(?: \w+){0,3}? (?:injur(?:y|ies)|casualt(?:y|ies)|deaths?|fatalit(?:y|ies)"
    r"|victims?|loss of life)|(?:no ?(?:one|body)|none)(?: \w+){0,5}? (?:hurt|injured|wounded"
    r"|killed|harmed|died)|unhurt|unharmed|uninjured|unscathed)\b",
    re.IGNORECASE,
)
_HARM = {"killed": "killed|dead|died|deaths|fatalities", "injured": "injured|hurt|wounded|injuries"}
# Harm without a figure: "several passengers were hurt".
_SOME = r"\b(?:several|some|many|multiple|numerous|scores|dozens)(?: \w+){0,3}? "
_SOME_HARMED = {
    slot: re.compile(rf"{_SOME}(?:{words})\b", re.IGNORECASE) for slot, words in _HARM.items()
}
_NUMBERS = {
    "killed": "No document gives a number of people killed.",
    "injured": "No document gives a number of people injured.",
}
# What kinds of happening a reader takes an event of harm to be told by.
_HARMFUL = frozenset({"attack", "deaths", "injuries"})
# Who did it is an argument of the verb for it, and so is why.
_ROLES = {"agent": ("ARG0",), "cause": ("ARGM-CAU", "ARGM-PRP"), "patient": ("ARG1",)}
# So many origins, and it is worth saying that none has a name or an office to what it gives.
_ORIGINS_MIN = 2
_UNOFFICIAL = re.compile(
    r"\b(?:witness(?:es)?|residents?|neighbou?rs?|sources?|relatives|famil(?:y|ies)|bystanders?"
    r"|locals|insiders?|people|survivors?|friends?)\Z",
    re.IGNORECASE,
)


def missing(case: Case, weighed: Weighed, book: Book) -> tuple[Missing, ...]:
    """The gaps in what is told of the main event, in the order in which its slots are asked."""
    main = case.events[0]
    filled = _filled(case, weighed.findings)
    table = load_table("expected_slots")
    expected = table.get(main.kind, table[_ANY_KIND]).split()
    gaps = {gap.slot: gap for gap in left_open(case, filled)}
    sentences = _sentences(case)
    for slot in expected:
        if slot in filled or slot in gaps:
            continue
        text = _unsaid(case, slot, filled, sentences)
        if text is not None:
            gaps[slot] = Missing(main.id, slot, _limited(case, text))
    gaps |= {gap.slot: gap for gap in _unofficial(main, weighed, book)}
    order = (*expected, *sorted(gaps.keys() - set(expected)))
    return tuple(gaps[slot] for slot in order if slot in gaps)


def _filled(case: Case, findings: Sequence[Finding]) -> Set[str]:
    """The slots that a finding on the main event or a part of it answers, or the event itself."""
    main = case.events[0]
    own = {main.id, *(e.id for e in case.events if e.part_of_id == main.id)}
    filled = {f.slot for f in findings if f.subject_id in own}
    filled |= {p.role for p in main.participants}
    if main.when is not None:
        filled.add("when")
    if main.where:
        filled.add("where")
    return filled


def _sentences(case: Case) -> tuple[str, ...]:
    """Every sentence but those that say of something that it is not known."""
    words = (
        words_of(document, sentence)
        for document in case.documents
        if document.id in case.readings
        for sentence in case.readings[document.id].sentences
    )
    return tuple(sentence for sentence in words if not is_not_known(sentence))


def _unsaid(case: Case, slot: str, filled: Set[str], sentences: Sequence[str]) -> str | None:
    """The sentence on a slot that nothing fills; None where the documents speak of it or deny it.

    A word for it is enough to keep silent: it is told, though not in a way that is understood.
    """
    main = case.events[0]
    if slot in _SOME_HARMED:
        if any(_denies(slot, sentence) for sentence in sentences):
            return None
        if any(_SOME_HARMED[slot].search(sentence) for sentence in sentences):
            return _NUMBERS[slot]
    signs = _signs(slot)
    if _is_argument(case, slot) or any(signs.search(sentence) for sentence in sentences):
        return None
    told = load_table("gaps")
    if slot == "injured" and "killed" in filled:
        return told["injured too"]
    return told.get(f"{main.kind} {slot}", told[slot])


@cache
def _signs(slot: str) -> re.Pattern[str]:
    """Words that speak of a slot; a slot that has none is spoken of by nothing else."""
    stems = load_table("slot_signs").get(slot, "").split()
    return re.compile(rf"\b(?:{'|'.join(stems)})" if stems else r"(?!)", re.IGNORECASE)


def _denies(slot: str, sentence: str) -> bool:
    words = _HARM[slot]
    return any(
        re.search(rf"{words}|harm|un|casualt|loss|victim", m[0], re.IGNORECASE)
        for m in _NOBODY.finditer(sentence)
    )


def _is_argument(case: Case, slot: str) -> bool:
    """Whether a verb that tells of the main event by its kind has what is asked as an argument."""
    main = case.events[0]
    kinds = load_table("event_kinds")
    same = _HARMFUL if main.kind in _HARMFUL else {main.kind}
    return any(
        argument.role in _ROLES.get(slot, ())
        for reading in case.readings.values()
        for proposition in reading.propositions
        if kinds.get(proposition.lemma) in same
        and case.event_by_proposition.get(proposition.id, main.id) == main.id
        for argument in proposition.arguments
    )


def _limited(case: Case, sentence: str) -> str:
    """What is not found in a language that is not read whole may be told there all the same."""
    if any(unread.language == d.language for d in case.documents for unread in d.unread):
        return sentence.replace("No document", "No document that is read whole", 1)
    return sentence


def _unofficial(main: Event, weighed: Weighed, book: Book) -> Iterator[Missing]:
    """Figures for which only people without name or office speak, and no outlet itself."""
    if len(weighed.origins) < _ORIGINS_MIN:
        return
    for finding in weighed.findings:
        if finding.subject_id != main.id or finding.slot not in _NUMBERS:
            continue
        claims = [book.claims[k] for c in finding.candidates for k in c.claim_ids]
        voices = [" ".join((v.name or "").split()) for claim in claims for v in claim.voices[-1:]]
        if len(voices) < len(claims) or not all(map(_UNOFFICIAL.search, voices)):
            continue
        by = listed(sorted({as_inside(voice) for voice in voices}))
        outlets = listed(sorted({label(book.documents[c.passage.document_id]) for c in claims}))
        number = _NUMBERS[finding.slot].removeprefix("No document gives ").removesuffix(".")
        text = f"No official and nobody by name gives {number}: only {by} (in {outlets})."
        yield Missing(main.id, finding.slot, text, tuple(sorted({c.passage for c in claims})))
