"""What is new in a case since an earlier account of it, as an editor would say it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import IntEnum, auto

from consilience.interchange import dossier_to_json, said_digest
from consilience.records import About, Change, Dossier, Finding, Missing, Quantity, Status
from consilience.tell.changed_answers import (
    borne_out,
    changed_answer,
    given_up,
    headed,
    new_answer,
)
from consilience.tell.changed_cast import (
    dates,
    documents,
    headline,
    origins,
    people,
    some_apart,
    voices,
)
from consilience.tell.paired import Pairs, paired, paired_findings
from consilience.tell.phrases import by_weight, say_ruling, say_value
from consilience.wording import plural

# What is told of somebody, not of what happened.
_OF_PEOPLE = ("title", "role", "age", "nationality", "status")
_MONEY = ("dollar", "euro", "pound")


def with_changes(before: Dossier | None, after: Dossier) -> Dossier:
    """The account with what is new in it; where it says the same as before, with what was new then.

    `before` is None where the case was never told.
    """
    if before is None:
        return after
    if says_the_same(before, after):
        return replace(after, changes=before.changes)
    return replace(after, changes=changes(before, after))


def says_the_same(a: Dossier, b: Dossier) -> bool:
    if [d.sha256 for d in a.documents] != [d.sha256 for d in b.documents]:
        return False  # without writing both of them out
    return said_digest(dossier_to_json(a)) == said_digest(dossier_to_json(b))


def changes(before: Dossier, after: Dossier) -> tuple[Change, ...]:
    """What came, went or changed: weightiest first, the documents that brought it last."""
    pairs = paired(before, after)
    told = [
        *_each(Weight.DECIDED, _decisions(before, after)),
        *_answers(pairs),
        *_each(Weight.RETOLD, headline(pairs)),
        *_each(Weight.ORIGINS, origins(pairs)),
        *_each(Weight.PEOPLE, people(pairs)),
        *_each(Weight.DATES, dates(pairs)),
        *_each(Weight.VOICES, voices(pairs)),
        *_each(Weight.GAPS, _gaps(pairs)),
        *_each(Weight.DOCUMENTS, documents(pairs)),
    ]
    found = [change for _, change in sorted(told, key=lambda one: one[0])]
    if found and all(change.about is About.DOCUMENT for change in found):
        found[-1] = replace(found[-1], text=f"{found[-1].text}; no answer changes")
    return tuple(found)


class Weight(IntEnum):
    """In which order an editor wants to be told."""

    DECIDED = auto()
    MOVED = auto()
    ANSWERED = auto()
    GIVEN_UP = auto()
    ADDED = auto()
    ORIGINS = auto()
    PEOPLE = auto()
    RETOLD = auto()
    DATES = auto()
    BORNE_OUT = auto()
    ELSEWHERE = auto()
    VOICES = auto()
    BESIDE = auto()
    DESCRIBED = auto()
    GAPS = auto()
    DOCUMENTS = auto()


Weighty = tuple[Weight, Change]


def _each(weight: Weight, found: Iterable[Change]) -> Iterator[Weighty]:
    return ((weight, change) for change in found)


def _decisions(before: Dossier, after: Dossier) -> Iterator[Change]:
    old, new = ({r.number: r for r in dossier.decisions} for dossier in (before, after))
    for number in new:
        if number not in old:
            yield Change(About.DECISION, f"Decided: {say_ruling(new[number])}")
    for number in old:
        if number not in new:
            yield Change(About.DECISION, f"Taken back: {say_ruling(old[number])}")


def _answers(pairs: Pairs) -> Iterator[Weighty]:
    """The questions of the main event one by one, then the others, many on a line."""
    main_id = _main_id(pairs.after)
    both, new, gone = paired_findings(pairs)
    order = {f.id: n for n, f in enumerate(by_weight(pairs.after))}
    both.sort(key=lambda pair: order[pair[1].id])
    new.sort(key=lambda finding: order[finding.id])
    open_slots = _open_slots(pairs.before)
    unmoved = []
    for old, now in both:
        change = changed_answer(old, now, pairs)
        if change is None:
            unmoved.append((old, now))
        elif now.subject_id == main_id:
            weight = Weight.MOVED if _is_moved(change, old) else Weight.ADDED
            yield weight, change
        elif now.slot not in _OF_PEOPLE or change.about is not About.ANSWER:
            yield Weight.ELSEWHERE, change
    for finding in new:
        if finding.subject_id == main_id and not finding.slot.startswith("count:"):
            was_open = finding.slot in open_slots
            yield Weight.ANSWERED, new_answer(finding, pairs, was_open=was_open)
    others = [f for f in new if f.subject_id != main_id or f.slot.startswith("count:")]
    yield from _each(Weight.BESIDE, _beside(others, pairs))
    yield from _each(Weight.DESCRIBED, _described(others, pairs))
    for finding in gone:
        if finding.slot not in _OF_PEOPLE and not finding.slot.startswith("count:"):
            yield Weight.GIVEN_UP, given_up(finding, pairs)
    for alone in (False, True):
        change = borne_out(unmoved, pairs, alone=alone)
        if change is not None:
            yield Weight.BORNE_OUT, change


def _is_moved(change: Change, old: Finding) -> bool:
    """Whether the answer is another one, or is disputed since, or no longer."""
    return change.about is not About.ANSWER or old.status is Status.CONTRADICTED


def _beside(new: Iterable[Finding], pairs: Pairs) -> Iterator[Change]:
    """Figures beside the main event's toll on one line, answers on other events on another."""
    figures, answers = [], []
    for finding in new:
        said = " / ".join(say_value(c.value, pairs.new) for c in finding.candidates)
        if finding.slot.startswith("count:"):
            figures.append((_counted(finding, said), finding.id))
        elif finding.slot not in _OF_PEOPLE:
            answers.append((f"{headed(finding, pairs.new)} {said}", finding.id))
    for opening, found in (("Other figures", figures), ("On other events", answers)):
        if found:
            text = f"{opening} – {some_apart(list(dict.fromkeys(said for said, _ in found)))}"
            yield Change(About.ANSWER, text, tuple(id_ for _, id_ in found))


def _counted(finding: Finding, said: str) -> str:
    """A figure with what is counted, and in what: “3 men (flee)”; money says itself what it is."""
    _, bracket, around = finding.question.removesuffix("?").partition(" (")
    noun = finding.slot.removeprefix("count:")
    values = [c.value for c in finding.candidates]
    is_one = all(isinstance(v, Quantity) and v.low == 1 and v.high in (1, None) for v in values)
    is_money = any(isinstance(v, Quantity) and v.unit in _MONEY for v in values)
    named = "" if is_money else f" {noun if is_one else plural(noun)}"
    return f"{said}{named}{bracket}{around}"


def _described(new: Iterable[Finding], pairs: Pairs) -> Iterator[Change]:
    """Offices and ages that are new, on one line."""
    told: dict[str, list[str]] = {}
    ids = []
    for finding in new:
        if finding.slot in _OF_PEOPLE:
            best = finding.policies.best or finding.candidates[0].value
            told.setdefault(finding.subject_id, []).append(say_value(best, pairs.new))
            ids.append(finding.id)
    if told:
        names = [f"{pairs.new.name(id_)} ({', '.join(said)})" for id_, said in told.items()]
        yield Change(About.PERSON, f"Newly described: {some_apart(names)}", tuple(ids))


def _gaps(pairs: Pairs) -> Iterator[Change]:
    """What nobody says now; a gap that closed is told with what closed it, among the answers."""
    old = _open_slots(pairs.before)
    for slot, gap in _open_slots(pairs.after).items():
        if slot not in old:
            yield Change(About.GAP, f"Open now: {gap.text}", (), gap.passages)


def _open_slots(dossier: Dossier) -> dict[str, Missing]:
    return {gap.slot: gap for gap in dossier.missing}


def _main_id(dossier: Dossier) -> str | None:
    return dossier.events[0].id if dossier.events else None
