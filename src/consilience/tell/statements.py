"""What people who are known by name said, in their words."""

import re
from collections.abc import Iterator
from datetime import timedelta

from consilience.records import Entity, PartKind, Passage, Quotation, Sentence, Stance
from consilience.tell.material import Material, by_name
from consilience.tell.quotations import words_between_marks
from consilience.tell.sentences import goes_on, is_posted, part_of, quoted
from consilience.wording import label

_MAX_STATEMENTS = 4
# What was said of things longer before the event than this is no statement on it.
_PAST_DAYS = 60
# Words that their speaker does not stand by as said.
_NOT_SAID = frozenset({Stance.DENIES, Stance.ASKS})
_QUOTE_WORDS = (6, 45)


def statements(known: Material) -> Iterator[Sentence]:
    """The most telling direct words of each speaker who is known by name."""
    by_speaker: dict[str, list[Quotation]] = {}
    for quotation in known.quotations:
        speaker = quotation.speaker_id or ""
        if quotation.direct and speaker in known.entities and _telling(known, quotation) > 0:
            by_speaker.setdefault(speaker, []).append(quotation)

    def prominence(speaker: str) -> tuple[int, int, str]:
        entity = known.entities[speaker]
        n_documents = len({m.document_id for m in entity.mentions})
        return -n_documents, -len(by_speaker[speaker]), entity.name

    ranked = sorted((s for s in by_speaker if not _is_ambiguous(known, s)), key=prominence)
    for speaker in ranked[:_MAX_STATEMENTS]:
        best = max(by_speaker[speaker], key=lambda q: (_telling(known, q), q.passage.document_id))
        yield _statement(known, known.entities[speaker], best)


def _is_ambiguous(known: Material, speaker: str) -> bool:
    """Whether the one name that a speaker is known by is that of another, too."""
    name = known.entities[speaker].name
    return " " not in name and any(
        e.id != speaker and e.name.endswith(f" {name}") for e in known.entities.values()
    )


# A mark that opens words within words, and one that closes them.
_OPENED = re.compile(r"(?:^|[\s(])['‘](?=\w)")
_CLOSED = re.compile(r"(?<=[\w.,!?])['’](?=[\s.,!?;)]|$)")


def _is_whole(words: str) -> bool:
    """Whether no quotation within the quotation is cut short."""
    return not _OPENED.search(words) or _CLOSED.search(words) is not None


def _telling(known: Material, quotation: Quotation) -> int:
    words = _spoken(known, quotation)
    n_words = len(words.split())
    low, high = _QUOTE_WORDS
    document = known.documents[quotation.passage.document_id]
    if document.language not in known.languages:
        return 0
    if quotation.stance in _NOT_SAID:
        return 0
    if part_of(document, quotation.passage) is PartKind.COMMENT or _is_past(known, quotation):
        return 0
    if not low <= n_words <= high or not words[:1].isupper() or goes_on(words):
        return 0
    if not _is_whole(words) or is_posted(words):
        return 0
    return n_words + 10 * len(quotation.same_as)


def _is_past(known: Material, quotation: Quotation) -> bool:
    """Whether it was said of something that lay well behind when the main event happened."""
    at = quotation.passage
    events = (
        known.case.event_by_sentence[sentence]
        for sentence in known.case.readings[at.document_id].sentences
        if sentence.start < at.end and at.start < sentence.end
        and sentence in known.case.event_by_sentence
    )  # fmt: skip
    main = known.main.when
    return any(
        when is not None
        and main is not None
        and when.end is not None
        and main.start is not None
        and main.start - when.end > timedelta(days=_PAST_DAYS)
        for when in (known.events[event_id].when for event_id in events)
    )


def _spoken(known: Material, quotation: Quotation) -> str:
    text = known.documents[quotation.passage.document_id].text
    return words_between_marks(text, quotation.passage)


def _statement(known: Material, speaker: Entity, quotation: Quotation) -> Sentence:
    document = known.documents[quotation.passage.document_id]
    words = quoted(_with_comma(_spoken(known, quotation)))
    cited = {quotation.passage, _naming(known, speaker, quotation)}
    if quotation.cue is not None:
        cited.add(quotation.cue)
    text = f"{words} {speaker.name} said, according to {label(document)}."
    others = (known.quotations[i] for i in quotation.same_as)
    worded = [o for o in others if _telling(known, o) and _differs(known, quotation, o)]
    for other in worded[:1]:
        cited.add(other.passage)
        there = label(known.documents[other.passage.document_id])
        nameless = ", naming no speaker," if other.speaker_id is None else ""
        text += f" {there} has it{nameless} as {quoted(_with_stop(_spoken(known, other)))}"
    return Sentence(text, tuple(sorted(cited)))


def _differs(known: Material, a: Quotation, b: Quotation) -> bool:
    """Whether two versions of an utterance are different words, marks and case aside."""
    words = [re.findall(r"\w+", _spoken(known, q).casefold()) for q in (a, b)]
    return words[0] != words[1]


def _with_stop(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else words.rstrip(",;") + "."


def _with_comma(words: str) -> str:
    return words if words.endswith(("?", "!")) else words.rstrip(".,;") + ","


def _naming(known: Material, speaker: Entity, quotation: Quotation) -> Passage:
    """A mention that bears the speaker's name as shown, in the quoting document if it can be."""
    named = by_name(known, speaker)
    same = [m for m in named if m.document_id == quotation.passage.document_id]
    return max(same or named, key=lambda m: (m.end - m.start, -m.start, m.document_id))
