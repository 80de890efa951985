"""How far each answer is to be believed, from the origins that give it."""

from collections.abc import Sequence, Set


def beliefs(supports: Sequence[Set[str]]) -> list[float]:
    """For the candidates of one question, given the origins that hold each, shares in [0, 1]."""
    total = sum(len(origins) for origins in supports)
    return [round(len(origins) / total, 4) for origins in supports]
