"""What the account does not rest on: inputs not used, and documents used in part."""

from consilience.records import Dossier, Failure
from consilience.tell.phrases import count


def unused(dossier: Dossier) -> tuple[Failure, ...]:
    """The inputs that could not be used at all."""
    return _failures(dossier, are_used=False)


def partly_used(dossier: Dossier) -> tuple[Failure, ...]:
    """What was left out of inputs that are used: a rest that was cut, a layout that was lost."""
    return _failures(dossier, are_used=True)


def say_partly_used(dossier: Dossier) -> str:
    """How many documents are meant.

    "2 of 214 documents were not read in full"
    """
    n_partly = len({failure.name for failure in partly_used(dossier)})
    were = "was" if n_partly == 1 else "were"
    return f"{n_partly} of {count(len(dossier.documents), 'document')} {were} not read in full"


def _failures(dossier: Dossier, *, are_used: bool) -> tuple[Failure, ...]:
    used = {document.name for document in dossier.documents}
    return tuple(f for f in dossier.failures if (f.name in used) is are_used)
