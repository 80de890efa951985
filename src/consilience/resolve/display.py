"""The one name under which an entity is shown."""

import re
from collections import Counter
from collections.abc import Mapping

from consilience.records import Kind
from consilience.resolve.chains import fold
from consilience.resolve.people import given_names, person_name

_NICKNAME = re.compile(
    r"(?:^|(?<=\s))[\"“”„«'‘’`]{1,2}(?P<name>[^\"“”„«»'‘’`]{1,40})(?:[\"“”»'‘’`]{1,2}|$)"
)
_ARTICLE = re.compile(r"^(?:the|The) ")


def display_name(forms: Mapping[str, int], kind: Kind) -> str:
    """The fullest, most used and best accented form, a nickname in single quotes inside.

    >>> display_name({"Maria Diaz Ortega": 1, "“La Reina”": 1, "Díaz": 1}, Kind.PERSON)
    "Maria 'La Reina' Díaz Ortega"
    """
    if kind is not Kind.PERSON:
        return _most_used(forms)
    return _person(forms)


def _most_used(forms: Mapping[str, int]) -> str:
    counts: Counter[str] = Counter()
    for form, n in forms.items():
        counts[fold(_ARTICLE.sub("", form))] += n
    spelt_out = {k for k in counts if " " in k or len(k) > 5} or set(counts)
    best = max(spelt_out, key=lambda k: (counts[k], len(k), k))
    able = [f for f in forms if fold(_ARTICLE.sub("", f)) == best]
    chosen = max(able, key=lambda f: (_accents(f), not f.isupper(), forms[f], f))
    return _ARTICLE.sub("", chosen)


def _accents(text: str) -> int:
    return sum(not c.isascii() for c in text)


def _person(forms: Mapping[str, int]) -> str:
    nicknames: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for form, n in forms.items():
        for found in _NICKNAME.finditer(form):
            if found["name"].strip(" ,."):
                nicknames[found["name"].strip(" ,.")] += n
        rest = " ".join(_NICKNAME.sub(" ", form).split())
        if rest:
            plain[rest] += n
    nickname = max(nicknames, key=lambda k: (nicknames[k], _accents(k), k), default=None)
    if not plain:
        return f"'{nickname}'"
    words = [_best_accented(w, plain) for w in _fullest(plain, nickname).split()]
    if nickname is None or fold(nickname) in fold(" ".join(words)):
        return " ".join(words)
    return " ".join([*words[: _n_given(words)], f"'{nickname}'", *words[_n_given(words) :]])


def _fullest(plain: Mapping[str, int], nickname: str | None) -> str:
    """The form with most parts; among equals the one that more mentions agree with in order."""
    known = frozenset({fold(nickname)} if nickname else ())
    parts = {form: person_name(form, (), known).parts for form in plain}

    def support(form: str) -> int:
        return sum(n for other, n in plain.items() if _inside(parts[other], parts[form]))

    return max(
        plain,
        key=lambda f: (len(parts[f]), support(f), not f.isupper(), _accents(f), plain[f], f),
    )


def _inside(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    rest = iter(many)
    return all(part in rest for part in few)


def _best_accented(word: str, plain: Mapping[str, int]) -> str:
    spellings: Counter[str] = Counter()
    for form, n in plain.items():
        for other in form.split():
            if fold(other) == fold(word) and other[:1].isupper() and not other.isupper():
                spellings[other] += n
    return max(spellings, key=lambda w: (_accents(w), spellings[w], w), default=word)


def _n_given(words: list[str]) -> int:
    """Where the surnames begin: after one given name, or after two of four or more words."""
    return 0 if len(words) == 1 and fold(words[0]) not in given_names() else 1 + (len(words) > 3)
