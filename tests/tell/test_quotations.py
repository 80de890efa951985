"""Who said what in small invented cases, and which sayings are one."""

import pytest

from consilience.records import Dossier, Quotation, Stance
from consilience.tell.to_html import to_html
from consilience.tell.to_markdown import to_markdown
from tests.small_cases import OneReader, page, tell, words

BRIDGE = "“The company knew for years that the old bridge was unsafe,” Mayor Anna Lind said."
OTHERWISE = "“For years the company knew the old bridge was not safe.”"
LIND = page(BRIDGE, "Echo")
AGAIN = page(f"Anna Lind, the mayor, said: {OTHERWISE}", "Post")


def said(dossier: Dossier, quotation: Quotation) -> str:
    names = {e.id: e.name for e in dossier.entities}
    return f"{names.get(quotation.speaker_id or '')}: {words(dossier, quotation.passage)}"


def test_a_quotation_has_its_words_speaker_and_cue(engine: OneReader) -> None:
    dossier = tell(engine, LIND)
    (quotation,) = dossier.quotations
    assert said(dossier, quotation) == (
        "Anna Lind: The company knew for years that the old bridge was unsafe,"
    )
    assert quotation.direct
    assert quotation.cue is not None
    assert words(dossier, quotation.cue) == "said"


def test_two_wordings_of_one_utterance_name_each_other(engine: OneReader) -> None:
    dossier = tell(engine, LIND, AGAIN)
    assert [q.same_as for q in dossier.quotations] == [(1,), (0,)]


def test_like_words_in_two_mouths_are_two_utterances(engine: OneReader) -> None:
    other = page(
        "“For years the company knew the old bridge was not safe,” Judge Irena Voss said.", "Post"
    )
    assert [q.same_as for q in tell(engine, LIND, other).quotations] == [(), ()]


def test_other_words_in_one_mouth_are_two_utterances(engine: OneReader) -> None:
    other = page("“My father taught the children of Corrin to sing,” Anna Lind said.", "Post")
    assert [q.same_as for q in tell(engine, LIND, other).quotations] == [(), ()]


def test_a_repetition_on_the_same_page_is_no_other_version(engine: OneReader) -> None:
    text = (
        "“The company knew the old bridge was unsafe,” Anna Lind said.\n\n"
        "“The company knew the old bridge was unsafe,” Anna Lind said again."
    )
    assert [q.same_as for q in tell(engine, page(text)).quotations] == [(), ()]


def test_where_nobody_is_named_nobody_speaks(engine: OneReader) -> None:
    dossier = tell(
        engine, page("A leaflet lay in Corrin.\n\n“Close the old bridge before it kills us”.")
    )
    assert [q.speaker_id for q in dossier.quotations if q.direct] == [None]


def test_what_somebody_denies_is_never_shown_as_said(engine: OneReader) -> None:
    dossier = tell(
        engine,
        page("Mayor Anna Lind denied that 20 people had died in Corrin.", "Echo"),
    )
    (quotation,) = dossier.quotations
    assert quotation.stance is Stance.DENIES
    assert "(denied) that 20 people had died" in to_markdown(dossier)
    assert '<span class="mode">denied:</span>' in to_html(dossier)


FERRY = page(
    "“You cannot patch a hull with paperwork,” Captain Ida Brandt told reporters in Corrin. “We"
    " asked for two new pumps and they sent us a leaflet. Nobody on my boat will ever forget that"
    " night.”",
    "Echo",
)


def joined(dossier: Dossier) -> set[tuple[str, str]]:
    """The beginnings of each two quotations that are one utterance."""
    begun = [words(dossier, q.passage)[:12] for q in dossier.quotations]
    return {
        (begun[i], begun[j]) for i, q in enumerate(dossier.quotations) for j in q.same_as if i < j
    }


def test_an_utterance_is_known_by_its_meaning_and_its_place(engine: OneReader) -> None:
    other = page(
        "“No hull was ever mended with documents,” Ida Brandt said. “Two pumps we had requested;"
        " what came was a brochure.”",
        "Post",
    )
    assert joined(tell(engine, FERRY, other)) == {
        ("You cannot p", "No hull was "),
        ("We asked for", "Two pumps we"),
    }


def test_other_sayings_on_one_theme_are_other_utterances(engine: OneReader) -> None:
    other = page(
        "“The ministry knew about the pumps,” Ida Brandt said. “I have sailed for twenty years."
        " My crew deserves a better boat.”",
        "Post",
    )
    assert joined(tell(engine, FERRY, other)) == set()


def test_what_one_says_months_later_of_like_things_is_another_utterance(engine: OneReader) -> None:
    then = page("“My brother could not swim,” Ida Brandt said.", "Echo", "2024-05-15")
    later = page("“I will tell it to my brother one day,” Ida Brandt said.", "Post", "2024-09-15")
    assert joined(tell(engine, then, later)) == set()


def test_an_utterance_told_in_other_words_is_a_version_of_the_quoted_one(
    engine: OneReader,
) -> None:
    other = page("Ida Brandt said that they had asked for two new pumps and got a leaflet.", "Post")
    (pair,) = joined(tell(engine, FERRY, other))
    assert sorted(pair) == ["We asked for", "that they ha"]


def test_a_translation_shares_names_and_roots_with_the_original(engine: OneReader) -> None:
    spanish = page(
        "El transbordador llegó tarde al puerto de Corrin y nadie sabe por qué.\n\n«En la cabina"
        " había tres pasajeros y un motor roto», dijo Ida Brandt a la prensa.",
        "Diario",
    )
    english = page(
        "“In the cabin there were three passengers and a broken motor,” Ida Brandt told the press."
        " “The rain never stopped.”",
        "Post",
    )
    assert joined(tell(engine, spanish, english)) == {("En la cabina", "In the cabin")}


SCRAPS = [
    "The court declared three days of mourning in Corrin on Monday.",
    "Mayor Anna Lind did not say whether the bridge would be closed.",
    "Mayor Anna Lind described them as old friends.",
]


@pytest.mark.parametrize("text", SCRAPS)
def test_a_scrap_of_a_sentence_and_what_was_not_said_are_no_utterance(
    engine: OneReader, text: str
) -> None:
    assert tell(engine, page(text)).quotations == ()


def test_words_within_words_of_the_same_mouth_are_told_once(engine: OneReader) -> None:
    dossier = tell(
        engine, page("Mayor Anna Lind said she had warned the ministry that the bridge would fall.")
    )
    assert [said(dossier, q) for q in dossier.quotations] == [
        "Anna Lind: she had warned the ministry that the bridge would fall"
    ]


def test_a_figure_of_speech_is_kept_whatever_word_it_turns(engine: OneReader) -> None:
    page_a = page("“We will not answer hatred with hatred,” Anna Lind said.", "Echo")
    page_b = page("A speech was given in Corrin.\n\n“You cannot repay evil with evil.”", "Post")
    other = page("A speech was given in Corrin.\n\n“I trade flowers with flowers.”", "Post")
    assert len(joined(tell(engine, page_a, page_b))) == 1
    assert joined(tell(engine, page_a, other)) == set()
