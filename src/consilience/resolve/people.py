"""Names of people, taken apart and compared by their parts."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from consilience.lexicon import load_table, load_words
from consilience.records import Verdict
from consilience.resolve.chains import fold
from consilience.resolve.spelling import TRANSLITERATED, alike, given_names, is_wifes
from consilience.wording import unhidden

# Opens after a space or at the start and closes with a mark of its sort, so that O'Brien has no
# nickname and neither has "Ana's Day".
NICKNAME = re.compile(
    r"(?:^|(?<=[\s(]))(?:[\"“”„«]{1,2}([^\"“”„«»]{1,40})(?:[\"“”»]{1,2}|$)"
    r"|['‘’`]{1,2}([^'‘’`\"“”]{1,40})(?:['’`]{1,2}(?!\w)|$))"
)
_BRACKETED = re.compile(r"\(([^()]{1,40})\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*-?")
# E. is no "e" between two surnames.
_INITIAL = re.compile(r"\b[A-Z](?=\.)")
_LEADING_PARTICLES = frozenset({"de", "del", "di", "el", "la", "las", "le", "los", "van", "von"})
_PATRONYMIC = {"abd": "abd", "abu": "abu", "ben": "bin", "bin": "bin", "bint": "bint",
               "ibn": "bin", "umm": "umm"}  # fmt: skip
_ARABIC = frozenset({"al", "el", "ad", "an", "as", "ash", "ar", "at", "ul"})
_SERVANT = frozenset({"abd", "abdal", "abdel", "abdoul", "abdul"})
# Not Abdullah: who is served must have more letters.
_SERVANT_OF = re.compile(r"abd(?:e|u|ou|a)[lrs](?=[a-z]{4})")
_ARTICLES = re.compile(r"^(?:el|la|los|las|the|il|le) ")
_GENERATIONS = {
    "jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv",
}  # fmt: skip
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
    form = unhidden(form)
    quoted = [_nickname(q) for q in [*quoted_in(form), *_BRACKETED.findall(form)]]
    rest = _BRACKETED.sub(" ", NICKNAME.sub(" ", form))
    written = (w.replace("'", "").replace("’", "") for w in _WORD.findall(rest))
    words = [word for w in written for word in map(fold, _initials(w, rest)) if word]
    words, honorifics = _without_titles(words)
    parts = _parts(words, frozenset(fold(i) for i in _INITIAL.findall(rest)))
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
    ours = {fold(w) for w in load_words("honorifics") | load_words("offices")}
    return frozenset(ours | load_table("offices_abroad").keys())


def _initials(word: str, form: str) -> Iterable[str]:
    """JR Hollis is J. R. Hollis, but ED HOLLIS is no E. D."""
    alone = word.isalpha() and word.isupper() and len(word) == 2 and not form.isupper()
    return word if alone and not form.rstrip().endswith(word) else (word,)


def _without_titles(words: list[str]) -> tuple[list[str], list[str]]:
    first = 0
    while first < len(words) - 1 and is_title(words[first], words[first + 1 :]):
        first += 1
    return words[first:], words[:first]


def is_title(word: str, following: Sequence[str]) -> bool:
    """Whether a folded word before a name is a title: Dean Hollis is no dean, Don Pedro a don."""
    if word not in _title_words():
        return False
    return word not in given_names() or len(following) > 1 or following[0] in given_names()


def _parts(words: list[str], initials: frozenset[str]) -> list[str]:
    parts: list[str] = []
    patronymic = ""
    for i, word in enumerate(_servants(words)):
        last = i == len(words) - 1
        plain = word.rstrip("-")
        # Ben Hollis is no son, but Tariq ben Khalil is.
        if plain in _PATRONYMIC and not last and not (plain == "ben" and i == 0):
            patronymic += _PATRONYMIC[plain] + " "
        elif not last and word not in initials and _is_particle(word, first=i == 0):
            continue
        else:
            parts.append(patronymic + plain)
            patronymic = ""
    return parts


def _servants(words: list[str]) -> list[str]:
    """Abdel Rahman, Abd al-Rahman and Abdulrahman as one word each, all alike."""
    joined: list[str] = []
    i = 0
    while i < len(words):
        word, rest = words[i], words[i + 1 :]
        n_articles = next((n for n, w in enumerate(rest) if w.rstrip("-") not in _ARABIC), 0)
        if word.rstrip("-") in _SERVANT and len(rest) > n_articles:
            joined.append("abd" + rest[n_articles])
            i += n_articles + 1
        else:
            found = _SERVANT_OF.match(word)
            joined.append("abd" + word[found.end() :] if found else word)
        i += 1
    return joined


def _is_particle(word: str, *, first: bool) -> bool:
    if word.endswith("-"):  # al-Assad, but Al Gore
        return word[:-1] in _ARABIC
    return word in (_LEADING_PARTICLES if first else load_words("name_particles"))


def _gender(titles: Iterable[str], parts: list[str]) -> str | None:
    for title in titles:
        for word in title.replace(".", " ").split():
            if word in load_table("gendered_titles"):
                return load_table("gendered_titles")[word]
            if word.endswith(("woman", "women")):
                return "f"
            if word.endswith("sman"):
                return "m"
    if len(parts) > 1 and given_names().get(parts[0]) in ("m", "f"):
        return given_names()[parts[0]]
    return None


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
        (
            (score, i, j)
            for i, x in enumerate(a)
            for j, y in enumerate(b)
            if (score := alike(x, y)) > 0
        ),
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
    if both.left_over_a or both.left_over_b or both.n_common < 2:
        return None
    if not both.n_exact and both.likeness < TRANSLITERATED:
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
    genders_differ,
    same_parts,
    one_contains_other,
    parts_overlap,
)


def compare_people(a: PersonName, b: PersonName) -> Compared | None:
    """What two full names say about being one person; None where they say nothing."""
    a, b = _written_together(a, b), _written_together(b, a)
    for comparison in COMPARISONS:
        found = comparison(a, b)
        if found is not None:
            return found
    return None


def _written_together(name: PersonName, other: PersonName) -> PersonName:
    """Mei Ling as Meiling, where the other is written so."""
    parts = name.parts
    for i in range(len(parts) - 1):
        both = parts[i] + parts[i + 1]
        if both in other.parts and both not in parts:
            return replace(name, parts=(*parts[:i], both, *parts[i + 2 :]))
    return name


def contains_name(full: PersonName, short: PersonName) -> float:
    """How surely `short` (a surname, a given name, a nickname) may stand for `full`; 0: not."""
    if full.gender and short.gender and full.gender != short.gender:
        return 0.0
    if short.generation and full.generation and short.generation != full.generation:
        return 0.0
    words = full.parts + full.nicknames
    scores = [max((alike(s, w) for w in words if len(w) > 1 and not is_wifes(s, w)), default=0.0)
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
