"""Markdown as a reader of footnotes and tables sees it, raw HTML let through."""

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

# What the page itself is made of; a link or picture, code or HTML of an outsider is not in it.
OURS = frozenset(
    """text text_special softbreak inline paragraph_open paragraph_close heading_open heading_close
    strong_open strong_close em_open em_close bullet_list_open bullet_list_close list_item_open
    list_item_close table_open table_close thead_open thead_close tbody_open tbody_close tr_open
    tr_close th_open th_close td_open td_close footnote_ref footnote_block_open
    footnote_block_close footnote_open footnote_close footnote_anchor""".split()
)


def parsed(markdown: str) -> list[Token]:
    """Every token, inner ones too."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
    found = reader.use(footnote_plugin).parse(markdown)
    return [token for one in found for token in (one, *(one.children or []))]
