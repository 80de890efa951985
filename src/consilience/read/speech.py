"""Quoted words joined to the reporting words that name their speaker, paragraph by paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass

from consilience.read.colons import after_dash, before_colon
from consilience.read.cues import Report
from consilience.read.encoder import Parse
from consilience.read.quotations import Paragraph, QuoteSpan
from consilience.read.quote_kinds import QuoteKind
from consilience.read.reports import beside_quote, find_reports
from consilience.read.sources import is_somebody, noun_phrase
from consilience.read.syntax import Tree, to_tree
from consilience.records import Document, Stance


@dataclass(frozen=True, slots=True)
class Sentence:
    """A parsed sentence; `quoted[i]` numbers the quotation that word i stands in, -1 for none."""

    number: int
    paragraph: int
    parse: Parse
    tree: Tree
    quoted: tuple[int, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Cue:
    """A report and the number of the sentence it stands in."""

    sentence: int
    report: Report


@dataclass(frozen=True, slots=True)
class Page:
    """A document laid out: its sentences, its outermost quotations, and the cue of each."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    quotes: tuple[QuoteSpan, ...]
    cues: tuple[Cue | None, ...]


def lay_out(
    document: Document,
    parses: Sequence[Parse],
    paragraphs: Sequence[Paragraph],
    spans: Sequence[QuoteSpan],
) -> Page:
    quotes = tuple(s for s in spans if s.depth == 0 and s.kind is QuoteKind.SPEECH)
    sentences = tuple(_sentences(parses, paragraphs, quotes))
    cues = _Cues(document, paragraphs, sentences, quotes).found()
    return Page(document, tuple(paragraphs), sentences, quotes, cues)


def _sentences(
    parses: Sequence[Parse], paragraphs: Sequence[Paragraph], quotes: Sequence[QuoteSpan]
) -> list[Sentence]:
    sentences = []
    paragraph = quote = 0
    for number, parse in enumerate(sorted(parses, key=lambda p: p.start)):
        while paragraph + 1 < len(paragraphs) and paragraphs[paragraph + 1].start <= parse.start:
            paragraph += 1
        while quote < len(quotes) and quotes[quote].passage.end <= parse.start:
            quote += 1
        quoted = []
        inside = quote
        for word in parse.words:
            while inside < len(quotes) and quotes[inside].passage.end <= word.start:
                inside += 1
            held = inside < len(quotes) and quotes[inside].passage.start <= word.start
            quoted.append(inside if held else -1)
        tree = to_tree(parse)
        reports = find_reports(tree, quoted)
        sentences.append(Sentence(number, paragraph, parse, tree, tuple(quoted), reports))
    return sentences


class _Cues:
    """Finds the cue of each quotation of one document."""

    def __init__(
        self,
        document: Document,
        paragraphs: Sequence[Paragraph],
        sentences: Sequence[Sentence],
        quotes: Sequence[QuoteSpan],
    ) -> None:
        self._text = document.text
        self._paragraphs = paragraphs
        self._sentences = sentences
        self._quotes = quotes
        self._first_of: dict[int, int] = {}
        for number, quote in enumerate(quotes):
            self._first_of.setdefault(quote.paragraph, number)
        self._of_quote: list[list[int]] = [[] for _ in quotes]
        for sentence in sentences:
            for q in sorted(set(sentence.quoted) - {-1}):
                self._of_quote[q].append(sentence.number)

    def found(self) -> tuple[Cue | None, ...]:
        cues: list[Cue | None] = []
        for q in range(len(self._quotes)):
            cue = self._own(q) or self._after_colon(q) or self._governor(q) or self._signed(q)
            cues.append(cue or self._carried(q, cues))
        for q in range(len(self._quotes) - 1, 0, -1):
            # The speaker of a quotation that runs over paragraphs may be named at its end.
            if self._quotes[q].continues and cues[q - 1] is None:
                cues[q - 1] = cues[q]
        return tuple(cues)

    def _own(self, q: int) -> Cue | None:
        """The cue in a sentence that holds words of the quotation, or right after it."""
        best: tuple[int, Cue] | None = None
        for number in self._of_quote[q]:
            sentence = self._sentences[number]
            for report in sentence.reports:
                if sentence.quoted[report.head] >= 0:
                    continue
                distance = self._distance(sentence, report, q)
                if distance is not None and _follows(sentence, report, q):
                    # “…,” Lund said, the Courier reported: who is named first says it.
                    return Cue(number, report)
                if distance is not None and (best is None or distance < best[0]):
                    best = distance, Cue(number, report)
        if best is not None:
            return best[1]
        return self._beside(q) or self._next_sentence(q)

    def _distance(self, sentence: Sentence, report: Report, q: int) -> int | None:
        """How far a cue is from the quotation it may govern, None where it does not."""
        words = sentence.parse.words
        mine = [i for i, quote in enumerate(sentence.quoted) if quote == q]
        clause = report.cue | report.source
        linked = sum(i in report.content for i in mine) * 2 > len(mine)
        if linked and report.head not in mine:
            # The innermost of several: the one with the least content.
            return len(report.content)
        between = _between(clause, mine, report.head)
        if between is None:
            return None
        if any(
            words[i].upos == "VERB" and sentence.tree.with_relation(i, "nsubj") for i in between
        ):
            return None
        if report.head > mine[-1] and not self._ends_open(q):
            return None
        loose = sum(words[i].upos != "PUNCT" for i in between)
        return 1000 + loose if loose <= _REACH_WORDS else None

    def _ends_open(self, q: int) -> bool:
        """Whether the quotation ends as one does before its speaker is named."""
        end = self._quotes[q].passage.end
        return self._last_char(q) in ",?!—–-…" or self._text[end + 1 : end + 2] in (",", "—", "–")

    def _beside(self, q: int) -> Cue | None:
        """Any verb with its subject right after the quotation: “…,” she shrugged."""
        for number in self._of_quote[q][-1:]:
            sentence = self._sentences[number]
            last = max(i for i, quote in enumerate(sentence.quoted) if quote == q)
            if self._ends_open(q):
                report = beside_quote(sentence.tree, last, sentence.quoted)
                if report is not None:
                    return Cue(number, report)
        return None

    def _next_sentence(self, q: int) -> Cue | None:
        """“Why?” Lund asked: the closing mark has cut the sentence before its cue."""
        if not self._of_quote[q]:
            return None
        number = self._of_quote[q][-1] + 1
        if number >= len(self._sentences) or self._last_char(q) not in _SENTENCE_END + ",":
            return None
        sentence = self._sentences[number]
        if sentence.paragraph != self._quotes[q].paragraph or sentence.quoted[0] >= 0:
            return None
        if self._last_char(q) == "." and len(sentence.quoted) > _BARE_CUE_MAX_WORDS:
            return None
        for report in sentence.reports:
            first = min(report.cue | report.source)
            said = any(sentence.quoted[w] < 0 for w in report.content)
            apart = sentence.parse.words[report.head].deprel == "acl:relcl"
            if report.source_head is not None and first <= 1 and not said and not apart:
                return Cue(number, report)
        return None

    def _last_char(self, q: int) -> str:
        """The last character of a quotation, the marks that close others within it left out."""
        passage = self._quotes[q].passage
        last = passage.end - 1
        while last > passage.start and self._text[last] in "\"”’'»":
            last -= 1
        return self._text[last]

    def _after_colon(self, q: int) -> Cue | None:
        """Lind is shown at the gate, shouting: “…”. The subject speaks, if it is a person."""
        if not self._of_quote[q]:
            return None
        sentence = self._sentences[self._of_quote[q][0]]
        words = sentence.parse.words
        opening = sentence.quoted.index(q) - 1
        while opening > 0 and words[opening].upos == "PUNCT" and words[opening].text != ":":
            opening -= 1
        if opening <= 0 or words[opening].text != ":":
            return None
        report = before_colon(sentence.tree, opening, sentence.quoted)
        return Cue(sentence.number, report) if report else None

    def _governor(self, q: int) -> Cue | None:
        """The nearest reporting word above the quoted words in the tree."""
        for number in self._of_quote[q][:1]:
            sentence = self._sentences[number]
            first = sentence.quoted.index(q)
            reports = {r.head: r for r in sentence.reports if sentence.quoted[r.head] < 0}
            for above in sentence.tree.ancestors(first):
                report = reports.get(above)
                if report is not None and report.source_head is not None and above < first:
                    return Cue(number, report)
        return None

    def _carried(self, q: int, cues: Sequence[Cue | None]) -> Cue | None:
        """The cue of what comes right before, where the quotation goes on from it."""
        quote = self._quotes[q]
        if not self._of_quote[q]:
            return cues[q - 1] if quote.continues and q else None
        first = self._sentences[self._of_quote[q][0]]
        begins = all(w.upos == "PUNCT" for w in first.parse.words[: first.quoted.index(q)])
        if not begins:
            same = q and cues[q - 1] is not None and first.number in self._of_quote[q - 1]
            return cues[q - 1] if same else None
        if quote.continues and q:
            return cues[q - 1]
        if first.number == 0:
            return None
        before = self._sentences[first.number - 1]
        if before.paragraph == first.paragraph:
            last = cues[q - 1] if q else None
            if last is not None and last.sentence == before.number:
                return last
            return self._of_sentence(before, cues) or self._of_subject(q, before, cues)
        if before.paragraph == first.paragraph - 1:
            return self._announced(before) or self._goes_on(q, cues)
        return None

    def _goes_on(self, q: int, cues: Sequence[Cue | None]) -> Cue | None:
        """The cue of the paragraph before, where both begin with a quotation and this is no more.

        In PolNeAR's train part (200 articles) the source has the same head in 17 of 22 such cases.
        """
        if q == 0 or cues[q - 1] is None:
            return None
        quote = self._quotes[q]
        paragraph = self._paragraphs[quote.paragraph]
        alone = paragraph.end - quote.passage.end <= _MARKS_CHARS
        opening = self._quotes[self._first_of[self._quotes[q - 1].paragraph]]
        at = self._paragraphs[opening.paragraph].start
        if not alone or opening.passage.start - at > _MARKS_CHARS:
            return None
        return cues[q - 1] if self._quotes[q - 1].paragraph == quote.paragraph - 1 else None

    def _of_sentence(self, sentence: Sentence, cues: Sequence[Cue | None]) -> Cue | None:
        """Who speaks in a sentence: the cue of its last quotation, or its outermost report."""
        inside = [quote for quote in sentence.quoted if 0 <= quote < len(cues)]
        if inside:
            return cues[inside[-1]]
        for report in sentence.reports:
            if report.source_head is not None and report.content:
                return Cue(sentence.number, report)
        return None

    def _of_subject(self, q: int, before: Sentence, cues: Sequence[Cue | None]) -> Cue | None:
        """The mayor was angry. “We were lied to.” Whoever the sentence before is about speaks."""
        passage = self._quotes[q].passage
        whole = self._text[passage.start].isupper() and self._last_char(q) in _SENTENCE_END
        if not whole or any(quoted >= 0 for quoted in before.quoted):
            return None
        tree = before.tree
        root = next((i for i, w in enumerate(tree.words) if w.head < 0), None)
        if root is None:
            return None
        subjects = tree.with_relation(root, "nsubj", "nsubj:pass")
        if len(subjects) != 1 or not is_somebody(tree, subjects[0]):
            return None
        earlier = cues[q - 1] if q and self._quotes[q - 1].paragraph == before.paragraph else None
        if earlier is not None and not tree.words[subjects[0]].name.endswith("PER"):
            return earlier
        source = noun_phrase(tree, subjects[0])
        report = Report(root, frozenset(), source, subjects[0], frozenset(), Stance.SAYS)
        return Cue(before.number, report)

    def _signed(self, q: int) -> Cue | None:
        """“We were lied to.” — Rita Palm, mayor: a name behind a dash, and nothing else."""
        if not self._of_quote[q]:
            return None
        end = self._quotes[q].passage.end
        last = self._of_quote[q][-1]
        for number in range(last, min(last + 2, len(self._sentences))):
            sentence = self._sentences[number]
            words = sentence.parse.words
            first = next(
                (i for i, w in enumerate(words) if w.start >= end and w.text not in _MARKS), None
            )
            if first is None:
                continue
            report = after_dash(sentence.tree, first, sentence.quoted)
            near = words[first].start - end <= _SIGNED_CHARS
            return Cue(number, report) if report is not None and near else None
        return None

    def _announced(self, sentence: Sentence) -> Cue | None:
        """A cue that ends its paragraph and waits for words: “He added:”, “She went on.”"""
        ends = sentence.parse.words[-1].text == ":"
        for report in sentence.reports:
            if report.source_head is None or sentence.quoted[report.head] >= 0:
                continue
            if report.stance is Stance.BELIEVES:
                continue
            if ends or not report.content:
                return Cue(sentence.number, report)
        last = len(sentence.parse.words) - 1
        if ends and (subject := before_colon(sentence.tree, last, sentence.quoted)):
            return Cue(sentence.number, subject)
        return None


_SENTENCE_END = ".?!…"
_MARKS = frozenset("\"“”'‘’«»")
# A closing mark, blanks and the end of a line between words and the dash before a name.
_SIGNED_CHARS = 4
# “We go.” Lund said. A longer sentence after a full stop is one of its own.
_BARE_CUE_MAX_WORDS = 6
_MARKS_CHARS = 2  # a closing mark and a full stop
# A cue stands this close to the quotation it governs without being joined to it by syntax.
_REACH_WORDS = 12


def _follows(sentence: Sentence, report: Report, q: int) -> bool:
    """Whether a cue with its source stands right behind the quotation that opens its sentence."""
    opening = sentence.quoted.index(q)
    if any(w.upos != "PUNCT" for w in sentence.parse.words[:opening]):
        return False
    last = max(i for i, quote in enumerate(sentence.quoted) if quote == q)
    first = min((w for w in report.cue | report.source if w > last), default=None)
    if first is None or report.head < last or not report.source:
        return False
    return all(w.upos == "PUNCT" for w in sentence.parse.words[last + 1 : first])


def _between(clause: frozenset[int], mine: Sequence[int], head: int) -> range | None:
    """The words between a reporting clause and the quotation; None where one is in the other."""
    if head < mine[0]:
        return range(max(w for w in clause if w < mine[0]) + 1, mine[0])
    if head > mine[-1]:
        after = [w for w in clause if w > mine[-1]]
        return range(mine[-1] + 1, min(after))
    return None
