"""What else is told of the event: what most origins have, each thing once."""

from collections.abc import Mapping, Sequence

from consilience.records import Passage
from consilience.tell.adapted import adapted, reported
from consilience.tell.central import Central
from consilience.tell.clauses import stands_alone
from consilience.tell.leaning import leans
from consilience.tell.material import Material, within
from consilience.tell.novelty import tells_anew
from consilience.tell.prose import Draft
from consilience.tell.sentences import OPENING_MARKS, is_spoken, words_of
from consilience.tell.tolls import holds_any

# So many sentences, none of which another origin has nothing of, and no two of which tell the same.
_MAX_STORY = 4
STORY_MIN = 0.3
_SAME_MIN = 0.72


def story(
    known: Material,
    found: Sequence[Central],
    told: Sequence[Passage],
    said_before: Sequence[Draft],
    year: int | None,
) -> list[Draft]:
    """The sentences that tell most of what the other origins tell too, each of something else."""
    words_told = [draft.words for draft in said_before]
    documents = known.documents
    chosen = [one for one in found if any(within(t, one.passage) for t in told)]
    n_given = len(chosen)
    for one in sorted(found, key=lambda c: (-c.share, c.passage)):
        if len(chosen) - n_given >= _MAX_STORY or one.share < STORY_MIN:
            break
        if one in chosen or any(one.told.likeness(c.told) >= _SAME_MIN for c in chosen):
            continue
        document = documents[one.passage.document_id]
        if not stands_alone(known, document, one.passage) or leans(known, one.passage):
            continue
        words = words_of(document, one.passage)
        if words[0] in OPENING_MARKS or is_spoken(words):
            continue
        if _is_told_apart(known, one.passage):
            continue
        tells = adapted(known, one.passage, year)
        if tells is None or tells.is_quoted or not tells_anew(words, words_told):
            continue
        chosen.append(one)
        words_told.append(words)
    times = _times(known)
    drafts = []
    for one in sorted(
        chosen[n_given:], key=lambda c: (times.get(c.passage, ""), c.place, c.passage)
    ):
        tells = adapted(known, one.passage, year)
        assert tells is not None
        drafts.append(Draft(reported(known, one.passage, tells)))
    return drafts


def _is_told_apart(known: Material, passage: Passage) -> bool:
    """Whether it gives a figure that is told with its course, or one side of a dispute."""
    return holds_any(known.open.stale, passage) or holds_any(known.open.disputed, passage)


def _times(known: Material) -> Mapping[Passage, str]:
    """When what a sentence tells was, as it sorts; what has no time is of the main event."""
    main = known.main.when
    first = main.start.isoformat() if main is not None and main.start is not None else ""
    times = {
        p: entry.when.start.isoformat()
        for entry in known.timeline
        for p in entry.passages
        if entry.when.start is not None
    }
    sentences = (s for r in known.case.readings.values() for s in r.sentences)
    return {s: times.get(s, first) for s in sentences}
