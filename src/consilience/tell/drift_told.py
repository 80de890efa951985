"""How the versions of an utterance stray, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from consilience.records import Dossier, Drift, DriftKind, Passage, Quotation, Utterance
from consilience.tell.lookup import Lookup
from consilience.tell.phrases import quoted
from consilience.wording import label

# In the order a reader should look at them; what only tells it in other words is left to the eye.
_GRAVE = (
    DriftKind.SPEAKER,
    DriftKind.NEGATION,
    DriftKind.CONDITION,
    DriftKind.NUMBER,
    DriftKind.NOBODY,
    DriftKind.CUT,
    DriftKind.INDIRECT,
)


@dataclass(frozen=True, slots=True)
class Strayed:
    """An utterance as a page shows it: the words, how versions stray from them, and where."""

    words: str
    lines: tuple[str, ...]
    passages: tuple[Passage, ...]


def strayed(dossier: Dossier, book: Lookup) -> list[Strayed]:
    """Utterances of which some version strays in more than its wording, the gravest first."""
    told = [u for u in dossier.utterances if any(_is_grave(drift) for drift in u.drift)]
    told.sort(key=lambda u: (min(_GRAVE.index(d.kind) for d in u.drift), u.versions))
    return [_strayed(utterance, dossier, book) for utterance in told]


def _strayed(utterance: Utterance, dossier: Dossier, book: Lookup) -> Strayed:
    told = [(line, drift) for line, drift in say_drift(utterance, dossier, book)]
    quotations = [dossier.quotations[n] for _, drift in told for n in (drift.a, drift.b)]
    return Strayed(
        words=quoted(quotations[0], book),
        lines=tuple(line for line, _ in told),
        passages=tuple(dict.fromkeys(q.passage for q in quotations)),
    )


def _is_grave(drift: Drift) -> bool:
    return drift.kind not in (DriftKind.INDIRECT, DriftKind.CUT)


def say_drift(utterance: Utterance, dossier: Dossier, book: Lookup) -> Iterator[tuple[str, Drift]]:
    """One line for each way in which a version strays, the gravest first.

    "Echo has it of Anna Lind, Post of Paul Marek"; "Post leaves out “if the report is true”".
    """
    for drift in sorted(utterance.drift, key=lambda d: _GRAVE.index(d.kind)):
        a, b = dossier.quotations[drift.a], dossier.quotations[drift.b]
        yield _line(drift, a, b, book), drift


def _line(drift: Drift, a: Quotation, b: Quotation, book: Lookup) -> str:
    first, second = (label(book.documents[q.passage.document_id]) for q in (a, b))
    if first == second:
        first, second = f"one page of {first}", f"another of {second}"
    words = "" if drift.words is None else f"“{' '.join(book.words(drift.words).split())}”"
    match drift.kind:
        case DriftKind.SPEAKER:
            return (
                f"{first} has it of {book.name(a.speaker_id)}, {second} of"
                f" {book.name(b.speaker_id)}"
            )
        case DriftKind.NOBODY:
            return f"{first} has it of {book.name(a.speaker_id)}, {second} names nobody"
        case DriftKind.INDIRECT:
            return f"{first} quotes it, {second} tells it in its own words"
        case DriftKind.NUMBER:
            return f"{second} has {words}, {first} another figure"
        case DriftKind.NEGATION | DriftKind.CONDITION:
            return f"{second} leaves out {words}, which {first} has"
        case DriftKind.CUT:
            return f"{second} has only {quoted(b, book)}"
