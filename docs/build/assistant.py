"""The page on the tools that an assistant is given, from their signatures and docstrings."""

import inspect
from collections.abc import Iterator, Sequence
from pathlib import Path

from consilience.assistant import tools
from consilience.assistant.server import Tool
from docs.build.markdown import docstring, page
from docs.build.python import signature

_BEGINS = """\
What `consilience mcp CASE.db` offers over the Model Context Protocol. How to set it up, and what to
tell an assistant: [a case for an assistant](../how-to/assistant.md).

Every answer is a JSON object under `"untrusted": true`, since it holds words of documents; an error
is its `error`. Lists come in pages: where `next_start` stands, ask again with `start`."""


def assistant_page() -> str:
    reading, writing = tools(Path("CASE.db"), "NAME")
    return page(
        "Assistant",
        _BEGINS,
        "## Always",
        "These read, and change nothing.",
        *_tools(reading),
        "## With --allow-write NAME",
        "These change the case, signed by that name, and are there only where it is given.",
        *_tools(writing),
    )


def _tools(every: Sequence[Tool]) -> Iterator[str]:
    for tool in every:
        yield f"### {tool.__name__}"
        called = inspect.signature(tool).replace(return_annotation=inspect.Signature.empty)
        yield signature(tool.__name__, called)
        yield docstring(tool)
