"""Who takes part in a predicate: what the encoder reads, and what the syntax shows beside it.

Roles are PropBank's. Where the encoder read no predicate they are PropBank's as far as syntax
shows them: the subject of an active verb is ARG0, its object and the subject of a passive ARG1,
`by` in a passive ARG0; ARGM-LOC, ARGM-NEG and ARGM-MOD are the words of place, negation and
modality. "ARG0-of" and "ARG1-of" are given to what a relative clause describes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from consilience.read.encoder import Argument
from consilience.read.modality import MODALS
from consilience.read.negation import NEGATIONS
from consilience.read.predicates import STATES
from consilience.read.syntax import Tree

_CORE = {"nsubj": "ARG0", "csubj": "ARG0", "obj": "ARG1", "iobj": "ARG2", "nsubj:pass": "ARG1",
         "csubj:pass": "ARG1", "obl:agent": "ARG0"}  # fmt: skip
# What happens to its only participant: the subject is ARG1 where there is no object.
_UNACCUSATIVE = frozenset(
    """
    die perish drown explode collapse sink crash erupt disappear vanish fall burn suffer occur
    happen begin start arrive derail capsize overturn survive
    """.split()
)
_PLACING = frozenset("in at near outside inside across around on throughout off".split())
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# "Convicted him of killing", "stopped her from leaving": he kills, she leaves.
_CONTROLLED_BY_OBJECT = frozenset({"of", "from", "for", "with", "into"})
_OUTSIDE_ARGUMENT = frozenset({"acl:relcl", "parataxis", "punct"})
# Roles that name no participant: a particle, the other half of a construction.
_NO_PARTICIPANT = frozenset({"C-V", "ARGM-CXN", "C-ARGM-CXN"})
_ASKING = frozenset("when where how why".split())
_EXPLETIVES = frozenset({"it", "there", "which", "that"})
_SEPARATORS = frozenset(",;:(-–—")
_LINKS = ("punct", "case", "cc", "mark")
_REFERENCE = "R-"


@dataclass(frozen=True, slots=True)
class Role:
    """One participant: its head word and the code points it covers."""

    name: str
    head: int
    start: int
    end: int


def roles_read(tree: Tree, i: int, read: Sequence[Argument]) -> list[Role]:
    """The participants that the encoder read for the predicate at word `i`, in the text's order.

    A relative pronoun gives way to what it stands for, which the encoder reads beside it or the
    syntax shows. Who does what a verb under another verb tells is added, as PropBank often does
    not: "raided the flat, killing two".
    """
    found = [
        Role(a.role, _head(tree, a), tree.words[a.first].start, tree.words[a.last - 1].end)
        for a in map(partial(_trimmed, tree), read)
        if a.role not in _NO_PARTICIPANT and not a.role.startswith(_REFERENCE)
        # "When" says that there is a time, not which.
        if not (a.last - a.first == 1 and tree.lower(a.first) in _ASKING)
    ]
    names = {role.name for role in found}
    missing = [
        name for a in read if (name := _antecedent_role(a)) is not None and name not in names
    ]
    described = tree.words[i].head
    if missing and tree.words[i].deprel == "acl:relcl":
        found.append(_role(tree, missing[0], described, _OUTSIDE_ARGUMENT | {"acl"}))
    elif tree.words[i].deprel in ("xcomp", "advcl") and "VerbForm=Fin" not in tree.words[i].feats:
        found += _controller(tree, i, found)
    return sorted(found, key=lambda role: (role.start, role.end, role.name))


def _trimmed(tree: Tree, argument: Argument) -> Argument:
    """The argument without a comma or an opening bracket at its end."""
    last = argument.last
    while last - argument.first > 1 and tree.words[last - 1].text in _SEPARATORS:
        last -= 1
    return replace(argument, last=last)


def _controller(tree: Tree, i: int, found: Sequence[Role]) -> list[Role]:
    names = {role.name for role in found}
    starts = [(role.start, role.end) for role in found]
    if tree.with_relation(i, "nsubj", "nsubj:pass", "expl") or "ARG0" in names:
        return []
    return [
        _role(tree, name, head, _OUTSIDE_ARGUMENT | {"acl"})
        for name, head in _shared(tree, i, passive=_is_passive(tree, i))
        if name not in names
        and tree.lower(head) not in _EXPLETIVES
        and not any(a <= tree.words[head].start < b for a, b in starts)
    ][:1]


def _antecedent_role(argument: Argument) -> str | None:
    """The role that what a relative pronoun stands for has."""
    if not argument.role.startswith(_REFERENCE):
        return None
    return argument.role.removeprefix(_REFERENCE)


def _head(tree: Tree, argument: Argument) -> int:
    """The first word of the argument that hangs from a word outside it."""
    inside = range(argument.first, argument.last)
    above = (i for i in inside if tree.words[i].head not in inside)
    return next((i for i in above if tree.words[i].deprel not in _LINKS), inside[0])


def find_roles(tree: Tree, i: int) -> Iterator[Role]:
    """The participants that the syntax shows for word `i`, its own before those it shares."""
    if tree.words[i].upos == "NOUN":
        for name, head in _of_noun(tree, i):
            yield _role(tree, name, head, _OUTSIDE_ARGUMENT)
        return
    passive = _is_passive(tree, i)
    seen = set()
    for child in tree.children[i]:
        found = _own(tree, i, child, passive=passive)
        if found is not None:
            seen.add(found)
            yield _role(tree, found, child, _OUTSIDE_ARGUMENT)
    for name, head in _shared(tree, i, passive=passive):
        if name not in seen:
            seen.add(name)
            yield _role(tree, name, head, _OUTSIDE_ARGUMENT | {"acl"})


def _role(tree: Tree, name: str, head: int, without: frozenset[str]) -> Role:
    covered = tree.subtree(head, without=without)
    return Role(name, head, tree.words[min(covered)].start, tree.words[max(covered)].end)


def _is_passive(tree: Tree, i: int) -> bool:
    if tree.with_relation(i, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    word = tree.words[i]
    if "VerbForm=Part" not in word.feats or "Tense=Past" not in word.feats:
        return False
    if word.deprel == "conj" and not tree.with_relation(i, "nsubj", "aux"):
        return _is_passive(tree, word.head)
    return word.deprel in ("acl", "advcl", "amod", "xcomp")


def _own(tree: Tree, i: int, child: int, *, passive: bool) -> str | None:
    relation = tree.words[child].deprel
    if relation == "nsubj":
        return _subject(tree, i, passive=passive)
    if relation in _CORE:
        return _CORE[relation]
    if relation in ("obl", "nmod"):
        return _oblique(tree, child, passive=passive)
    if relation == "advmod" and tree.lemma(child) in NEGATIONS:
        return "ARGM-NEG"
    if relation == "aux" and tree.lemma(child) in MODALS:
        return "ARGM-MOD"
    return None


def _subject(tree: Tree, i: int, *, passive: bool) -> str:
    is_state = tree.words[i].upos == "ADJ" and tree.lemma(i) in STATES
    undergoes = (
        passive or is_state or (tree.lemma(i) in _UNACCUSATIVE and not tree.with_relation(i, "obj"))
    )
    return "ARG1" if undergoes else "ARG0"


def _case(tree: Tree, i: int) -> str:
    return next((tree.lemma(c) for c in tree.with_relation(i, "case")), "")


def _oblique(tree: Tree, child: int, *, passive: bool) -> str | None:
    case, word = _case(tree, child), tree.words[child]
    if case == "by" and passive:
        return "ARG0"
    is_place = word.name in ("B-LOC", "I-LOC") or word.kind == "place"
    return "ARGM-LOC" if case in _PLACING and is_place else None


def _of_noun(tree: Tree, i: int) -> Iterator[tuple[str, int]]:
    for child in tree.children[i]:
        word = tree.words[child]
        if word.deprel == "nmod":
            name = {"of": "ARG1", "by": "ARG0"}.get(_case(tree, child))
            name = name or _oblique(tree, child, passive=False)
            if name is not None:
                yield name, child
        elif word.deprel in ("compound", "nummod") and word.kind == "person":
            yield "ARG1", child


def _shared(tree: Tree, i: int, *, passive: bool) -> Iterator[tuple[str, int]]:
    """Participants that stand with another verb: relative clauses, participles, conjoined verbs."""
    word = tree.words[i]
    if word.upos == "ADJ" and tree.with_relation(i, "nummod"):
        return  # "a dozen wounded" are counted themselves
    subject = _subject(tree, i, passive=passive)
    match word.deprel:
        case "acl" | "amod":
            yield subject, word.head
        case "acl:relcl":
            relative = [
                c
                for c in tree.with_relation(i, "nsubj", "nsubj:pass", "obj")
                if tree.lemma(c) in _RELATIVE
            ]
            if relative:
                is_object = tree.words[relative[0]].deprel == "obj"
                yield ("ARG1" if is_object else subject) + "-of", word.head
        case "conj":
            for c in tree.with_relation(word.head, "nsubj", "nsubj:pass"):
                yield subject, c
        case "xcomp" | "advcl":
            for c in _controllers(tree, i):
                yield subject, c


def _controllers(tree: Tree, i: int) -> list[int]:
    """Who does what a verb under another verb tells: the other's object, else its subject."""
    word = tree.words[i]
    marks = {tree.lemma(c) for c in tree.with_relation(i, "mark", "case")}
    by_object = word.deprel == "xcomp" or marks & _CONTROLLED_BY_OBJECT
    objects = tree.with_relation(word.head, "obj", "iobj") if by_object else []
    return objects or tree.with_relation(word.head, "nsubj", "nsubj:pass")
