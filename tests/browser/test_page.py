"""The page as a browser shows it, opened from disk."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, ViewportSize

from consilience.records import Dossier
from consilience.tell.to_html import to_html
from tests.browser.conftest import Opened, opened
from tests.tell.sample import sample_dossier, stretched

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("page") / "index.html"
    made.write_text(to_html(told()), encoding="utf-8")
    return made


def told() -> Dossier:
    """The sample, its second sentence in two stretches, told in two paragraphs."""
    sample = sample_dossier()
    first, second, *others = sample.account
    dead, muertos, nine = second.passages
    stretches = stretched(second.text, ("Fourteen people died", (dead, muertos)), ("nine", (nine,)))
    later = tuple(replace(sentence, paragraph=1) for sentence in others)
    return replace(sample, account=(first, replace(second, cited=stretches), *later))


@pytest.fixture
def wide(browser: Browser, path: Path) -> Iterator[Page]:
    with quiet(browser, path, viewport=WIDE) as found:
        yield found.page


@contextmanager
def quiet(browser: Browser, path: Path, anchor: str = "", **context: Any) -> Iterator[Opened]:
    """The page, which says nothing in the console and asks for nothing but itself."""
    with opened(browser, path, anchor, **context) as found:
        yield found
        assert found.console == []
        asked = {url.partition("#")[0] for url in found.asked if not url.startswith("data:")}
        assert asked == {path.as_uri()}


def cards(page: Page) -> list[str]:
    return page.locator("#evidence .card mark").all_text_contents()


def title(page: Page) -> str:
    return page.locator("#evidence h2").inner_text()


def lit(page: Page) -> set[str]:
    """The words lit in the full texts, without the numbers that stand among them."""
    ranges = page.evaluate("[...CSS.highlights.get('lit')].map(String)")
    return {re.sub(r"[0-9]", "", words) for words in ranges}


def test_a_sentence_shows_the_words_behind_it_in_their_documents(wide: Page) -> None:
    wide.keyboard.press("j")
    wide.keyboard.press("j")
    assert title(wide) == "Sentence 2"
    assert cards(wide)[:2] == ["Fourteen people died", "catorce muertos"]
    card = wide.locator("#evidence .card").filter(has_text="catorce muertos").first
    assert "El Faro del Sur 5 March 2031, given with the document · origin 2" in card.inner_text()
    assert "In the words of Callis coast guard" in card.inner_text()
    quoted = card.locator("blockquote")
    assert quoted.get_attribute("lang") == "es"
    assert quoted.inner_text().startswith("El incendio del transbordador Aurelia dejó catorce")
    assert "Nadie" not in quoted.inner_text()
    assert lit(wide) == {"Fourteen people died", "catorce muertos", cards(wide)[2]}


def test_a_stretch_of_a_sentence_shows_its_own_passages_and_the_rest_all(wide: Page) -> None:
    wide.click("#s2 .claim >> text=nine")
    assert title(wide) == "Sentence 2, in part"
    assert [words[:20] for words in cards(wide)] == ["At least nine people"]
    assert wide.url.endswith("#s2-2")
    wide.reload()
    assert title(wide) == "Sentence 2, in part"
    wide.click("#s2 >> text=on 4 March")
    assert title(wide) == "Sentence 2"
    assert len(cards(wide)) == 3


def test_a_passage_shows_everything_that_rests_on_it(wide: Page) -> None:
    wide.locator(".words mark", has_text="31 heridos").click()
    assert cards(wide) == ["31 heridos"]
    resting = wide.locator(".resting").inner_text()
    assert "More than 20 people were injured, 31 according to El Faro del Sur." in resting
    assert "How many people were injured? 31" in resting
    wide.locator(".resting a", has_text="More than 20").click()
    assert title(wide) == "Sentence 3"


def test_what_rests_on_words_is_said_in_the_card_too(wide: Page) -> None:
    wide.click("#s6 .claim")
    wide.click("#evidence summary")
    assert "Only two of the six lifeboats" in wide.locator(".resting").inner_text()


def test_an_address_restores_what_was_shown_and_back_leads_through_it(wide: Page) -> None:
    wide.click("#s1 .claim")
    wide.click("#s3 .claim")
    wide.go_back()
    assert title(wide) == "Sentence 1"
    assert wide.url.endswith("#s1")
    wide.reload()
    assert title(wide) == "Sentence 1"
    wide.go_forward()
    assert title(wide) == "Sentence 3"
    wide.click("#evidence .close")
    assert wide.locator("#evidence .card").count() == 0
    assert "#" not in wide.url


@pytest.mark.parametrize(
    ("anchor", "shown"), [("#s3", "Sentence 3"), ("#p4", "Passage 4"), ("#t2", "The words behind")]
)
def test_an_address_opens_its_evidence(
    browser: Browser, path: Path, anchor: str, shown: str
) -> None:
    with quiet(browser, path, anchor, viewport=WIDE) as found:
        assert title(found.page).startswith(shown)
        assert cards(found.page) != []


def test_the_page_is_worked_by_keys_alone(wide: Page) -> None:
    keys = wide.keyboard
    keys.press("Tab")
    assert wide.evaluate("document.activeElement.className") == "skip"
    keys.press("j")
    keys.press("j")
    assert title(wide) == "Sentence 2"
    assert wide.evaluate("document.activeElement.closest('.sentence').id") == "s2"
    keys.press("k")
    assert title(wide) == "Sentence 1"
    keys.press("e")
    assert wide.evaluate("document.activeElement.id") == "h-evidence"
    keys.press("Escape")
    assert wide.locator("#evidence .card").count() == 0
    assert wide.evaluate("document.activeElement.closest('.sentence').id") == "s1"
    keys.press("Enter")
    assert wide.evaluate("document.activeElement.id") == "h-evidence"
    assert wide.locator(".spoken").inner_text().startswith("Sentence 1: 2 passages")


def test_letters_are_no_keys_where_the_reader_says_so(wide: Page) -> None:
    wide.keyboard.press("?")
    wide.uncheck("#help .letters")
    wide.click("#help .close-help")
    wide.keyboard.press("j")
    assert wide.locator("#evidence .card").count() == 0
    wide.click("#s1 .claim")
    wide.keyboard.press("Escape")
    assert wide.locator("#evidence .card").count() == 0


def test_focus_is_seen_wherever_it_is(wide: Page) -> None:
    seen = wide.evaluate(
        """() => [...document.querySelectorAll("main a:not(svg a), button, summary")].slice(0, 40)
          .filter((e) => e.checkVisibility()).map((e) => {
            e.focus({ focusVisible: true });
            return getComputedStyle(e).outlineStyle;
          })"""
    )
    assert len(seen) > 20
    assert set(seen) == {"solid"}


def test_on_a_narrow_screen_the_evidence_stands_below_its_sentence(
    browser: Browser, path: Path
) -> None:
    with quiet(browser, path, viewport=NARROW) as found:
        page = found.page
        assert page.locator("#evidence").is_hidden()
        page.locator("#s2 .claim").first.click()
        assert page.evaluate("document.querySelector('#s2').nextElementSibling.id") == "evidence"
        page.locator(".words mark", has_text="31 heridos").click()
        assert page.locator(".words #evidence .card mark").inner_text() == "31 heridos"


@pytest.mark.parametrize("width", [360, 320, 768])
def test_nothing_runs_out_of_the_page(browser: Browser, path: Path, width: int) -> None:
    """320 is what 1280 becomes at 400 % zoom."""
    with quiet(browser, path, "#s2", viewport={"width": width, "height": 400}) as found:
        reach = found.page.evaluate("document.documentElement.scrollWidth")
        assert reach <= width


def test_everything_is_there_without_scripts(browser: Browser, path: Path) -> None:
    with quiet(browser, path, java_script_enabled=False, viewport=WIDE) as found:
        page = found.page
        assert page.locator(".tools, #evidence, #help").filter(visible=True).count() == 0
        page.click("#s6 .claim")
        number = page.url.rpartition("#")[2]
        assert (
            page.locator(f"#{number} ~ mark").first.inner_text().startswith("Only two of the six")
        )
        page.click("#notes summary")
        note = page.locator(f"#n{number[1:]}")
        note.get_by_text("sentence 6").click()
        assert page.url.endswith("#s6")


def test_on_paper_nothing_is_folded_away_or_left_on_the_screen(wide: Page) -> None:
    wide.emulate_media(media="print")
    wide.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert wide.locator("details:not([open])").count() == 0
    assert wide.locator("#evidence, .tools, nav, dialog").filter(visible=True).count() == 0
    assert wide.locator("#n1").is_visible()
    dark = wide.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark == "rgb(255, 255, 255)"


def test_on_paper_nothing_is_folded_away_without_scripts_either(
    browser: Browser, path: Path
) -> None:
    with quiet(browser, path, java_script_enabled=False, viewport=WIDE) as found:
        found.page.emulate_media(media="print")
        box = found.page.locator("#n4").bounding_box()
        assert box is not None
        assert box["height"] > 0


def test_dark_is_as_the_system_has_it_until_the_reader_says_otherwise(
    browser: Browser, path: Path
) -> None:
    with quiet(browser, path, color_scheme="dark", viewport=WIDE) as found:
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = found.page.evaluate(ground)
        found.page.click(".theme")
        assert dark == "rgb(21, 23, 26)"
        assert found.page.evaluate(ground) == "rgb(251, 250, 246)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_an_accessibility_checker_finds_nothing(
    browser: Browser, path: Path, scheme: Literal["light", "dark"], size: ViewportSize
) -> None:
    # The checker brings a script of its own, which the page's policy would stop.
    with browser.new_context(color_scheme=scheme, viewport=size, bypass_csp=True) as made:
        page = made.new_page()
        page.goto(path.as_uri())
        page.locator("#s2 .claim").first.click()
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.locator(".words mark").first.click()
        page.click(".open-help")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
