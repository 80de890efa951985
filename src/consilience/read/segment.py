"""Cut text into words and sentences, as UD_English-EWT does, with exact offsets.

Words are the syntactic words of the treebank, each a stretch of the text: "don't" is do|n't,
"John's" is John|'s, "10-year-old" is 10|-|year|-|old. They are ruled.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

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
    al approx assn assoc asst attn atty ave bldg blvd capt cf cmdr co corp dept dist dr drs ed eds
    eg esp esq est et etc ext ft gen gov govt hon hrs hwy ie inc jr lb lbs lt ltd mfg mgr mlle mme
    mr mrs ms msgr mt mts nos oz pl pp prof pt pvt reps rs sgt spc sr sra srta st ste supt tel
    treas univ viz vol vols vs yr yrs
    jan feb apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri
    """.split()
)
# Words of their own when they begin with a small letter.
CAPITAL_ABBREVIATIONS = frozenset(
    """
    adm amb ariz ark arrv bros brig calif col colo comdr conf conn cpl cpt ct dak del dir fla fr ga
    ill ind kan kans ky la lv maj mass md mex mich minn mo mob mont neb nev ofc okla op ore penn pa
    para pfc ph plc pres que rd rep rev sc sen sens spec tenn tex va vt wash wis wyo
    """.split()
)
# Words of their own unless a number follows.
BEFORE_NUMBER = frozenset("no sat sun mar art fig figs sec p ch cap sq eq ex".split())
UNITS = frozenset(
    """
    am pm a.m p.m k K M MM m mm cm km kg g mg lb lbs oz ft in mi mph kmh kph b bn tn mn mln x Hz hz
    KHz kHz MHz GHz KB kb MB mb GB gb TB w kW MW GW kWh MWh ml l p c f hh t sq yd yds yo hr hrs yr
    AM PM A.M P.M
    """.split()
)
SUFFIXES = frozenset("st nd rd th s".split())
PREFIXES = (
    "non anti pre post pro re co ex mid multi semi neo sub un over counter inter intra socio "
    "psycho cross e micro ultra pseudo mega mini bi tri"
).replace(" ", "|")
CLITICS = frozenset("'s 'll 're 've 'd 'm".split())
# Contractions written without an apostrophe.
JOINED = frozenset(
    """
    i|m i|ve he|s you|re you|ll you|ve they|re they|ve that|s what|s there|s here|s else|s
    do|nt wo|nt ca|nt ai|nt ar|nt is|nt did|nt does|nt had|nt has|nt was|nt are|nt were|nt have|nt
    could|nt would|nt should|nt can|not gon|na got|ta wan|na out|ta lem|me gim|me a|lot y|'all
    """.split()
)
JOIN_AT = {joined.replace("|", ""): joined.index("|") for joined in JOINED}
# After these "its" stands for "it's".
AFTER_IT_IS = frozenset(
    """
    a all also always an been called definitely easy getting going great greatly hard horrible
    important just like nothing not now only quite really simple simply so still the too very
    """.split()
)

# A line that ends so is not the end of a sentence.
GOES_ON = frozenset(", and or the a an of in to for with by at from that & -".split())
WRAPPED_WIDTH = (40, 132)  # characters; narrower lines are lists, wider ones whole paragraphs
FULL_LINES_MIN = 0.6
SMALL_LINES_MIN = 0.5  # small first letters for each capital
SMALL_LETTERS_MIN = 0.2  # of the letters; below, the text is in capitals
PARAGRAPH_MARKS = "\f\u2029"

_CHUNK = re.compile(r"\S+")
_BREAK = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_TOP = "com|org|net|edu|gov|mil|info|biz|int|uk|us|ca|au|de|fr|es|mx|ru|eu|nz|br|ar|co|ve"
_FILE = "docx?|xlsx?|pptx?|pdf|txt|jpe?g|gif|png|zip|html?"
_ADDRESS = re.compile(
    rf"""
    (?:https?|ftp)://[^\s<>"“”]+
    | (?<![\w.])www\.[^\s<>"“”]+
    | (?<![\w.+%-])(?:mailto:)?[\w.+%-]+@(?=[^\W\d_]{{2}})[\w-]+(?:\.[\w-]+)*
    | (?<![\w.-])(?:[\w-]+\.)+(?:{_TOP})(?![\w-]|\.\w)(?:/[^\s<>"“”]*)?
    | (?<![\w#.-])[\w#-]+\.(?i:{_FILE})(?!\w)
    | (?<![\w.])(?:[a-z]+\.){{2,}}[a-z]{{2,}}(?![\w.])
    """,
    re.X,
)
_SCAN = re.compile(
    rf"""
    (?P<fixed>
      [+]?\d{{1,4}}-\d{{3}}-\d{{3,4}}(?:-\d{{4}})?(?![\w-]) | \d{{3}}/?-?\d{{3}}-\d{{4}}(?![\w-])
    | \d{{3}}-\d{{4}}(?![\w-]) | \d{{5}}-\d{{4}}(?![\w-])
    | \d{{1,4}}(?P<sep>[-/.])\d{{1,2}}(?P=sep)\d{{1,4}}(?![\w-])
    | (?!1/[2-9](?!\d)|2/[35](?!\d)|3/[458](?!\d)|7/24|24/7)
      (?:1[0-2]|0?[1-9])/(?:[12]\d|3[01]|0?[1-9])(?![\w/]|-\d)
    | [wW]/(?:o|out)(?!\w) | [wW]/(?=\w\w) | (?!c/o)[A-Za-z]/[A-Za-z](?![\w/]|\.\w)
    | \d*0's(?!\w) | '\d\ds?(?!\w)
    | [A-Z]{{1,3}}\$
    | (?:USD|EUR|GBP|MXN|IRR|US|[Rr]s)(?=\d)
    | [A-Za-z]{{1,3}}(?:&[A-Za-z]{{1,2}})+(?!\w)
    | [#@]\w*[^\W\d]\w* | Yahoo!
    | '(?:em|til|till|cause|bout|tis|twas|n|s|ll|re|ve|d|m)(?!\w)
    | (?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?!\w))?
    | [^\W\d_]\.[^\W\d_](?![\w.])
    | Ph\.D\.? | \.(?i:{_FILE})(?!\w)
    | (?<![\w)])(?:[:;=]['-]?[)(DPpO*|]+|:-?/(?!/)|<3)(?!\w) | \(:(?!\S) | \^_*\^
    | [\U0001f1e6-\U0001f1ff]{{2}}
    | -{{1,4}}> | ={{1,4}}> | <-{{1,4}} | [A-Za-z]+\*+[A-Za-z]+ | (?<!\.)[.,:]\?+(?!\w) | x?\d-\d{{4}}(?![\w-])
    )
  | (?P<number>(?<![\w.])\.\d+|[+]?\d+(?:,\d{{3}}(?!\d)|[.:]\d+)*)
  | (?P<prefixed>(?<!-)(?:{PREFIXES}|{PREFIXES.title()}|{PREFIXES.upper()})-(?=\w\w)(?!\w+-))?
    (?P<word>[^\W_](?:(?:\w|'(?=[^\W\d_]))*[^\W_])?)
  | (?P<mark>\.+|[?!]+|…+|(?P<same>[^\w\s()\[\]{{}}"“”])(?P=same)*|_+
      |(?P<many>[()\[\]{{}}"“”])(?P=many){{3,}}|.)
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
        if low in JOIN_AT:
            return [JOIN_AT[low]]
    return cuts[::-1]


def _plain_tokens(text: str, base: int, out: list[tuple[int, int]]) -> None:
    """Cut a stretch without white space and without addresses."""
    at, size = 0, len(text)
    while at < size:
        match = _SCAN.match(text, at)
        assert match is not None  # the last alternative takes any character
        end = match.end()
        if match["number"] is not None:
            letters = _LETTERS.match(text, end)
            if letters is not None:
                unit = letters.group()
                money = at > 0 and text[at - 1] in "$£€"
                coded = text[letters.end() : letters.end() + 1].isdigit() and unit != "x"
                if unit.lower() in SUFFIXES or not (
                    money or unit in UNITS or (len(unit) > 2 and not coded)
                ):
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
                low = word.lower()
                if (
                    low in ABBREVIATIONS
                    or (len(word) == 1 and word.isupper())
                    or (word[0].isupper() and low in CAPITAL_ABBREVIATIONS)
                ):
                    end += 1
            out.append((base + start, base + end))
        else:
            out.append((base + at, base + end))
        at = end


def _tokens_in(chunk: str) -> tuple[tuple[int, int], ...]:
    """Cut a stretch without white space; offsets count from its first character."""
    if chunk.isascii():
        text = chunk.replace("`", "'") if "`" in chunk else chunk
        if text.isalpha() and text.lower() not in JOIN_AT:
            return ((0, len(text)),)
    else:
        text = _shadow(chunk)
    out: list[tuple[int, int]] = []
    at = 0
    if "." in text or "@" in text or "://" in text:
        for match in _ADDRESS.finditer(text):
            end = match.start() + len(match.group().rstrip(".,;:!?'\"…*"))
            if text[end - 1 : end] in (")", "]") and not ("(" in match.group() or "[" in match.group()):
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
    unsure = ""  # how the last chunk may have to be cut once the next is known
    for match in _CHUNK.finditer(text, start, end):
        chunk = match.group()
        base = match.start()
        within = _cached_tokens_in(chunk) if len(chunk) <= CACHED_CHUNK_MAX else _tokens_in(chunk)
        if unsure == "its" and chunk.lower() in AFTER_IT_IS:
            at = tokens[-1][1]
            tokens[-1:] = [(at - 3, at - 1), (at - 1, at)]
        elif unsure == "." and chunk[0].isdigit() and len(tokens) > 1:
            before, last = tokens[-2:]
            if before[1] == last[0] and text[slice(*before)].lower() in BEFORE_NUMBER:
                tokens[-2:] = [(before[0], last[1])]
        unsure = "." if chunk[-1] == "." else "its" if chunk in ("its", "Its", "ITS") else ""
        if len(within) == 1:
            tokens.append((base, match.end()))
        else:
            tokens.extend((base + a, base + b) for a, b in within)
    return tokens


@dataclass(frozen=True, slots=True)
class _View:
    """The words of a text as the judgement on sentence ends sees them; lists run over words."""

    low: list[str]  # small letters, digits as 0, cut at 12
    shape: list[str]
    gap: list[int]  # after the word: GLUED, SPACED, LINE within a sentence, or ENDS
    to_end: list[int]  # words up to the end of the paragraph
    to_stop: list[int]  # words up to the next one of .?!
    case: list[str]  # of the paragraph: all small letters, ALL CAPITALS, or Both


GLUED, SPACED, LINE, ENDS = 0, 1, 2, 3
NEAR = 4  # how far we look past quotation marks and brackets
_STOPS = frozenset(". ! ? ... …".split())
_CLOSING = frozenset(") ] } \" ' ” ’ » '' *".split())
_OPENING = frozenset("( [ { \" ' “ ‘ « `` ` ¿ ¡ * - • -- – —".split())
_BUCKETS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 10, 10, 12, 12, 12, 15, 15, 15, 15, 15, 20) + (20,) * 9
_DIGITS = str.maketrans("123456789", "000000000")


def _bucket(count: int) -> int:
    """Coarsen a count of words."""
    return _BUCKETS[count] if count < 30 else 30 if count < 50 else 50 if count < 100 else 100


@lru_cache(maxsize=1 << 16)
def _low_and_shape(word: str) -> tuple[str, str]:
    """Give the forms of a word that the features use."""
    low = word[:12].lower().translate(_DIGITS)
    first = word[0]
    if first.isalpha():
        dotted = "." if word[-1] == "." else ""
        if len(word.rstrip(".")) == 1:
            return low, ("X" if first.isupper() else "x1") + dotted
        if first.isupper():
            return low, ("XX" if word.isupper() else "Xx") + dotted
        return low, ("xX" if word[1:].lower() != word[1:] else "x") + dotted
    if first.isdigit():
        return low, "d" if word.isdigit() else "d."
    if first in ".…" and len(word) > 1 and not word.strip(".…"):
        return "...", "..."
    if first in "?!":
        return first, first
    if first in "“”" or word in ("''", "``"):
        return '"', '"'
    if first in "‘’":
        return "'", "'"
    if first in "-–—":
        return low, "-" if len(word) == 1 else "--"
    if first in "=_*~#+<>|" and len(word) > 2:
        return first * 3, "==="
    return low, low if len(low) == 1 else "#"


def _spacing(text: str, tokens: list[tuple[int, int]]) -> list[int]:
    """Say for each word what follows it. The end of the text ends a sentence."""
    gaps = []
    lines: list[tuple[int, int]] = []  # (word before a single line break, length of its line)
    line_start = tokens[0][0]
    for at, ((_, end), (start, _)) in enumerate(zip(tokens, tokens[1:])):
        if start == end:
            gaps.append(GLUED)
        elif start - end == 1 and text[end] == " ":
            gaps.append(SPACED)
        else:
            breaks = _BREAK.findall(text, end, start)
            if not breaks:
                gaps.append(SPACED)
            else:
                if len(breaks) == 1 and breaks[0] not in PARAGRAPH_MARKS:
                    lines.append((at, end - line_start))
                gaps.append(ENDS)
                line_start = start
    gaps.append(ENDS)
    for at in _joined_lines(text, tokens, lines):
        gaps[at] = LINE
    return gaps


def _joined_lines(
    text: str, tokens: list[tuple[int, int]], lines: list[tuple[int, int]]
) -> Iterator[int]:
    """Find the single line breaks that do not end a sentence by themselves.

    Text is taken for wrapped when most lines are so long that the next word would not have
    fitted, and enough lines begin with a small letter, which headlines and lists do not.
    """
    if not lines:
        return
    width = sorted(length for _, length in lines)[len(lines) * 9 // 10]
    full, small, capital = [], 0, 0
    for at, length in lines:
        start = tokens[at + 1][0]
        word = _CHUNK.match(text, start, start + 80)
        full.append(length + 1 + (len(word.group()) if word else 0) > width)
        letter = next((c for c in text[start : start + 8] if c.isalpha()), "")
        small += letter.islower()
        capital += letter.isupper()
    sample = text[tokens[0][0] : tokens[0][0] + 2000]
    mixed = sum(map(str.islower, sample)) > SMALL_LETTERS_MIN * sum(map(str.isalpha, sample))
    wrapped = (
        WRAPPED_WIDTH[0] <= width <= WRAPPED_WIDTH[1]
        and sum(full) > len(lines) * FULL_LINES_MIN
        and (small > capital * SMALL_LINES_MIN or not mixed)
    )
    for (at, _), is_full in zip(lines, full, strict=True):
        before, start = text[slice(*tokens[at])], tokens[at + 1][0]
        letter = next((c for c in text[start : start + 3] if c.isalnum()), "")
        if (wrapped and is_full) or letter.islower() or before.lower() in GOES_ON:
            yield at


def _view(text: str, tokens: list[tuple[int, int]]) -> _View:
    """Prepare the words for judging."""
    forms = [_low_and_shape(text[start:end]) for start, end in tokens]
    shape = [form[1] for form in forms]
    gap = _spacing(text, tokens)
    to_end, to_stop, case = [0] * len(tokens), [0] * len(tokens), [""] * len(tokens)
    end = stop = 0
    for at in range(len(tokens) - 1, -1, -1):
        end = 0 if gap[at] == ENDS else end + 1
        stop = 0 if shape[at] in _STOPS else stop + 1
        to_end[at], to_stop[at] = end, min(stop, end)
    first = 0
    for at, following in enumerate(gap):
        if following == ENDS:
            shapes = {kind[0] for kind in shape[first : at + 1] if kind not in ("X", "X.")}
            here = ("B" if "X" in shapes else "s") if "x" in shapes else "C"
            case[first : at + 1] = [here] * (at + 1 - first)
            first = at + 1
    return _View([form[0] for form in forms], shape, gap, to_end, to_stop, case)


def _is_open_question(view: _View, at: int) -> bool:
    """Say whether a sentence might end after a word; elsewhere none does."""
    here, after = view.shape[at], view.shape[at + 1]
    if view.gap[at] == GLUED:
        if after in _CLOSING and (view.gap[at + 1] != GLUED or view.low[at + 1] in "”’»)]"):
            return False
        if here in _CLOSING:
            here = next((s for s in view.shape[max(at - NEAR, 0) : at][::-1] if s not in _CLOSING), "")
        return here in _STOPS and after not in _STOPS
    if here[-1] == "." and here[0] in "Xx":
        if after in ("x", "xX", "x1") and view.case[at] == "B":
            return False
        word = view.low[at]
        if word in _TITLES or (word in _HALF_DAYS and view.low[at + 1] in _AFTER_TIME):
            return False
        if word in _MODIFIERS and after in ("Xx", "XX") and view.low[at + 1] not in _STARTERS:
            return False
    return not (after in ("x", "xX", ",", ".") and here in ("x", "Xx", ",", "d", "xX", "-", "("))


def _features(view: _View, at: int, first: int, quoted: bool, depth: int) -> list[str]:
    """Describe the place after a word, in a sentence that began at `first`."""
    low, shape = view.low, view.shape
    size = len(low)
    p0, n0 = low[at], low[at + 1]
    s0, t0 = shape[at], shape[at + 1]
    p1, s1 = (low[at - 1], shape[at - 1]) if at > first else ("^", "^")
    s2 = shape[at - 2] if at - 1 > first else "^"
    ends = view.gap[at + 1] == ENDS
    n1, t1 = (low[at + 2], shape[at + 2]) if not ends else ("$", "$")
    t2 = shape[at + 3] if not ends and at + 3 < size and view.gap[at + 2] != ENDS else "$"
    g = min(view.gap[at], SPACED)
    back = at
    while back > max(first, at - NEAR) and shape[back] in _CLOSING:
        back -= 1
    ahead = at + 1
    while ahead < at + NEAR and shape[ahead] in _OPENING and view.gap[ahead] != ENDS:
        ahead += 1
    e0, f0, v0 = shape[back], shape[ahead], low[ahead]
    long = _bucket(at + 1 - first)
    left = _bucket(view.to_end[at + 1])
    stop = _bucket(view.to_stop[at + 1])
    same = (low[first] == n0) + (shape[first] == t0)
    q = f"{'q' if quoted else ''}{'b' if depth > 0 else ''}"
    st = f"{s0} {t0}"
    case = view.case[at]
    return [
        f"a{g}{st}",
        f"b{p0}",
        f"c{n0}",
        f"d{p0} {t0}",
        f"e{s0} {n0}",
        f"f{p1} {p0}",
        f"g{n0} {n1}",
        f"h{s1} {st}",
        f"i{st} {t1}",
        f"j{s1} {st} {t1}",
        f"m{g}{e0} {f0}",
        f"n{e0} {v0}",
        f"o{low[back - 1] if back > first else '^'} {e0} {f0}",
        f"p{long} {s0}",
        f"q{long} {st}",
        f"r{left} {st}",
        f"s{stop} {st}",
        f"u{same} {st}",
        f"v{q} {st}",
        f"w{q} {e0} {s0}",
        f"x{low[first]} {s0}",
        f"y{shape[first]} {long} {st}",
        f"z{stop} {long} {s0}",
        f"A{s1} {s0} {n0}",
        f"B{p0} {n0}",
        f"C{p1} {s0} {t0}",
        f"E{case} {st}",
        f"F{case} {p0} {t0}",
        f"G{case} {e0} {f0} {s1}",
    ]


_TITLES = frozenset(
    """
    adm. brig. capt. cmdr. col. cpl. dr. fr. ft. gen. gov. hon. lt. maj. mr. mrs. ms. msgr. mt. prof. rep.
    reps. rev. sen. sens. sgt. sr. sra. srta. ste. supt. v. vs. e.g. i.e. cf.
    """.split()
)
# "U.S. Senator" is far more frequent than a sentence that ends in "the U.S."
_MODIFIERS = frozenset("u.s. u.k. u.n. e.u. d.c. l.a. u.s.a.".split())
_STARTERS = frozenset(
    """
    a according after all also although an and another as at authorities because before both but by
    during each earlier even every few for from he her his how however i if in it its last later
    many meanwhile most mr. mr ms. mrs. my no nobody none not now of officials on once one only
    other our police she since so some still such that the their then there these they this those
    though to two under until we what when where which while who why with yes yet you your
    """.split()
)
_HALF_DAYS = frozenset("a.m. p.m.".split())
_AFTER_TIME = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december jan. feb. mar. apr. jun. jul. aug. sep. sept.
    oct. nov. dec. mon. tue. tues. wed. thu. thur. thurs. fri. sat. sun. et est edt ct cst cdt mt
    mst mdt pt pst pdt gmt utc bst eastern pacific central
    """.split()
)
_CONJUNCTIONS = frozenset("and but or while when because although which who".split())


def _sentence_ends(view: _View, judge: Callable[[int, list[str]], bool]) -> list[int]:
    """List the words after which a sentence ends, asking `judge` about each open question."""
    ends: list[int] = []
    first, quoted, depth = 0, False, 0
    for at, mark in enumerate(view.shape):
        if mark == '"':
            quoted = not quoted
        elif mark in "([":
            depth += 1
        elif mark in ")]":
            depth -= 1
        if view.gap[at] == ENDS or (
            _is_open_question(view, at) and judge(at, _features(view, at, first, quoted, depth))
        ):
            ends += _cuts(view, first, at)
            ends.append(at)
            first, quoted, depth = at + 1, False, 0
    return ends


def _cuts(view: _View, first: int, last: int) -> Iterator[int]:
    """Cut a sentence that is too long, each time in the second half of what may stand."""

    def loss(at: int) -> int:
        if view.gap[at] != SPACED:
            return 0 if view.gap[at] == LINE else 9
        joins = view.low[at + 1] in _CONJUNCTIONS
        return {";": 1, ".": 1, ":": 2, "--": 3, ",": 4}.get(view.shape[at], 6) - joins

    while last + 1 - first > MAX_TOKENS:
        best = min(range(first + MAX_TOKENS - 1, first + MAX_TOKENS // 2, -1), key=loss)
        yield best
        first = best + 1


BIAS = "bias"


@lru_cache(maxsize=1)
def _weights() -> dict[str, int]:
    """Load what `training/segment.py` learned."""
    content = files("consilience.read").joinpath("segment_weights.json").read_text("utf-8")
    learned = json.loads(content)
    weights: dict[str, int] = learned["weights"]
    weights[BIAS] = -learned["threshold"]
    return weights


def segment(text: str, start: int = 0, end: int | None = None) -> list[Segment]:
    """Cut a stretch of text into sentences and words.

    A blank line always ends a sentence. No sentence is longer than `MAX_TOKENS`.

    >>> text = "Mr. Lind resigned. He didn't say why."
    >>> [text[found.start:found.end] for found in segment(text)]
    ['Mr. Lind resigned.', "He didn't say why."]
    """
    tokens = find_tokens(text, start, len(text) if end is None else end)
    if not tokens:
        return []
    weight = _weights().get
    bias = weight(BIAS, 0)
    view = _view(text, tokens)

    def ends_here(at: int, features: list[str]) -> bool:
        return bias + sum([weight(feature, 0) for feature in features]) > 0

    segments: list[Segment] = []
    first = 0
    for at in _sentence_ends(view, ends_here):
        piece = tokens[first : at + 1]
        last = piece[-1]
        word = text[slice(*last)]
        if word[-1] == "." and len(word) > 1 and word[0].isalpha() and len(piece) > 1:
            piece[-1:] = [(last[0], last[1] - 1), (last[1] - 1, last[1])]
        segments.append(Segment(piece[0][0], piece[-1][1], tuple(piece)))
        first = at + 1
    return segments
