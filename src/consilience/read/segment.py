"""Cut text into words and sentences, as UD_English-EWT does, with exact offsets.

Words are the syntactic words of the treebank, each a stretch of the text: "don't" is do|n't,
"John's" is John|'s, "10-year-old" is 10|-|year|-|old. They are ruled.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MAX_TOKENS = 250  # no sentence of the treebanks we read is longer; the encoder's window is near it
CACHED_CHUNK_MAX = 40  # longer stretches without white space do not come twice


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: where it stands in the text, without the white space around it, and its words.

    Offsets count code points and are half-open. The words are in order, do not overlap and hold
    every character of the sentence that is not white space.
    """

    start: int
    end: int
    tokens: tuple[tuple[int, int], ...]


# Written with their period wherever they stand, unless a sentence ends there.
ABBREVIATIONS = frozenset(
    """
    adm amb assn assoc asst attn atty ave bldg blvd bros brig capt cf cmdr co col comdr conf
    corp cpl cpt ct dept dir dist dr drs ed eds eg esp esq est et etc ext fr ft gen gov govt hon
    hrs hwy ie inc jr lt ltd maj mfg mgr mlle mme mob mr mrs ms msgr mt mts nos ofc op
    orig para pfc ph plc pl pp pres prof pt pvt rd rep reps rev rs sen sens sgt spc spec sr sra
    srta st ste sta supt tel treas univ viz vol vols vs yr yrs
    jan feb apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri
    ala ariz ark calif colo conn dak fla ga ill ind kan kans ky md mich minn miss mo mont neb nev
    okla ore penn pa tenn tex va vt wash wis wyo approx arrv cent lv min max dep
    """.split()
)
# Words of their own; abbreviations only before a number.
BEFORE_NUMBER = frozenset("no sat sun mar art fig figs sec p ch cap sq eq ex".split())
UNITS = frozenset(
    """
    am pm a.m p.m k m mm cm km kg g mg lb lbs oz ft in mi mph kmh kph b bn tn mn mln bln x hz khz
    mhz ghz kb mb gb tb w kw mw gw kwh mwh ml l p c f hh t sq yd yds yo hr hrs min mins sec secs
    yr yrs
    """.split()
)
SUFFIXES = frozenset("st nd rd th s".split())
PREFIXES = (
    "non anti pre post pro re co ex mid multi semi neo sub un over counter inter intra socio "
    "psycho cross e micro ultra pseudo quasi mega bi tri"
).replace(" ", "|")
CLITICS = frozenset("'s 'll 're 've 'd 'm".split())
# Contractions without an apostrophe: where the second word begins.
JOINED = {
    word: at
    for at, words in {
        1: "im ive ill'l",
        2: "dont wont cant aint hes gonna gotta wanna didnt",
        3: "cannot",
    }.items()
    for word in words.split()
}
JOINED = {
    **dict.fromkeys("im ive".split(), 1),
    **dict.fromkeys("dont wont cant aint arnt hes".split(), 2),
    **dict.fromkeys(
        "gonna gotta wanna cannot didnt isnt lemme gimme youre youve youll hadnt hasnt".split(), 3
    ),
    **dict.fromkeys("thats whats doesnt couldnt".split(), 4),
}
for _word in "didnt isnt hadnt hasnt wasnt arent werent havent doesnt couldnt wouldnt shouldnt".split():
    JOINED[_word] = len(_word) - 2
for _word in "youre theyre youve theyve".split():
    JOINED[_word] = len(_word) - 2
for _word in "thats whats theres heres elses".split():
    JOINED[_word] = len(_word) - 1

_CHUNK = re.compile(r"\S+")
_TOP = "com|org|net|edu|gov|mil|info|biz|int|co|uk|us|ca|au|de|fr|es|mx|ru|eu|tv|io|me|in|ie|nz"
_ADDRESS = re.compile(
    rf"""
    (?:https?|ftp)://[^\s<>"“”]+
    | (?<![\w.])www\.[^\s<>"“”]+
    | (?<![\w.+%-])(?:mailto:)?[\w.+%-]+@[\w-]+(?:\.[\w-]+)+
    | (?<![\w.-])(?:[\w-]+\.)+(?:{_TOP})(?![\w-]|\.\w)(?:/[^\s<>"“”]*)?
    | (?<![\w#.-])[\w#-]+\.(?:docx?|xlsx?|pptx?|pdf|txt|jpe?g|gif|png|zip|html?)(?!\w)
    """,
    re.X | re.I,
)
_SCAN = re.compile(
    rf"""
    (?P<fixed>
      [+]?\d{{1,4}}-\d{{3}}-\d{{3,4}}(?:-\d{{4}})?(?![\w-]) | \d{{3}}-\d{{4}}(?![\w-])
    | \d{{5}}-\d{{4}}(?![\w-])
    | \d{{1,4}}(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,4}}(?![\w-])
    | (?!1/[2-9](?!\d)|2/[35](?!\d)|3/[458](?!\d))
      (?:1[0-2]|0?[1-9])/(?:[12]\d|3[01]|0?[1-9])(?![\w/-])
    | [wW]/(?:o|out)(?!\w)
    | \d*0's(?!\w)
    | [A-Z]{{1,3}}\$
    | (?:USD|EUR|GBP|MXN|US|[Rr]s)(?=\d)
    | [A-Za-z]{{1,3}}(?:&[A-Za-z]{{1,2}})+(?!\w)
    | [#@]\w*[^\W\d]\w*
    | '(?:em|til|till|cause|bout|tis|twas|n|s|ll|re|ve|d|m)(?!\w)
    | (?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!\w))?
    | [^\W\d_]\.[^\W\d_](?![\w.])
    | Ph\.D\.?
    | (?<![\w)])(?:[:;=]['-]?[)(DPpO*|]+|:-?/(?!/)|<3)(?!\w)
    | \^_*\^
    )
  | (?P<number>(?<![\w.])\.\d+|[+]?\d+(?:[.,:]\d+)*)
  | (?P<prefixed>(?:{PREFIXES}|{PREFIXES.title()}|{PREFIXES.upper()})-(?=[^\W\d_]{{2}}))?
    (?P<word>[^\W_](?:[\w']*[^\W_])?)
  | (?P<mark>[.?!…]+|(?P<same>[^\w\s()\[\]{{}}"“”])(?P=same)*|_+|.)
    """,
    re.X | re.S,
)
_ALNUM = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:\.m(?=\.))?")


def _shadow(chunk: str) -> str:
    """Rewrite a chunk, character for character, so that the patterns see plain forms.

    Marks and invisible characters belong to the word they stand in, hence become a letter.
    """
    plain = []
    for character in chunk:
        category = unicodedata.category(character)
        if category[0] == "M" or category == "Cf":
            plain.append("a")
        elif character in "’‘ʼ`´＇":
            plain.append("'")
        elif character in "‐‑":
            plain.append("-")
        else:
            plain.append(character)
    return "".join(plain)


def _clitics(word: str) -> list[int]:
    """Find where the words inside "shouldn't've" begin, the first left out."""
    cuts: list[int] = []
    end = len(word)
    while True:
        low = word[:end].lower()
        if low.endswith("n't") and end > 3:
            at = end - 3
        elif (at := low.rfind("'", max(0, end - 3))) <= 0 or low[at:] not in CLITICS:
            break
        cuts.append(at)
        end = at
        if len(cuts) == 3:
            break
    if not cuts:
        low = word.lower()
        if low in JOINED:
            return [JOINED[low]]
        if low == "y'all":
            return [2]
    return cuts[::-1]


def _plain_tokens(text: str, base: int, out: list[tuple[int, int]]) -> None:
    """Cut a stretch without white space and without addresses."""
    at, size = 0, len(text)
    while at < size:
        match = _SCAN.match(text, at)
        assert match is not None  # the last alternative takes any character
        end = match.end()
        kind = match.lastgroup
        if match["number"] is not None:
            letters = _LETTERS.match(text, end)
            if letters is not None:
                unit = letters.group().lower()
                money = at > 0 and text[at - 1] in "$£€"
                more = text[letters.end() : letters.end() + 1]
                if unit in SUFFIXES or not (
                    money or unit in UNITS or len(unit) > 2 or more.isdigit()
                ):
                    run = _ALNUM.match(text, end)
                    assert run is not None
                    end = run.end()
                elif more.isdigit() and unit not in ("x", "by"):
                    run = _ALNUM.match(text, end)
                    assert run is not None
                    end = run.end()
            out.append((base + at, base + end))
        elif match["word"] is not None:
            word = match["word"]
            start = at
            for cut in _clitics(word) if match["prefixed"] is None else []:
                cut += end - len(word)
                out.append((base + start, base + cut))
                start = cut
            if text[end : end + 1] == "." and text[end + 1 : end + 2] != ".":
                if word.lower() in ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
                    end += 1
            out.append((base + start, base + end))
        else:
            out.append((base + at, base + end))
        at = end
        del kind


def _tokens_in(chunk: str) -> tuple[tuple[int, int], ...]:
    """Cut a stretch without white space; offsets count from its first character."""
    if chunk.isascii():
        text = chunk.replace("`", "'") if "`" in chunk else chunk
        if text.isalpha() and text.lower() not in JOINED:
            return ((0, len(text)),)
    else:
        text = _shadow(chunk)
    out: list[tuple[int, int]] = []
    at = 0
    if "." in text or "@" in text or "://" in text:
        for match in _ADDRESS.finditer(text):
            end = match.start() + len(match.group().rstrip(".,;:!?'\"…*"))
            if text[end - 1 : end] == ")" and "(" not in match.group():
                end = match.start() + len(match.group().rstrip(".,;:!?'\"…*)]}"))
            if end <= match.start():
                continue
            _plain_tokens(text[at : match.start()], at, out)
            out.append((match.start(), end))
            at = end
    _plain_tokens(text[at:], at, out)
    if text is not chunk and not chunk.isascii():
        out = _with_marks(chunk, out)
    return tuple(out)


def _with_marks(chunk: str, tokens: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a token that begins with a combining or invisible character to the one before."""
    whole: list[tuple[int, int]] = []
    for start, end in tokens:
        category = unicodedata.category(chunk[start])
        if whole and (
            category[0] == "M"
            or category == "Cf"
            or chunk[start - 1] == "\u200d"
            or "\U0001f3fb" <= chunk[start] <= "\U0001f3ff"
        ):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole


_cached_tokens_in = lru_cache(maxsize=1 << 16)(_tokens_in)


def find_tokens(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the words of a stretch of text, in order."""
    tokens: list[tuple[int, int]] = []
    for match in _CHUNK.finditer(text, start, end):
        chunk = match.group()
        base = match.start()
        within = _cached_tokens_in(chunk) if len(chunk) <= CACHED_CHUNK_MAX else _tokens_in(chunk)
        if chunk[0].isdigit() and len(tokens) > 1 and text[tokens[-1][0]] == ".":
            before = tokens[-2]
            if before[1] == tokens[-1][0] and text[slice(*before)].lower() in BEFORE_NUMBER:
                tokens[-2:] = [(before[0], tokens[-1][1])]
        if len(within) == 1:
            tokens.append((base, match.end()))
        else:
            tokens.extend((base + a, base + b) for a, b in within)
    return tokens


_FINAL = re.compile(r"[.?!…]+")
_OPENING = frozenset("([{\"“‘'«¿¡*-•")
_CLOSING = frozenset(")]}\"”’'»*")
TITLES = frozenset(
    """adm amb asst atty brig capt cmdr col cpl dr fr gen gov hon lt maj mr mrs ms msgr mt pres prof
    rep reps rev sen sens sgt spc st ste supt vs no nos fig vol jan feb mar apr jun jul aug sep
    sept oct nov dec e.g i.e eg ie cf""".split()
)


def _ends_after(text: str, tokens: list[tuple[int, int]], at: int) -> bool:
    """Judge whether a sentence ends after a token; white space within a paragraph follows."""
    last = at
    while last > 0 and text[tokens[last][0]] in _CLOSING and tokens[last - 1][1] == tokens[last][0]:
        last -= 1
    word = text[slice(*tokens[last])]
    glued = tokens[at][1] == tokens[at + 1][0]
    next_token = tokens[at + 1]
    if text[next_token[0]] in _CLOSING and glued:
        return False
    first = at + 1
    while first + 1 < len(tokens) and text[tokens[first][0]] in _OPENING:
        first += 1
    lead = text[tokens[first][0]]
    if _FINAL.fullmatch(word):
        if glued:
            return word == "." and last == at and lead.isupper() and text[tokens[at][0] - 1].islower()
        if lead.islower():
            return word[0] not in ".…" and last == at and len(word) == 1
        return True
    if word.endswith(".") and not glued and lead.isupper():
        low = word[:-1].lower()
        return not (low in TITLES or len(low) == 1)
    return False


def _line_breaks(text: str, tokens: list[tuple[int, int]]) -> list[int]:
    """Give for each token what follows it: 0 nothing or a space, 1 a line break, 2 a blank line."""
    breaks = []
    for (_, end), (start, _) in zip(tokens, tokens[1:]):
        breaks.append(min(text.count("\n", end, start), 2) if start - end > 0 else 0)
    return breaks


def segment(text: str, start: int = 0, end: int | None = None) -> list[Segment]:
    """Cut a stretch of text into sentences and words.

    A blank line always ends a sentence. No sentence is longer than `MAX_TOKENS`.

    >>> [text for text in ["ok"] if segment(text)]
    ['ok']
    """
    tokens = find_tokens(text, start, len(text) if end is None else end)
    if not tokens:
        return []
    breaks = _line_breaks(text, tokens)
    segments: list[Segment] = []
    first = 0
    for at in range(len(tokens)):
        if at + 1 == len(tokens):
            ends = True
        elif breaks[at]:
            lead = text[tokens[at + 1][0]]
            ends = breaks[at] == 2 or not lead.islower()
        else:
            ends = _ends_after(text, tokens, at) or at + 1 - first >= MAX_TOKENS
        if ends:
            piece = tokens[first : at + 1]
            last = piece[-1]
            word = text[slice(*last)]
            if word[-1] == "." and len(word) > 1 and word[0].isalpha() and len(piece) > 1:
                piece[-1:] = [(last[0], last[1] - 1), (last[1] - 1, last[1])]
            segments.append(Segment(piece[0][0], piece[-1][1], tuple(piece)))
            first = at + 1
    return segments
