"""When and where the main event was."""

from collections.abc import Iterator

from consilience.lexicon import load_table
from consilience.records import Claim, Document, EntityRef, Kind, Passage, When
from consilience.weigh.asked import AskedPage, cover
from consilience.weigh.figures import within

# Verbs that say of a happening when or where it was: "the clash occurred on 3 May".
_HAPPENING = frozenset({"occur", "happen", "begin", "start", "unfold"})
# What comes after other happenings, and dates none of them: when the trapped were freed it had
# happened.
_FOLLOWING = frozenset({"rescue", "release", "arrest", "court case", "protest", "change of office"})


def placed(page: AskedPage) -> Iterator[Claim]:
    """When and where of the main event, from the propositions that tell of it."""
    kinds = load_table("event_kinds")
    main, kind = page.case.events[0].id, page.case.events[0].kind
    places = [
        (m.passage, entity)
        for m in page.reading.mentions
        if m.kind is Kind.PLACE and m.named and (entity := page.entity_of(m)) is not None
    ]
    for proposition in page.reading.propositions:
        told_of = page.case.event_by_proposition.get(proposition.id)
        told = kind if proposition.lemma in _HAPPENING else kinds.get(proposition.lemma)
        if told_of != main or told is None or (told in _FOLLOWING and told != kind):
            continue
        when = proposition.when
        # The words of the proposition's own time come before others that say when.
        dated = next(
            (
                a.passage
                for a in proposition.arguments
                if a.role == "ARGM-TMP" and _says(page.document, a.passage, when)
            ),
            None,
        )
        if dated is not None and when is not None and when.start is not None:
            passage = cover(proposition.predicate, dated)
            yield page.claim(main, "when", when, passage, proposition)
        for argument in proposition.arguments:
            if argument.role == "ARGM-LOC":
                for place, entity in places:
                    if within(place, argument.passage):
                        passage = cover(proposition.predicate, place)
                        yield page.claim(main, "where", EntityRef(entity), passage, proposition)


def _says(document: Document, passage: Passage, when: When | None) -> bool:
    """Whether a time's own words stand in a passage."""
    if when is None or when.text is None:
        return when is not None
    said = document.text[passage.start : passage.end]
    return " ".join(when.text.split()) in " ".join(said.split())
