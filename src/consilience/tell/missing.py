"""What a reader expects of such an event and no document says."""

from collections.abc import Sequence

from consilience.records import Event, Finding, Missing

# Questions asked of each kind of event; a kind not named here is asked the first row.
_EXPECTED = {
    "": ("when", "where"),
    "attack": ("when", "where", "killed", "injured"),
    "accident": ("when", "where", "killed", "injured"),
    "fire": ("when", "where", "killed", "injured"),
    "disaster": ("when", "where", "killed", "injured", "displaced"),
    "storm": ("when", "where", "killed", "injured", "displaced"),
    "abduction": ("when", "where", "detained"),
    "protest": ("when", "where", "injured", "detained"),
    "deaths": ("when", "where", "killed", "injured"),
    "injuries": ("when", "where", "killed", "injured"),
}
_SENTENCES = {
    "when": "No document says on which day it happened.",
    "where": "No document names the place.",
    "killed": "No document gives a number of people killed.",
    "injured": "No document gives a number of people injured.",
    "detained": "No document gives a number of people detained or held.",
    "displaced": "No document gives a number of people driven from their homes.",
}


def missing(main: Event, findings: Sequence[Finding]) -> tuple[Missing, ...]:
    """The expected slots of the main event that no finding fills, in the order asked."""
    filled = {f.slot for f in findings if f.subject_id == main.id}
    if main.when is not None:
        filled.add("when")
    if main.where:
        filled.add("where")
    asked = _EXPECTED.get(main.kind, _EXPECTED[""])
    return tuple(Missing(main.id, slot, _SENTENCES[slot]) for slot in asked if slot not in filled)
