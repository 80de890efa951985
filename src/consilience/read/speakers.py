"""Which mention speaks: names and their apposition, pronouns, and offices held by one person."""

from collections import Counter
from collections.abc import Iterable, Sequence

from consilience.lexicon import load_words
from consilience.read.cues import Report
from consilience.read.speech import Page, Sentence
from consilience.records import Kind, Mention

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_GENDER = {**dict.fromkeys(_MALE, "male"), **dict.fromkeys(_FEMALE, "female")}
_GENDERED_TITLE = {
    "mr": "male", "mr.": "male", "sir": "male", "lord": "male", "king": "male",
    "mrs": "female", "mrs.": "female", "ms": "female", "ms.": "female", "miss": "female",
    "queen": "female", "lady": "female", "dame": "female",
}  # fmt: skip
_BESIDE = ("appos", "flat", "nmod:desc", "flat:name")
_TITLE_WORDS = 4
_REACH_SENTENCES = 20
# Parts that are not read (credits, boilerplate) may stand between two paragraphs.
_REACH_PARAGRAPHS = 2
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "that", "which", "one"})


class Speakers:
    """The speakers of one document's reports."""

    def __init__(self, page: Page, mentions: Sequence[Mention]) -> None:
        self._page = page
        self._mentions = sorted(mentions, key=lambda m: m.passage)
        self._by_word: dict[int, list[Mention]] = {}
        starts = {w.start for s in page.sentences for w in s.parse.words}
        for mention in self._mentions:
            for at in range(mention.passage.start, mention.passage.end):
                if at in starts:
                    self._by_word.setdefault(at, []).append(mention)
        self._named = {m.chain_id for m in mentions if m.named}
        text = page.document.text
        self._described = {
            m.chain_id
            for m in mentions
            if text[m.passage.start : m.passage.end].lower() not in _PRONOUNS | _GENDER.keys()
        }
        self._people = {m.chain_id for m in mentions if m.named and m.kind is Kind.PERSON}
        self._titled = [m for m in self._mentions if m.title and m.named]
        self._gender = self._genders()
        self._resolved: dict[tuple[int, int], str | None] = {}

    def of(self, sentence: Sentence, report: Report) -> str | None:
        """The chain of a report's source, None where nobody is named or it cannot be known."""
        if report.source_head is None:
            return None
        key = sentence.number, report.source_head
        if key not in self._resolved:
            self._resolved[key] = None  # a report that asks for itself finds nobody
            self._resolved[key] = self._speaker(sentence, report)
        return self._resolved[key]

    def at(self, start: int) -> str | None:
        """The chain of the named mention that a word belongs to."""
        return next((m.chain_id for m in self._by_word.get(start, ()) if m.named), None)

    def _speaker(self, sentence: Sentence, report: Report) -> str | None:
        assert report.source_head is not None
        word = sentence.parse.words[report.source_head]
        mention = self._mention_of(sentence, report.source_head)
        lower = word.text.lower()
        if mention is not None and mention.named:
            return mention.chain_id
        if lower in _GENDER or lower in _PRONOUNS:
            joined = mention is not None and mention.chain_id in self._described
            ruled = None
            if lower in _GENDER and not self._is_overshadowed(sentence, report.source_head):
                # "Ana Lund walked in. “It leaks,” she said.": nobody else comes between.
                ruled = self._antecedent(sentence, report, _GENDER[lower], near=joined)
            return ruled or (mention.chain_id if mention is not None and joined else None)
        holder = self._holder(sentence, report)
        if holder is not None:
            return holder
        return mention.chain_id if mention is not None else None

    def _mention_of(self, sentence: Sentence, head: int) -> Mention | None:
        """A name that is the source or stands in apposition to it, or else a description."""
        tree = sentence.tree
        near = [head, *tree.with_relation(head, *_BESIDE)]
        near += [c for n in near[1:] for c in tree.with_relation(n, *_BESIDE)]
        found = [m for n in near for m in self._by_word.get(sentence.parse.words[n].start, ())]
        for mention in found:
            if mention.named and mention.kind is Kind.PERSON:
                return mention
        heads = self._by_word.get(sentence.parse.words[head].start, ())
        named = next((m for m in heads if m.named), None)
        return named or self._behind_comma(sentence, head) or next(iter(heads), None)

    def _behind_comma(self, sentence: Sentence, head: int) -> Mention | None:
        """The chair of the league, Omar Pell, …: the name behind the first comma of an office."""
        words = sentence.parse.words
        if words[head].upos != "NOUN" or words[head].kind != "person":
            return None
        below = sentence.tree.subtree(head)
        comma = next((i for i in range(head + 1, len(words)) if words[i].text == ","), None)
        if comma is None or any(i not in below for i in range(head + 1, comma)):
            return None
        for i in range(comma + 1, min(comma + 1 + _TITLE_WORDS, len(words))):
            for mention in self._by_word.get(words[i].start, ()):
                if mention.named and mention.kind is Kind.PERSON:
                    return mention if i in below else None
            if words[i].upos not in ("PROPN", "NOUN", "ADJ"):
                return None
        return None

    def _genders(self) -> dict[str, str]:
        votes: dict[str, Counter[str]] = {}
        for mention in self._mentions:
            text = self._page.document.text[mention.passage.start : mention.passage.end].lower()
            start = mention.passage.start
            before = self._page.document.text[max(0, start - 12) : start].split()[-1:]
            gender = _GENDER.get(text) or _GENDERED_TITLE.get(before[0].lower() if before else "")
            gender = gender or _GENDERED_TITLE.get(text.split(" ", 1)[0])
            if gender:
                votes.setdefault(mention.chain_id, Counter())[gender] += 1
        return {
            chain: count.most_common(1)[0][0] for chain, count in votes.items() if len(count) == 1
        }

    def _antecedent(
        self, sentence: Sentence, report: Report, gender: str, *, near: bool
    ) -> str | None:
        """The one person a pronoun can mean: of its sentence, its paragraph, or the one before.

        `near` stops at the paragraph's edge.
        """
        spoken_of = self._spoken_of(sentence, report)
        for chains in self._candidates(sentence, report, near=near):
            fitting = sorted(
                {c for c in chains if self._gender.get(c, gender) == gender} - spoken_of
            )
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
            if chains:
                return None
        return None

    def _spoken_of(self, sentence: Sentence, report: Report) -> set[str]:
        """Those named beside the verb of a report: in “he said of Lund” he is not Lund."""
        words = sentence.parse.words
        beside = (i for i in sentence.tree.with_relation(report.head, "obl", "obj", "iobj", "nmod"))
        found = (m.chain_id for i in beside for m in self._by_word.get(words[i].start, ())
                 if m.named)  # fmt: skip
        return set(found)

    def _is_overshadowed(self, sentence: Sentence, head: int) -> bool:
        """Whether a pronoun may mean somebody described: "The envoy left. He said …"."""
        near = [(sentence, range(head))]
        if sentence.number:
            before = self._page.sentences[sentence.number - 1]
            if before.paragraph == sentence.paragraph and not self._subjects(sentence, before=head):
                near.append((before, range(len(before.parse.words))))
        for other, numbers in near:
            for i in numbers:
                word = other.parse.words[i]
                if word.deprel not in ("nsubj", "nsubj:pass") or other.quoted[i] >= 0:
                    continue
                mention = self._mention_of(other, i)
                follows = other.parse.words[i + 1 : i + 2]
                torn = bool(follows) and follows[0].name.endswith("PER")
                office = word.lemma.lower() in load_words("offices")
                described = office and not torn and "Number=Plur" not in word.feats
                if not described or (mention is not None and mention.chain_id in self._named):
                    continue
                known = [self.of(other, r) for r in other.reports if r.source_head == i]
                if not any(speaker in self._people for speaker in known):
                    return True
        return False

    def _candidates(self, sentence: Sentence, report: Report, *, near: bool) -> Iterable[list[str]]:
        """Persons that may be meant, the nearest group first; empty groups are passed over."""
        assert report.source_head is not None
        yield self._subjects(sentence, before=report.source_head)
        number = sentence.number - 1
        # What the pronoun's person says, sentence after sentence, names nobody for it.
        while number >= 0 and all(q >= 0 for q in self._outside(self._page.sentences[number])):
            number -= 1
        if number < 0:
            return
        before = self._page.sentences[number]
        if before.paragraph == sentence.paragraph:
            yield self._persons(before)
        elif not near and sentence.paragraph - before.paragraph <= _REACH_PARAGRAPHS:
            group: list[str] = []
            first = max(0, number - _REACH_SENTENCES)
            while number >= first and self._page.sentences[number].paragraph == before.paragraph:
                earlier = self._page.sentences[number]
                group += self._speaking(earlier) or self._named_in(earlier)
                number -= 1
            yield group

    def _outside(self, sentence: Sentence) -> list[int]:
        words = zip(sentence.parse.words, sentence.quoted, strict=True)
        return [quoted for word, quoted in words if word.upos != "PUNCT"]

    def _persons(self, sentence: Sentence) -> list[str]:
        """Whoever speaks in a sentence, or else acts in it."""
        return self._speaking(sentence) or self._subjects(sentence)

    def _speaking(self, sentence: Sentence) -> list[str]:
        speakers = [
            self.of(sentence, report)
            for report in sentence.reports
            if sentence.quoted[report.head] < 0
        ]
        return [c for c in speakers if c is not None and c in self._people]

    def _named_in(self, sentence: Sentence) -> list[str]:
        spoken_of = {c for r in sentence.reports for c in self._spoken_of(sentence, r)}
        return [
            m.chain_id
            for word, quoted in zip(sentence.parse.words, sentence.quoted, strict=True)
            for m in self._by_word.get(word.start, ())
            if quoted < 0 and m.named and m.kind is Kind.PERSON and m.chain_id not in spoken_of
        ]

    def _subjects(self, sentence: Sentence, before: int | None = None) -> list[str]:
        found = []
        tree = sentence.tree
        for i, word in enumerate(tree.words[:before]):
            if word.deprel in ("nsubj", "nsubj:pass") and sentence.quoted[i] < 0:
                mention = self._mention_of(sentence, i)
                if mention is None or mention.kind is not Kind.PERSON:
                    continue
                if mention.chain_id in self._named:
                    found.append(mention.chain_id)
        return found

    def _holder(self, sentence: Sentence, report: Report) -> str | None:
        """The only person named so far with the office that stands for him: "the minister"."""
        assert report.source_head is not None
        words = sentence.parse.words
        head = words[report.source_head]
        if head.lemma.lower() not in load_words("offices") or "Number=Plur" in head.feats:
            return None
        if not any(
            sentence.tree.lower(c) in ("the", "his", "her", "their", "'s", "’s")
            for c in report.source
        ):
            return None
        role = {
            words[i].text.lower()
            for i in report.source
            if words[i].upos in ("NOUN", "PROPN", "ADJ") and i <= report.source_head
        }
        chains = set()
        for mention in self._titled:
            if mention.passage.start >= head.start:
                break
            if mention.title:
                title = {w.strip(",.").lower() for w in mention.title.split()}
                if head.text.lower() in title and role <= title | {head.text.lower()}:
                    chains.add(mention.chain_id)
        return chains.pop() if len(chains) == 1 else None
