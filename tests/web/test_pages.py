"""The pages of a served case made of hostile strings: they are text, wherever they stand."""

from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest

from consilience.records import Change, Decision, DecisionKind, Dossier, Target, TargetKind
from consilience.store import Addition, StateLine
from consilience.store.register import AdditionStatus
from consilience.tell.lookup import lookup
from consilience.web.pages.adding import Refusal, Told, add_page, added_rows, work_page
from consilience.web.pages.checking import check_page
from consilience.web.pages.decisions import decisions_page, said
from consilience.web.pages.documents import document_page
from consilience.web.pages.entrance import error_page, login_page
from consilience.web.pages.history import changes_page, history_page
from consilience.web.pages.records import record_page, records_page
from consilience.web.pages.render import Visit
from consilience.web.pages.search import Asked, Found, search_page
from consilience.web.work import Progress
from tests.hostile import PAYLOADS
from tests.sown import WIDTH, plain, sown

HARMLESS = [f"word {n}" for n in range(WIDTH)]
# Addresses of our own; what follows is quoted.
WAYS = ("/records/", "/documents/", "/originals/", "/search", "/history", "/work", "/changes", "/#")


class Shape(HTMLParser):
    """The elements of a page, each with the names of its attributes, and where its links lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.addresses: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(f"{tag} {sorted(name for name, _ in attrs)}")
        self.addresses |= {
            value or "" for name, value in attrs if name in ("href", "src", "action")
        }


def pages(dossier: Dossier, words: list[str]) -> Iterator[str]:
    """Each page with the dossier's strings, and those that do not come from one."""
    one = words[0]
    visit = Visit(one, may_add=True, may_decide=True, has_token=False, version="1.0")
    book = lookup(dossier)
    asked = Asked(one, one, one, one, one)
    found = Found(dossier.claims, tuple(claim.passage for claim in dossier.claims))
    yield search_page(visit, dossier, Asked(one), found)
    yield search_page(visit, dossier, asked, Found(), one)
    yield records_page(visit, dossier)
    conflict = {"theirs": [], "changes": words, "yours": one, "reason": one, "number": 1}
    typed = {"kind": ["lock"], "other": words, "value": words, "reason": words, "by": words}
    ids = (
        dossier.entities[0].id,
        dossier.events[0].id,
        dossier.findings[0].id,
        dossier.claims[0].id,
        dossier.documents[0].id,
    )
    for record_id in ids:
        yield record_page(visit, dossier, record_id, typed, conflict, one)
    for document in dossier.documents[:3]:
        yield document_page(visit, dossier, document.id, (1, 3))
    decisions = [
        Decision(kind, (Target(TargetKind.CLAIM, w, ()),) * 2, (w,), None, w, w, w)
        for kind in (DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.REJECT, DecisionKind.NOTE)
        for w in words
    ]
    conflict = {**conflict, "theirs": [said(1, decisions[0])]}
    yield decisions_page(visit, decisions, dossier, one, conflict)
    changes = [Change(change.about, w) for change in dossier.changes[:1] for w in words]
    states = [StateLine(n, one, 1, 1, tuple(changes)) for n in (1, 2)]
    yield history_page(visit, states)
    yield changes_page(visit, 1, 2, 2, changes)
    added = added_rows(
        [Addition(1, w, w, w, w, AdditionStatus.FAILED, w) for w in words], dossier.documents
    )
    fields = dict.fromkeys(("text", "title", "url", "source", "author", "published", "by"), one)
    yield add_page(visit, fields, added, Refusal(tuple(words), is_taken_name=True, had_files=True))
    told = Told(one, tuple(changes), has_account=True, is_all=True)
    for work in (Progress("idle"), Progress("failed", error=one), Progress("telling", one, 1, 2)):
        yield work_page(visit, work, told, added, "/work?since=1&kept=0&added=1")
    passages = [
        {"document": c.passage.document_id, "start": c.passage.start, "end": c.passage.end}
        for c in dossier.claims[:9]
    ]
    point = {"said": one, "standing": "disputed", "why": one, "voices": words}
    points = [{**point, "passages": passages, "against": passages}]
    yield check_page(visit, one, {"standing": "disputed", "points": points}, book, one)
    yield login_page(one, failed=True)
    yield error_page(404, one, one)


@pytest.mark.threat("W1", "W10")
def test_hostile_strings_are_text_on_every_page_and_no_link_leads_elsewhere(
    reached: Callable[[str], None],
) -> None:
    harmless = [Shape(html) for html in pages(plain(), HARMLESS)]
    elements = {found for shape in harmless for found in shape.found}
    addresses = {address for shape in harmless for address in shape.addresses}
    for n, dossier in enumerate(sown()):
        words = [PAYLOADS[(n * WIDTH + k) % len(PAYLOADS)] for k in range(WIDTH)]
        for html in pages(dossier, words):
            shape = Shape(html)
            assert shape.found - elements == set()
            strange = {at for at in shape.addresses - addresses if not at.startswith(WAYS)}
            assert strange == set()
    reached(f"{len(PAYLOADS)} strings on {len(harmless)} pages: no element, no link of theirs")
