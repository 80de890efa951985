"""The documentation: made pages are current, shown commands do what is shown, links lead."""

import re
import shlex
from pathlib import Path

import click
import pytest

from consilience.cli import commands
from consilience.export import FOLDERS, FORMATS
from docs.build.__main__ import PAGES, stale
from docs.build.markdown import slug
from docs.build.shown import FailedError, pages_with_commands, run_page

ROOT = Path(__file__).parents[2]
EVERY = [
    *(ROOT / name for name in ("README.md", "CHANGELOG.md", "evaluation/LOG.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
_FENCED = re.compile(r"^```.*?^```$", re.M | re.S)
_LINK = re.compile(r"!?\[[^\]\[]*\]\((?P<to>[^)\s]+)\)")


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_the_pages_made_from_the_code_say_what_it_says_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    assert [*stale()] == []


@pytest.mark.parametrize("page", pages_with_commands(ROOT), ids=lambda page: page.name)
def test_what_a_page_shows_of_a_command_is_what_it_prints(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert run_page(text, ROOT).splitlines() == text.splitlines()


def test_a_page_must_own_up_to_a_command_that_fails_or_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    shown = "```console\n$ false\n{}```\n"
    with pytest.raises(FailedError, match="false: exits with 1"):
        run_page(shown.format(""), tmp_path)
    with pytest.raises(FailedError, match="prints nothing"):
        run_page("```console\n$ echo one | sed -n /two/p\n```\n", tmp_path)
    assert run_page(shown.format("$ echo $?\n"), tmp_path) == shown.format("$ echo $?\n1\n")


def commands_named(text: str) -> list[str]:
    """The commands in blocks that are not run: what installs, serves, or needs a network."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.M | re.S)
    joined = re.sub(r"\\\n *", "", "\n".join(blocks))
    ends = re.compile(r" [|<>&] .*| &&? .*| &$| # .*")
    return [ends.sub("", s) for s in joined.splitlines() if re.match("(consilience|make) ", s)]


@pytest.mark.parametrize("page", EVERY, ids=names(EVERY))
def test_every_command_that_a_page_names_is_one(page: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
    for line in commands_named(page.read_text(encoding="utf-8")):
        program, *words = shlex.split(line)
        if program == "make":
            assert [w for w in words if "=" not in w and w not in targets] == [], line
        else:
            context = click.Context(commands, info_name="consilience")
            assert_parses(commands, words, context, line)


def assert_parses(group: click.Group, words: list[str], context: click.Context, line: str) -> None:
    if words[:1] in (["--help"], ["--version"]):
        return
    if group is not commands:
        words = words[1:]  # the case, which stands between a group and its command
    assert words, line
    command = group.commands.get(words[0])
    assert command is not None, line
    if isinstance(command, click.Group):
        assert_parses(command, words[1:], click.Context(command, context, words[0]), line)
    elif "--help" not in words:
        command.make_context(words[0], words[1:], context)


def headings(path: Path) -> set[str]:
    plain = _FENCED.sub("", path.read_text(encoding="utf-8"))
    return {slug(words) for words in re.findall(r"^#{1,6} (.+)$", plain, re.M)}


@pytest.mark.parametrize("page", EVERY, ids=names(EVERY))
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    broken = []
    for found in _LINK.finditer(_FENCED.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = found["to"].partition("#")
        if re.match(r"[a-z]+:", path):
            continue
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in headings(target)):
            broken.append(found["to"])
    assert broken == []


def test_every_page_is_reached_from_the_index() -> None:
    seen, waiting = set(), [ROOT / "docs" / "index.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page in seen or page.suffix != ".md" or not page.is_file():
            continue
        seen.add(page)
        found = _LINK.finditer(page.read_text(encoding="utf-8"))
        waiting += [page.parent / link["to"].partition("#")[0] for link in found]
    assert [p for p in EVERY if (ROOT / "docs") in p.parents and p.resolve() not in seen] == []


@pytest.mark.parametrize("page", ["api.md", "assistant.md", "exports.md", "python.md"])
def test_every_address_tool_format_and_public_name_says_what_it_is_for(page: str) -> None:
    told = _FENCED.sub("", PAGES[page]().partition("\n## Objects\n")[0])
    _, *said = re.split(r"^##+ (.+)\n", told, flags=re.M)
    silent = [n for n, words in zip(said[::2], said[1::2], strict=True) if not words_of(words)]
    assert silent == []


def words_of(section: str) -> list[str]:
    """Its paragraphs, but for tables and lists."""
    return [p for p in section.strip().split("\n\n") if p and p[0] not in "|-*"]


def test_every_option_exit_code_and_format_is_explained_in_the_reference() -> None:
    page = PAGES["commands.md"]()
    every = [*commands.commands.values()]
    for command in every:
        every += command.commands.values() if isinstance(command, click.Group) else ()
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{command.name} {option.opts}"
                assert all(f"`{name}" in page or f", {name}" in page for name in option.opts)
    assert [code for code in (0, 1, 2, 130) if f"\n| {code} | " not in page] == []
    explained = PAGES["exports.md"]()
    assert [n for n in (*FOLDERS, *FORMATS) if f"## {n}\n" not in explained] == []
