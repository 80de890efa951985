import pytest

from consilience.read.encoder import Parse, Word
from consilience.read.names import agreed


def _parse(marked: str) -> Parse:
    """Words with their tags, "Dana/B-PER Orr/I-PER left"; capitals that are no name by "_"."""
    words = []
    for part in marked.split():
        text, _, name = part.partition("/")
        upos = "PROPN" if text[0].isupper() and name != "_" else "NOUN"
        tag = name if "-" in name else "O"
        words.append(Word(0, len(text), text, text, upos, "", -1, "root", tag, ""))
    return Parse(0, 1, tuple(words), ())


def _names(*sentences: str) -> list[list[str]]:
    return [[word.name for word in parse.words] for parse in agreed([_parse(s) for s in sentences])]


def test_a_name_seen_once_is_seen_wherever_its_words_stand() -> None:
    found = _names("Orvane/B-ORG hired her", "people ask whether Orvane can last")
    assert found[1] == ["O", "O", "O", "B-ORG", "O", "O"]


def test_a_capital_that_only_begins_a_sentence_is_no_name_again() -> None:
    assert _names("Lord/I-PER", "We/_ saw Hope/B-PER", "Hope/_ is lost")[2] == ["O", "O", "O"]


def test_a_name_has_the_kind_that_it_has_most_often() -> None:
    found = _names("Tessaly/B-ORG grew", "near Tessaly/B-LOC", "in Tessaly/B-LOC")
    assert found[0] == ["B-LOC", "O"]


def test_kinds_in_a_tie_stay_as_they_were_read() -> None:
    assert _names("Tessaly/B-ORG grew", "near Tessaly/B-LOC")[0] == ["B-ORG", "O"]


def test_a_surname_alone_is_the_person_named_before() -> None:
    found = _names("Dana/B-PER Orr/I-PER spoke", "then Orr left", "for Orr/_ it ended")
    assert found[1] == ["O", "B-PER", "O"]
    assert found[2] == ["O", "O", "O", "O"]


def test_a_month_is_nobodys_surname() -> None:
    assert _names("Ann/B-PER May/I-PER spoke", "early in May")[1] == ["O", "O", "O"]


@pytest.mark.parametrize(
    ("marked", "tags"),
    [
        ("Dunmore/B-LOC Ohio/I-LOC", ["B-LOC", "B-LOC"]),
        ("Port/B-LOC Ellis/I-LOC TX/I-LOC", ["B-LOC", "I-LOC", "B-LOC"]),
        ("brielle/B-LOC france/I-LOC", ["B-LOC", "B-LOC"]),
        ("Dunmore/B-LOC New/I-LOC York/I-LOC", ["B-LOC", "B-LOC", "I-LOC"]),
    ],
)
def test_a_place_and_its_state_without_a_comma_are_two(marked: str, tags: list[str]) -> None:
    assert _names(marked) == [tags]


@pytest.mark.parametrize(
    "marked",
    [
        "New/B-LOC Zealand/I-LOC",
        "Gulf/B-LOC of/I-LOC Oman/I-LOC",
        "Lake/B-LOC Ontario/I-LOC",
        "Dunmore/B-LOC ,/I-LOC Ohio/I-LOC",
        "Dunmore/B-LOC Or/I-LOC",
        "Texas/B-ORG Ohio/I-ORG",
    ],
)
def test_what_is_one_name_stays_one(marked: str) -> None:
    assert _names(marked) == [[word.name for word in _parse(marked).words]]


def test_the_short_form_in_brackets_is_the_organization_before_it() -> None:
    found = _names(
        "LRT/B-PER met", "Lisk/B-ORG River/I-ORG Trust/I-ORG ( LRT/_ )", "then LRT/B-PER left"
    )
    assert found[0] == ["B-ORG", "O"]
    assert found[1] == ["B-ORG", "I-ORG", "I-ORG", "O", "B-ORG", "O"]
    assert found[2] == ["O", "B-ORG", "O"]


def test_a_well_known_short_form_is_an_organization() -> None:
    assert _names("the UNHCR/B-LOC and FBI saw")[0] == ["O", "B-ORG", "O", "B-ORG", "O"]
    assert _names("WHO said ICE melts")[0] == ["O", "O", "O", "O"]
    assert _names("THE UN/_ TOLD")[0] == ["O", "O", "O"]


def test_a_person_and_a_place_joined_by_a_lost_stop_are_two() -> None:
    found = _names(
        "Dana/B-PER Orr/I-PER spoke in Arlow/B-LOC",
        "rain in Arlow/B-LOC and near Arlow/B-LOC",
        "at the inquiry Orr/B-PER Arlow/I-PER Mayor Lind/B-PER spoke",
    )
    assert found[2] == ["O", "O", "O", "B-PER", "B-LOC", "O", "B-PER", "O"]


def test_whoever_is_called_after_a_place_keeps_the_name() -> None:
    found = _names("Paris/B-LOC and Paris/B-LOC and Paris/B-LOC", "Ann/B-PER Paris/I-PER spoke")
    assert found[1] == ["B-PER", "I-PER", "O"]


@pytest.mark.parametrize(
    ("marked", "tags"),
    [
        ("at 87th/_ and Arlow/B-LOC", ["O", "B-LOC", "I-LOC", "I-LOC"]),
        ("at Arlow/B-LOC and 87th/_", ["O", "B-LOC", "I-LOC", "I-LOC"]),
        ("on 87th/B-LOC Street/I-LOC at Arlow/B-LOC", ["O", *["B-LOC"], *["I-LOC"] * 3]),
        ("on the/_ 5th/_ and Arlow/B-LOC", ["O", "O", "O", "O", "B-LOC"]),
        ("on Quay/B-LOC Street/I-LOC in Arlow/B-LOC", ["O", "B-LOC", "I-LOC", "O", "B-LOC"]),
    ],
)
def test_a_corner_is_one_place_and_no_town(marked: str, tags: list[str]) -> None:
    assert _names(marked) == [tags]


def test_a_storms_name_is_no_person() -> None:
    found = _names("Hurricane Odile/B-PER came", "Odile/B-PER fell", "Odile/B-PER Orr/I-PER left")
    assert found[:2] == [["O", "O", "O"], ["O", "O"]]
    assert found[2] == ["B-PER", "I-PER", "O"]


def test_an_agency_after_a_datelines_town_is_not_its_short_form() -> None:
    assert _names("Lisk/B-LOC Ford/I-LOC ( LFN/_ )")[0] == ["B-LOC", "I-LOC", "O", "O", "O"]


def test_a_document_without_names_is_as_it_was() -> None:
    parses = [_parse("the rain fell")]
    assert agreed(parses) == parses
    assert agreed([]) == []
