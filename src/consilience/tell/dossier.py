"""Everything that belongs to one case, put together."""

from collections.abc import Sequence
from dataclasses import replace

from consilience.decisions import Numbered
from consilience.records import Case, Dossier, Failure, Run, TimelineEntry, Weighed
from consilience.tell.account import account
from consilience.tell.material import material
from consilience.tell.missing import missing
from consilience.tell.quotations import quotations
from consilience.tell.rulings import rulings
from consilience.tell.timeline import timeline
from consilience.tell.utterances import utterances


def _rests_on(entry: TimelineEntry, event_ids: Sequence[str]) -> bool:
    return entry.event_id in event_ids or (
        entry.placed is not None and entry.placed.of_id in event_ids
    )


def tell(
    case: Case,
    weighed: Weighed,
    run: Run,
    failures: Sequence[Failure],
    decisions: Sequence[Numbered] = (),
) -> Dossier:
    """The dossier of one case; every sentence of its account cites its passages.

    What analysts rejected is kept and told of nowhere but among their decisions.
    """
    counted = tuple(claim for claim in weighed.claims if claim.id not in weighed.rejected)
    entries = tuple(e for e in timeline(case, counted) if not _rests_on(e, case.rejected))
    said = quotations(case)
    known = material(case, replace(weighed, claims=counted), said, entries)
    return Dossier(
        title=case.events[0].name,
        run=run,
        documents=case.documents,
        origins=weighed.origins,
        entities=case.entities,
        events=case.events,
        claims=weighed.claims,
        findings=weighed.findings,
        quotations=said,
        timeline=entries,
        account=account(known),
        missing=missing(case, replace(weighed, claims=counted), known.book),
        failures=tuple(failures),
        decisions=rulings(case, weighed, decisions),
        utterances=utterances(said, case.documents, case.entities),
        embedded=weighed.embedded,
    )
