"""Counts -> Claims: how many were killed, hurt, held, freed, or were there at all."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from consilience.lexicon import load_table
from consilience.numerals import tellable
from consilience.records import Claim, Event, Factuality, Polarity, Quantity
from consilience.weigh.asked import AskedPage, cover, is_charge
from consilience.weigh.belonging import GRAVE, Counted, belonging
from consilience.weigh.beside import is_taken_back
from consilience.weigh.counting_words import asked_by
from consilience.weigh.figure import GENERIC_UNITS, OFFER, Figure, is_told_as_fact
from consilience.weigh.figures import figures
from consilience.weigh.harms import WOUNDING
from consilience.weigh.roundups import is_of_a_time, sums_up_several, tells_of_several
from consilience.weigh.victims import victims
from consilience.wording import fold

# A sum lost in these is what they cost; a trader's loss costs no vote.
_COSTLY = GRAVE | {"strike", "protest", "injuries"}
# Who is so called since that befell them.
_NAMED_BY_IT = {
    "displaced": frozenset({"evacuee", "refugee"}),
    "detained": frozenset({"suspect", "detainee", "hostage", "captive", "prisoner"}),
    "freed": frozenset({"hostage", "captive", "prisoner", "detainee"}),
}


_OFFERING = re.compile(r"\boffer(?:s|ed|ing)\b[^.;:]{0,80}\Z", re.IGNORECASE)
_KNOWN_BEFORE = re.compile(r"\b(?:all|the|these|those)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a counted thing was counted in: the lemma of its predicate, its sentence's vector.

    Where nobody is counted `victim` is who is told of (an entity's id, or a chain of the page).
    `is_in_passing`: nobody asks after it, unless another document counts the same.
    `is_besides`: more of those counted elsewhere. `asked`: the verb as a question asks with it.
    `charge`: of which crime so many counts are told, since counts of others are no dispute.
    """

    lemma: str
    vector: tuple[float, ...]
    victim: str | None = None
    is_of_several: bool = False
    is_in_passing: bool = False
    is_besides: bool = False
    asked: str = ""
    charge: str = ""


def counted(page: AskedPage) -> Iterator[tuple[Topic, Claim]]:
    """The figures of a document, each with what it was counted in."""
    is_roundup = sums_up_several(page.document, page.case.events[0])
    for figure, claim in _figure_claims(page):
        vectors = page.reading.vectors
        vector = vectors[figure.sentence_index] if vectors else ()
        victim = figure.victim and page.case.entity_ids.get(
            (page.document.id, figure.victim), f"{page.document.id} {figure.victim}"
        )
        is_of_several = is_roundup or tells_of_several(page.document, figure.sentence)
        yield (
            Topic(
                figure.topic,
                vector,
                victim,
                is_of_several,
                figure.is_in_passing,
                figure.is_besides,
                asked_by(page.document.text, figure),
                _charge(page.document.text, figure),
            ),
            claim,
        )


# “Two counts of attempted murder”.
_COUNTS_OF = re.compile(
    r"\s+(?:\w+\s+)?counts?\s+of\s+(?P<charge>(?:(?!(?:and|or|in|for|with|on|at|after|to)\b)[\w-]+"
    r"(?:\s|\b)){1,3})",
    re.IGNORECASE,
)


def _charge(text: str, figure: Figure) -> str:
    if figure.count.quantity.unit != "count":
        return ""
    found = _COUNTS_OF.match(text, figure.count.passage.end)
    return fold(" ".join(found["charge"].split())) if found is not None else ""


def _figure_claims(page: AskedPage) -> Iterator[tuple[Figure, Claim]]:
    events = {event.id: event for event in page.case.events}
    read = [
        [f for f in given if not _is_of_a_time(page, f)]
        for given in (figures(page.document, page.reading), victims(page.document, page.reading))
    ]
    found, told = (belonging(page, given, events) for given in read)
    totals: dict[tuple[str, str], float] = defaultdict(float)
    for figure, event in found:
        if figure.count.quantity.unit in GENERIC_UNITS and is_told_as_fact(figure):
            key = figure.slot, event.id
            totals[key] = max(totals[key], _size(figure))
    deaths = {
        event.id
        for figure, event in (*found, *told)
        if figure.slot == "killed" and (is_told_as_fact(figure) or _is_charged(page, figure))
    }
    dead = {(event.id, _size(figure)) for figure, event in found if figure.slot == "killed"}
    for figure, event in found:
        is_dead = (event.id, _size(figure)) in dead and _is_of_them(page.document.text, figure)
        if _is_maybe_dead(figure, event, deaths) or (figure.slot == "injured" and is_dead):
            continue
        in_total = _size(figure) < totals[figure.slot, event.id]
        claim = _figure_claim(page, figure, event, in_total=in_total)
        if _is_legible(page, claim):
            yield figure, claim
    counted = {(figure.slot, event.id) for figure, event in found if is_told_as_fact(figure)}
    left = [(f, e) for f, e in told if (f.slot, e.id) not in counted]
    yield from _victims_claims(page, left, deaths)


def _is_of_a_time(page: AskedPage, figure: Figure) -> bool:
    """Whether a toll is a year's; the first sentence of a page tells of its event."""
    if figure.slot not in ("killed", "injured") or figure.sentence_index == 0:
        return False
    return is_of_a_time(page.document, figure.sentence, page.case.events[0])


def _size(figure: Figure) -> float:
    quantity = figure.count.quantity
    return float((quantity.high if quantity.low is None else quantity.low) or 0)


def _is_of_them(text: str, figure: Figure) -> bool:
    """Whether a figure is of people told of before: "all three suffered wounds"."""
    start = figure.count.passage.start
    return _KNOWN_BEFORE.search(text, max(0, start - 12), start) is not None


def _is_maybe_dead(figure: Figure, event: Event, deaths: Set[str]) -> bool:
    """Whether those shot may be the dead that the page tells of."""
    return figure.slot == "injured" and figure.topic in WOUNDING and event.id in deaths


def _victims_claims(
    page: AskedPage, told: Sequence[Counted], deaths: Set[str]
) -> Iterator[tuple[Figure, Claim]]:
    """What is told of victims whom nobody counts: of each happening the one that says most."""
    asked: dict[tuple[str, str], list[Counted]] = defaultdict(list)
    for figure, event in told:
        if not _is_maybe_dead(figure, event, deaths):
            asked[figure.slot, event.id].append((figure, event))
    for held in asked.values():
        for figure, event in sorted(held, key=lambda c: not is_told_as_fact(c[0])):
            claim = _figure_claim(page, figure, event, in_total=False)
            if _is_legible(page, claim):
                yield figure, claim
                break


def _figure_claim(page: AskedPage, figure: Figure, event: Event, *, in_total: bool) -> Claim:
    """A claim of the figure; of a part of the dead once the document gives the total."""
    quantity, slot = figure.count.quantity, figure.slot
    if slot == "cost":
        slot = slot if event.kind in _COSTLY else f"count:{quantity.unit}"
    elif not slot.startswith("count:"):
        is_named = quantity.unit in GENERIC_UNITS | _NAMED_BY_IT.get(slot, frozenset())
        is_whole = is_named or quantity.unit in load_table("event_nouns")
        if in_total and not is_whole:
            slot = f"count:{quantity.unit}"
        elif is_whole:
            quantity = Quantity(quantity.low, quantity.high, quantity.comparator, "person")
    passage = cover(figure.count.passage, figure.count.of)
    if figure.proposition is not None:
        passage = cover(passage, figure.proposition.predicate)
    is_toll = slot in ("killed", "injured")
    claim = page.claim(event.id, slot, quantity, passage, figure.proposition, is_toll=is_toll)
    if quantity.high == 0 and claim.factuality is Factuality.NOT_HAPPENED:
        # That nobody was hurt did happen.
        claim = replace(claim, polarity=Polarity.POSITIVE, factuality=Factuality.HAPPENED)
    if is_taken_back(page.document.text, figure.sentence):
        claim = replace(claim, factuality=Factuality.NOT_HAPPENED)
    if is_toll and claim.factuality is Factuality.POSSIBLE and _is_charged(page, figure):
        claim = replace(claim, factuality=Factuality.HAPPENED)
    if claim.factuality is Factuality.PLANNED and _is_on_offer(page.document.text, figure):
        claim = replace(claim, factuality=Factuality.HAPPENED)
    if figure.factuality is not None and claim.factuality is Factuality.HAPPENED:
        claim = replace(claim, factuality=figure.factuality)
    return replace(claim, sum_of=figure.sum_of)


def _is_on_offer(text: str, figure: Figure) -> bool:
    """Whether what will be paid has been offered already."""
    start = figure.count.passage.start
    return figure.topic == OFFER and bool(_OFFERING.search(text, figure.sentence.start, start))


def _is_charged(page: AskedPage, figure: Figure) -> bool:
    """Whether only who did it is open: he is charged with killing two, and two are dead."""
    cue = figure.proposition.factuality_cue if figure.proposition else None
    return cue is not None and is_charge(page.document.text[cue.start : cue.end])


def _is_legible(page: AskedPage, claim: Claim) -> bool:
    """Whether the second reader of numbers, by which a dossier is verified, reads the figure too.

    A figure that the two read differently is no evidence for anybody.
    """
    assert isinstance(claim.value, Quantity)
    parts = [(a.passage, a.quantity) for a in claim.sum_of] or [(claim.passage, claim.value)]
    text, language = page.document.text, page.document.language
    return all(
        number is None or number in tellable(text[passage.start : passage.end], language)
        for passage, quantity in parts
        for number in (quantity.low, quantity.high)
    )
