"""The notes: the passages in the order of their numbers, each with what rests on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from consilience.records import Dossier, Passage
from consilience.tell.lookup import Lookup
from consilience.tell.marks import cites
from consilience.tell.phrases import say_dated
from consilience.wording import label

# Beyond these, passages stand in the full texts alone: a page is to stay below ten megabytes.
NOTES_MAX = 1000


def notes(
    dossier: Dossier,
    book: Lookup,
    ids: Mapping[Passage, str],
    speakers: Mapping[Passage, str],
    places: Mapping[str, int],
) -> list[dict[str, Any]]:
    """`places` are the numbers of the findings."""
    uses = _uses(dossier, book, ids, places)
    return [
        {
            "id": passage_id,
            "source": label(book.documents[passage.document_id]),
            "dated": say_dated(book.documents[passage.document_id]),
            "speakers": speakers.get(passage, ""),
            "words": " ".join(book.words(passage).split()),
            "uses": uses[passage_id],
        }
        for passage, passage_id in list(ids.items())[:NOTES_MAX]
    ]


def _uses(
    dossier: Dossier, book: Lookup, ids: Mapping[Passage, str], places: Mapping[str, int]
) -> dict[str, list[tuple[str, str]]]:
    """What rests on each passage: the id of its place on the page and what that is called."""
    uses: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def rest(target: str, called: str, passages: Iterable[Passage]) -> None:
        for passage_id in cites(passages, ids):
            if (target, called) not in uses[passage_id]:
                uses[passage_id].append((target, called))

    for n, sentence in enumerate(dossier.account, start=1):
        rest(f"s{n}", f"sentence {n}", sentence.passages)
    for n, change in enumerate(dossier.changes, start=1):
        rest(f"c{n}", "what changed", change.passages)
    for finding in dossier.findings:
        n = places[finding.id]
        claims = [book.claims[c] for candidate in finding.candidates for c in candidate.claim_ids]
        rest(f"f{n}", f"finding {n}", [claim.passage for claim in claims])
    for n, entry in enumerate(dossier.timeline, start=1):
        rest(f"t{n}", f"timeline {n}", entry.passages)
    for quotation in dossier.quotations:
        if quotation.speaker_id is not None:
            name = book.entities[quotation.speaker_id].name
            rest(f"e-{quotation.speaker_id}", name, [quotation.passage])
    for n, missing in enumerate(dossier.missing, start=1):
        rest(f"m{n}", "what nobody says", missing.passages)
    return uses
