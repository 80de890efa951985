"""How much an answer to an assistant may hold, and what of an outside text may stand in it."""

import re
from typing import Any

from consilience.shapes import JsonObject

# One string, one list, and all the words of one answer: some ten pages of a book.
STRING_CHARS = 8_000
ITEMS = 50
ANSWER_CHARS = 60_000
# Marks of direction, tags and other characters that nobody sees but a model reads; a text keeps
# its length, so that offsets stand.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LEFT_OUT = "_left_out"


def bounded(answer: JsonObject) -> JsonObject:
    """The answer with nothing unseen in it, and no more than an assistant should be handed at once.

    Beside a list that was cut stands how many of its items are left out, beside a string how many
    characters; an answer in pages goes on with what was left out.
    """
    left = [ANSWER_CHARS]
    shown = {key: value for one in answer.items() for key, value in _pair(*one, left)}
    if "next_start" in shown:
        cut = [shown[f"{key}{_LEFT_OUT}"] for key, value in answer.items()
               if isinstance(value, list) and f"{key}{_LEFT_OUT}" in shown]  # fmt: skip
        if cut:
            following = shown["next_start"]
            shown["next_start"] = (shown["n_in_all"] if following is None else following) - cut[0]
    return shown


def seen(words: str) -> str:
    return _UNSEEN.sub("\ufffd", words)


def _pair(key: str, value: Any, left: list[int]) -> list[tuple[str, Any]]:
    match value:
        case str():
            shown = seen(value[:STRING_CHARS])
            left[0] -= len(shown)
            more = len(value) - len(shown)
            return [(key, shown), *([(key + _LEFT_OUT, more)] if more else [])]
        case list():
            items = []
            for item in value[:ITEMS]:
                if left[0] <= 0:
                    break
                items += [one for _, one in _pair(key, item, left)[:1]]
            more = len(value) - len(items)
            return [(key, items), *([(key + _LEFT_OUT, more)] if more else [])]
        case dict():
            pairs = [pair for one in value.items() for pair in _pair(*one, left)]
            return [(key, dict(pairs))]
        case _:
            left[0] -= 8
            return [(key, value)]
