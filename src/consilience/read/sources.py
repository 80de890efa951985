"""Who says it: the head word and the phrase of a reporting verb's source."""

from collections.abc import Sequence

from consilience.read.contents import reports_beside
from consilience.read.cues import find_agent, is_passive, reporting_lemma, verb_frames
from consilience.read.encoder import Word
from consilience.read.syntax import NOMINAL, Tree

_RELATIVE = frozenset({"who", "which", "that"})
# The one phrase behind them is who hears it: …, her son, Jan Lund, told the Post.
_TELLING = frozenset({"tell", "inform", "assure", "remind"})


def find_source(tree: Tree, i: int, quoted: Sequence[int], *, passive: bool) -> int | None:
    """The head word of who says it: the verb's subject, its agent, or the subject it shares."""
    if passive:
        return find_agent(tree, i)
    found = _find_speaker(tree, i, quoted)
    return found if found is None else _owned(tree, found)


def _owned(tree: Tree, source: int) -> int:
    """What is somebody's speaks, not its owner: said its managing director, Ana Lund."""
    word = tree.words[source]
    return word.head if "Poss=Yes" in word.feats and word.head > source else source


def _find_speaker(tree: Tree, i: int, quoted: Sequence[int]) -> int | None:
    opens = _opens_clause(tree, i)
    beside = _beside_quote(tree, i, quoted) if quoted[i] < 0 and not opens else None
    subjects = [
        s
        for s in tree.with_relation(i, "nsubj")
        if (quoted[s] == quoted[i] or quoted[i] >= 0) and not (opens and s > i)
    ]
    inverted = _inverted(tree, i, quoted)
    if inverted is not None and (not subjects or _is_speaker(tree, inverted, subjects[0])):
        return inverted
    if subjects:
        return _real(tree, i, min(subjects, key=lambda s: abs(s - i)))
    if beside is not None:
        return beside
    if tree.with_relation(i, "nsubj:outer", "csubj", "expl"):
        return None
    if i == 0 and "PROPN" in _upos_until_colon(tree):
        return next((w for w in range(1, len(tree.words)) if tree.words[w].upos == "PROPN"), None)
    shared = _shared_source(tree, i)
    if shared is not None and shared > i:
        # A participle that was hung from its own content shares the subject before it.
        before = [s for s in range(i) if tree.words[s].deprel == "nsubj" and quoted[s] < 0]
        shared = before[0] if before and tree.lower(i).endswith("ing") else shared
    if shared is None:
        shared = _right_before(tree, i, quoted)
    return shared if shared is None or quoted[shared] == quoted[i] or quoted[i] >= 0 else None


def _opens_clause(tree: Tree, i: int) -> bool:
    """Whether the subject behind the verb begins what is said: … and said she would resign."""
    words = tree.words
    if i + 2 >= len(words):
        return False
    if "Case=Nom" in words[i + 1].feats:
        after = words[i + 2].upos in ("AUX", "VERB")
        return after and words[i].deprel in ("conj", "advcl")
    behind = [s for s in tree.with_relation(i, "nsubj") if s > i]
    if not behind or i == 0 or words[i - 1].upos not in NOMINAL:
        return False
    end = max(w for s in behind for w in tree.subtree(s)) + 1
    return end < len(words) and words[end].upos in ("AUX", "VERB")


def _is_speaker(tree: Tree, inverted: int, subject: int) -> bool:
    """Whether a name behind its verb speaks: The bridge, says Lund, is safe; not: said Friday."""
    word = tree.words[inverted]
    return word.name[2:] in ("PER", "ORG") and tree.words[subject].name[2:] != "PER"


def _inverted(tree: Tree, i: int, quoted: Sequence[int]) -> int | None:
    """…, says Lund; whatever the name was hung as, if nothing but it ends the clause."""
    words = tree.words
    frame = verb_frames().get(reporting_lemma(tree, i))
    if frame is None or "q" not in frame.takes or "VerbForm=Fin" not in words[i].feats:
        return None
    if reporting_lemma(tree, i) in _TELLING:
        return None
    if i < 2 or words[i - 1].text not in (",", "”", '"', "’", "'", "»") or i + 1 == len(words):
        return None
    end = i + 1
    while end < len(words) and words[end].upos in NOMINAL | {"DET", "ADJ"}:
        end += 1
    named = [w for w in range(i + 1, end) if words[w].upos in ("PROPN", "NOUN", "PRON")]
    stops = end == len(words) or words[end].text in (",", ".", "—", "–")
    if not named or not stops or quoted[i + 1] != quoted[i]:
        return None
    return top_of(tree, named)


def _upos_until_colon(tree: Tree) -> tuple[str, ...]:
    """The tags of a short opening before a colon: "Added Lund:"; empty where there is none."""
    head = [word.text for word in tree.words[:6]]
    return tuple(w.upos for w in tree.words[: head.index(":")]) if ":" in head else ()


def _right_before(tree: Tree, i: int, quoted: Sequence[int]) -> int | None:
    """The nominal right before a finite verb of speech, whatever it was hung from."""
    frame = verb_frames().get(reporting_lemma(tree, i))
    word = tree.words[i]
    if frame is None or "VerbForm=Fin" not in word.feats:
        return None
    at = i - 1
    while at > 0 and tree.words[at].upos in ("ADV", "AUX") and i - at < 3:
        at -= 1
    if at > 1 and tree.words[at].text == "," and tree.words[at - 1].name.endswith("PER"):
        # …, a spokesman for the harbour, Ivo Pell, said.
        at -= 1
    at = _before_bracket(tree, at)
    if at < 0 or tree.words[at].upos not in NOMINAL or quoted[at] != quoted[i]:
        return None
    first = at
    while first > 0 and tree.words[first - 1].upos in ("NOUN", "PROPN", "ADJ", "NUM"):
        first -= 1
    return top_of(tree, range(first, at + 1))


def _before_bracket(tree: Tree, at: int) -> int:
    """The word before a remark in brackets that ends at `at`: Lind (Arlow), said."""
    last = at - 1 if at > 0 and tree.words[at].text == "," else at
    if last < 0 or tree.words[last].text != ")":
        return at
    first = last
    while first > 0 and tree.words[first].text != "(" and last - first < _BRACKET_MAX_WORDS:
        first -= 1
    return first - 1 if tree.words[first].text == "(" else at


_BRACKET_MAX_WORDS = 8


def _beside_quote(tree: Tree, i: int, quoted: Sequence[int]) -> int | None:
    """Who speaks by place alone: “…,” he said; “…,” said the mayor. The syntax may be lost there.

    Only for a verb of speech that follows a quotation with nothing but its subject between.
    """
    frame = verb_frames().get(reporting_lemma(tree, i))
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
        return top_of(tree, before)
    end = i + 1
    while end < len(words) and (
        words[end].upos in NOMINAL | {"DET", "ADJ", "ADP"} or words[end].text == "-"
    ):
        end += 1
    after = [w for w in range(i + 1, end) if words[w].upos in NOMINAL | {"ADJ"}]
    return top_of(tree, after) if after else None


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
    return top_of(tree, run) if run and words[end].text == "," else None


_APPOSITION_MAX_WORDS = 40


def top_of(tree: Tree, numbers: Sequence[int]) -> int:
    """The first of some words that hangs from none of them."""
    inside = set(numbers)
    return next((w for w in numbers if tree.words[w].head not in inside), numbers[0])


def _real(tree: Tree, i: int, subject: int) -> int | None:
    """The subject itself, or what its relative pronoun stands for."""
    if tree.lower(subject) in _RELATIVE:
        for above in (i, *tree.ancestors(i)):
            if tree.words[above].deprel == "acl:relcl":
                head = tree.words[above].head
                return head if tree.words[head].upos in NOMINAL else None
    if tree.words[subject].upos not in NOMINAL | {"ADJ", "DET"}:
        return None
    if tree.words[subject].name.endswith("LOC"):
        # "… in the capital, Port Alba, a spokesman said": no place is a spokesman.
        people = [a for a in tree.with_relation(subject, "appos") if tree.words[a].kind == "person"]
        return people[-1] if people else subject
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
    # "It said some had fled, but did not say how many": who said the one says the other.
    level = word.deprel == "conj" and tree.words[governor].deprel == "ccomp" and above >= 0
    if level and i in reports_beside(tree, above, governor):
        governor = above
    if word.deprel in ("parataxis", "ccomp") and "VerbForm=Fin" in word.feats:
        return None
    quotes = reporting_lemma(tree, governor) in ("quote", "cite")
    if word.deprel == "xcomp" or (quotes and not is_passive(tree, governor)):
        for child in tree.with_relation(governor, "obj", "iobj"):
            return child
    for subject in tree.with_relation(governor, "nsubj", "nsubj:pass"):
        return _real(tree, governor, subject)
    if tree.words[governor].head < 0 and word.deprel != "conj":
        return None
    return _shared_source(tree, governor)


def noun_phrase(tree: Tree, head: int) -> frozenset[int]:
    """The words of a source: all below its head, a remark in parataxis left out."""
    words = tree.subtree(head, without=frozenset({"parataxis"}))
    words -= set(tree.with_relation(head, "case"))
    for child in tree.with_relation(head, "compound"):
        commas = {w for w in range(child, head) if tree.words[w].text == ","}
        if commas:
            # "… in Port Alba, a spokesman said": a comma stands in no compound.
            words -= {w for w in words if w <= max(commas)}
    above = tree.words[head].head
    if above >= 0 and tree.words[head].deprel == "nsubj":
        # A long name is at times torn into several subjects of one verb.
        for other in tree.with_relation(above, "nsubj"):
            torn = tree.subtree(other, without=frozenset({"parataxis", "acl:relcl"}))
            if all(tree.words[w].upos != "VERB" for w in torn):
                words |= torn
    return frozenset(trimmed(tree.words, run_around(words, head)))


def source_phrase(tree: Tree, head: int, cue: int) -> frozenset[int]:
    """The words of the source of the verb `cue`, which may stand in a clause below them."""
    words = noun_phrase(tree, head)
    if cue not in words:
        return words
    first = min((w for w in tree.subtree(cue) if w > head), default=cue)
    relative = [s for s in tree.with_relation(cue, "nsubj") if tree.lower(s) in _RELATIVE]
    return frozenset(trimmed(tree.words, {w for w in words if w < first})) | frozenset(relative)


def is_somebody(tree: Tree, i: int) -> bool:
    """Whether a word stands for one who can speak: a person, or "he", "she", "they"."""
    word = tree.words[i]
    if word.upos == "PRON":
        return word.text.lower() in ("he", "she", "they")
    return word.name.endswith("PER") or word.kind == "person"


def run_around(words: set[int], head: int) -> set[int]:
    first = last = head
    while first - 1 in words:
        first -= 1
    while last + 1 in words:
        last += 1
    return set(range(first, last + 1))


def trimmed(words: Sequence[Word], numbers: set[int]) -> set[int]:
    """Without punctuation and particles at either end, and without a dateline: ARLOW (AP) – …"""
    ordered = sorted(numbers)
    for at, number in enumerate(ordered[:_DATELINE_MAX_WORDS]):
        if (
            words[number].text in ("-", "–", "—", "--")
            and at
            and words[ordered[at - 1]].text == ")"
        ):
            ordered = ordered[at + 1 :]
            break
    while ordered and words[ordered[0]].upos in _EDGES and words[ordered[0]].upos != "DET":
        ordered.pop(0)
    while ordered and words[ordered[-1]].upos in _EDGES:
        ordered.pop()
    return set(ordered)


_DATELINE_MAX_WORDS = 8


_EDGES = frozenset({"PUNCT", "SCONJ", "CCONJ", "AUX", "ADP"})
