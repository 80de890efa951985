"""Mentions: names with their nicknames and titles, common nouns that name somebody, pronouns."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from consilience.lexicon import load_table, load_words
from consilience.read.abroad import WORDS_KNOWN, abroad
from consilience.read.agreement import PRONOUNS, Form, Gender, Pronoun
from consilience.read.encoder import Parse, Word
from consilience.read.names_abroad import name_spans_abroad
from consilience.read.titles import find_title
from consilience.records import Document, Kind, Mention, PartKind, Passage, content_id

_Spans = list[tuple[int, int, Kind]]
_KIND_OF_NAME = {"PER": Kind.PERSON, "ORG": Kind.ORGANIZATION, "LOC": Kind.PLACE}
_PRE_HEAD = frozenset({"det", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "advmod"})
_OPENING, _CLOSING = "\"'“‘«", "\"'”’»"
# "The mayor of Lind" is no mayor of a person, "the town of Lind" no town of one.
_OF_A_PLACE = frozenset(
    """
    mayor governor sheriff prefect bishop archbishop town city village district province capital
    port north south east west outskirts
    """.split()
)
# Nouns, and what stands for one: "the two", "the wounded".
_NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "X", "SYM"})


def find_mentions(document: Document, parses: Sequence[Parse]) -> tuple[Mention, ...]:
    """Names, described persons and things, and pronouns, in the order of the text.

    One chain per distinct name of one kind; any other mention has a chain of its own until
    `coreference.join_mentions` has seen it.
    """
    reader = _MentionReader(document)
    language_at = abroad(document)
    spans = [
        list(
            name_spans_abroad(parse.words, language)
            if (language := language_at(parse.start)) in WORDS_KNOWN
            else _name_spans(parse)
        )
        for parse in parses
    ]
    spans = _spread_names(parses, _settle_kinds(parses, spans))
    found: list[Mention] = []
    datelines = [p.passage for p in document.parts if p.kind is PartKind.DATELINE]
    for parse, names in zip(parses, spans, strict=True):
        if any(p.start <= parse.start < p.end for p in datelines):
            names = _city(parse) or names
        here = [reader.named(parse, first, last, kind) for first, last, kind in names]
        taken = {i for first, last, _ in names for i in range(first, last)}
        titles = [m.title_passage for m in here if m.title_passage is not None]
        taken |= {
            i
            for i, word in enumerate(parse.words)
            if any(t.start <= word.start < t.end for t in titles)
        }
        here += list(reader.described(parse, taken))
        here += list(reader.pronouns(parse, taken))
        here.sort(key=lambda mention: mention.passage)
        found += here
    return tuple(found)


def _city(parse: Parse) -> _Spans:
    """The place a dateline begins with: “SAN TELMO, March 9 (Agency) —”."""
    first = 1 if parse.words[0].text.lower() in ("near", "outside", "off") else 0
    last = first
    for word in parse.words[first:]:
        if not (word.text[0].isupper() or (last and word.text in ("-", ".", "’s", "'s", "de"))):
            break
        last += 1
    while last > first and parse.words[last - 1].upos == "PUNCT":
        last -= 1
    return [(first, last, Kind.PLACE)] if last > first else []


def _name_spans(parse: Parse) -> Iterator[tuple[int, int, Kind]]:
    """Word ranges of the names in one sentence, nicknames in quotes taken in, titles left out."""
    words = parse.words
    i = 0
    while i < len(words):
        if not words[i].name.startswith("B-"):
            i += 1
            continue
        end = i + 1
        while end < len(words) and words[end].name.startswith("I-"):
            end += 1
        kind = _KIND_OF_NAME[words[i].name[2:]]
        if i > 1 and words[i - 1].lemma == "of" and words[i - 2].lemma.lower() in _OF_A_PLACE:
            kind = Kind.PLACE
        first, last = i, end
        if kind is Kind.PERSON:
            first, last = _with_nickname(words, *_without_title(words, first, last))
        while last > first + 1 and (
            words[last - 1].text in ("'s", "’s", "'", "’")
            or (words[last - 1].upos == "PUNCT" and words[last - 1].text not in _CLOSING + ".")
        ):
            last -= 1
        if any(c.isalnum() for word in words[first:last] for c in word.text):
            yield first, last, kind
        i = max(end, last)


def _without_title(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    titles = load_words("offices") | load_words("honorifics")
    given = load_table("given_names")
    while first < last - 1:
        word, following = (words[i].text.lower().rstrip(".") for i in (first, first + 1))
        # Dean Hollis is no dean, but Don Pedro is a don.
        is_given = word in given and following not in given and last - first == 2
        if word not in titles or is_given:
            break
        first += 1
    return first, last


def _with_nickname(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Take in a quoted nickname that stands beside a name: Ana “La Jefa” Ruiz, Tom 'N'."""
    first, last = _with_marks(words, first, last)
    last = _joined_after(words, last)
    before = first - 1
    closes_inside = any(w.text in _CLOSING for w in words[first + 1 : last])
    if closes_inside and before >= 0 and words[before].text in _OPENING:
        return before, last
    if before > 0 and words[before].text in _CLOSING:
        opening = _opening_before(words, before)
        if opening is not None and all(w.text[0].isupper() for w in words[opening + 1 : before]):
            first = opening
            while first > 0 and words[first - 1].name in ("B-PER", "I-PER"):
                first -= 1
    return first, last


def _with_marks(words: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """Close a nickname whose marks, or whose surname, stand outside: 'La Jefa' Ruiz."""
    if last >= len(words) or words[last].text not in _CLOSING:
        return first, last
    opened = [w.text for w in words[first:last] if w.text in _OPENING]
    end = _names_end(words, last + 1)
    if len(opened) % 2:
        return first, end
    if first > 0 and words[first - 1].text in _OPENING and end > last + 1:
        return first - 1, end
    return first, last


def _names_end(words: Sequence[Word], at: int) -> int:
    while at < len(words) and (
        words[at].name in ("B-PER", "I-PER")
        or (words[at].upos == "PROPN" and words[at].deprel == "flat")
    ):
        at += 1
    return at


def _opening_before(words: Sequence[Word], closing: int) -> int | None:
    for i in range(closing - 1, max(closing - 5, -1), -1):
        if words[i].text in _OPENING and words[i + 1].start == words[i].end:
            return i if i + 1 < closing else None
        if not words[i].text[0].isalpha():
            return None
    return None


def _joined_after(words: Sequence[Word], last: int) -> int:
    """The end of the name when a quoted nickname follows it, with what follows that."""
    if last + 2 > len(words) or words[last].text[0] not in _OPENING:
        return last
    close = last + 1
    while close < min(last + 6, len(words)) and words[close].text[0].isalpha():
        if not words[close].text[0].isupper() and words[close].upos != "DET":
            return last
        close += 1
    inside = close - last - 1
    if inside == 0 or close == len(words):
        return last
    if words[close].text == "," and close + 1 < len(words):
        # American order puts the comma inside the marks: Tom 'N,' 32.
        return close if words[close + 1].text[0] in _CLOSING else last
    if words[close].text[0] not in _CLOSING:
        return last
    return _names_end(words, close + 1)


def _settle_kinds(parses: Sequence[Parse], spans: list[_Spans]) -> list[_Spans]:
    """One name, one kind in a document: what its longer forms and its last word say, else most."""
    people: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    votes: dict[tuple[str, ...], dict[Kind, int]] = {}
    for parse, names in zip(parses, spans, strict=True):
        for first, last, kind in names:
            words = _plain(parse, first, last)
            votes.setdefault(words, {})[kind] = votes.get(words, {}).get(kind, 0) + 1
            if kind is Kind.PERSON and len(words) > 1:
                for word in words:
                    people[word].add(words)
    nouns = load_words("organization_nouns")

    def settled(words: tuple[str, ...]) -> Kind:
        if len(words) > 1 and words[-1].lower() in nouns:
            return Kind.ORGANIZATION
        # Whoever has all words has the rarest of them.
        anybody = next(iter(people.values()), _NOBODY)
        named = min((people.get(word, _NOBODY) for word in words), key=len, default=anybody)
        if any(set(words) <= set(person) for person in named):
            return Kind.PERSON
        return _commonest(votes[words])

    kinds = {words: settled(words) for words in votes}
    return [
        [(first, last, kinds[_plain(parse, first, last)]) for first, last, _ in names]
        for parse, names in zip(parses, spans, strict=True)
    ]


_NOBODY: frozenset[tuple[str, ...]] = frozenset()


def _plain(parse: Parse, first: int, last: int) -> tuple[str, ...]:
    """The words of a name without marks."""
    return tuple(w.text for w in parse.words[first:last] if w.text[0].isalnum())


def _spread_names(parses: Sequence[Parse], spans: list[_Spans]) -> list[_Spans]:
    """A name found once in a document is that name wherever its words stand so again."""
    known: dict[tuple[str, ...], dict[Kind, int]] = {}
    for parse, names in zip(parses, spans, strict=True):
        for first, last, kind in names:
            words = tuple(w.text for w in parse.words[first:last])
            if words[0][:1].isupper() and words[-1][:1].isupper():
                counts = known.setdefault(words, {})
                counts[kind] = counts.get(kind, 0) + 1
    kinds = {words: _commonest(counts) for words, counts in known.items()}
    lengths = sorted({len(words) for words in kinds if len(words) <= 6}, reverse=True)
    return [
        sorted(names + list(_missed(parse, names, kinds, lengths)))
        for parse, names in zip(parses, spans, strict=True)
    ]


def _commonest(counts: dict[Kind, int]) -> Kind:
    return max(sorted(counts), key=lambda kind: counts[kind])


def _missed(
    parse: Parse,
    names: list[tuple[int, int, Kind]],
    kinds: dict[tuple[str, ...], Kind],
    lengths: list[int],
) -> Iterator[tuple[int, int, Kind]]:
    taken = {i for first, last, _ in names for i in range(first, last)}
    words = [w.text for w in parse.words]
    for i in range(len(words)):
        for n in lengths:
            key = tuple(words[i : i + n])
            span = range(i, i + n)
            if len(key) == n and key in kinds and not taken.intersection(span):
                yield i, i + n, kinds[key]
                taken.update(span)
                break


class _MentionReader:
    """Makes the mentions of one document, keeping the chains that its names have."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def _mention(self, start: int, end: int, head: Word, kind: Kind, chain: str, *, named: bool,
                 title: tuple[str, Passage] | None = None) -> Mention:  # fmt: skip
        id_ = self._document.id
        return Mention(
            id=content_id("mention", id_, str(start), str(end)),
            passage=Passage(id_, start, end),
            head=Passage(id_, head.start, head.end),
            kind=kind,
            named=named,
            chain_id=chain,
            title=title[0] if title else None,
            title_passage=title[1] if title else None,
        )

    def named(self, parse: Parse, first: int, last: int, kind: Kind) -> Mention:
        words = parse.words
        start, end = words[first].start, words[last - 1].end
        head = next(
            (w for w in words[first:last] if not first <= w.head < last and w.upos != "PUNCT"),
            words[first],
        )
        chain = content_id(
            "chain", self._document.id, kind, _folded(self._document.text[start:end])
        )
        title = self._title(parse, first, last) if kind is Kind.PERSON else None
        return self._mention(start, end, head, kind, chain, named=True, title=title)

    def _title(self, parse: Parse, first: int, last: int) -> tuple[str, Passage] | None:
        found = find_title(parse.words, first, last)
        if found is None:
            return None
        start, end = parse.words[found[0]].start, parse.words[found[1] - 1].end
        text = re.sub(r"\s+", " ", self._document.text[start:end])
        return text, Passage(self._document.id, start, end)

    def described(self, parse: Parse, taken: set[int]) -> Iterator[Mention]:
        words = parse.words
        for i, word in enumerate(words):
            if not word.kind or i in taken or word.upos not in _NOMINAL:
                continue
            kind = Kind(word.kind)
            first = i
            while first > 0 and words[first - 1].head == i and words[first - 1].deprel in _PRE_HEAD:
                first -= 1
            chain = content_id("chain", self._document.id, str(words[first].start), str(word.end))
            yield self._mention(words[first].start, word.end, word, kind, chain, named=False)

    def pronouns(self, parse: Parse, taken: set[int]) -> Iterator[Mention]:
        for i, word in enumerate(parse.words):
            pronoun = PRONOUNS.get(word.text.lower())
            if pronoun is None or i in taken or not _stands_for_something(word, pronoun):
                continue
            kind = Kind(word.kind) if word.kind else Kind.OBJECT
            if _is_personal(pronoun):
                kind = Kind.PERSON
            chain = content_id("chain", self._document.id, str(word.start), str(word.end))
            yield self._mention(word.start, word.end, word, kind, chain, named=False)


def _is_personal(pronoun: Pronoun) -> bool:
    """Whether it always means people."""
    return pronoun.person < 3 or pronoun.gender in (Gender.MALE, Gender.FEMALE)


def _stands_for_something(word: Word, pronoun: Pronoun) -> bool:
    """Whether a pronoun has a meaning of its own here: not "it rains", "that which"."""
    if _is_personal(pronoun) or word.text.lower() in ("they", "them"):
        return word.upos == "PRON"
    if pronoun.form is Form.POSSESSIVE or pronoun.form is Form.REFLEXIVE:
        return word.upos == "PRON" and word.deprel != "advmod:emph"
    return word.upos == "PRON" and bool(word.kind)


def _folded(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip().lower()


def readable_parts(document: Document) -> list[tuple[int, int, PartKind]]:
    """The stretches of a document that somebody wrote to be read, in order."""
    skipped = (PartKind.CREDIT, PartKind.BOILERPLATE)
    if not document.parts:
        return [(0, len(document.text), PartKind.BODY)]
    return [
        (part.passage.start, part.passage.end, part.kind)
        for part in document.parts
        if part.kind not in skipped
    ]
