"""What the words of a given mention show: its head, its sort, and how the document uses it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from consilience.lexicon import load_table, load_words
from consilience.records import Document, Kind, Mention, Passage, Reading
from consilience.resolve.chains import chain_key, fold, sentence_at
from consilience.resolve.spelling import given_names

# A head written small in fewer than this share of its uses is a name.
SMALL_MAX = 0.3
_TOKEN = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*\.?|[^\w\s]")
_CASED = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_LEADING = frozenset(
    "in at to on from into near by with for of around after before outside inside off through"
    " between during onto toward towards under over within across along against about the a an"
    " this that these those his her their its our my your some several any all both two three"
    " four five six seven eight nine ten".split()
)
_BREAKING = frozenset(
    ", ( who which that of in at on for from with to near between where and or by".split()
)
MASCULINE = frozenset("he him his himself".split())
FEMININE = frozenset("she her hers herself".split())
NEUTER = frozenset("it its itself".split())
PLURAL = frozenset("they them their theirs themselves".split())
RELATIVE = frozenset("who whom whose which that where".split())
PRONOUNS = (
    MASCULINE | FEMININE | NEUTER | PLURAL | RELATIVE
    | frozenset(
        "i me my mine myself we us our ours ourselves you your yours yourself what this these"
        " those one ones there here others another everyone someone somebody anyone everybody"
        " each other none".split()
    )
)  # fmt: skip
_ALWAYS_PLURAL = frozenset({"people", "police"})


_PLURALS = (
    ("children", "child"), ("ieves", "ief"), ("nives", "nife"), ("wives", "wife"),
    ("lives", "life"), ("alves", "alf"), ("elves", "elf"), ("olves", "olf"), ("ies", "y"),
)  # fmt: skip


class Sort(StrEnum):
    NAME = "name"
    NOUN = "noun"
    PRONOUN = "pronoun"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Referring:
    """A given mention, read.

    `words` are folded, without what leads in to the phrase or follows its head; `head` is the
    last of them in the singular; `text` is the whole mention in small letters; `modifiers` stand
    before the head in our own reading; `chain` is the key of its chain there; `value` is the
    TIMEX3 value of a time; `roles` are (lemma of the predicate, role) of what it takes part in.
    """

    id: str
    document_id: str
    start: int
    end: int
    sentence: int
    sort: Sort
    kind: Kind | None
    text: str
    words: tuple[str, ...]
    head: str
    is_plural: bool
    modifiers: tuple[str, ...]
    chain: str | None
    value: str
    roles: frozenset[tuple[str, str]]

    @property
    def gender(self) -> str | None:
        """m or f, where the words tell."""
        found: str | None = None
        if self.sort is Sort.PRONOUN:
            found = "m" if self.head in MASCULINE else "f" if self.head in FEMININE else None
        elif self.sort is Sort.NOUN:
            found = load_table("kin").get(self.head) or load_table("gendered_nouns").get(self.head)
        elif self.sort is Sort.NAME and len(self.words) > 1:
            found = given_names().get(self.words[0])
        return found if found in ("m", "f") else None


def read_mentions(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    mentions: Mapping[str, Passage],
) -> tuple[Referring, ...]:
    """The given mentions as read, by document and place."""
    cases = _cases(documents)
    given: dict[str, list[tuple[Passage, str]]] = {}
    for id_, where in mentions.items():
        given.setdefault(where.document_id, []).append((where, id_))
    by_id = {d.id: d for d in documents}
    return tuple(
        made
        for document_id in sorted(given)
        for made in _of_document(
            by_id[document_id], readings[document_id], sorted(given[document_id]), cases
        )
    )


def singular(word: str) -> str:
    """The noun as one of it is called, as far as its ending tells.

    >>> singular("thieves"), singular("policemen"), singular("boss")
    ('thief', 'policeman', 'boss')
    """
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("men"):
        return word[:-2] + "an"
    for ending, one in _PLURALS:
        if word.endswith(ending):
            return word[: -len(ending)] + one
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word.removesuffix("s")


@dataclass(frozen=True, slots=True)
class _Cases:
    """How often each word is written small and large in all documents."""

    small: Counter[str]
    large: Counter[str]

    def is_name(self, word: str) -> bool:
        low = word.casefold()
        if not word[0].isupper():
            return False
        if len(word) > 1 and word.isupper() and self.small[low] < self.large[low]:
            return True
        return self.small[low] < SMALL_MAX * self.large[low]


def _cases(documents: Iterable[Document]) -> _Cases:
    small: Counter[str] = Counter()
    large: Counter[str] = Counter()
    for document in documents:
        for word in _CASED.findall(document.text):
            (large if word[0].isupper() else small)[word.casefold()] += 1
    return _Cases(small, large)


Token = tuple[str, int, int]


def _of_document(
    document: Document,
    reading: Reading,
    given: Sequence[tuple[Passage, str]],
    cases: _Cases,
) -> Iterable[Referring]:
    ours = sorted(reading.mentions, key=lambda m: (m.head.start, m.id))
    head_starts = [m.head.start for m in ours]
    starts = [s.start for s in reading.sentences]
    taking = _arguments(reading)
    times = sorted(reading.times, key=lambda t: t.passage)
    time_starts = [t.passage.start for t in times]
    for where, id_ in given:
        core = _core(document.text, where)
        head_word, head_start, _ = core[-1]
        words = tuple(fold(t.strip(".")) for t, *_ in core if t[0].isalnum())
        words = words or (fold(head_word),)
        low, high = bisect_left(head_starts, where.start), bisect_left(head_starts, where.end)
        mine = _own(ours[low:high], core)
        near = times[max(0, bisect_right(time_starts, where.start) - 1) :
                     bisect_left(time_starts, where.end)]  # fmt: skip
        said = [t for t in near if t.passage.end > where.start]
        time = next((t for t in said if t.passage.start <= head_start < t.passage.end), None)
        if time is None and len(core) <= 4 and said and said[0].passage.start <= core[0][1]:
            time = said[0]
        sort = _sort(core, cases, is_time=time is not None)
        head = singular(words[-1]) if sort is not Sort.PRONOUN else words[-1]
        in_chain = mine is not None and mine.head.start <= head_start < mine.head.end
        before = document.text[mine.passage.start : mine.head.start] if mine else ""
        yield Referring(
            id=id_,
            document_id=document.id,
            start=where.start,
            end=where.end,
            sentence=max(0, sentence_at(starts, core[0][1])),
            sort=sort,
            kind=mine.kind if mine else None,
            text=document.text[where.start : where.end].casefold(),
            words=words,
            head=head,
            is_plural=head != words[-1] or words[-1] in _ALWAYS_PLURAL,
            modifiers=tuple(fold(w) for w in re.findall(r"[^\W_]+", before)),
            chain=chain_key(document.id, mine.chain_id) if mine and in_chain else None,
            value=time.when.value if time else "",
            roles=frozenset(_roles(taking, core, mine)),
        )


def _core(text: str, where: Passage) -> list[Token]:
    """The words from the first that says something to the head, with their places."""
    tokens: list[Token] = []
    for found in _TOKEN.finditer(text, where.start, where.end):
        word = _POSSESSIVE.sub("", found.group())
        if word and word not in "\"“”‘’'":
            tokens.append((word, found.start(), found.end()))
    while len(tokens) > 1 and (tokens[0][0].casefold() in _LEADING or not tokens[0][0].isalnum()):
        if tokens[0][0][0].isalnum() and tokens[0][0].casefold() not in _LEADING:
            break
        tokens = tokens[1:]
    core: list[Token] = []
    for i, token in enumerate(tokens):
        word = token[0].casefold()
        if core and word in _BREAKING and not _inside_name(tokens, core, i):
            break
        if word != "-":
            core.append(token)
    while len(core) > 1 and not core[-1][0][0].isalnum():
        core.pop()
    return core or [(text[where.start : where.end], where.start, where.end)]


def _inside_name(tokens: Sequence[Token], core: Sequence[Token], i: int) -> bool:
    """Bank of Arlow, Fish and Wildlife Service."""
    if tokens[i][0] not in ("of", "and") or i + 1 >= len(tokens):
        return False
    return core[-1][0][0].isupper() and tokens[i + 1][0][0].isupper()


def _sort(core: Sequence[Token], cases: _Cases, *, is_time: bool) -> Sort:
    word = core[-1][0]
    if len(core) == 1 and word.casefold() in PRONOUNS:
        return Sort.PRONOUN
    if is_time:
        return Sort.TIME
    if cases.is_name(word):
        return Sort.NAME
    larger = [t for t, *_ in core if t[0].isalnum() and t not in ("of", "and")]
    # Promises Treatment Center: another of its words is a name.
    if word[0].isupper() and all(t[0].isupper() for t in larger):
        return Sort.NAME if any(cases.is_name(t) for t in larger[:-1]) else Sort.NOUN
    return Sort.NOUN


def _own(inside: Sequence[Mention], core: Sequence[Token]) -> Mention | None:
    """The mention of our reading that is most nearly the given one."""
    _, head_start, end = core[-1]
    return max(
        inside,
        key=lambda m: (
            m.head.start <= head_start < m.head.end,
            -abs(m.passage.end - end) - abs(m.passage.start - core[0][1]),
        ),
        default=None,
    )


# start, end, lemma, role, chain
_Taking = tuple[int, int, str, str, str | None]
# A clause that is an argument holds heads that are none; its start is not looked for so far back.
_ARGUMENT_CHARS = 200


def _arguments(reading: Reading) -> list[_Taking]:
    return sorted(
        (a.passage.start, a.passage.end, p.lemma, a.role, a.chain_id)
        for p in reading.propositions
        for a in p.arguments
        if a.passage.end - a.passage.start <= _ARGUMENT_CHARS
        and a.role in ("ARG0", "ARG1", "ARG2")
        and p.lemma not in load_words("light_verbs")
    )


def _roles(
    taking: Sequence[_Taking], core: Sequence[Token], mine: Mention | None
) -> Iterable[tuple[str, str]]:
    _, head_start, head_end = core[-1]
    first = bisect_left(taking, (head_start - _ARGUMENT_CHARS,))
    for start, end, lemma, role, chain in taking[first:]:
        if start > head_start:
            return
        same_chain = mine is not None and chain == mine.chain_id
        # The head ends the argument, give or take a mark.
        if head_start < end and (same_chain or abs(end - head_end) < 3):
            yield lemma, role
