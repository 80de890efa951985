"""How two answers to one question stand to each other: how it began.

Two beginnings of kinds that exclude each other contradict: a deed and an accident, an operation
that was planned and a meeting by chance, two different faults. What one document tells together
is a chain, and holds together.
"""

from consilience.records import RelationKind, Text
from consilience.weigh.cause_kinds import cause_kinds
from consilience.weigh.sides import Judged, Side
from consilience.wording import fold

_SAID = {
    "deliberate": "a deliberate act", "not deliberate": "no deliberate act",
    "accident": "an accident", "technical": "a technical fault",
    "electrical": "an electrical fault", "gas": "a gas leak", "mechanical": "a mechanical failure",
    "structural": "a weakness of the structure", "software": "a fault of software",
    "cyberattack": "an attack on computers", "human": "human error", "speed": "speed",
    "overload": "too heavy a load", "open flame": "carelessness with fire",
    "lightning": "lightning", "earthquake": "an earthquake", "weather": "the weather",
    "wave": "a wave", "birds": "birds", "landslide": "a slide of earth or snow",
    "struck": "a collision", "dam": "a burst dam", "dam gates": "water let out of a dam",
    "labelling": "wrong labels", "foreign matter": "foreign matter",
    "neglect": "neglect", "chemicals": "chemicals", "works": "works in the ground",
    "contamination": "contamination",
    "carbon monoxide": "carbon monoxide", "pay": "pay", "dismissal": "a dismissal",
    "job cuts": "a loss of jobs", "safety": "safety", "working conditions": "working conditions",
    "pensions": "pensions", "health": "health", "scandal": "a scandal", "family": "the family",
    "planned": "a planned operation", "chance": "a meeting by chance",
}  # fmt: skip
_FAULTS = frozenset(
    {
        "deliberate", "accident", "technical", "electrical", "gas", "mechanical", "structural",
        "software", "human", "overload", "open flame", "lightning", "earthquake", "weather", "wave",
        "birds", "landslide", "struck", "dam", "dam gates", "labelling", "foreign matter",
        "contamination", "not deliberate", "speed", "cyberattack", "carbon monoxide",
        "neglect", "chemicals", "works",
    }
)  # fmt: skip
_DEEDS = frozenset({"deliberate", "cyberattack"})
_LABOUR = frozenset({"pay", "dismissal", "job cuts", "safety", "working conditions", "pensions"})
_MEETINGS = frozenset({"planned", "chance"})
_PARTINGS = frozenset({"health", "scandal", "family"})
# Kinds of one question, of which an answer is one.
_RIVALS = (_FAULTS, _LABOUR, _MEETINGS, _PARTINGS)
# Kinds that are often steps of one chain, or one said less exactly.
_TOGETHER = frozenset(
    frozenset(pair)
    for one, others in {
        "accident": _FAULTS - _DEEDS,
        "not deliberate": _FAULTS - _DEEDS,
        "neglect": _FAULTS - _DEEDS,
        "deliberate": {"cyberattack"},
        "technical": {"electrical", "gas", "mechanical", "structural", "software"},
        "human": {"speed", "overload", "open flame", "struck", "structural", "dam gates"},
        "speed": {"weather", "struck", "overload"},
        "weather": {"wave", "dam", "landslide", "struck", "electrical", "lightning", "structural"},
        "works": {"structural", "landslide", "human", "gas", "weather"},
        "overload": {"structural"},
        "dam": {"structural", "earthquake", "landslide"},
        "struck": {"wave", "mechanical"},
        "earthquake": {"structural", "landslide", "wave", "gas"},
        "lightning": {"electrical"},
        "birds": {"mechanical"},
        "open flame": {"gas"},
        "pay": {"working conditions", "pensions"},
        "job cuts": {"dismissal"},
        "safety": {"working conditions"},
        "health": {"family"},
    }.items()
    for pair in ((one, other) for other in others)
)
# One that says more than this beside the other's words adds to it.
_FULLER_WORDS = 3
_EMPTY = frozenset({"a", "an", "the", "of", "in", "by", "was", "it", "had", "been", "on"})
# Those of one side by whatever name: who of them fired first, or was fired at, is one question.
_FORCES = frozenset(
    {
        "police", "officer", "soldier", "troop", "guard", "agent", "deputy", "army", "patrol",
        "trooper", "policeman", "marine", "peacekeeper", "security",
    }
)  # fmt: skip


def relate_causes(a: Side, b: Side) -> Judged:
    if not isinstance(a.value, Text) or not isinstance(b.value, Text):
        return RelationKind.COMPATIBLE, "nothing says that both cannot hold"
    said_a, said_b = a.value.text, b.value.text
    words_a, words_b = _words(said_a), _words(said_b)
    is_within = words_a <= words_b or words_b <= words_a
    if is_within and len(words_a ^ words_b) <= _FULLER_WORDS:
        return RelationKind.SAME, "one is only said more fully than the other"
    kinds_a, kinds_b = cause_kinds(said_a), cause_kinds(said_b)
    shared = sorted(kinds_a & kinds_b)
    if shared and shared[0] in _SAID:
        return RelationKind.COMPATIBLE, f"both name {_SAID[shared[0]]}"
    if shared:
        return RelationKind.COMPATIBLE, "both name a beginning of one kind"
    if a.document_ids & b.document_ids:
        return RelationKind.COMPATIBLE, "one document gives both: they may be steps of one chain"
    if _fired_first(said_a, kinds_a, said_b, kinds_b):
        return RelationKind.CONTRADICTORY, "the two differ on who fired first"
    rivals = [
        (x, y)
        for x in sorted(kinds_a)
        for y in sorted(kinds_b)
        if any(x in question and y in question for question in _RIVALS)
    ]
    if rivals and not any(frozenset(pair) in _TOGETHER for pair in rivals):
        x, y = rivals[0]
        return RelationKind.CONTRADICTORY, (
            f"one names {_SAID[x]}, the other {_SAID[y]}: both cannot be how it began"
        )
    return RelationKind.COMPATIBLE, "nothing says that both cannot hold"


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word).strip(".,;:“”\"'") for word in text.split()) - _EMPTY


def _fired_first(
    said_a: str, kinds_a: frozenset[str], said_b: str, kinds_b: frozenset[str]
) -> bool:
    """Whether one side fired first by the one and was fired at by the other."""
    both = {"fired first", "came under attack"}
    if kinds_a & both == kinds_b & both or not (kinds_a & both and kinds_b & both):
        return False
    return _is_of_forces(said_a) and _is_of_forces(said_b)


def _is_of_forces(said: str) -> bool:
    """Whether the one spoken of first is of the forces."""
    first = [fold(word).removesuffix("s") for word in said.split()[:4]]
    return not _FORCES.isdisjoint(first)
