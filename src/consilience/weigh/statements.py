"""Who is said to have done what, in a form in which two documents can be laid side by side."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_table, load_words
from consilience.records import Argument, Attribution, Kind, Passage, Proposition
from consilience.weigh.asked import AskedPage
from consilience.wording import fold, plural

_EMPTY = frozenset(
    {
        "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or",
        "his", "her", "its", "their", "my", "our", "that", "this", "these", "those", "no", "not",
        "any", "some", "it", "he", "she", "they", "him", "them", "i", "we", "you", "who", "which",
        "s", "was", "were", "be", "been", "is", "are", "had", "has", "have", "as", "one", "other",
        "nobody", "none", "al", "la", "el", "los", "las", "de", "del", "en", "un", "una", "se",
        "that's", "before", "after", "during", "when", "while", "since", "until", "about",
    }
)  # fmt: skip
_SPEAKER = frozenset({"i", "we", "me", "us"})
_IT = frozenset({"it", "he", "she", "they"})
_THAT_CHARS = 6
_WORD = re.compile(r"[^\W\d_][\w'’]*|\d[\d,.]*")
# A man of 19 and a girl of 4 have no "year" and no "old" in common.
_AGED = re.compile(r"\b(\d{1,3})[- ](year|month|week|day)s?[- ]old\b", re.IGNORECASE)
_LIGHT = {"take_part": "participate", "play_part": "participate", "play_role": "participate"}
_NEXT = re.compile(r"\s+(?:an? )?(\w+)")
# Verbs that leave it to a noun to name the deed, which their subject suffers or does.
_SUFFERED = re.compile(r"\b(?:pass(?:ed|es)|underwent|undergone)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:made|conducted|carried out|performed|launched|staged|mounted)\b", re.IGNORECASE
)
_TAKING_PART = frozenset({"participate", "involve", "involved"})
# Whoever is warned is whom it befalls, and not what they are warned of.
_TOLD_TO = frozenset({"warn", "notify", "inform", "alert"})
_REPORTING = re.compile(
    r"\b(?:said|says|say|told|announced|reported|added|claimed|insisted|stated)\b", re.IGNORECASE
)
_CONTRAST = re.compile(
    r"(?:, (?:and |but )?| and | but )not (?:by |the |an? )*[\w’'-]+(?: [\w’'-]+)?(?=,|$),?"
)
# Forces whose men go by many names; “the police” by the names of those who act for it.
_FORCES = {
    "police": ("police", "policemen", "officers", "deputies", "troopers", "agents", "constables",
               "patrolmen", "marshals", "cops", "trooper", "gendarmes"),
    "army": ("army", "soldiers", "troops", "military", "guardsmen", "servicemen"),
}  # fmt: skip
_FORCE_OF = {word: f"force:{force}" for force, words in _FORCES.items() for word in words}
# What is named at all is named in its first mentions.
_CHAIN_MENTIONS = 4
_NEAR_CHARS = 40
# A clause in more characters than this is shown without its far ends.
_MAX_CLAUSE_CHARS = 260


@dataclass(frozen=True, slots=True)
class Statement:
    """A deed with its participants: each a set of entities ("e:…") and of stems of words.

    `proposition` is None where set words say it; `is_express`: somebody denies it in so many words;
    `said_at`: a place in what is said, where that is not the beginning of the passage.
    """

    page: AskedPage
    sentence: int
    proposition: Proposition | None
    deed: str
    roles: Mapping[str, frozenset[str]]
    passage: Passage
    is_express: bool = False
    said_at: int | None = None

    @property
    def said(self) -> frozenset[str]:
        """The words of the sentence."""
        return frozenset(
            spoken_words(_words(self.page, self.page.reading.sentences[self.sentence]))
        )


def statement(page: AskedPage, sentence: int, proposition: Proposition) -> Statement:
    deed = deed_of(page, proposition)
    is_suffered = _by_light_verb(page, proposition, _SUFFERED)
    roles: dict[str, frozenset[str]] = {}
    for argument in _own_arguments(page, proposition):
        role = _role(deed, proposition.lemma, argument.role)
        if deed == "fire" and _is_fire(page, argument):
            continue
        if is_suffered and role == "actor":
            role = "object"
        if role is not None:
            named = _of_argument(page, proposition, argument, role)
            if named:
                roles[role] = roles.get(role, frozenset()) | named
    own = [a.passage for a in _own_arguments(page, proposition)]
    clause = _clause(page.reading.sentences[sentence], _verb(page, proposition), own)
    return Statement(page, sentence, proposition, deed, roles, clause)


def _own_arguments(page: AskedPage, proposition: Proposition) -> list[Argument]:
    """Its arguments but those of the verb that reports it: “…, he said on Saturday”."""
    at = proposition.predicate
    return [
        a
        for a in proposition.arguments
        if not _REPORTING.search(page.document.text, at.end, max(at.end, a.passage.start))
    ]


def is_dated(page: AskedPage, proposition: Proposition) -> bool:
    return any(a.role == "ARGM-TMP" for a in _own_arguments(page, proposition))


def deed_of(page: AskedPage, proposition: Proposition) -> str:
    """The deed, one word for all words of a group: “took part” and “joined” are one."""
    lemma = proposition.lemma
    if "_" not in lemma and proposition.sense is not None:
        # A sense has the verb's base form: “copying” and “involved” are of copy and involve.
        lemma = proposition.sense.partition(".")[0]
    if lemma.endswith("ing") and lemma == _words(page, proposition.predicate).lower():
        lemma = _base(lemma)
    for argument in proposition.arguments:
        if argument.role == "ARGM-PRR":
            word = _words(page, argument.passage).split()[-1].lower()
            lemma = _LIGHT.get(f"{lemma}_{word}", lemma)
    behind = _NEXT.match(page.document.text, proposition.predicate.end)
    if behind is not None:
        lemma = _LIGHT.get(f"{lemma}_{behind[1].lower()}", lemma)
    if lemma == "open" and any(_is_fire(page, a) for a in proposition.arguments):
        return "fire"
    return "participate" if lemma in _TAKING_PART else deed_group(lemma)


def _is_fire(page: AskedPage, argument: Argument) -> bool:
    return argument.role == "ARG1" and _words(page, argument.passage).lower() == "fire"


def _base(participle: str) -> str:
    """The verb of a participle that is none of the words whose senses are known."""
    root = participle.removesuffix("ing")
    known = (verb for verb in (root, root + "e", root[:-1]) if verb in load_table("senses"))
    return next(known, root)


def deed_group(lemma: str) -> str:
    return _groups().get(lemma, lemma)


@cache
def _groups() -> dict[str, str]:
    lines = [line.split() for line in sorted(load_words("alike_verbs"))]
    return {word: group[0] for group in lines for word in group}


def _role(deed: str, lemma: str, role: str) -> str | None:
    if not re.fullmatch(r"ARG[0-3]", role):
        return None
    if deed in _TOLD_TO and role in ("ARG1", "ARG2"):
        return "object" if role == "ARG2" else "other"
    if deed == "participate":
        actor = "ARG1" if lemma.startswith("involve") else "ARG0"
        return "actor" if role == actor else "object"
    return {"ARG0": "actor", "ARG1": "object"}.get(role, "other")


def _of_argument(
    page: AskedPage, proposition: Proposition, argument: Argument, role: str
) -> frozenset[str]:
    """The entities and the words by which an argument names a participant."""
    words = spoken_words(without_contrast(_words(page, argument.passage)))
    chains = [argument.chain_id] if argument.chain_id is not None else []
    if _SPEAKER & set(words[:1]):
        speaker = _speaker(page, proposition)
        chains += [speaker.speaker_id] if speaker is not None and speaker.speaker_id else []
    if role == "actor" and len(words) == 1 and words[0] in _IT:
        words += _words_of_speaker(page, proposition, argument)
    if len(words) < 3 and argument.chain_id is not None:
        words += words_of_chain(page, argument.chain_id)
    entities = [page.case.entity_ids.get((page.document.id, chain), "") for chain in chains]
    return keys(words, [*entities, *entities_in(page, argument.passage)], role)


def without_contrast(words: str) -> str:
    """What is meant, without what it is not: “soldiers, not policemen, ”."""
    return _CONTRAST.sub("", words)


def entities_in(page: AskedPage, passage: Passage) -> list[str]:
    """The entities that are named within."""
    named = page.index.named
    first, last = (
        bisect_left(named, at, key=lambda m: m.passage.start) for at in (passage.start, passage.end)
    )
    inside = (m for m in named[first:last] if m.passage.end <= passage.end)
    return [entity for m in inside if (entity := page.entity_of(m)) is not None]


def keys(words: Sequence[str], entities: Sequence[str], role: str) -> frozenset[str]:
    """What one participant is known by: one officer is not the officers, who act together."""
    told = [w for w in words if w not in _EMPTY]
    if role == "actor":
        if words[:1] == ["no"]:
            # No soldier fired: the soldiers did not.
            told = [*told, *map(plural, told)]
            words = [*words, *told]
        told = [*told, *(_FORCE_OF[w] for w in words if w in _FORCE_OF)]
        return frozenset({f"e:{entity}" for entity in entities if entity} | set(told))
    return frozenset({f"e:{entity}" for entity in entities if entity} | {stem(w) for w in told})


def spoken_words(text: str) -> list[str]:
    whole = _AGED.sub(r"aged\1\2", text)
    return [fold(word).removesuffix("'s") for word in _WORD.findall(whole)]


def words_of_chain(page: AskedPage, chain_id: str) -> list[str]:
    """The words by which the page calls what is here called “it”, in its first mentions."""
    chain = page.index.chains.get(chain_id, ())[:_CHAIN_MENTIONS]
    return [word for m in chain for word in spoken_words(_words(page, m.head))]


def _words_of_speaker(page: AskedPage, proposition: Proposition, argument: Argument) -> list[str]:
    """Whoever says that “it” did it, where that opens what is said, is mostly meant."""
    said = _speaker(page, proposition)
    if said is None or not said.source:
        return []
    opens = (argument.passage.start - c.start for c in said.content)
    return (
        spoken_words(_words(page, said.source[0]))
        if any(0 <= gap < _THAT_CHARS for gap in opens)
        else []
    )


def _speaker(page: AskedPage, proposition: Proposition) -> Attribution | None:
    return page.index.attributions.get(proposition.attribution_id or "")


def stem(word: str) -> str:
    """The singular; of nouns that reports put for one another, the first.

    >>> stem("boxes"), stem("parties"), stem("bus")
    ('box', 'party', 'bus')
    """
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            word = word.removesuffix(ending) + instead
            break
    return _alike().get(word, word)


@cache
def _alike() -> dict[str, str]:
    lines = [line.split() for line in sorted(load_words("alike_nouns"))]
    return {word: group[0] for group in lines for word in group}


def _words(page: AskedPage, passage: Passage) -> str:
    return page.document.text[passage.start : passage.end]


def _verb(page: AskedPage, proposition: Proposition) -> Passage:
    """The predicate with its particle: “shot down”."""
    at = proposition.predicate
    particle = proposition.lemma.partition("_")[2]
    after = f" {particle}"
    if particle and page.document.text.startswith(after, at.end):
        return Passage(at.document_id, at.start, at.end + len(after))
    return at


def _clause(sentence: Passage, predicate: Passage, arguments: Sequence[Passage]) -> Passage:
    """The words from the first to the last participant."""
    spans = [predicate, *arguments]
    start = max(sentence.start, min(p.start for p in spans))
    end = min(sentence.end, max(p.end for p in spans))
    if end - start > _MAX_CLAUSE_CHARS:
        near = [
            p
            for p in spans
            if abs(p.start - predicate.start) < _MAX_CLAUSE_CHARS // 2
            and p.end - p.start < _MAX_CLAUSE_CHARS // 2
        ]
        start = max(sentence.start, min(p.start for p in near))
        end = min(sentence.end, max(p.end for p in near))
    return Passage(sentence.document_id, start, end)


def doer(of: Statement) -> str | None:
    """The person or organisation that did it, or that it was done to, as an entity."""
    case, told = of.page.case, of.proposition
    if told is None:
        return None
    kinds = {e.id: e.kind for e in case.entities}
    for wanted in ("actor", "object"):
        for argument in told.arguments:
            if _role(of.deed, told.lemma, argument.role) == wanted:
                entity = case.entity_ids.get((of.page.document.id, argument.chain_id or ""))
                if entity is not None and kinds.get(entity) in (Kind.PERSON, Kind.ORGANIZATION):
                    return entity
    return None


def heads_of(page: AskedPage) -> Set[Passage]:
    """The nouns by which the page names anything."""
    return {m.head for m in page.reading.mentions}


def is_only_named(page: AskedPage, proposition: Proposition, heads: Set[Passage]) -> bool:
    """Whether the deed is named by a noun, one of the `heads`, and no verb says it was done."""
    if proposition.predicate not in heads:
        return False
    return not any(_by_light_verb(page, proposition, verb) for verb in (_SUFFERED, _DONE))


def _by_light_verb(page: AskedPage, proposition: Proposition, verb: re.Pattern[str]) -> bool:
    before = [
        a.passage for a in proposition.arguments if a.passage.end < proposition.predicate.start
    ]
    if not before:
        return False
    between = page.document.text[max(p.end for p in before) : proposition.predicate.start]
    return len(between) < _NEAR_CHARS and verb.search(between) is not None
