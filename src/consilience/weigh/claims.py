"""Readings -> Claims: each answer to a question, in one place, with its voices."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from consilience.records import Case, Claim
from consilience.ticker import ticker
from consilience.weigh.actors import actors
from consilience.weigh.acts import Act
from consilience.weigh.affair import of_one_affair
from consilience.weigh.asked import AskedPage, index_of, said_when
from consilience.weigh.causes import causes
from consilience.weigh.contested import contested
from consilience.weigh.counted import Topic, counted
from consilience.weigh.deciders import decided, done_in_office
from consilience.weigh.described import described
from consilience.weigh.exchanges import exchanges
from consilience.weigh.identities import named_doers
from consilience.weigh.matters import of_one_matter
from consilience.weigh.placed import placed
from consilience.weigh.retold import retold
from consilience.weigh.settled import settle
from consilience.weigh.weapons import weapons
from consilience.weigh.worded_deciders import worded_deciders

# Each family of questions is put to one document at a time, but what one tells and another denies.
_QUESTIONS: tuple[Callable[[AskedPage], Iterator[Claim]], ...] = (
    described,
    placed,
)
# These also say of which act they tell, so that only answers about one act meet.
_ACTED: tuple[Callable[[AskedPage], Iterator[tuple[Act, Claim]]], ...] = (
    actors,
    named_doers,
    exchanges,
    weapons,
)
_DECIDED: tuple[Callable[[AskedPage], Iterator[tuple[Act, Claim]]], ...] = (
    worded_deciders,
    done_in_office,
    decided,
)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All claims of a case, by document and place.

    `topics` are by the id of the claim of a figure, or of what is told and denied; `acts` by that
    of a claim about who did something.
    """

    claims: tuple[Claim, ...]
    topics: Mapping[str, Topic]
    acts: Mapping[str, Act]


def find_claims(case: Case) -> Ledger:
    """Every answer that the documents give to the questions this project asks."""
    claims: dict[str, Claim] = {}
    topics: dict[str, Topic] = {}
    acts: dict[str, Act] = {}
    told_again = retold(case)
    whole = of_one_affair(case)
    pages: list[AskedPage] = []
    figures: list[tuple[Topic, Claim]] = []
    decisions: list[tuple[Act, Claim]] = []
    for document in case.documents:
        reading = case.readings.get(document.id)
        if reading is None:
            continue
        page = AskedPage(
            case,
            document,
            reading,
            said_when(document.text, reading),
            index_of(document, reading),
            told_again.get(document.id, frozenset()),
            ticker(document),
        )
        affair = replace(page, case=whole)
        pages.append(affair)
        figures += counted(affair)
        for question in _QUESTIONS:
            claims |= {claim.id: claim for claim in question(page)}
        claims |= {claim.id: claim for claim in causes(affair)}
        for asked in _DECIDED:
            decisions += asked(affair)
        for told in _ACTED:
            for act, claim in told(affair):
                claims[claim.id] = claim
                acts[claim.id] = act
    for act, claim in of_one_matter(case, decisions):
        claims[claim.id] = claim
        acts[claim.id] = act
    for topic, claim in settle(figures):
        claims[claim.id] = claim
        topics[claim.id] = topic
    for matter in contested(pages):
        claims |= {claim.id: claim for claim in matter.claims}
        topics |= {claim.id: Topic(matter.words, ()) for claim in matter.claims}
    ordered = sorted(claims.values(), key=lambda c: (c.passage, c.slot, c.id))
    return Ledger(tuple(ordered), topics, acts)
