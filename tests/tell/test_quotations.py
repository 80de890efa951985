"""Who said what in small invented cases, and which sayings are one."""

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
