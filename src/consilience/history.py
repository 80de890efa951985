"""The states of a kept case: what each brought, what lies between two, and a feed of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from consilience.errors import NotFoundError
from consilience.records import Change, content_id
from consilience.store import State, Store
from consilience.tell.changes import changes
from consilience.wording import printable

_ATOM = "http://www.w3.org/2005/Atom"
# A feed reader shows a title on one line.
_TITLE_CHARS = 120


@dataclass(frozen=True, slots=True)
class Step:
    """A state with what it changed of the one before; of the first nothing."""

    state: State
    changes: tuple[Change, ...]


def steps(store: Store) -> Iterator[Step]:
    before: State | None = None
    for state in store.dossiers():
        found = () if before is None else changes(before.dossier, state.dossier)
        yield Step(state, found)
        before = state


def state_of(store: Store, number: int) -> State:
    """
    Raises:
        NotFoundError: the case has no state of that number.
    """
    n = 0
    for state in store.dossiers():
        n = state.number
        if n == number:
            return state
    raise NotFoundError(f"{number}: no state of that number; the case has {n}")


def since(store: Store, number: int, until: int | None = None) -> tuple[Change, ...]:
    """What changed from one state to another, the last where `until` is None.

    Raises:
        NotFoundError: the case has no state of such a number.
    """
    before, after = state_of(store, number).dossier, store.last_dossier()
    if until is not None:
        after = state_of(store, until).dossier
    return changes(before, before if after is None else after)


def to_atom(history: Sequence[Step], name: str) -> str:
    """An Atom feed (RFC 4287) with an entry for each state, the newest first.

    An entry is titled with what weighs most in it, and lists all of it.
    """
    root = ET.Element(f"{{{_ATOM}}}feed")
    last = history[-1].state if history else None
    _add(root, "title", last.dossier.title if last else name)
    _add(root, "id", f"urn:consilience:{content_id('case', name)}")
    _add(root, "updated", last.kept if last else "1970-01-01T00:00:00Z")
    _add(_add(root, "author"), "name", "Consilience")
    for step in reversed(history):
        entry = _add(root, "entry")
        told = [change.text for change in step.changes]
        _add(entry, "title", _title(told) if told else f"First told: {step.state.dossier.title}")
        key = content_id("state", name, f"{step.state.number}", step.state.kept)
        _add(entry, "id", f"urn:consilience:{key}")
        _add(entry, "updated", step.state.kept)
        for about in dict.fromkeys(change.about for change in step.changes):
            _add(entry, "category").set("term", about)
        shown = told or [sentence.text for sentence in step.state.dossier.account]
        content = _add(entry, "content")
        content.set("type", "html")
        content.text = _list(shown)
    ET.register_namespace("", _ATOM)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _title(told: Sequence[str]) -> str:
    first, more = told[0], len(told) - 1
    if len(first) > _TITLE_CHARS:
        first = first[: _TITLE_CHARS - 1].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"
    return f"{first} (and {more} more)" if more else first


def _list(told: Sequence[str]) -> str:
    """A list in HTML, which as the text of an element is escaped once more."""
    items = ET.Element("ul")
    for words in told:
        ET.SubElement(items, "li").text = printable(" ".join(words.split()))
    return ET.tostring(items, encoding="unicode")


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text is not None:
        child.text = printable(" ".join(text.split()))
    return child
