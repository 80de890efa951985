"""What documents deny or correct: that it was so, or that somebody did it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from consilience.lexicon import load_table
from consilience.records import Attribution, Factuality, Passage, Polarity, Proposition, Stance
from consilience.weigh.asked import AskedPage
from consilience.weigh.other_words import in_other_words, is_in_use, may_be_said_otherwise
from consilience.weigh.passages import beginning_in, within
from consilience.weigh.statements import Statement, deed_of, heads_of, is_only_named, statement

# To deny somebody bail says nothing of what happened.
_REFUSING = re.compile(
    r"\w+\s+(?:(?:\w+|['’]s)\s+){0,3}?(?:bail|bond|entry|access|admission|permission|parole|requests?"
    r"|motions?|appeals?|petitions?|visas?|asylum|treatment|care|counsel)\b",
    re.IGNORECASE,
)
_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|disput(?:e|es|ed|ing)|rebut(?:s|ted)?|desmint\w+|neg(?:ó|aron)|niegan?)\b",
    re.IGNORECASE,
)
_TOLD = (
    r"(?:reports?|claims?|allegations?|accusations?|rumou?rs?|stor(?:y|ies)|headlines?"
    r"|suggestions?|statements?|information)"
)
_FALSE = (
    r"(?:false|untrue|wrong|incorrect|inaccurate|mistaken|baseless|unfounded|fabricated|fake"
    r"|a hoax|a lie|a mistake|an invention|not true|not correct)"
)
# Words that take back what is told in `what`.
_TAKING_BACK = (
    re.compile(
        rf"\b{_TOLD} (?:\w+ ){{0,5}}?that (?P<what>[^.;\n]{{5,200}}?),? (?:was|were|is|are|proved"
        rf"|proved to be|turned out to be) (?:\w+ly )?{_FALSE}\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:not true|untrue|false|incorrect|no truth (?:to|in) (?:\w+ ){1,3}?) ?that"
        r" (?P<what>[^.;\n]{5,200})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:falsely|wrongly|incorrectly|mistakenly|erroneously) (?:reported|said|stated|claimed"
        r"|suggested|wrote|alleged)(?: that)? (?P<what>[^.;\n]{5,200})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:earlier|previous) version of (?:this|the) (?:story|article|report)[^.;\n]{0,40}?"
        r" (?:said|stated|reported)(?: incorrectly| wrongly)?(?: that)? (?P<what>[^.;\n]{5,200})",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)|disput(?:es|ed)"
        rf"|contrary to) (?:\w+ )?{_TOLD} (?:\w+ ){{0,5}}?that (?P<what>[^.;\n]{{5,200}})",
        re.IGNORECASE,
    ),
)
# "Reports of her death were false": what is named has a doer or sufferer beside it.
_NAMED_BACK = re.compile(
    rf"\b{_TOLD} of (?P<what>[^.;,\n]{{4,100}}?) (?:was|were|is|are|proved|turned out to be)"
    rf" (?:\w+ly )?{_FALSE}\b",
    re.IGNORECASE,
)
# One of these words stands in all that takes back.
_MAY_TAKE_BACK = re.compile(
    rf"\b(?:{_FALSE}|true|no truth|falsely|wrongly|incorrectly|mistakenly|erroneously|version of"
    r"|den(?:y|ies|ied)|reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)|disput(?:es|ed)"
    r"|contrary to)\b",
    re.IGNORECASE,
)
# A plain denial tells of the past: what has not happened so far may happen still.
_PLAIN = re.compile(
    r"\b(?:did|was|were|had) (?:not|never)\b|\b(?:didn|wasn|weren|hadn)['’]t\b|\bnever\b"
    r"|^(?:no|none of|neither|nobody|no one|not one|not a single)\b",
    re.IGNORECASE,
)
_NONE = frozenset({"no", "none of", "neither", "nobody", "no one", "not one", "not a single"})
_NOT_ONE = re.compile(r"[Nn]ot (?:one|a single)\b")
# "Did not actively take part", but not "was never tired of taking part".
_BESIDE_WORDS = 2
# "Was not seriously hurt", "did not immediately stop": something of it was so.
_IN_PART = re.compile(
    r"(?:\bnot|n['’]t) (?:immediately|yet|only|just|simply|merely|necessarily|always|fully"
    r"|initially|even|seriously|badly|critically|severely|originally|directly|all|as|so|very|enough)\b"
    r"|\bno longer\b",
    re.IGNORECASE,
)
_NO_MORE = re.compile(
    r"\b(?:any )?(?:further|again|any ?more|any longer|so far|as of|until)\b", re.IGNORECASE
)
# What is not done at first and is done later, or says nothing of a happening.
_OPEN = frozenset(
    {
        "answer", "appear", "announce", "ask", "be", "become", "believe", "call", "care", "catch",
        "charge", "clear", "comment", "confirm", "consider", "cooperate", "decide", "describe",
        "determine", "disclose", "do", "elaborate", "establish", "expect", "feel", "file", "find",
        "find_out", "get", "give", "go", "happen", "have", "hear", "help", "identify", "imagine",
        "indicate", "intend", "know", "learn", "leave", "let", "like", "live", "look", "make",
        "mean", "mention", "name", "need", "occur", "offer", "open", "plan", "provide", "reach",
        "realize", "recall", "recognize", "recover", "release", "remember", "reply", "report",
        "require", "respond", "return", "say", "see", "seem", "show", "specify", "speak", "state",
        "stop", "suffer", "survive", "talk", "tell", "think", "try", "understand", "use", "want",
        "work", "arrest", "kill", "die", "injure", "wound", "hurt", "come", "win", "lose", "stay",
        "threaten", "deserve", "hit", "arrive", "miss", "play", "finish", "change", "keep",
        "affect", "impact",
    }
)  # fmt: skip
_OPEN_EVEN_DENIED = frozenset(
    {
        "be", "have", "do", "know", "say", "report", "claim", "circulate", "suggest", "allege",
        "accuse", "charge", "state", "imply", "speculate", "believe", "think",
    }
)  # fmt: skip


_AUXILIARY = re.compile(r"\b(?:did|was|were|had) $", re.IGNORECASE)
_WORD_CHARS = 30
_BEFORE_VERB = frozenset(
    {"be", "been", "being", "was", "were", "is", "are", "had", "has", "have", "having", "to", "not",
     "never", "and", "or", "ever", "who", "which", "that", "got", "by"}
)  # fmt: skip


def denials(page: AskedPage) -> Iterator[Statement]:
    """Each deed that the page says not to have been done, once."""
    attributions = {a.id: a for a in page.reading.attributions}
    taken_back, heads = {p.id for p in _taken_back(page)}, heads_of(page)
    seen = set()
    starts = [s.start for s in page.reading.sentences]
    for proposition in page.reading.propositions:
        if not (_may_be_denied(page, proposition) or proposition.id in taken_back):
            continue
        i = bisect_right(starts, proposition.predicate.start) - 1
        if i < 0 or proposition.id in seen or _is_toll(page, proposition):
            continue
        said_by = attributions.get(proposition.attribution_id or "")
        is_express = proposition.id in taken_back or (
            _is_denied(page, proposition, said_by) and not _is_beside(page, proposition)
        )
        if is_express or (
            _is_plain(page, i, proposition)
            and (is_in_use(page, proposition) or not is_only_named(page, proposition, heads))
        ):
            seen.add(proposition.id)
            made = replace(statement(page, i, proposition), is_express=is_express)
            made = replace(made, passage=_with_auxiliary(page, made.passage))
            if content := _content(proposition, said_by):
                made = replace(made, passage=_within(made.passage, content))
            if is_express or not _is_open(page, proposition):
                yield made
            yield from in_other_words(made, denied=True)


def _is_open(page: AskedPage, proposition: Proposition) -> bool:
    return proposition.lemma in _OPEN and deed_of(page, proposition) != "fire"


def _may_be_denied(page: AskedPage, proposition: Proposition) -> bool:
    if proposition.polarity is Polarity.NEGATIVE or proposition.factuality is Factuality.POSSIBLE:
        return True
    return any(_NOT_ONE.match(page.document.text, a.passage.start) for a in proposition.arguments)


def _is_toll(page: AskedPage, proposition: Proposition) -> bool:
    """Whether it says how many came to harm, which is a question of its own."""
    return proposition.lemma in load_table("slots") and any(
        within(count.passage, argument.passage)
        for count in page.reading.quantities
        for argument in proposition.arguments
    )


def _content(proposition: Proposition, said_by: Attribution | None) -> Passage | None:
    """What somebody says, of which the denial is part."""
    if said_by is None:
        return None
    return next((c for c in said_by.content if within(proposition.predicate, c)), None)


def _within(clause: Passage, content: Passage) -> Passage:
    start, end = max(clause.start, content.start), min(clause.end, content.end)
    return Passage(clause.document_id, start, end)


def _is_denied(page: AskedPage, proposition: Proposition, said_by: Attribution | None) -> bool:
    """Whether somebody denies it: “denied that she had taken steroids”."""
    if said_by is None or said_by.stance is not Stance.DENIES:
        return False
    if proposition.polarity is Polarity.NEGATIVE or proposition.lemma in _OPEN_EVEN_DENIED:
        return False
    cue = proposition.factuality_cue
    if cue is None or proposition.factuality is not Factuality.POSSIBLE:
        return False
    text = page.document.text
    return (
        _DENYING.match(text, cue.start, cue.end) is not None
        and _REFUSING.match(text, cue.start) is None
    )


def _with_auxiliary(page: AskedPage, clause: Passage) -> Passage:
    """With the “did” before the “not” that opens it, where its subject is not known."""
    before = _AUXILIARY.search(page.document.text, max(0, clause.start - 8), clause.start)
    return replace(clause, start=before.start()) if before else clause


def _is_beside(page: AskedPage, proposition: Proposition) -> bool:
    """Whether it only says which are meant: “denied that … for the pilots held in Dorvan”."""
    at = proposition.predicate.start
    before = page.document.text[max(0, at - _WORD_CHARS) : at].split()
    word = page.document.text[proposition.predicate.start : proposition.predicate.end]
    if not before or before[-1].lower() in _BEFORE_VERB or not word.endswith(("ed", "n", "t", "d")):
        return False
    return not any(
        a.role == "ARG0" and a.passage.end <= proposition.predicate.start
        for a in proposition.arguments
    )


def _is_plain(page: AskedPage, sentence: int, proposition: Proposition) -> bool:
    """Whether the page itself, or whoever speaks, says that it was not so."""
    if _is_open(page, proposition) and not may_be_said_otherwise(proposition):
        return False
    is_negative = (
        proposition.polarity is Polarity.NEGATIVE
        and proposition.factuality is Factuality.NOT_HAPPENED
    )
    if not is_negative and proposition.factuality is not Factuality.HAPPENED:
        return False
    told = _with_auxiliary(page, statement(page, sentence, proposition).passage)
    words = page.document.text[told.start : proposition.predicate.end]
    rest = page.document.text[proposition.predicate.end : told.end]
    if _IN_PART.search(words) or _NO_MORE.search(rest):
        return False
    return any(
        found[0].lower() in _NONE or len(words[found.end() :].split()) <= _BESIDE_WORDS
        for found in _PLAIN.finditer(words)
    )


def _taken_back(page: AskedPage) -> Iterator[Proposition]:
    """What set words call false, by its first predicate."""
    if _MAY_TAKE_BACK.search(page.document.text) is None:
        return
    for sentence in page.reading.sentences:
        words = page.document.text[sentence.start : sentence.end]
        if _MAY_TAKE_BACK.search(words) is None:
            continue
        for pattern in (*_TAKING_BACK, _NAMED_BACK):
            if found := pattern.search(words):
                what = Passage(
                    sentence.document_id,
                    sentence.start + found.start("what"),
                    sentence.start + found.end("what"),
                )
                told = beginning_in(page.reading.propositions, lambda p: p.predicate, what)
                inside = [p for p in told if within(p.predicate, what)]
                yield from [p for p in inside if _has_core(p)][:1]


def _has_core(proposition: Proposition) -> bool:
    return any(re.fullmatch(r"ARG[0-2]", a.role) for a in proposition.arguments)
