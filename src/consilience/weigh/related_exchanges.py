"""How two answers to for whom or what somebody was let go stand to each other."""

import re

from consilience.records import RelationKind, Text
from consilience.weigh.related_actors import relate_actors
from consilience.weigh.sides import Judged, Side
from consilience.wording import fold

_MONEY = re.compile(
    r"\bransom\b|[$€£]|\b(?:dollars|euros|pounds|cash|money|payment)\b", re.IGNORECASE
)
_WORDS = re.compile(r"\bpromises?\b|\bpledges?\b|\bassurances?\b|\bguarantees?\b|\bvows?\b", re.I)
_PEOPLE = re.compile(
    r"\b(?:members?|prisoners?|inmates|detainees|hostages|captives|soldiers|officers?|policemen|troops"
    r"|fighters|rebels|militants|guards?|men|women|people|personnel|families|crew|relatives|leaders?"
    r"|commanders?|suspects|convicts|agents|civilians)\b",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "the a an of and for in to with that some two three four five six several".split()
)


def relate_exchanges(slot: str, a: Side, b: Side) -> Judged:
    """Those given for a captive, by what sort of people they are; numbers are asked elsewhere.

    Money, people, goods and a promise are different prices.
    """
    if not isinstance(a.value, Text) or not isinstance(b.value, Text):
        return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
    said_a, said_b = a.value.text, b.value.text
    sort_a, sort_b = _sort(said_a), _sort(said_b)
    if sort_a == sort_b == "people":
        return relate_actors(slot, a, b)
    if a.document_ids & b.document_ids:
        return RelationKind.COMPATIBLE, "one document names both, so it can have been both"
    if sort_a == sort_b and (sort_a in ("money", "promise") or _share(said_a, said_b)):
        return RelationKind.COMPATIBLE, f"“{said_a}” and “{said_b}” can be one"
    return RelationKind.CONTRADICTORY, (
        f"“{said_a}” here and “{said_b}” there are named as the price, and no document names both"
    )


def _sort(said: str) -> str:
    if _MONEY.search(said):
        return "money"
    if _WORDS.search(said):
        return "promise"
    return "people" if _PEOPLE.search(said) else "goods"


def _share(a: str, b: str) -> bool:
    left, right = (frozenset(re.findall(r"\w+", fold(said))) - _SMALL for said in (a, b))
    return bool(left & right)
