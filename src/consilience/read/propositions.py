"""Who did what to whom, read off the syntax, and whether it is said to have happened.

Roles are PropBank's as far as syntax shows them: the subject of an active verb is ARG0, its
object and the subject of a passive ARG1, `by` in a passive ARG0; ARGM-TMP, ARGM-LOC, ARGM-NEG
and ARGM-MOD are the words of time, place, negation and modality.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consilience.lexicon import load_table
from consilience.read.encoder import Parse, Word
from consilience.records import (
    Argument,
    Attribution,
    Document,
    Factuality,
    Mention,
    Passage,
    Polarity,
    Proposition,
    Timex,
    content_id,
)

_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none"})
_POSSIBLE = frozenset({"may", "might", "could", "can", "perhaps", "maybe", "possibly", "probably"})
_FUTURE = frozenset({"will", "'ll", "’ll", "shall"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest", "should"})
# Governors whose infinitive is intended, not told as done.
_PLANNING = frozenset(
    {
        "plan", "intend", "want", "aim", "hope", "threaten", "try", "attempt", "seek", "prepare",
        "expect", "vow", "promise", "agree", "decide", "urge", "ask", "order", "tell", "call",
        "propose", "offer", "refuse", "warn", "mean", "go", "schedule", "set", "need", "plot",
        "conspire", "demand", "request", "advise", "consider", "ready", "about", "due", "able",
        "attempted", "planned",
    }
)  # fmt: skip
_PREVENTING = frozenset(
    {"avoid", "prevent", "avert", "stop", "fail", "refuse", "decline", "without"}
)
_FEARING = frozenset({"fear", "believe", "presume", "suspect", "allege", "accuse", "charge"})
_CORE = {"nsubj": "ARG0", "csubj": "ARG0", "obj": "ARG1", "iobj": "ARG2", "nsubj:pass": "ARG1",
         "csubj:pass": "ARG1", "obl:agent": "ARG0"}  # fmt: skip
# Verbs whose only participant undergoes them: their subject is ARG1.
_UNACCUSATIVE = frozenset(
    {"die", "perish", "drown", "explode", "collapse", "sink", "crash", "erupt", "disappear", "fall",
     "burn", "suffer", "occur", "happen", "begin", "start", "arrive", "derail"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Tree:
    """One parsed sentence with each word's dependents."""

    words: Sequence[Word]
    children: tuple[tuple[int, ...], ...]

    def with_relation(self, i: int, *relations: str) -> list[int]:
        return [c for c in self.children[i] if self.words[c].deprel in relations]

    def lemma(self, i: int) -> str:
        return self.words[i].lemma.lower()

    def span(self, i: int, *, stop: frozenset[str] = frozenset()) -> tuple[int, int]:
        """Code points from the first to the last word below `i`, clauses in `stop` left out."""
        start, end, todo = self.words[i].start, self.words[i].end, [i]
        while todo:
            word = todo.pop()
            start, end = min(start, self.words[word].start), max(end, self.words[word].end)
            todo += [
                c
                for c in self.children[word]
                if self.words[c].deprel not in stop and self.words[c].upos != "PUNCT"
            ]
        return start, end


def _tree(parse: Parse) -> _Tree:
    children: list[list[int]] = [[] for _ in parse.words]
    for i, word in enumerate(parse.words):
        if word.head >= 0:
            children[word.head].append(i)
    return _Tree(parse.words, tuple(tuple(c) for c in children))


_CLAUSES = frozenset({"acl:relcl", "appos", "parataxis", "advcl", "conj", "cc", "punct"})
_WITHIN_ARGUMENT = frozenset({"acl:relcl", "parataxis", "punct"})


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
    found: list[Proposition] = []
    for parse in parses:
        tree = _tree(parse)
        sentence_times = [
            t for t in times if parse.start <= t.passage.start and t.passage.end <= parse.end
        ]
        found += [
            _proposition(document, tree, i, chains, sentence_times, inside)
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
                    attribution_id=inside.at(word.start),
                    when=timex.when if timex else None,
                )
            )
    return tuple(found)


def _predicates(tree: _Tree) -> Iterator[int]:
    nouns = load_table("event_nouns")
    for i, word in enumerate(tree.words):
        lemma = word.lemma.lower()
        is_verb = word.upos == "VERB" and word.deprel not in ("compound", "amod")
        is_event = word.upos == "NOUN" and lemma in nouns
        if (
            (is_verb and word.text.isalpha())
            or is_event
            or (word.upos == "ADJ" and lemma in ("dead", "missing"))
        ):
            yield i


def _proposition(
    document: Document,
    tree: _Tree,
    i: int,
    chains: dict[int, str],
    times: Sequence[Timex],
    inside: "_Innermost",
) -> Proposition:
    word = tree.words[i]
    predicate = Passage(document.id, word.start, word.end)
    arguments = tuple(
        Argument(role, Passage(document.id, start, end), chains.get(tree.words[head].start))
        for role, head, (start, end) in _arguments(tree, i)
    )
    polarity, factuality = _factuality(tree, i)
    timex = _time_of(tree, i, times)
    if timex is not None:
        arguments += (Argument("ARGM-TMP", timex.passage, None),)
    lemma = word.lemma.lower()
    return Proposition(
        id=content_id("proposition", document.id, str(word.start), str(word.end)),
        predicate=predicate,
        lemma=load_table("event_nouns").get(lemma, lemma) if word.upos == "NOUN" else lemma,
        sense=None,
        arguments=arguments,
        polarity=polarity,
        factuality=factuality,
        attribution_id=inside.at(word.start),
        when=timex.when if timex else None,
    )


def _arguments(tree: _Tree, i: int) -> Iterator[tuple[str, int, tuple[int, int]]]:
    """Role, head word and extent of each argument."""
    if tree.words[i].upos == "NOUN":
        yield from _noun_arguments(tree, i)
        return
    passive = _is_passive(tree, i)
    seen = set()
    for child in tree.children[i]:
        role = _role(tree, i, child, passive=passive)
        if role is not None:
            seen.add(role)
            yield role, child, tree.span(child, stop=_WITHIN_ARGUMENT)
    for role, head in _shared(tree, i, passive=passive):
        if role not in seen:
            seen.add(role)
            yield role, head, tree.span(head, stop=_WITHIN_ARGUMENT | {"acl"})


def _is_passive(tree: _Tree, i: int) -> bool:
    if tree.with_relation(i, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    word = tree.words[i]
    if "VerbForm=Part" not in word.feats or "Tense=Past" not in word.feats:
        return False
    if word.deprel == "conj" and not tree.with_relation(i, "nsubj", "aux"):
        return _is_passive(tree, word.head)
    return word.deprel in ("acl", "advcl", "amod", "xcomp")


def _role(tree: _Tree, i: int, child: int, *, passive: bool) -> str | None:
    relation = tree.words[child].deprel
    if relation == "nsubj" and tree.lemma(i) in _UNACCUSATIVE | {"dead", "missing"}:
        return "ARG1"
    if relation == "nsubj" and passive:
        return "ARG1"
    if relation in _CORE:
        return _CORE[relation]
    if relation in ("obl", "nmod"):
        return _oblique_role(tree, child, passive=passive)
    if relation == "advmod" and tree.lemma(child) in _NEGATIONS:
        return "ARGM-NEG"
    if relation == "aux" and tree.lemma(child) in _POSSIBLE | _FUTURE | {"would", "should", "must"}:
        return "ARGM-MOD"
    return None


def _oblique_role(tree: _Tree, child: int, *, passive: bool) -> str | None:
    case = next((tree.lemma(c) for c in tree.with_relation(child, "case")), "")
    if case == "by" and passive:
        return "ARG0"
    if case in (
        "in",
        "at",
        "near",
        "outside",
        "inside",
        "across",
        "around",
        "on",
        "throughout",
    ) and (tree.words[child].name in ("B-LOC", "I-LOC") or tree.words[child].kind == "place"):
        return "ARGM-LOC"
    return None


def _noun_arguments(tree: _Tree, i: int) -> Iterator[tuple[str, int, tuple[int, int]]]:
    for child in tree.children[i]:
        relation = tree.words[child].deprel
        case = next((tree.lemma(c) for c in tree.with_relation(child, "case")), "")
        if relation == "nmod" and case == "of":
            yield "ARG1", child, tree.span(child, stop=_WITHIN_ARGUMENT)
        elif relation == "nmod" and case == "by":
            yield "ARG0", child, tree.span(child, stop=_WITHIN_ARGUMENT)
        elif relation == "nmod" and _oblique_role(tree, child, passive=False):
            yield "ARGM-LOC", child, tree.span(child, stop=_WITHIN_ARGUMENT)
        elif relation in ("compound", "nummod") and tree.words[child].kind == "person":
            yield "ARG1", child, tree.span(child, stop=_WITHIN_ARGUMENT)


def _shared(tree: _Tree, i: int, *, passive: bool) -> Iterator[tuple[str, int]]:
    """Participants that stand with another verb: relative clauses, participles, conjoined verbs."""
    word = tree.words[i]
    subject = "ARG1" if passive or word.lemma.lower() in _UNACCUSATIVE else "ARG0"
    if word.deprel == "acl":
        yield subject, word.head
    elif word.deprel == "acl:relcl":
        relative = [
            c
            for c in tree.with_relation(i, "nsubj", "nsubj:pass", "obj")
            if tree.lemma(c) in ("who", "which", "that", "whom")
        ]
        if relative:
            # The pronoun itself was given above; its antecedent replaces it for who reads roles.
            yield (
                ("ARG1" if tree.words[relative[0]].deprel == "obj" else subject) + "-of",
                word.head,
            )
    elif word.deprel == "conj":
        governor = word.head
        for c in tree.with_relation(governor, "nsubj", "nsubj:pass"):
            yield subject, c
    elif word.deprel in ("xcomp", "advcl") and word.head >= 0:
        governor = word.head
        objects = tree.with_relation(governor, "obj") if word.deprel == "xcomp" else []
        for c in objects or tree.with_relation(governor, "nsubj", "nsubj:pass"):
            yield subject, c


def _time_of(tree: _Tree, i: int, times: Sequence[Timex]) -> Timex | None:
    """The time expression that hangs nearest below the predicate, or None."""
    best: tuple[int, Timex] | None = None
    by_start = {word.start: j for j, word in enumerate(tree.words)}
    for timex in times:
        first = by_start.get(timex.passage.start)
        if first is None:
            continue
        node, steps = first, 0
        while node != i and node >= 0 and steps < 6:
            if node != first and tree.words[node].upos == "VERB":
                steps = 6
                break
            node = tree.words[node].head
            steps += 1
        if node == i and steps < 6 and (best is None or steps < best[0]):
            best = (steps, timex)
    return best[1] if best else None


def _factuality(tree: _Tree, i: int) -> tuple[Polarity, Factuality]:
    lemmas = {tree.lemma(c) for c in tree.children[i]}
    negative = bool(lemmas & _NEGATIONS) or any(
        tree.lemma(d) in ("no", "none", "nobody")
        for c in tree.with_relation(i, "nsubj", "nsubj:pass", "obj")
        for d in (c, *tree.children[c])
        if tree.words[d].deprel in ("det", "nsubj", "nsubj:pass", "obj")
    )
    polarity = Polarity.NEGATIVE if negative else Polarity.POSITIVE
    factuality = _mood(tree, i)
    if negative and factuality is Factuality.HAPPENED:
        factuality = Factuality.NOT_HAPPENED
    return polarity, factuality


def _mood(tree: _Tree, i: int) -> Factuality:
    """What the words around a predicate say of its truth, climbing to its governors."""
    node, depth = i, 0
    while node >= 0 and depth < 6:
        word = tree.words[node]
        lemmas = {tree.lemma(c) for c in tree.with_relation(node, "aux", "mark", "advmod")}
        if lemmas & _CONDITIONS or tree.lemma(node) == "hypothetical":
            return Factuality.HYPOTHETICAL
        if "would" in lemmas or any(
            tree.lemma(m) in _CONDITIONS
            for c in tree.with_relation(node, "advcl")
            for m in tree.with_relation(c, "mark")
            if depth == 0
        ):
            return Factuality.HYPOTHETICAL
        if lemmas & _FUTURE:
            return Factuality.PLANNED
        if lemmas & _POSSIBLE and "able" not in lemmas:
            return Factuality.POSSIBLE
        if word.head < 0:
            break
        governor = word.head
        if word.deprel in ("xcomp", "ccomp", "advcl", "acl", "csubj") or (
            word.deprel in ("obj", "obl", "nmod") and tree.words[i].upos in ("NOUN", "ADJ")
        ):
            mood = _governed(tree, node, governor)
            if mood is not None:
                return mood
        if word.deprel in ("acl:relcl", "parataxis", "conj") and word.deprel != "conj":
            break
        if word.deprel == "ccomp":
            break
        node, depth = governor, depth + 1
    return Factuality.HAPPENED


def _governed(tree: _Tree, node: int, governor: int) -> Factuality | None:
    lemma = tree.lemma(governor)
    infinitive = any(tree.lemma(c) == "to" for c in tree.with_relation(node, "mark"))
    if lemma in _PREVENTING and tree.words[node].deprel in ("xcomp", "obj", "advcl"):
        return Factuality.NOT_HAPPENED
    if lemma in _FEARING and tree.words[node].deprel in ("xcomp", "ccomp", "advcl"):
        return Factuality.POSSIBLE
    if infinitive and (lemma in _PLANNING or tree.words[node].deprel in ("advcl", "acl")):
        return Factuality.PLANNED
    return None


class _Innermost:
    """Finds the innermost attribution that a character stands in."""

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        spans = [(p.start, p.end, a.id) for a in attributions for p in a.content]
        self._spans = sorted(spans, key=lambda s: (s[0], -s[1], s[2]))
        self._starts = [s[0] for s in self._spans]
        self._longest = max((s[1] - s[0] for s in self._spans), default=0)

    def at(self, position: int) -> str | None:
        best: tuple[int, str] | None = None
        k = bisect_right(self._starts, position) - 1
        while k >= 0 and self._starts[k] >= position - self._longest:
            start, end, id_ = self._spans[k]
            if start <= position < end and (best is None or end - start < best[0]):
                best = (end - start, id_)
            k -= 1
        return best[1] if best else None
