"""How two figures of one question stand to each other, and that no order decides it."""

import random
from dataclasses import replace

from consilience.dates import when_of
from consilience.records import Comparator, Finding, Quantity, RelationKind
from consilience.weigh.counted import Topic
from consilience.weigh.relations import relate
from consilience.weigh.sides import Side
from tests.small_cases import OneReader, findings, page, tell

MONDAY, LATER = when_of("2022-05-02"), when_of("2022-07-01")


def figure(number: int, document: str, *sentences: str, unit: str = "person") -> Side:
    value = Quantity(number, number, Comparator.EXACTLY, unit)
    return Side(value, frozenset({document}), MONDAY, MONDAY, sentences=sentences)


def test_a_toll_with_the_gunman_and_one_without_him_are_compatible() -> None:
    with_him = figure(4, "a", "Four people died, including the gunman.")
    without = figure(3, "b", "The man killed three people.")
    kind, why = relate("killed", with_him, without)
    assert kind is RelationKind.COMPATIBLE
    assert why == "perhaps 4 counts whoever did it, whom 3 leaves out"
    kind, _ = relate("killed", figure(4, "a", "Four people died."), without)
    assert kind is RelationKind.CONTRADICTORY


def test_the_hurt_may_be_counted_with_the_dead() -> None:
    hurt = replace(figure(4, "a", "Two died and four were hurt."), dead=frozenset({2.0}))
    struck = figure(6, "b", "Six people were hit, two mortally.")
    assert relate("injured", hurt, struck)[0] is RelationKind.COMPATIBLE
    for told in ("Two were killed and six hurt.", "Two were killed, six hurt, two of them nurses."):
        apart = figure(6, "b", told)
        assert relate("injured", hurt, apart)[0] is RelationKind.CONTRADICTORY


def test_an_old_toll_given_long_after_a_newer_one_contradicts() -> None:
    first = figure(13, "a")
    stale = replace(figure(9, "b"), first_said=when_of("2022-05-01"), last_said=LATER)
    kind, why = relate("killed", first, stale)
    assert kind is RelationKind.CONTRADICTORY
    assert why == "9 is still given long after 13 was reported"


def test_two_counts_of_one_noun_contradict_only_in_like_sentences() -> None:
    shots = figure(5, "a", unit="shot"), figure(8, "b", unit="shot")
    alike = [
        replace(s, counted_in=((d, Topic("fire", (1.0, 0.0))),))
        for s, d in zip(shots, "ab", strict=True)
    ]
    assert relate("count:shot", *alike)[0] is RelationKind.CONTRADICTORY
    other = replace(alike[1], counted_in=(("b", Topic("hear", (0.0, 1.0))),))
    assert relate("count:shot", alike[0], other)[0] is RelationKind.COMPATIBLE


PAGES = (
    page("Four people were killed when a bus overturned in Dayton on Monday. Driver Carl Lind, 44,"
         " survived, Police Chief Mary Ostrom said.", "Arlow Post", "2024-05-14"),
    page("Six people were killed when a bus overturned in Dayton on Sunday. Driver Carl Lind, 51,"
         " survived, Fire Chief Mary Ostrom said.", "Norland Echo", "2024-05-14"),
    page("Five people were killed on Monday when a bus overturned in Cincinnati.", "Wharf Times",
         "2024-05-15"),
)  # fmt: skip


def answers(finding: Finding) -> tuple[object, ...]:
    related = {
        (repr(finding.candidates[r.a].value), repr(finding.candidates[r.b].value), r.kind, r.why)
        for r in finding.relations
    }
    return finding.slot, finding.status, related, finding.policies


def test_no_order_of_documents_changes_how_answers_stand(engine: OneReader) -> None:
    told = [answers(f) for f in tell(engine, *PAGES).findings]
    assert {"killed", "when", "where", "age", "title"} <= {slot for slot, *_ in told}
    for seed in range(4):
        turned = random.Random(seed).sample(PAGES, len(PAGES))
        assert [answers(f) for f in tell(engine, *turned).findings] == told


def test_each_planted_kind_is_called_contradictory(engine: OneReader) -> None:
    dossier = tell(engine, *PAGES)
    for slot in ("killed", "when", "where", "age", "title"):
        assert "contradicted" in {f.status for f in findings(dossier, slot)}, slot
