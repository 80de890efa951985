"""Names as the whole document has them: what one sentence leaves open another settles."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from consilience.lexicon import load_table, load_words
from consilience.read.encoder import Parse, Word

Span = tuple[str, int, int]  # the tag without its "B-", the first word, the word after the last
Votes = dict[tuple[str, ...], Counter[str]]
_UNSEEN: Counter[str] = Counter()

# Well-known short forms, and those that stand in brackets after an organization, outweigh guesses.
_SHORT_FORM_VOTES = 1000
_NOT_ALWAYS_SHORT = frozenset(["AU", "FED", "ICE", "IRA", "WHO"])
_STORMS = frozenset(["Hurricane", "Typhoon", "Cyclone", "Storm"])
_CORNERED = frozenset({"and", "&", "at"})
_STREETS = frozenset("St Street Ave Avenue Blvd Boulevard Rd Road Dr Drive Ln Lane Way".split())
_NTH = re.compile(
    r"\d{1,3}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth"
)
_SHOUTED = 0.5  # share of words in capitals from which capitals tell nothing
_MAX_WORDS = 6  # of a name that is looked for again
# "Lake Ontario", "North Dakota City", "Gulf of Mexico" are one place each.
_PART_OF_A_REGION = frozenset(
    """
    north south east west northern southern eastern western central upper lower inner outer
    greater new old little lake mount port fort cape gulf isle baja papua saint republic state
    kingdom university bank hotel radio air of the and in de del al - ( & /
    """.split()
)
# Postal codes that are words when written "Or", "In".
_WORDS_TOO = frozenset("Al Co De Hi In La Ma Me Mi Mo Mt Oh Ok Or Pa".split())
_MONTHS_AND_DAYS = frozenset(
    """
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    """.split()
)


def agreed(parses: Sequence[Parse]) -> list[Parse]:
    """The sentences of one document, each name tagged alike wherever its words stand.

    A string of words takes the kind that most of its names have; where it was left out it is
    named too, and so is a person's surname alone. FBI and its like are organizations; what
    stands in brackets in capitals after an organization's name is that organization ("Lisk River
    Trust (LRT)"). A place and the state or country that follows it without a comma ("Renton
    Washington") are two names, and so are a person and a place that a lost stop has joined. A
    storm is nobody's name.
    """
    storms = {name for parse in parses for name in _storms(parse.words)}
    found = [
        [span for span in _parted(parse.words, _at_corners(parse.words, _spans(parse.words)))
         if parse.words[span[2] - 1].text not in storms or span[2] - span[1] > 1]
        for parse in parses
    ]  # fmt: skip
    votes = _votes(parses, found)
    parted = [list(_unglued(p.words, spans, votes)) for p, spans in zip(parses, found, strict=True)]
    if parted != found:
        found, votes = parted, _votes(parses, parted)
    surnames = _surnames(votes)
    beginnings = surnames.union(texts[0] for texts in votes)
    return [
        _tagged(parse, _with_missed(parse.words, _settled(parse.words, spans, votes), votes,
                                    surnames, beginnings))
        for parse, spans in zip(parses, found, strict=True)
    ]  # fmt: skip


def _spans(words: Sequence[Word]) -> Iterator[Span]:
    first = 0
    while first < len(words):
        end = first + 1
        if words[first].name.startswith("B-"):
            while end < len(words) and words[end].name.startswith("I-"):
                end += 1
            yield words[first].name[2:], first, end
        first = end


def _storms(words: Sequence[Word]) -> Iterator[str]:
    """What storms are called: the one name after "Hurricane"."""
    for before, word, after in zip(words, words[1:], [*words[2:], None], strict=False):
        ends = after is None or not after.name.startswith("I-")
        if before.text in _STORMS and word.name == "B-PER" and ends:
            yield word.text


def _at_corners(words: Sequence[Word], spans: Iterable[Span]) -> list[Span]:
    """The corner of two streets as one place: “87th and Arlow”, “87th Street at Arlow”.

    A street goes by a town's name, and is not the town.
    """
    found: list[Span] = []
    for kind, first, end in spans:
        if kind == "LOC":
            if first > 1 and words[first - 1].text in _CORNERED and _is_street(words, first - 2):
                last = found[-1] if found else ("", 0, 0)
                is_named = last[0] == "LOC" and last[2] == first - 1
                first = last[1] if is_named else first - 2
                found = found[:-1] if is_named else found
            if end + 1 < len(words) and words[end].text in _CORNERED and _is_nth(words, end + 1):
                end += 2
        if not found or found[-1][2] <= first:
            found.append((kind, first, end))
    return found


def _is_street(words: Sequence[Word], at: int) -> bool:
    """Whether a word ends the name of a street: “Quay Street”, “87th”."""
    return words[at].text.rstrip(".") in _STREETS or _is_nth(words, at)


def _is_nth(words: Sequence[Word], at: int) -> bool:
    """Whether a word is the number of a street, and not of a day: “the 5th”."""
    is_day = at > 0 and words[at - 1].lemma == "the"
    return _NTH.fullmatch(words[at].text) is not None and not is_day


def _parted(words: Sequence[Word], spans: Iterable[Span]) -> Iterator[Span]:
    for kind, first, end in spans:
        cut = _region_within(words, first, end) if kind == "LOC" else None
        if cut is None:
            yield kind, first, end
        else:
            yield kind, first, cut
            yield kind, cut, end


def _unglued(words: Sequence[Word], spans: Sequence[Span], votes: Votes) -> Iterator[Span]:
    """A person's name apart from the place behind it: “… the inquiry Orth Arlow Mayor Lind …”.

    Both have to be names of their own in the document, the place more often than the two together.
    """
    surnames = _surnames(votes)
    for kind, first, end in spans:
        *rest, last = (word.text for word in words[first:end])
        place, whole = votes.get((last,), _UNSEEN), votes[(*rest, last)]
        is_place = place["LOC"] > max(place["PER"], whole.total())
        is_person = votes.get(tuple(rest), _UNSEEN)["PER"] > 0 or surnames.issuperset(rest)
        if kind in ("PER", "LOC") and rest and is_place and is_person:
            yield "PER", first, end - 1
            yield "LOC", end - 1, end
        else:
            yield kind, first, end


def _region_within(words: Sequence[Word], first: int, end: int) -> int | None:
    """Where the state or country begins that the end of a place's name is."""
    texts = [word.text for word in words[first:end]]
    if "," in texts or _is_region(texts):
        return None
    for cut in range(1, len(texts)):
        if texts[cut - 1].lower() not in _PART_OF_A_REGION and _is_region(texts[cut:]):
            return first + cut
    return None


def _is_region(texts: Sequence[str]) -> bool:
    """
    >>> _is_region(["New", "Zealand"]), _is_region(["TX"]), _is_region(["Or"])
    (True, True, False)
    """
    name = " ".join(texts)
    if name.lower() in load_words("regions"):
        return True
    return name[0].isupper() and name not in _WORDS_TOO and name.upper() in load_words("regions")


def _votes(parses: Sequence[Parse], found: Sequence[Sequence[Span]]) -> Votes:
    votes: Votes = {}
    for parse in parses:
        for known in _known_short_forms(parse.words):
            votes[(known,)] = Counter(ORG=_SHORT_FORM_VOTES)
    for parse, spans in zip(parses, found, strict=True):
        for kind, first, end in spans:
            texts = tuple(word.text for word in parse.words[first:end])
            votes.setdefault(texts, Counter())[kind] += 1
            short = _find_short_form(parse.words, first, end) if kind == "ORG" else None
            if short is not None:
                votes.setdefault((short,), Counter())[kind] += _SHORT_FORM_VOTES
    return votes


def _known_short_forms(words: Sequence[Word]) -> list[str]:
    """FBI, UNHCR and their like among these words."""
    alphabetic = [word.text for word in words if word.text.isalpha()]
    capitals = [text for text in alphabetic if text.isupper() and len(text) > 1]
    if len(capitals) >= _SHOUTED * len(alphabetic) and len(alphabetic) > 2:
        return []
    known = load_table("organization_aliases")
    return [t for t in capitals if t.lower() in known and t not in _NOT_ALWAYS_SHORT]


def _find_short_form(words: Sequence[Word], first: int, end: int) -> str | None:
    around = [word.text for word in words[end : end + 3]]
    if end - first < 2 or len(around) < 3 or (around[0], around[2]) != ("(", ")"):
        return None
    initials = {word.text[0].upper() for word in words[first:end]}
    short = around[1]
    fits = short.isalpha() and short.isupper() and 1 < len(short) < 9 and short[0] in initials
    return short if fits else None


def _surnames(votes: Votes) -> frozenset[str]:
    """The last words of the persons' names; no month, since Ann May is met in May."""
    last = {texts[-1] for texts, kinds in votes.items() if len(texts) > 1 and set(kinds) == {"PER"}}
    return frozenset(
        word
        for word in last
        if len(word) > 2 and word[0].isupper() and word not in _MONTHS_AND_DAYS
    )


def _commonest(kinds: Counter[str]) -> str:
    return max(sorted(kinds), key=lambda kind: kinds[kind])


def _settled(words: Sequence[Word], spans: Sequence[Span], votes: Votes) -> list[Span]:
    settled = []
    for kind, first, end in spans:
        kinds = votes[tuple(word.text for word in words[first:end])]
        most = _commonest(kinds)
        settled.append((most if kinds[most] > kinds[kind] else kind, first, end))
    return settled


def _with_missed(
    words: Sequence[Word],
    spans: list[Span],
    votes: Votes,
    surnames: frozenset[str],
    beginnings: frozenset[str],
) -> list[Span]:
    taken = {i for _, first, end in spans for i in range(first, end)}
    hopeful = [i for i, word in enumerate(words) if i not in taken and word.text in beginnings]
    missed: list[Span] = []
    for n in range(_MAX_WORDS, 0, -1) if hopeful else ():
        for first in hopeful:
            if first + n <= len(words) and taken.isdisjoint(range(first, first + n)):
                kind = _find_kind(words[first : first + n], first == 0, votes, surnames)
                if kind is not None:
                    missed.append((kind, first, first + n))
                    taken.update(range(first, first + n))
    return spans + missed


def _find_kind(
    words: Sequence[Word], begins: bool, votes: Votes, surnames: frozenset[str]
) -> str | None:
    """The kind of these words, if they are a name elsewhere in the document."""
    texts = tuple(word.text for word in words)
    if not texts[0][0].isupper() or len("".join(texts)) < 2:
        return None
    proper = any(word.upos == "PROPN" for word in words)
    kinds = votes.get(texts)
    if kinds is None:
        return "PER" if proper and len(texts) == 1 and texts[0] in surnames else None
    # Any word has a capital where a sentence begins.
    return _commonest(kinds) if proper or not begins else None


def _tagged(parse: Parse, spans: Sequence[Span]) -> Parse:
    names = ["O"] * len(parse.words)
    for kind, first, end in spans:
        names[first:end] = ["B-" + kind, *["I-" + kind] * (end - first - 1)]
    if names == [word.name for word in parse.words]:
        return parse
    words = (
        word if word.name == name else replace(word, name=name)
        for word, name in zip(parse.words, names, strict=True)
    )
    return replace(parse, words=tuple(words))
