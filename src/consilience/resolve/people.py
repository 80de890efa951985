"""Names of people, taken apart and compared by their parts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from consilience.lexicon import load_table, load_words
from consilience.records import Verdict
from consilience.resolve.chains import fold

# Opens after a space or at the start and closes with a mark of its sort, so that O'Brien has no
# nickname and neither has "Ana's Day".
NICKNAME = re.compile(
    r"(?:^|(?<=[\s(]))(?:[\"“”„«]{1,2}([^\"“”„«»]{1,40})(?:[\"“”»]{1,2}|$)"
    r"|['‘’`]{1,2}([^'‘’`\"“”]{1,40})(?:['’`]{1,2}(?!\w)|$))"
)
_BRACKETED = re.compile(r"\(([^()]{1,40})\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*-?")
_LEADING_PARTICLES = frozenset({"de", "del", "di", "el", "la", "las", "le", "los", "van", "von"})
_PATRONYMIC = frozenset({"abd", "abu", "bin", "bint", "ibn", "umm"})
_ARTICLES = re.compile(r"^(?:el|la|los|las|the|il|le) ")
_GENERATIONS = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
# Swapped or dropped letters inside a name this long are a slip, not another name.
SLIP_MIN_CHARS = 5  # shorter surnames with one letter changed are mostly other surnames
TWO_SLIPS_MIN_CHARS = 10
ADDED_LETTER_MIN_CHARS = 4  # Hal and Hall are two names, Brown and Browne often one

Compared = tuple[Verdict, float, str]


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in parts, folded, without titles and particles.

    `parts` in the order written; `nicknames` without their article; `generation` is jr, sr, ii…;
    `surnames_only` where the case shows that "García Ruiz" is no given name and surname.
    """

    parts: tuple[str, ...]
    nicknames: tuple[str, ...] = ()
    generation: str | None = None
    gender: str | None = None
    surnames_only: bool = False

    @property
    def is_full(self) -> bool:
        """Whether it names more than a surname, a given name or a nickname alone."""
        return not self.surnames_only and len(self.parts) + bool(self.nicknames) >= 2


@lru_cache(maxsize=1 << 16)
def person_name(
    form: str, titles: tuple[str, ...] = (), nicknames: frozenset[str] = frozenset()
) -> PersonName:
    """Take a written name apart. `nicknames` are those the case gives somebody in quotes.

    >>> name = person_name("Juan 'El Zorro' Pérez de la Cruz")
    >>> name.parts, name.nicknames
    (('juan', 'perez', 'cruz'), ('zorro',))
    """
    quoted = [_nickname(q) for q in [*quoted_in(form), *_BRACKETED.findall(form)]]
    rest = _BRACKETED.sub(" ", NICKNAME.sub(" ", form))
    words = [fold(w.replace("'", "").replace("’", "")) for w in _WORD.findall(rest)]
    words, honorifics = _without_titles(words)
    parts = _parts(words)
    generation = _GENERATIONS.get(parts[-1]) if len(parts) > 1 else None
    if generation:
        parts = parts[:-1]
    # 'N' in quotes stands for a withheld surname, not for a nickname.
    parts += [q for q in quoted if len(q) == 1]
    known = [p for p in parts if p in nicknames] if len(parts) > 1 else []
    return PersonName(
        parts=tuple(p for p in parts if p not in known),
        nicknames=tuple(dict.fromkeys([q for q in quoted if len(q) > 1] + known)),
        generation=generation,
        gender=_gender([*titles, *honorifics], parts),
    )


def quoted_in(form: str) -> list[str]:
    """What stands in quotation marks inside a name."""
    return [double or single for double, single in NICKNAME.findall(form)]


def _nickname(quoted: str) -> str:
    return _ARTICLES.sub("", fold(quoted).strip(" ,.;:"))


@cache
def _title_words() -> frozenset[str]:
    return frozenset(fold(w) for w in load_words("honorifics") | load_words("offices"))


@cache
def given_names() -> dict[str, str]:
    return load_table("given_names")


@cache
def _variants() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(sorted(load_words("name_variants"))):
        for name in line.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def _without_titles(words: list[str]) -> tuple[list[str], list[str]]:
    first = 0
    while first < len(words) - 1 and words[first] in _title_words():
        first += 1
    return words[first:], words[:first]


def _parts(words: list[str]) -> list[str]:
    parts: list[str] = []
    patronymic = ""
    for i, word in enumerate(words):
        last = i == len(words) - 1
        plain = word.rstrip("-")
        if plain in _PATRONYMIC and not last:
            patronymic += plain + " "
        elif not last and _is_particle(word, first=i == 0):
            continue
        else:
            parts.append(patronymic + plain)
            patronymic = ""
    return parts


def _is_particle(word: str, *, first: bool) -> bool:
    if word.endswith("-"):  # al-Assad, but Al Gore
        return word[:-1] in ("al", "el", "ad", "an", "as", "ash", "ar", "at")
    return word in (_LEADING_PARTICLES if first else load_words("name_particles"))


def _gender(titles: Iterable[str], parts: list[str]) -> str | None:
    for title in titles:
        for word in title.replace(".", " ").split():
            if word in load_table("gendered_titles"):
                return load_table("gendered_titles")[word]
            if word.endswith(("swoman", "swomen")):
                return "f"
            if word.endswith("sman"):
                return "m"
    if len(parts) > 1 and given_names().get(parts[0]) in ("m", "f"):
        return given_names()[parts[0]]
    return None


def skeleton(part: str) -> str:
    """What is left of a word when the ways of writing it in Latin letters are evened out.

    >>> skeleton("Mohammed".lower()) == skeleton("Muhamad".lower())
    True
    """
    for old, new in (
        ("sch", "sh"), ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("ou", "u"),
        ("oo", "u"), ("x", "ks"), ("w", "v"), ("y", "i"), ("j", "i"), ("ee", "i"), ("o", "u"),
        ("e", "a"), ("z", "s"), ("c", "k"),
    ):  # fmt: skip
        part = part.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", part)


def alike(a: str, b: str) -> float:
    """How surely two name parts are one: 1 the same, 0 not at all."""
    if a == b:
        return 1.0
    if min(len(a), len(b)) == 1:
        return 0.9 if a[0] == b[0] else 0.0
    variants = _variants()
    if variants.get(a, frozenset()) & variants.get(b, frozenset()):
        return 0.95
    if a in given_names() and b in given_names():
        return 0.0
    if a[0] != b[0]:
        return 0.0
    if min(len(a), len(b)) < SLIP_MIN_CHARS:
        one_more = len(a) != len(b) and OSA.distance(a, b, score_cutoff=1) <= 1
        return 0.8 if one_more and min(len(a), len(b)) >= ADDED_LETTER_MIN_CHARS else 0.0
    if skeleton(a) == skeleton(b):
        return 0.93
    slips = OSA.distance(a, b, score_cutoff=2)
    allowed = 2 if min(len(a), len(b)) >= TWO_SLIPS_MIN_CHARS else 1
    return 0.85 if slips <= allowed else 0.0


@dataclass(frozen=True, slots=True)
class _Alignment:
    likeness: float
    n_common: int
    n_exact: int
    left_over_a: tuple[int, ...]
    left_over_b: tuple[int, ...]


@lru_cache(maxsize=1 << 16)
def _align(a: tuple[str, ...], b: tuple[str, ...]) -> _Alignment:
    pairs = sorted(
        ((alike(x, y), i, j) for i, x in enumerate(a) for j, y in enumerate(b) if alike(x, y) > 0),
        key=lambda p: (-p[0], abs(p[1] - p[2]), p[1]),
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    likeness = 1.0
    n_exact = 0
    for score, i, j in pairs:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            likeness = min(likeness, score)
            n_exact += score == 1.0 and len(a[i]) > 1
    return _Alignment(
        likeness,
        len(used_a),
        n_exact,
        tuple(i for i in range(len(a)) if i not in used_a),
        tuple(j for j in range(len(b)) if j not in used_b),
    )


def _role(name: PersonName, i: int) -> str:
    """given, surname, or either: the second of three may be a middle name or a first surname."""
    last = len(name.parts) - 1
    if i == 0 and (last > 0 or name.parts[0] in given_names()):
        return "given"
    if i == last:
        return "surname"
    if all(p in given_names() for p in name.parts[1 : i + 1]):
        return "given"
    return "either" if i == 1 else "surname"


def generations_differ(a: PersonName, b: PersonName) -> Compared | None:
    """A Jr. is not a Sr."""
    if a.generation and b.generation and a.generation != b.generation:
        return Verdict.DIFFERENT, 0.99, f"{a.generation} is not {b.generation}"
    return None


def genders_differ(a: PersonName, b: PersonName) -> Compared | None:
    """One is spoken of as a woman, the other as a man."""
    if a.gender and b.gender and a.gender != b.gender:
        return Verdict.DIFFERENT, 0.9, "one is a man's name or title, the other a woman's"
    return None


def same_nickname(a: PersonName, b: PersonName) -> Compared | None:
    """Both bear one nickname, and nothing else in the names speaks against it."""
    if not set(a.nicknames) & set(b.nicknames):
        return None
    both = _align(a.parts, b.parts)
    if (both.left_over_a and both.left_over_b) or (a.parts and b.parts and not both.n_common):
        return None
    return Verdict.SAME, 0.97, f"both are called “{min(set(a.nicknames) & set(b.nicknames))}”"


def parts_conflict(a: PersonName, b: PersonName) -> Compared | None:
    """Each has a given name, or each a surname, that the other lacks."""
    both = _align(a.parts, b.parts)
    for i in both.left_over_a:
        for j in both.left_over_b:
            if {_role(a, i), _role(b, j)} not in ({"given", "surname"}, {"either", "surname"}):
                return (
                    Verdict.DIFFERENT,
                    0.95,
                    f"“{a.parts[i].title()}” is not “{b.parts[j].title()}”",
                )
    return None


def initials_differ(a: PersonName, b: PersonName) -> Compared | None:
    """George H. W. is not George W.; nor need T. J. be Tony."""
    for x, y in ((a, b), (b, a)):
        middle = [p[1] for p in (x.parts, y.parts) if len(p) > 2 and len(p[1]) == 1]
        if len(middle) == 2 and middle[0] != middle[1]:
            return Verdict.DIFFERENT, 0.9, "the initials differ"
        all_initials = len(x.parts) > 2 and all(len(p) == 1 for p in x.parts[:-1])
        if all_initials and len(y.parts) == 2 and len(y.parts[0]) > 1:
            return Verdict.SAME, 0.5, "initials that may or may not be those of the name"
    return None


def same_parts(a: PersonName, b: PersonName) -> Compared | None:
    """All parts of the two names agree, in whatever order they stand."""
    both = _align(a.parts, b.parts)
    if both.left_over_a or both.left_over_b or both.n_common < 2 or not both.n_exact:
        return None
    if both.likeness == 1.0:
        return Verdict.SAME, 0.98, "the same name"
    return Verdict.SAME, both.likeness, "the same name, spelt a little differently"


def one_contains_other(a: PersonName, b: PersonName) -> Compared | None:
    """All of the shorter name stands in the longer one."""
    both = _align(a.parts, b.parts)
    if both.n_common < 2 or not both.n_exact or (both.left_over_a and both.left_over_b):
        return None
    short, long = (a, b) if both.left_over_b else (b, a)
    if short.nicknames and not long.nicknames and not alike(short.parts[-1], long.parts[-1]):
        # A father by nickname and a son of his given name and two surnames look just so.
        return Verdict.SAME, 0.5, "the names agree, but each has a part that the other lacks"
    agrees_first = alike(short.parts[0], long.parts[0]) > 0
    return (
        Verdict.SAME,
        round(both.likeness * (0.93 if agrees_first else 0.8), 3),
        "all of the shorter name stands in the longer",
    )


def parts_overlap(a: PersonName, b: PersonName) -> Compared | None:
    """Two parts agree; what is left over is a given name here and a surname there."""
    both = _align(a.parts, b.parts)
    if both.n_exact >= 2 and both.left_over_a and both.left_over_b:
        return Verdict.SAME, 0.6, "the names agree, but each has a part that the other lacks"
    return None


COMPARISONS = (
    generations_differ,
    same_nickname,
    parts_conflict,
    initials_differ,
    same_parts,
    genders_differ,
    one_contains_other,
    parts_overlap,
)


def compare_people(a: PersonName, b: PersonName) -> Compared | None:
    """What two full names say about being one person; None where they say nothing."""
    for comparison in COMPARISONS:
        found = comparison(a, b)
        if found is not None:
            return found
    return None


def contains_name(full: PersonName, short: PersonName) -> float:
    """How surely `short` (a surname, a given name, a nickname) may stand for `full`; 0: not."""
    if full.gender and short.gender and full.gender != short.gender:
        return 0.0
    if short.generation and full.generation and short.generation != full.generation:
        return 0.0
    words = full.parts + full.nicknames
    scores = [max((alike(s, w) for w in words if len(w) > 1), default=0.0)
              for s in short.parts + short.nicknames]  # fmt: skip
    if not scores or (len(scores) > 1 and not _in_order(full, short)):
        return 0.0
    return min(scores)


def _in_order(full: PersonName, short: PersonName) -> bool:
    places = [
        max(range(len(full.parts)), key=lambda i: alike(part, full.parts[i]), default=0)
        for part in short.parts
    ]
    return len(set(places)) == len(places)
