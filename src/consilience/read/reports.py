"""Reporting words of one sentence, with the source and content that its syntax gives them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consilience.read.contents import clause_of_statement, find_content, find_passive_content
from consilience.read.cues import (
    Frame,
    cue_words,
    find_stance,
    is_passive,
    noun_frames,
    reporting_lemma,
    verb_frames,
)
from consilience.read.encoder import Word
from consilience.read.sources import find_source, noun_phrase, run_around, top_of, trimmed
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Stance


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody's saying, in numbers of words of one sentence.

    `head` is the chief word of the cue, `source_head` of the source; `source` is empty where
    nobody is named, `content` where only quoted words can fill it.
    """

    head: int
    cue: frozenset[int]
    source: frozenset[int]
    source_head: int | None
    content: frozenset[int]
    stance: Stance


_REPORTED = {
    "reportedly": Stance.SAYS,
    "allegedly": Stance.ALLEGES,
    "purportedly": Stance.ALLEGES,
    "supposedly": Stance.BELIEVES,
}


# Their clause is no report although it is one in form: "made sure that", "it happened that".
_NOT_REPORTING = frozenset(
    ("be", "do", "have", "make", "let", "help", "get", "ensure", "happen", "cause", "allow")
    + ("enable", "require", "keep", "leave", "force", "take", "give", "go", "come", "wait", "try")
    + (
        "notice",
        "see",
        "forget",
        "mean",
        "matter",
        "turn",
        "result",
        "depend",
        "care",
        "stop",
        "start",
        "begin",
        "manage",
    )
)


def find_reports(tree: Tree, quoted: Sequence[int]) -> tuple[Report, ...]:
    """The reports of a sentence in the order of their cues.

    `quoted[i]` numbers the quotation that word i stands in, -1 where it stands in none.
    """
    found: dict[int, Report] = {}
    for i, word in enumerate(tree.words):
        report = None
        if tree.lower(i) == "according":
            report = _according(tree, i)
        elif word.upos == "VERB" or (word.upos == "AUX" and tree.lemma(i) == "say"):
            report = _of_verb(tree, i, quoted)
        elif word.upos == "ADV" and tree.lower(i) in _REPORTED:
            report = _of_adverb(tree, i)
        elif word.upos == "NOUN":
            report = _of_noun(tree, i)
        elif word.text == ":" and quoted[i] < 0:
            report = _of_colon(tree, i, quoted)
        if report is not None:
            found[i] = report
    return tuple(_without_doubles(tree, found))


def _without_doubles(tree: Tree, found: dict[int, Report]) -> Iterator[Report]:
    """Leave out a cue that is part of another: "was quoted as saying", "declined to say"."""
    for i, report in found.items():
        outer = found.get(tree.words[i].head) if tree.words[i].deprel == "xcomp" else None
        if outer is not None and i in outer.content and report.source <= outer.source:
            continue
        inner = [c for c in tree.with_relation(i, "xcomp", "advcl", "ccomp") if c in found]
        if inner and tree.lemma(i) in ("quote", "cite"):
            continue
        yield report


def _of_verb(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    word = tree.words[i]
    if word.deprel in ("amod", "compound", "case", "fixed", "flat", "mark"):
        return None
    frame = verb_frames().get(reporting_lemma(tree, i))
    if any(
        tree.lower(p) not in ("out", "up", "for", "on")
        for p in tree.with_relation(i, "compound:prt")
    ):
        frame = None
    passive = is_passive(tree, i)
    source_head = find_source(tree, i, quoted, passive=passive)
    if frame is None:
        return _of_other_verb(tree, i, source_head, passive=passive)
    if "r" in frame.takes:
        return _seeming(tree, i, frame)
    content = (
        find_passive_content(tree, i, frame)
        if passive
        else find_content(tree, i, frame, source_head)
    )
    source = noun_phrase(tree, source_head) if source_head is not None else frozenset()
    cue = cue_words(tree, i)
    content -= source | cue
    if not content and "q" not in frame.takes and "c" not in frame.takes:
        return None
    if source_head is None and not (content and passive) and not tree.with_relation(i, "ccomp"):
        return None
    return Report(
        i, cue, source, source_head, content, find_stance(tree, i, frame, source_head, content)
    )


def _seeming(tree: Tree, i: int, frame: Frame) -> Report | None:
    """It appears that …; the fire seems to have started there: a belief of nobody's."""
    content = {w for c in tree.with_relation(i, "xcomp", "ccomp") for w in tree.subtree(c)}
    if not content:
        return None
    for subject in tree.with_relation(i, "nsubj"):
        if tree.lower(subject) != "it":
            content |= tree.subtree(subject)
    cue = cue_words(tree, i)
    return Report(i, cue, frozenset(), None, frozenset(content) - cue, frame.stance)


def _of_other_verb(tree: Tree, i: int, source_head: int | None, *, passive: bool) -> Report | None:
    """Any verb whose subject is somebody and whose object is a that-clause."""
    if passive or source_head is None or tree.lemma(i) in _NOT_REPORTING:
        return None
    clause = next(
        (
            c
            for c in tree.with_relation(i, "ccomp")
            if c > i and any(tree.lower(m) == "that" for m in tree.with_relation(c, "mark"))
        ),
        None,
    )
    if clause is None:
        return None
    source = noun_phrase(tree, source_head)
    cue = cue_words(tree, i)
    content = frozenset(tree.subtree(clause)) - source - cue
    return Report(i, cue, source, source_head, content, Stance.SAYS)


def _according(tree: Tree, i: int) -> Report | None:
    """According to N: N is the source, the clause around is the content."""
    if i + 1 >= len(tree.words) or tree.lower(i + 1) != "to":
        return None
    head = tree.words[i].head
    if head < 0 or head <= i or tree.words[head].upos not in NOMINAL:
        below = [
            c
            for c in tree.subtree(i)
            if c > i + 1 and tree.words[c].upos in NOMINAL and tree.words[c].head in (i, i + 1)
        ]
        if not below:
            return None
        head, phrase = min(below), tree.subtree(i)
        top = i
    else:
        phrase, top = tree.subtree(head), head
    phrase.update((i, i + 1))
    clause = _clause_around(tree, top)
    if clause is None:
        return None
    source = {w for w in tree.subtree(head) if w > i + 1}
    source = trimmed(tree.words, run_around(source, head))
    last = max(phrase)
    beyond = {
        w
        for other in tree.with_relation(clause, "conj")
        if other > last and tree.with_relation(other, "nsubj", "nsubj:pass")
        for w in tree.subtree(other)
    }
    content = frozenset(tree.subtree(clause)) - phrase - beyond
    return Report(i, frozenset((i, i + 1)), frozenset(source), head, content, Stance.SAYS)


def _clause_around(tree: Tree, i: int) -> int | None:
    """The nearest finite clause that holds `i`, or the sentence."""
    last: int | None = None
    for above in tree.ancestors(i):
        last = above
        if tree.words[above].deprel in ("root", "parataxis") or (
            tree.words[above].deprel == "conj" and tree.with_relation(above, "nsubj", "nsubj:pass")
        ):
            return above
    return last


def _of_adverb(tree: Tree, i: int) -> Report | None:
    governor = tree.words[i].head
    if governor < 0:
        return None
    content = frozenset(tree.subtree(governor, without=frozenset({"parataxis"}))) - {i}
    return Report(i, frozenset({i}), frozenset(), None, content, _REPORTED[tree.lower(i)])


# Nouns that stand before a colon for whoever says what follows it.
_SOURCE_NOUNS = frozenset(
    ("police", "report", "reports", "poll", "official", "officials", "study", "survey", "source")
    + ("sources", "army", "witness", "witnesses", "lawyer", "lawyers", "prosecutor", "experts")
    + ("prosecutors", "ministry", "minister", "mayor", "governor", "president", "analysis")
)


_COLON_MAX_WORDS = 8


def _of_colon(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    """Lind: the road is shut. What stands before the colon must be a name and nothing else."""
    first = i
    while first > 0 and i - first < _COLON_MAX_WORDS + 1 and not _cuts(tree.words[first - 1]):
        first -= 1
    before = range(first, i)
    words = [tree.words[w] for w in before]
    if not words or len(words) > _COLON_MAX_WORDS or i + 1 >= len(tree.words):
        return None
    if any(
        w.upos in ("VERB", "AUX", "SCONJ", "NUM") or quoted[n] >= 0
        for n, w in zip(before, words, strict=True)
    ):
        return None
    named = any(w.name in ("B-PER", "B-ORG") for w in words)
    if not named and tree.lower(i - 1) not in _SOURCE_NOUNS:
        return None
    follows = next(
        (w for w in range(i + 1, len(tree.words)) if tree.words[w].upos != "PUNCT"), None
    )
    if follows is None:
        return None
    if quoted[follows] < 0 and first > 0:
        return None
    head = top_of(tree, [w for w in before if tree.words[w].upos in NOMINAL] or list(before))
    content = frozenset(range(i + 1, len(tree.words)))
    if quoted[follows] < 0 and all(tree.words[w].upos != "VERB" for w in content):
        return None
    return Report(i, frozenset({i}), frozenset(before), head, content, Stance.SAYS)


def _cuts(word: Word) -> bool:
    return word.text in ("-", "–", "—", "~", "|", "*", ";", ".", "?", "!", ":", "”", '"') or (
        word.text.startswith("-") and len(word.text) > 1 and not word.text[1].isalnum()
    )


def _of_noun(tree: Tree, i: int) -> Report | None:
    """His claim that …; a report of …: the clause below the noun is the content."""
    frame = noun_frames().get(tree.lemma(i))
    if frame is None:
        return None
    above = tree.words[i].head
    if above >= 0 and tree.words[i].deprel == "obl" and clause_of_statement(tree, above):
        return None
    content: set[int] = set()
    for clause in tree.with_relation(i, "acl", "ccomp"):
        marks = [tree.lower(m) for m in tree.with_relation(clause, "mark")]
        if "that" in marks or "to" in marks:
            content |= tree.subtree(clause)
    source_head: int | None = None
    for owner in tree.with_relation(i, "nmod:poss"):
        source_head = owner
    for phrase in tree.with_relation(i, "nmod"):
        cases = [tree.lower(c) for c in tree.with_relation(phrase, "case")]
        if source_head is None and ("by" in cases or "from" in cases):
            source_head = phrase
        elif (
            not content
            and "o" in frame.takes
            and tree.with_relation(i, "nmod:poss")
            and {"of", "for", "to", "about"} & set(cases)
        ):
            content |= tree.subtree(phrase)
    if not content:
        return None
    source = noun_phrase(tree, source_head) if source_head is not None else frozenset()
    source -= {c for c in source if tree.lower(c) in ("'s", "’s", "by", "from")}
    return Report(
        i, frozenset({i}), frozenset(source), source_head, frozenset(content), frame.stance
    )


def beside_quote(tree: Tree, last: int, quoted: Sequence[int]) -> Report | None:
    """A report made of the verb that follows word `last`, the end of a quotation.

    Any finite verb serves, if its subject stands between it and the quotation or right behind it.
    """
    first = last + 1
    while first < len(tree.words) and tree.words[first].upos == "PUNCT":
        first += 1
    for i in range(first, min(first + _BESIDE_WORDS, len(tree.words))):
        word = tree.words[i]
        if quoted[i] >= 0 or (word.upos == "PUNCT" and i > first + _BESIDE_WORDS // 2):
            return None
        if word.upos != "VERB":
            continue
        subjects = [s for s in tree.with_relation(i, "nsubj") if s >= first and quoted[s] < 0]
        if subjects and ("VerbForm=Fin" in word.feats or not word.feats):
            source = noun_phrase(tree, subjects[0])
            return Report(i, cue_words(tree, i), source, subjects[0], frozenset(), Stance.SAYS)
    return None


# Room for a name with its office between the quotation and its verb.
_BESIDE_WORDS = 10


def before_colon(tree: Tree, colon: int, quoted: Sequence[int]) -> Report | None:
    """Who speaks after a colon without a verb of speech: the name before it, or the subject."""
    near = colon - 1
    while near >= 0 and tree.words[near].upos not in NOMINAL and colon - near < 3:
        near -= 1
    if near >= 0 and tree.words[near].name.endswith("PER") and quoted[near] < 0:
        first = near
        while first > 0 and tree.words[first].name == "I-PER":
            first -= 1
        head = top_of(tree, list(range(first, near + 1)))
        return Report(
            colon, frozenset({colon}), noun_phrase(tree, head), head, frozenset(), Stance.SAYS
        )
    for i in range(colon - 1, -1, -1):
        if tree.words[i].upos != "VERB" or quoted[i] >= 0:
            continue
        for subject in tree.with_relation(i, "nsubj", "nsubj:pass"):
            word = tree.words[subject]
            if word.name.endswith("PER") or word.text.lower() in ("he", "she"):
                source = noun_phrase(tree, subject)
                return Report(colon, frozenset({colon}), source, subject, frozenset(), Stance.SAYS)
    return None
