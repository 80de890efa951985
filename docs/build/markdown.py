"""Docstrings and tables as Markdown."""

import inspect
import re
from collections.abc import Iterable, Sequence

NOTICE = "<!-- Made from the code by `make reference`; what is written here by hand is lost. -->"
_SECTION = re.compile(r"(Args|Returns|Raises|Source):$")
_ITEM = re.compile(r"(?P<indent> *)(?P<name>[\w*]+): (?P<words>.*)$")


def page(title: str, *paragraphs: str) -> str:
    return "\n\n".join((f"# {title}", NOTICE, *(p for p in paragraphs if p))) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([cell(words) for words in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")


def slug(heading: str) -> str:
    """The anchor that a forge gives a heading."""
    plain = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return plain.replace(" ", "-")


def code(words: str) -> str:
    return f"`{words}`"


def docstring(thing: object) -> str:
    """What a docstring says: its examples as code, its sections as lists."""
    blocks = re.split(r"\n{2,}", inspect.getdoc(thing) or "")
    return "\n\n".join(filter(None, map(_block, blocks)))


def _block(block: str) -> str:
    lines = block.splitlines()
    if not lines:
        return ""
    if lines[0].startswith(">>>"):
        return "\n".join(("```python", *lines, "```"))
    if _SECTION.match(lines[0]):
        head = lines[0].removesuffix(":").replace("Args", "Arguments")
        return f"*{head}*\n\n{_items(lines[1:])}"
    return block


def _items(lines: Sequence[str]) -> str:
    """One bullet for each `name: words`, further lines of which are indented more."""
    out: list[str] = []
    for line in lines:
        found = _ITEM.match(line)
        if found and (not out or len(found["indent"]) <= 4):
            out.append(f"- `{found['name']}`: {found['words']}")
        else:
            out.append(f"  {line.strip()}" if out else line.strip())
    return "\n".join(out)
