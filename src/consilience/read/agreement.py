"""What agreement asks of a mention: its form, person, number and gender."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from consilience.lexicon import load_table
from consilience.read.encoder import Parse, Word
from consilience.records import Kind, Mention
from consilience.wording import unhidden


class Form(IntEnum):
    NAME = 0
    DEFINITE = 1
    INDEFINITE = 2
    BARE = 3
    PRONOUN = 4
    POSSESSIVE = 5
    REFLEXIVE = 6
    DEMONSTRATIVE = 7


class Number(IntEnum):
    UNKNOWN = 0
    SINGULAR = 1
    PLURAL = 2


class Gender(IntEnum):
    UNKNOWN = 0
    MALE = 1
    FEMALE = 2
    NEUTER = 3


PRONOMINAL = frozenset({Form.PRONOUN, Form.POSSESSIVE, Form.REFLEXIVE, Form.DEMONSTRATIVE})
_FORMS = (Form.PRONOUN, Form.PRONOUN, Form.POSSESSIVE, Form.POSSESSIVE, Form.REFLEXIVE)
# Person, number, gender, and the words: subject, object, possessive, possessive alone, reflexive.
_PERSONAL = (
    (1, Number.SINGULAR, Gender.UNKNOWN, "i me my mine myself"),
    (1, Number.PLURAL, Gender.UNKNOWN, "we us our ours ourselves"),
    (2, Number.UNKNOWN, Gender.UNKNOWN, "you you your yours yourself"),
    (3, Number.SINGULAR, Gender.MALE, "he him his his himself"),
    (3, Number.SINGULAR, Gender.FEMALE, "she her her hers herself"),
    (3, Number.SINGULAR, Gender.NEUTER, "it it its its itself"),
    (3, Number.PLURAL, Gender.UNKNOWN, "they them their theirs themselves"),
)
_POINTING = (
    (3, Number.SINGULAR, Gender.NEUTER, "this that"),
    (3, Number.PLURAL, Gender.UNKNOWN, "these those"),
)
_GENDERS = {"m": Gender.MALE, "f": Gender.FEMALE}
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_INDEFINITE = frozenset({"a", "an", "another", "some", "any", "every", "each", "no"})
_WOMENS_SURNAMES = ("ova", "eva", "skaya", "skaia", "cka")
_MARKS = frozenset("\"'“”‘’«»")
# Singular nouns that "they" may stand for.
GROUPS = frozenset(
    """
    army audience band board cabinet club committee company council couple court crew crowd
    family firm gang government group house jury majority media military minority navy none
    number pair panel parliament party police public squad staff team union unit youth
    """.split()
)


@dataclass(frozen=True, slots=True)
class Pronoun:
    form: Form
    person: int
    number: Number
    gender: Gender


def _pronouns() -> dict[str, Pronoun]:
    table = {
        word: Pronoun(form, person, number, gender)
        for person, number, gender, words in _PERSONAL
        for word, form in zip(words.split(), _FORMS, strict=True)
    }
    table["his"] = Pronoun(Form.POSSESSIVE, 3, Number.SINGULAR, Gender.MALE)
    table |= dict.fromkeys(
        ("themself", "'em"), Pronoun(Form.PRONOUN, 3, Number.PLURAL, Gender.UNKNOWN)
    )
    table["yourselves"] = Pronoun(Form.REFLEXIVE, 2, Number.PLURAL, Gender.UNKNOWN)
    for person, number, gender, words in _POINTING:
        for word in words.split():
            table[word] = Pronoun(Form.DEMONSTRATIVE, person, number, gender)
    return table


PRONOUNS = _pronouns()


@dataclass(frozen=True, slots=True)
class Spot:
    """A mention in its sentence. Words are numbered in the sentence; `quote` is -1 outside.

    `quoted`: it holds quotation marks, as a name does that has a nickname.
    """

    mention: Mention
    sentence: int
    paragraph: int
    quote: int
    head: int
    first: int
    end: int
    form: Form
    person: int
    number: Number
    gender: Gender
    lemma: str
    words: tuple[str, ...]
    title: tuple[str, ...]
    capitals: bool
    quoted: bool

    @property
    def pronominal(self) -> bool:
        return self.form in PRONOMINAL


def fold(text: str) -> str:
    """In small letters without accents."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", unhidden(text).lower())
    return "".join(c for c in spread if not unicodedata.combining(c))


def to_spots(
    parses: Sequence[Parse],
    mentions: Sequence[Mention],
    paragraphs: Sequence[int],
    quotes: Sequence[Sequence[int]],
) -> tuple[Spot, ...]:
    """The mentions in the order of their heads, given each sentence's paragraph and quotations."""
    places = {
        word.start: (number, i)
        for number, parse in enumerate(parses)
        for i, word in enumerate(parse.words)
    }
    found = []
    for mention in mentions:
        place = places.get(mention.head.start)
        if place is None:
            continue
        number, head = place
        words = parses[number].words
        first, end = head, head + 1
        while first > 0 and words[first - 1].start >= mention.passage.start:
            first -= 1
        while end < len(words) and words[end].end <= mention.passage.end:
            end += 1
        quote = quotes[number][head]
        found.append(_spot(mention, words, (number, paragraphs[number], quote), (first, head, end)))
    return tuple(sorted(found, key=lambda s: (s.sentence, s.head, s.first)))


def _spot(
    mention: Mention,
    words: Sequence[Word],
    place: tuple[int, int, int],
    span: tuple[int, int, int],
) -> Spot:
    first, head, end = span
    word = words[head]
    pronoun = None if mention.named else PRONOUNS.get(word.text.lower())
    if pronoun is not None and end - first == 1:
        form, person = pronoun.form, pronoun.person
        number, gender = pronoun.number, pronoun.gender
        if word.text.lower() == "her" and word.deprel != "nmod:poss":
            form = Form.PRONOUN
        content: tuple[str, ...] = ()
    else:
        form, person = _form(mention, words, first, head), 3
        number, gender = _number(mention, word), _gender(mention, words, first, end)
        content = tuple(
            dict.fromkeys(
                fold(w.lemma) if w.upos == "NOUN" else fold(w.text)
                for w in words[first:end]
                if w.upos in ("NOUN", "PROPN", "ADJ", "NUM", "VERB", "X") and w.text[0].isalnum()
            )
        )
    title = tuple(fold(w) for w in re.findall(r"\w+", mention.title or ""))
    return Spot(
        mention, place[0], place[1], place[2], head, first, end, form, person, number, gender,
        fold(word.lemma), content, title, word.text.isupper() and len(word.text) > 1,
        any(w.text in _MARKS for w in words[first:end]),
    )  # fmt: skip


def _form(mention: Mention, words: Sequence[Word], first: int, head: int) -> Form:
    if mention.named:
        return Form.NAME
    lower = words[first].text.lower()
    if lower in _DEFINITE or any(
        w.head == head and w.deprel == "nmod:poss" for w in words[max(0, first - 4) : head]
    ):
        return Form.DEFINITE
    return Form.INDEFINITE if lower in _INDEFINITE else Form.BARE


def _number(mention: Mention, word: Word) -> Number:
    if mention.named:
        return Number.SINGULAR if mention.kind is Kind.PERSON else Number.UNKNOWN
    if "Number=Plur" in word.feats:
        return Number.PLURAL
    if word.lemma.lower() in GROUPS:
        return Number.UNKNOWN
    return Number.SINGULAR if "Number=Sing" in word.feats else Number.UNKNOWN


def _gender(mention: Mention, words: Sequence[Word], first: int, end: int) -> Gender:
    if mention.kind is not Kind.PERSON:
        return Gender.NEUTER if mention.named else Gender.UNKNOWN
    if not mention.named:
        head = words[end - 1].lemma.lower()
        said = load_table("gendered_nouns").get(head) or load_table("kin").get(head, "u")
        return _GENDERS.get(said, Gender.UNKNOWN)
    before = words[first - 1].text if first > 0 else ""
    titles = [*re.findall(r"\w+", mention.title or ""), before.rstrip(".")]
    for title in titles:
        said = load_table("gendered_titles").get(fold(title), "") or gendered_ending(fold(title))
        if said in _GENDERS:
            return _GENDERS[said]
    names = [fold(w.text) for w in words[first:end] if w.text[0].isalpha()]
    if len(names) > 1:
        said = load_table("given_names").get(names[0], "")
        if not said and names[-1].endswith(_WOMENS_SURNAMES):
            said = "f"
        return _GENDERS.get(said, Gender.UNKNOWN)
    return Gender.UNKNOWN


def gendered_ending(title: str) -> str:
    if title.endswith("woman"):
        return "f"
    return "m" if title.endswith("man") and len(title) > 5 else ""


def genders_agree(a: Gender, b: Gender) -> bool:
    return Gender.UNKNOWN in (a, b) or a is b


def shared_genders(spots: Sequence[Spot], chain_of: Mapping[str, str]) -> dict[str, Gender]:
    """What most of a chain's names say of its gender; a tie says nothing."""
    votes: dict[str, list[int]] = {}
    for spot in spots:
        if spot.gender is not Gender.UNKNOWN:
            count = votes.setdefault(chain_of[spot.mention.id], [0, 0, 0, 0])
            count[spot.gender] += 1
    found = {}
    for chain, count in votes.items():
        best = max(count)
        if count.count(best) == 1:
            found[chain] = Gender(count.index(best))
    return found
