"""The dossier as one HTML file."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from consilience.records import Dossier
from consilience.tell.to_html import to_html
from tests.tell.hostile import HOSTILE, hostile_dossier
from tests.tell.sample import TEXTS, sample_dossier, stretched

VOID = {"input", "meta", "link", "line", "circle", "path", "polygon"}


class Page(HTMLParser):
    """Tags, attributes, ids, links, and the text inside each element that has an id."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[tuple[str, str | None]] = []
        self.text: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.attributes |= {(tag, name) for name in given}
        identity = given.get("id")
        if identity is not None:
            self.ids.append(identity)
        if given.get("href") is not None:
            self.links.append(given["href"] or "")
        if tag not in VOID:
            self.open.append((tag, identity))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            opened, _ = self.open.pop()
            assert opened == tag, f"</{tag}> closes <{opened}>"

    def handle_data(self, data: str) -> None:
        for _, identity in self.open:
            if identity is not None:
                self.text[identity] = self.text.get(identity, "") + data


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(to_html(sample_dossier()))


def words(page: Page, identity: str) -> str:
    return " ".join(page.text[identity].split())


def _letters(text: str) -> str:
    """The text without the digits that number its passages, and without its own."""
    return re.sub(r"[0-9]", "", " ".join(text.split()))


def test_every_sentence_leads_to_words_marked_in_their_document(page: Page) -> None:
    assert words(page, "s1").startswith("The ferry Aurelia caught fire on Monday night")
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner <= set(page.ids)
    assert {"s1", "f1", "t1", "e-e1", "p1"} <= inner


def test_a_passage_stands_once_and_its_note_says_where_and_for_what() -> None:
    html = to_html(sample_dossier())
    ((length, words_there),) = re.findall(
        r"<a id=p4 href=#n4 data-n=(\d+)[^>]*>4</a>(?:<mark>)?([^<]+)", html
    )
    assert words_there[: int(length)] == "catorce muertos"
    assert words(Page(html), "n4") == (
        "El Faro del Sur, 5 March 2031, given with the document; Callis coast guard:"
        " catorce muertos sentence 2, finding 3, timeline 3"
    )


def test_marks_stand_behind_the_stretch_that_they_belong_to() -> None:
    sample = sample_dossier()
    _, second, *_ = sample.account
    dead, muertos, nine = second.passages
    cited = stretched(second.text, ("Fourteen people died", (dead, muertos)), ("nine", (nine,)))
    page = Page(to_html(replace(sample, account=(replace(second, cited=cited),))))
    assert words(page, "s1") == (
        "Fourteen people died;12 on 4 March the coast guard had said at least nine.3"
    )


def test_many_sources_have_no_column_each_but_stand_by_their_answers() -> None:
    sample = sample_dossier()
    late, claim = sample.documents[3], sample.claims[3]
    others = [replace(late, id=f"x{n}", source=f"Wire {n}") for n in range(8)]
    repeated = [
        replace(claim, id=f"k4x{n}", passage=replace(claim.passage, document_id=f"x{n}"))
        for n in range(8)
    ]
    killed, *findings = sample.findings
    nine, fourteen = killed.candidates
    all_claims = (*fourteen.claim_ids, *(claim.id for claim in repeated))
    killed = replace(killed, candidates=(nine, replace(fourteen, claim_ids=all_claims)))
    many = replace(
        sample,
        documents=(*sample.documents, *others),
        claims=(*sample.claims, *repeated),
        findings=(killed, *findings),
    )
    told = words(Page(to_html(many)), "ledger")
    assert "How many people were killed? updated over time 12 sources" in told
    assert "14: 7 March 2031 Northern Tribune" in told
    assert "Wire 0" in told
    assert "Wire 7" in told
    assert "1 more question is answered by one source alone" in told


def test_every_id_stands_once_and_every_element_is_closed(page: Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert page.open == []


def test_the_full_text_of_every_document_is_there(page: Page) -> None:
    for document_id, text in TEXTS.items():
        shown = page.text[f"d-{document_id}"]
        assert _letters(text) in _letters(shown)


def test_each_status_is_said_in_words(page: Page) -> None:
    assert "updated over time" in words(page, "f-f1")
    assert "contradicted" in words(page, "f-f3")
    assert "one origin only" in words(page, "f-f6")


def test_each_section_says_what_it_should(page: Page) -> None:
    assert "Callis coast guard (in Callis Observer and Harbour Ledger)" in words(page, "f-f1")
    assert "the count was open" in words(page, "f-f1")
    assert "deputy transport minister (Callis Observer)" in words(page, "e-e1")
    assert "harbour master (Northern Tribune)" in words(page, "e-e1")
    assert "Northern Tribune, 7 March 203114" in words(page, "ledger")
    assert "7 March 2031, inferred" in words(page, "sources")
    assert "Harbour Ledger repeats, word for word, Callis Observer" in words(page, "sources")
    assert "No document says whether anyone was detained." in words(page, "missing")
    assert "no text in any of its 3 pages" in words(page, "failures")


@pytest.mark.threat("W1", "P1")
def test_the_page_asks_for_nothing_and_runs_only_its_own_script() -> None:
    html = to_html(sample_dossier())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    directives = policy[1].replace("&#39;", "'")
    assert directives.startswith("default-src 'none';")
    for tag in ("style", "script"):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert body is not None
        digest = base64.b64encode(hashlib.sha256(body[1].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in directives
    asking = Page(html)
    assert not {"img", "iframe", "object", "embed", "base", "form", "video"} & asking.tags
    assert all(link.startswith(("#", "data:,")) for link in asking.links)
    assert not {name for _, name in asking.attributes} & {"src", "srcset", "action", "style"}
    assert not [name for _, name in asking.attributes if name.startswith("on")]


@pytest.mark.threat("W1")
def test_nothing_of_the_outside_is_read_as_html() -> None:
    hostile, plain = Page(to_html(hostile_dossier())), Page(to_html(sample_dossier()))
    assert hostile.tags == plain.tags
    assert hostile.attributes == plain.attributes
    assert sorted(hostile.ids) == sorted(plain.ids)
    assert hostile.open == []
    shown = HOSTILE.replace("\u202e", "\ufffd").replace("\0", "\ufffd").replace("\x1b", "\ufffd")
    assert shown in hostile.text["s1"]
    assert "\u202e" not in "".join(hostile.text.values())


def test_an_empty_dossier_is_still_a_page() -> None:
    sample = sample_dossier()
    empty = Dossier(sample.title, sample.run, *((),) * 11)
    assert "The documents do not support an account." in Page(to_html(empty)).text["account"]


def test_the_same_dossier_gives_the_same_page() -> None:
    assert to_html(sample_dossier()) == to_html(sample_dossier())
