import pytest

from consilience.resolve.event_words import frame_of, verb_of


@pytest.mark.parametrize(
    ("word", "verb"),
    [
        ("shootings", "shoot"),
        ("resignation", "resign"),
        ("deaths", "die"),
        ("acquired", "acquire"),
        ("stopped", "stop"),
        ("killing", "kill"),
        ("explosion", "explode"),
        ("bought", "buy"),
        ("dying", "die"),
        ("hit", "hit"),
        ("zeppelin", "zeppelin"),
    ],
)
def test_the_verb_that_tells_the_same(word, verb):
    assert verb_of(word) == verb


def test_synonyms_share_a_frame():
    assert frame_of(["purchase"], "purchase", "purchase", None) == "acquire"
    assert frame_of(["takeover"], "takeover", "takeover", None) == "acquire"


def test_a_phrase_comes_before_its_words():
    assert frame_of(["opened", "fire"], "opened", "open", None) == "gunfire"


def test_a_word_of_no_frame_stands_for_itself():
    assert frame_of(["knitted"], "knitted", "knit", None) == "knit"
