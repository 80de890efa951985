"""Whether what a predicate tells is said to have happened, and the word that decides it.

A predicate's own auxiliaries, adverbs and negation speak first; then the words that govern it, as
far as each lets what is above it through: "may have begun shelling" is possible, "said that they
shelled it" is said of a fact. What is reported is no less a fact for that: the attribution
carries whose word it is.
"""

from dataclasses import dataclass

from consilience.lexicon import load_table
from consilience.read.modality import ANYONE, CONDITIONS, has_auxiliary, said_beside, tense_shown
from consilience.read.negation import (
    NEGATIONS,
    end_of_waiting,
    find_negation,
    negation_shared,
    shares_with,
)
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Factuality, Polarity

_INSTEAD = frozenset("without instead".split())
_TIME_MARKS = frozenset("when once before after until till soon".split())
# What a noun does where its verb only says that it takes place: "the strike will begin".
_TAKING_PLACE = frozenset(
    """
    be occur happen take begin start follow erupt come resume go make have hold give do
    carry stage launch conduct commit perform mount undertake see reach sign open cause
    """.split()
)
_HAPPENING = frozenset({"happen", "occur"})
_KNOWN = frozenset("the this that his her its their".split())
_MOVED = frozenset(
    "happy glad sad sorry surprise shock lucky proud please delight thrill relieve stun".split()
)
_CONFIRMING = frozenset("confirm verify substantiate corroborate".split())
_DECIDING = frozenset("vote decide warn advise rule argue caution recommend".split())
_REJECTING = frozenset(
    "reject scrap abandon cancel veto block defeat drop shelve foil thwart".split()
)
_RANKED = frozenset("first last next only second third one".split())
# The prepositions by which what a verb says of a noun reaches it.
_OBLIQUE = {"of": {"of", "with"}, "for": {"for"}}
_SPEECH_NOUNS = frozenset("claim report allegation charge accusation request demand call".split())
_CLAUSES = frozenset("xcomp ccomp advcl acl csubj".split())
# How far up the tree the words are looked for that make a predicate less than a fact.
_MAX_STEPS = 8


@dataclass(frozen=True, slots=True)
class Mood:
    """`cue` is the word that decides, None where nothing speaks against a plain fact.

    What happened in spite of a negation has one: "did not leave until Friday".
    """

    polarity: Polarity
    factuality: Factuality
    cue: int | None


FACT = Mood(Polarity.POSITIVE, Factuality.HAPPENED, None)


def judge(tree: Tree, i: int) -> Mood:
    """The mood of the predicate at word `i`."""
    return _mood(tree, i, _MAX_STEPS)


def _mood(tree: Tree, i: int, steps: int) -> Mood:
    own = said_beside(tree, i)
    negation = find_negation(tree, i)
    above = _above(tree, i, steps - 1) if steps else FACT
    if own is None:
        shared = shares_with(tree, i)
        own = said_beside(tree, shared) if shared is not None else None
        negation = negation if negation is not None else negation_shared(tree, i, shared)
    if own is not None and above.factuality is not Factuality.HYPOTHETICAL:
        factuality, cue = own
        if factuality is Factuality.PLANNED and above.factuality is Factuality.POSSIBLE:
            factuality, cue = above.factuality, cue if above.cue is None else above.cue
        can = tree.lemma(cue) in ("can", "could", "ca") and not has_auxiliary(tree, i, "have")
        if negation is not None and can:
            return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, negation)
        polarity = Polarity.POSITIVE if negation is None else Polarity.NEGATIVE
        if factuality is Factuality.NOT_HAPPENED:
            polarity = Polarity.NEGATIVE
        return Mood(polarity, factuality, cue)
    if negation is None:
        return above
    if above.factuality is Factuality.HAPPENED and (end := end_of_waiting(tree, i)) is not None:
        return Mood(Polarity.POSITIVE, Factuality.HAPPENED, end)
    if above.factuality is Factuality.HAPPENED:
        return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, negation)
    if above.factuality is Factuality.NOT_HAPPENED:
        # "Failed to do nothing" is too rare to turn round.
        return above
    return Mood(Polarity.NEGATIVE, above.factuality, above.cue)


def _above(tree: Tree, i: int, steps: int) -> Mood:
    """What the governor of `i` makes of it, and lets through of what is above."""
    word = tree.words[i]
    if word.head < 0:
        return FACT
    relation = word.deprel.partition(":")[0]
    if word.deprel == "acl:relcl":
        return _in_relative(tree, i)
    if relation == "conj":
        return _above_conjoined(tree, i, steps)
    if relation in _CLAUSES:
        return _in_clause(tree, i, relation, steps)
    if word.upos in NOMINAL or word.upos == "ADJ" or "VerbForm=Ger" in word.feats:
        return _as_noun(tree, i, steps)
    if relation == "parataxis" and tree.with_relation(i, "mark"):
        # "It would have been there, with 25 killed": what "with" brings goes with its governor.
        return _mood(tree, word.head, steps) if steps > 0 else FACT
    return FACT


def _above_conjoined(tree: Tree, i: int, steps: int) -> Mood:
    """What stands above the verbs that `i` is one of.

    "Agreed to go and left": a finite verb goes with the finite verb above an infinitive.
    """
    linked = [c for c in tree.with_relation(i, "cc") if tree.lemma(c) in ("rather", "instead")]
    if linked:
        return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, linked[0])
    head = tree.words[i].head
    if "VerbForm=Fin" in tree.words[i].feats and "VerbForm=Inf" in tree.words[head].feats:
        helped = tree.with_relation(head, "aux")
        finite = (a for a in tree.ancestors(head) if "VerbForm=Fin" in tree.words[a].feats)
        head = head if helped else next(finite, head)
    return _above(tree, head, steps - 1) if steps > 0 else FACT


def _in_relative(tree: Tree, i: int) -> Mood:
    noun = tree.words[i].head
    words = (noun, *tree.with_relation(noun, "det"))
    cue = next((w for w in words if tree.lemma(w) in ANYONE), None)
    return FACT if cue is None else Mood(Polarity.POSITIVE, Factuality.HYPOTHETICAL, cue)


def _in_clause(tree: Tree, i: int, relation: str, steps: int) -> Mood:
    governor = tree.words[i].head
    marks = {tree.lemma(c): c for c in tree.with_relation(i, "mark", "case")}
    if "to" in marks and not _is_infinitive(tree, i):
        del marks["to"]
    # "Due to open" is one word for the treebank.
    fixed = [c for c in tree.with_relation(governor, "fixed") if tree.lower(c) == "to"]
    if fixed:
        marks["to"] = fixed[0]
    adverbs = {tree.lemma(c): c for c in tree.with_relation(i, "advmod")}
    if "whether" in marks:
        # Whatever it was hung as, it is asked: "whether the heater failed is not known".
        return Mood(Polarity.POSITIVE, Factuality.POSSIBLE, marks["whether"])
    if relation == "advcl":
        found = _in_adverbial(tree, i, marks | adverbs, steps)
        if found is not None:
            return found
    if "to" in marks and tree.lower(marks["to"] - 1) == "yet":
        return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, marks["to"] - 1)
    if "against" in marks and tree.lemma(governor) in _DECIDING:
        return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, marks["against"])
    short = [w for w in (governor, *tree.with_relation(governor, "advmod", "xcomp"))
             if tree.lower(w) == "short"]  # fmt: skip
    if "of" in marks and short:
        return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, short[0])
    if relation == "xcomp" and "that" in marks:
        relation = "ccomp"
    if relation in ("ccomp", "csubj") and "if" in marks:
        return Mood(Polarity.POSITIVE, Factuality.POSSIBLE, marks["if"])
    if relation == "acl":
        return _in_noun(tree, i, governor, marks, steps)
    said = _governed(tree, i, relation, marks)
    if said is not None:
        return _through(tree, governor, said, steps)
    if relation == "ccomp":
        return FACT
    if relation == "csubj":
        over = _mood(tree, governor, steps) if steps > 0 else FACT
        return over if over.polarity is Polarity.POSITIVE else FACT
    if relation == "xcomp" or "VerbForm=Part" in tree.words[i].feats:
        return _mood(tree, governor, steps) if steps > 0 else FACT
    return FACT


def _is_infinitive(tree: Tree, i: int) -> bool:
    helpers = tree.with_relation(i, "aux", "aux:pass", "cop")
    return any("VerbForm=Inf" in tree.words[w].feats for w in (i, *helpers)) or (
        tree.words[i].upos not in ("VERB", "AUX")
    )


def _in_adverbial(tree: Tree, i: int, marks: dict[str, int], steps: int) -> Mood | None:
    """What a conjunction makes of its clause; None where the governor decides."""
    if any(m in ("as", "even", "though") for m in marks) and "if" not in marks:
        marks = {m: c for m, c in marks.items() if m not in CONDITIONS}
    for mark, cue in sorted(marks.items(), key=lambda item: item[1]):
        if mark in CONDITIONS:
            return Mood(Polarity.POSITIVE, Factuality.HYPOTHETICAL, cue)
        if mark in _INSTEAD or (mark == "than" and tree.lower(cue - 1) == "rather"):
            return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, cue)
    governor = tree.words[i].head
    if "to" in marks:
        adverbs = tree.with_relation(governor, "advmod")
        too = next((c for c in adverbs if tree.lemma(c) == "too"), None)
        if too is not None:
            return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, too)
        felt = {tree.lemma(governor), tree.lower(governor).removesuffix("d")} & _MOVED
        if "only" in marks or felt or has_auxiliary(tree, i, "have"):
            return FACT
        if _governed(tree, i, "advcl", marks) is None:
            return Mood(Polarity.POSITIVE, Factuality.PLANNED, marks["to"])
    if marks.keys() & _TIME_MARKS and "Tense=Past" not in tense_shown(tree, i):
        above = _mood(tree, governor, steps) if steps > 0 else FACT
        ahead = above.factuality in (Factuality.PLANNED, Factuality.HYPOTHETICAL)
        return above if ahead and "VerbForm=Part" not in tense_shown(tree, i) else FACT
    return None


def _governed(
    tree: Tree, i: int, relation: str, marks: dict[str, int]
) -> tuple[Factuality, int] | None:
    """What a verb or adjective makes of the clause it governs, by the table of such words."""
    governor = tree.words[i].head
    said = _of_verb(tree, governor)
    if said is None or (relation == "advcl" and tree.with_relation(i, "nsubj", "nsubj:pass")):
        return None
    value, _, only = said.partition(" ")
    if (only == "from" and "from" not in marks) or (only == "xcomp" and relation == "ccomp"):
        return None
    factuality = Factuality(value)
    links = {"to", "at", "on"} if tree.lemma(governor) in ("aim", "intent", "bent") else {"to"}
    if factuality is Factuality.PLANNED and relation != "ccomp" and not marks.keys() & links:
        return None
    if relation == "ccomp" and tree.lemma(governor) == "hope":
        return Factuality.POSSIBLE, governor
    told_as_fact = "Mood=Ind" in tense_shown(tree, i) or not _is_wanted(tree, governor)
    if factuality is Factuality.PLANNED and relation == "ccomp" and told_as_fact:
        return None
    by_adverbial = relation == "advcl" and factuality is not Factuality.POSSIBLE and not only
    link = "from" if factuality is Factuality.NOT_HAPPENED else "to"
    if by_adverbial and link not in marks:
        return None
    return factuality, governor


def _is_wanted(tree: Tree, governor: int) -> bool:
    """Whether a verb wants what its "that" clause says: "demanded that he resign"."""
    return tree.lemma(governor) in (
        "demand", "order", "propose", "urge", "request", "insist", "recommend", "expect",
        "ask", "want", "require", "plan", "agree", "decide", "promise", "vow", "pledge",
    )  # fmt: skip


def _of_verb(tree: Tree, i: int) -> str | None:
    table = load_table("moods_of_verbs")
    lemma = tree.lemma(i)
    for c in tree.with_relation(i, "compound:prt"):
        if (said := table.get(f"{lemma}_{tree.lemma(c)}")) is not None:
            return said
    return table.get(lemma) or (table.get(tree.lower(i)) if tree.words[i].upos == "ADJ" else None)


def _through(tree: Tree, governor: int, said: tuple[Factuality, int], steps: int) -> Mood:
    """What is governed, given what stands above its governor."""
    factuality, cue = said
    over = _mood(tree, governor, steps) if steps > 0 else FACT
    negative = over.polarity is Polarity.NEGATIVE
    if over.factuality is Factuality.HYPOTHETICAL:
        return over
    if factuality is Factuality.NOT_HAPPENED:
        if over.factuality is Factuality.HAPPENED:
            return Mood(Polarity.NEGATIVE, factuality, cue)
        if over.factuality is Factuality.NOT_HAPPENED:
            return Mood(Polarity.POSITIVE, Factuality.HAPPENED, cue)
        # Who is to call off an attack, or may avert it, leaves it open.
        return Mood(Polarity.POSITIVE, Factuality.POSSIBLE, cue)
    if tree.lemma(cue) == "unlikely":
        negative = not negative
    return Mood(Polarity.NEGATIVE if negative else Polarity.POSITIVE, factuality, cue)


def _in_noun(tree: Tree, i: int, noun: int, marks: dict[str, int], steps: int) -> Mood:
    """What a noun makes of the clause that describes it: "fears that …", "a plan to …"."""
    is_clause = marks.keys() & {"to", "that", "of"} or tree.with_relation(i, "nsubj", "nsubj:pass")
    named = load_table("moods_of_nouns").get(tree.lemma(noun)) if is_clause else None
    verb, is_object = tree.words[noun].head, tree.words[noun].deprel in ("obj", "nsubj:pass")
    planned = "to" in marks and named in (None, Factuality.PLANNED)
    if planned and is_object and tree.lemma(verb) in _REJECTING:
        return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, verb)
    if is_clause and is_object and tree.lemma(verb) in _CONFIRMING:
        negation = find_negation(tree, verb)
        if negation is not None:
            return Mood(Polarity.POSITIVE, Factuality.POSSIBLE, negation)
    if named is not None:
        return _through(tree, noun, (Factuality(named), noun), 0)
    if "with" in marks and tree.words[noun].head >= 0:
        # "It would have been there, with 25 people killed": it goes with its governor.
        return _mood(tree, tree.words[noun].head, steps) if steps > 0 else FACT
    if "to" not in marks:
        return FACT
    describing = {tree.lemma(c) for c in tree.with_relation(noun, "amod", "nummod")}
    if (describing | {tree.lemma(noun)}) & _RANKED:
        return FACT
    return Mood(Polarity.POSITIVE, Factuality.PLANNED, marks["to"])


def _as_noun(tree: Tree, i: int, steps: int) -> Mood:
    """What the word that governs a noun makes of the happening it names."""
    word = tree.words[i]
    relation = word.deprel
    governor = word.head
    cases = {tree.lemma(c): c for c in tree.with_relation(i, "case", "mark")}
    if (cue := cases.get("without", cases.get("instead"))) is not None:
        return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, cue)
    if relation in ("nmod", "compound") and cases.keys() & {"of", "for", "about", "at"}:
        named = load_table("moods_of_nouns").get(tree.lemma(governor))
        if named is not None and tree.lemma(i) not in _SPEECH_NOUNS:
            return Mood(Polarity.POSITIVE, Factuality(named), governor)
        return FACT
    value, _, only = (_of_verb(tree, governor) or "").partition(" ")
    is_patient = not only and relation in ("obj", "nsubj:pass")
    is_oblique = relation == "obl" and cases.keys() & _OBLIQUE.get(only, set())
    if value and (is_patient or is_oblique) and tree.lemma(i) not in _SPEECH_NOUNS:
        return _through(tree, governor, (Factuality(value), governor), steps)
    takes_place = tree.lemma(governor) in _TAKING_PLACE and relation in (
        "obj", "nsubj", "nsubj:pass"
    )  # fmt: skip
    if takes_place and steps > 0 and not _is_elsewhere(tree, i, governor):
        return _mood(tree, governor, steps)
    return FACT


def _is_elsewhere(tree: Tree, noun: int, verb: int) -> bool:
    """Whether only where or when is at issue: “the killing did not happen in her district”."""
    is_known = any(tree.lemma(c) in _KNOWN for c in tree.with_relation(noun, "det", "nmod:poss"))
    where = tree.with_relation(verb, "obl", "obl:unmarked", "advmod")
    is_placed = any(tree.lemma(c) not in NEGATIONS for c in where)
    return tree.lemma(verb) in _HAPPENING and is_known and is_placed
