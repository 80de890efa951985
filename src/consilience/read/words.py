"""Cut text into words as UD_English-EWT does, by rule, with exact offsets.

A word is a syntactic word of the treebank and a stretch of the text: "don't" is do|n't, "John's"
is John|'s, "10-year-old" is 10|-|year|-|old, "$3million" is $|3|million. Every pattern runs in
linear time: no repetition stands inside another, and none is tried again from its own middle.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CACHED_CHUNK_MAX = 40  # longer stretches without white space do not come twice

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

_CHUNK = re.compile(r"\S+")
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
    | -{{1,4}}> | ={{1,4}}> | <-{{1,4}} | [A-Za-z]+\*+[A-Za-z]+
    | (?<!\.)[.,:]\?+(?!\w) | x?\d-\d{{4}}(?![\w-])
    )
  | (?P<number>(?<![\w.])\.\d+|[+]?\d+(?:,\d{{3}}(?!\d)|[.:]\d+)*)
  | (?P<prefixed>(?<!-)(?:{PREFIXES}|{PREFIXES.title()}|{PREFIXES.upper()})-(?=\w\w)(?!\w+-))?
    (?P<word>[^\W_]\w*(?:'(?=[^\W\d_])\w+)*(?<!_))
  | (?P<mark>\.+|[?!]+|…+|(?P<same>[^\w\s()\[\]{{}}"“”])(?P=same)*|_+
      |(?P<many>[()\[\]{{}}"“”])(?P=many){{3,}}|.)
    """,
    re.X | re.S,
)
_TAIL = ".,;:!?'\"…*"  # not the end of an address
_ALNUM = re.compile(r"[^\W_]+")
# A unit; in "3a.m." the last full stop is left to the sentence.
_UNIT = re.compile(r"[^\W\d_]+(?:\.m(?=\.))?")


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
    for _ in range(3):
        low = word[:end].lower()
        if low.endswith("n't") and end > 3:
            end -= 3
        elif (at := low.rfind("'", max(0, end - 3))) > 0 and low[at:] in CLITICS:
            end = at
        else:
            break
        cuts.append(end)
    if not cuts and len(word) < 9 and word.lower() in JOIN_AT:
        cuts = [JOIN_AT[word.lower()]]
    return cuts[::-1]


def _end_of_number(text: str, start: int, end: int) -> int:
    """Say where a number ends: before a unit ("3|pm", "$3|million"), after "th" or a code."""
    unit = _UNIT.match(text, end)
    if unit is None:
        return end
    letters = unit.group()
    coded = text[unit.end() : unit.end() + 1].isdigit() and letters != "x"
    money = start > 0 and text[start - 1] in "$£€"
    apart = money or letters in UNITS or (len(letters) > 2 and not coded)
    if apart and letters.lower() not in SUFFIXES:
        return end
    run = _ALNUM.match(text, end)
    assert run is not None  # a letter stands there
    return run.end()


def _is_abbreviation(word: str) -> bool:
    """Say whether the full stop after a word belongs to it."""
    low = word.lower()
    return (
        low in ABBREVIATIONS
        or (len(word) == 1 and word.isupper())
        or (word[0].isupper() and low in CAPITAL_ABBREVIATIONS)
    )


def _cut_plain(text: str, base: int, out: list[tuple[int, int]]) -> None:
    """Cut a stretch without white space and without addresses."""
    at, size = 0, len(text)
    while at < size:
        match = _SCAN.match(text, at)
        assert match is not None  # the last alternative takes any character
        end = match.end()
        if match["number"] is not None:
            end = _end_of_number(text, at, end)
            out.append((base + at, base + end))
        elif match["word"] is not None:
            word = match["word"]
            start = at
            for cut in _clitics(word) if match["prefixed"] is None else []:
                cut += end - len(word)
                out.append((base + start, base + cut))
                start = cut
            if text[end : end + 1] == "." and text[end + 1 : end + 2] != ".":
                end += _is_abbreviation(word)
            out.append((base + start, base + end))
        else:
            out.append((base + at, base + end))
        at = end


def _cut(chunk: str) -> tuple[tuple[int, int], ...]:
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
            address = match.group()
            bracketed = "(" in address or "[" in address
            end = match.start() + len(address.rstrip(_TAIL if bracketed else _TAIL + ")]}"))
            if end <= match.start():
                continue
            _cut_plain(text[at : match.start()], at, out)
            out.append((match.start(), end))
            at = end
    _cut_plain(text[at:], at, out)
    return tuple(out if chunk.isascii() else _with_marks(chunk, out))


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


_cached_cut = lru_cache(maxsize=1 << 16)(_cut)


def find_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the words of a stretch of text, in order.

    They do not overlap, hold no white space, and leave out nothing else. No word begins with a
    combining or invisible character unless white space stands before it.

    >>> text = "Mayor Lind's 10-year-old didn't pay $3million."
    >>> "|".join(text[start:end] for start, end in find_words(text, 0, len(text)))
    "Mayor|Lind|'s|10|-|year|-|old|did|n't|pay|$|3|million|."
    """
    tokens: list[tuple[int, int]] = []
    unsure = ""  # how the last chunk may have to be cut once the next is known
    for match in _CHUNK.finditer(text, start, end):
        chunk = match.group()
        base = match.start()
        within = _cached_cut(chunk) if len(chunk) <= CACHED_CHUNK_MAX else _cut(chunk)
        if unsure == "its" and chunk.lower() in AFTER_IT_IS:
            at = tokens[-1][1]
            tokens[-1:] = [(at - 3, at - 1), (at - 1, at)]
        elif unsure == "." and chunk[0].isdigit() and len(tokens) > 1:
            before, last = tokens[-2:]
            stop = last[1] - last[0] == 1 and before[1] == last[0]
            if stop and text[slice(*before)].lower() in BEFORE_NUMBER:
                tokens[-2:] = [(before[0], last[1])]
        unsure = "." if chunk[-1] == "." else "its" if chunk in ("its", "Its", "ITS") else ""
        if len(within) == 1:
            tokens.append((base, match.end()))
        else:
            tokens.extend((base + a, base + b) for a, b in within)
    return tokens
