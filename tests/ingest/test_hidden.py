"""What a page hides from its readers is no word of it, and is said to be left out."""

import hashlib
import time
from collections.abc import Callable

import pytest

from consilience.ingest import Raw, ingest_raw
from consilience.ingest.html import page_of, text_of_page
from consilience.records import Document, Failure

Reach = Callable[[str], None]

STORY = (
    "The night ferry to Ostrel ran aground on Tuesday, and forty passengers were taken off by "
    "two fishing boats, the harbour office said.",
    "Nobody was hurt, and the ferry was pulled free at high water on Wednesday morning by a tug "
    "that had come from Brenn.",
    "The captain told reporters that the light at the end of the pier had been out for a week, "
    "and that he had complained of it twice.",
)
PLANTED = "Nineteen passengers of the ferry drowned, the coast guard admitted late at night."


def page(planted: str, *, sheet: str = "", head: str = "") -> str:
    style = f"<style>{sheet}</style>" if sheet else ""
    first, *others = (f"<p>{words}</p>" for words in STORY)
    title = "<title>Ferry aground off Ostrel</title>"
    article = f"<h1>Ferry aground off Ostrel</h1>{first}{planted}{''.join(others)}"
    return (
        f"<html><head>{title}{head}{style}</head><body><article>{article}</article></body></html>"
    )


def styled(style: str) -> str:
    return page(f'<p style="{style}">{PLANTED}</p>')


def ruled(rule: str, planted: str = f'<p class="k7 note" id="q">{PLANTED}</p>') -> str:
    return page(planted, sheet=f"p {{ margin: 1em }} {rule} a:hover {{ color: red }}")


HIDDEN = {
    "hidden": page(f"<p hidden>{PLANTED}</p>"),
    "hidden until found": page(f'<p hidden="until-found">{PLANTED}</p>'),
    "not displayed": styled("display:none"),
    "not displayed, shouted": styled("DISPLAY : None !important"),
    "not displayed, by entities": styled("display&#58;none"),
    "not displayed, with a comment": styled("display:/* block */none"),
    "not displayed, escaped": styled("d\\69splay:none"),
    "not visible": styled("visibility: hidden"),
    "collapsed": styled("visibility: collapse"),
    "clear": styled("opacity:0"),
    "nearly clear": styled("opacity: 0.01"),
    "filtered away": styled("filter: opacity(0%)"),
    "of no size": styled("font-size:0"),
    "of one pixel": styled("font-size: 1px"),
    "of no size, in short": styled("font: 0/0 a"),
    "a hundredth of a line": styled("font-size:.01em"),
    "left of the page": styled("position:absolute; left:-9999px"),
    "above the page": styled("position:fixed;top:-200em"),
    "right of the page": styled("position:absolute;left:20000px"),
    "indented away": styled("text-indent:-9999px"),
    "moved away": styled("transform: translateX(-9000px)"),
    "scaled away": styled("transform: scale(0)"),
    "margin": styled("margin-left:-9999px"),
    "clipped": styled("position:absolute;clip:rect(0,0,0,0)"),
    "clipped to a pixel": styled("position:absolute;clip: rect(1px, 1px, 1px, 1px)"),
    "clipped by a path": styled("clip-path: inset(50%)"),
    "in a box of nothing": styled("height:0;overflow:hidden"),
    "in a box of a pixel": styled("width:1px;height:1px;overflow:hidden"),
    "white on white": styled("color:#fff"),
    "nearly white on white": styled("color: rgb(250, 252, 255)"),
    "white by name": styled("color:white;background:white"),
    "black on black": styled("background:#000;color:black"),
    "on the ground around it": page(
        f'<div style="background-color:navy"><p style="color:#000080">{PLANTED}</p></div>'
    ),
    "of no colour": styled("color: transparent"),
    "of no colour, by alpha": styled("color: rgba(0, 0, 0, 0)"),
    "by an old tag": page(f'<p><font color="#FFFFFF">{PLANTED}</font></p>'),
    "on an old ground": page(f'<div bgcolor="black"><p>{PLANTED}</p></div>'),
    "in what is hidden": page(f"<div hidden><section><p><b>{PLANTED}</b></p></section></div>"),
    "in a template": page(f"<template><p>{PLANTED}</p></template>"),
    "for no scripts": page(f"<noscript><p>{PLANTED}</p></noscript>"),
    "in a closed dialog": page(f"<dialog><p>{PLANTED}</p></dialog>"),
    "that pops up": page(f"<div popover><p>{PLANTED}</p></div>"),
    "instead of a film": page(f"<video><p>{PLANTED}</p></video>"),
    "by class": ruled(".k7 { display:none }"),
    "by id": ruled("#q { visibility:hidden }"),
    "by element": ruled("ul { display: none }", f"<ul><li>{PLANTED}</li></ul>"),
    "by element and class": ruled("p.k7.note { opacity: 0 }"),
    "by where it stands": ruled("article > .k7 { display: none }"),
    "by what is around": ruled("body .k7, h4 { display: none }"),
    "by attribute": ruled(
        "p[data-x='y'] { display: none }", f'<p data-x="y">{PLANTED}</p>'
    ),
    "on a screen": ruled("@media screen { .k7 { display: none } }"),
    "on a wide screen": ruled("@media (min-width: 600px) { .k7 { display: none } }"),
    "though it is said again": ruled(".k7 {display:none !important} #q {display:block}"),
    "in white by class": ruled(".k7 { color: #fefefe }"),
    "behind a comment": ruled("/* } */ .k7 { display: none }"),
    "behind other rules": ruled("@font-face { src: x } @import 'a'; .k7 { display: none }"),
}  # fmt: skip

SEEN = {
    "aria-hidden": page(f'<p aria-hidden="true">{PLANTED}</p>'),
    "folded": page(f"<details><summary>More</summary><p>{PLANTED}</p></details>"),
    "printed only": ruled("@media print { .k7 { display: none } }"),
    "on a narrow screen": ruled("@media (max-width: 600px) { .k7 { display: none } }"),
    "another class": ruled(".k77 { display: none }"),
    "under the mouse": ruled(".k7:hover { display: none }"),
    "elsewhere": ruled("nav .k7 { display: none }"),
    "shown again": ruled(".k7 { display: none } #q { display: block }"),
    "visible in what is not": page(
        f'<div style="visibility:hidden"><p style="visibility:visible">{PLANTED}</p></div>'
    ),
    "of some size in none": page(
        f'<div style="font-size:0"><p style="font-size:16px">{PLANTED}</p></div>'
    ),
    "cut": styled("overflow:hidden"),
    "white on red": styled("color:#fff;background:#c00"),
    "white on dark around": page(
        f'<div style="background:#222"><p style="color:white">{PLANTED}</p></div>'
    ),
    "white on a picture": styled("color:#fff;background:url(night.jpg)"),
    "white where sheets lie elsewhere": page(
        f'<p style="color:#fff">{PLANTED}</p>', head='<link rel="stylesheet" href="a.css">'
    ),
    "a word in a key frame": ruled("@keyframes f { from { visibility:hidden } } .k7 { top:0 }"),
    "moved a little": styled("position:relative;left:-20px;text-indent:-2em"),
    "painted": styled("background:linear-gradient(red,blue);background-clip:text;color:#0000"),
}  # fmt: skip


def outcomes(markup: str) -> tuple[Document, list[str]]:
    data = markup.encode()
    document, *others = ingest_raw(
        Raw("ferry.html", ".html", hashlib.sha256(data).hexdigest(), data)
    )
    assert isinstance(document, Document)
    return document, [one.error for one in others if isinstance(one, Failure)]


@pytest.mark.threat("M5", "I2")
@pytest.mark.parametrize("name", HIDDEN)
def test_what_no_reader_sees_is_left_out_and_said(name: str) -> None:
    document, said = outcomes(HIDDEN[name])
    assert "drowned" not in document.text
    assert all(words in document.text for words in STORY)
    assert said == [f"ferry.html: {len(PLANTED)} characters left out that its readers do not see"]


@pytest.mark.threat("I2")
@pytest.mark.parametrize("name", SEEN)
def test_what_readers_see_stays(name: str) -> None:
    document, said = outcomes(SEEN[name])
    assert PLANTED in document.text
    assert said == []


@pytest.mark.threat("M5")
@pytest.mark.parametrize("name", ["not displayed", "by class", "white on white", "hidden"])
def test_a_page_that_no_parser_gets_through_hides_it_too(name: str) -> None:
    deep = HIDDEN[name].replace("<article>", "<article>" + "<div>" * 400)
    document, said = outcomes(deep)
    assert "drowned" not in document.text
    assert all(words in document.text for words in STORY)
    (line,) = said
    assert "read as text only" in line
    assert line.endswith("81 characters left out that its readers do not see")


def test_a_hidden_word_within_a_sentence_goes_and_the_sentence_stays() -> None:
    markup = page('<p>The tug <span style="display:none">never </span>came from Brenn harbour.</p>')
    document, said = outcomes(markup)
    assert "The tug came from Brenn harbour." in document.text
    assert said == ["ferry.html: 5 characters left out that its readers do not see"]


@pytest.mark.threat("I2")
def test_an_article_that_a_script_shows_is_read_and_said() -> None:
    paragraphs = "".join(f"<p>{words} {n}</p>" for n in range(9) for words in STORY)
    body = f'<p>Please wait.</p><div style="display:none">{paragraphs}</div>'
    document, said = outcomes(f"<html><body>{body}</body></html>")
    assert all(words in document.text for words in STORY)
    (line,) = said
    assert line.endswith("characters read that it hides, since it shows less")


@pytest.mark.parametrize(("n_shown", "is_read"), [(2, True), (7, False)])
def test_what_stands_behind_a_click_is_read_where_it_is_most_of_the_article(
    n_shown: int, is_read: bool
) -> None:
    told = [f"<p>{words} It was day {n}.</p>" for n, words in enumerate(STORY * 9, 1)][:9]
    shown, folded = "".join(told[:n_shown]), "".join(told[n_shown:])
    body = f'<article>{shown}<div class="rest" style="display:none">{folded}</div></article>'
    document, said = outcomes(f"<html><body>{body}<button>Read on</button></body></html>")
    assert ("day 9" in document.text) == is_read
    (line,) = said
    assert ("characters read that it hides" in line) == is_read


def test_a_page_that_is_hidden_as_a_whole_hides_only_what_is_hidden_in_it() -> None:
    markup = HIDDEN["not displayed"].replace("<body>", '<body style="opacity:0">')
    document, said = outcomes(markup)
    assert STORY[0] in document.text
    assert "drowned" not in document.text
    assert len(said) == 1


def test_what_extraction_leaves_out_anyway_is_not_said() -> None:
    foot = '<footer style="display:none"><p>© 2031 Ostrel Post. All rights reserved.</p></footer>'
    markup = page("").replace("</body>", f"{foot}</body>")
    document, said = outcomes(markup)
    assert "rights" not in document.text
    assert said == []


CLASSES = " ".join(f"k{n}" for n in range(3_000))
SLOW = {
    "rules": page("<p>A word.</p>", sheet=".x, .y { display: none }" * 11_000),
    "rules for each element": page(
        '<p class="k">A word.</p>' * 3_000, sheet=".k { display: none }" * 3_000
    ),
    "classes": page(
        f'<p class="{CLASSES}">A word.</p>' * 300,
        sheet="".join(f".k{n} {{ display: none }}" for n in range(3_000)),
    ),
    "what is around": page(
        "<i>" * 150 + "<b>x</b>" * 3_000 + "</i>" * 150, sheet="u b { display: none }" * 300
    ),
}


@pytest.mark.threat("I1", "I3")
@pytest.mark.parametrize("name", SLOW)
def test_styles_built_to_be_slow_are_given_up_and_said(name: str, reached: Reach) -> None:
    begun = time.process_time()
    found = page_of(SLOW[name])
    seconds = time.process_time() - begun
    reached(f"{name}: {seconds:.1f} s")
    assert found.danger == "its styles are too many"
    assert STORY[0] in found.text
    assert seconds < 8


@pytest.mark.threat("I3")
def test_patterns_stay_linear_where_tags_and_quotes_do_not_end() -> None:
    for body in ('<p style="', "<p style='display:none' ", "<p hidden>x", "<style>@media {", '="'):
        begun = time.process_time()
        text_of_page(page(body * (400_000 // len(body))))
        assert time.process_time() - begun < 5
