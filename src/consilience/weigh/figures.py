"""Which question a counted thing answers: how many were killed, hurt, held, or were there at all.

The predicate that the counted take part in decides ("killed eight people"); where the syntax
does not join them, the words right beside the figure do ("13 dead", "another 21 injured").
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from consilience.lexicon import load_table, load_words
from consilience.records import (
    Comparator,
    Count,
    Document,
    Kind,
    Mention,
    PartKind,
    Passage,
    Proposition,
    Quantity,
    Reading,
    TimexType,
)

T = TypeVar("T")
GENERIC_UNITS = frozenset(
    {
        None, "person", "people", "life", "victim", "other", "individual", "casualty", "fatality",
        "death", "body", "injury", "dead", "wounded", "injured", "missing",
    }
)  # fmt: skip
_CAPTIVE = re.compile(
    r"\b(?:hostages?|captive|prisoners?|into custody|in custody|under arrest)\b", re.IGNORECASE
)
_TAKING = frozenset({"take", "hold", "keep", "place", "put", "remain"})
_LIFE_TAKING = frozenset({"lose", "claim", "take", "cost"})
# Beginnings of the forms that say what happened to those counted, English and Spanish.
_FORMS = {
    "kill": "killed", "dead": "killed", "died": "killed", "muert": "killed", "murieron": "killed",
    "fallec": "killed", "mat": "killed", "injur": "injured", "wound": "injured", "hurt": "injured",
    "herid": "injured", "missing": "missing", "unaccounted": "missing", "desaparecid": "missing",
    "arrest": "detained", "detain": "detained", "detenid": "detained", "displac": "displaced",
    "homeless": "displaced", "desplazad": "displaced", "fatally": "killed",
}  # fmt: skip
_FORM = (
    r"(kill(?:ed|ing|s)|dead|died|injur(?:ed|ing|es)|wound(?:ed|ing|s)|hurt(?:ing|s)?|missing"
    r"|mat(?:ó|aron) a|unaccounted|fatally"
    r"|arrest(?:ed|ing|s)|detain(?:ed|ing|s)|displac(?:ed|ing|es)|homeless|murieron"
    r"|(?:muert|fallecid|herid|desaparecid|detenid|desplazad)[oa]s?|fallecieron)"
)
# "killed eight", "injuring another 21": the form right before the figure.
_RIGHT_BEFORE = re.compile(_FORM + r"\s+(?:as many as\s+|up to\s+|a\s+)?$", re.IGNORECASE)
# "more than 20 wounded", "eight are still missing": right after it.
_RIGHT_AFTER = re.compile(
    r"\s+(?:(?:others?|more|people|persons|were|was|are|is|have|has|been|left|feared|reported|confirmed"
    r"|still|now|also|already|remain|remained|listed|as|known|to|personas|resultaron|quedaron|fueron)"
    r"\s+){0,6}" + _FORM + r"\b",
    re.IGNORECASE,
)
_TOLL_BEFORE = re.compile(
    r"\b(?:toll|number of (?:the )?dead)\b[^.;:,]{0,80}$"
    r"|\b(?:claim|took|cost|lost)\w* the lives of\s+$",
    re.IGNORECASE,
)
# "bringing to 12 the number of people killed", "raised the number of injured to 40".
_RAISED = re.compile(
    r"\b(?:br(?:ing|ought)|rais|tak|took|push|lift|ris|rose|climb|gr[eo]w|jump|reach)\w*\b"
    r"[^.;:]{0,60}\bto\s+$",
    re.IGNORECASE,
)
_DEATHS_AFTER = re.compile(
    r"\s+(?:(?:\w+\s+)?(?:deaths?|fatalit(?:y|ies))|(?:la cifra|el número) de muertos)\b",
    re.IGNORECASE,
)
# What is done with the wounded, and where those driven from home are.
_TREATED = re.compile(
    r"\s+(?:\w+\s+){0,6}?(?:hospitals?|hospitali[sz]ed|treated for)\b", re.IGNORECASE
)
_SHELTERED = re.compile(
    r"\s+(?:\w+\s+){0,8}?(?:evacuat(?:ed|ion)|shelters?|(?:forced|driven) (?:out of|from))\b",
    re.IGNORECASE,
)
# What the sentence itself takes back.
_RETRACTED = re.compile(
    r"\b(?:(?:not|isn['’]t|wasn['’]t) true|untrue|incorrect|false(?:ly)?|no truth|mistaken(?:ly)?"
    r"|hoax)\b",
    re.IGNORECASE,
)
# "An apprentice of 19" is as old, "2." at a line's beginning is a number on a list.
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom)\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:an?|the|of)\s+\w+\s+of\s+$", re.IGNORECASE)
# "Shot the guard dead", "shot and killed".
_SHOT_DEAD = re.compile(r"(?:\W+\w+){0,3}?\W+(?:dead|killed)\b")
# Units that are written with the figure.
_SIGNED = re.compile(r"[$£€¥₹%]|cent")
_LIVES_AFTER = re.compile(r"\s+(?:\w+\s+)?(?:lost|losing) their lives\b", re.IGNORECASE)
_HOMES_AFTER = re.compile(
    r"\s+(?:\w+\s+){0,3}(?:fled|flee|left|leave|lost|out of|from) their (?:homes|houses)\b",
    re.IGNORECASE,
)
_VAGUE = frozenset(
    {
        "several", "many", "few", "some", "dozens", "hundreds", "thousands", "scores", "tens",
        "couple", "millions", "both", "pair",
    }
)  # fmt: skip
# "Three of them" counts a part of what another sentence counts.
_PARTITIVE = re.compile(r"\s+of\s+(?:them|the|those|these|its|their|his|her)\b", re.IGNORECASE)
# "Half of the 40 passengers were hurt" says how many there were, not how many were hurt.
_SHARE_BEFORE = re.compile(
    r"\b(?:half|most|some|many|several|few|none|one|part|third|quarter|percent|cent|%) of"
    r"(?: the| its| their| those| these| about| some| all)*\s+$",
    re.IGNORECASE,
)
# A sentence with more counts of one thing than this is a table, and answers no question.
_MAX_LISTED = 8
# How far beside a figure a form is looked for, in characters.
_BESIDE_CHARS = 90
# A victim farther from the verb than this stands in another sentence, behind a pronoun.
_NEAR_CHARS = 300
_PLURAL = re.compile(
    r"(?:\b(?:people|children|police|troops|\w*men|two|three|four|five|six|seven|eight|nine|ten"
    r"|\d+|several|many|some|both|all|other|others|no|any)\b|[^s]s)$|^(?:no|any|two|three|\d+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that answers a question. `topic`: the lemma of what the counted take part in."""

    count: Count
    slot: str
    topic: str
    proposition: Proposition | None
    sentence: Passage
    sentence_index: int
    is_retracted: bool = False


def figures(document: Document, reading: Reading) -> list[Figure]:
    """The figures of one document in text order."""
    comments = [p.passage for p in document.parts if p.kind is PartKind.COMMENT]
    propositions = _by_sentence(reading.sentences, [(p.predicate, p) for p in reading.propositions])
    counts = _by_sentence(reading.sentences, [(c.passage, c) for c in reading.quantities])
    # A sentence whose day is named but not known may tell of anything.
    undated = {
        i
        for i, times in enumerate(
            _by_sentence(reading.sentences, [(t.passage, t) for t in reading.times])
        )
        if any(t.type is TimexType.DATE and t.relative and t.when.start is None for t in times)
    }
    people = {m.head.start for m in reading.mentions if m.kind is Kind.PERSON}
    # "Two people who asked not to be named" are a source; how many they are asks nothing.
    speaking = {
        at
        for attribution in reading.attributions
        for source in attribution.source
        for at in range(source.start, source.end)
    }
    found = []
    for i, sentence in enumerate(reading.sentences):
        listed = Counter(c.quantity.unit for c in counts[i])
        for count in _whole_counts(counts[i]):
            if listed[count.quantity.unit] > _MAX_LISTED:
                continue
            if _is_no_count(document.text, count):
                continue
            slot, proposition = _slot_of(document.text, count, propositions[i], sentence, people)
            in_comment = any(c.start <= sentence.start < c.end for c in comments)
            if slot is not None and slot.startswith("count:") and count.passage.start in speaking:
                continue
            if slot is None or (slot.startswith("count:") and (in_comment or i in undated)):
                continue
            beside = proposition or _nearest(count, propositions[i])
            topic = beside.lemma if beside else ""
            said = document.text[sentence.start : sentence.end]
            is_retracted = _RETRACTED.search(said) is not None
            found.append(Figure(count, slot, topic, beside, sentence, i, is_retracted))
    return found


def singles(document: Document, reading: Reading) -> list[Figure]:
    """One person said to be killed or hurt, as a figure of at least one: “a man was killed”.

    It says no more than that: who names one victim does not say that there was no other. Whoever
    was killed is not also counted as hurt.
    """
    text = document.text
    people: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        if mention.kind is Kind.PERSON:
            people.setdefault(mention.chain_id, []).append(mention)
    in_sentence = _by_sentence(reading.sentences, [(p.predicate, p) for p in reading.propositions])
    found: list[tuple[str, Figure]] = []
    for i, propositions in enumerate(in_sentence):
        for proposition in propositions:
            sentence = reading.sentences[i]
            slot = _harm(text, proposition, sentence)
            victim = _victim(proposition, people)
            if slot is None or victim is None:
                continue
            if _is_several(text, victim):
                continue
            one = Quantity(1, None, Comparator.AT_LEAST, "person")
            count = Count(victim.passage, one, None)
            figure = Figure(count, slot, proposition.lemma, proposition, sentence, i)
            found.append((victim.chain_id, figure))
    killed = {chain for chain, figure in found if figure.slot == "killed"}
    return [f for chain, f in found if f.slot == "killed" or chain not in killed]


def _harm(text: str, proposition: Proposition, sentence: Passage) -> str | None:
    """What a patient of the predicate suffered: killed, injured, or neither."""
    slot = load_table("slots").get(proposition.lemma)
    if proposition.lemma == "shoot":
        # Whoever was shot was hurt at the least.
        fatal = _SHOT_DEAD.match(text, proposition.predicate.end, sentence.end)
        slot = "killed" if fatal else "injured"
    return slot if slot in ("killed", "injured") else None


def _is_several(text: str, mention: Mention) -> bool:
    words = text[mention.passage.start : mention.passage.end]
    plural = words.lower() in ("they", "them", "we", "us") or _PLURAL.search(words)
    return not mention.named and bool(plural)


def _victim(proposition: Proposition, people: Mapping[str, Sequence[Mention]]) -> Mention | None:
    """The person in the patient's place, where that person stands near the verb."""
    at = proposition.predicate.start
    for argument in proposition.arguments:
        said = people.get(argument.chain_id or "")
        if argument.role in ("ARG1", "ARG1-of") and said is not None:
            nearest = min(said, key=lambda m: (abs(m.passage.start - at), m.passage))
            return nearest if abs(nearest.passage.start - at) < _NEAR_CHARS else None
    return None


def _by_sentence(sentences: Sequence[Passage], items: Sequence[tuple[Passage, T]]) -> list[list[T]]:
    grouped: list[list[T]] = [[] for _ in sentences]
    k = 0
    for passage, item in sorted(items, key=lambda i: i[0]):
        while k < len(sentences) and sentences[k].end <= passage.start:
            k += 1
        if k < len(sentences) and sentences[k].start <= passage.start:
            grouped[k].append(item)
    return grouped


def _whole_counts(counts: Sequence[Count]) -> Iterator[Count]:
    """Counts that stand inside no longer one: not two and nine, once eleven is known."""
    for count in counts:
        if not any(
            other.passage != count.passage and within(count.passage, other.passage)
            for other in counts
        ):
            yield count


def _slot_of(
    text: str,
    count: Count,
    propositions: Sequence[Proposition],
    sentence: Passage,
    people: Set[int],
) -> tuple[str | None, Proposition | None]:
    """The slot a count fills, by the proposition with the tightest argument that gives one."""
    ordered = _taken_part_in(count, propositions)
    is_person = count.of is not None and any(
        count.of.start <= head < count.of.end for head in people
    )
    human = is_person or is_human(count.quantity.unit)
    for proposition in ordered:
        slot = _slot(text, count, proposition, sentence, human=human)
        if slot is not None and not slot.startswith("count:"):
            return slot, proposition
    first = ordered[0] if ordered else None
    return _slot(text, count, first, sentence, human=human), first


def _taken_part_in(count: Count, propositions: Sequence[Proposition]) -> list[Proposition]:
    """The propositions in whose arguments the figure stands, the tightest argument first."""
    held = []
    for proposition in propositions:
        sizes = [
            a.passage.end - a.passage.start
            for a in proposition.arguments
            if not a.role.startswith("ARGM") and within(count.passage, a.passage)
        ]
        if sizes:
            distance = abs(proposition.predicate.start - count.passage.start)
            held.append((min(sizes), distance, proposition.id, proposition))
    return [proposition for *_, proposition in sorted(held, key=lambda h: h[:3])]


def _nearest(count: Count, propositions: Sequence[Proposition]) -> Proposition | None:
    return min(
        propositions,
        key=lambda p: (abs(p.predicate.start - count.passage.start), p.predicate),
        default=None,
    )


def _slot(
    text: str, count: Count, proposition: Proposition | None, sentence: Passage, *, human: bool
) -> str | None:
    unit = count.quantity.unit
    if count.quantity.high == 0:
        # "No injuries" and "nobody was hurt" answer for all; "no officer was hurt" and "nobody
        # aboard was badly hurt" do not.
        told = load_table("slots").get(unit or "")
        return _slot_beside(text, count, sentence) if unit == "person" else told
    if human and not _is_share(text, count, sentence):
        if unit in GENERIC_UNITS and (slot := _slot_beside(text, count, sentence)):
            return slot
        if proposition is not None and _is_patient(count, proposition):
            slot = _patient_slot(text, count, proposition, sentence)
            if slot is not None:
                return slot
        if slot := _slot_beside(text, count, sentence):
            return slot
    words = text[count.passage.start : count.passage.end].lower()
    # "Some 300" is about 300; "some" alone is no number.
    vague = _VAGUE & set(re.findall(r"\w+", words.removeprefix("some ")))
    if _PARTITIVE.match(text, count.passage.end):
        return None
    if unit in load_words("measures"):
        return None
    if unit is None or words == "one" or vague:
        return None
    if count.of is None and not _SIGNED.search(words):
        # A list's sum that nothing befell, and "four of them", name nothing to ask of.
        return None
    return f"count:{unit}"


def _is_no_count(text: str, count: Count) -> bool:
    """Ages, numbers of a list, and parts of what was counted right before."""
    words = text[count.passage.start : count.passage.end].lower()
    # "One of the guards", "none of the others": of a whole that is told elsewhere, like "both".
    is_part = words in ("one", "none", "neither") and _PARTITIVE.match(text, count.passage.end)
    if is_part or (words == "both" and count.of is None):
        return True
    before = text[max(0, count.passage.start - 40) : count.passage.start]
    starts_line = not before or before.rstrip(" ").endswith("\n")
    is_listed = starts_line and text[count.passage.end : count.passage.end + 2] == ". "
    is_apart = count.of is None or count.of.start < count.passage.start
    is_age = is_apart and _AGED.search(before) is not None
    return is_listed or is_age or _OF_THEM.match(text, count.passage.end) is not None


def _is_share(text: str, count: Count, sentence: Passage) -> bool:
    start = max(sentence.start, count.passage.start - _BESIDE_CHARS)
    return _SHARE_BEFORE.search(text, start, count.passage.start) is not None


def is_human(unit: str | None) -> bool:
    """Whether a counted noun counts people, or leaves open what it counts."""
    return unit in GENERIC_UNITS or unit in load_words("people") or unit in load_words("offices")


def _is_patient(count: Count, proposition: Proposition) -> bool:
    return any(
        a.role in ("ARG1", "ARG1-of") and within(count.passage, a.passage)
        for a in proposition.arguments
    )


def _patient_slot(
    text: str, count: Count, proposition: Proposition, sentence: Passage
) -> str | None:
    lemma = proposition.lemma
    after = text[proposition.predicate.end : sentence.end][:_BESIDE_CHARS]
    if lemma in _TAKING and _CAPTIVE.search(after):
        return "detained"
    if lemma in _LIFE_TAKING and count.quantity.unit == "life":
        return "killed"
    if lemma == "shoot" and _SHOT_DEAD.match(after):
        return "killed"
    return load_table("slots").get(lemma)


def _slot_beside(text: str, count: Count, sentence: Passage) -> str | None:
    start = count.passage.start
    end = max(count.passage.end, count.of.end if count.of else 0)
    before = text[max(sentence.start, start - _BESIDE_CHARS) : start]
    after = text[end : min(sentence.end, end + _BESIDE_CHARS)]
    if found := _RIGHT_BEFORE.search(before) or _RIGHT_AFTER.match(after):
        return next(s for form, s in _FORMS.items() if found[1].lower().startswith(form))
    if _TOLL_BEFORE.search(before) or _DEATHS_AFTER.match(after) or _LIVES_AFTER.match(after):
        return "killed"
    if raised := _RAISED.search(before):
        named = re.search(_FORM, raised[0] + after, re.IGNORECASE)
        return next(
            (s for f, s in _FORMS.items() if named and named[1].lower().startswith(f)), None
        )
    if _TREATED.match(after):
        return "injured"
    return "displaced" if _SHELTERED.match(after) or _HOMES_AFTER.match(after) else None


def within(inner: Passage, outer: Passage) -> bool:
    """Whether one passage lies inside another of the same document."""
    return (
        inner.document_id == outer.document_id
        and outer.start <= inner.start
        and inner.end <= outer.end
    )
