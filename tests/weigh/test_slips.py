from consilience.records import Document, LinkKind
from consilience.weigh.origins import find_links
from tests.weigh.test_origins import page, reading

RIGHT = (
    "On the quay Captain Brandvik said nothing at all.",
    "A sister of Captain Brandvik lit candles for the drowned.",
    "Lawyers for Captain Brandvik asked the court for time.",
)


def linked(*documents: Document) -> list[tuple[str, str, LinkKind]]:
    names = {d.id: d.name for d in documents}
    links = find_links(documents, {d.id: reading(d) for d in documents})
    return [(names[k.copy_id], names[k.of_id], k.kind) for k in links if k.probability >= 0.5]


def half_told(captain: str, year: int) -> tuple[Document, Document]:
    """Two pages somewhat alike: too little to call one a copy of the other."""
    first = (
        f"The ferry capsized off the harbour while Captain {captain} slept in his cabin.\n"
        "The water took 9 passengers, most of them asleep, and some were never found again.\n"
        f"The ship was built in {year} and had failed an inspection of its ramp in April."
    )
    second = (
        f"While the ferry capsized Captain {captain} slept below, a stoker has told the court.\n"
        "Nobody woke the man though three of the crew had keys to the cabin.\n"
        f"The ramp had failed an inspection in April, and the ship was built in {year} and old."
    )
    return page(first, "a", day=4), page(second, "b", day=5)


def test_a_name_that_two_pages_alone_misspell_joins_them() -> None:
    others = [page(text, f"r{n}", day=6) for n, text in enumerate(RIGHT)]
    assert linked(*half_told("Brandvik", 1988), *others) == []
    assert linked(*half_told("Brandwik", 1988), *others) == [("b", "a", "shared_error")]


def test_a_year_that_two_pages_alone_have_wrong_joins_them() -> None:
    texts = (
        "Records of the yard show that she was built in 1988 and sold to the islands.",
        "My father helped when it was built in 1988 and painted the rails himself.",
        "Built in 1988 and never refitted, say the unions, no ship is fit for that sea.",
    )
    others = [page(f"{n}. {text}", f"r{n}", day=6) for n, text in enumerate(texts)]
    assert linked(*half_told("Brandvik", 1988), *others) == []
    assert linked(*half_told("Brandvik", 1989), *others) == [("b", "a", "shared_error")]


def test_a_toll_that_grew_since_is_no_error() -> None:
    texts = (
        "By noon divers had carried up two more, and 11 passengers are known to be dead.",
        "Of the crew nobody is missing; a list names 11 passengers, most of them from here.",
        "At the church they rang the bell for the 11 passengers and sang until it was dark.",
    )
    later = [page(text, f"r{n}", day=6) for n, text in enumerate(texts)]
    assert linked(*half_told("Brandvik", 1988), *later) == []
