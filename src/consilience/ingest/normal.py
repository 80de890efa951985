"""Names from outside on one line, without what no file, database or terminal takes."""

import re

_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printed(name: str) -> str:
    """The name with U+FFFD for NUL, controls and lone surrogates; `repair` does so for texts.

    >>> printed("Daily\\x00 Mail")
    'Daily\\ufffd Mail'
    """
    return _UNFIT.sub("\ufffd", name)
