"""What people who are known by name said, in their words."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from consilience.lexicon import load_words
from consilience.records import Entity, PartKind, Passage, Quotation, Stance, Text
from consilience.tell.material import Material, by_name, said
from consilience.tell.prose import Draft, Stretch, outlet
from consilience.tell.quotations import words_between_marks
from consilience.tell.sentences import goes_on, is_posted, part_of, quoted
from consilience.wording import fold

_MAX_STATEMENTS = 4
# What was said of things longer before the event than this is no statement on it.
_PAST_DAYS = 60
# Words that their speaker does not stand by as said.
_NOT_SAID = frozenset({Stance.DENIES, Stance.ASKS})
_QUOTE_WORDS = (6, 45)
# A longer office is told among the findings; one of these words puts it behind the name.
_TITLE_WORDS = 6
_AFTER = re.compile(r"\b(?:of|for|in|at|to|with)\b|,|^(?:his|her|their|a|an|the)\b", re.IGNORECASE)


def statements(known: Material) -> Iterator[Draft]:
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


# A frame within the words: their marks were not closed before it.
_FRAMED = re.compile(r", (?:said|says) (?:[A-Z]|he\b|she\b)|, (?:he|she) (?:said|says)\b")


def _is_title(words: str) -> bool:
    """Whether most words have capitals, as those of a headline."""
    spelt = [w for w in words.split() if w[:1].isalpha()]
    return 2 * sum(w[0].isupper() for w in spelt) > len(spelt)


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
    if not _is_whole(words) or is_posted(words) or _FRAMED.search(words) or _is_title(words):
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


def _statement(known: Material, speaker: Entity, quotation: Quotation) -> Draft:
    document = known.documents[quotation.passage.document_id]
    naming = _naming(known, speaker, quotation)
    cited = {naming} if quotation.cue is None else {naming, quotation.cue}
    words = Stretch(quoted(_with_comma(_spoken(known, quotation))), (quotation.passage,))
    name = Stretch(f" {speaker.name}", tuple(sorted(cited)))
    whole = [words, *_styled(known, speaker, name)]
    whole.append(Stretch(f" said, according to {outlet(document)}"))
    others = (known.quotations[i] for i in quotation.same_as)
    worded = [o for o in others if _telling(known, o) and _differs(known, quotation, o)]
    for other in worded[:1]:
        there = outlet(known.documents[other.passage.document_id])
        nameless = ", naming no speaker," if other.speaker_id is None else ""
        has = f"; {there} has it{nameless} as "
        whole += [
            Stretch(has),
            Stretch(quoted(_with_stop(_spoken(known, other))), (other.passage,)),
        ]
    if not worded:
        whole.append(Stretch("."))
    return Draft(tuple(whole))


def _styled(known: Material, speaker: Entity, name: Stretch) -> Iterator[Stretch]:
    """The name with the office that its bearer holds, where all who give one agree."""
    held = [f for f in known.findings if f.subject_id == speaker.id and f.slot == "title"]
    values = [c for f in held for c in f.candidates]
    if len(values) != 1 or not isinstance(values[0].value, Text):
        yield name
        return
    where = tuple(sorted({known.claims[k].passage for k in values[0].claim_ids})[:1])
    title = _as_written(known, " ".join(values[0].value.text.split()), where)
    if len(title.split()) > _TITLE_WORDS or fold(title) in fold(speaker.name):
        yield name
    elif _AFTER.search(title):
        yield name
        yield Stretch(f", {title},", where)
    else:
        yield Stretch(f" {title}", where)
        yield name


def _as_written(known: Material, title: str, where: Sequence[Passage]) -> str:
    """An office with the capitals that it has where it is named."""
    words = " ".join(said(known, p) for p in where)
    at = words.lower().find(title.lower())
    written = words[at : at + len(title)] if at >= 0 else title
    # A calling is no name; an office that one person holds may be.
    is_calling = title.lower() in load_words("offices") - load_words("offices_held_by_one")
    return written.lower() if is_calling else written


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
