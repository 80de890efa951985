"""Reporting words of one sentence, with the source and content that its syntax gives them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_table
from consilience.read.encoder import Word
from consilience.read.quotations import reporting_forms
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


@dataclass(frozen=True, slots=True)
class _Frame:
    stance: Stance
    takes: str


_OFF_SOURCE = frozenset({"punct", "parataxis", "cc:preconj"})
_NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
_RELATIVE = frozenset({"who", "which", "that"})
_QUESTION = frozenset({"whether", "if", "how", "what", "why", "when", "where", "who", "which"})
_OBLIQUE_CASES = frozenset({"of", "for", "about", "as", "against"})
_REPORTED = {
    "reportedly": Stance.SAYS,
    "allegedly": Stance.ALLEGES,
    "purportedly": Stance.ALLEGES,
    "supposedly": Stance.BELIEVES,
}
# Light governors of a reporting infinitive: "went on to say" is one cue.
_LIGHT = frozenset({"go", "continue", "begin", "start", "proceed", "come", "use", "take", "have"})
# Their clause is no report although it is one in form: "made sure that", "it happened that".
_NOT_REPORTING = frozenset(
    ("be", "do", "have", "make", "let", "help", "get", "ensure", "happen", "cause", "allow")
    + ("enable", "require", "keep", "leave", "force", "take", "give", "go", "come", "wait", "try")
    + ("mean", "matter", "turn", "result", "depend", "care", "stop", "start", "begin", "manage")
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
        governor = tree.words[i].head
        if tree.words[i].deprel == "xcomp" and governor in found:
            if (
                governor in found
                and i in found[governor].content
                and not report.source - found[governor].source
            ):
                continue
        if any(
            tree.words[c].deprel in ("xcomp", "advcl", "ccomp")
            and c in found
            and tree.lemma(i) in ("quote", "cite", "hear", "record")
            for c in tree.children[i]
        ):
            continue
        yield report


@cache
def _frames() -> dict[str, _Frame]:
    frames = {}
    for lemma, entry in load_table("reporting_verbs").items():
        stance, _, takes = entry.partition(" ")
        frames[lemma] = _Frame(Stance(stance), takes)
    return frames


@cache
def _noun_frames() -> dict[str, _Frame]:
    frames = {}
    for noun, entry in load_table("reporting_nouns").items():
        stance, _, takes = entry.partition(" ")
        frames[noun] = _Frame(Stance(stance), takes)
    return frames


def find_frame(lemma: str) -> str | None:
    """The stance of a reporting verb, None where it is none."""
    frame = _frames().get(lemma)
    return frame.stance if frame else None


def _lemma(tree: Tree, i: int) -> str:
    """The lemma; where that is no reporting verb, the one that the form belongs to."""
    lemma = load_table("reporting_forms").get(tree.lower(i), tree.lemma(i))
    return lemma if lemma in _frames() else reporting_forms().get(tree.lower(i), lemma)


def _of_verb(tree: Tree, i: int, quoted: Sequence[int]) -> Report | None:
    word = tree.words[i]
    if word.deprel in ("amod", "compound", "case", "fixed", "flat", "mark"):
        return None
    frame = _frames().get(_lemma(tree, i))
    if any(tree.lower(p) not in ("out", "up", "for", "on") for p in tree.with_relation(i, "compound:prt")):
        frame = None
    passive = is_passive(tree, i)
    source_head = find_source(tree, i, quoted, passive=passive)
    if frame is None:
        return _of_other_verb(tree, i, source_head, passive=passive)
    content = _passive_content(tree, i, frame) if passive else _content(tree, i, frame, source_head)
    source = _noun_phrase(tree, source_head) if source_head is not None else frozenset()
    cue = _cue(tree, i)
    content -= source | cue
    if not content and "q" not in frame.takes and "c" not in frame.takes:
        return None
    if source_head is None and not (content and passive) and not tree.with_relation(i, "ccomp"):
        return None
    return Report(i, cue, source, source_head, content, _stance(tree, i, frame, content))


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
    source = _noun_phrase(tree, source_head)
    cue = _cue(tree, i)
    content = frozenset(tree.subtree(clause)) - source - cue
    return Report(i, cue, source, source_head, content, Stance.SAYS)


def is_passive(tree: Tree, i: int) -> bool:
    if tree.with_relation(i, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    word = tree.words[i]
    if i == 0 and word.text == "Asked":
        return True
    if "VerbForm=Part" not in word.feats or "Tense=Past" not in word.feats:
        return False
    if word.deprel == "conj" and not tree.with_relation(i, "nsubj", "aux"):
        return is_passive(tree, word.head) if _is_before(tree, word.head, i) else False
    return word.deprel in ("acl", "advcl") and not tree.with_relation(i, "nsubj", "aux", "obj")


def _is_before(tree: Tree, a: int, b: int) -> bool:
    return a < b and tree.words[a].upos == "VERB"


def find_source(tree: Tree, i: int, quoted: Sequence[int], *, passive: bool) -> int | None:
    """The head word of who says it: the verb's subject, its agent, or the subject it shares."""
    if passive:
        return _agent(tree, i)
    beside = _beside_quote(tree, i, quoted) if quoted[i] < 0 else None
    subjects = [
        s for s in tree.with_relation(i, "nsubj") if quoted[s] == quoted[i] or quoted[i] >= 0
    ]
    if subjects:
        return _real(tree, i, min(subjects, key=lambda s: abs(s - i)))
    if beside is not None:
        return beside
    if tree.with_relation(i, "nsubj:outer", "csubj", "expl"):
        return None
    shared = _shared_source(tree, i)
    if shared is not None and shared > i:
        # A participle that was hung from its own content shares the subject before it.
        before = [s for s in range(i) if tree.words[s].deprel == "nsubj" and quoted[s] < 0]
        shared = before[0] if before and tree.lower(i).endswith("ing") else shared
    if shared is None:
        shared = _right_before(tree, i, quoted)
    return shared if shared is None or quoted[shared] == quoted[i] or quoted[i] >= 0 else None


def _right_before(tree: Tree, i: int, quoted: Sequence[int]) -> int | None:
    """The nominal right before a finite verb of speech, whatever it was hung from."""
    frame = _frames().get(_lemma(tree, i))
    word = tree.words[i]
    if frame is None or "VerbForm=Fin" not in word.feats:
        return None
    at = i - 1
    while at > 0 and tree.words[at].upos in ("ADV", "AUX") and i - at < 3:
        at -= 1
    if at < 0 or tree.words[at].upos not in NOMINAL or quoted[at] != quoted[i]:
        return None
    first = at
    while first > 0 and tree.words[first - 1].upos in ("NOUN", "PROPN", "ADJ", "NUM"):
        first -= 1
    return _top(tree, range(first, at + 1))


def _beside_quote(tree: Tree, i: int, quoted: Sequence[int]) -> int | None:
    """Who speaks by place alone: “…,” he said; “…,” said the mayor. The syntax may be lost there.

    Only for a verb of speech that follows a quotation with nothing but its subject between.
    """
    frame = _frames().get(_lemma(tree, i))
    if frame is None or "q" not in frame.takes:
        return None
    words = tree.words
    first = i
    while first > 0 and words[first - 1].upos not in ("PUNCT", "VERB") and quoted[first - 1] < 0:
        first -= 1
    last_quoted = first - 1
    while last_quoted >= 0 and words[last_quoted].upos == "PUNCT" and quoted[last_quoted] < 0:
        last_quoted -= 1
    if last_quoted < 0 or quoted[last_quoted] < 0:
        return _named_after_quote(tree, i, quoted)
    before = [w for w in range(first, i) if words[w].upos in NOMINAL]
    if before:
        return _top(tree, before)
    end = i + 1
    while end < len(words) and words[end].upos in NOMINAL | {"DET", "ADJ", "ADP"}:
        end += 1
    after = [w for w in range(i + 1, end) if words[w].upos in NOMINAL | {"ADJ"}]
    return _top(tree, after) if after else None


def _named_after_quote(tree: Tree, i: int, quoted: Sequence[int]) -> int | None:
    """“…,” Lind, the mayor of Arlow since May, said: the phrase that opens after the quotation."""
    words = tree.words
    if i < 2 or words[i - 1].text != ",":
        return None
    last_quoted = next((w for w in range(i - 1, -1, -1) if quoted[w] >= 0), None)
    if last_quoted is None or i - last_quoted > _APPOSITION_MAX_WORDS:
        return None
    first = last_quoted + 1
    while words[first].upos == "PUNCT" and first < i:
        first += 1
    end = first
    while end < i and words[end].upos in NOMINAL | {"DET", "ADJ", "PART", "ADP"}:
        end += 1
    run = [w for w in range(first, end) if words[w].upos in NOMINAL]
    return _top(tree, run) if run and words[end].text == "," else None


_APPOSITION_MAX_WORDS = 40


def _top(tree: Tree, numbers: Sequence[int]) -> int:
    """The first of some words that hangs from none of them."""
    inside = set(numbers)
    return next((w for w in numbers if tree.words[w].head not in inside), numbers[0])


def _agent(tree: Tree, i: int) -> int | None:
    for child in tree.with_relation(i, "obl:agent", "obl"):
        if any(tree.lower(c) == "by" for c in tree.with_relation(child, "case")):
            return child if tree.words[child].upos in NOMINAL else None
    return None


def _real(tree: Tree, i: int, subject: int) -> int | None:
    """The subject itself, or what its relative pronoun stands for."""
    if tree.lower(subject) in _RELATIVE:
        for above in (i, *tree.ancestors(i)):
            if tree.words[above].deprel == "acl:relcl":
                head = tree.words[above].head
                return head if tree.words[head].upos in NOMINAL else None
    if tree.words[subject].upos not in NOMINAL | {"ADJ", "DET"}:
        return None
    return subject


def _shared_source(tree: Tree, i: int) -> int | None:
    word = tree.words[i]
    governor = word.head
    if governor < 0:
        return None
    if word.deprel == "acl":
        return governor if tree.words[governor].upos in NOMINAL else None
    if word.deprel == "acl:relcl":
        return None
    if word.deprel not in ("conj", "xcomp", "advcl", "parataxis", "ccomp"):
        return None
    above = tree.words[governor].head
    if word.deprel == "conj" and tree.words[governor].deprel == "ccomp" and above >= 0:
        # "It said some had fled, but did not say how many": who said the one says the other.
        if i in _reports_beside(tree, above, governor):
            governor = above
    if word.deprel in ("parataxis", "ccomp") and "VerbForm=Fin" in word.feats:
        return None
    if word.deprel == "xcomp":
        for child in tree.with_relation(governor, "obj", "iobj"):
            return child
    for subject in tree.with_relation(governor, "nsubj", "nsubj:pass"):
        return _real(tree, governor, subject)
    if tree.words[governor].head < 0 and word.deprel != "conj":
        return None
    return _shared_source(tree, governor)


def _noun_phrase(tree: Tree, head: int) -> frozenset[int]:
    """The words of a source: all below its head, a remark in parataxis left out."""
    words = tree.subtree(head, without=frozenset({"parataxis"}))
    words -= set(tree.with_relation(head, "case"))
    above = tree.words[head].head
    if above >= 0 and tree.words[head].deprel == "nsubj":
        # A long name is at times torn into several subjects of one verb.
        for other in tree.with_relation(above, "nsubj"):
            words |= tree.subtree(other, without=frozenset({"parataxis", "acl:relcl"}))
    return frozenset(_trimmed(tree.words, _run_around(words, head)))


def _run_around(words: set[int], head: int) -> set[int]:
    first = last = head
    while first - 1 in words:
        first -= 1
    while last + 1 in words:
        last += 1
    return set(range(first, last + 1))


def _trimmed(words: Sequence[Word], numbers: set[int]) -> set[int]:
    """Without punctuation and particles at either end, and without a dateline: ARLOW (AP) – …"""
    ordered = sorted(numbers)
    for at, number in enumerate(ordered[:_DATELINE_MAX_WORDS]):
        if words[number].text in ("-", "–", "—", "--") and at and words[ordered[at - 1]].text == ")":
            ordered = ordered[at + 1 :]
            break
    while ordered and words[ordered[0]].upos in _EDGES and words[ordered[0]].upos != "DET":
        ordered.pop(0)
    while ordered and words[ordered[-1]].upos in _EDGES:
        ordered.pop()
    return set(ordered)


_DATELINE_MAX_WORDS = 8
_EDGES = frozenset({"PUNCT", "SCONJ", "CCONJ", "AUX", "ADP"})


def _cue(tree: Tree, i: int) -> frozenset[int]:
    """The verb with its auxiliaries, negation and particle; "went on to say" whole."""
    cue = {i}
    cue.update(
        tree.with_relation(i, "aux", "aux:pass", "compound:prt")
        + [c for c in tree.with_relation(i, "advmod") if tree.lower(c) in _NEGATIONS]
    )
    word = tree.words[i]
    if word.deprel == "xcomp" and tree.lemma(word.head) in _LIGHT:
        cue |= {word.head, *tree.with_relation(i, "mark")}
        cue.update(tree.with_relation(word.head, "aux", "compound:prt", "advmod"))
    first = min(cue)
    return frozenset(c for c in cue if c >= i - 4 or c == first)


def _stance(tree: Tree, i: int, frame: _Frame, content: frozenset[int]) -> Stance:
    negated = any(tree.lower(c) in _NEGATIONS for c in tree.with_relation(i, "advmod"))
    opening = min(content, default=None)
    asks = opening is not None and tree.lower(opening) in ("whether", "if")
    if negated and opening is not None and tree.lower(opening) in _QUESTION:
        return Stance.ASKS
    if negated:
        return Stance.DENIES
    return Stance.ASKS if asks and frame.stance is Stance.SAYS else frame.stance


def _content(tree: Tree, i: int, frame: _Frame, source_head: int | None) -> frozenset[int]:
    takes = frame.takes
    content = _clauses(tree, i, source_head)
    if not content and "v" in takes:
        for clause in tree.with_relation(i, "xcomp"):
            content |= tree.subtree(clause)
            if _lemma(tree, i) not in ("tell", "promise", "threaten"):
                for thing in tree.with_relation(i, "obj", "iobj"):
                    content |= tree.subtree(thing)
    if not content and "c" in takes:
        content = _in_statement(tree, i)
    if not content and "c" in takes:
        content |= _beside(tree, i) or _around(tree, i)
    if "c" in takes and "q" in takes and _is_trailing(tree, i, content):
        content = set(range(i + 1, len(tree.words)))
    if not content and "o" in takes:
        for thing in tree.with_relation(i, "obj"):
            if thing != source_head:
                content |= tree.subtree(thing)
        if content:
            for more in tree.with_relation(i, "xcomp"):
                content |= tree.subtree(more)
        if content:
            content |= _oblique(tree, i, wide=False)
    if not content and "b" in takes:
        content = _named_as(tree, i, source_head)
    if "p" in takes:
        content = _put_at(tree, i)
    if not content and "a" in takes and not tree.with_relation(i, "obj"):
        content |= _oblique(tree, i, wide=True)
    return frozenset(content)


def _named_as(tree: Tree, i: int, source_head: int | None) -> set[int]:
    """She called it a disgrace: the thing with what it is called, or nothing."""
    things = [t for t in tree.with_relation(i, "obj", "nsubj") if t > i and t != source_head]
    names = [n for n in tree.with_relation(i, "xcomp", "obj", "ccomp") if n > i and n not in things[:1]]
    if not things or not names:
        return set()
    return tree.subtree(things[0]) | tree.subtree(names[0])


def _in_statement(tree: Tree, i: int) -> set[int]:
    """She said in a statement that …, the clause hung from the noun."""
    for phrase in tree.with_relation(i, "obl"):
        if phrase > i and any(tree.lower(c) in ("in", "on") for c in tree.with_relation(phrase, "case")):
            for clause in tree.with_relation(phrase, "acl", "ccomp", "acl:relcl"):
                words = tree.subtree(clause)
                if tree.lower(min(words)) == "that" and tree.with_relation(clause, "nsubj", "nsubj:pass"):
                    return words
    return set()


def _is_trailing(tree: Tree, i: int, content: set[int]) -> bool:
    """Whether a participle runs to the end of the sentence with what it reports: ", saying …"."""
    words = tree.words
    if not tree.lower(i).endswith("ing") or words[i].deprel not in ("advcl", "acl", "conj", "xcomp"):
        return False
    if i + 2 >= len(words) or words[i + 1].upos in ("PUNCT", "ADP"):
        return False
    if content and min(content) < i:
        return False
    rest = range(i + 1, len(words))
    return bool(content) or any(words[w].upos in ("VERB", "AUX") for w in rest)


def _put_at(tree: Tree, i: int) -> set[int]:
    """Officials put the toll at 12."""
    things = tree.with_relation(i, "obj")
    for phrase in tree.with_relation(i, "obl"):
        at = any(tree.lower(c) == "at" for c in tree.with_relation(phrase, "case"))
        number = any(tree.words[w].upos == "NUM" for w in tree.subtree(phrase))
        if at and number and things:
            return tree.subtree(things[0]) | tree.subtree(phrase)
    return set()


def _clauses(tree: Tree, i: int, source_head: int | None) -> set[int]:
    """The clausal complements of a verb, what another reporter says in them left out."""
    clauses = [c for c in tree.with_relation(i, "ccomp") if c != source_head]
    after = [c for c in clauses if c > i]
    if after:
        # "Asked about it, Lind said that …": the first clause is no content.
        clauses = after + [
            c for c in clauses if c < i and tree.with_relation(c, "nsubj", "nsubj:pass")
        ]
    content: set[int] = set()
    for clause in clauses:
        words = tree.subtree(clause)
        for other in _reports_beside(tree, i, clause):
            words -= tree.subtree(other)
        if clause > i and len(clauses) == len(after):
            words = {w for w in words if w > i}
            words |= _gap(tree, i, min(words, default=i))
        content |= words
    return content


def _reports_beside(tree: Tree, i: int, clause: int) -> list[int]:
    """Clauses hung from the content by "but" or "and" that report on the cue's own level."""
    found = []
    for other in tree.with_relation(clause, "conj"):
        frame = _frames().get(_lemma(tree, other))
        if frame is None or "c" not in frame.takes:
            continue
        helped = any(tree.lemma(a) in ("do", "have") for a in tree.with_relation(other, "aux"))
        if "VerbForm=Fin" not in tree.words[other].feats and not helped:
            continue
        same_form = helped or tree.words[other].feats == tree.words[i].feats
        speaks = tree.with_relation(other, "ccomp") or "q" in frame.takes
        if speaks and (same_form or tree.with_relation(other, "nsubj")):
            found.append(other)
    return found


def _gap(tree: Tree, i: int, first: int) -> set[int]:
    """Words between the verb and its clause that belong to neither by a rule of syntax.

    A subject that the encoder hung from the wrong verb stands there. Hearers, times and places
    do not count.
    """
    aside: set[int] = set()
    for child in tree.children[i]:
        if i < child < first and (
            tree.words[child].deprel in ("obl", "obl:unmarked", "advmod", "iobj", "punct")
            or tree.words[child].deprel == "obj" and _lemma(tree, i) in _WITH_HEARER
        ):
            aside |= tree.subtree(child)
    words = {w for w in range(i + 1, first) if w not in aside}
    if any(tree.words[w].upos == "PUNCT" for w in words) or not any(
        tree.words[w].upos in NOMINAL for w in words
    ):
        return set()
    return words


_WITH_HEARER = frozenset(
    ("tell", "inform", "assure", "remind", "warn", "advise", "convince", "persuade", "reassure")
    + ("show", "promise", "ask")
)


def _around(tree: Tree, i: int) -> set[int]:
    """The rest of the sentence, where the verb with its subject stands in commas or ends it.

    The mayor, Lind suggested, had left; the mayor had left, Lind said on Monday.
    """
    frame = _frames().get(_lemma(tree, i))
    subjects = tree.with_relation(i, "nsubj")
    if frame is None or "q" not in frame.takes or not subjects:
        return set()
    words = tree.words
    first, last = min(subjects[0], i), max(subjects[0], i)
    while first > 0 and words[first - 1].text not in (",", "—", "–", "-"):
        first -= 1
    while last + 1 < len(words) and words[last + 1].upos != "PUNCT":
        last += 1
    if first == 0 or last - first > _AROUND_MAX_WORDS:
        return set()
    inside = range(first, last + 1)
    if any(words[w].upos in ("VERB", "SCONJ", "CCONJ") and w != i for w in inside):
        return set()
    if last + 1 < len(words) and words[last + 1].text not in (",", ".", "—", "–", "-"):
        return set()
    return {w for w in range(len(words)) if w not in inside}


_AROUND_MAX_WORDS = 10


def _oblique(tree: Tree, i: int, *, wide: bool) -> set[int]:
    cases = _OBLIQUE_CASES if wide else frozenset({"as", "of", "for"})
    found: set[int] = set()
    for child in tree.with_relation(i, "obl", "advcl", "xcomp"):
        markers = tree.with_relation(child, "case", "mark")
        refers = tree.words[child].deprel == "obl" and _lemma(tree, i) in _REFERRING
        wanted = cases | {"to"} if wide and refers else cases
        if child > i and any(tree.lower(m) in wanted for m in markers):
            found |= tree.subtree(child)
            break
    return found


_REFERRING = frozenset({"refer", "allude", "testify", "point"})


def _beside(tree: Tree, i: int) -> set[int]:
    """Content that is no dependent: the clause a cue stands in brackets of, or stands before."""
    word = tree.words[i]
    if not tree.with_relation(i, "nsubj"):
        return set()
    mine = tree.subtree(i)
    first, last = min(mine), max(mine)
    edges = [tree.words[w].upos for w in (first, first - 1, last) if w >= 0]
    edges += [tree.words[w].upos for w in (last + 1,) if w < len(tree.words)]
    if word.deprel == "parataxis" and "PUNCT" not in edges:
        return set()
    if word.deprel in ("parataxis", "advcl", "conj", "appos", "dep") and word.head >= 0:
        as_clause = word.deprel == "advcl" and any(
            tree.lower(m) == "as" for m in tree.with_relation(i, "mark", "advmod")
        )
        if word.deprel == "parataxis" or as_clause:
            return tree.subtree(word.head) - mine
    found: set[int] = set()
    for child in tree.with_relation(i, "parataxis"):
        found |= tree.subtree(child)
    return found


def _passive_content(tree: Tree, i: int, frame: _Frame) -> frozenset[int]:
    content: set[int] = set()
    for clause in tree.with_relation(i, "ccomp"):
        content |= tree.subtree(clause)
    if content:
        return frozenset(content)
    subjects = tree.with_relation(i, "nsubj:pass", "csubj:pass")
    if not subjects and tree.words[i].deprel == "conj":
        subjects = tree.with_relation(tree.words[i].head, "nsubj:pass")
    for clause in tree.with_relation(i, "xcomp", "csubj"):
        content |= tree.subtree(clause)
    content |= _oblique(tree, i, wide=False) if "a" in frame.takes or "o" in frame.takes else set()
    if content or ("o" in frame.takes and _agent(tree, i) is not None):
        for subject in subjects:
            if tree.lower(subject) != "it":
                content |= tree.subtree(subject)
    return frozenset(content)


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
    source = _trimmed(tree.words, _run_around(source, head))
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
    if any(w.upos in ("VERB", "AUX", "SCONJ", "NUM") or quoted[n] >= 0 for n, w in zip(before, words, strict=True)):
        return None
    named = any(w.name in ("B-PER", "B-ORG") for w in words)
    if not named and tree.lower(i - 1) not in _SOURCE_NOUNS:
        return None
    follows = next((w for w in range(i + 1, len(tree.words)) if tree.words[w].upos != "PUNCT"), None)
    if follows is None:
        return None
    if quoted[follows] < 0 and first > 0:
        return None
    head = _top(tree, [w for w in before if tree.words[w].upos in NOMINAL] or list(before))
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
    frame = _noun_frames().get(tree.lemma(i))
    if frame is None:
        return None
    above = tree.words[i].head
    if above >= 0 and tree.words[i].deprel == "obl" and _in_statement(tree, above):
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
        elif not content and "o" in frame.takes and {"of", "for", "to", "about"} & set(cases):
            if tree.with_relation(i, "nmod:poss"):
                content |= tree.subtree(phrase)
    if not content:
        return None
    source = _noun_phrase(tree, source_head) if source_head is not None else frozenset()
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
        if quoted[i] >= 0 or word.upos == "PUNCT" and i > first + _BESIDE_WORDS // 2:
            return None
        if word.upos != "VERB":
            continue
        subjects = [s for s in tree.with_relation(i, "nsubj") if s >= first and quoted[s] < 0]
        if subjects and ("VerbForm=Fin" in word.feats or not word.feats):
            source = _noun_phrase(tree, subjects[0])
            return Report(i, _cue(tree, i), source, subjects[0], frozenset(), Stance.SAYS)
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
        head = _top(tree, list(range(first, near + 1)))
        return Report(colon, frozenset({colon}), _noun_phrase(tree, head), head, frozenset(), Stance.SAYS)
    for i in range(colon - 1, -1, -1):
        if tree.words[i].upos != "VERB" or quoted[i] >= 0:
            continue
        for subject in tree.with_relation(i, "nsubj", "nsubj:pass"):
            word = tree.words[subject]
            if word.name.endswith("PER") or word.text.lower() in ("he", "she"):
                source = _noun_phrase(tree, subject)
                return Report(colon, frozenset({colon}), source, subject, frozenset(), Stance.SAYS)
    return None
