"""Who did what to whom, when, and whether it is said to have happened."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from consilience.lexicon import load_table
from consilience.read.encoder import Parse, Word
from consilience.read.factuality import FACT, Mood, judge
from consilience.read.modality import tense_shown
from consilience.read.predicates import Told, find_predicates, light_verbs, listed_verbs
from consilience.read.roles import Role, find_roles, roles_read
from consilience.read.syntax import NOMINAL, Tree, to_tree
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
_DOUBLED = re.compile(r"\w\w[aeiou](?:nn|pp|gg|mm|bb|(?<!co)tt)e?$")
_FINAL_EL = re.compile(r"[aeiou][^aeiou]+elle$")
_HISSING_E = re.compile(r"\w(?:[^o]she|[^ao]che|zze|[^e]sse)$")
_FINAL_I = re.compile(r"\w\w[^aeiou]i$")
# Of the verbs below, for which no rule speaks, UDS has 61 % as not happened and 17 % as happened
# (evaluation/factuality, dev split).
DOUBTED_MAX = -0.3
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
        starts = {word.start: i for i, word in enumerate(tree.words)}
        here = _Sentence(
            document,
            tree,
            light_verbs(parse.predicates),
            chains,
            [
                (starts[t.passage.start], t)
                for t in ordered[first:last]
                if t.passage.start in starts
            ],
            inside,
        )
        found += [_proposition(here, told) for told in find_predicates(tree, parse.predicates)]
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


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A parsed sentence and what was read in it; `times` with the first word of each."""

    document: Document
    tree: Tree
    light: frozenset[int]
    chains: Mapping[int, str]
    times: Sequence[tuple[int, Timex]]
    inside: "_Innermost"


def _proposition(here: _Sentence, told: Told) -> Proposition:
    document, tree, times = here.document, here.tree, here.times
    i, word = told.word, here.tree.words[told.word]
    if told.read is None:
        roles = list(find_roles(tree, i))
    else:
        roles = roles_read(tree, i, told.read.arguments)
    timex = _time_of(tree, i, times) or _time_said(tree, roles, times)
    said = here.inside.at(word.start)
    mood = _felt(judge(tree, _bearer(tree, i, here.light)), told, word)
    factuality, cue = _decided(here, i, mood, timex, said)
    return Proposition(
        id=content_id("proposition", document.id, str(word.start), str(word.end)),
        predicate=Passage(document.id, word.start, word.end),
        lemma=told.lemma,
        sense=told.sense,
        arguments=tuple(_arguments(here, roles, timex)),
        polarity=mood.polarity,
        factuality=factuality,
        attribution_id=said.id if said else None,
        when=timex.when if timex else None,
        factuality_cue=cue,
    )


def _decided(
    here: _Sentence, i: int, mood: Mood, timex: Timex | None, said: Attribution | None
) -> tuple[Factuality, Passage | None]:
    """The factuality, given who says it and of which day, and the words that decide."""
    word = here.tree.words[i]
    # Who denies having a part in an attack does not deny the attack.
    is_denied = said is not None and said.stance is Stance.DENIES and word.upos not in NOMINAL
    if is_denied and said is not None and mood.factuality is Factuality.HAPPENED:
        return Factuality.POSSIBLE, next(iter(said.cue), None)
    if mood == FACT and timex is not None and _is_ahead(here.document, here.tree, i, timex):
        return Factuality.PLANNED, timex.passage
    if mood.cue is None:
        return mood.factuality, None
    cue = here.tree.words[mood.cue]
    return mood.factuality, Passage(here.document.id, cue.start, cue.end)


def _felt(mood: Mood, told: Told, word: Word) -> Mood:
    """The mood, doubted where no word says so but the encoder has it that it did not happen.

    Its numbers are learned from verbs alone.
    """
    is_verb = told.read is not None and word.upos in ("VERB", "AUX")
    if mood != FACT or told.read is None or not is_verb:
        return mood
    doubted = told.read.factuality < DOUBTED_MAX
    return replace(mood, factuality=Factuality.POSSIBLE) if doubted else mood


def _is_ahead(document: Document, tree: Tree, i: int, timex: Timex) -> bool:
    """Whether what is told in the present is of a day after the page's own: "opens on Monday"."""
    published = document.published.end if document.published else None
    if published is None or timex.when.start is None or timex.when.start < published:
        return False
    return "Tense=Pres" in tense_shown(tree, i)


def _arguments(here: _Sentence, roles: Sequence[Role], timex: Timex | None) -> Iterator[Argument]:
    """The arguments; the words of the proposition's time come first of those in ARGM-TMP."""
    later = []
    # "Took 30 seconds": the time is what was taken.
    is_core = timex is not None and any(
        role.name != "ARGM-TMP"
        and (role.start, role.end) == (timex.passage.start, timex.passage.end)
        for role in roles
    )
    for role in roles:
        passage = Passage(here.document.id, role.start, role.end)
        chain = here.chains.get(here.tree.words[role.head].start)
        argument = Argument(role.name, passage, chain)
        if role.name != "ARGM-TMP":
            yield argument
        elif timex is None or not role.start <= timex.passage.start < role.end:
            later.append(argument)
    if timex is not None and not is_core:
        yield Argument("ARGM-TMP", timex.passage, None)
    yield from later


def _bearer(tree: Tree, i: int, light: frozenset[int]) -> int:
    """The word whose auxiliaries and negation speak of `i`: the light verb that carries it."""
    head = tree.words[i].head
    return head if head in light and tree.words[i].deprel in ("obj", "nsubj:pass") else i


def _time_said(
    tree: Tree, roles: Sequence[Role], times: Sequence[tuple[int, Timex]]
) -> Timex | None:
    """The time expression that holds the head of what the encoder read as the time."""
    for role in roles:
        at = tree.words[role.head].start
        for _, timex in times if role.name == "ARGM-TMP" else ():
            if timex.passage.start <= at < timex.passage.end:
                return timex
    return None


def _with_known_verbs(parse: Parse) -> Parse:
    """The parse with the lemmas of irregular verbs, and of verbs that the word lists hold."""
    words = tuple(replace(w, lemma=_lemma(w)) if w.upos == "VERB" else w for w in parse.words)
    return replace(parse, words=words)


def _lemma(verb: Word) -> str:
    text, known = verb.text.lower(), listed_verbs()
    if verb.lemma.lower() in known:
        return verb.lemma
    stems = [text.removesuffix(ending) + put for ending, put in _ENDINGS if text.endswith(ending)]
    # "Gunned", "shipping".
    stems += [stem[:-1] for stem in stems if stem[-2:-1] == stem[-1:]]
    regular = next((stem for stem in stems if stem in known), _mended(verb.lemma))
    return load_table("irregular_verbs").get(text, regular)


def _mended(lemma: str) -> str:
    """A lemma that no English verb has, spelt as one: outgunn, repelle, decri, unleashe, fin."""
    verbs = load_table("senses")
    if lemma not in verbs and f"{lemma}e" in verbs:
        return f"{lemma}e"
    if _DOUBLED.search(lemma):
        return lemma[: -2 if lemma.endswith("e") else -1]
    if _FINAL_EL.search(lemma):
        return lemma[:-2]
    if lemma.endswith("ies"):
        return f"{lemma[:-3]}y"
    if _HISSING_E.search(lemma):
        return lemma[:-1]
    return f"{lemma[:-1]}y" if _FINAL_I.search(lemma) else lemma


def _time_of(tree: Tree, i: int, times: Sequence[tuple[int, Timex]]) -> Timex | None:
    """The time expression that hangs nearest below the predicate, or None."""
    best: tuple[int, Timex] | None = None
    for first, timex in times:
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
