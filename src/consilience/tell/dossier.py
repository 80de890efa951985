"""Everything that belongs to one case, put together."""

from collections.abc import Sequence

from consilience.records import Case, Dossier, Failure, Run, Weighed
from consilience.tell.account import account, material
from consilience.tell.missing import missing
from consilience.tell.quotations import quotations
from consilience.tell.timeline import timeline


def tell(case: Case, weighed: Weighed, run: Run, failures: Sequence[Failure]) -> Dossier:
    """The dossier of one case; every sentence of its account cites its passages."""
    entries = timeline(case, weighed.claims)
    said = quotations(case)
    main = case.events[0]
    known = material(case, weighed, said, entries)
    return Dossier(
        title=main.name,
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
        missing=missing(main, weighed.findings),
        failures=tuple(failures),
    )
