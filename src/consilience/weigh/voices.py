"""How near a claim stands to somebody who can know: whose voice it is told in.

The outlet's own word and that of an office whose business it is to know count whole; hearsay,
hints and what is laid at another outlet's door count less.
"""

import math
import re
from collections.abc import Set

from consilience.lexicon import load_words
from consilience.outlets import is_outlet
from consilience.records import Claim, Stance, Voice
from consilience.wording import fold

# By hand: halving all of what is lost, or dropping it, moves no figure of evaluation/beliefs.py by
# more than a case.
_OF_STANCE = {Stance.ALLEGES: 0.7, Stance.BELIEVES: 0.6}
_NAMED = 0.9
_UNNAMED = 0.75
_OTHER_OUTLET = 0.7
_WORD = re.compile(r"[^\W\d_]+")
# "Dayton PD", "NYPD".
_FORCE = re.compile(r"\b[A-Z]{0,5}PD\b")


def weight(claim: Claim, officials: Set[str]) -> float:
    """How much of a voice a claim has, in (0, 1]: every mouth it went through takes some.

    `officials` are the ids of those who hold an office.
    """
    return math.prod(_share(voice, officials) for voice in claim.voices)


def is_official(voice: Voice, officials: Set[str]) -> bool:
    """Whether police, a ministry, a coroner, a hospital, a mayor or the like speaks."""
    if voice.speaker_id is not None and voice.speaker_id in officials:
        return True
    return voice.name is not None and is_office(voice.name)


def is_office(name: str) -> bool:
    """Whether a name, or a person's title, is of one who speaks by virtue of an office.

    >>> is_office("the county sheriff's office"), is_office("Arlow PD"), is_office("a neighbour")
    (True, True, False)
    """
    words = {fold(word) for word in _WORD.findall(name)}
    return not words.isdisjoint(load_words("official_voices")) or bool(_FORCE.search(name))


def _share(voice: Voice, officials: Set[str]) -> float:
    stance = _OF_STANCE.get(voice.stance, 1.0)
    if is_official(voice, officials):
        return stance
    if voice.name is not None and is_outlet(voice.name):
        return stance * _OTHER_OUTLET
    is_named = voice.speaker_id is not None or (voice.name is not None and voice.name[:1].isupper())
    return stance * (_NAMED if is_named or voice.direct else _UNNAMED)
