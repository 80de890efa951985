"""The dossier as Markdown."""

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from consilience.records import About, Change, Cited, Dossier, Passage, Sentence
from consilience.tell.markdown_text import escaped
from consilience.tell.to_markdown import to_markdown
from tests.tell.hostile import hostile_dossier
from tests.tell.markdown_reader import OURS, parsed
from tests.tell.sample import at, sample_dossier


def section(heading: str, dossier: Dossier | None = None) -> str:
    page = to_markdown(sample_dossier() if dossier is None else dossier)
    parts = re.split(r"^## (.*)$", page, flags=re.MULTILINE)
    return parts[parts.index(heading) + 1].strip()


def told(*sentences: Sentence) -> str:
    return section("The account", replace(sample_dossier(), account=sentences))


NINE, FOURTEEN = at("d1", "At least nine people were killed"), at("d3", "catorce muertos")


def test_a_note_quotes_its_words_and_names_where_they_stand() -> None:
    page = to_markdown(sample_dossier())
    assert (
        "The ferry Aurelia caught fire on Monday night, 3 March 2031, off Port Callis.[^1][^2]"
    ) in page
    assert (
        "[^2]: Northern Tribune, “What went wrong on the Aurelia”, 7 March 2031, inferred: "
        "“the Aurelia burned off Port Callis on the night of 3 March”\n"
    ) in page


def test_a_note_stands_behind_the_words_that_rest_on_it() -> None:
    text = "Nine people died, the coast guard said; later papers have “fourteen”."
    cited = (Cited(0, 16, (NINE,)), Cited(40, len(text) - 2, (FOURTEEN, NINE)))
    assert told(Sentence(text, (NINE, FOURTEEN), (), cited)) == (
        "Nine people died,[^1] the coast guard said; later papers have “fourteen”.[^2][^1]"
    )


def test_no_words_behind_a_note_make_it_a_link() -> None:
    said = Sentence("Nine(javascript:x) died.", (NINE,), (), (Cited(0, 4, (NINE,)),))
    assert told(said) == r"Nine[^1]\(javascript:x) died."


def test_what_no_stretch_cites_is_cited_at_the_end() -> None:
    text = "Nine people died, or fourteen."
    said = Sentence(text, (NINE, FOURTEEN), (), (Cited(0, 16, (NINE,)),))
    assert told(said) == "Nine people died,[^1] or fourteen.[^2]"


def test_sentences_of_one_paragraph_stand_together_and_others_apart() -> None:
    first, second, third = (Sentence(f"So said {n}.", (NINE,), (), (), n // 2) for n in range(3))
    assert told(first, second, third) == "So said 0.[^1] So said 1.[^1]\n\nSo said 2.[^1]"


@pytest.mark.parametrize("dossier", [sample_dossier(), hostile_dossier()], ids=["plain", "hostile"])
def test_every_note_is_given_once_and_called_for(dossier: Dossier) -> None:
    page = to_markdown(dossier)
    tokens = parsed(page)
    called = [t.meta["id"] for t in tokens if t.type == "footnote_ref"]
    given = [t.meta["id"] for t in tokens if t.type == "footnote_open"]
    assert list(dict.fromkeys(called)) == given == list(range(len(given)))
    assert len(re.findall(r"^\[\^\d+\]: ", page, re.MULTILINE)) == len(given)


def test_a_passage_cited_twice_has_one_note() -> None:
    page = to_markdown(sample_dossier())
    assert page.count(": “At least nine people were killed”\n") == 2  # in two documents
    assert len(re.findall(r"(?<!\n)\[\^3\]", page)) > 1


def test_disagreements_come_before_settled_findings() -> None:
    assert "**What caused it?** — contradicted" in section("Where the accounts disagree")
    settled = section("Figures and findings")
    assert "What caused it?" not in settled
    assert settled.startswith(
        "**How many people were killed?** — updated over time\n\n- **at least 9**"
    )
    assert "- **14** — Callis coast guard (in El Faro del Sur) and Northern Tribune; " in settled


def test_a_dispute_names_the_two_answers_it_is_between() -> None:
    disputes = section("Where the accounts disagree")
    assert (
        "- “engine room” and “a short circuit on the car deck” — *contradictory:* the engine room"
        " and the car deck are two places, and the same official names both"
    ) in disputes
    assert "- *Compatible:* 31 is more than 20" not in disputes
    settled = section("Figures and findings")
    assert "- *Updated:* at least 9 on 4 March 2031, 14 from 5 March 2031 on: " in settled


def test_the_ledger_sets_questions_against_sources() -> None:
    head, _, killed, *_ = section("Question by source").splitlines()
    assert [cell.strip() for cell in head.strip("|").split("|")] == [
        "Question", "Callis Observer", "Harbour Ledger", "El Faro del Sur", "Northern Tribune",
    ]  # fmt: skip
    assert [cell.strip() for cell in killed.strip("|").split("|")] == [
        "How many people were killed?", "at least 9", "at least 9", "14", "14",
    ]  # fmt: skip
    assert any(token.type == "table_open" for token in parsed(to_markdown(sample_dossier())))


def test_a_ledger_too_wide_to_read_is_left_to_the_findings() -> None:
    sample = sample_dossier()
    many = tuple(replace(sample.documents[0], id=f"x{n}", source="S" * 20) for n in range(12))
    wide = replace(sample, documents=(*sample.documents, *many))
    assert "## Question by source" not in to_markdown(wide)


def test_what_changed_comes_first() -> None:
    changed = Change(About.FIGURE, "killed: 9 → 14", ("f1",), (FOURTEEN,))
    page = to_markdown(replace(sample_dossier(), changes=(changed,)))
    assert (
        "## What changed\n\nSince the state of the case before this one:\n\n- killed: 9 → 14[^1]"
    ) in page
    assert page.index("## What changed") < page.index("## The account")


def test_what_is_unknown_and_what_failed_is_said() -> None:
    assert section("What nobody says").startswith("- No document says whether anyone was detained.")
    assert "- deck-plan.pdf (ingest): no text in any of its 3 pages" in section(
        "What could not be used"
    )


def test_each_source_shows_its_date_and_where_that_comes_from() -> None:
    spanish, late = section("Sources").splitlines()[2:]
    assert late.startswith(
        "- **Northern Tribune**, “What went wrong on the Aurelia”: 7 March 2031, inferred; English"
    )
    assert spanish.endswith(
        "Spanish; 1 repair of its characters; d3.txt; https\\://faro.example/aurelia; origin 2"
    )


def test_versions_of_one_utterance_stand_together_each_with_its_note() -> None:
    said = section("People and what they said")
    versions = r"“Nobody sounded the alarm,”(\[\^\d+\]) / «Nadie dio la alarma»(\[\^\d+\]) / ‘No"
    found = re.search(versions, said)
    assert found is not None
    assert found[1] != found[2]


@pytest.mark.parametrize(
    ("outside", "shown"),
    [
        ("06_followup.txt, $4,000,000; Smith & Sons = 1!", None),
        ("1. first", r"1\. first"),
        ("2031. It was", r"2031\. It was"),
        ("9.4 on the scale", None),
        ("- a list", r"\- a list"),
        ("# a heading", r"\# a heading"),
        ("=== under", r"\=\=\= under"),
        ("__init__ and _so_", r"\_\_init\_\_ and \_so\_"),
        ("$x$ and $5$", r"\$x\$ and $5\$"),
        ("&lt; &#60;", r"\&lt; \&\#60;"),
        ("https://a.example www.a.example", r"https\://a.example www\.a.example"),
        ("a\n\n# b\t\u2028c", r"a \# b c"),
        ("red \x1b[31m \u202e\x00", "red \ufffd\\[31m \ufffd\ufffd"),
    ],
)
def test_outside_words_are_escaped_where_they_must_be_and_nowhere_else(
    outside: str, shown: str | None
) -> None:
    assert escaped(outside) == (outside if shown is None else shown)


@pytest.mark.threat("W1")
def test_nothing_of_the_outside_is_read_as_markdown() -> None:
    hostile, plain = to_markdown(hostile_dossier()), to_markdown(sample_dossier())
    tokens = parsed(hostile)
    assert {t.type for t in tokens} <= OURS
    for kind in ("heading_open", "strong_open", "bullet_list_open", "table_open"):
        numbers = [sum(t.type == kind for t in some) for some in (tokens, parsed(plain))]
        assert numbers[0] <= numbers[1], kind  # hostile answers are too long for the table
    assert "<strong>x</strong>" not in MarkdownIt().render(hostile)
    assert not {"\x00", "\x1b", "\u202e"} & set(hostile)


def test_an_empty_dossier_is_still_a_page() -> None:
    sample = sample_dossier()
    page = to_markdown(Dossier(sample.title, sample.run, *((),) * 11))
    assert "## The account\n\nThe documents do not support an account.\n\n## How to read it" in page
    assert "[^" not in page


def test_the_same_dossier_gives_the_same_page() -> None:
    assert to_markdown(sample_dossier()) == to_markdown(sample_dossier())


def test_words_on_several_lines_are_quoted_on_one() -> None:
    lines = Passage("d2", 0, len("Nine feared dead as ferry burns\n\nAt least nine"))
    assert told(Sentence("So.", (lines,))) == "So.[^1]"
    page = to_markdown(replace(sample_dossier(), account=(Sentence("So.", (lines,)),)))
    assert ": “Nine feared dead as ferry burns At least nine”\n" in page


def test_of_many_conflicts_over_a_date_a_few_are_told_and_how_many_more_there_are() -> None:
    first, *others = sample_dossier().documents
    against = tuple(f"its “Monday” is another in paper {n}" for n in range(300))
    dossier = replace(sample_dossier(), documents=(replace(first, date_conflicts=against), *others))
    told = section("Sources", dossier)
    assert "in paper 1; and 298 more such conflicts in dossier.json" in told
    assert "in paper 2" not in told
