"""Which question a counted thing answers: how many were killed, hurt, held, or were there at all.

The predicate that the counted take part in decides ("killed eight people"); where the syntax
does not join them, the words right beside the figure do ("13 dead", "another 21 injured").
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import TypeVar

from consilience.lexicon import load_table, load_words
from consilience.records import (
    Count,
    Document,
    Factuality,
    Kind,
    PartKind,
    Passage,
    Proposition,
    Reading,
    TimexType,
)
from consilience.weigh.added import added_up, by_place, is_besides, parts_of, whole_counts
from consilience.weigh.beside import fate_after, is_cost, is_share, slot_beside
from consilience.weigh.crowds import CROWD, PARTICIPANT, TAKING_PART, counts_a_crowd
from consilience.weigh.figure import GENERIC_UNITS, OFFER, TOLLS, Figure, is_human
from consilience.weigh.harms import patient_slot
from consilience.weigh.no_counts import PARTITIVE, People, is_no_count
from consilience.weigh.passages import stretches, within
from consilience.weigh.passing import is_in_passing, names_a_thing
from consilience.weigh.revised import changed_figure, is_former, numbered_slot

T = TypeVar("T")
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(
    r"\w\s+(?:of|with|from|to|for|by|about|that|who|which|where|when)\b", re.IGNORECASE
)
_UNHURT = re.compile(
    r"\b(?:escap|surviv|fle[ed]|emerg|walk|climb|crawl|jump|got|get)\w*(?:\s+\w+){0,2}\s+\Z", re.I
)
# Bodies that are found are of people killed.
_FINDING = frozenset({"recover", "find", "discover", "retrieve", "pull", "pull_out", "count"})
# How many sentences back "another 20" may go on from other harm: "five died. Another 20 were hurt".
_BACK = 2
# Percentages that answer a question by themselves; a share of the vote needs a name to it.
_AT_ISSUE = re.compile(
    r"\b(?:offer|pay|wages?|salar|deal|agreement|turnout|stake|tariff)"
    r"|(?:%|\bper\s?cent)\s+and\s+[$£€]",
    re.IGNORECASE,
)
_OFFERED = re.compile(
    r"\b(?:offer|(?:pay|wage) (?:rise|raise|deal|increase|offer)|(?:the|a|new|pay) deal\b|lump sum"
    r"|(?:single|one-off) payment"
    r"|agreement|settle[dm]|bonus)|(?:%|\bper\s?cent)\s+and\s+[$£€]",
    re.IGNORECASE,
)
# Units that are written with the figure.
_SIGNED = re.compile(r"[$£€¥₹%]|cent")
_MONEY = re.compile(r"[$£€¥₹]")
_VAGUE = frozenset(
    {
        "several", "many", "few", "some", "dozens", "hundreds", "thousands", "scores", "tens",
        "couple", "millions", "both", "pair",
    }
)  # fmt: skip
# "Two of the three" counts a part of those told next.
_WHOLE = re.compile(
    r"\s+of\s+(?:(?:the|those|these|its|their|his|her|two|three|four|five|six|seven|eight|nine|ten)"
    r"\b|\d)"
)
_PASSIVE = re.compile(r"\b(?:was|were|been|being)\s+(?:\w+ly\s+)?\Z", re.IGNORECASE)
_AND_THEN = re.compile(
    r"\b(?:and|but|then)\s+(?:(?:later|then|both|all|was|were|have|been|since|soon)\s+){0,8}\Z"
)
_NO_OBJECT = re.compile(
    r"\s*(?:[.,;]|(?:without|on|after|later|hours|within|pending|in|from|again|by|at|early|under"
    r"|shortly|soon|the (?:same|next|following))\b)"
)
# A sentence with more counts of one thing than this is a table, and answers no question.
_MAX_LISTED = 8


def figures(document: Document, reading: Reading) -> list[Figure]:
    """The figures of one document in text order."""
    text = document.text
    comments = stretches((p.passage, p.kind) for p in document.parts if p.kind is PartKind.COMMENT)
    propositions = by_sentence(reading.sentences, [(p.predicate, p) for p in reading.propositions])
    counts = by_sentence(reading.sentences, [(c.passage, c) for c in reading.quantities])
    # A sentence whose day is named but not known may tell of anything.
    undated = {
        i
        for i, times in enumerate(
            by_sentence(reading.sentences, [(t.passage, t) for t in reading.times])
        )
        if any(t.type is TimexType.DATE and t.relative and t.when.start is None for t in times)
    }
    mentions = tuple(m for m in reading.mentions if m.kind is Kind.PERSON)
    people = People(
        mentions,
        {m.head.start for m in mentions},
        {m.passage.end for m in mentions if m.named},
    )
    # "Two people who asked not to be named" are a source; how many they are asks nothing.
    speaking = {
        at
        for attribution in reading.attributions
        for source in attribution.source
        for at in range(source.start, source.end)
    }
    found: list[Figure] = []
    for i, sentence in enumerate(reading.sentences):
        listed = Counter(c.quantity.unit for c in counts[i])
        here: list[Figure] = []
        in_comment = any(comments.over(sentence.start, sentence.start + 1))
        standing = by_place(counts[i])
        for count in whole_counts(text, counts[i]):
            if listed[count.quantity.unit] > _MAX_LISTED or is_no_count(text, count, people):
                continue
            parts = parts_of(count, standing, mentions)
            changed = changed_figure(text, count, sentence, i, (*found, *here))
            was_told = Factuality.NOT_HAPPENED if is_former(text, count, sentence) else None
            if changed is not None:
                again = replace(
                    changed, count=count, factuality=was_told, proposition=None, sum_of=()
                )
                here.append(replace(again, sentence=sentence, sentence_index=i, is_besides=False))
                continue
            for slot, proposition, unsure in _slots_of(
                text, count, propositions[i], sentence, people.heads
            ):
                is_other = slot.startswith("count:")
                is_source = count.passage.start in speaking and slot != CROWD
                if is_other and (in_comment or i in undated or is_source):
                    continue
                beside = proposition or _nearest(count, propositions[i])
                topic = beside.lemma if beside else ""
                if is_other and _is_offered(text, count, sentence):
                    topic = OFFER
                of_whom = count
                if slot == CROWD:
                    topic, of_whom = TAKING_PART, _as_participants(count)
                    # Who puts the crowd at so many says so and does nothing with it.
                    beside = None if _is_said(beside) else beside
                here.append(
                    Figure(
                        of_whom,
                        slot,
                        topic,
                        beside,
                        sentence,
                        i,
                        factuality=was_told or unsure,
                        sum_of=parts,
                        is_in_passing=slot == "count:percent"
                        or (is_other and is_in_passing(text, count)),
                        is_besides=not is_other
                        and is_besides(text, count)
                        and not any(
                            f.slot != slot and f.slot in TOLLS and i - f.sentence_index <= _BACK
                            for f in (*found, *here)
                        ),
                    )
                )
        found += added_up(text, here)
    return found


def _is_said(proposition: Proposition | None) -> bool:
    return proposition is not None and proposition.lemma in load_table("reporting_verbs")


def _as_participants(count: Count) -> Count:
    return replace(count, quantity=replace(count.quantity, unit=PARTICIPANT))


def by_sentence(sentences: Sequence[Passage], items: Sequence[tuple[Passage, T]]) -> list[list[T]]:
    grouped: list[list[T]] = [[] for _ in sentences]
    k = 0
    for passage, item in sorted(items, key=lambda i: i[0]):
        while k < len(sentences) and sentences[k].end <= passage.start:
            k += 1
        if k < len(sentences) and sentences[k].start <= passage.start:
            grouped[k].append(item)
    return grouped


def _slots_of(
    text: str,
    count: Count,
    propositions: Sequence[Proposition],
    sentence: Passage,
    people: Set[int],
) -> Iterator[tuple[str, Proposition | None, Factuality | None]]:
    """What a count answers, by the propositions with the tightest arguments that hold it.

    "Two pickets were arrested and freed" answers two questions; who is shot and killed is not
    also hurt.
    """
    ordered = _taken_part_in(count, propositions)
    is_person = count.of is not None and any(
        at in people for at in range(count.of.start, count.of.end)
    )
    human = is_person or is_human(count.quantity.unit)
    found: dict[str, tuple[Proposition | None, Factuality | None]] = {}
    first: Passage | None = None
    for proposition in ordered:
        slot, unsure = _slot(text, count, proposition, sentence, human=human)
        if slot is None or slot.startswith("count:"):
            continue
        argument = _argument(count, proposition)
        if not found or argument == first:
            found.setdefault(slot, (proposition, unsure))
            first = argument if first is None else first
    if "killed" in found:
        found.pop("injured", None)
    if "detained" in found and (freed := _freed_after(text, *found["detained"], propositions)):
        found["freed"] = freed, None
    if not found:
        tightest = ordered[0] if ordered else None
        slot, unsure = _slot(text, count, tightest, sentence, human=human)
        if slot is not None:
            found[slot] = tightest, unsure
    return ((slot, *given) for slot, given in found.items())


def _freed_after(
    text: str,
    arrest: Proposition | None,
    _: Factuality | None,
    propositions: Sequence[Proposition],
) -> Proposition | None:
    """The release in "were arrested on Monday, and freed without charge"."""
    if arrest is None or not _PASSIVE.search(
        text, max(0, arrest.predicate.start - 24), arrest.predicate.start
    ):
        return None
    later = [p for p in propositions if p.predicate.start > arrest.predicate.end]
    return next(
        (
            p
            for p in later
            if load_table("slots").get(p.lemma) == "freed"
            and _AND_THEN.search(text, arrest.predicate.end, p.predicate.start)
            and _NO_OBJECT.match(text, p.predicate.end)
        ),
        None,
    )


def _argument(count: Count, proposition: Proposition) -> Passage:
    """The tightest argument of a proposition that holds a count."""
    held = [a.passage for a in proposition.arguments if within(count.passage, a.passage)]
    return min(held, key=lambda p: (p.end - p.start, p), default=proposition.predicate)


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
) -> tuple[str | None, Factuality | None]:
    unit = count.quantity.unit
    if count.quantity.high == 0:
        # "No injuries" and "nobody was hurt" answer for all; "no officer was hurt" and "nobody
        # aboard was badly hurt" do not.
        if unit == "person":
            return slot_beside(text, count, sentence) or (None, None)
        # "Another man escaped without injury" tells of him alone.
        start = count.passage.start
        if _UNHURT.search(text, max(sentence.start, start - 40), start):
            return None, None
        return load_table("slots").get(unit or ""), None
    if unit in load_table("event_nouns") and (told := fate_after(text, count.passage.end)):
        # A headline: "3 Hurt Market Blast".
        return told, None
    if human and not is_share(text, count, sentence):
        # In "two of the three arrested" the words after are of the three.
        is_of_whole = _WHOLE.match(text, count.passage.end) is not None
        beside = None if is_of_whole else slot_beside(text, count, sentence)
        if unit in GENERIC_UNITS and beside:
            return beside
        if numbered := numbered_slot(text, count, sentence):
            return numbered, None
        if unit == "body" and proposition is not None and proposition.lemma in _FINDING:
            return "killed", None
        if proposition is not None and _is_patient(text, count, proposition):
            slot = patient_slot(text, unit, proposition, sentence)
            if slot is not None:
                return slot, None
        if beside:
            return beside
        if counts_a_crowd(text, count, sentence):
            return CROWD, None
    return _other_slot(text, count, sentence), None


def _other_slot(text: str, count: Count, sentence: Passage) -> str | None:
    """The question after a thing that nothing befell."""
    unit = count.quantity.unit
    words = text[count.passage.start : count.passage.end].lower()
    # "Some 300" is about 300; "some" alone is no number.
    vague = _VAGUE & set(re.findall(r"\w+", words.removeprefix("some ")))
    if PARTITIVE.match(text, count.passage.end) or _OF_THEM.match(text, count.passage.end):
        return None
    if is_cost(text, count, sentence):
        return "cost"
    if _MONEY.search(words):
        return f"count:{unit}"
    if unit == "percent" and _AT_ISSUE.search(text, sentence.start, sentence.end):
        return "count:percent"
    if unit in load_words("measures") or not names_a_thing(unit or "x"):
        return None
    if unit is None or words == "one" or vague:
        return None
    if count.of is None and not _SIGNED.search(words):
        # A list's sum that nothing befell, and "four of them", name nothing to ask of.
        return None
    return f"count:{unit}"


def _is_offered(text: str, count: Count, sentence: Passage) -> bool:
    """Whether a share or a sum is what two sides bargain about."""
    words = text[count.passage.start : count.passage.end]
    is_sum = _MONEY.search(words) is not None or count.quantity.unit == "percent"
    return is_sum and _OFFERED.search(text, sentence.start, sentence.end) is not None


def _is_patient(text: str, count: Count, proposition: Proposition) -> bool:
    """Whether it befell those counted, and not "the mother of two boys"."""
    return any(
        a.role in ("ARG1", "ARG1-of")
        and within(count.passage, a.passage)
        and not _OF_ANOTHER.search(text, a.passage.start, count.passage.start)
        for a in proposition.arguments
    )
