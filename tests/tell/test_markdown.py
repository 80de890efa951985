"""The dossier as Markdown."""

import re

from markdown_it import MarkdownIt

from consilience.tell.to_markdown import to_markdown
from tests.tell.hostile import hostile_dossier
from tests.tell.sample import sample_dossier


def section(heading: str) -> str:
    parts = re.split(r"^## (.*)$", to_markdown(sample_dossier()), flags=re.MULTILINE)
    return parts[parts.index(heading) + 1].strip()


def test_every_sentence_has_footnotes_that_quote_its_sources() -> None:
    page = to_markdown(sample_dossier())
    assert (
        "The ferry Aurelia caught fire on Monday night, 3 March 2031, off Port Callis.[^1][^2]\n"
    ) in page
    assert (
        "[^2]: Northern Tribune, “What went wrong on the Aurelia”, 7 March 2031, inferred: "
        "“the Aurelia burned off Port Callis on the night of 3 March”\n"
    ) in page


def test_every_footnote_is_called_for_and_given_once() -> None:
    page = to_markdown(sample_dossier())
    called = re.findall(r"\[\^(\d+)\](?!:)", page)
    given = re.findall(r"^\[\^(\d+)\]:", page, flags=re.MULTILINE)
    assert sorted(set(called), key=int) == given


def test_disagreements_come_before_settled_findings() -> None:
    assert "**What caused it?** — contradicted" in section("Where the accounts disagree")
    settled = section("Figures and findings")
    assert "What caused it?" not in settled
    assert settled.startswith(
        "**How many people were killed?** — updated over time\n\n- **at least 9**"
    )
    assert "- **14** — Callis coast guard (in El Faro del Sur) and Northern Tribune; " in settled


def test_what_is_unknown_and_what_failed_is_said() -> None:
    assert section("What nobody says").startswith("- No document says whether anyone was detained.")
    assert "- deck-plan.pdf (ingest): no text in any of its 3 pages" in section(
        "What could not be used"
    )


def test_each_source_shows_its_date_and_where_that_comes_from() -> None:
    sources = section("Sources")
    assert "7 March 2031, inferred" in sources
    assert "| Spanish | o2 | – | 1 |" in sources


def test_versions_of_one_utterance_stand_together() -> None:
    said = section("People and what they said")
    assert (
        "- “Nobody sounded the alarm,” / «Nadie dio la alarma» / ‘No one raised the alarm,’" in said
    )


def test_nothing_of_the_outside_is_read_as_markdown() -> None:
    renderer = MarkdownIt("commonmark", {"html": True}).enable("table")
    page = re.sub(r"^\[\^\d+\]:", "note", to_markdown(hostile_dossier()), flags=re.MULTILINE)
    html = renderer.render(page)
    tags = set(re.findall(r"</?(\w+)[^>]*>", html))
    allowed = {
        "h1",
        "h2",
        "p",
        "strong",
        "em",
        "ul",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
    }
    assert tags <= allowed
    assert "<strong>x</strong>" not in html
    assert "\x00" not in page
    assert "\u202e" not in page


def test_the_same_dossier_gives_the_same_page() -> None:
    assert to_markdown(sample_dossier()) == to_markdown(sample_dossier())
