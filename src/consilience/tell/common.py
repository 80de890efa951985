"""Whether something can be told as common ground, in nobody's name."""

import re

from consilience.records import Passage, RelationKind
from consilience.tell.material import Material, said, within
from consilience.tell.support import support_of_words
from consilience.wording import fold

_NAME = re.compile(r"(?<=[a-z,] )[^\W\d_a-z][\w’'-]+")


def is_common(known: Material, passage: Passage) -> bool:
    """Whether another origin has every name and number of a passage, and none disputes it."""
    root = known.roots.get(passage.document_id, passage.document_id)
    telling = _names_and_numbers(said(known, passage))
    return not is_disputed(known, passage) and any(
        telling <= _names_and_numbers(document.text)
        for document in known.case.documents
        if known.roots.get(document.id, document.id) != root
    )


def is_disputed(known: Material, passage: Passage) -> bool:
    """Whether a passage gives an answer that another one excludes."""
    for finding in known.findings:
        for relation in finding.relations:
            if relation.kind is RelationKind.CONTRADICTORY:
                for side in (relation.a, relation.b):
                    claims = (known.claims[k] for k in finding.candidates[side].claim_ids)
                    if any(within(c.passage, passage) for c in claims):
                        return True
    return False


def _names_and_numbers(words: str) -> set[str]:
    support = support_of_words(words)
    named = {fold(w) for w in _NAME.findall(words)}
    return named | {f"{n:g}" for n in support.numbers if n >= 2}
