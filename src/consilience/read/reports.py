"""Reporting words of one sentence, with the source and content that its syntax gives them."""

from collections.abc import Iterator, Sequence

from consilience.lexicon import load_words
from consilience.read.asides import find_aside
from consilience.read.colons import find_colon
from consilience.read.contents import clause_of_statement, find_content, find_passive_content
from consilience.read.cues import (
    REFUSALS,
    Frame,
    Report,
    adjective_stances,
    cue_words,
    find_agent,
    is_passive,
    noun_frames,
    reporting_lemma,
    verb_frames,
)
from consilience.read.nesting import nest_before, nest_cited
from consilience.read.sources import find_source, noun_phrase, source_phrase
from consilience.read.stances import find_stance, is_negated
from consilience.read.syntax import Tree
from consilience.records import Stance

# Their clause is no report although it is one in form: "made sure that", "it happened that".
_NOT_REPORTING = frozenset(
    ("be", "do", "have", "make", "let", "help", "get", "ensure", "happen", "cause", "allow")
    + ("enable", "require", "keep", "leave", "force", "take", "give", "go", "come", "wait", "try")
    + ("notice", "see", "forget", "mean", "matter", "turn", "result", "depend", "care", "stop")
    + ("start", "begin", "manage")
)


def find_reports(tree: Tree, quoted: Sequence[int]) -> tuple[Report, ...]:
    """The reports of a sentence in the order of their cues.

    `quoted[i]` numbers the quotation that word i stands in, -1 where it stands in none.
    """
    found: dict[int, Report] = {}
    for i, word in enumerate(tree.words):
        report = find_aside(tree, i) or find_colon(tree, i, quoted)
        if report is not None:
            pass
        elif word.upos == "VERB" or (word.upos == "AUX" and tree.lemma(i) == "say"):
            report = _of_verb(tree, i, quoted)
        elif word.upos == "NOUN":
            report = _of_noun(tree, i)
        elif word.upos == "ADJ":
            report = _of_adjective(tree, i, quoted)
        if report is not None:
            found[i] = report
    for i in list(found):
        nest_before(tree, i, found)
    for i, word in enumerate(tree.words):
        if word.text.lower() in ("citing", "quoting"):
            nest_cited(tree, i, found)
    return tuple(_without_doubles(tree, {i: found[i] for i in sorted(found)}))


def _without_doubles(tree: Tree, found: dict[int, Report]) -> Iterator[Report]:
    """Leave out a cue that is part of another: "was quoted as saying", "declined to say"."""
    for i, report in found.items():
        outer = found.get(tree.words[i].head) if tree.words[i].deprel == "xcomp" else None
        if outer is not None and i in outer.content and report.source <= outer.source:
            continue
        inner = [c for c in tree.with_relation(i, "xcomp", "advcl", "ccomp") if c in found]
        if inner and tree.lemma(i) in ("quote", "cite"):
            continue
        joined = [c for c in tree.with_relation(i, "conj") if c in found]
        if any(report.content <= found[c].content for c in joined) and is_negated(tree, i, None):
            # "neither confirmed nor denied it" is said once.
            continue
        yield report


def _of_verb(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    word = tree.words[i]
    if word.deprel in ("amod", "compound", "case", "fixed", "flat", "mark"):
        return None
    frame = _frame(tree, i)
    if frame is not None and tree.lemma(i) in REFUSALS and _is_silent(tree, i):
        return None
    if _asks_no_name(tree, i):
        return None
    passive = is_passive(tree, i)
    source_head = find_source(tree, i, quoted, passive=passive)
    if tree.lemma(i) == "put" and (_as_put(tree, i) or frame is None):
        return _putting(tree, i, source_head)
    if passive and tree.lower(i) in adjective_stances():
        return _of_adjective(tree, i, quoted)
    if reporting_lemma(tree, i) == "hear":
        return _heard(tree, i, source_head)
    if frame is None:
        return _of_other_verb(tree, i, source_head, passive=passive)
    if "r" in frame.takes:
        return _seeming(tree, i, frame)
    content = (
        find_passive_content(tree, i, frame)
        if passive
        else find_content(tree, i, frame, source_head)
    )
    source = source_phrase(tree, source_head, i) if source_head is not None else frozenset()
    cue = cue_words(tree, i)
    plea = _plea(tree, i)
    if plea:
        cue |= plea
        content = _charges(tree, i)
    content -= source | cue
    if content and max(content) < min(source | cue):
        # What stands before the speaker is said without a gap, whatever a word was hung from.
        content = frozenset(range(min(content), max(content) + 1))
    if tree.lemma(i) == "claim" and any(
        tree.lemma(o) in _CLAIMED_BY_DEATH for o in tree.with_relation(i, "obj")
    ):
        return None
    if passive and source_head is None and tree.lemma(i) in _NAMING:
        return None
    if word.deprel == "acl:relcl" and passive:
        content = _antecedent(tree, i, content)
    if word.deprel == "acl" and not _is_telling(tree, i, passive=passive):
        return None
    if not content and "q" not in frame.takes and "c" not in frame.takes:
        return None
    if source_head is None and not (content and passive) and not tree.with_relation(i, "ccomp"):
        return None
    return Report(
        i, cue, source, source_head, content, find_stance(tree, i, frame, source_head, content)
    )


def _asks_no_name(tree: Tree, i: int) -> bool:
    """Who asked not to be named or did not identify himself: how a source is introduced."""
    if reporting_lemma(tree, i) == "identify":
        return any("Reflex=Yes" in tree.words[o].feats for o in tree.with_relation(i, "obj"))
    if reporting_lemma(tree, i) not in ("ask", "request", "decline", "refuse", "want", "wish"):
        return False
    return any(
        tree.lower(c) in ("named", "identified", "quoted", "anonymity")
        for c in tree.with_relation(i, "xcomp", "ccomp", "obj")
    )


# What is so called, by nobody, is only its name.
_NAMING = frozenset({"call", "dub", "label", "brand", "name"})
_CLAIMED_BY_DEATH = frozenset({"life", "victim"})


def _antecedent(tree: Tree, i: int, content: frozenset[int]) -> frozenset[int]:
    """What a relative pronoun stands for: the figure that some exporters quoted."""
    head = tree.words[i].head
    if len(content) != 1 or not all(tree.words[w].upos == "PRON" for w in content):
        return content
    above = [a for a in (head, *tree.ancestors(head)) if tree.words[a].upos == "NOUN"]
    governor = above[1] if len(above) > 1 and tree.words[head].deprel == "nmod" else head
    return frozenset(w for w in tree.subtree(governor) if w < min(content))


def _is_telling(tree: Tree, i: int, *, passive: bool) -> bool:
    """Whether a participle reports: a letter saying that …; not a town called Arlow."""
    if passive:
        return find_agent(tree, i) is not None or bool(tree.with_relation(i, "ccomp", "xcomp"))
    return bool(tree.with_relation(i, "ccomp", "parataxis"))


def _plea(tree: Tree, i: int) -> frozenset[int]:
    """The words "guilty" or "not guilty" of a plea."""
    if reporting_lemma(tree, i) != "plead":
        return frozenset()
    found = set()
    for plea in tree.with_relation(i, "xcomp", "ccomp", "obj", "advmod", "acl", "amod"):
        if tree.lower(plea) in ("guilty", "innocent"):
            found |= {plea, *tree.with_relation(plea, "advmod")}
    return frozenset(found)


def _charges(tree: Tree, i: int) -> frozenset[int]:
    """What somebody pleads guilty to."""
    for phrase in [*tree.with_relation(i, "obl", "advcl"), *_below_plea(tree, i)]:
        if any(tree.lower(c) == "to" for c in tree.with_relation(phrase, "case", "mark")):
            return frozenset(tree.subtree(phrase))
    return frozenset()


def _below_plea(tree: Tree, i: int) -> list[int]:
    return [c for plea in _plea(tree, i) for c in tree.with_relation(plea, "obl", "nmod", "advcl")]


def _frame(tree: Tree, i: int) -> Frame | None:
    """What the lexicon knows of a verb with its particle: "rule out" is not "rule"."""
    lemma = reporting_lemma(tree, i)
    particles = [tree.lower(p) for p in tree.with_relation(i, "compound:prt")]
    for particle in particles:
        frame = verb_frames().get(f"{lemma} {particle}")
        if frame is not None:
            return frame
    if any(particle not in ("out", "up", "for", "on") for particle in particles):
        return None
    return verb_frames().get(lemma)


# Whoever declines to do one of these says nothing; to do another, he says what he will not do.
_SPEAKING = frozenset(
    ("comment", "speak", "talk", "respond", "reply", "answer", "discuss", "elaborate", "testify")
    + ("address", "give", "provide", "name", "identify", "disclose", "reveal", "go", "be")
)


def _is_silent(tree: Tree, i: int) -> bool:
    """Whether what is declined is itself to say something: "declined to confirm that …"."""
    for deed in tree.with_relation(i, "xcomp"):
        frame = verb_frames().get(reporting_lemma(tree, deed))
        if tree.lemma(deed) in _SPEAKING or (frame is not None and "c" in frame.takes):
            return True
    return not tree.with_relation(i, "xcomp")


def _as_put(tree: Tree, i: int) -> bool:
    """As Lind put it."""
    as_clause = any(tree.lower(m) == "as" for m in tree.with_relation(i, "mark", "advmod"))
    return as_clause and any(tree.lower(o) == "it" for o in tree.with_relation(i, "obj"))


def _putting(tree: Tree, i: int, source_head: int | None) -> Report | None:
    if source_head is None or not _as_put(tree, i):
        return None
    mine = tree.subtree(i)
    governor = tree.words[i].head
    said = tree.subtree(governor) - mine if governor >= 0 else set()
    source = noun_phrase(tree, source_head)
    return Report(i, frozenset({i}), source, source_head, frozenset(said), Stance.SAYS)


def _heard(tree: Tree, i: int, source_head: int | None) -> Report | None:
    """The court heard that …: nobody by name says it. Whoever else hears a thing says nothing."""
    if source_head is None or tree.lemma(source_head) not in load_words("hearers"):
        return None
    content = {
        w for clause in tree.with_relation(i, "ccomp") for w in tree.subtree(clause) if w != i
    }
    cue = cue_words(tree, i)
    return Report(i, cue, frozenset(), None, frozenset(content) - cue, Stance.SAYS)


def _of_adjective(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    """Lind is convinced that …."""
    stance = adjective_stances().get(tree.lower(i))
    clauses = [c for c in tree.with_relation(i, "ccomp", "advcl") if c > i]
    subjects = tree.with_relation(i, "nsubj")
    if stance is None or not clauses or not subjects or quoted[i] != quoted[subjects[0]]:
        return None
    marks = {tree.lower(m) for m in tree.with_relation(clauses[0], "mark")}
    finite = tree.with_relation(clauses[0], "nsubj", "nsubj:pass", "expl")
    if not finite or (marks and not marks & {"that", "if", "whether"}):
        return None
    if tree.words[clauses[0]].deprel == "advcl" and "that" not in marks:
        return None
    head = find_source(tree, i, quoted, passive=False)
    if head is None or tree.lower(head) in ("it", "there"):
        return None
    content = frozenset(tree.subtree(clauses[0]))
    negated = is_negated(tree, i, head)
    cue = cue_words(tree, i) | frozenset(tree.with_relation(i, "cop"))
    if marks & {"if", "whether"} or (negated and tree.lower(i) in ("sure", "certain", "aware")):
        stance = Stance.ASKS
    elif negated:
        stance = Stance.SAYS if stance is Stance.DENIES else Stance.DENIES
    source = noun_phrase(tree, head)
    return Report(i, cue, source, head, content - source, stance)


def _seeming(tree: Tree, i: int, frame: Frame) -> Report | None:
    """It appears that …; the fire seems to have started there: a belief of nobody's."""
    content = {w for c in tree.with_relation(i, "xcomp", "ccomp") for w in tree.subtree(c)}
    if not any(tree.words[w].upos in ("VERB", "NOUN", "PROPN") for w in content):
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
    source = source_phrase(tree, source_head, i)
    cue = cue_words(tree, i)
    content = frozenset(tree.subtree(clause)) - source - cue
    return Report(i, cue, source, source_head, content, Stance.SAYS)


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
    if len(content) < _CLAUSE_MIN_WORDS:
        return None
    source = noun_phrase(tree, source_head) if source_head is not None else frozenset()
    source -= {c for c in source if tree.lower(c) in ("'s", "’s", "by", "from")}
    return Report(
        i, frozenset({i}), frozenset(source), source_head, frozenset(content), frame.stance
    )


# "Situation report no. 4" reports nothing.
_CLAUSE_MIN_WORDS = 2


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
        if word.upos != "VERB" or tree.lemma(i) in ("hear", "see", "read"):
            continue
        subjects = [s for s in tree.with_relation(i, "nsubj") if s >= first and quoted[s] < 0]
        if subjects and ("VerbForm=Fin" in word.feats or not word.feats):
            source = noun_phrase(tree, subjects[0])
            return Report(i, cue_words(tree, i), source, subjects[0], frozenset(), Stance.SAYS)
    return None


# Room for a name with its office between the quotation and its verb.
_BESIDE_WORDS = 10
