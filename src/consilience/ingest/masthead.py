"""What stands above an article: headline, lines below it, unmarked bylines."""

import re
from collections.abc import Container

from consilience.ingest.blocks import Block
from consilience.ingest.captions import is_bullet, is_list_item
from consilience.ingest.dateline import find_dateline
from consilience.records import PartKind

_TOP_BLOCKS = 8
_HEADLINE_MAX_WORDS = 35
_DECK_MAX_WORDS = 25
_DECK_MAX_LINES = 5
_SIGNED_MAX_WORDS = 8
_SIGNED = re.compile(
    r"(?:[^\W\d_a-zß-ÿ][\w.'’-]{0,25}|and|in|y|en|et|und|for|agencies|agencias|staff|de|del|la|[&,|])"
    r"(?:,?\s(?:[^\W\d_a-zß-ÿ][\w.'’-]{0,25}|and|in|y|en|et|und|for|agencies|agencias|staff|de|del|la"
    r"|[&,|])){0,7}"
)


def with_headline(
    blocks: list[Block],
    kinds: list[PartKind | None],
    *,
    title: str | None,
    dated: Container[int],
) -> list[PartKind | None]:
    """The kinds with the headline and what belongs to it marked.

    The headline is the line equal to the title, or the first line if it ends no sentence. Lines
    below it that end none either are its deck: one, or all down to a byline or date line. Names
    beside a date line (`dated` are the paragraphs that are one) are a byline without "By".
    """
    found = list(kinds)
    still_open = [i for i, kind in enumerate(kinds) if kind is None][:_TOP_BLOCKS]
    first = _headline(blocks, still_open, kinds, title)
    if first is not None:
        found[first] = PartKind.HEADLINE
    for i in still_open:
        beside = i - 1 in dated or i + 1 in dated
        if found[i] is None and beside and _is_signed(blocks[i]):
            found[i] = PartKind.CREDIT
    if first is not None:
        for i in _deck(blocks, found, first):
            found[i] = PartKind.HEADLINE
    return found


def _headline(
    blocks: list[Block], still_open: list[int], kinds: list[PartKind | None], title: str | None
) -> int | None:
    if title is not None:
        same = next((i for i in still_open if same_title(blocks[i].text, title)), None)
        if same is not None:
            return same
    if len(still_open) < 2 or PartKind.HEADLINE in kinds or not _is_title(blocks[still_open[0]]):
        return None
    return still_open[0]


def _deck(blocks: list[Block], kinds: list[PartKind | None], headline: int) -> range:
    end = headline + 1
    while end < len(blocks) and kinds[end] is None and _is_deck(blocks[end]):
        end += 1
    n_lines = end - headline - 1
    is_closed = end < len(blocks) and kinds[end] is not None
    if end == len(blocks) or (is_closed and n_lines > _DECK_MAX_LINES):
        return range(0)
    return range(headline + 1, end if is_closed else min(end, headline + 2))


def _is_deck(block: Block) -> bool:
    return _is_title(block) and block.n_words <= _DECK_MAX_WORDS and not is_list_item(block)


def _is_title(block: Block) -> bool:
    return (
        2 <= block.n_words <= _HEADLINE_MAX_WORDS
        and not block.text.endswith((".", ":", ",", ";", ".”", '."', ".’", ".'"))
        and not is_bullet(block)
        and find_dateline(block.text) is None
    )


def _is_signed(block: Block) -> bool:
    return block.n_words <= _SIGNED_MAX_WORDS and _SIGNED.fullmatch(block.text) is not None


def same_title(line: str, title: str) -> bool:
    """Whether a line is the title, with or without the name of the site at either end."""
    a, b = (re.sub(r"[\W_]+", " ", words.casefold()).strip() for words in (line, title))
    if not a or not b:
        return False
    shorter, longer = sorted((a, b), key=len)
    is_end = longer.startswith(shorter) or longer.endswith(shorter)
    return is_end and len(shorter) * 2 > len(longer)
