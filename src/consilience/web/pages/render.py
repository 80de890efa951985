"""A page of the desk from its template: what is outside words is escaped and cannot redraw it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from jinja2 import Environment

from consilience.tell.to_html import page_environment

# What stands above every page, in its order: label, address, and whether only those see it who
# may add.
NAVIGATION = (
    ("Dossier", "/", False),
    ("Search", "/search", False),
    ("Check", "/check", False),
    ("Records", "/records", False),
    ("Add documents", "/add", True),
    ("Decisions", "/decisions", False),
    ("History", "/history", False),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at a page, and what they may do there.

    `name` is None where nobody has said who they are; `has_token` says whether a token let them in.
    `version` is of the case as it is shown.
    """

    name: str | None
    may_add: bool
    may_decide: bool
    has_token: bool
    version: str


def navigation(visit: Visit) -> tuple[tuple[str, str], ...]:
    return tuple((label, at) for label, at, adds in NAVIGATION if visit.may_add or not adds)


def page(name: str, visit: Visit | None, **shown: Any) -> str:
    """The page of that template; no visit: only the way in is shown."""
    links = () if visit is None else navigation(visit)
    made: str = _environment().get_template(name).render(visit=visit, links=links, **shown)
    return f"{made}\n"


@cache
def _environment() -> Environment:
    environment = page_environment(_template)
    # Of a document given by somebody with an id of their own.
    environment.filters["in_address"] = in_address
    return environment


def in_address(name: str) -> str:
    """
    >>> in_address("a/b c")
    'a%2Fb%20c'
    """
    return quote(name, safe="")


def _template(name: str) -> str:
    folder = files("consilience.web") / "templates"
    return (folder / f"{name}.html.j2").read_text(encoding="utf-8")
