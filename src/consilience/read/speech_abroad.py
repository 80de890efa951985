"""Who says what in other languages, by the order of marks, cue words and names alone."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_table
from consilience.read.quotations import Paragraph, QuoteSpan
from consilience.read.quote_kinds import QuoteKind
from consilience.records import (
    Attribution,
    Document,
    Mention,
    Passage,
    Stance,
    content_id,
)

_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"”’'»)]*(?=\s|$)|[。！？؟]")
_SENTENCE_CHARS = 1000
# So far a name may stand from its cue word: an office and its place between them.
_REACH_CHARS = 120
# Words in marks that no cue word stands beside are speech from this length on.
_SPEECH_MIN_CHARS = 8
_MARKS = re.compile(
    r"«(?P<a>[^«»]{1,3000})»|»(?P<b>[^«»]{1,3000})«|[“„](?P<c>[^“”„]{1,3000})[”“]"
    r"|\"(?P<d>[^\"]{1,3000})\"|「(?P<e>[^「」]{1,3000})」"
)

# Said on Monday, not by Monday.
_DAY = re.compile(
    r"\s*(?:(?:el|este|esta) (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|día|pasado|mes"
    r"|año|semana|tarde|mañana|noche)|(?:le |ce )?(?:lundi|mardi|mercredi|jeudi|vendredi|samedi"
    r"|dimanche)|(?:na |no )?(?:segunda|terça|quarta|quinta|sexta|sábado|domingo)|(?:am )?(?:montag"
    r"|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)|(?:il )?(?:lunedì|martedì|mercoledì"
    r"|giovedì|venerdì|sabato|domenica))\b",
    re.IGNORECASE,
)

# A name by its capitals; the encoder's names are English ones and hold verbs at times.
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w.’'-]{1,40}"


@dataclass(frozen=True, slots=True)
class _Tongue:
    """The small words of a language that speech is reported with, as patterns."""

    table: str
    according: str
    that: str
    articles: str
    of: str
    joins: str  # what may stand inside a name
    no_names: frozenset[str]  # what may open a sentence and names nobody


_TONGUES = {
    "es": _Tongue(
        "reporting_spanish", "según|de acuerdo con|de acuerdo a", r"\sque\s{1,3}",
        "el|la|los|las|un|una", "de|del|de la", "de|del|la|los|las|y",
        frozenset(
            """
            el la los las un una según en de por y pero al tras además también hay no sin con para
            como cuando este esta
            """.split()
        ),
    ),
    "fr": _Tongue(
        "reporting_french", "selon|d['’]après", r"\s(?:que\s|qu['’]|(?=(?:avoir|être)\s))",
        "le|la|les|un|une|des", "de|du|de la|des|d['’]", "de|du|la|le|des",
        frozenset(
            "le la les un une des selon en de par et mais au aux il elle ce cette dans pour".split()
        ),
    ),
    "pt": _Tongue(
        "reporting_portuguese", "segundo|de acordo com|conforme", r"\sque\s",
        "o|a|os|as|um|uma", "de|do|da|dos|das", "de|do|da|dos|das|e",
        frozenset("o a os as um uma segundo em de por e mas ao no na não foi com para".split()),
    ),
    "de": _Tongue(
        "reporting_german",
        r"laut|nach Angaben|(?<=, )wie(?=[^.,;:\n]{1,120}\b(?:mitteilte|sagte|berichtete|erklärte"
        r"|mitteilten|sagten|berichteten|erklärten|schrieb)\b)",
        r",\sdass\s", "der|die|das|ein|eine|des|dem", "von|vom|der|des", "von|zu|der",
        frozenset("der die das ein eine laut nach in von und aber es er sie ich wir im am".split()),
    ),
    "it": _Tongue(
        "reporting_italian", "secondo|stando a", r"\sche\s",
        "il|lo|la|i|gli|le|un|una", "di|del|della|dei|delle", "di|del|della|de",
        frozenset("il lo la i gli le un una secondo in di per e ma al nel con non è".split()),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Patterns:
    cue: re.Pattern[str]
    according: re.Pattern[str]
    that: re.Pattern[str]
    somebody: re.Pattern[str]
    of: re.Pattern[str]
    name: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    tongue = _TONGUES[language]
    forms = sorted(load_table(tongue.table), key=len, reverse=True)
    return _Patterns(
        cue=re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", re.IGNORECASE),
        according=re.compile(rf"\b(?:{tongue.according})(?!\w)", re.IGNORECASE),
        that=re.compile(rf"[^.,;:\n]{{0,80}}?{tongue.that}"),
        somebody=re.compile(rf"\s*(?:{tongue.articles}) \w{{3,30}}", re.IGNORECASE),
        of=re.compile(rf"\b(?:{tongue.of})\s?$"),
        name=re.compile(rf"{_CAPITAL}(?: (?:(?:{tongue.joins}) ){{0,2}}{_CAPITAL}){{0,5}}"),
    )


def find_speech_abroad(
    document: Document,
    paragraphs: Sequence[Paragraph],
    spans: Sequence[QuoteSpan],
    mentions: Sequence[Mention],
    language_at: Callable[[int], str | None],
) -> Iterator[Attribution]:
    """Quotations with the cue beside them, "dijo que …" and "según …"; a source is a name.

    Of a language whose cue words are not known, the quotations alone; of English nothing.
    """
    quotes: dict[int, list[QuoteSpan]] = {}
    for span in spans:
        if span.depth == 0 and span.kind is QuoteKind.SPEECH:
            quotes.setdefault(span.paragraph, []).append(span)
    readers = {code: _Reader(document, mentions, code) for code in _TONGUES}
    previous: Attribution | None = None
    for number, paragraph in enumerate(paragraphs):
        language = language_at(paragraph.start)
        if language is None:
            continue
        # The marks of English and Spanish are paired with more care.
        held = quotes.get(number, []) if language == "es" else _quotes(document, paragraph, number)
        if language not in _TONGUES:
            for quote in held:
                id_ = content_id("attribution", document.id, str(True), f"{quote.passage.start}")
                yield Attribution(id_, (), (), (quote.passage,), None, None, Stance.SAYS, True)
            continue
        reader = readers[language]
        taken: list[Passage] = []
        for quote in held:
            previous = reader.direct(paragraph, quote, previous)
            taken += [quote.passage, *previous.cue]
            yield previous
        yield from reader.indirect(paragraph, taken)


def _quotes(document: Document, paragraph: Paragraph, number: int) -> list[QuoteSpan]:
    found = []
    for match in _MARKS.finditer(document.text, paragraph.start, paragraph.end):
        words = match[match.lastgroup or 0]
        start = match.start(match.lastgroup or 0) + len(words) - len(words.lstrip())
        words = words.strip()
        is_speech = len(words) >= _SPEECH_MIN_CHARS and (" " in words or not words.isascii())
        if is_speech:
            passage = Passage(document.id, start, start + len(words))
            found.append(QuoteSpan(passage, QuoteKind.SPEECH, 0, False, number))
    return found


class _Reader:
    """Reads paragraphs of one language; it keeps the names whose chains it may give."""

    def __init__(self, document: Document, mentions: Sequence[Mention], language: str) -> None:
        self._tongue = _TONGUES[language]
        self._seen = _patterns(language)
        self._id = document.id
        self._text = document.text
        self._named = sorted((m for m in mentions if m.named), key=lambda m: m.passage)

    def direct(
        self, paragraph: Paragraph, quote: QuoteSpan, previous: Attribution | None
    ) -> Attribution:
        text, passage = self._text, quote.passage
        if quote.continues and previous is not None:
            return self._made(previous.source, previous.cue, passage, direct=True)
        after = self._seen.cue.search(text, passage.end, min(paragraph.end, passage.end + 40))
        if after and not re.search(r"[.;:\n]", text[passage.end + 2 : after.start()]):
            end = _end_of_sentence(text, after.end(), paragraph.end)
            source = self._after(after.end(), end) or self._before(passage.end, after.start())
            return self._made(source, self._words(after), passage, direct=True)
        start = max(paragraph.start, passage.start - _REACH_CHARS)
        before = list(self._seen.cue.finditer(text, start, passage.start))
        if before and not _SENTENCE_END.search(text, before[-1].end(), passage.start - 1):
            begin = _start_of_sentence(text, before[-1].start(), paragraph.start)
            source = self._before(begin, before[-1].start())
            source = source or self._after(before[-1].end(), passage.start)
            return self._made(source, self._words(before[-1]), passage, direct=True)
        return self._made((), (), passage, direct=True)

    def indirect(self, paragraph: Paragraph, taken: Sequence[Passage]) -> Iterator[Attribution]:
        text = self._text
        for cue in self._seen.cue.finditer(text, paragraph.start, paragraph.end):
            if any(p.start <= cue.start() < p.end for p in taken):
                continue
            end = _end_of_sentence(text, cue.end(), paragraph.end)
            begin = _start_of_sentence(text, cue.start(), paragraph.start)
            that = self._seen.that.match(text, cue.end(), end)
            if not that or that.end() >= end:
                yield from self._trailing(cue, begin, end)
                continue
            source = self._after(cue.end(), that.end()) or self._before(begin, cue.start())
            content = Passage(self._id, that.end(), end)
            yield self._made(source, self._words(cue), content, direct=False)
        for cue in self._seen.according.finditer(text, paragraph.start, paragraph.end):
            yield from self._according(paragraph, cue)

    def _trailing(self, cue: re.Match[str], begin: int, end: int) -> Iterator[Attribution]:
        """ "Nine drowned, said the mayor, Ana Ruiz": a sentence, and last who says it."""
        before = self._text[begin : cue.start()].rstrip()
        source = self._after(cue.end(), end)
        if source and before.endswith(",") and " " in before:
            content = Passage(self._id, begin, begin + len(before) - 1)
            yield self._made(source, self._words(cue), content, direct=False)

    def _according(self, paragraph: Paragraph, cue: re.Match[str]) -> Iterator[Attribution]:
        text = self._text
        begin = _start_of_sentence(text, cue.start(), paragraph.start)
        end = _end_of_sentence(text, cue.end(), paragraph.end)
        before = text[begin : cue.start()].rstrip(" ,")
        if len(before) > 1:
            source = self._after(cue.end(), end)
            content = Passage(self._id, begin, begin + len(before))
        else:
            comma = text.find(",", cue.end(), end)
            if comma < 0 or not text[comma + 1 : end].strip():
                return
            source = self._after(cue.end(), comma)
            content = Passage(self._id, comma + 2, end)
        yield self._made(source, self._words(cue), content, direct=False)

    def _after(self, start: int, end: int) -> tuple[Passage, ...]:
        """The first name in a stretch, or else somebody right at its beginning."""
        end = min(end, start + _REACH_CHARS)
        names = self._names(start, end)
        # The secretary of Safety, Luis Mora: what follows "de" belongs to the office.
        own = [
            n for n in names if not self._seen.of.search(self._text, max(0, n.start - 8), n.start)
        ]
        if names:
            return tuple(own[:1]) or names[:1]
        somebody = self._seen.somebody.match(self._text, start, end)
        if somebody is None or _DAY.match(self._text, start, end):
            return ()
        begin = start + len(somebody.group()) - len(somebody.group().lstrip())
        return (Passage(self._id, begin, somebody.end()),)

    def _before(self, start: int, end: int) -> tuple[Passage, ...]:
        start = max(start, end - _REACH_CHARS)
        names = self._names(start, end)[-1:]
        somebody = self._seen.somebody.match(self._text, start, end)
        if names or somebody is None or self._text[somebody.end() : end].strip():
            return names
        begin = start + len(somebody.group()) - len(somebody.group().lstrip())
        return (Passage(self._id, begin, somebody.end()),)

    def _names(self, start: int, end: int) -> tuple[Passage, ...]:
        found = []
        for match in self._seen.name.finditer(self._text, start, end):
            begin = match.start()
            first, _, rest = match.group().partition(" ")
            if first.lower() in self._tongue.no_names:
                if not rest[:1].isupper():
                    continue
                begin += len(first) + 1
            found.append(Passage(self._id, begin, match.end()))
        return tuple(found)

    def _words(self, cue: re.Match[str]) -> tuple[Passage, ...]:
        return (Passage(self._id, cue.start(), cue.end()),)

    def _speaker(self, source: tuple[Passage, ...]) -> str | None:
        """The chain of the named mention that holds the beginning of the source."""
        for passage in source:
            at = bisect_right(self._named, passage.start, key=lambda m: m.passage.start)
            for mention in self._named[max(0, at - 1) : at]:
                if mention.passage.end > passage.start:
                    return mention.chain_id
        return None

    def _made(
        self,
        source: tuple[Passage, ...],
        cue: tuple[Passage, ...],
        content: Passage,
        *,
        direct: bool,
    ) -> Attribution:
        word = self._text[cue[0].start : cue[0].end].lower() if cue else ""
        stance = Stance(load_table(self._tongue.table).get(word, "says"))
        key = [f"{p.start}:{p.end}" for p in (*cue, content)]
        id_ = content_id("attribution", self._id, str(direct), *key)
        speaker = self._speaker(source)
        return Attribution(id_, source, cue, (content,), speaker, None, stance, direct)


def _end_of_sentence(text: str, start: int, end: int) -> int:
    end = min(end, start + _SENTENCE_CHARS)
    match = _SENTENCE_END.search(text, start, end)
    return match.start() if match else end


def _start_of_sentence(text: str, at: int, start: int) -> int:
    last = start = max(start, at - _SENTENCE_CHARS)
    for match in _SENTENCE_END.finditer(text, start, at):
        last = match.end()
    while last < at and text[last].isspace():
        last += 1
    return last
