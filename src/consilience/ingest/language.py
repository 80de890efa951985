"""Which language a text is in, and which paragraphs of it are in another."""

import re
from collections.abc import Iterator

_LETTERS_MIN = 40  # below, names decide, and often wrongly
_OTHER_LETTERS_MIN = 12  # of a script that few languages share
_SAMPLE_CHARS = 5_000
# Languages by their own small words, where they are many: py3langid takes half a second to open
# and takes lists of names for any language. Of 691 news texts in English nine in ten pass;
# py3langid contradicts one, wrongly. Danish, the language nearest to English, has about 5 % of
# its words.
_SMALL_WORDS = {
    "en": "the and of to that was with for from were which his by had said at on is it not has are",
    "es": "el la los las de del que y en un una por para se su al fue según pero más como",
    "fr": "le la les des du et est dans une un que qui au aux avec ont été selon pas elle ce",
    "pt": "os da dos das que em um uma com não por para na foi ao são mais segundo e ele à",
    "de": "der das und ist den von zu mit dem des auf für im nicht eine ein wurde bei sich sie",
    "it": "il lo gli di che e è un una per della dei del nel sono non alla stato dal si ha",
}
_OF_SMALL_WORD = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
_SMALL_MIN = 0.15
_SURE_WORDS_MIN = 30
_WORDS_MIN = 8
_NAMES_MAX = 0.6  # of the words with a capital: German prose has some 0.35
# A paragraph is another language's where its small words are this often as many as the text's
# own, and so many different ones: of 1,500 news texts in English none has such a paragraph.
_AHEAD_MIN = 2.0
_DIFFERENT_MIN = 3
_WORD = re.compile(r"[^\W\d_]+")
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")
_NO_LATIN = re.compile(r"[\u0370-\u1dff\u3040-\ud7ff\uf900-\ufaff]")


def language_of(text: str) -> str:
    """ISO 639-1 code, "und" where the text is too short to tell.

    Where small words do not decide it is py3langid's, after Lui and Baldwin, langid.py (2012).
    """
    sample = text[:_SAMPLE_CHARS]
    n_others = sum(1 for _ in _NO_LATIN.finditer(sample))
    if sum(map(str.isalpha, sample)) < _LETTERS_MIN and n_others < _OTHER_LETTERS_MIN:
        return "und"
    words = _WORD.findall(sample.lower())
    shares = _shares(words)
    best = max(shares, key=lambda code: shares[code])
    if len(words) >= _SURE_WORDS_MIN and shares[best] >= _SMALL_MIN:
        return best
    if len(words) < _WORDS_MIN and n_others < _OTHER_LETTERS_MIN:
        return "und"
    if sum(word.istitle() for word in _WORD.findall(sample)) > _NAMES_MAX * len(words):
        return "und"
    from py3langid.langid import classify

    code, _ = classify(sample)
    # These are known by their small words: a text that has none of them names things.
    is_named_only = code != "en" and code in shares and not shares[code]
    return "und" if is_named_only else str(code)


def foreign_paragraphs(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """The paragraphs that are plainly in another of the six languages than the text."""
    for paragraph in _PARAGRAPH.finditer(text):
        words = _WORD.findall(paragraph.group().lower())
        if len(words) < _WORDS_MIN:
            continue
        shares = _shares(words)
        best = max(shares, key=lambda code: shares[code])
        own = shares.get(language, shares["en"])
        n_different = len(_OF_SMALL_WORD[best].intersection(words))
        is_ahead = shares[best] >= max(_SMALL_MIN, _AHEAD_MIN * own)
        if best != language and is_ahead and n_different >= _DIFFERENT_MIN:
            yield paragraph.start(), paragraph.end(), best


def _shares(words: list[str]) -> dict[str, float]:
    """What part of the words are small words of each language."""
    n = max(len(words), 1)
    return {
        code: sum(word in small for word in words) / n for code, small in _OF_SMALL_WORD.items()
    }
