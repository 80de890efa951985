"""Who takes part in a proposition, as an answer: somebody named, or the words for a body."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consilience.lexicon import load_table
from consilience.records import (
    Argument,
    EntityRef,
    Kind,
    Mention,
    Passage,
    Proposition,
    Reading,
    Text,
    Value,
)
from consilience.weigh.asked import AskedPage
from consilience.weigh.forces import kinds

_PRONOUNS = frozenset(
    "i me my we us our you your he him his she her it its they them their who whom whose which that"
    " this these those there one ones all some others another someone somebody anyone anybody"
    " everyone everybody nobody no-one none himself herself themselves itself both each".split()
)
_MARKS = frozenset('"“”‘')
_STANDING_FOR = frozenset({"they", "it", "he", "she", "we"})
# Heads that say nothing of who it was.
_EMPTY_HEADS = frozenset(
    "people person persons others other man men woman women individual individuals victim victims"
    " male males female females case thing things something anything suspect suspects family"
    " families friend friends old".split()
)
# How many there were is another question.
_NUMBER = (
    r"(?:\d[\d,.]{0,20}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w{1,9}teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w{1,9})?|dozens of|dozen|hundreds of"
    r"|thousands of|scores of|tens of thousands of|several|many|some|about|around|nearly|almost"
    r"|hundred|thousand|over|at least|at most|up to|more than|fewer than|less than|as many as"
    r"|roughly)"
)
_LEADING = re.compile(
    rf"(?:{_NUMBER}\s+"
    r"|(?:dead|by|of|with|from|the|an?|its|their|his|her|our|my|this|that|these|those|all|such)\s+"
    r"|(?:the\s+)?(?:country|nation|city|state|town|region|province|district)['’]s\s+)+",
    re.IGNORECASE,
)
# Where the words for a body end and more is said of it.
_MORE_SAID = re.compile(
    r"\s{0,4}[,(;:–—]|\s-\s|\s{1,4}(?:who|that|which|whose|in|with|from|at|near|on|off|under|after|before|when"
    r"|while|where|as|armed|wearing|dressed|carrying|backed|loyal|accused|suspected|believed|led"
    r"|involved|responsible|based|known|has|have|had|was|were|is|are|will|would|to)\b",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\b{_NUMBER}\s+(?:[\w.]{{1,40}}\s+){{0,2}}$", re.IGNORECASE)
_BEFORE = re.compile(
    r"\d{1,3}-year-$|(?:(?!(?:The|An?|In|On|At|After|When|But|And|As|If|By|For|While|Former|Today"
    r"|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Several|Many|Some|His|Her|Their|Its)\b)"
    r"[A-Z][\w.’'-]{0,40}[a-z’'] ){1,3}$"
)
_HYPHENED = re.compile(r"(?:[A-Za-z0-9]{1,20}-){1,3}$")
_NAME_ON = re.compile(r" of (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
# "Members of the Northern Front": of what.
_MEMBERS_OF = re.compile(
    r" of (?:the |an? )?[^\W\d_][\w’'-]*(?: [A-Z][\w’'-]*| [a-z]+(?= [A-Z])){0,6}"
)
_NEXT = re.compile(r" ([a-z]+)\b")
# What may stand before a noun of which only the last word was seen: "customs officers"; before a
# name its office.
_MODIFIERS = re.compile(r"(?:[A-Za-z-]+ ){0,2}")
_OF = re.compile(r"\b(?:of|to|by|for|with|in|at|from)\b", re.IGNORECASE)
_LAST = re.compile(r"\b([A-Za-z]+) $")
_AND = re.compile(r"(,?\s+(?:and|or)\s+|,\s+)(?:(?:the|an?|their|his|her|its)\s+)?")
# Words for a body are few; longer ones are a clause taken for a name.
_MAX_WORDS = 9
_AGENTS = frozenset({Kind.PERSON, Kind.ORGANIZATION})
# "…, which had been holding them".
_WHICH = re.compile(r",\s+which\s+(?:(?:had|has|have|was|were|been|\w+ly)\s+){0,4}$", re.IGNORECASE)
_WHICH_CHARS = 40


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody or something in a proposition: the answer, its words, the entity they mean."""

    value: Value
    text: str
    passage: Passage
    entity_id: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Cast:
    """The mentions of a page in the order of the text."""

    page: AskedPage
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]

    def within(self, passage: Passage) -> list[Mention]:
        first = bisect_left(self.starts, passage.start)
        last = bisect_left(self.starts, passage.end)
        return [m for m in self.mentions[first:last] if m.passage.end <= passage.end]

    def words(self, passage: Passage) -> str:
        return self.page.document.text[passage.start : passage.end]

    def mention_of(self, argument: Argument) -> Mention | None:
        """What an argument names: by name if it gives one, else what it begins with."""
        inside = self.within(argument.passage)
        lead = _LEADING.match(self.words(argument.passage))
        begins = argument.passage.start + (lead.end() if lead else 0)
        own = [m for m in inside if m.chain_id == argument.chain_id]
        first = [
            m for m in inside if m.passage.start <= begins < m.passage.end and not self._is_owner(m)
        ]
        # "Coach Jan Novak", where only the name was taken for somebody.
        known = own or ([m for m in inside if not self._is_owner(m)] if not first else [])
        named = [m for m in known if m.named and self._is_apposed(m, begins)]
        found = min(
            named or first or own, key=lambda m: (m.passage.start, -m.passage.end), default=None
        )
        if found is None or found.named:
            return found
        # "Challenger Jan Novak", where the office and the name were taken for two.
        return next(
            (
                m
                for m in inside
                if m.named and 1 <= m.passage.start - found.passage.end <= len(", ")
            ),
            found,
        )

    def _is_owner(self, mention: Mention) -> bool:
        """Of “the mayor's son” the mayor is not who is meant."""
        return self.page.document.text[mention.passage.end : mention.passage.end + 1] in ("'", "’")

    def _is_apposed(self, mention: Mention, begins: int) -> bool:
        """Whether a name is who is meant: “his brother, Jan Novak”, not “the son of Jan Novak”."""
        before = self.page.document.text[begins : mention.passage.start].rstrip()
        return before[-1:] in ("", ",") or not _OF.search(before)

    def agents(self, argument: Argument) -> list[Part]:
        """Who an argument says did it, people and bodies, each of “the army and the navy”.

        A pronoun stands for whoever its own sentence names by other words before it.
        """
        mention = self.mention_of(argument)
        if mention is None:
            return []
        if self.words(mention.passage).lower() in _STANDING_FOR:
            mention = self._meant(mention) or mention
            return self.people(mention, mention.passage.end)
        return self.people(mention, argument.passage.end)

    def _meant(self, pronoun: Mention) -> Mention | None:
        at = bisect_left(self.page.reading.sentences, pronoun.passage.end, key=lambda s: s.end)
        sentence = self.page.reading.sentences[at]
        before = [
            m
            for m in self.within(Passage(sentence.document_id, sentence.start, pronoun.head.end))
            if m.chain_id == pronoun.chain_id and self.words(m.passage).lower() not in _PRONOUNS
        ]
        if not before:
            return self._speaking_of_itself(pronoun)
        # Who is quoted with “he did it” speaks of another.
        between = self.page.document.text[before[-1].passage.end : pronoun.passage.start]
        return None if _MARKS & set(between) else before[-1]

    def _speaking_of_itself(self, pronoun: Mention) -> Mention | None:
        """“The army said it”, where nothing else was found for the pronoun: the army."""
        word = self.words(pronoun.passage).lower()
        at = pronoun.passage.start
        contents = self.page.index.contents.held
        first = bisect_left(contents, at - len("that "), key=lambda c: c[0].start)
        last = bisect_right(contents, at, key=lambda c: c[0].start)
        found = [
            source
            for _, attribution in contents[first:last]
            for source in attribution.source
            if source.end <= at
        ]
        for mention in self.within(found[0]) if found else []:
            is_body = mention.kind is Kind.ORGANIZATION or bool(kinds(self.words(mention.passage)))
            if is_body if word in ("it", "they") else mention.kind is Kind.PERSON:
                return mention
        return None

    def antecedent(self, predicate: Passage) -> Mention | None:
        """The body right before the “, which” that a verb follows."""
        start = max(0, predicate.start - _WHICH_CHARS)
        found = _WHICH.search(self.page.document.text[start : predicate.start])
        if found is None:
            return None
        at = start + found.start()
        near = self.within(Passage(predicate.document_id, max(0, at - _WHICH_CHARS), at))
        return next(
            (m for m in near if m.passage.end == at and m.kind is Kind.ORGANIZATION and m.named),
            None,
        )

    def speaks_before(self, who: Passage, predicate: Passage) -> bool:
        """Whether somebody is only told to say it: “…, the army said, killing four”."""
        asides = self.page.index.asides.over(who.start, who.end)
        return any(cue.end <= predicate.start for cue in asides)

    def people(self, mention: Mention, end: int) -> list[Part]:
        """Somebody and whoever is joined to them before `end`."""
        found = []
        for one in [mention, *self.joined(mention, end)]:
            part = self.part(one)
            is_body = part is not None and (part.kind in _AGENTS or bool(kinds(part.text)))
            if part is not None and is_body and not is_empty(part):
                found.append(part)
        return found

    def joined(self, mention: Mention, end: int) -> list[Mention]:
        """Who stands beside somebody: the navy of “the army and the navy”."""
        document_id = mention.passage.document_id
        last, found, is_list = mention, [], False
        while last.passage.end < end:
            between = _AND.match(self.page.document.text, last.passage.end)
            if between is None:
                break
            is_list |= between[1].strip(", ") != ""
            if between.end() >= end:
                break
            rest = self.within(Passage(document_id, between.end(1), end))
            last = min(rest, key=lambda m: (m.passage.start, -m.passage.end), default=last)
            said = self.page.document.text[between.end() : max(last.passage.start, between.end())]
            if last.passage.start < between.end(1) or not _MODIFIERS.fullmatch(said):
                break
            found.append(last)
        # Without “and” what follows a comma says who the first is.
        return found if is_list else []

    def part(self, mention: Mention) -> Part | None:
        entity = self.page.entity_of(mention)
        passage = self.core(mention)
        if passage is None:
            return None
        text = self.words(passage)
        head = self.words(mention.head).lower()
        counted = mention.kind is Kind.ORGANIZATION and self._is_counted(mention)
        named_here = mention.named and mention.head.start < passage.end and not counted
        is_noun = load_table("body_kinds").get(text.split()[-1], "").startswith("armed")
        if (
            named_here
            and entity is not None
            and not is_noun
            and " of " not in text
            and text != text.lower()
        ):
            return Part(EntityRef(entity), text, passage, entity, mention.kind)
        if text.lower() in _PRONOUNS or head in _PRONOUNS or not text[-1:].isalpha():
            return None
        return Part(Text(text), text, passage, entity, mention.kind)

    def company(self, mention: Mention, end: int) -> Part | None:
        """Somebody with all who are joined to them, in one answer: “the crew and their guests”."""
        part = self.part(mention)
        if part is None or is_empty(part):
            return None
        *_, last = [mention, *self.joined(mention, end)]
        rest = self.part(last)
        if rest is None or last is mention:
            return part
        passage = Passage(part.passage.document_id, part.passage.start, rest.passage.end)
        text = self.words(passage)
        return Part(Text(text), text, passage, part.entity_id, part.kind)

    def _is_counted(self, mention: Mention) -> bool:
        """Whether so and so many of a body are meant: “four Rangers” are not the Rangers."""
        before = self.page.document.text[max(0, mention.passage.start - 30) : mention.head.start]
        return _COUNTED.search(before) is not None

    def core(self, mention: Mention) -> Passage | None:
        """The words of a mention without articles before and what more is said of it after."""
        words = self.words(mention.passage)
        lead = _LEADING.match(words)
        start = lead.end() if lead else 0
        more = _MORE_SAID.search(words, max(start + 1, mention.head.end - mention.passage.start))
        end = more.start() if more else len(words)
        core = words[start:end].rstrip(" \n.,;:'’\"”")
        if not core or "\n" in core or len(core.split()) > _MAX_WORDS:
            return None
        begin = mention.passage.start + start
        whose = _MEMBERS_OF.match(self.page.document.text, begin + len(core))
        if whose and core.split()[-1].lower() in ("member", "members"):
            core += whose[0]
        on = _NAME_ON.match(self.page.document.text, begin + len(core))
        if on and core[0].isupper() and len(core.split()) == 1:
            core += on[0]
        # A name before a noun says whose body it is: "the Arlow police".
        after = _NEXT.match(self.page.document.text, begin + len(core))
        if after and after[1] in load_table("body_kinds"):
            core += after[0]
        # "Coast guard" where only the guard was seen.
        before = _LAST.search(self.page.document.text[max(0, begin - 40) : begin])
        if before and f"{before[1]} {core.split()[0]}".lower() in load_table("body_kinds"):
            core = before[0] + core
            begin -= len(before[0])
        # An age before the noun, and the first half of a name.
        cut = _BEFORE.search(self.page.document.text[max(0, begin - 40) : begin])
        if cut and (core.startswith("old") if "year" in cut[0] else core[0].isupper()):
            core = cut[0] + core
            begin -= len(cut[0])
        hyphened = _HYPHENED.search(self.page.document.text[max(0, begin - 20) : begin])
        if hyphened:
            core = hyphened[0] + core
            begin -= len(hyphened[0])
        return Passage(mention.passage.document_id, begin, begin + len(core))


def cast(page: AskedPage) -> Cast:
    return Cast(page, page.index.mentions, page.index.starts)


def argument_of(proposition: Proposition, *roles: str) -> Argument | None:
    return next((a for role in roles for a in proposition.arguments if a.role == role), None)


def is_empty(part: Part) -> bool:
    """Whether the words say no more than that it was somebody."""
    return isinstance(part.value, Text) and part.text.split()[-1].lower() in _EMPTY_HEADS


def sentence_of(reading: Reading, proposition: Proposition) -> Passage | None:
    at = bisect_left(reading.sentences, proposition.predicate.start, key=lambda s: s.end - 0)
    for sentence in reading.sentences[at : at + 2]:
        if sentence.start <= proposition.predicate.start < sentence.end:
            return sentence
    return None


def propositions_within(
    propositions: Sequence[Proposition], passage: Passage
) -> Iterator[Proposition]:
    """The propositions whose predicate stands in a passage; they are ordered by predicate."""
    at = bisect_left(propositions, passage.start, key=lambda p: p.predicate.start)
    while at < len(propositions) and propositions[at].predicate.start < passage.end:
        yield propositions[at]
        at += 1
