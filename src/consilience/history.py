"""The states of a kept case: what each brought, and a feed of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from consilience.errors import NotFoundError
from consilience.records import Change, Dossier, content_id
from consilience.store import State, Store
from consilience.tell.changes import changes
from consilience.wording import printable

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class Step:
    """A state with what it changed of the one before; of the first nothing."""

    state: State
    changes: tuple[Change, ...]


def steps(store: Store) -> Iterator[Step]:
    before: Dossier | None = None
    for state in store.dossiers():
        found = () if before is None else changes(before, state.dossier)
        yield Step(state, found)
        before = state.dossier


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


def to_atom(history: Sequence[Step], name: str) -> str:
    """An Atom feed (RFC 4287) with an entry for each change, the newest first."""
    root = ET.Element(f"{{{_ATOM}}}feed")
    last = history[-1].state if history else None
    _add(root, "title", last.dossier.title if last else name)
    _add(root, "id", f"urn:consilience:{content_id('case', name)}")
    _add(root, "updated", last.kept if last else "1970-01-01T00:00:00Z")
    _add(_add(root, "author"), "name", "Consilience")
    for step in reversed(history):
        for n, change in enumerate(step.changes):
            entry = _add(root, "entry")
            _add(entry, "title", change.text)
            key = content_id("change", name, f"{step.state.number}", f"{n}", change.text)
            _add(entry, "id", f"urn:consilience:{key}")
            _add(entry, "updated", step.state.kept)
            _add(entry, "category").set("term", change.about)
            _add(entry, "content", change.text).set("type", "text")
    ET.register_namespace("", _ATOM)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add(parent: ET.Element, name: str, text: str | None = None) -> ET.Element:
    child = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text is not None:
        child.text = printable(" ".join(text.split()))
    return child
