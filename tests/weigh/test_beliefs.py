"""How far answers are believed, on claims made by hand."""

from collections.abc import Sequence

import pytest

from consilience.dates import when_of
from consilience.records import (
    Claim,
    Comparator,
    Factuality,
    Passage,
    Polarity,
    Quantity,
    Relation,
    Stance,
    Text,
    Value,
    Voice,
)
from consilience.roots import Roots
from consilience.weigh.beliefs import Answers, beliefs
from consilience.weigh.relations import relate
from consilience.weigh.sides import Side

NOBODY: frozenset[str] = frozenset()
OUTLET: tuple[Voice, ...] = ()
POLICE = (Voice(None, "Arlow police", Stance.SAYS, direct=False),)
HEARSAY = (Voice(None, "neighbours", Stance.BELIEVES, direct=False),)


def exactly(n: int) -> Quantity:
    return Quantity(n, n, Comparator.EXACTLY, "person")


def at_least(n: int) -> Quantity:
    return Quantity(n, None, Comparator.AT_LEAST, "person")


def answers(
    slot: str, *told: tuple[Value, str, str], voices: Sequence[tuple[Voice, ...]] = ()
) -> Answers:
    """Answers from (value, letters of the documents that give it, day it was first said)."""
    held = tuple(
        tuple(
            Claim(
                id=f"{n}{document}",
                subject_id="fire",
                slot=slot,
                value=value,
                passage=Passage(document, 0, 1),
                voices=voices[n] if voices else OUTLET,
                polarity=Polarity.POSITIVE,
                factuality=Factuality.HAPPENED,
                as_of=when_of(day),
            )
            for document in documents
        )
        for n, (value, documents, day) in enumerate(told)
    )
    sides = tuple(
        Side(value=value, document_ids=frozenset(documents), first_said=when_of(day))
        for value, documents, day in told
    )
    relations = tuple(
        Relation(a, b, *relate(slot, sides[a], sides[b]))
        for a in range(len(sides))
        for b in range(a + 1, len(sides))
    )
    return Answers(slot, held, sides, relations)


def believed(asked: Answers, *, origins: dict[str, str] | None = None) -> list[float]:
    own = {c.passage.document_id: c.passage.document_id for group in asked.held for c in group}
    return beliefs([asked], Roots(own | (origins or {}), {}), NOBODY)[0]


def test_more_origins_are_believed_more() -> None:
    few, many = believed(
        answers("count:lorry", (exactly(4), "a", "2030-05-02"), (exactly(7), "bc", "2030-05-02"))
    )
    assert many > 2 * few
    assert few + many <= 1


def test_a_thousand_copies_are_one_origin_and_flip_nothing() -> None:
    true = (exactly(4), "abc", "2030-05-02")
    copies = [f"copy{n}" for n in range(1000)]
    alone = answers("killed", true, (exactly(40), "z", "2030-05-02"))
    claim = alone.held[1][0]
    copied = tuple(
        Claim(name, "fire", "killed", claim.value, Passage(name, 0, 1), (), claim.polarity,
              claim.factuality, claim.as_of)
        for name in copies
    )  # fmt: skip
    flooded = Answers("killed", (alone.held[0], copied), alone.sides, alone.relations)
    assert believed(flooded, origins=dict.fromkeys(copies, "z")) == believed(alone)
    right, wrong = believed(flooded, origins=dict.fromkeys(copies, "z"))
    assert right > wrong


def test_a_bound_speaks_for_what_it_allows_and_is_believed_with_it() -> None:
    bound, allowed, below = believed(
        answers(
            "count:lorry",
            (at_least(8), "a", "2030-05-02"),
            (exactly(9), "b", "2030-05-02"),
            (exactly(5), "c", "2030-05-02"),
        )
    )
    assert bound > allowed > below


def test_a_later_toll_stands_against_three_origins_of_the_earlier() -> None:
    earlier, later = believed(
        answers("killed", (exactly(8), "abc", "2030-05-02"), (exactly(13), "d", "2030-05-04"))
    )
    assert later > earlier


def test_who_repeats_the_old_toll_after_the_new_one_speaks_against_it() -> None:
    dated = answers("killed", (exactly(8), "ab", "2030-05-02"), (exactly(13), "d", "2030-05-04"))
    late = tuple(
        Claim(f"late{n}", "fire", "killed", exactly(8), Passage(f"late{n}", 0, 1), (),
              Polarity.POSITIVE, Factuality.HAPPENED, when_of("2030-05-09"))
        for n in range(2)
    )  # fmt: skip
    held = ((*dated.held[0], *late), dated.held[1])
    repeated = believed(Answers("killed", held, dated.sides, dated.relations))
    assert repeated[1] < believed(dated)[1]


def test_a_finer_office_is_never_believed_more_than_the_one_it_spells_out() -> None:
    minister, of_mines = believed(
        answers("title", (Text("Minister"), "a", "2030-05-02"),
                (Text("Minister of Mines"), "bc", "2030-05-02"))
    )  # fmt: skip
    assert minister >= of_mines > 0.5


@pytest.mark.parametrize("slot", ["count:lorry", "killed"])
def test_an_office_is_believed_before_hearsay(slot: str) -> None:
    hearsay, police = believed(
        answers(
            slot,
            (exactly(4), "a", "2030-05-02"),
            (exactly(7), "b", "2030-05-02"),
            voices=(HEARSAY, POLICE),
        )
    )
    assert police > hearsay


def test_an_origin_often_alone_with_its_figures_is_believed_less_elsewhere() -> None:
    usual = [
        answers(f"count:{n}", (exactly(4), "abc", "2030-05-02"), (exactly(9), "z", "2030-05-02"))
        for n in range(6)
    ]
    asked = answers("count:lorry", (exactly(4), "a", "2030-05-02"), (exactly(7), "z", "2030-05-02"))
    own = {letter: letter for letter in "abcz"}
    good, bad = beliefs([*usual, asked], Roots(own, {}), NOBODY)[-1]
    assert good > 2 * bad


def test_beliefs_do_not_depend_on_the_order_of_questions() -> None:
    asked = [
        answers("count:lorry", (exactly(4), "ab", "2030-05-02"), (exactly(9), "z", "2030-05-02")),
        answers("killed", (exactly(1), "az", "2030-05-02"), (exactly(2), "b", "2030-05-02")),
    ]
    own = Roots({letter: letter for letter in "abz"}, {})
    assert beliefs(asked[::-1], own, NOBODY) == beliefs(asked, own, NOBODY)[::-1]
