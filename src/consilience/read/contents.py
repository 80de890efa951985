"""What is said: the words that a reporting verb governs, by syntax or by place."""

from consilience.read.cues import Frame, find_agent, reporting_lemma, verb_frames
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Stance

_OBLIQUE_CASES = frozenset({"of", "for", "about", "as", "against"})


def find_content(tree: Tree, i: int, frame: Frame, source_head: int | None) -> frozenset[int]:
    takes = frame.takes
    content = _clauses(tree, i, source_head)
    if not content and "v" in takes:
        for clause in tree.with_relation(i, "xcomp"):
            content |= tree.subtree(clause)
            if reporting_lemma(tree, i) not in ("promise", "threaten"):
                for thing in tree.with_relation(i, "obj", "iobj"):
                    content |= tree.subtree(thing)
    if not content and "c" in takes:
        content = clause_of_statement(tree, i)
    if not content and "c" in takes:
        content |= _beside(tree, i, source_head)
    if "c" in takes and _is_torn(tree, i, content, source_head):
        content = _around(tree, i, source_head) or content
    if "c" in takes and "q" in takes and _is_trailing(tree, i, content):
        content = set(range(i + 1, len(tree.words))) - _hearers(tree, i)
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
    if not content and "h" in takes:
        content = _charged_with(tree, i)
        if content:
            for thing in tree.with_relation(i, "obj"):
                content |= tree.subtree(thing)
    if "p" in takes:
        content = _put_at(tree, i)
    if not content and "a" in takes and not tree.with_relation(i, "obj"):
        content |= _oblique(tree, i, wide=True)
    if source_head is not None and source_head < i:
        content -= _office_before(tree, source_head)
    return frozenset(content)


def _is_torn(tree: Tree, i: int, content: set[int], source_head: int | None) -> bool:
    """Whether what is said is not yet whole: its subject before the cue, its verb behind it."""
    words = [w for w in content if tree.words[w].upos != "PUNCT"]
    if not words or max(words) < i:
        return True
    subjects = (w for w in range(i) if tree.words[w].deprel in ("nsubj", "nsubj:pass"))
    first = next(subjects, None)
    torn = first is not None and first != source_head and tree.words[first].head == i
    return torn and min(words) > i


def _named_as(tree: Tree, i: int, source_head: int | None) -> set[int]:
    """She called it a disgrace: the thing with what it is called, or nothing."""
    things = [t for t in tree.with_relation(i, "obj", "nsubj") if t > i and t != source_head]
    names = [
        n for n in tree.with_relation(i, "xcomp", "obj", "ccomp") if n > i and n not in things[:1]
    ]
    # He called his brother Max: that is a telephone.
    if not things or not names or tree.words[names[0]].name.endswith("PER"):
        return set()
    return tree.subtree(things[0]) | tree.subtree(names[0])


def clause_of_statement(tree: Tree, i: int) -> set[int]:
    """She said in a statement that …, the clause hung from the noun."""
    for phrase in tree.with_relation(i, "obl"):
        if phrase > i and any(
            tree.lower(c) in ("in", "on") for c in tree.with_relation(phrase, "case")
        ):
            for clause in tree.with_relation(phrase, "acl", "ccomp", "acl:relcl"):
                words = tree.subtree(clause)
                if tree.lower(min(words)) == "that" and tree.with_relation(
                    clause, "nsubj", "nsubj:pass"
                ):
                    return words
    return set()


def _is_trailing(tree: Tree, i: int, content: set[int]) -> bool:
    """Whether a participle runs to the end of the sentence with what it reports: ", saying …"."""
    words = tree.words
    joined = words[i].deprel in ("advcl", "acl", "conj", "xcomp")
    if not tree.lower(i).endswith("ing") or not joined:
        return False
    if reporting_lemma(tree, i) in _FINDING:
        return False
    if i + 2 >= len(words) or words[i + 1].upos in ("PUNCT", "ADP"):
        return False
    if content and min(content) < i:
        return False
    rest = range(i + 1, len(words))
    if any(
        reporting_lemma(tree, w) == "say" and tree.with_relation(w, "nsubj") and w not in content
        for w in rest
    ):
        return False
    return bool(content) or any(words[w].upos in ("VERB", "AUX") for w in rest)


# Their participles come with what is seen or held, not only with what is said.
_FINDING = frozenset({"find", "show", "believe", "think", "learn", "estimate", "report"})


def _hearers(tree: Tree, i: int) -> set[int]:
    if reporting_lemma(tree, i) not in _WITH_HEARER:
        return set()
    return {w for c in tree.with_relation(i, "obj", "iobj") for w in tree.subtree(c)}


def _charged_with(tree: Tree, i: int) -> set[int]:
    """Charged with murder, with selling it; the day and the place of the charge are none of it."""
    frame = verb_frames().get(reporting_lemma(tree, i))
    if frame is None or "h" not in frame.takes:
        return set()
    for child in tree.with_relation(i, "obl", "advcl"):
        markers = [tree.lower(m) for m in tree.with_relation(child, "case", "mark")]
        if child > i and ("with" in markers or "on" in markers) and _is_charge(tree, child):
            return tree.subtree(child)
    return set()


def _is_charge(tree: Tree, i: int) -> bool:
    return tree.words[i].kind not in ("time", "place", "person")


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
        if clause < i and min(words) > 0 and reporting_lemma(tree, min(words) - 1) == "ask":
            continue
        for other in reports_beside(tree, i, clause):
            words -= tree.subtree(other)
        if clause > i and len(clauses) == len(after) and not _around(tree, i, source_head):
            words = {w for w in words if w > i}
            words |= _gap(tree, i, min(words, default=i))
            words |= _marked(tree, i, clause, words)
        content |= words
    if content and clauses == after:
        content |= _reasons(tree, i, max(content))
    for subject in tree.with_relation(i, "nsubj"):
        # "Engineers had warned of it, the report said": the first subject is the clause's.
        if content and subject != source_head and subject + 1 == min(content):
            content |= tree.subtree(subject)
    return content


def _marked(tree: Tree, i: int, clause: int, words: set[int]) -> set[int]:
    """All from "that" to the end of its clause, whatever the words between were hung from."""
    marks = [m for m in tree.with_relation(clause, "mark") if i < m < clause]
    if not marks or tree.lower(marks[0]) not in ("that", "whether"):
        return set()
    return set(range(marks[0], max(words) + 1))


def _reasons(tree: Tree, i: int, last: int) -> set[int]:
    """She said the road was shut, because it had snowed: what follows belongs to what is said."""
    found: set[int] = set()
    for clause in tree.with_relation(i, "advcl"):
        words = tree.subtree(clause)
        mark = tree.lower(min(words))
        if mark in ("because", "unless", "until") and 0 < min(words) - last <= 2:
            found |= words
    return found


def reports_beside(tree: Tree, i: int, clause: int) -> list[int]:
    """Clauses hung from the content by "but" or "and" that report on the cue's own level."""
    found = []
    for other in tree.with_relation(clause, "conj"):
        frame = verb_frames().get(reporting_lemma(tree, other))
        if frame is None or "c" not in frame.takes:
            continue
        thinks = frame.stance is Stance.BELIEVES and any(
            "PronType=Prs" in tree.words[s].feats for s in tree.with_relation(other, "nsubj")
        )
        if thinks:
            # "She said the plan was sound and she believed it would hold."
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
            tree.words[child].deprel in ("obl", "obl:unmarked", "advmod", "punct")
            or (
                tree.words[child].deprel in ("obj", "iobj")
                and reporting_lemma(tree, i) in _WITH_HEARER
            )
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


def _subjects(tree: Tree, i: int, source_head: int | None) -> list[int]:
    """Whoever stands right behind the verb as its source, or else its subjects."""
    if source_head is not None and i < source_head <= i + _INVERTED_WORDS:
        return [source_head]
    return tree.with_relation(i, "nsubj")


_INVERTED_WORDS = 4


def _around(tree: Tree, i: int, source_head: int | None) -> set[int]:
    """The rest of the sentence, where the verb with its subject stands in commas or ends it.

    The mayor, Lind suggested, had left; the mayor had left, Lind said on Monday.
    """
    frame = verb_frames().get(reporting_lemma(tree, i))
    subjects = _subjects(tree, i, source_head)
    if frame is None or "q" not in frame.takes or not subjects:
        return set()
    if tree.words[i].deprel == "acl:relcl" or tree.lower(subjects[0]) in _RELATIVE:
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
    outside = {w for w in range(len(words)) if w not in inside}
    return outside if any(words[w].upos in ("VERB", "AUX") for w in outside) else set()


def _office_before(tree: Tree, source_head: int) -> set[int]:
    """What a speaker is, told before the name: …, | a clerk of the port, | Ana Lund, said.

    The encoder may have hung it from what is said.
    """
    words = tree.words
    if source_head < 2 or words[source_head - 1].text != ",":
        return set()
    start = source_head - 1
    while start > 0 and words[start - 1].text != ",":
        start -= 1
    office = words[start : source_head - 1]
    head = next((w for w in office if w.upos in ("NOUN", "PROPN")), None)
    is_office = head is not None and head.upos == "NOUN" and head.kind == "person"
    if start == 0 or not is_office or office[0].upos != "DET":
        return set()
    is_clause = any(w.upos in ("VERB", "AUX") for w in office)
    is_named = words[source_head].name.endswith("PER")
    return set(range(start, source_head)) if is_named and not is_clause else set()


_AROUND_MAX_WORDS = 10
_RELATIVE = frozenset({"who", "which", "that"})


def _oblique(tree: Tree, i: int, *, wide: bool) -> set[int]:
    cases = _OBLIQUE_CASES if wide else frozenset({"as", "of", "for"})
    found: set[int] = set()
    for child in tree.with_relation(i, "obl", "advcl", "xcomp"):
        markers = tree.with_relation(child, "case", "mark")
        refers = reporting_lemma(tree, i) in _REFERRING
        wanted = cases | {"to"} if wide and refers else cases
        if reporting_lemma(tree, i) in ("speak", "talk"):
            wanted = frozenset({"of", "about"})
        if reporting_lemma(tree, i) == "call" and wide and child > i:
            bidden = _infinitive_after(tree, i, max(tree.subtree(child)))
            if bidden and any(tree.lower(m) in ("on", "upon") for m in markers):
                return tree.subtree(child) | bidden
        if child > i and any(tree.lower(m) in wanted for m in markers):
            found |= tree.subtree(child)
            if reporting_lemma(tree, i) in ("call", "appeal", "ask", "plead"):
                found |= _infinitive_after(tree, i, max(found))
            break
    return found


def _infinitive_after(tree: Tree, i: int, last: int) -> set[int]:
    """Called for the firm | to pay."""
    for clause in tree.with_relation(i, "xcomp", "advcl"):
        words = tree.subtree(clause)
        if min(words) == last + 1 and tree.lower(last + 1) == "to":
            return words
    return set()


_REFERRING = frozenset({"refer", "allude", "testify", "point", "admit", "confess"})


def _beside(tree: Tree, i: int, source_head: int | None) -> set[int]:
    """Content that is no dependent: the clause a cue stands in brackets of, or stands before."""
    word = tree.words[i]
    if not _subjects(tree, i, source_head):
        return set()
    mine = tree.subtree(i)
    first, last = min(mine), max(mine)
    edges = [tree.words[w].upos for w in (first, first - 1, last) if w >= 0]
    edges += [tree.words[w].upos for w in (last + 1,) if w < len(tree.words)]
    if word.deprel == "parataxis" and "PUNCT" not in edges:
        return set()
    if word.deprel in ("parataxis", "advcl", "conj", "appos", "dep") and word.head >= 0:
        # "He died as officials revealed the name" is no "as officials revealed".
        told = tree.with_relation(i, "obj")
        as_clause = (
            word.deprel == "advcl"
            and not told
            and any(tree.lower(m) == "as" for m in tree.with_relation(i, "mark", "advmod"))
        )
        if word.deprel == "parataxis" or as_clause:
            return tree.subtree(word.head) - mine
    found: set[int] = set()
    for child in tree.with_relation(i, "parataxis"):
        reports = reporting_lemma(tree, child) in verb_frames()
        if not (reports and tree.with_relation(child, "nsubj")):
            found |= tree.subtree(child)
    return found


def find_passive_content(tree: Tree, i: int, frame: Frame) -> frozenset[int]:
    content: set[int] = set()
    for clause in tree.with_relation(i, "ccomp", "csubj:pass"):
        if clause > i and "c" in frame.takes:
            content |= tree.subtree(clause)
    if content:
        return frozenset(content)
    subjects = tree.with_relation(i, "nsubj:pass", "csubj:pass")
    if not subjects and tree.words[i].deprel == "conj":
        subjects = tree.with_relation(tree.words[i].head, "nsubj:pass")
    if any(letter in frame.takes for letter in "cvoby"):
        for clause in tree.with_relation(i, "xcomp", "csubj"):
            content |= tree.subtree(clause)
    content |= _charged_with(tree, i)
    if "o" in frame.takes:
        content |= _oblique(tree, i, wide=False)
    if content or ("o" in frame.takes and find_agent(tree, i) is not None):
        for subject in subjects:
            if tree.lower(subject) != "it":
                content |= tree.subtree(subject)
    return frozenset(content)
