"""What documents themselves say is not known, or not told yet: “Police do not know why.”"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from consilience.records import Case, Document, Kind, Missing, PartKind, Passage, When
from consilience.tell.sentences import can_stand_alone, part_of, quoted, words_of
from consilience.wording import label, say_when

# What stands between "not" and the verb: "not yet been publicly".
_SO_FAR = r"(?:(?:yet|still|been|made|\w+ly) ){0,3}"
_CUE = re.compile(
    r"\b(?:not|never) " + _SO_FAR + r"(?:know|known|clear|sure|certain|released?|identify"
    r"|identified|name|named|determined?|established?|disclosed?|confirmed?|say|saying|specify|specified"
    r"|reveal|revealed|provided?|give|given|explain|explained|announced?|available)\b"
    r"|n['’]t " + _SO_FAR + r"(?:know|known|clear|sure|certain|released?|identify|identified|say"
    r"|name|named|determined?|saying|specify|provide|give|available)\b"
    r"|\b(?:unclear|unknown|undetermined|unexplained|under investigation|withheld|withholding)\b"
    r"|\b(?:declin|refus)(?:e|es|ed|ing) to (?:say|give|identify|name|release|disclose|specify)\b"
    r"|\b(?:has|have|had) yet to (?:be )?(?:identify|identified|determined?|released?|say|named?"
    r"|establish|established|explain|explained|disclosed?)\b"
    r"|\btrying to (?:determine|establish|find out|learn|figure out|work out|identify)\b"
    r"|\b(?:investigating|looking into)\b"
    r"|\bno arrests?\b|\b(?:no ?(?:group|one|body)|nobody) (?:\w+ ){0,2}claimed responsibility\b"
    r"|\bno (?:known |clear |apparent |immediate |official )?(?:(?=(?:motives?|suspects?|cause)\b)"
    r"|(?:word|details?|information|explanation|indication)\b)",
    re.IGNORECASE,
)
# Who says "I don't know" speaks of more than the event.
_OWN = re.compile(
    r"\b(?:I|we|you)(?: \w+)? ?(?:do|did|would|could|have|can|am|are)?\Z", re.IGNORECASE
)
_ASKING = re.compile(r"\b(?:if|whether|how|when|where|what|why|who)\b", re.IGNORECASE)
_BREAK = re.compile(r"[;:.!?“”\"]|,? (?:but|although|though|which|while|because) ", re.IGNORECASE)
# A cue and what it is about stand this near in one clause. By eye.
_NEAR_CHARS = 50
# "It is not clear who …" leans on nothing before it.
_EMPTY_SUBJECT = re.compile(
    r"(?:it|there)(?: (?:is|was|are|were|remain(?:s|ed))|['’]s|(?: is| was)?n['’]t)\b",
    re.IGNORECASE,
)


def _any(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_ANYTHING, _NOTHING = _any(""), _any(r"(?!)")
_VICTIM = (
    r"(?:victims?|dead|deceased|killed|injured|wounded|m[ae]n|wom[ae]n|boys?|girls?|child|children"
    r"|teenagers?|teens?|toddler|infant|baby|students?|officers?|passengers?|driver|persons?"
    r"|people|couple|brothers|sisters|mother|father)"
)
_CULPRIT = r"(?:suspects?|shooters?|gunm[ae]n|attackers?|assailants?|perpetrators?|arsonists?)"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A slot as documents ask of it: the words for it, and the words that answer it.

    `cue`: what the words of not knowing must be here. `never`: where these stand it is not open.
    `by_name`: who is named answers it.
    """

    slot: str
    opening: str
    words: re.Pattern[str]
    answer: re.Pattern[str] | None
    cue: re.Pattern[str] = _ANYTHING
    never: re.Pattern[str] = _NOTHING
    by_name: bool = False


_ASKED = (
    _Asked(
        "cause",
        "Why it happened",
        _any(
            r"\bwhy (?:it|this|he did|she did|they did)\b|\bwhy(?=[.,”\"]|\Z)"
            r"|\bwhy (?:\w+ ){1,6}?(?:shot|fired?|opened fire|attack\w*|kill\w*|stabbed|happened"
            r"|occurred|crashed|collapsed|exploded|sank|capsized|derailed|fell|failed|broke|began"
            r"|started|targeted|acted)\b|\bmotives?\b|\b(?:the|its|what|no) cause\b(?! of death)"
            r"|\bwhat (?:\w+ )?(?:caused|led to|sparked|prompted|started|triggered|set off)\b"
            r"|\bhow the \w+ (?:started|began|broke out)\b"
        ),
        _any(
            r"\b(?:because of|motivated by|stemmed from|arguments?|disputes?|feud|retaliat\w+"
            r"|revenge|caused by|due to|blamed on|domestic|robbery|motive)\b"
        ),
    ),
    _Asked(
        "agent",
        "Who did it",
        _any(
            r"\bwho (?:\w+ )?(?:fired|shot|did|was behind|carried|planted|killed|attacked|stabbed"
            r"|set|started|opened|(?:is|was|were) responsible)\b|\barrests?\b|\bresponsibility\b"
            rf"|\b{_CULPRIT}\b(?!['’]s? (?:motive|condition))"
        ),
        _any(
            r"\b(?:charged|arrested|convicted|indicted|sentenced|accused|pleaded|pled|confessed"
            rf"|identified|booked|{_CULPRIT})\b"
        ),
        _any(r"identif|nam|unknown|releas|withh|know|clear|\bno|determin|say"),
        never=_any(r"\b(?:charged|faces|booked|in custody)\b"),
        by_name=True,
    ),
    _Asked(
        "patient",
        "Who the victims were",
        _any(
            r"\b(?:names?|identit(?:y|ies)|identification)"
            rf" of (?:the |a |both |those )?(?:\w+ ){{0,2}}{_VICTIM}\b"
            rf"|\b{_VICTIM}['’]s? (?:name|identit)\w*"
            rf"|\bidentif(?:y|ied) (?:the |a |any )?(?:\w+ )?{_VICTIM}\b"
            rf"|\b{_VICTIM} (?:has|have|had|was|were)\b"
        ),
        _any(r"\b(?:identified|killed|died|dead|victims?|injured|wounded|slain|shot|funeral)\b"),
        _any(r"identif|name|releas|withh"),
        by_name=True,
    ),
    _Asked(
        "killed",
        "How many people were killed",
        _any(
            r"\bhow many (?:\w+ ){0,4}(?:killed|dead|died)\b|\bdeath toll\b"
            r"|\bnumber of (?:dead|deaths|fatalities|people killed)\b"
        ),
        None,
    ),
    _Asked(
        "injured",
        "How many people were hurt",
        _any(
            r"\bhow many (?:\w+ ){0,4}(?:injured|hurt|wounded)\b"
            r"|\bnumber of (?:injured|wounded|injuries|people injured)\b"
        ),
        None,
    ),
    _Asked(
        "weapon",
        "What weapon was used",
        _any(
            r"\b(?:what )?(?:kind|type|sort) of (?:weapon|gun|firearm|knife|explosive|device)\b"
            r"|\b(?:what|which) weapon\b"
        ),
        _any(r"\b(?:rifle|pistol|handgun|shotgun|revolver|caliber|calibre|9 ?mm)\b"),
    ),
    _Asked(
        "decided_by",
        "Who decided it",
        _any(r"\bwho (?:\w+ )?(?:ordered|decided|authori[sz]ed|approved|gave the order)\b"),
        None,
    ),
)


@dataclass(frozen=True, slots=True)
class _Page:
    """A document as it is searched; `named`: where people are named who do not speak there."""

    document: Document
    sentences: tuple[Passage, ...]
    named: tuple[Passage, ...]

    @property
    def day(self) -> str:
        """The day it was written, as it sorts; before all others where it is not known."""
        published = self.document.published
        if published is None or published.start is None:
            return ""
        return published.start.date().isoformat()


def left_open(case: Case, filled: Set[str]) -> Iterator[Missing]:
    """For each slot that no finding fills, what documents say last of not knowing it.

    What is told later, or by name on the same day, is not open.
    """
    main = case.events[0]
    own = {main.id, *(e.id for e in case.events if e.part_of_id == main.id)}
    told = (_page(case, document, own) for document in case.documents)
    pages = sorted(told, key=lambda p: (p.day, p.document.id))
    for asked in _ASKED:
        if asked.slot in filled:
            continue
        found = [(p, s) for p in pages for s in p.sentences if _is_open(p, s, asked)]
        if not found:
            continue
        last = found[-1][0].day
        page, sentence = next((p, s) for p, s in found if p.day == last)
        if not any(_is_answered(p, last, asked) for p in pages):
            words = quoted(words_of(page.document, sentence))
            text = f"{asked.opening} is left open: {words} ({_imprint(page.document)})"
            yield Missing(main.id, asked.slot, text, (sentence,))


def is_not_known(sentence: str) -> bool:
    """Whether a sentence says of something that it is not known or not told."""
    return _CUE.search(sentence) is not None


def _page(case: Case, document: Document, own: Set[str]) -> _Page:
    """The sentences that tell of one of these events, or of none that is known."""
    main = case.events[0]
    reading = case.readings.get(document.id)
    if reading is None:
        return _Page(document, (), ())
    sources = sorted({s for a in reading.attributions for s in a.source})
    return _Page(
        document,
        tuple(
            s
            for s in reading.sentences
            if case.event_by_sentence.get(s, main.id) in own
            and part_of(document, s) in {PartKind.BODY, PartKind.HEADLINE}
        ),
        tuple(
            sorted(
                m.passage
                for m in reading.mentions
                if m.named and m.kind is Kind.PERSON and not _is_inside(m.passage, sources)
            )
        ),
    )


def _is_inside(passage: Passage, sources: Sequence[Passage]) -> bool:
    k = bisect_right(sources, passage.start, key=lambda p: p.start) - 1
    return k >= 0 and passage.end <= sources[k].end


def _imprint(document: Document) -> str:
    if document.published is None:
        return label(document)
    day = When(None, None, document.published.value.split("T")[0])
    return f"{label(document)}, {say_when(day)}"


def _is_open(page: _Page, sentence: Passage, asked: _Asked) -> bool:
    words = words_of(page.document, sentence)
    is_readable = can_stand_alone(page.document, sentence) or (
        _EMPTY_SUBJECT.match(words) is not None
        and part_of(page.document, sentence) is PartKind.BODY
        and len(words.split()) >= 4
    )
    if not is_readable:
        return False
    if asked.never.search(words):
        return False
    spans = [m.span() for m in asked.words.finditer(words)]
    return any(
        asked.cue.search(cue[0]) and not _OWN.search(words[: cue.start()])
        and _is_about(words, cue, span)
        for cue in (_CUE.finditer(words) if spans else ())
        for span in spans
    )  # fmt: skip


def _is_about(words: str, cue: re.Match[str], span: tuple[int, int]) -> bool:
    """Whether one clause holds both, and the cue is of this question and of no other."""
    start, end = span
    if end <= cue.start():
        return _is_one_clause(words[end : cue.start()])
    if start >= cue.end():
        between = words[cue.end() : start]
        return _is_one_clause(between) and _ASKING.search(between) is None
    return True


def _is_one_clause(between: str) -> bool:
    return len(between) <= _NEAR_CHARS and _BREAK.search(between) is None


def _is_answered(page: _Page, last: str, asked: _Asked) -> bool:
    """Whether a page tells it: later than `last`, or by name on no earlier day."""
    if asked.answer is None or (page.day and page.day < last):
        return False
    if not asked.by_name and page.day == last:
        return False
    return any(
        asked.answer.search(words)
        and not (_CUE.search(words) and asked.words.search(words))
        and (not asked.by_name or _is_named(page.named, sentence))
        for sentence in page.sentences
        if (words := words_of(page.document, sentence))
    )


def _is_named(named: Sequence[Passage], sentence: Passage) -> bool:
    k = bisect_left(named, sentence.start, key=lambda p: p.start)
    return k < len(named) and named[k].end <= sentence.end
