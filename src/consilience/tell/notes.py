"""The notes: the passages in the order of their numbers, each with what rests on it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from consilience.records import Dossier, Passage
from consilience.tell.drift_told import strayed
from consilience.tell.evidence import link_passages
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
    noted = dict(islice(ids.items(), NOTES_MAX))
    uses = _uses(dossier, book, noted, places)
    return [
        {
            "id": passage_id,
            "source": label(book.documents[passage.document_id]),
            "dated": say_dated(book.documents[passage.document_id]),
            "speakers": speakers.get(passage, ""),
            "words": " ".join(book.words(passage).split()),
            "uses": list(uses[passage_id]),
        }
        for passage, passage_id in noted.items()
    ]


def _uses(
    dossier: Dossier, book: Lookup, ids: Mapping[Passage, str], places: Mapping[str, int]
) -> dict[str, dict[tuple[str, str], None]]:
    """What rests on each passage: the id of its place on the page and what that is called."""
    uses: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)

    def rest(target: str, called: str, passages: Iterable[Passage]) -> None:
        for passage_id in cites((p for p in passages if p in ids), ids):
            uses[passage_id][target, called] = None

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
    for n, told in enumerate(strayed(dossier, book), start=1):
        rest(f"r{n}", f"retelling {n}", told.passages)
    for origin in dossier.origins:
        for link in origin.links:
            rest("origins", "who draws on whom", link_passages(link))
    rest("origins", "who draws on whom", [embedded.passage for embedded in dossier.embedded])
    for n, missing in enumerate(dossier.missing, start=1):
        rest(f"m{n}", "what nobody says", missing.passages)
    return uses
