"""People meant by their office alone, in invented pages as they are read."""

from consilience.read import Reader
from consilience.records import Judgement, Reading, Verdict
from consilience.resolve import entities, resolve
from tests.factory import document

NAMED = "Mayor Anna Lind closed the bridge on Monday. Lind said that the bridge was old."


def meant(reader: Reader, *texts, judged=()):
    """What each person of the case is called, in the order of the pages."""
    pages = [document(text, f"{i}.txt") for i, text in enumerate(texts)]
    readings: dict[str, Reading] = {page.id: reader(page) for page in pages}
    by_id = {page.id: page for page in pages}
    made = (*judged, *resolve(pages, readings, judged))
    return {
        e.name: {
            f"{by_id[p.document_id].name[0]} {by_id[p.document_id].text[p.start : p.end]}"
            for p in e.mentions
        }
        for e in entities(pages, readings, made)
    }, made


def test_the_only_mayor_of_a_case_is_meant_by_the_mayor(reader: Reader) -> None:
    got, made = meant(reader, NAMED, "The bridge is closed. The mayor gave no reason.")
    assert "1 The mayor" in got["Anna Lind"]
    assert "“The mayor”: “Anna Lind” is the only mayor named" in " ".join(j.reason for j in made)


def test_of_two_mayors_none_is_meant(reader: Reader) -> None:
    got, _ = meant(
        reader, NAMED, "Mayor Bo Ek wept on Monday.", "The bridge is closed. The mayor was ill."
    )
    assert not any("2 The mayor" in said for said in got.values())


def test_a_former_mayor_and_the_mayor_of_elsewhere_are_not_meant(reader: Reader) -> None:
    got, _ = meant(
        reader, NAMED, "The former mayor gave no reason.", "The mayor of Corden gave no reason."
    )
    assert got["Anna Lind"] == {"0 Anna Lind", "0 Lind"}


def test_a_suspect_is_somebody_else_in_every_document(reader: Reader) -> None:
    got, _ = meant(reader, "Anna Lind, the suspect, fled.", "The suspect was seen at the bridge.")
    assert not any("1 The suspect" in said for said in got.values())


def test_an_analyst_parts_an_office_from_its_holder(reader: Reader) -> None:
    texts = (NAMED, "The bridge is closed. The mayor gave no reason.")
    _, made = meant(reader, *texts)
    link = next(j for j in made if "only mayor" in j.reason)
    apart = Judgement(link.left_id, link.right_id, Verdict.DIFFERENT, 1.0, "analyst", "another")
    got, _ = meant(reader, *texts, judged=(apart,))
    assert "1 The mayor" not in got["Anna Lind"]
