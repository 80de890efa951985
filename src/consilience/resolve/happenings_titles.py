"""What a happening is called: by a noun for its kind, or by the words that tell of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from consilience.lexicon import load_table, load_words
from consilience.records import Argument, Entity, Passage, Proposition
from consilience.resolve.by_origin import Saying, by_origin
from consilience.resolve.happenings_told import Telling

_NOMINAL = re.compile(r"\w+(?:[ts]ion|ment|[ae]nce|ry|ure|ing|[^e]al)")
_ARTICLE = re.compile(r"\b(?:a|an|the|its|his|her|their) $", re.IGNORECASE)
_JOINED = re.compile(r"\b\w+-\Z")
_JOINED_CHARS = 20
# A clause that names a happening is no longer than this, in characters.
_CLAUSE_MAX = 70
_PRONOUN = re.compile(
    r"(?:i|you|he|she|it|we|they|him|her|us|them|this|that|these|those|who|which|what|there|one"
    r"|my|your|his|its|our|their|.*['’]s?)",
    re.IGNORECASE,
)
# Of no happening by itself; other verbs of saying tell of one: "requested the extradition".
_NO_HAPPENING = frozenset(
    "be become believe call describe explain have hope know note publish recall say speak state "
    "tell think".split()
)
# Between a subject and its verb; without any, "-ing" is no verb of a clause of its own.
_AUXILIARIES = re.compile(
    r"\s*(?:(?:was|were|is|are|am|has|have|had|been|being|be|also|then|later|\w+ly)\s+){0,4}",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"\s(?:down|up|out|off|over|away|back|apart|together)\b")
# Where an argument may be cut short and still makes sense.
_CUT = re.compile(
    r"\s?(?:[,;:](?!\d)|[—–(\"“”\n]|\s(?:who|which|that|where|when|after|while|as)\s)"
)
_TRAILING = re.compile(r"(?: (?:and|or|the|a|an)){1,8}$")
_CUT_LONG = re.compile(r"\s(?:to|for|in|on|at|with|from|by|about|against|over|near|of)\s")


def title_of(
    kind: str, told: Sequence[Telling], where: Sequence[Entity], texts: Mapping[str, str]
) -> str:
    """“Shooting in Arlow”; of no known kind the words that tell of it, if they make a clause."""
    noun = _noun(told, texts)
    if noun is None and kind == "event":
        clause = _clause(told, texts)
        if clause is not None:
            return clause
    return (noun or kind.capitalize()) + (f" in {where[0].name}" if where else "")


def is_no_happening(telling: Telling) -> bool:
    """Whether it tells that somebody said or was something, or that a page came out."""
    return telling.kind is None and telling.proposition.lemma in _NO_HAPPENING


def _noun(told: Sequence[Telling], texts: Mapping[str, str]) -> str | None:
    """The noun by which at least two origins, or the only one, call the happening.

    Where it is of no kind we know, any noun will do: “the inspection”.
    """
    nouns = load_table("event_nouns")

    def word(telling: Telling) -> str:
        at = telling.proposition.predicate
        text = texts[at.document_id]
        # A murder-suicide is not a suicide.
        before = _JOINED.search(text, max(0, at.start - _JOINED_CHARS), at.start)
        return text[before.start() if before else at.start : at.end].lower()

    def is_noun(telling: Telling) -> bool:
        at = telling.proposition.predicate
        if _has_object(telling.proposition, texts[at.document_id]):
            return False
        before = texts[at.document_id][max(0, at.start - len(" their ")) : at.start]
        return word(telling) in nouns or (
            telling.kind is None
            and _NOMINAL.fullmatch(word(telling)) is not None
            and _ARTICLE.search(before) is not None
        )

    named = _said_by([t for t in told if is_noun(t)], word)
    n_origins = {noun: len({origin_id for origin_id, _ in named[noun]}) for noun in named}
    most = max(sorted(named), key=lambda n: (n_origins[n], by_origin(named[n])), default=None)
    if most is None or n_origins[most] < min(2, len({t.origin_id for t in told})):
        return None
    return most.capitalize()


def _has_object(proposition: Proposition, text: str) -> bool:
    """Whether “killing” is a verb: “the barge sank, killing six sailors”."""
    at = proposition.predicate
    if not text[at.start : at.end].lower().endswith("ing"):
        return False
    return any(
        a.role == "ARG1"
        and 0 < a.passage.start - at.end <= len(" ")
        and not text.startswith("of ", a.passage.start)
        for a in proposition.arguments
    )


def _said_by(told: Sequence[Telling], key: Callable[[Telling], str]) -> dict[str, Counter[Saying]]:
    """How often each document tells of each key."""
    found: dict[str, Counter[Saying]] = defaultdict(Counter)
    for telling in told:
        found[key(telling)][telling.said] += 1
    return found


def _clause(told: Sequence[Telling], texts: Mapping[str, str]) -> str | None:
    """What most origins tell, in the words of the first clause with a subject, or without."""
    by_lemma = _said_by(told, lambda t: t.proposition.lemma)
    saying, light = load_table("reporting_verbs"), load_words("light_verbs")
    found = []
    for telling in told:
        lemma = telling.proposition.lemma
        words, has_subject = _words(telling, texts[telling.sentence.document_id])
        if words and " " in words:
            rank = (
                not has_subject,
                is_no_happening(telling),
                lemma in light,
                lemma in saying,
                -len({origin_id for origin_id, _ in by_lemma[lemma]}),
                not telling.is_dated_itself,
                telling.rank,
                telling.proposition.predicate,
            )
            found.append((rank, words))
    return min(found)[1] if found else None


def _words(telling: Telling, text: str) -> tuple[str, bool]:
    """The subject, the verb and what follows it, as they stand; whether there is a subject."""
    at = telling.proposition.predicate
    core = [a for a in telling.proposition.arguments if re.fullmatch(r"ARG\d", a.role)]
    start = _subject_start(at, core, text)
    has_subject = start is not None
    start = at.start if start is None else start
    particle = _PARTICLE.match(text, at.end)
    end = particle.end() if particle else at.end
    for passage in sorted(a.passage for a in core if a.passage.start > at.start):
        if text[end : passage.start].strip():
            break
        cut = _CUT.search(text, passage.start, passage.end)
        stop = cut.start() if cut else passage.end
        if stop - start > _CLAUSE_MAX:
            shorter = _CUT_LONG.search(text, passage.start, start + _CLAUSE_MAX)
            cut, stop = shorter, shorter.start() if shorter else end
        end = max(end, stop)
        if cut or stop == end != passage.end:
            break
    words = _TRAILING.sub("", " ".join(text[start:end].split()))
    if len(words) > _CLAUSE_MAX:
        return "", False
    return words[:1].upper() + words[1:], has_subject


def _subject_start(at: Passage, core: Sequence[Argument], text: str) -> int | None:
    for passage in sorted((a.passage for a in core if a.passage.end <= at.start), reverse=True):
        subject = text[passage.start : passage.end]
        auxiliaries = _AUXILIARIES.fullmatch(text, passage.end, at.start)
        if auxiliaries is None:
            continue
        if text[at.start : at.end].endswith("ing") and not auxiliaries[0].strip():
            return None
        if _PRONOUN.fullmatch(subject.strip()) or _CUT.search(subject):
            return None
        return passage.start
    return None
