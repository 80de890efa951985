"""Who did it, and to whom."""

import re
from collections.abc import Iterator, Sequence

from consilience.lexicon import load_table
from consilience.records import Claim, EntityRef, Kind, Passage, Proposition
from consilience.weigh.acts import Act, is_asked
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.cast import (
    Cast,
    Part,
    argument_of,
    cast,
    propositions_within,
    sentence_of,
)
from consilience.weigh.doers import SUFFERED, TO_PEOPLE, TO_WHOM, agents_of, object_of, patients_of
from consilience.weigh.forces import kinds
from consilience.weigh.particulars import deed_of, denied, is_cleft, meant_by_cleft, particular_act

# Verbs that say who did what their object names: "launched a raid", "took part in the attack".
_CARRYING = frozenset(
    "carry_out conduct launch mount stage wage perpetrate commit lead spearhead participate execute"
    " make undertake".split()
)
# Where a force goes before it acts, and what for.
_GOING = frozenset(
    "travel go fly deploy move arrive send dispatch head drive march sail rush".split()
)
_READYING = frozenset({"prepare", "assist", "take_part", "support", "join"})
_FORCEFUL = frozenset({"arrest", "attack", "abduction", "robbery", "release"})
_LEAVING = frozenset({"walk", "walk_out", "down", "strike", "lay"})
_ON_STRIKE = re.compile(
    r"\s*(?:out\b|off (?:the|their) jobs?\b|(?:down )?(?:their )?tools\b)", re.IGNORECASE
)
_STANDING = frozenset({"go", "be", "come", "stay", "remain"})
# Of these only what the page begins with is the news, not that somebody once bought a gun.
_NEWS = frozenset(
    "purchase signing closure victory appointment dismissal resignation robbery pardon eviction"
    " charge sentence".split()
)
_NEWS_SENTENCES = 8
# Where a strike is no stoppage of work.
_STRUCK = frozenset({"attack", "deaths", "injuries"})
# Politicians attack each other too; where nobody is hurt and nothing goes off it is in words.
_EASILY_SAID = frozenset({"attack", "assault", "ambush"})
_BLOODY = frozenset(
    "kill shoot wound injure stab bomb explode detonate die murder fire behead burn raid storm"
    " abduct kidnap beat hurt loot destroy damage shell strafe".split()
)
# What an operation was, by what happened.
_OPERATIONS = {
    "arrest": "raid", "attack": "raid", "abduction": "raid", "release": "raid", "robbery": "raid",
    "rescue": "rescue",
}  # fmt: skip
_FILMED = frozenset(
    "video footage film clip photo photos picture pictures scene moment image images".split()
)
# Who leaves a hospital was nobody's captive.
_TREATED = re.compile(r"\b(?:hospitals?|treated|treatment|stitches|bail|bond)\b", re.I)
_REPEATED = re.compile(
    r"\b(?:twice|times|often|always|usually|every|each|years|before|previously)\b", re.I
)
_RESIGNED = frozenset({"resigned", "resigns", "resign", "stepped", "steps", "quit", "quits"})
_CONTEST = re.compile(
    r"\b(?:elections?|vote|race|match|game|cup|title|final|seats?|presidency|medal|championship"
    r"|primary|runoff|run-off|term|mayoralty|ballot|award|prize|league|tournament|contract|bid)\b",
    re.IGNORECASE,
)
_POLLS = frozenset("election vote race seat presidency runoff term mayoralty ballot".split())
_AGAINST = re.compile(r"(?:against|for|over|about|at|on|outside|in)\b")
_GOODS = r"drugs?|heroin|cocaine|ivory|goods|cigarettes|guns?|weapons?|cash|money"
_SEIZED = re.compile(rf"\b(?:{_GOODS})\b", re.IGNORECASE)
_PROPERTY = re.compile(rf"\b(?:{_GOODS}|opportunity|power|moment|chance|share)\b", re.IGNORECASE)
# Attacked in words; ahead in a poll.
_VERBALLY = re.compile(r"(?:as|for|over|verbally|aggressively|repeatedly)\b", re.IGNORECASE)
_POLLED = re.compile(r"\b(?:percent|per cent|points|polls?|polling|survey)\b|%", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:others?|another|second|third|more)\b", re.IGNORECASE)


def actors(page: AskedPage) -> Iterator[tuple[Act, Claim]]:
    told = cast(page)
    propositions = sorted(page.reading.propositions, key=lambda p: (p.predicate, p.id))
    event_kinds = {e.id: e.kind for e in page.case.events}
    is_bloody = any(p.lemma in _BLOODY for p in propositions)
    first = page.reading.sentences[:_NEWS_SENTENCES]
    news_end = first[-1].start if first else 0
    for proposition in propositions:
        sentence = sentence_of(page.reading, proposition)
        if sentence is None:
            continue
        beside = list(propositions_within(propositions, sentence))
        yield from _sent(told, proposition, beside)
        event = page.event_of(proposition, sentence)
        particular = particular_act(told, proposition, event_kinds.get(event or "", ""))
        act = particular or _act(told, proposition, propositions)
        if proposition.lemma in _EASILY_SAID and not is_bloody:
            continue
        if act == "operation":
            act = _OPERATIONS.get(event_kinds.get(event or "", ""))
        if act == "strike" and event_kinds.get(event or "") in _STRUCK:
            act = "attack" if proposition.lemma in _CARRYING else None
        if act is None:
            continue
        if act in _NEWS and sentence.start > news_end:
            continue
        agents = meant_by_cleft(told, proposition, sentence)
        if agents is None:
            agents = agents_of(told, proposition, act, sentence, beside)
        patients = patients_of(told, proposition, act)
        if act in ("sentence", "charge") and any(_is_of(p, "justice") for p in patients):
            # Read the wrong way round: a judge is not sentenced.
            agents, patients = [p for p in patients if _is_of(p, "justice")], []
        if event is None or not _is_sound(told, act, agents, patients, proposition, sentence):
            continue
        to_whom = next((p.entity_id for p in patients if p.entity_id is not None), "")
        if act == "victory":
            to_whom = _contest(told, proposition)
        kind = _told_of(act, agents)
        if particular == "abduction" and any(_is_of(agent, "state") for agent in agents):
            continue
        deed = deed_of(told, proposition, act) if kind not in ("takeover", "abduction") else ""
        for agent in agents:
            if any(_is_deed(p, agent) for p in beside):
                continue
            passage = cover(agent.passage, proposition.predicate)
            claim = page.claim(event, "agent", agent.value, passage, proposition)
            is_sole = proposition.lemma == "carry_out" or is_cleft(told, agent, sentence)
            apart = denied(told, agent, sentence)
            yield Act((kind,), to_whom, is_sole=is_sole, deed=deed, denied=apart), claim
        for patient in patients:
            if not is_asked("patient", kind) or not _is_named(patient):
                continue
            passage = cover(patient.passage, proposition.predicate)
            claim = page.claim(event, "patient", patient.value, passage, proposition)
            yield Act((kind,)), claim


def _sent(
    told: Cast, proposition: Proposition, beside: Sequence[Proposition]
) -> Iterator[tuple[Act, Claim]]:
    """A force that went where it happened to prepare for it, or to make the arrest."""
    page, main = told.page, told.page.case.events[0]
    aims = [a.passage for a in proposition.arguments if a.role == "ARGM-PRP"]
    if proposition.lemma not in _GOING or not aims or main.kind not in _FORCEFUL:
        return
    acts = load_table("acts")
    if not any(
        p.lemma in _READYING or acts.get(p.lemma) in ("arrest", "raid")
        for aim in aims
        for p in propositions_within(beside, aim)
    ):
        return
    places = {
        page.entity_of(m)
        for a in proposition.arguments
        for m in told.within(a.passage)
        if m.kind is Kind.PLACE
    }
    if not places & set(main.where):
        return
    argument = argument_of(proposition, "ARG0", "ARG1")
    for agent in told.agents(argument) if argument is not None else []:
        if _is_of(agent, "state"):
            passage = cover(cover(agent.passage, proposition.predicate), aims[0])
            claim = page.claim(main.id, "agent", agent.value, passage, proposition)
            yield Act(("arrest",)), claim


def _act(told: Cast, proposition: Proposition, propositions: list[Proposition]) -> str | None:
    """What sort of act a proposition tells of; None for what is no act of anybody."""
    acts = load_table("acts")
    lemma = proposition.lemma
    object_ = argument_of(proposition, "ARG1")
    if lemma in _CARRYING and object_ is not None:
        named = told.mention_of(object_)
        inside = propositions_within(propositions, object_.passage)
        heads = [p for p in inside if named is not None and p.predicate.start == named.head.start]
        return acts.get(heads[0].lemma) if heads else None
    if lemma == "open" and object_ is not None:
        return "attack" if told.words(object_.passage).lower().endswith("fire") else None
    if lemma == "let" and object_ is not None:
        return "release" if re.search(r"\bgo\b", told.words(object_.passage)) else None
    if lemma == "fire" and object_ is not None:
        mention = told.mention_of(object_)
        is_bare = TO_WHOM.match(told.words(object_.passage)) is None
        is_person = mention is not None and mention.kind is Kind.PERSON
        return "dismissal" if is_person and is_bare else None
    if lemma == "seize" and object_ is not None and _SEIZED.search(told.words(object_.passage)):
        return "seizure"
    if lemma == "take" and any(
        told.words(a.passage).lower().endswith("into custody") for a in proposition.arguments
    ):
        return "arrest"
    if lemma == "take" and any(
        told.words(a.passage).lower() in ("hostage", "captive", "prisoner")
        for a in proposition.arguments
    ):
        return "abduction"
    if lemma in _LEAVING and _ON_STRIKE.match(told.page.document.text, proposition.predicate.end):
        return "strike"
    if lemma in _STANDING and any(
        told.words(a.passage).endswith("on strike") for a in proposition.arguments
    ):
        return "strike"
    return acts.get(lemma)


def _is_deed(proposition: Proposition, part: Part) -> bool:
    """Whether words taken for somebody name what was done: “Friday's killings”."""
    inside = part.passage.start <= proposition.predicate.start < part.passage.end
    return inside and proposition.lemma in load_table("event_kinds")


def _is_named(part: Part) -> bool:
    return isinstance(part.value, EntityRef) and part.kind in (Kind.PERSON, Kind.ORGANIZATION)


def _is_sound(
    told: Cast,
    act: str,
    agents: list[Part],
    patients: list[Part],
    proposition: Proposition,
    sentence: Passage,
) -> bool:
    """Whether the parts fit the act: who is filmed is not captured, a car strikes no employer."""
    object_ = object_of(told, proposition)
    words = "" if object_ is None else told.words(object_.passage).lower()
    if object_ is not None:
        mention = told.mention_of(object_)
        if _FILMED & set(re.findall(r"\w+", words)[:6]):
            return False
        if act in SUFFERED and _OTHERS.search(words):
            return False
        is_person = mention is not None and mention.kind is Kind.PERSON
        if act in TO_PEOPLE and not is_person and words not in ("them", "him", "her", "us", "me"):
            return False
    if any(
        _REPEATED.search(told.words(a.passage))
        for a in proposition.arguments
        if a.role == "ARGM-TMP"
    ):
        return False
    if proposition.lemma == "round_up" and not any(_is_of(agent, "state") for agent in agents):
        return False
    if proposition.lemma == "attack" and any(
        _VERBALLY.match(told.words(a.passage)) for a in proposition.arguments
    ):
        return False
    if act == "protest" and object_ is not None and not _AGAINST.match(words):
        return False
    if act in ("strike", "protest"):
        return any(_is_of(agent, kind) for agent in agents for kind in ("labour", "crowd")) or any(
            agent.text.endswith("s") and agent.entity_id is None for agent in agents
        )
    if act == "seizure":
        return any(_is_of(agent, "state") for agent in agents)
    if act == "purchase":
        return any(part.kind is Kind.ORGANIZATION for part in (*agents, *patients))
    if act == "takeover":
        is_place = object_ is not None and not _PROPERTY.search(words)
        return is_place and any(
            _is_of(agent, kind) for agent in agents for kind in ("armed", "crowd", "inmates")
        )
    if act == "victory":
        named = any(map(_is_named, patients))
        is_polled = _POLLED.search(told.words(sentence)) is not None
        return not is_polled and (named or _CONTEST.search(words) is not None)
    if act == "release":
        is_somebody = object_ is not None or bool(patients)
        if told.words(proposition.predicate).lower() == "free":
            return False
        return is_somebody and _TREATED.search(told.words(sentence)) is None
    if proposition.lemma == "operate":
        return told.words(proposition.predicate).lower().startswith("operation")
    if act == "closure":
        return told.words(proposition.predicate).lower() != "close"
    if act == "resignation":
        return told.words(proposition.predicate).lower() in _RESIGNED
    return True


def _contest(told: Cast, proposition: Proposition) -> str:
    """What was won, of one name for what is one: a vote, a race and a seat are an election."""
    object_ = argument_of(proposition, "ARG1")
    found = None if object_ is None else _CONTEST.search(told.words(object_.passage))
    if found is None:
        return ""
    word = found[0].lower().removesuffix("s").replace("-", "")
    return "election" if word in _POLLS else word


def _is_of(part: Part, kind: str) -> bool:
    return any(k.split("/")[0] == kind for k in kinds(part.text))


def _told_of(act: str, agents: list[Part]) -> str:
    """Raids of the state's forces aim at arrests, others are attacks; who is caught by gunmen is
    abducted."""
    armed = any(_is_of(agent, "armed") for agent in agents)
    if act == "raid" and any(_is_of(agent, "inmates") for agent in agents):
        return "takeover"
    if act == "raid":
        return "attack" if armed else "arrest"
    return "abduction" if act == "arrest" and armed else act
