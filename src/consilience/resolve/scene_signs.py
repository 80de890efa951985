"""What each document says of each place that speaks for it as the scene of what is told."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from consilience.gazetteer import place_name_key
from consilience.records import Document, Entity

_CONTEXT_CHARS = 40
_ADDRESS_NAME_WORDS = 4
_FORCES = (
    r"(?:police|officers?|detectives|firefighters|fire department|fire officials|authorities"
    r"|sheriff|deputies|paramedics|emergency services|city council|mayor|hospital)"
)
_ITS_FORCES = re.compile(rf"(?:['’]s)?\s+(?:city\s+|metro\s+|metropolitan\s+)?{_FORCES}\b", re.I)
_FORCES_OF = re.compile(rf"\b{_FORCES}\s+(?:in|of|at)\s+(?:the\s+(?:city|town)\s+of\s+)?$", re.I)
_HOME = re.compile(
    r"(?:\b\d{1,3},?\s+(?:of|from)|,\s+of|\b(?:resident|residents|native|natives|man|woman|teen"
    r"|couple|born|raised|grew up|lives?|lived|living|moved|hometown)\s+(?:of|from|in|to)"
    r"|\bfrom)\s+$",
    re.I,
)
_PART_OF_NAME = re.compile(
    r"\s+(?:County|Parish|Street|St\.|Avenue|Ave\.|Road|Rd\.|Boulevard|Blvd|Drive|Lane|Highway"
    r"|University|College|High School|Hospital|Airport|Times|Tribune|News|Post|Herald|Journal)\b"
)
_SECTION = re.compile(
    r"(?:\s+(?:neighbou?rhood|section|subdivision|apartments?|apartment complex"
    r"|housing (?:project|complex|estate))\b|\s+in\s+\w+\s+proper\b)",
    re.I,
)
_TOWN_OF = re.compile(
    r"\b(?:city|cities|town|village|hamlet|municipality|capital|port)(?:\s+of)?\s+$", re.I
)
_BEHIND_TITLE = re.compile(r"\s{1,9}(?:[-–—|»]|::)\s+")
_HEADLINE_MIN_WORDS = 4
_WORD = re.compile(r"[^\W_][\w'’.-]*")


@dataclass(slots=True)
class Signs:
    """What one document says of one place: where it is named (as nobody's home), and more.

    `is_forces`: its police speak; `is_section`: it is called a quarter; `is_town`: a town or city.
    """

    at: list[int] = field(default_factory=list)
    in_title: bool = False
    is_forces: bool = False
    is_section: bool = False
    is_town: bool = False
    in_address: bool = False


def find_signs(
    documents: Sequence[Document], places: Sequence[Entity]
) -> dict[str, dict[str, Signs]]:
    """By id of document and of place."""
    forms = _forms(places)
    by_key = {place_name_key(n): e.id for e in reversed(places) for n in e.names}
    return {d.id: _signs(d, forms, by_key) for d in documents}


def _forms(places: Sequence[Entity]) -> dict[str, list[tuple[str, str]]]:
    """(form in small letters, entity id) by the form's first word, the longest first."""
    forms: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for place in places:
        for name in place.names:
            words = name.casefold().split()
            first = _WORD.match(words[0]) if words else None
            if first is not None:
                forms[first[0]].add((" ".join(words), place.id))
    return {w: sorted(found, key=lambda f: (-len(f[0]), f)) for w, found in forms.items()}


def _signs(
    document: Document, forms: Mapping[str, list[tuple[str, str]]], by_key: Mapping[str, str]
) -> dict[str, Signs]:
    found: dict[str, Signs] = defaultdict(Signs)
    for at, end, id_ in _occurrences(document.text, forms):
        before = document.text[max(0, at - _CONTEXT_CHARS) : at]
        if _HOME.search(before) or _PART_OF_NAME.match(document.text, end):
            continue
        said = found[id_]
        said.at.append(at)
        if _ITS_FORCES.match(document.text, end) or _FORCES_OF.search(before):
            said.is_forces = True
        said.is_section |= _SECTION.match(document.text, end) is not None
        said.is_town |= _TOWN_OF.search(before) is not None
    headline = _headline(document.title or "")
    for _, end, id_ in _occurrences(headline, forms):
        if not _PART_OF_NAME.match(headline, end):
            found[id_].in_title = True
    address = place_name_key(f"{document.url or ''} {document.source or ''}").split()
    for start in range(len(address)):
        for end in range(start + 1, start + 1 + _ADDRESS_NAME_WORDS):
            named = by_key.get(" ".join(address[start:end]))
            if named is not None:
                found[named].in_address = True
    return dict(found)


def _headline(title: str) -> str:
    """The title without what outlets put behind it: “… | Arlow Gazette - Arlow, Norland”."""
    head = _BEHIND_TITLE.split(title, maxsplit=1)[0]
    return head if len(head.split()) >= _HEADLINE_MIN_WORDS else title


def _occurrences(
    text: str, forms: Mapping[str, list[tuple[str, str]]]
) -> Iterator[tuple[int, int, str]]:
    small = text.lower()
    if len(small) != len(text):  # a few letters grow when made small
        small = text
    end = 0
    for word in _WORD.finditer(small):
        if word.start() < end:
            continue
        for form, id_ in forms.get(word[0].rstrip(".,").removesuffix("'s").removesuffix("’s"), ()):
            if small.startswith(form, word.start()) and text[word.start()].isupper():
                end = word.start() + len(form)
                yield word.start(), end, id_
                break
