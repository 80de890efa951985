"""A served case as people work on it: a real server on a free port, a real browser."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from consilience.pipeline import run
from consilience.store import Role, open_register, open_store
from consilience.web.access import new_token
from tests.small_cases import STARTED, OneReader, page, raw
from tests.small_pages import FERRY_FIRE as FIRE
from tests.small_pages import FERRY_TOLL as LATER

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 360, "height": 740}
# On a machine that may have much else to do.
WITHIN_MS = 120_000

INQUIRY = (
    "Inquiry into ferry fire ends\n\nPORT CALLIS, April 2, 2031 - Sixteen people were killed when"
    " the ferry burned, the inquiry found.\n"
)
HOSTILE = "<img src=x onerror=document.title='ran'>"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, engine: OneReader) -> Path:
    """A case told once, to be copied."""
    path = tmp_path_factory.mktemp("kept") / "case.db"
    told = f"The fire was “{HOSTILE}”, said Ada Mork, a nurse in Port Callis."
    pages = [
        page(FIRE, source="Callis Post", published="2031-03-04"),
        page(LATER, source="Harbour Echo", published="2031-03-06"),
        page(
            told, source=f"Echo {HOSTILE}", published="2031-03-07", title=HOSTILE, author="W" * 300
        ),
    ]
    with closing(open_store(path)) as store:
        run([raw(one) for one in pages], store, engine, STARTED)
    return path


@contextmanager
def serving(path: Path) -> Iterator[str]:
    """The address of `consilience serve`, which ends with the test."""
    command = [sys.executable, "-m", "consilience", "serve", str(path), "--port", "0"]
    server = subprocess.Popen([*command, "--workers", "1"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        yield server.stdout.readline().strip().rstrip("/")
    finally:
        server.terminate()
        server.wait(timeout=60)
        server.stdout.close()


@pytest.fixture(scope="module")
def desk(kept: Path) -> Iterator[str]:
    """One server for all: each test works on things of its own."""
    with serving(kept) as address:
        yield address


@contextmanager
def quiet(browser: Browser, address: str, **context: object) -> Iterator[Page]:
    """A browser that asks for nothing elsewhere, and whose console has nothing to say."""
    said: list[str] = []
    asked: list[str] = []
    with browser.new_context(base_url=address, **context) as made:  # type: ignore[arg-type]
        opened = made.new_page()
        opened.set_default_timeout(WITHIN_MS)
        opened.on("console", lambda message: said.append(f"{message.type} {message.text}"))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("request", lambda request: asked.append(request.url))
        yield opened
    # A refused form is told by its status, which Chromium takes for a failure to load; what
    # is "verbose" is advice to web designers.
    loud = [one for one in said if not one.startswith("verbose") and "status of 4" not in one]
    assert loud == []
    elsewhere = [one for one in asked if not one.startswith((f"{address}/", "data:"))]
    assert elsewhere == []


def fill_reason(form: Page, kind: str, reason: str, by: str = "Iris Lund") -> None:
    form.locator(f"#{kind}-reason").fill(reason)
    form.locator(f"#{kind}-by").fill(by)


def record(opened: Page, name: str) -> None:
    """Go to the page of what is called so."""
    opened.goto("/records")
    opened.get_by_role("link", name=name, exact=True).click()
    opened.wait_for_url("**/records/*")


def told_again(opened: Page) -> str:
    """What the page says once the case was told again."""
    opened.locator("#work[data-status=idle]").wait_for(timeout=WITHIN_MS)
    return opened.locator("#work").inner_text()


PAGES = (
    "/", "/search?q=killed", "/search", "/check", "/records", "/add", "/work", "/decisions",
    "/history", "/history/1", "/changes?since=1&until=1", "/nowhere",
)  # fmt: skip
RECORDS = ("Ines Marabe", "How many people were killed?", "Callis Post")


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (NARROW, "dark")])
def test_every_page_is_accessible_and_fits(
    browser: Browser, desk: str, size: ViewportSize, scheme: str
) -> None:
    with browser.new_context(
        base_url=desk,
        viewport=size,
        bypass_csp=True,
        color_scheme=scheme,  # type: ignore[arg-type]
    ) as made:
        opened = made.new_page()
        places = [*PAGES]
        for name in RECORDS:
            record(opened, name)
            places.append(opened.url)
        places.append(opened.url.replace("/records/", "/documents/"))
        for place in places:
            opened.goto(place)
            opened.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
            # The dossier has tests of its own; here it has a bar above it and buttons in it.
            is_dossier = place in ("/", "/history/1")
            part = "header, .finding" if is_dossier else "html"
            options: dict[str, object] = {"resultTypes": ["violations"]}
            if size is NARROW:
                # What a size and a scheme can change; a dossier's marks stand in lines of text.
                rules = ["color-contrast"] if is_dossier else ["color-contrast", "target-size"]
                options["runOnly"] = {"type": "rule", "values": rules}
            found = Axe().run(opened, context=part, options=options)
            assert found.violations_count == 0, (place, found.generate_report())
            assert opened.evaluate("document.documentElement.scrollWidth") <= size["width"], place


def test_words_are_found_and_marked_in_claims_and_documents(browser: Browser, desk: str) -> None:
    with quiet(browser, desk, viewport=WIDE) as opened:
        opened.goto("/search")
        opened.get_by_label("Words in claims and documents").fill("fourteen killed")
        opened.keyboard.press("Enter")
        opened.wait_for_url("**/search?q=*")
        marked = opened.locator("main mark").all_text_contents()
        assert {"Fourteen", "killed"} <= {*marked}
        shown = opened.locator("main").inner_text()
        assert "How many people were killed?" in shown
        assert "Harbour Echo, citing" in shown
        opened.get_by_role("link", name="In the document").first.click()
        assert "Fourteen people were killed" in opened.locator(".words mark").inner_text()


def test_claims_are_narrowed_by_source_and_standing_and_person(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened:
        opened.goto("/search")
        opened.get_by_label("Source").select_option("Callis Post")
        opened.get_by_label("What is asked").select_option("killed")
        opened.get_by_role("button", name="Search").click()
        opened.wait_for_url("**/search?*")
        said = opened.locator(".said.of .answer").all_inner_texts()
        assert said
        assert {*said} == {"9"}
        opened.goto("/search")
        opened.get_by_label("Person or body").select_option("Olga Brandt")
        opened.get_by_role("button", name="Search").click()
        opened.wait_for_url("**/search?*")
        found = opened.get_by_role("region", name="Claims").inner_text()
        assert "Harbour Echo" in found
        assert "Callis Post" not in found


def test_a_search_leads_into_the_dossier(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened:
        opened.goto("/search?q=killed")
        opened.get_by_role("link", name="In the dossier").first.click()
        opened.wait_for_url("**/#p*")
        place = opened.url.partition("#")[2]
        assert opened.locator(f"#texts .words #{place}").count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_a_sentence_is_held_against_the_documents(
    browser: Browser, desk: str, scripts: bool
) -> None:
    with quiet(browser, desk, java_script_enabled=scripts) as opened:
        opened.goto("/check")
        opened.get_by_label("Sentence").fill("Thirty people were killed when the ferry burned.")
        opened.get_by_role("button", name="Check it").click()
        found = opened.get_by_role("region", name="disputed")
        found.get_by_role("heading", name="Against it").first.wait_for()
        assert "Fourteen people were killed" in found.inner_text()
        assert opened.get_by_label("Sentence").input_value().startswith("Thirty people")


def test_where_a_word_finds_nothing_its_longer_forms_are_offered(
    browser: Browser, desk: str
) -> None:
    with quiet(browser, desk) as opened:
        opened.goto("/search?q=passen")
        opened.get_by_role("link", name="passen*").click()
        assert opened.locator("main mark").first.inner_text() == "passenger"


def test_what_is_not_to_be_searched_for_is_said(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened:
        opened.goto(f"/search?q={'word%20' * 40}")
        assert "leave some out" in opened.get_by_role("alert").inner_text()


@pytest.mark.threat("W1")
def test_words_from_outside_are_text_on_every_page(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened:
        opened.goto("/records")
        opened.get_by_role("link", name=f"Echo {HOSTILE}").first.click()
        opened.wait_for_url("**/records/*")
        places = [
            "/", "/search?q=onerror", f"/search?q={HOSTILE}&source={HOSTILE}", "/records?q=<b>",
            "/records/<script>", "/login?next=<b>&failed=true", opened.url,
            opened.url.replace("/records/", "/documents/"),
        ]  # fmt: skip
        for place in places:
            opened.goto(place)
            assert opened.locator("img, svg [onload], [onerror]").count() == 0, place
            assert opened.title() != "ran"
        assert HOSTILE in opened.locator("main").inner_text()


@pytest.mark.threat("W1")
def test_a_document_is_had_as_it_was_given_and_never_as_a_page(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened:
        opened.goto("/search?q=alarm")
        opened.get_by_role("link", name="In the document").first.click()
        with opened.expect_download() as download:
            opened.get_by_role("link", name="Download it as it was given").click()
        given = Path(download.value.path()).read_bytes()
        assert b"Nobody sounded the alarm" in given
        answer = opened.request.get(download.value.url)
        assert answer.headers["content-disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["content-security-policy"]


def test_each_format_of_the_account_is_there_to_be_taken_away(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened:
        formats = opened.request.get("/api/exports").json()["formats"]
        opened.goto("/history")
        links = opened.locator("a[download]").evaluate_all("all => all.map(a => a.pathname)")
        assert sorted(links) == sorted(f"/api/exports/{one['name']}" for one in formats)


@pytest.mark.threat("W1")
def test_every_page_of_ours_has_a_strict_policy(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened:
        for place in PAGES:
            policy = opened.request.get(place).headers["content-security-policy"]
            assert policy.startswith("default-src 'none'")
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert "require-trusted-types-for 'script'" in policy


def test_two_people_are_merged_and_the_merge_is_taken_back(browser: Browser, desk: str) -> None:
    with quiet(browser, desk, viewport=WIDE) as opened:
        record(opened, "Ines Marabe")
        opened.get_by_text("Merge it with another").click()
        opened.get_by_label("It is one with").select_option(label="Tomas Reyl (person)")
        fill_reason(opened, "merge", "one name is false")
        opened.get_by_role("button", name="Merge").click()
        shown = told_again(opened)
        assert "Iris Lund merges “Ines Marabe” and “Tomas Reyl”" in shown
        assert "The account has changed." in shown
        opened.goto("/records?q=Reyl&kind=people")
        assert opened.get_by_role("link", name="Ines Marabe").count() == 1
        assert opened.get_by_role("link", name="Tomas Reyl").count() == 0

        opened.goto("/decisions")
        merge = opened.locator("article.decision", has_text="one name is false")
        assert "Iris Lund merges" in merge.inner_text()
        merge.locator("summary").click()
        assert merge.get_by_label("Your name").input_value() == "Iris Lund"
        merge.get_by_label("Why?").fill("they are two")
        merge.get_by_role("button", name="Take it back").click()
        assert "takes back decision" in told_again(opened)
        opened.goto("/records?q=Reyl&kind=people")
        assert opened.get_by_role("link", name="Tomas Reyl").count() == 1
        opened.goto("/decisions")
        assert "taken back by" in merge.inner_text()
        opened.goto("/history")
        assert opened.locator(".states > li").count() >= 3
        opened.goto("/history/1")
        assert "State 1 of" in opened.get_by_role("note").inner_text()
        assert opened.locator(".decide").count() == 0


def test_an_answer_is_locked_on_the_dossier_itself_by_keys_alone(
    browser: Browser, desk: str
) -> None:
    with quiet(browser, desk, viewport=WIDE) as opened:
        opened.goto("/")
        button = opened.get_by_role("button", name="Decide on: How many people were killed?").first
        button.focus()
        opened.keyboard.press("Enter")
        room = opened.get_by_role("dialog", name="Decide")
        expect(room.get_by_role("heading", level=1)).to_be_focused(timeout=WITHIN_MS)
        opened.keyboard.press("Tab")
        expect(room.locator("summary").first).to_be_focused(timeout=WITHIN_MS)
        opened.keyboard.press("Enter")
        opened.keyboard.press("Tab")
        opened.keyboard.press("Space")
        chosen = room.locator("#lock input:checked").get_attribute("value")
        opened.keyboard.press("Tab")
        opened.keyboard.type("the hospital's list?")
        opened.keyboard.press("Tab")
        opened.keyboard.type("Otto Reis")
        opened.keyboard.press("Enter")
        assert f"locks “How many people were killed?” at “{chosen}”" in told_again(opened)
        opened.keyboard.press("Escape")
        locked = opened.locator(".finding", has_text="How many people were killed?").first
        expect(locked).to_contain_text("Decided by Otto Reis", timeout=WITHIN_MS)


def test_a_pasted_text_is_taken_and_what_it_changed_is_shown(
    browser: Browser, desk: str, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("   \n")
    with quiet(browser, desk, viewport=NARROW) as opened:
        opened.goto("/add")
        opened.get_by_label("Text", exact=True).fill(INQUIRY)
        opened.get_by_label("Source").fill("Inquiry Gazette")
        opened.get_by_label("Choose files").set_input_files(empty)
        opened.get_by_label("Your name").fill("Iris Lund")
        opened.get_by_role("button", name="Add to the case").click()
        shown = told_again(opened)
        assert "16" in shown
        rows = opened.locator("#work tbody tr").all_inner_texts()
        assert [("not used" in row, "empty.txt" in row) for row in rows].count((True, True)) == 1
        assert any("Inquiry Gazette" in row and "not used" not in row for row in rows)
        opened.goto("/")
        expect(opened.locator("#changes")).to_contain_text("16", timeout=WITHIN_MS)


def test_a_refused_addition_loses_nothing(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened:
        opened.goto("/add")
        opened.get_by_label("Text", exact=True).fill("Ten people were killed.")
        opened.get_by_label("Published").fill("the day before yesterday")
        opened.get_by_label("Your name").fill("Iris")
        opened.get_by_role("button", name="Add to the case").click()
        expect(opened.get_by_role("alert")).to_be_focused(timeout=WITHIN_MS)
        assert "the day before yesterday" in opened.get_by_role("alert").inner_text()
        assert opened.get_by_label("Text", exact=True).input_value() == "Ten people were killed."


@pytest.mark.parametrize("scripts", [True, False])
def test_who_decides_second_on_the_same_thing_is_told_and_loses_nothing(
    browser: Browser, desk: str, scripts: bool
) -> None:
    with (
        quiet(browser, desk, java_script_enabled=scripts) as first,
        quiet(browser, desk, java_script_enabled=scripts) as second,
    ):
        for opened in (first, second):
            record(opened, "How many people were killed?")
            opened.get_by_text("Lock an answer").click()
        first.locator("#lock input[value='9']").check()
        fill_reason(first, "lock", "the harbour's count", "Iris Lund")
        second.locator("#lock input[value='14']").check()
        fill_reason(second, "lock", "the minister's word", "Otto Reis")
        first.get_by_role("button", name="Lock it").click()
        first.locator("#work").wait_for()
        second.get_by_role("button", name="Lock it").click()

        told = second.get_by_role("alert").inner_text()
        assert "The case changed while you were writing" in told
        assert "Iris Lund locks “How many people were killed?” at “9”: the harbour's count" in told
        assert "lock it at “14”: the minister's word" in told
        assert second.locator("#lock-reason").input_value() == "the minister's word"
        assert second.locator("#lock input[value='14']").is_checked()
        second.get_by_role("button", name="Lock it").click()
        second.locator("#work").wait_for()
        second.goto("/decisions")
        last = second.locator("article.decision").all_inner_texts()[:2]
        assert ["at “14”" in last[0], "at “9”" in last[1]] == [True, True]


def test_without_scripts_everything_is_done_by_forms(browser: Browser, desk: str) -> None:
    with quiet(browser, desk, java_script_enabled=False, viewport=NARROW) as opened:
        opened.goto("/")
        opened.get_by_role("link", name="Records").click()
        opened.get_by_role("link", name="Olga Brandt", exact=True).click()
        opened.get_by_text("Write a note").click()
        fill_reason(opened, "note", "called her office")
        opened.get_by_role("button", name="Keep the note").click()
        assert "Iris Lund notes on “Olga Brandt”" in opened.locator("#work").inner_text()
        opened.get_by_role("link", name="Decisions").click()
        note = opened.locator("article.decision").first
        note.locator("summary").click()
        note.get_by_label("Why?").fill("wrong person")
        note.get_by_role("button", name="Take it back").click()
        assert "takes back decision" in opened.locator("#work").inner_text()


def test_a_page_says_so_when_the_case_has_moved_on(browser: Browser, desk: str) -> None:
    with quiet(browser, desk) as opened, quiet(browser, desk) as other:
        opened.clock.install()
        opened.goto("/")
        opened.locator(".decide").first.wait_for()
        decide_note(other.context)
        opened.clock.fast_forward(11_000)
        expect(opened.locator(".moved-on")).to_be_visible(timeout=WITHIN_MS)


def decide_note(context: BrowserContext) -> None:
    opened = context.pages[0]
    record(opened, "Olga Brandt")
    opened.get_by_text("Write a note").click()
    fill_reason(opened, "note", "on leave")
    opened.get_by_role("button", name="Keep the note").click()
    opened.locator("#work").wait_for()


def test_a_token_lets_in_and_shows_what_its_role_may_do(
    browser: Browser, desk: str, kept: Path
) -> None:
    with tokens(kept, "read", "annotate") as (reader, annotator):
        with quiet(browser, desk) as opened:
            opened.goto("/search?q=ferry")
            assert opened.url.startswith(f"{desk}/login")
            opened.get_by_label("Token").fill("wrong")
            opened.get_by_role("button", name="Sign in").click()
            assert "not known here" in opened.get_by_role("alert").inner_text()
            opened.get_by_label("Token").fill(reader)
            opened.get_by_role("button", name="Sign in").click()
            opened.wait_for_url(f"{desk}/search?q=ferry")
            assert opened.get_by_role("link", name="Add documents").count() == 0
            record(opened, "Olga Brandt")
            assert opened.get_by_role("heading", name="Decide", exact=True).count() == 0
            opened.get_by_role("button", name="Sign out").click()
            opened.wait_for_url(f"{desk}/login*")
            opened.goto("/records")
            assert opened.url.startswith(f"{desk}/login")
        with quiet(browser, desk) as opened:
            opened.goto("/login")
            opened.get_by_label("Token").fill(annotator)
            opened.get_by_role("button", name="Sign in").click()
            opened.wait_for_url(f"{desk}/")
            record(opened, "Olga Brandt")
            opened.get_by_text("Write a note").click()
            assert opened.get_by_label("Your name").count() == 0
            opened.locator("#note-reason").fill("on leave")
            opened.get_by_role("button", name="Keep the note").click()
            assert "annotate-desk notes on" in opened.locator("#work").inner_text()


@contextmanager
def tokens(path: Path, *roles: str) -> Iterator[list[str]]:
    """A secret for each role; while there are any, the server asks everybody for one."""
    made = [new_token(f"{role}-desk", Role(role), 1, datetime.now(UTC)) for role in roles]
    with closing(open_register(path)) as register:
        for _, token in made:
            register.add_token(token)
        yield [secret for secret, _ in made]
        for _, token in made:
            register.revoke(token.name)
