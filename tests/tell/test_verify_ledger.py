"""A ledger corrupted in one place at a time, its digest made again: each must be reported."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from consilience.errors import InputError
from consilience.interchange import digest, dossier_to_json, dumps, loads
from consilience.tell.verify import verify, verify_json
from tests.small_cases import OneReader
from tests.tell.ledger_case import ledger_case

Written = Any  # a dossier as JSON, or a part of one
FIRST, SECOND = "Arlow Gazette", "Corrin Post"


@pytest.fixture(scope="module")
def written(engine: OneReader) -> Written:
    dossier = ledger_case(engine)
    assert verify(dossier) == ()
    return loads(dumps(dossier_to_json(dossier)), "dossier")


def claim(d: Written, slot: str, document: str = FIRST, nth: int = 0) -> Written:
    """The nth positive claim of a slot in a document."""
    of_slot = [c for c in d["claims"] if (c["slot"], c["document"]) == (slot, document)]
    return [c for c in of_slot if c["polarity"] == "positive"][nth]


def finding(d: Written, slot: str) -> Written:
    """The finding of a slot with the most candidates."""
    return max((f for f in d["findings"] if f["slot"] == slot), key=lambda f: len(f["candidates"]))


def entity(d: Written, name: str) -> str:
    return str(next(e["id"] for e in d["entities"] if e["name"] == name))


def gap(d: Written, slot: str) -> Written:
    return next(m for m in d["missing"] if m["slot"] == slot)


def at(d: Written, document: str, words: str) -> dict[str, Any]:
    """Where words stand, as a passage is written."""
    text = next(x["text"] for x in d["documents"] if x["id"] == document)
    return {"document": document, "start": text.index(words), "end": text.index(words) + len(words)}


def said(d: Written, opening: str) -> Written:
    return next(s for s in d["account"] if s["text"].startswith(opening))


def version(d: Written, nth: int) -> Written:
    return finding(d, "killed")["versions"][nth]


def exchanged(candidates: list[Written]) -> None:
    for candidate in candidates:
        candidate["value"]["holds"] = not candidate["value"]["holds"]


def exchange_passages(cited: list[dict[str, Any]]) -> None:
    first, second = cited[0], cited[1]
    first["passages"], second["passages"] = second["passages"], first["passages"]


CORRUPTIONS: dict[str, Callable[[Written], None]] = {
    "another agent than the words name": lambda d: claim(d, "agent")["value"].update(text="navy"),
    "an agent of no words": lambda d: claim(d, "agent")["value"].update(text=""),
    "a cause in other words": lambda d: claim(d, "cause")["value"].update(text="a bomb"),
    "a cause with one word more": lambda d: claim(d, "cause")["value"].update(
        text="guards never came under fire as they were conducting patrols"
    ),
    "others who were freed": lambda d: claim(d, "freed")["value"].update(text="nuns"),
    "another who decided": lambda d: claim(d, "decided_by")["value"].update(
        entity=entity(d, "Milan Dorn")
    ),
    "another who suffered it": lambda d: claim(d, "patient", SECOND)["value"].update(
        entity=entity(d, "Jon Hale")
    ),
    "a denial told as a fact": lambda d: claim(d, "happened", SECOND)["value"].update(holds=True),
    "a fact told as a denial": lambda d: claim(d, "happened")["value"].update(holds=False),
    "sides of a denial exchanged": lambda d: exchanged(finding(d, "happened")["candidates"]),
    "a count answered in words": lambda d: claim(d, "killed").update(
        value={"type": "text", "text": "Eight people"}
    ),
    "an agent answered by a count": lambda d: claim(d, "agent").update(
        value=claim(d, "killed")["value"]
    ),
    "an office asked of an event": lambda d: claim(d, "title").update(subject=d["events"][0]["id"]),
    "a death asked of a person": lambda d: claim(d, "killed").update(subject=entity(d, "Ana Moro")),
    "an answer at other words": lambda d: claim(d, "agent").update(
        at(d, FIRST, "Eight people died")
    ),
    "a denial at words that deny nothing": lambda d: claim(d, "happened", SECOND).update(
        at(d, SECOND, "Finance Secretary Milan Dorn resigned")
    ),
    "a voice that the page does not name": lambda d: claim(d, "killed")["voices"][0].update(
        name="the coroner of Vossby"
    ),
    "a speaker of another page": lambda d: claim(d, "killed")["voices"][0].update(
        speaker=entity(d, "Jon Reed")
    ),
    "another number in a sum": lambda d: claim(d, "detained")["sum_of"][0].update(low=3, high=3),
    "a sum without a part": lambda d: claim(d, "detained")["sum_of"].pop(),
    "a sum that is another number": lambda d: claim(d, "detained")["value"].update(low=12, high=12),
    "a part of a sum at other words": lambda d: claim(d, "detained")["sum_of"][0].update(
        at(d, FIRST, "Eight people")
    ),
    "versions in the wrong order": lambda d: finding(d, "killed")["versions"].reverse(),
    "a version of another voice": lambda d: version(d, 0).update(voice="the coast guard"),
    "a version of another day": lambda d: version(d, 0).update(when=version(d, 1)["when"]),
    "a version of another answer": lambda d: version(d, 0).update(value=version(d, 1)["value"]),
    "a version that is the only one": lambda d: finding(d, "killed")["versions"].pop(),
    "a gap that a finding fills": lambda d: gap(d, "weapon").update(slot="killed"),
    "a gap that names somebody": lambda d: gap(d, "injured").update(
        text="No document says whether Pavel Rusk was injured in Vossby."
    ),
    "a gap that is no gap": lambda d: gap(d, "injured").update(text="Everybody was injured."),
    "a gap at words that know": lambda d: gap(d, "weapon")["passages"][0].update(
        at(d, FIRST, "Eight people died in the shooting at Corrin, police said.")
    ),
    "a gap in words of nobody": lambda d: gap(d, "weapon").update(passages=[]),
    "a gap told twice": lambda d: d["missing"].append(gap(d, "weapon")),
    "what clashes called the same": lambda d: finding(d, "happened")["relations"][0].update(
        relation="same"
    ),
    "what clashes called settled": lambda d: finding(d, "agent").update(status="agreed"),
    "a relation without a reason": lambda d: finding(d, "cause")["relations"][0].update(why=""),
    "a relation too few": lambda d: finding(d, "freed")["relations"].pop(),
    "counts that are apart called the same": lambda d: finding(d, "killed")["relations"][0].update(
        relation="same"
    ),
    "an origin too many": lambda d: finding(d, "agent")["candidates"][0].update(n_origins=2),
    "a document too many": lambda d: finding(d, "cause")["candidates"][0].update(n_documents=2),
    "more belief than there is": lambda d: finding(d, "agent")["candidates"][0].update(belief=1.4),
    "a choice that nobody offers": lambda d: finding(d, "freed")["policies"].update(
        best={"type": "text", "text": "nuns"}
    ),
    "the lowest and highest exchanged": lambda d: finding(d, "killed")["policies"].update(
        low=finding(d, "killed")["policies"]["high"]
    ),
    "an older answer called the latest": lambda d: finding(d, "killed")["policies"].update(
        latest=finding(d, "killed")["policies"]["low"]
    ),
    "what is denied offered as an answer": lambda d: finding(d, "decided_by")["candidates"][0][
        "claims"
    ].append(next(c["id"] for c in d["claims"] if c["polarity"] == "negative")),
    "an answer to another question": lambda d: finding(d, "cause")["candidates"][0][
        "claims"
    ].append(claim(d, "freed")["id"]),
    "a question about somebody else": lambda d: finding(d, "title").update(
        question="Which office does Ida Roel hold?"
    ),
    "another outlet passed on": lambda d: d["embedded"][0].update(source="Radio Vossby"),
    "words passed on that stand elsewhere": lambda d: d["embedded"][0]["named"].update(
        at(d, SECOND, "Finance Secretary")
    ),
    "a dispute with another side": lambda d: said(d, "Reports differ on who decided").update(
        text="Reports differ on who decided the release: Ida Roel (Vossby News)."
    ),
    "a stretch that rests on other words": lambda d: exchange_passages(
        said(d, "The death toll")["cited"]
    ),
    "a stretch beyond its sentence": lambda d: said(d, "The death toll")["cited"][-1].update(
        end=9999
    ),
    "two stretches over one another": lambda d: said(d, "The death toll")["cited"][0].update(
        end=said(d, "The death toll")["cited"][1]["end"]
    ),
    "a stretch on what its sentence does not rest on": lambda d: said(d, "The death toll")["cited"][
        0
    ].update(passages=said(d, "Reports differ on who decided")["passages"]),
    "a stretch on a document that is not there": lambda d: said(d, "The death toll")["cited"][0][
        "passages"
    ][0].update(document="nobody"),
    "a figure that no finding gives": lambda d: said(d, "The death toll").update(
        text="The death toll rose from eight to 14 (Corrin Post)."
    ),
}


@pytest.mark.parametrize("what", CORRUPTIONS)
def test_a_corrupted_ledger_is_reported(written: Written, what: str) -> None:
    other = copy.deepcopy(written)
    CORRUPTIONS[what](other)
    assert other != written
    other["digest"] = digest(other)
    try:
        lines = verify_json(other)
    except InputError:
        return
    assert lines
