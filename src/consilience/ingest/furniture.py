"""What surrounds an article on its page: boilerplate, credits, bylines, date lines."""

import re
from functools import cache
from typing import NamedTuple

from consilience.ingest.stamps import Stamp, stamps
from consilience.lexicon import load_words
from consilience.outlets import DOMAIN, is_outlet, sounds_like_outlet
from consilience.records import When

_LINE_MAX_CHARS = 220
_EDGE = " \t.,:;!?…»›>→|-–—*•\"'“”‘’()[]"
_PICTURE_NUMBER = (
    r"\d{1,3} ?/ ?\d{1,3}|(?:(?:image|photo|picture|slide) )?\d{1,3} of \d{1,3}(?: photos?)?"
)
_SHAPES = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:©|\(c\)|\d{4}|by\s).{0,200}"
    r"|.{0,120}\ball rights reserved\.?.{0,80}"
    r"|\(?\d{1,6}k?\)? ?(?:comments?|shares?|views?|likes?|retweets?|votes?|photos?"
    r"|images?|replies)"
    r"|(?:(?:more )?photos|images|pictures|in pictures|videos?|gallery|slideshow|watch|listen|"
    r"read|more|related|previous|previously|see also|also read|must read|up next)(?: more)?:"
    r" .{2,150}[^.]"
    r"|.{0,120}\b[\w.+-]{1,64}@[\w-]{1,60}\.[\w.]{2,30}.{0,60}"
    r"|\d{1,3} ?min(?:ute)?s?(?: read| ago)?"
    r"|(?:\d{1,3}|an?) (?:hours?|days?|weeks?|months?|years?) ago"
    r"|(?:image|picture|photo|video|thumbnail) for .{1,200}"
    r"|(?:share this:?|advertisement|google\+?|facebook|twitter|linkedin|email"
    r"|print|whatsapp|pinterest|reddit|share|tweet"
    r"|instagram|telegram|copy link|save|x|flipboard|messenger|tumblr|[\s,|/•·&+])+"
    rf"|{_PICTURE_NUMBER}"
    r"|#\w{2,40}(?:[ ,]{1,2}#\w{2,40}){0,20}"
    r"|\d{1,2}:\d{2}(?: ?/ ?\d{1,2}:\d{2})?|[+#]?\d{1,6}|\d{1,6} points? by .{3,100}"
    r"|\((?:adds|updates|recasts|corrects|refiles|writes through|rewrites)\b.{0,150}\)"
    r"|(?:file|video|slideshow|gallery|photos?|pictures?|in pictures|watch|listen|live|podcast)\W*"
    r"|\[[^\[\]]{3,150}\]|[\W_]{1,80}|>>.{0,200}[^.!?]",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\W{0,3}(?:(?:related|recommended|latest|trending|popular|top|most|more|other) "
    r"(?:articles|stories|news|read|popular|viewed|headlines|content|posts|coverage|videos)"
    r"|you (?:may|might) also|editors?['’]s? picks|what to read next|te puede interesar)\b"
    r".{0,40}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"\W{{0,3}}(?:https?://\S{{1,200}}|{DOMAIN}(?:/\S{{0,150}})?)\W{{0,3}}", re.IGNORECASE
)

_CREDIT_WORD = (
    r"(?:photo(?:graph|grapher)?|image|picture|pic|video|footage|credit|illustration|graphic|"
    r"foto(?:graf[ií]a)?|cr[ée]dito|imagen|cr[ée]dit photo|bild)s?"
)
_CREDIT_LINE = re.compile(
    rf"[(\[]?{_CREDIT_WORD}(?: credits?| source| courtesy)?\s?"
    r"(?::|/|\bby\b|\bvia\b|\bcourtesy(?: of)?\b|©)\s?.{2,80}",
    re.IGNORECASE,
)
_CREDIT_OF_AGENCY = re.compile(
    r"[(\[]?(?:AP|Reuters|AFP|EPA|PA|Getty(?: Images)?|Shutterstock|TASS|Xinhua)"
    r"(?:\s(?:Photo|Images?|via)\b|\s?/|\s?\|).{0,60}",
    re.IGNORECASE,
)
_PHOTO_BEHIND = re.compile(
    r"[(\[][\w'’&. /-]{2,50}\s(?:file )?(?:photo|image|picture)s?[)\]]", re.IGNORECASE
)
_SLASHED = re.compile(r"[^\W\d_][\w.&'’ -]{0,40}(?:/[^\W\d_][\w.&'’ -]{0,40}){1,4}")
# Where a credit may begin: glued to a sentence, after a space, or at a bracket. A capital before
# the stop is an initial ("D.J. Lind"), a small letter behind it an address ("harwick.example").
_TAIL = re.compile(
    r"(?<=[a-zß-ÿ0-9)][.!?])[”\"’]?(?=[^\W\d_a-zß-ÿ])|(?<=[.!?”\"’)]\s)(?=[^\W_])"
    rf"|(?<=\s)(?=(?i:{_CREDIT_WORD})\b)|(?=[(\[])"
)
_GALLERY = re.compile(
    r"(?:photos|images|pictures|videos?|footage)\s?:\s?(?:watch\b|(?:\S+ ){5})", re.IGNORECASE
)
_REPORTERS = re.compile(
    r"\(?(?:(?:additional |further )?reporting|report|written|compiled|edited|editing|words|story"
    r"|text)(?: and \w+)? by:?\s.{3,150}"
    r"|(?:da |la )?(?:redacción|redação|rédaction|redazione|redaktion)"
    r"|.{3,150}\bcontributed to this (?:report|story|article).{0,80}",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?:With|Con|Avec|Agencies:|Source:)\s")
_AND = re.compile(r",? and |,? y |,? et |, | / ")
_SUBMITTED = re.compile(
    rf"(?:authored|written|published|posted) by (?P<by>{DOMAIN}|.{{2,60}}?)"
    r"(?:,? (?:and )?submitted by (?P<poster>\S{1,60}))",
    re.IGNORECASE,
)
_CAPITALISED = r"[^\W\d_a-zß-ÿ][\w.'’-]{0,25}"
_PERSON = (
    rf"{_CAPITALISED}(?:\s(?:(?:de|del|la|van|von|der|al|bin|di|da|dos|du|le)\s){{0,2}}"
    rf"{_CAPITALISED}){{1,3}}"
)
_BYLINE = re.compile(
    r"(?:[Bb]y:?|BY:?|Por|POR|Par|Von|Di|De notre correspondante?,?)\s"
    rf"(?P<who>{_PERSON}(?:(?:,\s{_PERSON}){{0,4}},?\s(?:and|AND|&|y|et|und)\s{_PERSON})?)"
    r"(?P<rest>\s?(?:[,|•·/(–—-]|\bfor\b|\bin\b|\bat\b|\bon\b|\n).{0,120})?"
)
_ROLE = re.compile(
    rf"(?P<who>{_PERSON})(?: and {_PERSON})?\s?[,|–—-]\s?(?:[\w' ]{{0,30}} )?"
    r"(?i:staff writer|staff reporter|correspondent|reporter|editor|contributor|associated press)s?"
    r"(?:\s?[,|].{0,40})?"
)
_HOLDER = re.compile(
    r"(?i:©|\(c\)|copyright)\s{0,2}(?:©|\(c\))?\s{0,2}\d{4}\s{0,2}(?:by\s)?"
    r"(?P<who>(?:The )?[^\W\d_a-zß-ÿ][\w'’&-]{0,20}(?:\s[\w'’&-]{1,20}){0,4}?)"
    r"(?=\s?(?:[.,;(|–—-]|(?i:all rights)|\Z))"
)
_COMPANY = re.compile(
    r"\b(?:inc|llc|ltd|corp|corporation|group|company|media|holdings)\b", re.IGNORECASE
)
_PUBLISHED_LABEL = re.compile(
    r"\b(?:published|posted|publicado|publicada|publié|veröffentlicht|pubblicato|created|issued|"
    r"first aired|date)\b(?: on| at| el| le| am)?\s?:?",
    re.IGNORECASE,
)
_UPDATED_LABEL = re.compile(
    r"\b(?:updated?|modified|edited|revised|actualizado|actualizada|actualización|mis à jour|"
    r"aktualisiert|aggiornato|atualizado|modifié)\b(?: on| at| el| le| am)?\s?:?",
    re.IGNORECASE,
)
_DATE_LETTERS_MAX = 45  # "First published on Wednesday ... last updated on Thursday" has 43


class DateLine(NamedTuple):
    """What a date line says; `start` is where it begins in the line (a title may stand before)."""

    start: int
    published: When | None
    updated: When | None


class Byline(NamedTuple):
    """Who wrote, and the domain a forum says it was taken from."""

    author: str | None
    outlet: str | None


def is_boilerplate(line: str) -> bool:
    """Whether a line belongs to the page and not to the article."""
    if len(line) > _LINE_MAX_CHARS:
        return False
    if _SHAPES.fullmatch(line) or _SHAPES.fullmatch(line.strip("() ")) or _ADDRESS.fullmatch(line):
        return True
    words = line.casefold().replace("’", "'").strip(_EDGE)
    words = " ".join(words.split())
    exact, starting = _phrases()
    if words in exact:
        return True
    first = words.split(" ", 1)[0]
    return any(_matches(pieces, words) for pieces in starting.get(first, ()))


def is_address(line: str) -> bool:
    """Whether a line is a URL or a domain and nothing else."""
    return len(line) <= _LINE_MAX_CHARS and _ADDRESS.fullmatch(line) is not None


def leads_to_links(line: str) -> bool:
    """Whether a line of boilerplate is the heading of a list of other stories."""
    return _LEADS.match(line) is not None


def is_credit(line: str) -> bool:
    """Whether a line names who took the picture or wrote the text, and does nothing else."""
    if len(line) > _LINE_MAX_CHARS:
        return False
    line = line.strip(" .+|•*-")
    bare = line.strip("()[] ")
    if bare in load_words("picture_agencies"):
        return True
    if _REPORTERS.fullmatch(line) or _SUBMITTED.fullmatch(line):
        return True
    if byline(line) is not None:
        return True
    if _GALLERY.match(line) or (line.endswith(".") and len(line.split()) > 12):
        return False
    if _CREDIT_LINE.fullmatch(line) or _CREDIT_OF_AGENCY.fullmatch(bare):
        return True
    if _WITH.match(bare) and all(is_outlet(name) for name in _AND.split(_WITH.sub("", bare))):
        return True
    return _SLASHED.fullmatch(bare) is not None and _names_agency(bare)


def trailing_credit(line: str) -> int | None:
    """Where the credit at the end of a paragraph begins, None if it has none.

    A credit is often glued to the last sentence ("in Harwick.AB/Reuters").
    """
    tail_at = max(0, len(line) - 120)
    tail = line[tail_at:]
    for found in _TAIL.finditer(tail):
        at = found.end()
        rest = tail[at:]
        glued = at > 0 and not tail[at - 1].isspace() and rest[0] not in "(["
        if _is_tail_credit(rest, is_glued=glued, after=tail[:at].rstrip()):
            start = tail_at + at
            return start if start > 0 else None
    return None


def _is_tail_credit(rest: str, *, is_glued: bool, after: str) -> bool:
    if not any(char.isalpha() for char in after):
        return False
    ends_sentence = after.endswith((".", "!", "?", "”", '"', "’", ")"))
    if rest[0] in "([":
        return (
            rest[-1] in ")]."
            and "(" not in rest[1:]
            and (
                _CREDIT_LINE.fullmatch(rest) is not None
                or _CREDIT_OF_AGENCY.fullmatch(rest) is not None
                or _PHOTO_BEHIND.fullmatch(rest) is not None
                or _REPORTERS.fullmatch(rest) is not None
            )
        )
    if not ends_sentence:
        return (
            re.fullmatch(rf"{_CREDIT_WORD}(?: credits?)?:\s?.{{2,60}}", rest, re.IGNORECASE)
            is not None
        )
    bare = rest.rstrip(".")
    if bare in load_words("picture_agencies"):
        return is_glued or bare.isupper() or " " in bare
    if _CREDIT_LINE.fullmatch(rest) and len(rest.split()) <= 10 and ":" in rest[:30]:
        return True
    if re.fullmatch(
        r"(?:photo|image|picture|photograph)s? (?:by|via|courtesy(?: of)?) .{2,60}",
        bare,
        re.IGNORECASE,
    ):
        return True
    slashed = _SLASHED.fullmatch(bare) is not None and len(bare.split()) <= 8
    is_name = all(word[0].isupper() for word in re.findall(r"[^\W\d_]+", bare))
    if slashed and (_names_agency(bare) or is_glued or is_name):
        return True
    return is_glued and re.fullmatch(rf"{_PERSON}", bare) is not None


def is_picture_credit(credit: str) -> bool:
    """Whether a credit is of a picture rather than of a text."""
    return (
        "/" in credit
        or _PHOTO_BEHIND.fullmatch(credit) is not None
        or re.match(rf"[(\[]?{_CREDIT_WORD}\b", credit, re.IGNORECASE) is not None
        or _CREDIT_OF_AGENCY.fullmatch(credit) is not None
        or "getty" in credit.casefold()
    )


def is_of_picture(line: str) -> bool:
    """Whether a line is the credit of a picture, or its number in a gallery."""
    is_number = re.fullmatch(_PICTURE_NUMBER, line, re.IGNORECASE) is not None
    return is_number or (is_credit(line) and is_picture_credit(line))


def named_credit(line: str) -> int | None:
    """Where the credit begins in "Jane Lind. Harwick police", None if it is no such line."""
    found = re.fullmatch(rf"({_PERSON}\.)\s+([^\W\d_a-z][\w'’/ -]{{2,40}})", line)
    if found is None or len(found[2].split()) > 4:
        return None
    return found.start(2)


def byline(line: str) -> Byline | None:
    """The author in a line like "By Jane Lind, Harwick Mail", None if it is no such line."""
    if len(line) > _LINE_MAX_CHARS:
        return None
    submitted = _SUBMITTED.fullmatch(line)
    if submitted is not None:
        by = submitted["by"]
        is_address = re.fullmatch(DOMAIN, by, re.IGNORECASE) is not None
        return Byline(None, by) if is_address else Byline(by, None)
    found = _BYLINE.fullmatch(line)
    if found is None and not line.endswith("."):
        found = _ROLE.fullmatch(line)
    if found is None or line.endswith((".", "!", "?", ",")):
        return None
    who, _, paper = re.sub(r"\s(?:for|For|FOR)\s", "\n", found["who"]).partition("\n")
    if is_outlet(paper):
        return Byline(who.title() if who.isupper() else who, paper)
    if is_outlet(who):
        return Byline(None, who)
    rest = found.groupdict().get("rest")
    outlet = next(
        (name for name in re.split(r"[,|•·/()]+", rest or "") if sounds_like_outlet(name)), None
    )
    return Byline(who.title() if who.isupper() else who, outlet and outlet.strip())


def copyright_holder(line: str) -> str | None:
    """The outlet that holds the copyright by a line like "Copyright 2021 Harwick Mail."."""
    found = None if len(line) > _LINE_MAX_CHARS else _HOLDER.match(line.strip("( "))
    if found is None or _COMPANY.search(found["who"]):
        return None
    return found["who"].strip() or None


def date_line(line: str, *, is_top: bool) -> DateLine | None:
    """The dates of publication and update that a line gives, None if it is no date line.

    A bare date counts above the text only (`is_top`): below, it is somebody's heading.
    """
    if len(line) > _LINE_MAX_CHARS or not any(char.isdigit() for char in line):
        return None
    found = list(stamps(line))
    if not found:
        return None
    first_label = _first_label(line, found)
    letters = sum(c.isalpha() for c in line) - sum(
        c.isalpha() for s in found for c in line[s.start : s.end]
    )
    is_whole = letters <= _DATE_LETTERS_MAX and not re.search(r"[a-z]{3}\.\Z", line)
    if first_label is None:
        bare = is_top and letters <= 25 and is_whole
        return DateLine(0, found[0].when, None) if bare else None
    if not is_whole and ":" not in line[first_label : found[0].start]:
        return None
    published, updated = _labelled(line, found)
    return DateLine(0 if is_whole else first_label, published, updated)


def _first_label(line: str, found: list[Stamp]) -> int | None:
    before = line[: found[0].start]
    starts = [
        match.start()
        for label in (_PUBLISHED_LABEL, _UPDATED_LABEL)
        for match in label.finditer(before)
        # Between the label and its date only a weekday or a clock may stand.
        if len(before) - match.end() <= 25
    ]
    return min(starts, default=None)


def _labelled(line: str, found: list[Stamp]) -> tuple[When | None, When | None]:
    published: When | None = None
    updated: When | None = None
    at = 0
    for stamp in found:
        before = line[at : stamp.start]
        if _UPDATED_LABEL.search(before):
            updated = updated or stamp.when
        elif published is None:
            published = stamp.when
        at = stamp.end
    return published, updated


def _names_agency(credit: str) -> bool:
    known = load_words("picture_agencies")
    return any(piece.strip() in known or is_outlet(piece) for piece in credit.split("/"))


@cache
def _phrases() -> tuple[frozenset[str], dict[str, tuple[tuple[str, ...], ...]]]:
    """Whole lines, and lines by first word as the pieces that must follow one another."""
    exact: list[str] = []
    starting: dict[str, list[tuple[str, ...]]] = {}
    for entry in sorted(load_words("boilerplate")):
        phrase = entry.casefold()
        pieces = tuple(piece.strip() for piece in phrase.split("*"))
        if len(pieces) == 1:
            exact.append(phrase.strip(_EDGE))
        else:
            starting.setdefault(pieces[0].split()[0].strip(_EDGE), []).append(pieces)
    return frozenset(exact), {first: tuple(found) for first, found in starting.items()}


def _matches(pieces: tuple[str, ...], words: str) -> bool:
    if len(words.split()) > _PHRASE_MAX_WORDS or not words.startswith(pieces[0].rstrip(":")):
        return False
    at = len(pieces[0].rstrip(":"))
    if words[at : at + 1].isalnum():
        return False
    for piece in pieces[1:]:
        at = words.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


_PHRASE_MAX_WORDS = 30
