"""Cut a text into parts by who speaks in them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from consilience.ingest.blocks import Block, blocks_of
from consilience.ingest.captions import doubled_among, is_heading, is_list_item, pictures_among
from consilience.ingest.dateline import Dateline, find_dateline
from consilience.ingest.forum import (
    Header,
    comment_header,
    is_comment_section,
    is_stamp_line,
)
from consilience.ingest.furniture import (
    DateLine,
    byline,
    copyright_holder,
    date_line,
    is_address,
    is_boilerplate,
    is_credit,
    is_of_picture,
    is_picture_credit,
    leads_to_links,
    named_credit,
    trailing_credit,
)
from consilience.ingest.masthead import with_headline
from consilience.ingest.quoted import Taken, quoted_among
from consilience.records import PartKind, When

_DATELINE_BLOCKS = 3
_END_BLOCKS = 12
_ALT_MAX_WORDS = 3
_CAPTION_MAX_WORDS = 60
_PROSE_MIN_WORDS = 8
_HEADING_REACH = 8
_LINK_MAX_WORDS = 20
_JOINED = (PartKind.BODY, PartKind.QUOTED, PartKind.COMMENT, PartKind.BOILERPLATE)


@dataclass(frozen=True, slots=True)
class Cut:
    """A part before it has a document: offsets into the text, kind, who wrote it, and when."""

    start: int
    end: int
    kind: PartKind
    author: str | None = None
    published: When | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of a text, and what its furniture says of it."""

    cuts: tuple[Cut, ...]
    published: When | None = None
    updated: When | None = None
    author: str | None = None
    outlet: str | None = None
    agency: str | None = None
    holder: str | None = None


def layout_of(
    text: str, *, title: str | None = None, marked: Mapping[int, PartKind] | None = None
) -> Layout:
    """Cut a text into parts: in order, without overlap, covering all but white space.

    Paragraphs are told apart by shape alone: neighbours, end marks, a lexicon of what web pages
    say around articles. What fits no rule is body.

    Args:
        title: what the document is called outside its text; a line equal to it is the headline.
        marked: kinds that the markup gave, by the offset where their paragraph begins.
    """
    blocks = blocks_of(text)
    n_article = _article_length(blocks)
    article = blocks[:n_article]
    given = marked or {}
    kinds = [given.get(block.start) for block in article]
    dates = _date_lines(article, kinds)
    kinds = _with_furniture(article, kinds, dates)
    kinds = with_headline(article, kinds, title=title, dated=dates)
    kinds = _with_alternative_texts(article, kinds)
    speakers = {
        taken.block: taken
        for taken in quoted_among(article, is_open=_open(kinds), is_marked=_quoted(kinds))
    }
    kinds = [PartKind.QUOTED if i in speakers else kind for i, kind in enumerate(kinds)]
    kinds = _with_captions(article, kinds, title)
    cuts: list[Cut] = []
    dateline: Dateline | None = None
    n_body = 0
    for i, (block, kind) in enumerate(zip(article, kinds, strict=True)):
        n_body += kind is PartKind.BODY and _is_prose(block)
        if kind is PartKind.BODY and n_body <= _DATELINE_BLOCKS:
            found = find_dateline(block.text)
            if found is not None:
                cuts.append(Cut(block.start, block.start + found.end, PartKind.DATELINE))
                dateline = dateline or found
                block = _rest(block, found.end)
        cuts += _split(block, kind or PartKind.BODY, speakers.get(i), dates.get(i))
    cuts += _comment_cuts(blocks[n_article:])
    published = next((line.published for line in dates.values() if line.published), None)
    signed = [
        byline(b.text) for b, kind in zip(article, kinds, strict=True) if kind is PartKind.CREDIT
    ]
    return Layout(
        _merged(cuts, text),
        published or (dateline.published if dateline else None),
        next((line.updated for line in dates.values() if line.updated), None),
        next((by.author for by in signed if by and by.author), None),
        next((by.outlet for by in signed if by and by.outlet), None),
        dateline.agency if dateline else None,
        next((who for b in blocks[-_END_BLOCKS:] if (who := copyright_holder(b.text))), None),
    )


def _open(kinds: list[PartKind | None]) -> list[bool]:
    return [kind is None for kind in kinds]


def _quoted(kinds: list[PartKind | None]) -> list[bool]:
    return [kind is PartKind.QUOTED for kind in kinds]


def _is_prose(block: Block) -> bool:
    return block.ends_sentence and block.n_words >= _PROSE_MIN_WORDS


def _header_at(blocks: list[Block], i: int) -> Header | None:
    return comment_header(blocks[i].text, blocks[i + 1].text if i + 1 < len(blocks) else "")


def _article_length(blocks: list[Block]) -> int:
    """How many paragraphs stand above the comments. Above the first prose nobody comments yet."""
    has_prose = False
    for i, block in enumerate(blocks):
        if has_prose and _header_at(blocks, i) is not None:
            return i
        if has_prose and is_comment_section(block.text):
            soon = range(i + 1, min(i + 4, len(blocks)))
            if i * 2 >= len(blocks) or any(_header_at(blocks, k) for k in soon):
                return i
        has_prose = has_prose or _is_prose(block)
    return len(blocks)


def _date_lines(blocks: list[Block], kinds: list[PartKind | None]) -> dict[int, DateLine]:
    lines: dict[int, DateLine] = {}
    is_top = True
    for i, (block, kind) in enumerate(zip(blocks, kinds, strict=True)):
        line = date_line(block.text, is_top=is_top) if kind is None else None
        if line is not None:
            lines[i] = line
        elif _is_prose(block) and i >= 2:
            is_top = False
    return lines


def _with_furniture(
    blocks: list[Block], kinds: list[PartKind | None], dates: Mapping[int, DateLine]
) -> list[PartKind | None]:
    found = list(kinds)
    are_links = False
    for i, block in enumerate(blocks):
        if found[i] is not None:
            continue
        if is_credit(block.text):
            found[i] = PartKind.CREDIT
        elif i in dates or is_boilerplate(block.text):
            found[i] = PartKind.BOILERPLATE
            are_links = are_links or leads_to_links(block.text)
        elif are_links and not block.ends_sentence and block.n_words <= _LINK_MAX_WORDS:
            found[i] = PartKind.BOILERPLATE
        else:
            are_links = False
    return found


def _with_alternative_texts(
    blocks: list[Block], kinds: list[PartKind | None]
) -> list[PartKind | None]:
    """A word or two that stand alone beside a picture credit are the name of the picture's file."""
    lone = Counter(b.text for b in blocks if b.n_words <= _ALT_MAX_WORDS)
    found = list(kinds)
    for i, block in enumerate(blocks):
        if kinds[i] is not None or block.n_words > _ALT_MAX_WORDS or block.ends_sentence:
            continue
        beside = kinds[max(0, i - 1) : i + 2]
        is_name = block.text.islower() or lone[block.text] > 1
        if is_name and PartKind.CREDIT in beside:
            found[i] = PartKind.BOILERPLATE
    return found


def _with_captions(
    blocks: list[Block], kinds: list[PartKind | None], title: str | None
) -> list[PartKind | None]:
    still_open = _open(kinds)
    pictures = pictures_among(blocks, is_open=still_open)
    is_picture = [is_of_picture(b.text) for b in blocks]
    doubled = doubled_among(blocks, is_picture=is_picture, title=title)
    found = list(kinds)
    for i, block in enumerate(blocks):
        if not still_open[i]:
            continue
        credit = trailing_credit(block.text)
        pictured = credit is not None and is_picture_credit(block.text[credit:])
        is_short = block.n_words <= _CAPTION_MAX_WORDS
        if (
            i in pictures.captions
            or i in doubled
            or (pictured and is_short)
            or (i and named_credit(block.text))
        ):
            found[i] = PartKind.CAPTION
        elif i in pictures.links:
            found[i] = PartKind.BOILERPLATE
        elif (
            i and _stands_alone(blocks, kinds, i) and is_heading(block) and not is_list_item(block)
        ):
            found[i] = PartKind.HEADLINE
        else:
            found[i] = PartKind.BODY
    return found


def _stands_alone(blocks: list[Block], kinds: list[PartKind | None], i: int) -> bool:
    """Whether full paragraphs stand somewhere above and right below: then it can be a heading."""
    above = any(_is_prose(block) for block in blocks[max(0, i - _HEADING_REACH) : i])
    reach = range(i + 1, min(i + 1 + _HEADING_REACH, len(blocks)))
    below = next((blocks[k] for k in reach if kinds[k] is None), None)
    return above and below is not None and _is_prose(below) and not blocks[i - 1].text.endswith(":")


def _rest(block: Block, at: int) -> Block:
    text = block.text[at:].lstrip()
    return Block(block.end - len(text), block.end, text, block.group)


def _split(block: Block, kind: PartKind, taken: Taken | None, dates: DateLine | None) -> list[Cut]:
    if dates is not None and kind is PartKind.BOILERPLATE and dates.start > 0:
        return _in_two(block, dates.start, PartKind.HEADLINE, PartKind.BOILERPLATE)
    if kind in (PartKind.BODY, PartKind.CAPTION):
        at = trailing_credit(block.text)
        if at is None and kind is PartKind.CAPTION:
            at = named_credit(block.text)
        if at is not None:
            return _in_two(block, at, kind, PartKind.CREDIT)
    author, when = (None, None) if taken is None else (taken.author, taken.published)
    return [Cut(block.start, block.end, kind, author, when)]


def _in_two(block: Block, at: int, first: PartKind, second: PartKind) -> list[Cut]:
    head = block.text[:at].rstrip()
    return [
        Cut(block.start, block.start + len(head), first),
        Cut(block.start + at, block.end, second),
    ]


def _comment_cuts(blocks: list[Block]) -> list[Cut]:
    cuts: list[Cut] = []
    author, when, header_end = None, None, -1
    for i, block in enumerate(blocks):
        header = _header_at(blocks, i)
        if header is not None:
            author, when, header_end = header.author, header.when, i
            cuts.append(Cut(block.start, block.end, PartKind.BOILERPLATE))
        elif (
            (i == header_end + 1 and i > 0 and is_stamp_line(block.text))
            or is_comment_section(block.text)
            or (is_boilerplate(block.text) and not is_address(block.text))
        ):
            cuts.append(Cut(block.start, block.end, PartKind.BOILERPLATE))
        else:
            cuts.append(Cut(block.start, block.end, PartKind.COMMENT, author, when))
    return cuts


def _merged(cuts: list[Cut], text: str) -> tuple[Cut, ...]:
    """Neighbours of one kind and one author as one part; each caption and headline stays one."""
    out: list[Cut] = []
    for cut in cuts:
        last = out[-1] if out else None
        if (
            last is not None
            and cut.kind in _JOINED
            and (cut.kind, cut.author, cut.published) == (last.kind, last.author, last.published)
            and not text[last.end : cut.start].strip()
        ):
            out[-1] = replace(last, end=cut.end)
        else:
            out.append(cut)
    return tuple(out)
