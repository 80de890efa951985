"""Which mentions of a document mean the same: names, descriptions and pronouns.

Names are joined by rule (`name_chains`), the rest by a learned ranker (`antecedents`) within what
agreement and binding allow. Where two chains are about as likely, a mention joins neither.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from consilience.lexicon import load_table
from consilience.read.agreement import (
    PRONOUNS,
    Form,
    Gender,
    Number,
    Spot,
    shared_genders,
    to_spots,
)
from consilience.read.antecedents import Ranker, to_pairs
from consilience.read.encoder import Parse, Word
from consilience.read.name_chains import join_names
from consilience.read.quotations import find_paragraphs, find_quotes
from consilience.read.quote_kinds import QuoteKind
from consilience.records import Attribution, Document, Kind, Mention, content_id

# Chosen on GUM's development part: how likely an antecedent must be,
LIKELY_MIN = 0.25
PERSONAL_MIN = 0.15  # of "he", "she", "it", "they", which nearly always mean something
NAME_MIN = 0.5  # of a name that would join a description
NAMED_MIN = 0.5  # of a noun that would join a named person: "the director"
CHANCE_MIN = 0.005  # for a candidate to count at all
# and how much likelier than that of the next chain a pronoun's must be.
PRONOUN_MARGIN = 0.05
PERSON_MARGIN = 0.05  # of "he" and "she"
RIVAL_MARGIN = 0.9  # where one verb has both
# Of other nouns, and of all that is no noun, only what is mentioned again is kept.
_KEPT_ALONE = frozenset({Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE, Kind.OBJECT, Kind.EVENT})
_CORE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj"})
# Nouns that say of whom one is what one is, as those for kin do.
_COMPANIONS = frozenset(
    "friend neighbor neighbour colleague coworker classmate roommate flatmate acquaintance".split()
)
_BESIDE_SUBJECT = frozenset({"obj", "iobj", "obl", "obl:arg", "nmod"})
# Beside one verb no more are named.
_NAMED_BEHIND_MOST = 8
_OWNED = frozenset({"nmod:poss", "nmod", "compound", "amod", "conj"})
_SEXES = (Gender.MALE, Gender.FEMALE)
# Bodies whose names say what they are: "the court" is no firm that was named before.
_SELF_NAMED = frozenset(
    "court tribunal jury parliament ministry university hospital union board council".split()
)


def lay_out_spots(
    document: Document, parses: Sequence[Parse], mentions: Sequence[Mention]
) -> tuple[Spot, ...]:
    paragraphs = [p.start for p in find_paragraphs(document)]
    quotes = [
        q.passage for q in find_quotes(document) if q.depth == 0 and q.kind is QuoteKind.SPEECH
    ]
    starts = [q.start for q in quotes]

    def quote_at(offset: int) -> int:
        k = bisect_right(starts, offset) - 1
        return k if k >= 0 and offset < quotes[k].end else -1

    return to_spots(
        parses,
        mentions,
        [bisect_right(paragraphs, parse.start) for parse in parses],
        [[quote_at(word.start) for word in parse.words] for parse in parses],
    )


def join_mentions(
    document: Document,
    parses: Sequence[Parse],
    mentions: Sequence[Mention],
    ranker: Ranker,
) -> tuple[Mention, ...]:
    """The mentions with the chains they belong to; lone ones of no interest are left out."""
    spots = lay_out_spots(document, parses, mentions)
    if not spots:
        return tuple(mentions)
    names = join_names(spots)
    vectors = np.stack([word_vector(parses[s.sentence], s.head) for s in spots])
    judged = [(p.at, ranker.probabilities(p, vectors)) for p in to_pairs(spots, parses, names)]
    at, probabilities = (np.concatenate(parts) for parts in zip(*judged, strict=True))
    chain_of = link(spots, parses, names, at, probabilities)
    sizes = Counter(chain_of.values())
    told = {s.mention.id for s in spots if _is_telling(s, parses)}
    kinds = {chain_of[m.id]: m.kind for m in mentions if m.named and m.id in chain_of}
    return tuple(
        _placed(mention, chain_of.get(mention.id, mention.chain_id), kinds)
        for mention in mentions
        if mention.id in told or sizes[chain_of.get(mention.id, "")] > 1
    )


def _is_telling(spot: Spot, parses: Sequence[Parse]) -> bool:
    """Whether a mention says something even if nothing else means the same; "I" still may."""
    if spot.mention.named or spot.gender in _SEXES or spot.person == 1:
        return True
    noun = parses[spot.sentence].words[spot.head].upos in ("NOUN", "PROPN")
    return noun and spot.mention.kind in _KEPT_ALONE


def _placed(mention: Mention, chain: str, kinds: Mapping[str, Kind]) -> Mention:
    """The mention in its chain; what has a name is of its name's kind."""
    kind = mention.kind if mention.named else kinds.get(chain, mention.kind)
    return replace(mention, chain_id=chain, kind=kind)


@dataclass(slots=True)
class _Chain:
    """What is known so far of one thing; `name` is the chain of the name it bears."""

    id: str
    gender: Gender = Gender.UNKNOWN
    number: Number = Number.UNKNOWN
    name: str | None = None
    kind: Kind | None = None  # of its name
    first_person: bool = False
    nominal: bool = False
    personal: bool | None = None  # whether its nouns mean people
    kin: str | None = None  # "son", "wife": what it is called as family
    words: frozenset[str] = frozenset()  # of its names

    def take(self, spot: Spot, name: str | None, gender: Gender) -> None:
        if self.gender is Gender.UNKNOWN:
            self.gender = gender
        if self.number is Number.UNKNOWN and spot.person == 3:
            self.number = spot.number
        self.first_person |= spot.person == 1
        self.nominal |= not spot.pronominal
        self.kin = self.kin or _kin(spot)
        if self.personal is None and not spot.pronominal:
            self.personal = spot.mention.kind is Kind.PERSON
        if name is not None:
            self.id, self.name, self.kind = name, name, spot.mention.kind
            self.words |= set(spot.words)


def link(
    spots: Sequence[Spot],
    parses: Sequence[Parse],
    names: Mapping[str, str],
    at: NDArray[np.int64],
    probabilities: NDArray[np.float64],
) -> dict[str, str]:
    """The chain of each mention by its id."""
    genders = shared_genders([s for s in spots if s.mention.named], names)
    of_name: dict[str, _Chain] = {}
    chains: list[_Chain] = []
    for i, spot in enumerate(spots):
        name = names.get(spot.mention.id)
        gender = spot.gender if name is None else genders.get(name, Gender.UNKNOWN)
        chain = of_name.get(name) if name is not None else None
        if chain is None:
            chain = _apposed(i, spots, parses, chains)
            if chain is None or not _fits(spot, name, gender, chain):
                open_ = _open(i, spots, parses, chains, at[i], probabilities[i])
                others = {names.get(o.mention.id) for o in _named_behind(i, spots, parses)}
                open_ = [o for o in open_ if o[1].name is None or o[1].name not in others]
                chain = _likeliest(spot, name, gender, open_, spots, parses)
        if chain is None:
            chain = _Chain(spot.mention.chain_id)
        chain.take(spot, name, gender)
        if name is not None:
            of_name[name] = chain
        chains.append(chain)
    return {spot.mention.id: chain.id for spot, chain in zip(spots, chains, strict=True)}


def _apposed(
    i: int, spots: Sequence[Spot], parses: Sequence[Parse], chains: Sequence[_Chain]
) -> _Chain | None:
    """The chain of the one person that this one stands in apposition to: "his wife, Ana Ruiz"."""
    spot = spots[i]
    word = parses[spot.sentence].words[spot.head]
    if word.deprel != "appos" or spot.mention.kind is not Kind.PERSON:
        return None
    for j in range(i - 1, -1, -1):
        other = spots[j]
        if other.sentence != spot.sentence or other.head < word.head:
            return None
        if other.head == word.head:
            one = Number.PLURAL not in (spot.number, other.number)
            return chains[j] if one and other.mention.kind is Kind.PERSON else None
    return None


def _open(
    i: int,
    spots: Sequence[Spot],
    parses: Sequence[Parse],
    chains: Sequence[_Chain],
    at: NDArray[np.int64],
    probabilities: NDArray[np.float64],
) -> list[tuple[int, _Chain, float]]:
    """The candidates that have a chance and that grammar leaves open, the nearest first."""
    spot = spots[i]
    words = parses[spot.sentence].words
    shut = set()
    j = i - 1
    while j >= 0 and spots[j].sentence == spot.sentence:
        if _kept_apart(spot, spots[j], words):
            shut.add(id(chains[j]))
        j -= 1
    found = []
    for w in np.flatnonzero(probabilities[:-1] >= CHANCE_MIN):
        other, chain = spots[int(at[w])], chains[int(at[w])]
        # Whose words "I" and "you" are in a quotation is known when its speaker is.
        foreign = other.quote != spot.quote and min(spot.person, other.person) < 3
        far = spot.form is Form.REFLEXIVE and other.sentence != spot.sentence
        if not foreign and not far and id(chain) not in shut:
            found.append((int(at[w]), chain, float(probabilities[w])))
    return found


def _kept_apart(spot: Spot, other: Spot, words: Sequence[Word]) -> bool:
    """Whether two mentions of a sentence cannot be one: "Ana saw her", "his son", "Ana and Per"."""
    a, b = words[spot.head], words[other.head]
    if (a.head == other.head and a.deprel in _OWNED) or (
        b.head == spot.head and b.deprel in _OWNED
    ):
        return True
    if _speaks_of(other, spot, words) or _speaks_of(spot, other, words):
        return True
    return (
        spot.form is not Form.REFLEXIVE
        and a.head == b.head
        and a.deprel in _CORE
        and b.deprel in _CORE
    )


def _named_behind(i: int, spots: Sequence[Spot], parses: Sequence[Parse]) -> Iterator[Spot]:
    """Those whom the verb of a pronoun names beside it: in “he said of Lund” he is not Lund."""
    spot = spots[i]
    words = parses[spot.sentence].words
    if not spot.pronominal or words[spot.head].deprel != "nsubj":
        return
    for other in spots[i + 1 : i + 1 + _NAMED_BEHIND_MOST]:
        if other.sentence != spot.sentence:
            return
        beside = words[other.head]
        is_named = other.mention.named and beside.head == words[spot.head].head
        if is_named and beside.deprel in _BESIDE_SUBJECT:
            yield other


def _speaks_of(speaker: Spot, other: Spot, words: Sequence[Word]) -> bool:
    """Whether the subject of a verb has another named in its clause: "A sailor said Lund slept".

    Chomsky's principle C. Behind the clause it may be: "Acme would pay, the company said".
    """
    verb = words[speaker.head].head
    if words[speaker.head].deprel != "nsubj" or other.pronominal or other.head < verb:
        return False
    at = other.head
    while at >= 0 and words[at].head != verb:
        at = words[at].head
    return at >= 0 and words[at].deprel == "ccomp"


def _likeliest(
    spot: Spot,
    name: str | None,
    gender: Gender,
    candidates: Sequence[tuple[int, _Chain, float]],
    spots: Sequence[Spot],
    parses: Sequence[Parse],
) -> _Chain | None:
    """The chain that a mention joins: likely enough, and clear of the next one."""
    sums: dict[int, float] = {}
    nearest: dict[int, tuple[Spot, _Chain]] = {}
    for j, chain, probability in candidates:
        # Without apposition "the son" is the son told of, never whom the text names beside him.
        if _kin(spot) not in (None, chain.kin):
            continue
        if id(chain) in nearest or _fits(spot, name, gender, chain):
            nearest.setdefault(id(chain), (spots[j], chain))
            sums[id(chain)] = sums.get(id(chain), 0.0) + probability
    # The sort is stable: of two as likely the nearer comes first.
    ranked = sorted(sums, key=lambda key: -round(sums[key], 4))
    if not ranked:
        return None
    likely, margin = _limits(spot)
    (best, chain), share = nearest[ranked[0]], sums[ranked[0]]
    if any(_overshadows(spot, *nearest[key], best) for key in ranked[1:]):
        return None
    for key in ranked[1:]:
        other, _ = nearest[key]
        needed = RIVAL_MARGIN if _rivals(spot, best, other, parses) else margin
        if share - sums[key] < needed:
            return None
    if chain.kind is Kind.PERSON and not spot.pronominal:
        likely = NAMED_MIN
    return chain if share >= likely else None


def _overshadows(spot: Spot, near: Spot, rival: _Chain, best: Spot) -> bool:
    """Whether the paragraph names somebody else who fits, and the likeliest stands before it."""
    named = spot.gender in _SEXES and rival.kind is Kind.PERSON
    return named and near.paragraph == spot.paragraph > best.paragraph


def _kin(spot: Spot) -> str | None:
    is_kin = spot.lemma in load_table("kin") or spot.lemma in _COMPANIONS
    return spot.lemma if is_kin and not spot.mention.named else None


def _rivals(spot: Spot, a: Spot, b: Spot, parses: Sequence[Parse]) -> bool:
    """Whether one verb has both: "Anna met Joan before she resigned" may mean either."""
    if spot.gender not in _SEXES or a.sentence != b.sentence:
        return False
    if a.mention.kind is not Kind.PERSON or b.mention.kind is not Kind.PERSON:
        return False
    words = parses[a.sentence].words
    left, right = words[a.head], words[b.head]
    return left.head == right.head and left.deprel in _CORE and right.deprel in _CORE


def _limits(spot: Spot) -> tuple[float, float]:
    """How likely an antecedent must be, and how much likelier than the next chain."""
    if spot.mention.named:
        return NAME_MIN, 0.0
    if not spot.pronominal:
        return LIKELY_MIN, 0.0
    if spot.gender in _SEXES:
        return PERSONAL_MIN, PERSON_MARGIN
    likely = LIKELY_MIN if spot.form is Form.DEMONSTRATIVE or spot.person < 3 else PERSONAL_MIN
    return likely, PRONOUN_MARGIN


def _fits(spot: Spot, name: str | None, gender: Gender, chain: _Chain) -> bool:
    if name is not None and chain.name is not None:
        return False
    if gender in _SEXES and chain.gender in _SEXES and gender is not chain.gender:
        return False
    if not spot.pronominal:
        # "She said that Ana had left": whoever is named later is somebody else.
        is_other = spot.lemma in _SELF_NAMED and chain.kind is Kind.ORGANIZATION
        if is_other and spot.lemma not in chain.words:
            return False
        return chain.nominal and chain.personal is (spot.mention.kind is Kind.PERSON)
    if spot.person != 3:
        # Who says "I" outside quotation marks is nobody the text names.
        return chain.name is None and not (
            spot.number is Number.SINGULAR and chain.number is Number.PLURAL
        )
    if chain.first_person:
        return False
    if chain.kind is Kind.PERSON:
        return spot.number is not Number.PLURAL and spot.gender is not Gender.NEUTER
    if chain.kind is not None and spot.gender in _SEXES:
        return False
    return not (spot.number is Number.SINGULAR and chain.number is Number.PLURAL)


def join_speakers(
    mentions: Sequence[Mention], attributions: Sequence[Attribution], text: str
) -> tuple[Mention, ...]:
    """The mentions with "I" in a quotation joined to its speaker, who is neither "you" nor "he"."""
    said = sorted(
        (p.start, p.end, a.speaker_id)
        for a in attributions
        if a.direct and a.speaker_id is not None
        for p in a.content
    )
    starts = [start for start, _, _ in said]
    found = []
    for mention in mentions:
        k = bisect_right(starts, mention.head.start) - 1
        pronoun = PRONOUNS.get(text[mention.passage.start : mention.passage.end].lower())
        if pronoun is not None and k >= 0 and mention.head.start < said[k][1]:
            speaker = said[k][2]
            assert speaker is not None
            if pronoun.person == 1 and pronoun.number is Number.SINGULAR:
                mention = replace(mention, chain_id=speaker)
            elif mention.chain_id == speaker:
                mention = replace(mention, chain_id=alone(mention))
        found.append(mention)
    sizes = Counter(mention.chain_id for mention in found)
    return tuple(m for m in found if sizes[m.chain_id] > 1 or not _is_first_person(m, text))


def _is_first_person(mention: Mention, text: str) -> bool:
    pronoun = PRONOUNS.get(text[mention.passage.start : mention.passage.end].lower())
    return pronoun is not None and pronoun.person == 1


def alone(mention: Mention) -> str:
    """The chain of a mention that joins no other."""
    at = mention.passage
    return content_id("chain", at.document_id, str(at.start), str(at.end))


def word_vector(parse: Parse, word: int) -> NDArray[np.float32]:
    """The projected vector of a word; see `training/coreference.py`."""
    rows = np.frombuffer(parse.projected, dtype="<f2").reshape(len(parse.words), -1)
    vector: NDArray[np.float32] = rows[word].astype(np.float32)
    return vector
