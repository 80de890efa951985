import json
from dataclasses import replace
from typing import Any

from consilience import records as r
from consilience.dates import when_of
from consilience.tell.drawings import drawings_json
from consilience.tell.evidence import cited_passages
from consilience.tell.lookup import lookup
from tests.tell.sample import sample_dossier


def drawn(dossier: r.Dossier) -> dict[str, Any]:
    book = lookup(dossier)
    found = json.loads(drawings_json(dossier, book, cited_passages(dossier, book)))
    assert isinstance(found, dict)
    return found


def test_a_figure_is_its_answers_with_who_said_them_when() -> None:
    killed = next(f for f in drawn(sample_dossier())["figures"] if f["id"] == "f1")
    assert [value["label"] for value in killed["values"]] == ["at least 9", "14"]
    assert killed["values"][0]["comparator"] == "at_least"
    assert [len(value["said"]) for value in killed["values"]] == [1, 2]
    assert killed["values"][0]["said"][0]["n"] == 2
    assert killed["values"][0]["said"][0]["end"] - killed["values"][0]["said"][0]["start"] == (
        86_400_000
    )


def test_the_way_of_updates_goes_from_each_answer_to_the_next() -> None:
    dossier = sample_dossier()
    killed = next(f for f in dossier.findings if f.id == "f1")
    days = ("2031-03-07", "2031-03-04", "2031-03-05")
    candidates = tuple(
        replace(killed.candidates[0], first_said=when_of(day), last_said=when_of(day))
        for day in days
    )
    updated = tuple(
        r.Relation(a, b, r.RelationKind.UPDATED, "") for a, b in ((0, 1), (0, 2), (1, 2))
    )
    finding = replace(killed, candidates=candidates, relations=updated)
    figure = drawn(replace(dossier, findings=(finding,)))["figures"][0]
    assert figure["steps"] == [[2, 0], [1, 2]]


def test_a_figure_that_nobody_said_at_a_known_time_is_not_drawn() -> None:
    dossier = sample_dossier()
    claims = tuple(replace(claim, as_of=None) for claim in dossier.claims)
    assert drawn(replace(dossier, claims=claims))["figures"] == []


def test_what_is_placed_before_an_event_ends_where_that_begins() -> None:
    dossier = sample_dossier()
    event = replace(dossier.events[0], when=when_of("2031-03-03T22:00"))
    cue = dossier.timeline[0].passages[0]
    placed = replace(
        dossier.timeline[0],
        when=when_of("/2031-03-03"),
        placed=r.Placement(r.Precedence.BEFORE, event.id, cue),
    )
    told = drawn(replace(dossier, events=(event, *dossier.events[1:]), timeline=(placed,)))
    assert event.when is not None
    assert event.when.start is not None
    entry = told["timeline"][0]
    assert (entry["start"], entry["end"]) == (None, event.when.start.timestamp() * 1000)
    assert entry["placed"] == "before"


def test_times_that_documents_give_are_all_there() -> None:
    dossier = sample_dossier()
    first = dossier.timeline[0]
    other = r.Dating(when_of("2031-03-02"), first.passages, 1)
    entry = replace(first, conflicts=(r.Dating(first.when, first.passages, 1), other))
    told = drawn(replace(dossier, timeline=(entry,)))["timeline"][0]
    assert other.when.start is not None
    assert [one["start"] for one in told["others"]] == [other.when.start.timestamp() * 1000]


def test_a_report_passed_on_within_its_own_origin_is_told_by_the_link_alone() -> None:
    dossier = sample_dossier()
    passage = r.Passage("d2", 0, 4)
    kind = r.EmbeddedKind.CREDIT
    embedded = tuple(
        r.Embedded(passage, passage, "Meridian", kind, origin)
        for origin in (dossier.origins[0].id, "elsewhere")
    )
    told = drawn(replace(dossier, embedded=embedded))["origins"]["passed_on"]
    assert [(one["source"], one["origin"], one["by"]) for one in told] == [("Meridian", None, 1)]


def test_no_tag_begins_in_the_data() -> None:
    dossier = sample_dossier()
    hostile = "</script><!--<img onerror=x>&\u2028\u202e"
    documents = tuple(replace(document, source=hostile) for document in dossier.documents)
    book = lookup(replace(dossier, documents=documents))
    text = drawings_json(replace(dossier, documents=documents), book, cited_passages(dossier, book))
    assert not set("<>&\u2028\u202e") & set(text)
    label = json.loads(text)["origins"]["documents"][0]["label"]
    assert label.startswith("</script><!--<img onerror=x>&")


def test_what_is_drawn_of_very_many_answers_is_bounded() -> None:
    dossier = sample_dossier()
    killed = next(f for f in dossier.findings if f.id == "f1")
    many = replace(killed, candidates=killed.candidates * 40, relations=())
    findings = tuple(replace(many, id=f"f{n}") for n in range(80))
    told = drawn(replace(dossier, findings=findings))["figures"]
    assert len(told) == 60
    assert {len(figure["values"]) for figure in told} == {14}
