"""Which language a text is in."""

_LETTERS_MIN = 40  # below, names alone decide: "Ovidia Lind Marsh" is Croatian to py3langid
_SAMPLE_CHARS = 5_000


def language_of(text: str) -> str:
    """ISO 639-1 code, "und" where the text is too short to tell.

    By py3langid, after Lui and Baldwin, langid.py (2012).
    """
    sample = text[:_SAMPLE_CHARS]
    if sum(char.isalpha() for char in sample) < _LETTERS_MIN:
        return "und"
    from py3langid.langid import classify

    code, _ = classify(sample)
    return str(code)
