"""The verb by which things are counted, as a question asks with it: “were fired”, “searched”."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from consilience.lexicon import load_table
from consilience.weigh.figure import Figure

_PASSIVE = re.compile(r"\b(?:was|were|been|being|are|is|be|got)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|that)\b", re.IGNORECASE)
# Farther off the verb is another's.
_NEAR_CHARS = 60


def asked_by(text: str, figure: Figure) -> str:
    """What follows “How many shots” in a question; empty where the words do not give it.

    The verb is asked with as it is written, since it stands in the past: “62 rounds were fired”,
    “fired 62 rounds”, “300 officers searched”.
    """
    proposition = figure.proposition
    if proposition is None or figure.topic != proposition.lemma or "_" in proposition.lemma:
        return ""
    verb, count = proposition.predicate, figure.count.passage
    word = text[verb.start : verb.end].lower()
    is_regular = word.endswith("ed")
    if not is_regular and load_table("irregular_verbs").get(word) != proposition.lemma:
        return ""
    if verb.end <= count.start:
        is_near = count.start - verb.end <= _NEAR_CHARS
        passive = is_regular or len(_irregular()[proposition.lemma]) == 1
        return f"were {word}" if is_near and passive else ""
    between = text[count.end : verb.start]
    if len(between) > _NEAR_CHARS or _RELATIVE.search(between):
        return ""
    return f"were {word}" if _PASSIVE.search(between) else word


@cache
def _irregular() -> Mapping[str, frozenset[str]]:
    """The irregular past forms of each verb; of one that has one alone it is the participle too."""
    forms: dict[str, set[str]] = defaultdict(set)
    for form, verb in load_table("irregular_verbs").items():
        forms[verb].add(form)
    return {verb: frozenset(found) for verb, found in forms.items()}
