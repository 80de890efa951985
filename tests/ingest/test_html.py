"""Web pages: the article, its parts and what its head says."""

import pytest

from consilience.ingest.html import page_of
from consilience.records import PartKind

PROSE = (
    "<p>At least four people were killed when a bridge fell into the river on Monday, police "
    "said. The bridge had stood for sixty years and was due for repair.</p>"
    "<p>Three more are missing, the mayor told reporters. She spoke outside the town hall, "
    "where relatives had gathered through the night to wait for news.</p>"
)
HEAD = (
    "<title>Bridge falls in Harwick - Bramley Post</title>"
    '<meta property="og:site_name" content="Bramley Post">'
    '<link rel="canonical" href="https://bramley.example/bridge">'
)


def page(body: str, head: str = HEAD) -> str:
    nav = '<nav><a href="/">Home</a> <a href="/weather">Weather</a></nav>'
    foot = "<footer>© 2021 Bramley Post. All rights reserved.</footer>"
    return f"<html><head>{head}</head><body>{nav}<article>{body}</article>{foot}</body></html>"


def paragraphs(markup: str) -> list[tuple[PartKind | None, str]]:
    found = page_of(markup)
    return [(found.kinds.get(i), words) for i, words in enumerate(found.text.split("\n\n"))]


def test_the_article_is_taken_and_the_page_around_it_left() -> None:
    found = page_of(page(f"<h1>Bridge falls in Harwick</h1>{PROSE}"))
    assert found.text.startswith("Bridge falls in Harwick\n\nAt least four people")
    assert "Weather" not in found.text
    assert "rights" not in found.text


def test_the_head_gives_title_site_and_address() -> None:
    given = page_of(page(f"<h1>Bridge falls in Harwick</h1>{PROSE}")).given
    assert given.title == "Bridge falls in Harwick"
    assert given.source == "Bramley Post"
    assert given.url == "https://bramley.example/bridge"


def test_a_known_domain_names_the_outlet() -> None:
    head = '<link rel="canonical" href="https://www.reuters.com/world/bridge">'
    assert page_of(page(PROSE, head)).given.source == "Reuters"


def test_captions_and_their_credits_are_kept_in_place() -> None:
    figure = (
        '<figure><img src="a.jpg"><figcaption>Divers on the bank '
        '<span class="credit">Jane Lind/Reuters</span></figcaption></figure>'
    )
    first, second = PROSE.split("</p>", 1)
    found = paragraphs(page(f"{first}</p>{figure}{second}"))
    assert found[1] == (PartKind.CAPTION, "Divers on the bank")
    assert found[2] == (PartKind.CREDIT, "Jane Lind/Reuters")
    assert found[3][1].startswith("Three more are missing")


def test_a_block_quotation_is_quoted() -> None:
    said = "We heard a crack and then screams. It was over in seconds, nobody could do a thing."
    assert (PartKind.QUOTED, said) in paragraphs(
        page(f"{PROSE}<blockquote><p>{said}</p></blockquote>")
    )


def test_a_post_keeps_its_author_and_day_in_its_paragraph() -> None:
    post = (
        '<blockquote class="twitter-tweet"><p>Stay off the road.</p>&mdash; Harwick Fire '
        "(@HarwickFire) <a>May 3, 2021</a></blockquote>"
    )
    words = "Stay off the road. — Harwick Fire (@HarwickFire) May 3, 2021"
    assert (None, words) in paragraphs(page(PROSE + post))


def test_lines_of_an_old_page_are_not_run_together() -> None:
    lines = (
        "Four people were killed when a bridge fell into the river on Monday, police said at noon."
        "<br><br>The search goes on, and will begin again at six in the morning, the mayor said."
    )
    cell = f"<b>Bridge falls</b><br>By Jane Lind<br><br>{lines}"
    found = page_of(f"<table><tr><td>{cell}</td></tr></table>")
    assert "Bridge falls\nBy Jane Lind\nFour people" in found.text


def test_a_short_page_is_taken_without_its_menu() -> None:
    found = page_of("<nav>Home News</nav><h1>Two dead in Lind</h1><p>Two people died in Lind.</p>")
    assert found.text == "Two dead in Lind\n\nTwo people died in Lind."


def test_list_items_keep_a_mark() -> None:
    found = paragraphs(page(f"{PROSE}<ul><li>Four dead</li><li>Three missing</li></ul>"))
    assert [words for _, words in found[2:]] == ["- Four dead", "- Three missing"]


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2021-05-03T14:05:00+02:00">'
        '<meta property="article:modified_time" content="2021-06-30T10:00:00Z">',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": '
        '"Article", "datePublished": "2021-05-03T12:05Z", "dateModified": "2021-06-30T10:00Z"}]}'
        "</script>",
    ],
)
def test_a_change_is_no_publication(head: str) -> None:
    given = page_of(page(PROSE, head)).given
    assert given.published is not None
    assert given.updated is not None
    assert (given.published.value, given.updated.value) == ("2021-05-03T12:05", "2021-06-30T10:00")


def test_a_page_that_says_only_when_it_was_changed_has_no_date_of_publication() -> None:
    head = '<meta property="article:modified_time" content="2021-06-30T10:00:00Z">'
    assert page_of(page(PROSE, head)).given.published is None


@pytest.mark.parametrize(
    "wrap",
    [
        ("<div>" * 400, "</div>" * 400),
        ("<div>" * 30_000, "</div>" * 30_000),
        ("<div " + "a=1 " * 30_000 + ">", "</div>"),
    ],
    ids=["deep", "deeper", "many attributes"],
)
def test_a_page_built_to_choke_parsers_loses_no_text(wrap: tuple[str, str]) -> None:
    text = page_of(page(wrap[0] + PROSE + wrap[1])).text
    assert "At least four people" in text
    assert "wait for news" in text


@pytest.mark.parametrize("root", ["nav", "figure", "svg", "form", "title", "blockquote"])
def test_a_page_with_an_odd_root_is_read(root: str) -> None:
    text = page_of(f"<{root}>words</{root}>{PROSE}").text
    assert "At least four people" in text


def test_broken_linked_data_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"datePublished": </script>' + HEAD
    assert page_of(page(PROSE, head)).given.source == "Bramley Post"


@pytest.mark.parametrize(
    "markup",
    ["", "<html></html>", "<title>Bridge</title><script>var words = 'no';</script><body></body>"],
)
def test_a_page_with_no_text_gives_none(markup: str) -> None:
    assert page_of(markup).text == ""
