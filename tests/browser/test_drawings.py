"""What the page draws, as a browser draws it: of the sample, and of data that is hard to draw."""

import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page

from consilience.tell.to_html import to_html
from tests.browser.conftest import opened
from tests.tell.sample import sample_dossier

DAY_MS = 86_400_000
DRAWN = """() => new Promise((done) => {
  const isDrawn = (f) => f.hidden || f.firstChild;
  const look = () => [...document.querySelectorAll(".drawing")].every(isDrawn)
    ? done() : setTimeout(look, 20);
  look();
})"""
WORDS = {"verbatim": "repeats, word for word,"}
FIRST_MS = 1_615_248_000_000
HOSTILE = '<img src=x onerror="document.title=1">&lt;b&gt;\u202ex</script><script>alert(1)</script>'
# Each text within its drawing, and none upon another.
MISPLACED = """() => [...document.querySelectorAll(".drawing svg")].flatMap((drawing) => {
  const all = drawing.getBoundingClientRect();
  const boxes = [...drawing.querySelectorAll("text")].map((t) => [t.textContent, t.getBoundingClientRect()]);
  const out = boxes.filter(([, b]) => b.left < all.left - 1 || b.right > all.right + 1
    || b.top < all.top - 1 || b.bottom > all.bottom + 1).map(([words]) => words);
  // A line of text is taller than its letters.
  const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom - 3 <= b.top || b.bottom - 3 <= a.top;
  const upon = boxes.flatMap(([words, a], i) => boxes.slice(i + 1).filter(([, b]) => !apart(a, b))
    .map(([others]) => `${words} / ${others}`));
  return [...out, ...upon];
})"""  # noqa: E501


def interval(start_days: float, days: float) -> dict[str, int]:
    start = FIRST_MS + int(start_days * DAY_MS)
    return {"start": start, "end": start + int(days * DAY_MS)}


def entry(n: int, start_days: float, days: float, **given: Any) -> dict[str, Any]:
    return {
        "text": f"Happening {n} that is told in a sentence of some length",
        "planned": False, "n": 1, "others": [],
        **interval(start_days, days), **given,
    }  # fmt: skip


def value(number: float, *days: float, **given: Any) -> dict[str, Any]:
    said = [
        {
            **interval(day, 1),
            "when": f"said on day {day}",
            "n": 1,
            "cites": ["p1"],
        }
        for day in days
    ]
    return {
        "label": str(number), "voices": "the coast guard (in a paper of a long name, and another)",
        "low": number, "high": number, "comparator": "exactly", "contradicted": False,
        "said": said, **given,
    }  # fmt: skip


def document(n: int, day: int | None) -> dict[str, Any]:
    known = {"start": None, "end": None} if day is None else interval(day, 1)
    return {"href": "#d-d1", "label": f"Outlet {n}", "date": f"day {day}", **known}


def link(copy: int, of: int) -> list[Any]:
    return [copy, of, "verbatim", 0.99, "p1"]


def many() -> dict[str, Any]:
    """Years and minutes, sixty answers, conflicts, what is open, five hundred documents."""
    dice = random.Random(7)
    spans = (1 / 1440, 0.25, 1, 1, 31, 365)
    happenings = [
        entry(n, dice.gauss(0, 1) ** 3 * 40, dice.choice(spans), planned=n % 7 == 0)
        for n in range(90)
    ]
    happenings[5]["others"] = [interval(-900, 1), interval(0, 1)]
    happenings[6] |= {"start": None, "placed": "before"}
    happenings[7] |= {"end": None, "placed": "after"}
    answers = [
        value(dice.choice((3, 8, 12, 4000)), *(dice.randint(0, 400) for _ in range(3)))
        | {"comparator": dice.choice(("at_least", "exactly", "at_most"))}
        | {"contradicted": n % 3 == 0}
        for n in range(12)
    ]
    answers[3]["said"].append(
        {
            "start": None,
            "end": None,
            "vague": True,
            "when": "undated",
            "n": 2,
            "cites": ["p1"],
        }
    )
    answers[4] |= {"low": 8, "high": 4000, "comparator": "between"}
    origins = [[n, *range(100 + n * 10, 110 + n * 10)] for n in range(40)]
    origins += [[n] for n in range(40, 100)]
    return {
        "figures": [
            {"id": "f1", "question": "How many?", "values": answers, "steps": [[0, 1], [1, 2]]}
        ],
        "timeline": sorted(happenings, key=lambda one: one["start"] or 0),
        "origins": {
            "documents": [document(n, None if n % 50 == 3 else n % 23) for n in range(500)],
            "origins": origins,
            "words": WORDS,
            "links": [link(copy, group[0]) for group in origins for copy in group[1:]],
            "passed_on": [
                {"source": f"Agency {n % 15}", "origin": None, "by": n, "cites": ["p1"]}
                for n in range(60)
            ],
        },
    }


def page_with(drawn: dict[str, Any] | None, folder: Path) -> Path:
    """The sample's page; with these data in place of its own where they are given."""
    page = to_html(sample_dossier())
    if drawn is not None:
        # The timeline's words are those of the list.
        told = [dict(one) for one in drawn["timeline"]]
        listed = "".join(
            f'<li id="t{n}" class="cites"><p class="when">then</p>'
            f'<p class="what"><a class="claim" href="#p1">{escape(one.pop("text"))}</a></p></li>'
            for n, one in enumerate(told, start=1)
        )
        page = re.sub(
            r'(<ol class="timeline">).*?(?=</ol>)', lambda m: m[1] + listed, page, flags=re.S
        )
        data = json.dumps(drawn | {"timeline": told}).replace("<", "\\u003c")
        page, n = re.subn(r'(id="drawings">)[^<]*', lambda m: m[1] + data, page)
        assert n == 1
    path = folder / "index.html"
    path.write_text(page, encoding="utf-8")
    return path


@contextmanager
def shown(
    browser: Browser, folder: Path, drawn: dict[str, Any] | None = None, **context: Any
) -> Iterator[Page]:
    path = page_with(drawn, folder)
    size = context.pop("viewport", {"width": 1280, "height": 900})
    # In a window so high that all of it is near.
    with opened(browser, path, viewport=size | {"height": 30_000}, **context) as found:
        found.page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        found.page.evaluate(DRAWN)
        found.page.set_viewport_size(size)
        yield found.page
        assert found.console == []
        assert {url for url in found.asked if not url.startswith("data:")} == {path.as_uri()}


def test_figures_timeline_and_origins_are_drawn(browser: Browser, tmp_path: Path) -> None:
    with shown(browser, tmp_path) as page:
        drawn = page.locator(".drawing:visible").evaluate_all(
            "all => all.map(f => f.dataset.drawing)"
        )
        assert set(drawn) == {"figure:f1", "figure:f2", "timeline", "origins"}
        marks = page.locator("[data-drawing='figure:f1'] a.mark")
        assert [marks.nth(n).get_attribute("aria-label") for n in range(marks.count())] == [
            "at least 9: Callis coast guard (in Callis Observer and Harbour Ledger), "
            "said on 4 March 2031",
            "14: Callis coast guard (in El Faro del Sur), said on 5 March 2031",
            "14: Northern Tribune, said on 7 March 2031",
        ]
        assert page.locator("[data-drawing='figure:f1'] .step").count() == 1
        assert page.locator("[data-drawing='figure:f1'] .open").count() == 1
        assert page.locator("[data-drawing=timeline] a.mark").count() == 4
        said = page.locator("[data-drawing=origins] .strand").locator("..")
        assert said.get_attribute("aria-label") == (
            "Harbour Ledger repeats, word for word, Callis Observer, probability 0.97"
        )


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("kind", ["sample", "many"])
def test_words_stand_within_their_drawing_and_none_upon_another(
    browser: Browser, tmp_path: Path, kind: str, width: int
) -> None:
    drawn = many() if kind == "many" else None
    viewport = {"width": width, "height": 800}
    with shown(browser, tmp_path, drawn, viewport=viewport) as page:
        assert page.locator(".drawing text").count() > 20
        assert page.evaluate(MISPLACED) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        heights = page.locator(".drawing svg").evaluate_all("all => all.map(s => s.clientHeight)")
        assert max(heights) < (4_500 if width < 500 else 3_000)


def test_a_lone_day_after_a_break_is_named_once(browser: Browser, tmp_path: Path) -> None:
    figure: dict[str, Any] = {"id": "f1", "question": "How many?", "steps": []}
    figure |= {"values": [value(34, 0), value(47, 2), value(52, 5), value(56, 104)]}
    viewport = {"width": 360, "height": 800}
    with shown(browser, tmp_path, many() | {"figures": [figure]}, viewport=viewport) as page:
        ticks = page.locator("[data-drawing='figure:f1'] .tick").all_text_contents()
        assert ticks.count("21 Jun") == 1
        assert "22 Jun" not in ticks
        assert page.evaluate(MISPLACED) == []


def test_keys_lead_from_mark_to_mark_and_show_the_evidence(
    browser: Browser, tmp_path: Path
) -> None:
    with shown(browser, tmp_path) as page:
        marks = page.locator("[data-drawing='figure:f1'] a.mark")
        tabs = marks.evaluate_all("all => all.map(one => one.getAttribute('tabindex'))")
        assert tabs == ["0", "-1", "-1"]
        marks.first.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
            "14: Northern Tribune, said on 7 March 2031"
        )
        page.keyboard.press("Home")
        page.keyboard.press("Enter")
        words = page.locator("#evidence .card mark").all_text_contents()
        assert words == ["At least nine people were killed", "At least nine people were killed"]


def test_a_mark_of_the_timeline_leads_to_its_entry(browser: Browser, tmp_path: Path) -> None:
    with shown(browser, tmp_path) as page:
        page.locator("[data-drawing=timeline] a.mark", has_text="The toll rose").click()
        assert page.url.endswith("#t3")
        assert "catorce muertos" in page.locator("#evidence").inner_text()


def test_years_are_an_overview_and_the_hours_of_the_event_drawn_larger(
    browser: Browser, tmp_path: Path
) -> None:
    hours = [entry(n, n / 24, 1 / 1440) for n in range(6)]
    drawn = many() | {"timeline": [entry(8, -1500, 365), *hours, entry(9, 400, 1)]}
    with shown(browser, tmp_path, drawn) as page:
        timeline = page.locator("[data-drawing=timeline]")
        assert timeline.locator(".stretch").all_text_contents() == [
            "2017–2022",
            "9 March 2021",
        ]
        assert "6 more, drawn larger below" in (timeline.text_content() or "")
        places = timeline.locator("circle.dot").evaluate_all(
            "all => all.map(c => +c.getAttribute('cx'))"
        )
        steps = {round(b - a) for a, b in zip(places[-6:], places[-5:], strict=False)}
        assert max(steps) - min(steps) <= 1


def test_a_time_that_another_source_gives_is_drawn_beside(browser: Browser, tmp_path: Path) -> None:
    timeline = [entry(1, 0, 1), entry(2, 2, 1, others=[interval(4, 1)]), entry(3, 6, 1)]
    timeline[2]["planned"] = True
    with shown(browser, tmp_path, many() | {"timeline": timeline}) as page:
        drawing = page.locator("[data-drawing=timeline]")
        assert drawing.locator(".other").count() == 1
        assert drawing.locator(".planned").count() == 1
        assert "≠ Happening 2" in (drawing.text_content() or "")


def test_forty_copies_of_one_are_one_line(browser: Browser, tmp_path: Path) -> None:
    origins = {
        "documents": [document(n, n % 5) for n in range(41)],
        "origins": [list(range(41))],
        "words": WORDS,
        "links": [link(n, 0) for n in range(1, 41)],
        "passed_on": [],
    }
    with shown(browser, tmp_path, many() | {"origins": origins}) as page:
        drawing = page.locator("[data-drawing=origins]")
        assert drawing.locator(".value").all_text_contents() == [
            "Outlet 0",
            "40 more repeat, word for word, Outlet 0",
        ]


def test_what_cannot_be_drawn_is_left_out(browser: Browser, tmp_path: Path) -> None:
    origins = {
        "documents": [document(0, 1)],
        "origins": [[0]],
        "words": WORDS,
        "links": [],
        "passed_on": [],
    }
    alone = {"figures": [], "timeline": [entry(1, 0, 1)], "origins": origins}
    with shown(browser, tmp_path, alone) as page:
        assert page.locator(".drawing").count() >= 4
        assert page.locator(".drawing:visible").count() == 0


def test_a_drawing_follows_the_width_and_keeps_the_focus(browser: Browser, tmp_path: Path) -> None:
    with shown(browser, tmp_path) as page:
        page.locator("[data-drawing=timeline] a.mark").first.focus()
        drawing = page.locator("[data-drawing=timeline] svg")
        before = drawing.evaluate("s => s.viewBox.baseVal.width")
        page.set_viewport_size({"width": 360, "height": 700})
        page.evaluate(
            """(before) => new Promise((done) => {
              const look = () => document.querySelector("[data-drawing=timeline] svg")
                .viewBox.baseVal.width < before ? done() : setTimeout(look, 20);
              look();
            })""",
            before,
        )
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#t1"
        assert page.evaluate(MISPLACED) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_accessibility_checker_finds_nothing_in_the_drawings(
    browser: Browser, tmp_path: Path, scheme: str
) -> None:
    # The checker brings a script of its own, which the page's policy would stop.
    with shown(browser, tmp_path, many(), color_scheme=scheme, bypass_csp=True) as page:
        found = Axe().run(page, ".drawing")
        assert found.violations_count == 0, found.generate_report()


def test_words_from_outside_are_words_in_a_drawing(browser: Browser, tmp_path: Path) -> None:
    drawn = many()
    drawn["figures"][0]["question"] = HOSTILE
    for one in [*drawn["figures"][0]["values"], *drawn["origins"]["documents"]]:
        one["label"] = HOSTILE
    for one in drawn["timeline"]:
        one["text"] = HOSTILE
    with shown(browser, tmp_path, drawn) as page:
        assert page.locator(".drawing :is(img, script, b)").count() == 0
        assert page.title() != "1"
        assert page.locator(".drawing text", has_text="<img src=x").count() > 20


def test_what_is_far_from_the_window_is_drawn_when_it_comes_near(
    browser: Browser, tmp_path: Path
) -> None:
    path = page_with(None, tmp_path)
    with opened(browser, path, viewport={"width": 1280, "height": 300}) as found:
        found.page.wait_for_load_state("load")
        origins = found.page.locator("[data-drawing=origins]")
        assert origins.locator("svg").count() == 0
        found.page.locator("#origins").scroll_into_view_if_needed()
        origins.locator("svg").wait_for()


def test_what_was_folded_away_is_drawn_for_paper(browser: Browser, tmp_path: Path) -> None:
    path = page_with(None, tmp_path)
    with opened(browser, path, viewport={"width": 1280, "height": 900}) as found:
        found.page.evaluate("""() => {
          const folded = document.createElement("details");
          const finding = document.querySelector("[data-drawing='figure:f1']").closest("article");
          finding.replaceWith(folded);
          folded.append(finding);
        }""")
        found.page.emulate_media(media="print")
        found.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert found.page.locator("[data-drawing='figure:f1'] svg").is_visible()
