"""What a predicate does to its patient: kills, wounds, takes, frees or drives from home."""

import re

from consilience.lexicon import load_table
from consilience.records import Passage, Proposition
from consilience.weigh.beside import is_either

_CAPTIVE = re.compile(
    r"\b(?:hostages?|captive|prisoners?|into custody|in custody|under arrest)\b", re.IGNORECASE
)
_TAKING = frozenset({"take", "hold", "keep", "place", "put", "remain"})
# Who leaves a hospital is not freed.
_RELEASING = frozenset({"release", "discharge", "free"})
_OF_PATIENTS = re.compile(
    r"\b(?:treated|hospitals?|hospitali[sz]ed|medical (?:care|cent(?:er|re))|clinic|treatment)\b",
    re.IGNORECASE,
)
# "Seven were treated at the clinic for injuries. Four have been released".
_TREATED = re.compile(r"\btreated\b[^.]*\.\s+\Z", re.IGNORECASE)
_SENTENCE_BEFORE_CHARS = 100
_LIFE_TAKING = frozenset({"lose", "claim", "take", "cost"})
# "Pulled 17 people alive from the rubble", "led 40 guests to safety".
_SAVING = frozenset({"pull", "dig", "pluck", "winch", "lift", "haul", "bring", "lead", "carry"})
_SAVED = re.compile(
    r"\s+(?:(?!(?:and|or|but|while|with|who|after|when|before|bodies)\b)[\w'’-]+\s+){0,4}?"
    r"(?:alive|to safety|unhurt|unharmed)\b",
    re.IGNORECASE,
)
# Whoever suffers these was hurt at the least.
WOUNDING = frozenset({"shoot", "stab", "knife", "gore", "maul"})
# "Shot the guard dead", "shot and killed", but not "shot, one dead" or "shot and a guard killed".
_DEAD_AFTER = re.compile(
    r",?\s+and\s+(?:fatally\s+)?kill(?:ed|s|ing)\b|\s+fatally\b|\s+to\s+death\b"
    r"|(?:\s+[\w-]+(?=\s+\w+s\b))?"
    r"(?:\s+(?!(?:and|or|but|while|with|leaving|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|\d+)\b)[\w'’-]+){0,3}?\s+(?:dead|to\s+death)\b",
    re.IGNORECASE,
)
# "Crushed to death", "beat two men to death", "fell to their deaths", "burned alive".
_TO_DEATH = re.compile(
    r"(?:\s+(?!(?:and|or|but|while|with|who|after|when|before)\b)[\w'’-]+){0,3}?"
    r"\s+to\s+(?:(?:his|her|its|their)\s+)?deaths?\b(?!\s+(?:row|penalt))",
    re.IGNORECASE,
)
_ALIVE = re.compile(r"\s+alive\b", re.IGNORECASE)
_BURNING = frozenset({"burn", "roast", "incinerate"})
# "Sentenced to death", "scared to death".
_NOT_KILLING = frozenset(
    {
        "sentence", "condemn", "scare", "frighten", "bore", "worry", "love", "tickle", "tire",
        "close", "come", "contribute", "lead", "relate", "respond", "link", "react", "connect",
        "charge", "be", "go", "return", "say", "reduce", "raise", "rise", "bring", "nurse", "sick",
    }
)  # fmt: skip
_SENTENCED_TO = re.compile(
    r"\b(?:sentenc|condemn|scar|frighten)\w*\b[^.;:]{0,80}?\bto\s+\Z", re.IGNORECASE
)
_FATALLY_BEFORE = re.compile(r"\b(?:fatally|mortally)\s+(?:\w+\s+and\s+)?$", re.IGNORECASE)
# How far from its predicate what makes it fatal is looked for, in characters.
_NEAR_CHARS = 90


def harm(text: str, proposition: Proposition, sentence: Passage) -> str | None:
    """Whether a patient of the predicate was killed or injured, or neither."""
    start = proposition.predicate.start
    if is_either(text, proposition.predicate) or _SENTENCED_TO.search(
        text, max(sentence.start, start - _NEAR_CHARS), start
    ):
        return None
    slot = load_table("slots").get(proposition.lemma)
    if proposition.lemma in WOUNDING and not _is_aimed_at(text, proposition):
        slot = "injured"
    if slot is None and _is_to_death(text, proposition, sentence):
        return "killed"
    if slot == "injured" and _is_fatal(text, proposition, sentence):
        return "killed"
    return slot if slot in ("killed", "injured") else None


def patient_slot(text: str, unit: str | None, proposition: Proposition, sentence: Passage
                 ) -> str | None:  # fmt: skip
    """The slot that a counted patient of the predicate fills."""
    lemma = proposition.lemma
    after = text[proposition.predicate.end : sentence.end][:_NEAR_CHARS]
    if lemma in _TAKING and _CAPTIVE.search(after):
        return "detained"
    if lemma in _SAVING and _SAVED.match(text, proposition.predicate.end, sentence.end):
        return "freed"
    if lemma in _LIFE_TAKING and unit == "life":
        return "killed"
    if is_either(text, proposition.predicate) or _leaves_hospital(text, lemma, sentence):
        return None
    return harm(text, proposition, sentence) or load_table("slots").get(lemma)


def _leaves_hospital(text: str, lemma: str, sentence: Passage) -> bool:
    if lemma not in _RELEASING:
        return False
    before = max(0, sentence.start - _SENTENCE_BEFORE_CHARS)
    is_treated = lemma != "free" and _TREATED.search(text, before, sentence.start) is not None
    return is_treated or _OF_PATIENTS.search(text, sentence.start, sentence.end) is not None


def _is_aimed_at(text: str, proposition: Proposition) -> bool:
    """Whether those told of were only shot at: "shot at twelve people"."""
    end = proposition.predicate.end
    return any(
        text.startswith("at ", a.passage.start)
        or (a.role == "ARG1" and text[end : a.passage.start].strip() == "at")
        for a in proposition.arguments
        if a.role in ("ARG1", "ARG2", "ARGM-GOL") and a.passage.start > end
    )


def _is_fatal(text: str, proposition: Proposition, sentence: Passage) -> bool:
    predicate = proposition.predicate
    before = text[max(sentence.start, predicate.start - _NEAR_CHARS) : predicate.start]
    end = min(sentence.end, predicate.end + _NEAR_CHARS)
    after = _DEAD_AFTER.match(text, predicate.end, end)
    return after is not None or _FATALLY_BEFORE.search(before) is not None


def _is_to_death(text: str, proposition: Proposition, sentence: Passage) -> bool:
    if proposition.lemma in _NOT_KILLING:
        return False
    at, end = proposition.predicate.end, sentence.end
    is_burned = proposition.lemma in _BURNING and _ALIVE.match(text, at, end) is not None
    return is_burned or _TO_DEATH.match(text, at, end) is not None


def is_kin(word: str) -> bool:
    """Whether a word names somebody by their family: "father", "mum"."""
    return word.lower() in load_table("kin")
