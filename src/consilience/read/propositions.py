"""Who did what to whom, when, and whether it is said to have happened."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from consilience.lexicon import load_table
from consilience.read.encoder import Parse, Word
from consilience.read.moods import judge
from consilience.read.roles import STATES, find_roles
from consilience.read.syntax import Tree, to_tree
from consilience.records import (
    Argument,
    Attribution,
    Document,
    Factuality,
    Mention,
    Passage,
    Polarity,
    Proposition,
    Stance,
    Timex,
    content_id,
)

# How a regular verb ends, and what its lemma ends in instead.
_ENDINGS = (("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ies", "y"), ("ied", "y"), ("s", ""))
# How far below a predicate its time may hang, in steps of the tree.
_TIME_STEPS = 6


def find_propositions(
    document: Document,
    parses: Sequence[Parse],
    mentions: Sequence[Mention],
    times: Sequence[Timex],
    attributions: Sequence[Attribution],
) -> tuple[Proposition, ...]:
    """The propositions of a document, in the order of their predicates."""
    chains = {m.head.start: m.chain_id for m in mentions}
    inside = _Innermost(attributions)
    ordered = sorted(times, key=lambda t: t.passage)
    found: list[Proposition] = []
    for parse in parses:
        tree = to_tree(_with_known_verbs(parse))
        first = bisect_left(ordered, parse.start, key=lambda t: t.passage.start)
        last = bisect_left(ordered, parse.end, key=lambda t: t.passage.start)
        found += [
            _proposition(document, tree, i, chains, ordered[first:last], inside)
            for i in _predicates(tree)
        ]
    return tuple(found)


def find_named_happenings(
    document: Document,
    parses: Sequence[Parse],
    times: Sequence[Timex],
    attributions: Sequence[Attribution],
) -> tuple[Proposition, ...]:
    """The happenings that a Spanish page names, dated by the one time of their sentence.

    Without syntax there are no participants and nobody's word for what did not happen.
    """
    if document.language != "es":
        return ()
    lemmas = load_table("spanish_events")
    inside = _Innermost(attributions)
    found = []
    for parse in parses:
        dated = [t for t in times if parse.start <= t.passage.start < parse.end and t.when.start]
        timex = dated[0] if len({t.when.value for t in dated}) == 1 else None
        for word in parse.words:
            lemma = lemmas.get(word.text.lower())
            if lemma is None:
                continue
            found.append(
                Proposition(
                    id=content_id("proposition", document.id, str(word.start), str(word.end)),
                    predicate=Passage(document.id, word.start, word.end),
                    lemma=lemma,
                    sense=None,
                    arguments=(Argument("ARGM-TMP", timex.passage, None),) if timex else (),
                    polarity=Polarity.POSITIVE,
                    factuality=Factuality.HAPPENED,
                    attribution_id=said.id if (said := inside.at(word.start)) else None,
                    when=timex.when if timex else None,
                )
            )
    return tuple(found)


def _predicates(tree: Tree) -> Iterator[int]:
    nouns = load_table("event_nouns")
    for i, word in enumerate(tree.words):
        lemma = word.lemma.lower()
        is_verb = word.upos == "VERB" and word.deprel not in ("compound", "amod")
        # In "fire service" and "strike leader" nothing happens.
        is_event = word.upos == "NOUN" and lemma in nouns and word.deprel != "compound"
        is_state = word.upos == "ADJ" and lemma in STATES
        if (is_verb and word.text.isalpha()) or is_event or is_state:
            yield i


def _proposition(
    document: Document,
    tree: Tree,
    i: int,
    chains: dict[int, str],
    times: Sequence[Timex],
    inside: "_Innermost",
) -> Proposition:
    word, lemma = tree.words[i], tree.lemma(i)
    predicate = Passage(document.id, word.start, word.end)
    arguments = tuple(
        Argument(
            role.name,
            Passage(document.id, role.start, role.end),
            chains.get(tree.words[role.head].start),
        )
        for role in find_roles(tree, i)
    )
    polarity, factuality = judge(tree, i)
    said = inside.at(word.start)
    if said is not None and said.stance is Stance.DENIES and factuality is Factuality.HAPPENED:
        factuality = Factuality.POSSIBLE
    timex = _time_of(tree, i, times)
    if timex is not None:
        arguments += (Argument("ARGM-TMP", timex.passage, None),)
    return Proposition(
        id=content_id("proposition", document.id, str(word.start), str(word.end)),
        predicate=predicate,
        lemma=_verb_of(word.upos, lemma),
        sense=None,
        arguments=arguments,
        polarity=polarity,
        factuality=factuality,
        attribution_id=said.id if said else None,
        when=timex.when if timex else None,
    )


def _verb_of(upos: str, lemma: str) -> str:
    """The verb that tells the same as a noun or adjective, else the lemma itself."""
    if upos == "NOUN":
        return load_table("event_nouns").get(lemma, lemma)
    return STATES.get(lemma, lemma) if upos == "ADJ" else lemma


def _with_known_verbs(parse: Parse) -> Parse:
    """The parse with the lemmas of irregular verbs, and of verbs that the word lists hold."""
    words = tuple(replace(w, lemma=_lemma(w)) if w.upos == "VERB" else w for w in parse.words)
    return replace(parse, words=words)


@cache
def _listed_verbs() -> frozenset[str]:
    return frozenset(load_table("event_kinds")) | frozenset(load_table("slots"))


def _lemma(verb: Word) -> str:
    text, known = verb.text.lower(), _listed_verbs()
    if verb.lemma.lower() in known:
        return verb.lemma
    stems = (text.removesuffix(ending) + put for ending, put in _ENDINGS if text.endswith(ending))
    regular = next((stem for stem in stems if stem in known), verb.lemma)
    return load_table("irregular_verbs").get(text, regular)


def _time_of(tree: Tree, i: int, times: Sequence[Timex]) -> Timex | None:
    """The time expression that hangs nearest below the predicate, or None."""
    best: tuple[int, Timex] | None = None
    by_start = {word.start: j for j, word in enumerate(tree.words)}
    for timex in times:
        first = by_start.get(timex.passage.start)
        if first is None:
            continue
        node, steps = first, 0
        while node != i and node >= 0 and steps < _TIME_STEPS:
            if node != first and tree.words[node].upos == "VERB":
                steps = _TIME_STEPS
                break
            node = tree.words[node].head
            steps += 1
        if node == i and steps < _TIME_STEPS and (best is None or steps < best[0]):
            best = (steps, timex)
    return best[1] if best else None


class _Innermost:
    """Finds the innermost attribution that a character stands in."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._held = sorted(
            ((p.start, p.end, a) for a in attributions for p in a.content),
            key=lambda held: (held[0], -held[1], held[2].id),
        )
        self._longest = max((end - start for start, end, _ in self._held), default=0)

    def at(self, position: int) -> Attribution | None:
        best: tuple[int, Attribution] | None = None
        k = bisect_right(self._held, position, key=lambda held: held[0]) - 1
        while k >= 0 and self._held[k][0] >= position - self._longest:
            start, end, attribution = self._held[k]
            if position < end and (best is None or end - start < best[0]):
                best = (end - start, attribution)
            k -= 1
        return best[1] if best else None
