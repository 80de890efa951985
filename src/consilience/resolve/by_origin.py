"""What many pages say, counted by the reports they go back to."""

from collections import defaultdict
from collections.abc import Mapping

Saying = tuple[str, str]  # the ids of an origin and of a document of it


def by_origin(said: Mapping[Saying, float]) -> float:
    """The weights together, of each origin only that of the document which gives it most.

    >>> by_origin({("o1", "report"): 2.0, ("o1", "copy"): 2.0, ("o2", "another"): 1.0})
    3.0
    """
    most: dict[str, float] = defaultdict(float)
    for (origin_id, _), weight in said.items():
        most[origin_id] = max(most[origin_id], weight)
    return sum(most.values())
