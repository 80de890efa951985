"""The question that a finding answers, in the words of a reader."""

from consilience.lexicon import load_table
from consilience.records import Entity, Event, Quantity, Value
from consilience.wording import plural

_OF_EVENTS = {
    "killed": "How many people were killed?",
    "injured": "How many people were injured?",
    "missing": "How many people are missing?",
    "detained": "How many people were detained or held?",
    "freed": "How many people were freed or rescued?",
    "displaced": "How many people were displaced?",
    "cost": "What did it cost?",
    "when": "When did it happen?",
    "where": "Where did it happen?",
    "agent": "Who did it?",
    "patient": "To whom was it done?",
    "decided_by": "Who decided it?",
    "cause": "How did it begin, or why?",
    "happened": "Did it happen?",
    "weapon": "What weapon was used?",
}
_IN_EXCHANGE = "Who was freed in exchange?"
# Asked with the word for the event where it has one: "Who decided the release?"
_NAMED = {"agent": "Who carried out the {}?", "decided_by": "Who decided the {}?"}
# Who did or suffered it is asked by what kind of event it was.
_BY_KIND = {
    ("agent", "vote"): "Who won?",
    ("agent", "strike"): "Who went on strike?",
    ("agent", "protest"): "Who protested?",
    ("agent", "accident"): "Who was responsible?",
    ("agent", "fire"): "Who was responsible?",
    ("agent", "deaths"): "Who did it?",
    ("agent", "injuries"): "Who did it?",
    ("patient", "attack"): "Who was attacked?",
    ("patient", "deaths"): "Who was killed?",
    ("patient", "injuries"): "Who was hurt?",
    ("patient", "arrest"): "Who was arrested?",
    ("patient", "abduction"): "Who was taken?",
    ("patient", "release"): "Who was released?",
    ("patient", "rescue"): "Who was rescued?",
    ("patient", "court case"): "Who stood trial?",
    ("patient", "robbery"): "Who was robbed?",
}
_OF_ENTITIES = {
    "title": "Which office does {} hold?",
    "role": "What part did {} have in it?",
    "age": "How old is {}?",
    "nationality": "Of what nationality is {}?",
    "status": "What became of {}?",
}


def ask(
    slot: str, topic: str, subject: Entity | Event | None, value: Value, *, verb: str = ""
) -> str:
    """`topic`: the verb that things are counted by, what is denied; `value`: one of the answers;
    `verb`: the words of that verb in a question, “were fired”, where they are known."""
    if slot.startswith("count:"):
        counted = plural(slot.removeprefix("count:"))
        if verb:
            return f"How many {counted} {verb}?"
        return f"How many {counted} ({topic})?" if topic else f"How many {counted}?"
    if slot == "happened" and topic:
        return f"Did it happen: “{topic}”?"
    if isinstance(subject, Entity) and slot in _OF_ENTITIES:
        return _OF_ENTITIES[slot].format(subject.name)
    if slot == "freed" and not isinstance(value, Quantity):
        return _IN_EXCHANGE
    if isinstance(subject, Event):
        if (slot, subject.kind) in _BY_KIND:
            return _BY_KIND[slot, subject.kind]
        noun = _noun(subject)
        if slot in _NAMED and noun is not None:
            return _NAMED[slot].format(noun)
    return _OF_EVENTS.get(slot, slot)


def _noun(event: Event) -> str | None:
    """What the event is called in one word, where its name is that: “Raid in Arlow”."""
    word = event.name.partition(" in ")[0].lower()
    return word if word in load_table("event_nouns") else None
