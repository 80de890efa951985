"""The page on the commands, from what click knows of them."""

import inspect
import re
from collections.abc import Iterator

import click

from consilience.cli import commands
from docs.build.markdown import code, page, slug, table

_WIDTH = 1000  # no line of help is broken by click
_CODES = """\
| exit code | means |
| --- | --- |
| 0 | done |
| 1 | an expected error, one line on stderr naming the thing, the value and the remedy; also \
what `check` and `verify` say where something does not hold |
| 2 | wrong usage: an unknown command or option, or an argument missing |
| 130 | stopped with Ctrl-C; what a case had finished is kept |

Records go to stdout, talk to stderr, and progress only to a terminal. An input that cannot be
used is named on stderr and in the dossier's `failures`, and the rest goes on; where nothing could
be used the command exits with 1. What is written is whole, or nothing is."""
_COMPLETION = """\
For a shell to complete commands and options put this into its start-up file; `zsh_source` and
`fish_source` are there too.

```sh
eval "$(_CONSILIENCE_COMPLETE=bash_source consilience)"
```"""


def commands_page() -> str:
    root = click.Context(commands, info_name="consilience")
    every = [*_below(commands, root)]
    names = map(_name, every)
    links = (f"[{name}](#{slug(f'consilience {name}')})" for name in names)
    return page(
        "Commands",
        _words(commands.help or ""),
        table(("command", "does"), zip(links, map(_short, every), strict=True)),
        "## Exit codes",
        _CODES,
        "## Completion",
        _COMPLETION,
        *(words for context in every for words in _command(context)),
    )


def _below(group: click.Group, context: click.Context) -> Iterator[click.Context]:
    for name in group.list_commands(context):
        command = group.commands[name]
        inner = click.Context(command, context, info_name=name)
        yield inner
        if isinstance(command, click.Group):
            yield from _below(command, inner)


def _name(context: click.Context) -> str:
    """What follows "consilience", without the arguments that stand between."""
    parent = context.parent
    above = _name(parent) if parent is not None and parent.parent is not None else ""
    return f"{above} {context.info_name}".strip()


def _short(context: click.Context) -> str:
    return context.command.get_short_help_str(_WIDTH)


def _command(context: click.Context) -> Iterator[str]:
    yield f"## consilience {_name(context)}"
    usage = " ".join((context.command_path, *context.command.collect_usage_pieces(context)))
    yield f"```\n{usage.strip()}\n```"
    yield _words(context.command.help or "")
    options = [p for p in context.command.params if isinstance(p, click.Option)]
    if options:
        yield table(("option", "means"), (_option(option, context) for option in options))
    yield _words(context.command.epilog or "")


def _option(option: click.Option, context: click.Context) -> tuple[str, str]:
    record = option.get_help_record(context)
    if record is None:
        raise ValueError(f"{option.name} is hidden; show it or drop it")
    names, words = record
    return code(names), words


def _words(text: str) -> str:
    r"""Help as Markdown: what click leaves as it is, after \b, is code; the rest runs on."""
    out = []
    for block in re.split(r"\n\s*\n", inspect.cleandoc(text)):
        lines = block.splitlines()
        kept = lines[0].strip() == "\b"
        body = lines[1:] if kept else lines
        if kept and body[0].strip() in ("Example:", "Examples:"):
            out.append("*Example*")
            body = body[1:]
        if kept:
            plain = inspect.cleandoc("\n".join(body))
            out.append(f"```\n{plain}\n```")
        else:
            out.append(" ".join(line.strip() for line in lines))
    return "\n\n".join(out)
