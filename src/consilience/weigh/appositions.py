"""Posts that a sentence gives somebody beside the title that stands at the name.

"Lise Marn, its finance director", "Bo Ferrin, 58, the harbour master", "who is the prosecutor",
"chief executive Lise Marn".
"""

import re
from collections.abc import Iterator

from consilience.records import Mention, Passage
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.posts import ends_in_post, is_post

_WORD = r"[^\W\d_][\w'’-]{0,40}"
# What stands between a name and an office behind it.
_INTRODUCED = re.compile(
    r"(?:,(?: (?:aged )?\d{1,3},)?(?: who is)?| \(| is)\s+"
    r"(?:(?:the|a|an|its|their|our|still|also|now) |(?:[A-Z][\w-]+ ){1,3}?[A-Z][\w-]+['’]s? )?"
)
_PHRASE = re.compile(rf"{_WORD}(?: (?!of\b|for\b|and\b|who\b|in\b){_WORD}){{0,4}}")
_OF = re.compile(
    r" (?:of|for)(?: the)?(?: [A-Z][\w'’-]+(?: (?:of |de |and )?[A-Z][\w'’-]+){0,4}| [a-z]+)"
)
# A list goes on with "and", and "the mayor's son" is no mayor.
_CLOSING = re.compile(r"[,.;:)”\"\n]|$| (?:who|which|in|at|at the|told|said|says)\b")
_LISTED = re.compile(r", (?:and\b|(?:the|a|an) [\w -]{1,40}(?:, | and ))")
_ENDING = re.compile(rf"((?:{_WORD} ){{0,3}}{_WORD})(,?) $")
_BEFORE_CHARS = 60


def offices_beside(page: AskedPage, mention: Mention) -> Iterator[tuple[str, Passage]]:
    """The words of each post, and the passage that gives it with the name."""
    text, name, titled = page.document.text, mention.passage, mention.title_passage
    before = _before(text, name) if titled is None else None
    if before is not None:
        yield text[before.start : before.end], cover(before, name)
    after = _after(text, name) if titled is None or titled < name else None
    if after is not None:
        yield text[after.start : after.end], cover(name, after)


def _before(text: str, name: Passage) -> Passage | None:
    """A post right before a name: "chief executive Lise Marn", "harbour master, Bo Ferrin,"."""
    start = max(0, name.start - _BEFORE_CHARS)
    found = _ENDING.search(text[start : name.start])
    if found is None or (found[2] and text[name.end : name.end + 1] not in (",", ".", ";")):
        return None
    for word in re.finditer(_WORD, found[1]):
        if is_post(found[1][word.start() :]):
            at = start + found.start(1) + word.start()
            return Passage(name.document_id, at, start + found.end(1))
    return None


def _after(text: str, name: Passage) -> Passage | None:
    introduced = _INTRODUCED.match(text, name.end)
    phrase = _PHRASE.match(text, introduced.end()) if introduced is not None else None
    if introduced is None or phrase is None:
        return None
    begin = introduced.end()
    ends = [w.end() for w in re.finditer(_WORD, phrase[0])]
    end = next((begin + n for n in reversed(ends) if ends_in_post(phrase[0][:n])), None)
    if end is None:
        return None
    named = _OF.match(text, end)
    if named is not None and _CLOSING.match(text, named.end()):
        end = named.end()
    if not _CLOSING.match(text, end) or _LISTED.match(text, end):
        return None
    return Passage(name.document_id, begin, end)
