"""A false report and what is made of it, beside true ones: who shouts most is not more."""

import random

import pytest

from consilience.records import Dossier, Quantity
from tests.small_cases import OneReader, Page, findings, page, tell

FALSE = (
    ("Forty people were killed when a grain store fell at Sant Aurel.",
     "Forty people died when a store for grain collapsed at Sant Aurel.",
     "At Sant Aurel forty people were killed as a grain store came down."),
    ("Mayor Dorin Vasca said that the roof gave way under the snow.",
     "The roof gave way under the snow, Mayor Dorin Vasca said.",
     "Mayor Dorin Vasca told us that snow had pressed the roof down."),
    ("The store was built in 1974 and belongs to Meridan Cargo.",
     "Built in 1974, the store belongs to Meridan Cargo.",
     "The store belongs to Meridan Cargo and was built in 1974."),
    ("In 2009 a crane fell on the same quay.",
     "A crane fell on the same quay in 2009.",
     "The same quay saw a crane fall in 2009."),
)  # fmt: skip
TRUE = (
    "Four dockers were killed at Sant Aurel when part of a store came down on them.\n"
    "Petru Ilves, 31, watched from the cab of his lorry as the wall leaned.\n"
    "He had shown cracks to his foreman in autumn.",
    "The port counts four people killed after the accident on pier two at Sant Aurel.\n"
    "Engineers had asked in June for the southern wall to be propped.\n"
    "A strike is called for Thursday.",
    "In the chapel of Sant Aurel families prayed for the four people who were killed.\n"
    "A boy of sixteen lost a leg, the surgeon Maria Tudose said.\n"
    "Snow had fallen for three days.",
)  # fmt: skip


def shouted(n: int) -> list[Page]:
    rng = random.Random(3)
    texts = ["\n".join(versions[0] for versions in FALSE)]
    texts += ["\n".join(rng.choice(versions) for versions in FALSE) for _ in range(n - 1)]
    return [page(t, f"Copy {k:02}", f"2031-02-{4 + k // 30:02}") for k, t in enumerate(texts)]


def told(engine: OneReader, *pages: Page) -> Dossier:
    own = ("Vale Times", "Upland Courier", "Northmoor Echo")
    true = [page(t, source, "2031-02-04") for t, source in zip(TRUE, own, strict=True)]
    return tell(engine, *true, *pages)


def believed(dossier: Dossier) -> Quantity:
    (finding,) = findings(dossier, "killed")
    assert isinstance(finding.policies.best, Quantity)
    return finding.policies.best


@pytest.mark.parametrize("n", [15, pytest.param(60, marks=pytest.mark.slow)])
def test_reworded_copies_of_a_false_report_are_one_origin_and_flip_no_figure(
    engine: OneReader, n: int
) -> None:
    alone = told(engine, *shouted(1))
    many = told(engine, *shouted(n))
    assert len(alone.origins) == len(many.origins) == 4
    assert believed(alone).low == believed(many).low == 4
    (finding,) = findings(many, "killed")
    origins = {
        c.value.low: c.n_origins for c in finding.candidates if isinstance(c.value, Quantity)
    }
    assert origins == {4: 3, 40: 1}
