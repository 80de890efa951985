"""Whether what a predicate tells is said to have happened, and the word that decides it.

A predicate's own auxiliaries, adverbs and negation speak first; then the words that govern it, as
far as each lets what is above it through: "may have begun shelling" is possible, "said that they
shelled it" is said of a fact. What is reported is no less a fact for that: the attribution
carries whose word it is.
"""

from dataclasses import dataclass

from consilience.lexicon import load_table
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Factuality, Polarity

NEGATIONS = frozenset(
    "not n't n’t never no neither nor nobody none nothing hardly scarcely".split()
)
_NOBODY = frozenset("no none nobody neither nothing zero".split())
_NEGATIVE_TIMES = frozenset("time point stage way circumstance account".split())
# "Not only did it break": what "not" belongs to is the next word.
_NOT_ALONE = frozenset("only just merely simply necessarily least".split())
_MAY = frozenset("may might could can".split())
_FUTURE = frozenset("will 'll ’ll shall wo gon".split())
_SHOULD = frozenset("should ought".split())
MODALS = _MAY | _FUTURE | _SHOULD | {"would", "must", "ca"}
_SUPPOSED = frozenset(
    """
    perhaps maybe possibly probably allegedly presumably supposedly potentially conceivably
    purportedly likely
    """.split()
)
_NEARLY = frozenset("nearly almost narrowly virtually".split())
_IF = frozenset("if unless lest provided".split())
_INSTEAD = frozenset("without instead".split())
_TIME_MARKS = frozenset("when once before after until till soon".split())
# "The failed raid" took place.
_UNDERTAKEN = frozenset(
    "operation mission raid attempt bid effort search campaign talk plan".split()
)
# What a noun does where its verb only says that it takes place: "the strike will begin".
_TAKING_PLACE = frozenset(
    """
    be occur happen take begin start follow erupt come continue resume go make have hold give do
    carry stage launch conduct commit perform mount undertake see reach sign open end cause
    """.split()
)
_SAYING_LATER = frozenset(
    "say tell add announce state report declare promise vow insist write warn pledge".split()
)
_MOVED = frozenset(
    "happy glad sad sorry surprise shock lucky proud please delight thrill relieve stun".split()
)
_ANYONE = frozenset("anyone anybody whoever anything whatever any".split())
_RANKED = frozenset("first last next only second third one".split())
# The prepositions by which what a verb says of a noun reaches it.
_OBLIQUE = {"of": {"of", "with"}, "for": {"for"}}
_SPEECH_NOUNS = frozenset("claim report allegation charge accusation request demand call".split())
_CLAUSES = frozenset("xcomp ccomp advcl acl csubj".split())
# How far up the tree the words are looked for that make a predicate less than a fact.
_MAX_STEPS = 8


@dataclass(frozen=True, slots=True)
class Mood:
    """`cue` is the word that decides, None where nothing speaks against a plain fact."""

    polarity: Polarity
    factuality: Factuality
    cue: int | None


_FACT = Mood(Polarity.POSITIVE, Factuality.HAPPENED, None)


def judge(tree: Tree, i: int) -> Mood:
    """The mood of the predicate at word `i`."""
    return _mood(tree, i, _MAX_STEPS)


def _mood(tree: Tree, i: int, steps: int) -> Mood:
    own = _own(tree, i)
    negation = _negation(tree, i)
    above = _above(tree, i, steps - 1) if steps else _FACT
    if own is None:
        shared = _shared(tree, i)
        own = _own(tree, shared) if shared is not None else None
        negation = negation if negation is not None else _negation_shared(tree, i, shared)
    if own is not None and above.factuality is not Factuality.HYPOTHETICAL:
        factuality, cue = own
        can = tree.lemma(cue) in ("can", "could", "ca") and not _has_aux(tree, i, "have")
        if negation is not None and can:
            return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, negation)
        polarity = Polarity.POSITIVE if negation is None else Polarity.NEGATIVE
        if factuality is Factuality.NOT_HAPPENED:
            polarity = Polarity.NEGATIVE
        return Mood(polarity, factuality, cue)
    if negation is None:
        return above
    if above.factuality is Factuality.HAPPENED and _until(tree, i):
        return _FACT
    if above.factuality is Factuality.HAPPENED:
        return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, negation)
    if above.factuality is Factuality.NOT_HAPPENED:
        # "Failed to do nothing" is too rare to turn round.
        return above
    return Mood(Polarity.NEGATIVE, above.factuality, above.cue)


def _own(tree: Tree, i: int) -> tuple[Factuality, int] | None:
    """What a word's own auxiliaries, adverbs, adjectives and conditions say, and which of them."""
    if (condition := _condition(tree, i)) is not None:
        return Factuality.HYPOTHETICAL, condition
    for c in tree.children[i]:
        relation, lemma = tree.words[c].deprel.partition(":")[0], tree.lemma(c)
        if relation == "aux":
            found = _by_auxiliary(tree, i, c, lemma)
            if found is not None:
                return found, c
        elif relation == "advmod" and lemma in _SUPPOSED:
            return Factuality.POSSIBLE, c
        elif relation == "advmod" and lemma in _NEARLY and tree.words[i].upos == "VERB":
            return Factuality.NOT_HAPPENED, c
        elif relation == "amod" and tree.words[i].upos in NOMINAL:
            named = load_table("moods_of_adjectives").get(tree.lower(c))
            took_place = named == Factuality.NOT_HAPPENED and tree.lemma(i) in _UNDERTAKEN
            if named is not None and not took_place:
                return Factuality(named), c
        elif relation == "advmod" and lemma == "due" and tree.with_relation(c, "fixed"):
            return Factuality.PLANNED, c
    return _by_form(tree, i)


def _by_auxiliary(tree: Tree, i: int, c: int, lemma: str) -> Factuality | None:
    if lemma in _FUTURE or tree.lower(c) in _FUTURE:
        return Factuality.PLANNED
    if lemma in _MAY or tree.lower(c) == "ca":
        return Factuality.POSSIBLE
    if lemma == "must":
        return Factuality.POSSIBLE if _has_aux(tree, i, "have") else Factuality.PLANNED
    if lemma in _SHOULD:
        return Factuality.HYPOTHETICAL
    if lemma == "would" or tree.lower(c) in ("would", "'d", "’d"):
        if lemma != "would":
            return None
        reported = tree.words[i].deprel in ("ccomp", "parataxis", "conj") and any(
            tree.lemma(a) in _SAYING_LATER for a in _governors(tree, i)
        )
        ahead = reported and not _has_aux(tree, i, "have")
        return Factuality.PLANNED if ahead else Factuality.HYPOTHETICAL
    return None


def _governors(tree: Tree, i: int) -> list[int]:
    """The governor of `i`, and of the word it is conjoined to."""
    head = tree.words[i].head
    if tree.words[i].deprel == "conj" and head >= 0:
        return [tree.words[head].head] if tree.words[head].head >= 0 else []
    return [head] if head >= 0 else []


def _has_aux(tree: Tree, i: int, lemma: str) -> bool:
    return any(tree.lemma(c) == lemma for c in tree.with_relation(i, "aux"))


def _condition(tree: Tree, i: int) -> int | None:
    """The "if" of a condition on this word's clause."""
    for clause in tree.with_relation(i, "advcl"):
        marks = tree.with_relation(clause, "mark", "advmod")
        here = next((m for m in marks if tree.lemma(m) in _IF), None)
        compared = any(tree.lemma(m) in ("as", "even") for m in marks)
        if here is not None and not compared and "Tense=Past" not in _tense(tree, i):
            return here
    return None


def _tense(tree: Tree, i: int) -> str:
    """The features that show the tense of a clause: the verb's, or its first auxiliary's."""
    helpers = tree.with_relation(i, "aux", "aux:pass", "cop")
    return tree.words[helpers[0] if helpers else i].feats


def _by_form(tree: Tree, i: int) -> tuple[Factuality, int] | None:
    """What a bare infinitive at the top, an order, or a question says."""
    word = tree.words[i]
    if word.deprel not in ("root", "parataxis", "conj", "ccomp") or word.upos in NOMINAL:
        return None
    subjects = tree.with_relation(i, "nsubj", "nsubj:pass", "csubj", "expl")
    to = next((c for c in tree.with_relation(i, "mark") if tree.lemma(c) == "to"), None)
    helpers = tree.with_relation(i, "aux", "aux:pass", "cop")
    if to is not None and word.deprel != "conj" and "VerbForm=Inf" in word.feats:
        return Factuality.PLANNED, to
    if "Mood=Imp" in word.feats and not subjects:
        return Factuality.PLANNED, i
    if word.deprel == "root" and helpers and subjects and helpers[0] < subjects[0]:
        asked = tree.lower(len(tree.words) - 1) == "?" or any(
            w.text == "?" for w in tree.words[-3:]
        )
        first = min(tree.subtree(i)) if asked else -1
        if asked and helpers[0] <= first + 1 and not _asks_which(tree, i):
            return Factuality.POSSIBLE, helpers[0]
    return None


def _asks_which(tree: Tree, i: int) -> bool:
    return any(
        "PronType=Int" in tree.words[c].feats or tree.lower(c) in ("why", "how", "when", "where")
        for c in tree.children[i]
    )


def _negation(tree: Tree, i: int) -> int | None:
    """The word that negates word `i`, one of its participants, or its time."""
    for c in tree.children[i]:
        relation = tree.words[c].deprel.partition(":")[0]
        if relation in ("discourse", "punct", "conj", "parataxis", "cc:preconj"):
            continue
        if tree.lemma(c) in NEGATIONS:
            follows = tree.lower(c + 1) if c + 1 < len(tree.words) else ""
            if follows not in _NOT_ALONE:
                return c
            continue
        if relation in ("nsubj", "obj") or (relation == "obl" and tree.lemma(c) in _NEGATIVE_TIMES):
            for d in tree.with_relation(c, "det", "nummod", "cc:preconj"):
                if tree.lemma(d) in _NOBODY:
                    return d
        if relation == "advmod" and tree.lemma(c) == "long":
            no = [d for d in tree.children[c] if tree.lemma(d) == "no"]
            if no:
                return no[0]
    pairs = tree.with_relation(i, "cc:preconj")
    return next((c for c in pairs if tree.lemma(c) == "neither"), None)


def _until(tree: Tree, i: int) -> bool:
    """Whether what is negated is said to have happened in the end: "not … until Friday"."""
    for c in tree.with_relation(i, "obl", "obl:unmarked", "advcl", "nmod"):
        if any(tree.lemma(m) in ("until", "till") for m in tree.with_relation(c, "case", "mark")):
            return True
    return False


def _shared(tree: Tree, i: int) -> int | None:
    """The first of the verbs that word `i` is conjoined to, where it shares its auxiliaries."""
    word = tree.words[i]
    if word.deprel != "conj" or word.head < 0:
        return None
    if tree.with_relation(i, "aux", "aux:pass", "cop", "nsubj", "nsubj:pass"):
        return None
    first = word.head
    alike = _form(tree, i) == _form(tree, first) and "VerbForm=Fin" not in word.feats
    return first if alike else None


def _form(tree: Tree, i: int) -> str:
    feats = tree.words[i].feats.split("|")
    return next((f for f in feats if f.startswith("VerbForm=")), tree.words[i].upos)


def _negation_shared(tree: Tree, i: int, shared: int | None) -> int | None:
    """The negation that stands with the verb this one is conjoined to, or its negative subject."""
    if shared is not None:
        return _negation(tree, shared)
    word = tree.words[i]
    if word.deprel != "conj" or tree.with_relation(i, "nsubj", "nsubj:pass"):
        return None
    for c in tree.with_relation(word.head, "nsubj", "nsubj:pass"):
        if tree.lemma(c) in _NOBODY:
            return c
        for d in tree.with_relation(c, "det"):
            if tree.lemma(d) in _NOBODY:
                return d
    return None


def _above(tree: Tree, i: int, steps: int) -> Mood:
    """What the governor of `i` makes of it, and lets through of what is above."""
    word = tree.words[i]
    if word.head < 0:
        return _FACT
    relation = word.deprel.partition(":")[0]
    if word.deprel == "acl:relcl":
        return _in_relative(tree, i)
    if relation == "conj":
        return _above(tree, word.head, steps - 1) if steps > 0 else _FACT
    if relation in _CLAUSES:
        return _in_clause(tree, i, relation, steps)
    if word.upos in NOMINAL or word.upos == "ADJ" or "VerbForm=Ger" in word.feats:
        return _as_noun(tree, i, steps)
    if relation == "parataxis" and tree.with_relation(i, "mark"):
        # "It would have been there, with 25 killed": what "with" brings goes with its governor.
        return _mood(tree, word.head, steps) if steps > 0 else _FACT
    return _FACT


def _in_relative(tree: Tree, i: int) -> Mood:
    noun = tree.words[i].head
    words = (noun, *tree.with_relation(noun, "det"))
    cue = next((w for w in words if tree.lemma(w) in _ANYONE), None)
    return _FACT if cue is None else Mood(Polarity.POSITIVE, Factuality.HYPOTHETICAL, cue)


def _in_clause(tree: Tree, i: int, relation: str, steps: int) -> Mood:
    governor = tree.words[i].head
    marks = {tree.lemma(c): c for c in tree.with_relation(i, "mark", "case")}
    if "to" in marks and not _is_infinitive(tree, i):
        del marks["to"]
    adverbs = {tree.lemma(c): c for c in tree.with_relation(i, "advmod")}
    if relation == "advcl":
        found = _in_adverbial(tree, i, marks | adverbs, steps)
        if found is not None:
            return found
    asked = marks.get("whether", marks.get("if"))
    if relation in ("ccomp", "csubj") and asked is not None:
        return Mood(Polarity.POSITIVE, Factuality.POSSIBLE, asked)
    if relation == "acl":
        return _in_noun(tree, governor, marks)
    said = _governed(tree, i, relation, marks)
    if said is not None:
        return _through(tree, governor, said, steps)
    if relation == "ccomp":
        return _FACT
    if relation == "csubj":
        over = _mood(tree, governor, steps) if steps > 0 else _FACT
        return over if over.polarity is Polarity.POSITIVE else _FACT
    if relation == "xcomp" or "VerbForm=Part" in tree.words[i].feats:
        return _mood(tree, governor, steps) if steps > 0 else _FACT
    return _FACT


def _is_infinitive(tree: Tree, i: int) -> bool:
    helpers = tree.with_relation(i, "aux", "aux:pass", "cop")
    return any("VerbForm=Inf" in tree.words[w].feats for w in (i, *helpers)) or (
        tree.words[i].upos not in ("VERB", "AUX")
    )


def _in_adverbial(tree: Tree, i: int, marks: dict[str, int], steps: int) -> Mood | None:
    """What a conjunction makes of its clause; None where the governor decides."""
    if any(m in ("as", "even", "though") for m in marks) and "if" not in marks:
        marks = {m: c for m, c in marks.items() if m not in _IF}
    for mark, cue in sorted(marks.items(), key=lambda item: item[1]):
        if mark in _IF:
            return Mood(Polarity.POSITIVE, Factuality.HYPOTHETICAL, cue)
        if mark in _INSTEAD or (mark == "than" and tree.lower(cue - 1) == "rather"):
            return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, cue)
    helpers = tree.with_relation(i, "aux", "aux:pass", "cop")
    subjects = tree.with_relation(i, "nsubj", "nsubj:pass")
    if not marks and helpers and subjects and helpers[0] < subjects[0]:
        inverted = tree.lower(helpers[0]) in ("had", "should", "were")
        if inverted:
            return Mood(Polarity.POSITIVE, Factuality.HYPOTHETICAL, helpers[0])
    governor = tree.words[i].head
    if "to" in marks:
        adverbs = tree.with_relation(governor, "advmod")
        too = next((c for c in adverbs if tree.lemma(c) == "too"), None)
        if too is not None:
            return Mood(Polarity.NEGATIVE, Factuality.NOT_HAPPENED, too)
        felt = {tree.lemma(governor), tree.lower(governor).removesuffix("d")} & _MOVED
        if "only" in marks or felt or _has_aux(tree, i, "have"):
            return _FACT
        if _governed(tree, i, "advcl", marks) is None:
            return Mood(Polarity.POSITIVE, Factuality.PLANNED, marks["to"])
    if marks.keys() & _TIME_MARKS and "Tense=Past" not in _tense(tree, i):
        above = _mood(tree, governor, steps) if steps > 0 else _FACT
        ahead = above.factuality in (Factuality.PLANNED, Factuality.HYPOTHETICAL)
        return above if ahead and "VerbForm=Part" not in _tense(tree, i) else _FACT
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
    if factuality is Factuality.PLANNED and relation != "ccomp" and "to" not in marks:
        return None
    if factuality is Factuality.PLANNED and relation == "ccomp" and not _is_wanted(tree, governor):
        return None
    by_adverbial = relation == "advcl" and factuality is not Factuality.POSSIBLE and not only
    link = "from" if factuality is Factuality.NOT_HAPPENED else "to"
    if by_adverbial and link not in marks:
        return None
    return factuality, governor


def _is_wanted(tree: Tree, governor: int) -> bool:
    """Whether a verb wants what its "that" clause says: "demanded that he resign"."""
    return tree.lemma(governor) in (
        "demand", "order", "propose", "urge", "request", "insist", "recommend", "hope", "expect",
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
    over = _mood(tree, governor, steps) if steps > 0 else _FACT
    negative = over.polarity is Polarity.NEGATIVE
    if over.factuality is Factuality.HYPOTHETICAL:
        return over
    if factuality is Factuality.NOT_HAPPENED:
        if over.factuality is Factuality.HAPPENED:
            return Mood(Polarity.NEGATIVE, factuality, cue)
        if over.factuality is Factuality.NOT_HAPPENED:
            return _FACT
        # Who is to call off an attack, or may avert it, leaves it open.
        return Mood(Polarity.POSITIVE, Factuality.POSSIBLE, cue)
    if tree.lemma(cue) == "unlikely":
        negative = not negative
    return Mood(Polarity.NEGATIVE if negative else Polarity.POSITIVE, factuality, cue)


def _in_noun(tree: Tree, noun: int, marks: dict[str, int]) -> Mood:
    """What a noun makes of the clause that describes it: "fears that …", "a plan to …"."""
    is_clause = marks.keys() & {"to", "that", "of"}
    named = load_table("moods_of_nouns").get(tree.lemma(noun)) if is_clause else None
    if named is not None:
        return _through(tree, noun, (Factuality(named), noun), 0)
    if "to" not in marks:
        return _FACT
    describing = {tree.lemma(c) for c in tree.with_relation(noun, "amod", "nummod")}
    if (describing | {tree.lemma(noun)}) & _RANKED:
        return _FACT
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
        return _FACT
    value, _, only = (_of_verb(tree, governor) or "").partition(" ")
    is_patient = not only and relation in ("obj", "nsubj:pass")
    is_oblique = relation == "obl" and cases.keys() & _OBLIQUE.get(only, set())
    if value and (is_patient or is_oblique) and tree.lemma(i) not in _SPEECH_NOUNS:
        return _through(tree, governor, (Factuality(value), governor), steps)
    takes_place = tree.lemma(governor) in _TAKING_PLACE and relation in (
        "obj", "nsubj", "nsubj:pass"
    )  # fmt: skip
    if takes_place and steps > 0:
        return _mood(tree, governor, steps)
    return _FACT
