"""What is new in a case since its last dossier."""

from collections.abc import Iterator

from consilience.records import Dossier, Finding
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import say_ruling, say_value


def changes(before: Dossier, after: Dossier) -> tuple[str, ...]:
    """One line for each document and each answer that came, went or changed."""
    return (*_documents(before, after), *_decisions(before, after), *_findings(before, after))


def _documents(before: Dossier, after: Dossier) -> Iterator[str]:
    old, new = ({d.name: d.sha256 for d in dossier.documents} for dossier in (before, after))
    yield from (f"new document: {name}" for name in new if name not in old)
    yield from (
        f"changed document: {name}" for name in new if old.get(name, new[name]) != new[name]
    )
    yield from (f"no longer there: {name}" for name in old if name not in new)


def _decisions(before: Dossier, after: Dossier) -> Iterator[str]:
    old, new = ({r.number: r for r in dossier.decisions} for dossier in (before, after))
    yield from (f"decided: {say_ruling(new[number])}" for number in new if number not in old)
    yield from (f"no longer: {say_ruling(old[number])}" for number in old if number not in new)


def _findings(before: Dossier, after: Dossier) -> Iterator[str]:
    old, new = _answers(before), _answers(after)
    for question, answer in new.items():
        if question not in old:
            yield f"new answer: {question} {answer}"
        elif old[question] != answer:
            yield f"{question} was {old[question]}, is now {answer}"
    yield from (f"no longer answered: {question}" for question in old if question not in new)


def _answers(dossier: Dossier) -> dict[str, str]:
    """What is answered to each question, in words."""
    book = lookup(dossier)
    return {finding.question: _answer(finding, book) for finding in dossier.findings}


def _answer(finding: Finding, book: Lookup) -> str:
    values = sorted(say_value(candidate.value, book) for candidate in finding.candidates)
    return f"{' / '.join(values)} ({finding.status.replace('_', ' ')})"
