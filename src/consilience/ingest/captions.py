"""Paragraphs that describe a picture."""

import re
from itertools import pairwise
from typing import NamedTuple

from consilience.ingest.blocks import Block

# Said of a picture only, full stop or not.
_SURE = re.compile(
    r"\b(?:frame grab|file (?:photo|image|picture|pic)|handout (?:photo|image|picture)|"
    r"screen ?(?:grab|shot) (?:from|of|shows)|undated (?:photo|image|picture)|photo illustration|"
    r"scroll down for video)\b"
    r"|\A(?:in )?(?:this|a|an) (?:[\w,. ]{0,40} )?(?:photo(?:graph)?|image|picture|still|"
    r"satellite image|video grab|screen ?grab|screenshot)\b"
    r"|\A(?:pictured|above|below|left|right|top|bottom|inset|caption|main image|image caption|"
    r"photo caption|clockwise from)\b ?(?:left|right|above|below|here)?,? ?[:,]"
    r"|\(published \w{6,9}day, [^()]{6,20}\)\Z"
    r"|\A(?:pictured|foto de archivo|en la imagen|photo d'archives|imagen de archivo)\b",
    re.IGNORECASE,
)
# The gallery of a page on one line, each picture under its number, or one from an agency's file.
_NUMBERED = re.compile(
    r"\b(?i:image|photo|picture|slide) \d{1,3} of (?:/ )?\d{1,3}\b"
    r"|\b\d{1,3} of \d{1,3} (?i:close|caption)\b|\b(?i:embed x share)\b"
    r"|\A[A-Z][A-Z .,'’-]{2,60} [-–—] (?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\.?"
    r" \d{1,2}(?:, \d{4})?: "
)
# Said in articles too, with a full stop behind.
_LIKELY = re.compile(
    r"\((?:pictured|left|right|centre|center|above|below|top|bottom|second (?:left|right)|"
    r"far (?:left|right)|file|inset|circled|izquierda|derecha|archivo|à gauche|à droite)\b"
    r"[^()]{0,40}\)"
    r"|\b(?:is|are|was|were|can be) (?:seen|pictured|shown)\b|\bpictured\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"(?:[-–—*•·▪►+]|\d{1,2}[.)])\s|\(?\d{1,2}[:.]\d{2}\b")
_SPOKEN = re.compile(
    r"\b(?:an?|the|is|are|was|were|has|have|had|be|been|his|her|its|their|un|una|el|la|los|las|le|"
    r"les|der|die|das|ein|eine|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    # Nouns in -ing that headlines are full of.
    r"(?!shoot|build|kill|bomb|hear|meet|morn|even|dur|cross|wedd|rul|warn|stabb|flood|hous|fight)"
    r"\w{3,}ing)\b|[()]",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:said|says?|told|according to|report(?:s|ed)?|announced|confirmed|added)\b"
    r"|\A(?:on|at|after|before|both|he|she|they|it|but|and|so|however|this is|there)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\d{3}[ .-]\d{4}|\b(?:call|contact|phone|tel)\b|https?:|@|[|]", re.IGNORECASE
)
_KEYED = re.compile(r"[^:]{1,40}:\s\S")
_OPEN_QUOTE = "\"“‘'«„"
_CAPTION_MAX_WORDS = 60
# What agencies write below their pictures is longer, and says in its first words what it is.
_SURE_MAX_WORDS = 90
_LONE_MAX_WORDS = 25
# So many paragraphs off stands another picture of one gallery.
_GALLERY_REACH = 2
_HEADING_MAX_WORDS = 12
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "de",
        "del",
        "du",
        "el",
        "en",
        "for",
        "from",
        "if",
        "in",
        "into",
        "is",
        "la",
        "le",
        "les",
        "los",
        "nor",
        "of",
        "off",
        "on",
        "or",
        "over",
        "per",
        "so",
        "than",
        "that",
        "the",
        "their",
        "to",
        "und",
        "up",
        "via",
        "von",
        "vs",
        "was",
        "were",
        "with",
        "y",
    ]
)


def is_surely_caption(block: Block) -> bool:
    """Whether the words can only be about a picture ("file photo", "In this image ...")."""
    if _NUMBERED.search(block.text) is not None:
        return True
    return block.n_words <= _SURE_MAX_WORDS and _SURE.search(block.text) is not None


def doubled_among(
    blocks: list[Block], *, is_picture: list[bool], title: str | None
) -> frozenset[int]:
    """The paragraphs that stand twice in a row, beside pictures or others that do.

    A page gives the words for those who do not see a picture, and again as its caption. A lead
    that is repeated below a summary has no picture near, and has words of the title.
    """
    told = _stems(title or "")
    twice = [a.text == b.text and a.n_words > 3 for a, b in pairwise(blocks)]
    found: set[int] = set()
    for i, is_twice in enumerate(twice):
        near = range(max(0, i - _GALLERY_REACH), min(len(blocks), i + 2 + _GALLERY_REACH))
        others = (k for k in near if k < len(twice) and k != i)
        is_gallery = any(is_picture[k] for k in near) or any(twice[k] for k in others)
        is_elsewhere = bool(told) and told.isdisjoint(_stems(blocks[i].text))
        if is_twice and (is_gallery or is_elsewhere):
            found |= {i, i + 1}
    return frozenset(found)


def _stems(words: str) -> frozenset[str]:
    return frozenset(w[:4] for w in re.findall(r"[^\W\d_]{4,}", words.casefold()))


def is_link(block: Block) -> bool:
    """Whether a line without a full stop is the headline of another story.

    Headlines do without articles, auxiliaries and weekdays; descriptions of pictures have one.
    """
    return not block.ends_sentence and _SPOKEN.search(block.text) is None


def is_bullet(block: Block) -> bool:
    """Whether a paragraph is an item of a list, or an entry under its time."""
    return _BULLET.match(block.text) is not None


def is_list_item(block: Block) -> bool:
    """Whether a line without a full stop is a bullet, a timed entry, or "Killed: 12"."""
    return is_bullet(block) or _KEYED.match(block.text) is not None


def is_heading(block: Block) -> bool:
    """Whether a line without a full stop is written as a title: in capitals, or very short."""
    words = [w for w in re.findall(r"[^\W\d_][\w'’.-]*", block.text) if w.lower() not in _SMALL]
    if not words or block.n_words > _HEADING_MAX_WORDS:
        return False
    if block.ends_sentence or block.text.endswith((":", ",")):
        return False
    if block.text[0] in _OPEN_QUOTE:
        return False
    n_capital = sum(word[0].isupper() for word in words)
    return (
        n_capital == len(words)
        or (n_capital >= 3 and n_capital >= len(words) - 1)
        or (block.n_words <= 4 and words[0][0].isupper())
    )


def _may_stand_alone(block: Block) -> bool:
    """Whether a caption without neighbours: longer lines, and told ones, lost their full stop."""
    return block.n_words <= _LONE_MAX_WORDS and _TELLS.search(block.text) is None


class Bare(NamedTuple):
    """Which paragraphs are captions, and which are links to other stories."""

    captions: frozenset[int]
    links: frozenset[int]


def pictures_among(blocks: list[Block], *, is_open: list[bool]) -> Bare:
    """The captions, and the links, among the paragraphs in question (`is_open`).

    Both lack a full stop where the article has them. So in a text that ends its sentences, a
    run of paragraphs that do not is a row of pictures or of links; a lone one is a caption if
    it is short and stands below the first full paragraph.
    """
    bare = [open_ and _is_bare(block) for block, open_ in zip(blocks, is_open, strict=True)]
    captions = {
        i
        for i, (b, open_) in enumerate(zip(blocks, is_open, strict=True))
        if open_ and (is_surely_caption(b) or (bare[i] and _LIKELY.search(b.text) is not None))
    }
    links: set[int] = set()
    if not _ends_its_sentences(blocks, is_open):
        return Bare(frozenset(captions), frozenset())
    first = _first_full_paragraph(blocks, is_open)
    for start, end in _runs(bare):
        if start < first or blocks[start - 1].text.endswith(":"):
            continue
        is_row = end - start > 1 or not captions.isdisjoint((start - 1, end))
        for i in range(start, end):
            if i in captions or is_heading(blocks[i]):
                continue
            if is_link(blocks[i]):
                links.add(i)
            elif is_row or _may_stand_alone(blocks[i]):
                captions.add(i)
    return Bare(frozenset(captions), frozenset(links))


def _is_bare(block: Block) -> bool:
    return (
        not block.ends_sentence
        and not block.text.endswith((":", ",", ";", "—", "-"))
        and block.text[0] not in _OPEN_QUOTE
        and block.n_words <= _CAPTION_MAX_WORDS
        and not is_list_item(block)
        and _CONTACT.search(block.text) is None
    )


def _ends_its_sentences(blocks: list[Block], is_open: list[bool]) -> bool:
    prose = [b for b, open_ in zip(blocks, is_open, strict=True) if open_ and b.n_words >= 8]
    n_ended = sum(block.ends_sentence for block in prose)
    return n_ended >= 2 and n_ended * 5 >= len(prose) * 2


def _first_full_paragraph(blocks: list[Block], is_open: list[bool]) -> int:
    for i, (block, open_) in enumerate(zip(blocks, is_open, strict=True)):
        if open_ and block.ends_sentence and block.n_words >= 8:
            return i
    return len(blocks)


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i, flag in enumerate(flags):
        if flag and runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        elif flag:
            runs.append((i, i + 1))
    return runs
