"""Who is meant, in invented sentences."""

import pytest

from consilience.read import Reader
from consilience.records import Document, Kind, Mention, Reading
from tests.factory import document


def chains(text: str, reader: Reader) -> list[list[str]]:
    """The words of each chain of several mentions, in the order of the text."""
    page = document(text)
    members: dict[str, list[str]] = {}
    for mention in reader(page).mentions:
        members.setdefault(mention.chain_id, []).append(words(page, mention))
    return [m for m in members.values() if len(m) > 1]


def words(of: Document, mention: Mention) -> str:
    return of.text[mention.passage.start : mention.passage.end]


def meant_by(word: str, text: str, reader: Reader) -> str | None:
    """The name in whose chain the last mention with these words stands."""
    page = document(text)
    mentions = reader(page).mentions
    named = {m.chain_id: words(page, m) for m in reversed(mentions) if m.named}
    found = [m for m in mentions if words(page, m).lower() == word]
    return named.get(found[-1].chain_id)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Anna Lind opened the bridge. Lind spoke briefly.",
            [["Anna Lind", "Lind"]],
        ),
        (
            "The Arlow Workers Union (AWU) met. The AWU said nothing.",
            [["Arlow Workers Union", "AWU", "AWU"]],
        ),
    ],
)
def test_a_short_name_is_the_one_longer_name_that_holds_it(
    text: str, expected: list[list[str]], reader: Reader
) -> None:
    found = [[w.removeprefix("The ") for w in chain] for chain in chains(text, reader)]
    assert expected[0] in found


@pytest.mark.parametrize(
    "text",
    [
        "Anna Lind met Per Lind on Monday. Lind was late.",
        "Anna Lind came with her brother, Lind, and left early.",
        "Mayor Anna Lind spoke first. General Lind answered.",
    ],
)
def test_a_short_name_that_may_be_another_stays_alone(text: str, reader: Reader) -> None:
    assert not any({"Anna Lind", "Lind"} <= set(chain) for chain in chains(text, reader))


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Mary Holt met Peter Lowe. She thanked him.", "she", "Mary Holt"),
        ("Mary Holt met Peter Lowe. She thanked him.", "him", "Peter Lowe"),
        ("Peter Lowe hurt himself.", "himself", "Peter Lowe"),
        ("Mary Holt resigned as her party fell.", "her", "Mary Holt"),
    ],
)
def test_a_pronoun_means_who_fits_it(text: str, word: str, who: str, reader: Reader) -> None:
    assert meant_by(word, text, reader) == who


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Peter Lowe saw him.", "him"),
        ("Mary Holt came. It rained all day.", "it"),
        ("Peter Lowe met Paul Marek before he resigned.", "he"),
    ],
)
def test_a_pronoun_that_may_mean_anybody_means_nobody(text: str, word: str, reader: Reader) -> None:
    page = document(text)
    mentions = reader(page).mentions
    named = {m.chain_id for m in mentions if m.named}
    assert not any(words(page, m).lower() == word and m.chain_id in named for m in mentions)


def test_a_woman_named_in_a_later_paragraph_overshadows_the_one_before(reader: Reader) -> None:
    page = document(
        "Anna Lind, the director of the hospital, spoke to reporters. She was calm.\n\n"
        "His wife, Mary Holt, stood in the corridor. “It was raining hard,” she said."
    )
    mentions = reader(page).mentions
    named = {m.chain_id: words(page, m) for m in reversed(mentions) if m.named}
    last = [m for m in mentions if words(page, m) == "she"][-1]
    assert named.get(last.chain_id) in (None, "Mary Holt")


def test_somebody_and_his_son_are_two(reader: Reader) -> None:
    text = "Police freed the son of Peter Lowe. The son was seen in Arlow. Lowe is in prison."
    assert not any("Peter Lowe" in chain and "The son" in chain for chain in chains(text, reader))


def test_i_in_a_quotation_is_its_speaker_and_nobody_else(reader: Reader) -> None:
    text = "“I saw the boat sink,” Mary Holt told Peter Lowe. “I told you so,” Lowe said."
    page = document(text)
    mentions = reader(page).mentions
    named = {m.chain_id: words(page, m) for m in reversed(mentions) if m.named}
    said = [(words(page, m), named.get(m.chain_id)) for m in mentions if not m.named]
    assert ("I", "Mary Holt") in said
    assert [who for word, who in said if word == "I"] == ["Mary Holt", "Peter Lowe"]
    assert ("you", "Peter Lowe") not in said


def test_no_chain_bears_two_names_of_different_people(reader: Reader) -> None:
    page = document(
        "Mary Holt and Anna Lind founded the club. The chairwoman said she was proud. "
        "Her deputy, Joan Halle, agreed with her. Lind said Holt was right."
    )
    by_chain: dict[str, set[str]] = {}
    for mention in reader(page).mentions:
        if mention.named and mention.kind is Kind.PERSON:
            by_chain.setdefault(mention.chain_id, set()).add(words(page, mention).split()[-1])
    assert all(len(surnames) == 1 for surnames in by_chain.values())


def test_the_same_text_reads_the_same_twice(reader: Reader) -> None:
    def read() -> Reading:
        return reader(document("Mary Holt met Peter Lowe. She thanked him for his help."))

    assert read() == read()


@pytest.mark.parametrize(
    ("word", "text"),
    [
        (
            "the tribunal",
            "Norrhead Steel lost. Nothing was paid to Norrhead Steel, the tribunal found.",
        ),
        ("a deckhand", "The pilot slept. A deckhand said pilot Rolf Amsel, 40, was in his bunk."),
    ],
)
def test_who_tells_of_somebody_by_name_is_somebody_else(
    word: str, text: str, reader: Reader
) -> None:
    assert meant_by(word, text, reader) is None


def test_of_whom_somebody_speaks_is_not_who_speaks(reader: Reader) -> None:
    text = (
        "Police arrested Tom Ivers in Arlow on Monday.\n\nThe friend said others who knew Ivers"
        " believed he was ill.\n\n“He had no record, but he had problems,” he said of Ivers.\n\n"
        "“We all liked him,” he said."
    )
    page = document(text)
    reading = reader(page)
    names = {m.chain_id for m in reading.mentions if m.named}
    spoken = [a for a in reading.attributions if a.direct]
    assert len(spoken) == 2
    assert not any(a.speaker_id in names for a in spoken)
    assert not any(words(page, m) == "The friend" and m.chain_id in names for m in reading.mentions)
