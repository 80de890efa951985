"""The words by which a page tells what was said before and what after."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from consilience.records import Passage

# What was said first, as a later report has it: "initially put at 8", "up from 8".
_FIRST = re.compile(
    r"\b(?:initial(?:ly)?|at first|originally|previously|preliminary|early reports?"
    r"|(?:had )?first (?:said|reported|told|put|thought|believed|announced|described|claimed|named)"
    r"|as first reported|earlier (?:said|reported|put|told|announced|claimed|described)"
    r"|earlier (?:count|figure|toll|tally|estimate|report|statement|version|account|claim)s?"
    r"|had earlier|had (?:previously|said)|(?:up|down|raised|rose|lowered|revised) from)\b",
    re.IGNORECASE,
)
# What was said afterwards: "later said", "now put at 13", "revised to 13".
_LATER = re.compile(
    r"\b(?:(?:later|now|since|then|subsequently) (?:say|said|put|report|confirm|believe|believed"
    r"|announce|claim|describe|told|admit|state|stand|stood|gave|accept|acknowledge|know|rose|rise"
    r"|risen|revise|correct|raise|lower|change|amend|update|clarif|blame|name|found)\w*"
    r"|said later|revised|corrected|amended|clarified|retracted|withdrew|withdrawn|backtracked"
    r"|walked back|(?:rose|risen|raised|lowered|climbed|reduced)(?: \w+){0,9} to"
    r"|changed (?:its|their|his|her)"
    r"|in error|by mistake|mistakenly|erroneously)\b",
    re.IGNORECASE,
)
# "Raised to 13 from eight": the words that end with the number that no longer holds.
_FROM = re.compile(
    r"\b(raised|lifted|rose|risen|climbed|jumped|revised|lowered|cut|reduced|up|down|changed)\b"
    r"[^.;]{0,120}\bfrom(?: \w+){1,5}$",
    re.IGNORECASE,
)
# Where one clause of a sentence ends and the next tells of another time.
_CLAUSES = re.compile(r"[;:–—]|,? \b(?:but|before|although|though|while|whereas|then|however)\b")


def placing_words(
    passage: Passage, text: str, sentences: Sequence[Passage]
) -> tuple[Passage | None, Passage | None]:
    """What tells that a claim was made first, and what that it was made later; one of them at most.

    Of "initially put at eight" the "initially", of "later revised to 13" the "later revised".
    """
    clause = _clause(passage, text, sentences)
    upto = replace(clause, end=passage.end)
    first = _cue(_FROM, text, upto, 1) or _cue(_FIRST, text, clause)
    return first, None if first is not None else _cue(_LATER, text, clause)


def _cue(pattern: re.Pattern[str], text: str, clause: Passage, group: int = 0) -> Passage | None:
    found = pattern.search(text, clause.start, clause.end)
    return Passage(clause.document_id, *found.span(group)) if found else None


def _clause(passage: Passage, text: str, sentences: Sequence[Passage]) -> Passage:
    """The clause of its sentence in which a claim ends, as far as marks and joining words show."""
    n = bisect_right(sentences, passage.end - 1, key=lambda s: s.start) - 1
    sentence = sentences[n] if n >= 0 and passage.end <= sentences[n].end else passage
    cuts = [sentence.start, sentence.end]
    cuts += [m.start() for m in _CLAUSES.finditer(text, sentence.start, sentence.end)]
    start = max(cut for cut in cuts if cut < passage.end)
    end = min(cut for cut in cuts if cut >= passage.end)
    return Passage(passage.document_id, start, end)
