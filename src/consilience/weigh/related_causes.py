"""How two answers to one question stand to each other: how it began.

Two beginnings of kinds that exclude each other contradict: a deed and an accident, an operation
that was planned and a meeting by chance, two different faults. What one document tells together
is a chain, and holds together.
"""

import re

from consilience.records import RelationKind, Text
from consilience.weigh.aggressors import FORCES, struck_alike, struck_otherwise
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
_ERROR = re.compile(
    r"\b(?:(?:human|pilot|driver|operator) error|mistakes?|negligence|failings)\b", re.IGNORECASE
)
_SHORT_CHARS = 3
_EMPTY = frozenset({"a", "an", "the", "of", "in", "by", "was", "it", "had", "been", "on"})
# Words by which a thing is given as what brought it about.
_EXPRESS = re.compile(
    r"\b(?:caus(?:ed?|es|ing)|led to|leads to|because|due to|owing to|result(?:ed)?|stemmed"
    r"|beg[au]n|started|starting|erupted|broke out|broken out|spark(?:ed|ing)|trigger(?:ed|ing)"
    r"|set off|touched off|provoked|ignited|prompted|brought (?:about|on|down)|to blame|blamed"
    r"|behind|reason|put down to|attributed to|traced|made|forced|lost control|skidded|swerved"
    r"|shot down|left (?:burning|on|unattended)|(?:looking|using|texting|talking|checking)"
    r"|treat(?:ed|ing)|ruled|deliberate(?:ly)?|arson|(?:moved in|fire|fired|back) (?:only"
    r" )?(?:after|when)|is over|down to"
    r"|reason|(?:happened|occurred) when|suffered|drinking|fainted|suspect(?:ed)?|asleep|drunk"
    r"|distracted|speeding|too fast|had (?:failed|burst|hit"
    r"|struck)"
    r"|was over|watching|playing|filming|reading)\b",
    re.IGNORECASE,
)
# These may go with whatever else is named, or are one answer of several.
_GENERAL = frozenset(
    {
        "accident", "not deliberate", "neglect", "technical", "crush", "quarrel",
        "robbery", "gang", "drugs", "chance", "planned", "pay", "dismissal", "job cuts", "safety",
        "working conditions", "pensions", "health", "scandal", "family", "results", "departure",
        "mishap", "mistaken identity", "self-defence",
    }
)  # fmt: skip
# Two causes that share these need not be one.
_ANYBODY = FORCES | frozenset(
    {
        "people", "person", "man", "men", "woman", "women", "driver", "pilot", "captain", "crew",
        "fan", "supporter", "crowd", "inmate", "prisoner", "protester", "marcher", "demonstrator",
        "company", "worker", "passenger", "train", "bus", "car", "truck", "lorry", "plane", "jet",
        "airliner", "ship", "boat", "ferry", "bridge", "building", "gate", "who", "that", "which",
        "when", "were", "have", "been", "should", "into", "with", "from", "over", "under", "after",
        "near", "their", "without", "they", "them", "said", "fire", "off",
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
    is_one_document = bool(a.document_ids & b.document_ids)
    is_meeting = bool((kinds_a | kinds_b) & _MEETINGS)
    is_disputed = not is_one_document or _are_rivals(a, b)
    if is_disputed and not is_meeting and struck_otherwise(said_a, said_b):
        return RelationKind.CONTRADICTORY, "the two differ on who struck first"
    shared = sorted(kinds_a & kinds_b)
    if shared and shared[0] in _SAID:
        return RelationKind.COMPATIBLE, f"both name {_SAID[shared[0]]}"
    if shared:
        return RelationKind.COMPATIBLE, "both name a beginning of one kind"
    if struck_alike(said_a, said_b):
        return RelationKind.COMPATIBLE, "both say that one side struck first"
    if is_one_document and not (is_disputed and _are_express(a, b)):
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
    if _is_each_the_one(a, b, kinds_a | kinds_b):
        return RelationKind.CONTRADICTORY, (
            f"one names “{said_a}”, the other “{said_b}”: each is given as how it began"
        )
    return RelationKind.COMPATIBLE, "nothing says that both cannot hold"


def _are_rivals(a: Side, b: Side) -> bool:
    """Whether one page gives them in the mouths of different people."""
    return bool(a.speakers and b.speakers) and not a.speakers & b.speakers


def _is_each_the_one(a: Side, b: Side, kinds: frozenset[str]) -> bool:
    """Whether both are given, by a word for causing, as what brought it about."""
    if (
        kinds & _GENERAL
        or _ERROR.search(f"{a.value} {b.value}")
        or not isinstance(a.value, Text)
        or not isinstance(b.value, Text)
    ):
        return False
    return _are_express(a, b) and not _things(a.value.text) & _things(b.value.text)


def _are_express(a: Side, b: Side) -> bool:
    """Whether each is given by a word for causing."""
    return all(any(_EXPRESS.search(words) for words in side.words) for side in (a, b))


def _things(text: str) -> frozenset[str]:
    """The things that a cause names, by their stems; not who did what to them."""
    words = (fold(word).strip(".,;:“”\"'").removesuffix("s") for word in text.split())
    return frozenset(w for w in words if len(w) > _SHORT_CHARS) - _ANYBODY


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
    return not FORCES.isdisjoint(first)
