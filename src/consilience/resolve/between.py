"""What the words between two names say: family, lists, aliases, abbreviations."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from consilience.lexicon import load_table
from consilience.records import Document, Judgement, Kind, Mention, Reading, Verdict
from consilience.resolve.chains import chain_key, sentence_at, surface

MADE_BY = "consilience.resolve"
# Names further apart than this are not in one construction; also bounds the patterns' work.
REACH_CHARS = 200
_LISTED = re.compile(r"\s*(?:(?:,\s*)?(?:and|or|&|y|e|und|et)\s+(?:also\s+)?|,\s*)", re.IGNORECASE)
_ALIAS = re.compile(
    r"[\s,(]*(?:(?:who is |who was |also |better |widely |formerly )?(?:known|referred to) as"
    r"|alias|a\.?k\.?a\.?|nicknamed|dubbed|formerly)[\s,\"'“‘]*(?:the\s)?[\"'“‘]?",
    re.IGNORECASE,
)
_BORN = re.compile(r"[\s,(]*(?:née|nee|geb\.|geborene|born|nacida)\s+", re.IGNORECASE)
# The text itself says so: such a link joins names that would speak against it (`cluster`).
TOLD = 0.99
# "the father of the girl thanked Lind" says nothing of Lind's family.
_NO_VERB = (
    r"(?!(?:had|has|is|met|said|saw|that|told|took|was|were|which|who)\b)"
    r"(?:(?=(?:accused|alleged|arrested|convicted|jailed|retired|suspected|wanted)\b)|(?!\w+ed\b))"
)


@cache
def _kin_before_name() -> re.Pattern[str]:
    kin = "|".join(sorted(map(re.escape, load_table("kin")), key=lambda w: (-len(w), w)))
    return re.compile(
        # "and his younger brother", "'s widow,", "father of the jailed"
        rf"(?:\b(?:his|her|their|whose|my|our|a|the|and|with|by)|['’]s?)\s+(?:[\w-]+\s+){{0,3}}?"
        rf"(?P<a>{kin})s?(?:\s+and\s+[\w-]+)?[,:]?\s*[\"“‘']?$"
        rf"|\b(?P<b>{kin})s?\s+of\s+(?:{_NO_VERB}[\w'’-]+\s+){{0,8}}[\"“‘']?$"
        rf"|^,\s*(?:[\w-]+\s+){{0,2}}(?P<c>{kin})s?\s+(?:of|to)\s+[\"“‘']?$",
        re.IGNORECASE,
    )


def judge_wording(
    documents: Sequence[Document], readings: Mapping[str, Reading]
) -> Iterator[Judgement]:
    """Judgements on names that stand next to each other in one sentence."""
    for document in sorted(documents, key=lambda d: d.id):
        if document.id not in readings:
            continue
        reading = readings[document.id]
        starts = [s.start for s in reading.sentences]
        named = sorted((m for m in reading.mentions if m.named), key=lambda m: (m.passage, m.id))
        for kinds in ((Kind.PERSON,), (Kind.ORGANIZATION,)):
            for a, b in pairwise(m for m in named if m.kind in kinds):
                near = b.passage.start - a.passage.end <= REACH_CHARS
                same = sentence_at(starts, a.passage.start) == sentence_at(starts, b.passage.start)
                if near and same and a.passage.end <= b.passage.start:
                    yield from _judge(document, a, b)


def names_at_birth(
    documents: Sequence[Document], readings: Mapping[str, Reading]
) -> dict[str, str]:
    """The whole name of who is called by the surname of birth alone, by the key of that chain.

    "Anna Berg, née Lind": the chain of "Lind" is called Anna Lind.
    """
    found = {}
    for document in documents:
        if document.id not in readings:
            continue
        named = (m for m in readings[document.id].mentions if m.named and m.kind is Kind.PERSON)
        for a, b in pairwise(sorted(named, key=lambda m: (m.passage, m.id))):
            words = document.text[a.passage.end : min(b.passage.start, a.passage.end + REACH_CHARS)]
            surname, before = surface(document, b), surface(document, a).split()
            if _BORN.fullmatch(words) and " " not in surname and len(before) > 1:
                found[chain_key(document.id, b.chain_id)] = f"{before[0]} {surname}"
    return found


def _judge(document: Document, a: Mention, b: Mention) -> Iterator[Judgement]:
    if a.chain_id == b.chain_id:
        return
    # A title before the second name belongs to it: "Anna Lind and her brother, Judge Per Lind".
    end = b.title_passage.start if _title_first(b) and b.title_passage else b.passage.start
    if end < a.passage.end:
        return
    words = document.text[a.passage.end : end]
    left, right = chain_key(document.id, a.chain_id), chain_key(document.id, b.chain_id)
    names = f"“{surface(document, a)}” and “{surface(document, b)}”"
    if a.kind is Kind.PERSON:
        kin = _kin_before_name().search(words)
        if kin:
            word = next(g for g in kin.groups() if g)
            yield Judgement(
                left, right, Verdict.DIFFERENT, 0.98, MADE_BY,
                f"{names} stand apart as family: “{word.lower()}”",
            )  # fmt: skip
        elif _ALIAS.fullmatch(words) or _BORN.fullmatch(words):
            yield Judgement(
                left, right, Verdict.SAME, TOLD, MADE_BY, f"{names}: the text gives both names"
            )
        elif _LISTED.fullmatch(words) and _is_list(document, words, a, b):
            yield Judgement(
                left, right, Verdict.DIFFERENT, 0.97, MADE_BY, f"{names} stand side by side"
            )
    elif _abbreviates(document, words, a, b):
        yield Judgement(
            left, right, Verdict.SAME, 0.97, MADE_BY, f"{names}: the text gives the abbreviation"
        )


def _title_first(mention: Mention) -> bool:
    title = mention.title_passage
    return title is not None and title.start < mention.passage.start


def _is_list(document: Document, words: str, a: Mention, b: Mention) -> bool:
    if words.strip() not in ("", ","):
        return True
    # A comma alone may also join a name to what the person is called.
    return " " in surface(document, a) and " " in surface(document, b)


def _abbreviates(document: Document, words: str, a: Mention, b: Mention) -> bool:
    after = document.text[b.passage.end : b.passage.end + 1]
    if words.strip() != "(" or after != ")":
        return False
    short = min(surface(document, a), surface(document, b), key=len)
    return " " not in short and sum(c.isupper() for c in short) >= 2
