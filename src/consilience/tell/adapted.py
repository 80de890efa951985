"""A sentence of a document as our own: its days said for good, its names in full, or its words
quoted where they judge."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from consilience.lexicon import load_words
from consilience.records import Entity, Kind, Mention, Passage
from consilience.tell.day_words import Edit, day_edits
from consilience.tell.material import Material, beginning_in, said, within
from consilience.tell.prose import Full, Stretch, outlet
from consilience.tell.sentences import on_one_line, quoted

_ENGLISH = frozenset({"en", "und"})
# Words that say when as seen from the day of writing, and not how far from it in days.
_FLOATING = re.compile(
    r"\b(?:ago|before last|after next|now|currently|today|yesterday|tomorrow|tonight|recent(?:ly)?"
    r"|nowadays|soon|overnight"
    r"|(?:last|next|this) (?:week|weekend|month|year|night|summer|winter|spring|fall|autumn|decade)"
    r"|this (?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
# A weekday that no date stands behind.
_BARE_DAY = re.compile(
    r"(?<!every )(?<!each )\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"(?!(?: (?:morning|afternoon|evening|night))?,? \(?"
    r"(?:\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d))"
)
# No quotation within a sentence is longer; many that open and never close would take long.
_QUOTES = re.compile(
    r"“[^”]{0,1500}”|\"[^\"]*\""
    r"|(?:(?<=\s)|^)[‘'](?=\w)[^’']{0,1500}(?:[’'](?=\w)[^’']{0,300}){0,5}[’']"
)
_OWN = re.compile(r"\b(?:I|we|our|my|us|me|you|your)\b", re.IGNORECASE)
_FEELING = re.compile(r"[!?]")
_LINK = re.compile(
    r"^(?:meanwhile|however|also|in addition|additionally|moreover|furthermore|still|instead"
    r"|afterwards?|in fact|indeed|of course|besides|nevertheless),\s+",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:is|are)(?= (?:still |also )?(?!being\b|going\b)[a-z]{2,}ing\b)"
    r"|\b(?:has been|have been)(?= [a-z]+ed\b)"
)
# Who says it says it to the page's reader, and said it to ours; what they say moves with it.
_SAYING = {"say": "said", "says": "said", "tell": "told", "tells": "told", "believe": "believed",
           "believes": "believed"}  # fmt: skip
_MOVED = {"is": "was", "are": "were", "has": "had", "have": "had", "will": "would"}
_MOVING = re.compile(r"\b(?:is|are|has|have|will)\b")
# What is so on a day that is named is told as what was.
_STATE = re.compile(r"\b(?:is|are)\b")
_NEAR_CHARS = 80
# Behind “…, said the mayor” no other verb can tell whose it is.
_REPORTED = re.compile(
    r"\baccording to\b|(?<![,”] )\b(?:said|says|say|told|tells|announced|reported)\b[^,]*\Z",
    re.IGNORECASE,
)
# The stop of a shortened word stays: “in Gary, Ind., according to”.
_SHORTENED = re.compile(
    r"\b(?:Ala|Ariz|Ark|Ave|Blvd|Bros|Calif|Co|Colo|Conn|Corp|Dept|Fla|Ga|Ill|Inc|Ind|Jr|Kan|Ky|La"
    r"|Ltd|Mass|Md|Mich|Minn|Miss|Mo|Neb|Nev|Okla|Ore|Pa|Rd|Sr|St|Tenn|Tex|Va|Wash|Wis|[ap]\.m"
    r"|[A-Z](?:\.[A-Z])*)\Z"
)
_HOWEVER = re.compile(r",? however,", re.IGNORECASE)
_CLOSING = re.compile(r"[.!]?([”’\"']?)[.]?(?<!\s)\s*\Z")


@dataclass(frozen=True, slots=True)
class Adapted:
    """The stretches of a sentence without its full stop; `is_quoted`: in its writer's words."""

    stretches: tuple[Stretch, ...]
    is_quoted: bool


def adapted(known: Material, passage: Passage, year: int | None) -> Adapted | None:
    """The words of `passage` as a sentence of the account, whose events are of `year`.

    None where they speak of what cannot be said for good, or as somebody's own.
    """
    document = known.documents[passage.document_id]
    text = document.text[passage.start : passage.end]
    if document.language not in _ENGLISH:
        return Adapted((Stretch(quoted(on_one_line(text.strip())), (passage,)),), is_quoted=True)
    marked = [m.span() for m in _QUOTES.finditer(text)]
    bare = _QUOTES.sub("", text)
    if _OWN.search(bare) or "?" in bare:
        return None
    edits = [*day_edits(known, passage, year, marked)]
    covered = sorted((e.start - passage.start, e.end - passage.start) for e in edits)
    is_floating = any(
        not any(s < m.end() and m.start() < e for s, e in (*covered, *marked))
        for m in (*_FLOATING.finditer(text), *_BARE_DAY.finditer(text))
    )
    is_unsayable = any(not e.is_sayable for e in edits)
    if is_floating or is_unsayable or _FEELING.search(bare) or is_loaded(bare):
        glossed = _glossed(known, passage, edits)
        return Adapted((Stretch(glossed, (passage,)),), is_quoted=True)
    edits += _names(known, passage, marked)
    edits += _tenses(text, passage, marked, edits)
    edits += _sayings(known, passage, marked, edits)
    return Adapted(tuple(_edited(known, passage, edits)), is_quoted=False)


def reported(known: Material, passage: Passage, told: Adapted) -> tuple[Stretch, ...]:
    """The whole sentence, with whose it is."""
    document = known.documents[passage.document_id]
    who = outlet(document)
    if told.is_quoted:
        name = f"{who[:1].upper()}{who[1:]}" if who.startswith("the ") else who
        return (Stretch(f"{name} writes: "), *told.stretches)
    words = "".join(s.text for s in told.stretches)
    is_reported = _REPORTED.search(words) is not None
    tail = f" {who} reports." if is_reported else f" according to {who}."
    return (*_opened(told.stretches, ","), Stretch(tail))


def closed(told: Adapted) -> tuple[Stretch, ...]:
    """The whole sentence where what it tells is common ground."""
    return told.stretches if told.is_quoted else tuple(_opened(told.stretches, "."))


def _opened(stretches: Sequence[Stretch], mark: str) -> Iterator[Stretch]:
    """The stretches with `mark` for the stop at their end, within a closing quotation mark."""
    *most, last = stretches
    yield from most
    found = _CLOSING.search(last.text)
    assert found is not None
    words = last.text[: found.start()]
    if mark != "." and _SHORTENED.search(words):
        words += "."
    yield Stretch(words + mark + found[1], last.passages, last.full)


@cache
def _loaded() -> re.Pattern[str]:
    words = sorted(load_words("loaded_words"))
    whole = "|".join(re.escape(w) for w in words if not w.endswith("*"))
    begun = "|".join(re.escape(w[:-1]) for w in words if w.endswith("*"))
    return re.compile(rf"\b(?:(?:{whole})\b|(?:{begun}))|-infested\b", re.IGNORECASE)


def is_loaded(words: str) -> bool:
    """Whether words judge or move, where a desk would not.

    >>> is_loaded("a botched raid"), is_loaded("a raid that failed")
    (True, False)
    """
    return _loaded().search(words) is not None


def _tenses(
    text: str, passage: Passage, marked: Sequence[tuple[int, int]], others: Sequence[Edit]
) -> list[Edit]:
    """What was going on, or had just been done, as it is told afterwards."""
    edits: list[Edit] = []
    for found in (*_PRESENT.finditer(text), *_STATE.finditer(text)):
        start, end = passage.start + found.start(), passage.start + found.end()
        is_dated = any(
            e.gloss and 0 <= e.start - end <= _NEAR_CHARS and "," not in text[found.end() : e.start]
            for e in others
        )
        is_free = not any(s <= found.start() < e for s, e in marked)
        is_free = is_free and not any(e.start < end and start < e.end for e in (*others, *edits))
        if is_free and (is_dated or (found.re is _PRESENT and not found[0].startswith("ha"))):
            past = "was" if found[0].startswith(("is", "has")) else "were"
            edits.append(Edit(start, end, Stretch(past, (passage,)), ""))
    return edits


def _sayings(
    known: Material, passage: Passage, marked: Sequence[tuple[int, int]], others: Sequence[Edit]
) -> Iterator[Edit]:
    """“Police say he is at large” as it is told afterwards: said he was."""
    reading = known.case.readings[passage.document_id]
    taken = [(e.start, e.end) for e in others]
    taken += [(passage.start + s, passage.start + e) for s, e in marked]
    for attribution in reading.attributions:
        for cue in attribution.cue:
            past = _SAYING.get(said(known, cue).lower())
            if past is None or not within(cue, passage):
                continue
            told = [c for c in attribution.content if within(c, passage)]
            spans = [(cue.start, cue.end, past)]
            spans += [
                (c.start + m.start(), c.start + m.end(), _MOVED[m[0]])
                for c in told
                for m in _MOVING.finditer(said(known, c))
            ]
            for start, end, words in spans:
                if not any(s < end and start < e for s, e in taken):
                    taken.append((start, end))
                    yield Edit(start, end, Stretch(words, (passage,)), "")


def _names(known: Material, passage: Passage, marked: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Where a person goes by the last part of a name, which is given in full at first."""
    reading = known.case.readings[passage.document_id]
    for mention in beginning_in(reading.mentions, lambda m: m.passage, passage):
        if not mention.named or not within(mention.passage, passage):
            continue
        at = mention.passage.start - passage.start
        if any(s <= at < e for s, e in marked):
            continue
        entity = _person(known, mention)
        if entity is None:
            continue
        words = said(known, mention.passage)
        if words in known.shared_names:
            continue
        full = full_name(known, entity, mention.passage.document_id)
        if full is None or words == entity.name:
            continue
        if " " in words or words not in entity.name.split():
            continue
        if _beside(known, mention.passage) & set(entity.name.split()):
            continue
        stretch = Stretch(words, (passage,), full)
        yield Edit(mention.passage.start, mention.passage.end, stretch, "")


def _beside(known: Material, at: Passage) -> set[str]:
    """The words next to a mention: it may be the last part of a name that stands there in full."""
    text = known.documents[at.document_id].text
    before = re.search(r"(\S{1,40})\s{1,40}\Z", text[max(0, at.start - 40) : at.start])
    after = re.match(r"\s+(\w+)", text[at.end : at.end + 40])
    return {found[1] for found in (before, after) if found is not None}


def _person(known: Material, mention: Mention) -> Entity | None:
    key = (mention.passage.document_id, mention.chain_id)
    entity = known.entities.get(known.case.entity_ids.get(key, ""))
    return entity if entity is not None and entity.kind is Kind.PERSON else None


def full_name(known: Material, entity: Entity, document_id: str) -> Full | None:
    """The name of an entity with a place that gives it, in that document where it does."""
    named = known.in_full.get(entity.id, ())
    if not named:
        return None
    own = next((m for m in named if m.document_id == document_id), named[0])
    return Full(entity.id, entity.name, (own,))


def _edited(known: Material, passage: Passage, edits: Sequence[Edit]) -> Iterator[Stretch]:
    document = known.documents[passage.document_id]
    text = document.text
    at = passage.start
    found = _LINK.match(text[passage.start : passage.end])
    if found is not None:
        at += found.end()
    is_first = True
    for edit in [*sorted(edits, key=lambda e: (e.start, e.end)), None]:
        end = passage.end if edit is None else edit.start
        if end < at:
            continue
        words = _plain(text[at:end])
        if is_first:
            words = words.lstrip()
            words = words[:1].upper() + words[1:]
        if words:
            yield Stretch(words, (passage,))
            is_first = False
        if edit is None:
            return
        stretch = edit.stretch
        if is_first:
            stretch = Stretch(
                stretch.text[:1].upper() + stretch.text[1:], stretch.passages, stretch.full
            )
            is_first = False
        yield stretch
        at = edit.end


def _plain(words: str) -> str:
    """Words on one line, their straight double marks turned to curly ones."""
    line = _HOWEVER.sub(",", on_one_line(words)) if '"' not in words else on_one_line(words)
    return re.sub(r"(^|[\s(\[—–-])\"", r"\1“", line).replace('"', "”")


def _glossed(known: Material, passage: Passage, edits: Sequence[Edit]) -> str:
    """The words in marks, the days they mean beside them in square brackets."""
    document = known.documents[passage.document_id]
    text, at = "", passage.start
    for edit in sorted(edits, key=lambda e: e.start):
        if edit.gloss and edit.start >= at:
            text += document.text[at : edit.end] + f" [{edit.gloss}]"
            at = edit.end
    text += document.text[at : passage.end]
    return quoted(on_one_line(text.strip()))
