"""One figure of a document, and the units that figures come in."""

from dataclasses import dataclass

from consilience.lexicon import load_words
from consilience.records import Addend, Count, Factuality, Passage, Proposition

GENERIC_UNITS = frozenset(
    {
        None, "person", "people", "life", "victim", "other", "individual", "casualty", "fatality",
        "death", "body", "injury", "dead", "wounded", "injured", "missing",
    }
)  # fmt: skip
TOLLS = frozenset({"killed", "injured", "missing", "detained", "freed", "displaced"})
# What sums and shares are counted in that two sides bargain about.
OFFER = "offer"


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that answers a question. `topic`: the lemma of what the counted take part in.

    `factuality` is what its own sentence makes of it, None: nothing. `victim` is the chain of the
    one person told of where nobody is counted. `is_besides`: more of those counted elsewhere.
    """

    count: Count
    slot: str
    topic: str
    proposition: Proposition | None
    sentence: Passage
    sentence_index: int
    factuality: Factuality | None = None
    sum_of: tuple[Addend, ...] = ()
    victim: str | None = None
    is_in_passing: bool = False
    is_besides: bool = False


def is_told_as_fact(figure: Figure) -> bool:
    """Whether the text gives the figure as of something that happened."""
    told = figure.proposition.factuality if figure.proposition else Factuality.HAPPENED
    return told is Factuality.HAPPENED and figure.factuality in (None, Factuality.HAPPENED)


def is_human(unit: str | None) -> bool:
    """Whether a counted noun counts people, or leaves open what it counts."""
    return unit in GENERIC_UNITS or unit in load_words("people") or unit in load_words("offices")


def is_generic(unit: str | None) -> bool:
    """Whether a unit says no more of those counted than that they are people."""
    return unit in GENERIC_UNITS
