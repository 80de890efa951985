"""Who is named at a place of a text, where no argument says it: “by the prefect, Ana Pop”."""

import re

from consilience.lexicon import load_table, load_words
from consilience.records import EntityRef, Kind, Mention, Passage, Text
from consilience.weigh.cast import Cast, Part
from consilience.weigh.forces import kinds

_STOPS = (
    "at on in after before who that which when as while and or but not said says told to for with"
    " from because alone himself herself themselves had was were is are has have did does would by"
    " under over against without during until since if whether though although then late early"
    " himself only also despite amid"
)
_NOUN_PHRASE = re.compile(
    r"(?:(?:by|then|its|his|her|their|the|an?)\s+)*"
    rf"(?P<core>(?!(?:{'|'.join(_STOPS.split())})\b)[^\W\d_][\w’'.&-]*"
    rf"(?:\s(?!(?:{'|'.join(_STOPS.split())})\b)[^\W\d_][\w’'.&-]*){{0,7}})"
)
_APPOSED = re.compile(r",\s+(?=[A-Z])")
# “By the council, Jan Novak said.”
_SAYING = re.compile(r"\s+(?:[a-z]+ly )?(?:said|says|told|adds|added|wrote|has|had)\b")
_JOINED = re.compile(r",?\s+and\s+(?!not\b)(?:by\s+)?(?=the\s|an?\s|[A-Z])")
_HEADS = frozenset(
    "chief head leader manager owner owners official officials team crew minister ministry office"
    " staff pilot captain master teacher trustees shareholders members principal operator organiser"
    " organisers organizers organizer engineer engineers surgeon doctors chair jury panel court"
    " regulator regulators authority authorities management union bank club league federation"
    " association service brigade inspectorate agency department company firm committee board"
    " council cabinet parliament".split()
)
_EMPTY = frozenset("it he she they we i you who nobody somebody people others law rule".split())


def someone_at(told: Cast, words: Passage) -> list[Part]:
    """Whoever is named at the beginning of a passage, and whoever is joined to them."""
    text = told.page.document.text
    found = _NOUN_PHRASE.match(text, words.start, words.end)
    if found is None:
        return []
    start, end = found.start("core"), found.start("core") + len(found["core"].rstrip(".'’"))
    part = _named(told, start, end, words) or _worded(told, start, end)
    if part is None:
        return []
    joined = _JOINED.match(text, part.passage.end, words.end)
    if joined is None:
        return [part]
    return [part, *someone_at(told, Passage(words.document_id, joined.end(), words.end))]


def _named(told: Cast, start: int, end: int, words: Passage) -> Part | None:
    """A name with its office before it, or set beside it: “the mayor, Jan Novak”."""
    text, document_id = told.page.document.text, words.document_id
    inside = told.within(Passage(document_id, start, end))
    last = [m for m in inside if m.named and m.passage.end == end]
    for mention in sorted(last, key=lambda m: m.passage):
        if mention.kind in (Kind.PERSON, Kind.ORGANIZATION):
            return _part(told, mention, Passage(document_id, start, end))
    apposed = _APPOSED.match(text, end, words.end)
    if apposed is None:
        return None
    beside = told.within(Passage(document_id, apposed.end(), words.end))
    named = [
        m
        for m in beside
        if m.named
        and m.passage.start == apposed.end()
        and not _SAYING.match(text, m.passage.end, words.end)
    ]
    for mention in sorted(named, key=lambda m: -m.passage.end):
        # A name of two words beside an office is a person, whatever it was taken for.
        is_office = _is_office(text[start:end]) and " " in told.words(mention.passage)
        if mention.kind is Kind.PERSON or is_office:
            return _part(told, mention, Passage(document_id, start, mention.passage.end))
    return None


def _part(told: Cast, mention: Mention, passage: Passage) -> Part | None:
    entity = told.page.entity_of(mention)
    if entity is None:
        return None
    return Part(EntityRef(entity), told.words(mention.passage), passage, entity, mention.kind)


def _worded(told: Cast, start: int, end: int) -> Part | None:
    document_id = told.page.document.id
    words = told.words(Passage(document_id, start, end))
    if words.lower() in _EMPTY or not (_is_office(words) or kinds(words) or _is_body(words)):
        return None
    return Part(Text(words), words, Passage(document_id, start, end), None, Kind.ORGANIZATION)


def _is_office(words: str) -> bool:
    head = re.split(r" (?:of|for) ", words)[0].split()[-1].lower()
    return head in load_words("offices") or head in _HEADS


def _is_body(words: str) -> bool:
    head = re.split(r" (?:of|for) ", words)[0].split()[-1].lower()
    return head in load_table("body_kinds") or head.removesuffix("s") in load_words("offices")
