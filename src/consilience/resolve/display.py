"""The one name under which an entity is shown."""

import re
from collections import Counter
from collections.abc import Mapping

from consilience.lookalikes import as_seen
from consilience.records import Kind
from consilience.resolve.chains import fold
from consilience.resolve.people import NICKNAME, person_name, quoted_in
from consilience.resolve.spelling import given_names

_ARTICLE = re.compile(r"^(?:the|The) ")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def display_name(forms: Mapping[str, int], kind: Kind) -> str:
    """The fullest, most used and best accented form, a nickname in single quotes inside.

    >>> display_name({"Maria Diaz Ortega": 1, "“La Reina”": 1, "Díaz": 1}, Kind.PERSON)
    "Maria 'La Reina' Díaz Ortega"
    """
    seen: Counter[str] = Counter()
    for form, n in forms.items():
        seen[as_seen(form)] += n
    return _person(seen) if kind is Kind.PERSON else _most_used(seen, kind)


def _most_used(forms: Mapping[str, int], kind: Kind) -> str:
    counts: Counter[str] = Counter()
    for form, n in forms.items():
        counts[_key(form)] += n
    spelt_out = {_key(f) for f in forms if not _is_initials(f)} or set(counts)
    best = max(spelt_out, key=lambda k: (counts[k], len(k), k))
    able = [f for f in forms if _key(f) == best]
    chosen = max(able, key=lambda f: (_accents(f), not f.isupper(), _capitals(f), forms[f], f))
    shown = _ARTICLE.sub("", chosen)
    # The town of a dateline is written in capitals.
    is_shouted = kind is Kind.PLACE and shown.isupper() and not _is_initials(shown)
    return _NAME_WORD.sub(lambda word: word[0].capitalize(), shown) if is_shouted else shown


def _key(form: str) -> str:
    return fold(_ARTICLE.sub("", form))


def _is_initials(form: str) -> bool:
    letters = _ARTICLE.sub("", form).replace(".", "")
    return letters.isupper() and " " not in letters and len(letters) <= 6


def _capitals(text: str) -> int:
    return sum(word[0].isupper() for word in text.split())


def _accents(text: str) -> int:
    return sum(not c.isascii() for c in text)


def _person(forms: Mapping[str, int]) -> str:
    nicknames: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for form, n in forms.items():
        for quoted in quoted_in(form):
            if nickname := _unpointed(quoted):
                nicknames[nickname] += n
        rest = " ".join(NICKNAME.sub(" ", form).split())
        if rest:
            plain[rest] += n
    chosen = max(nicknames, key=lambda k: (nicknames[k], _accents(k), k), default=None)
    if not plain:
        return f"'{chosen}'"
    words = [_best_accented(w, plain) for w in _fullest(plain, chosen).split()]
    if chosen is None or set(fold(chosen).split()) <= {fold(w) for w in words}:
        return " ".join(words)
    at = _place_of(chosen, forms, words)
    return " ".join([*words[:at], f"'{chosen}'", *words[at:]])


def _unpointed(quoted: str) -> str:
    """Without the marks of the sentence; initials, “J.R.”, keep their last full stop."""
    words = quoted.strip(" ,")
    return words if words.count(".") > 1 else words.strip(" .")


def _place_of(nickname: str, forms: Mapping[str, int], words: list[str]) -> int:
    """How many words stand before the nickname: as most who write it have it, else one."""
    before: Counter[str] = Counter()
    for form, n in forms.items():
        head, found, _ = form.partition(nickname)
        names = [fold(w) for w in head.split() if w[0].isalnum()]
        if found and names:
            before[names[-1]] += n
    places = {fold(w): i + 1 for i, w in enumerate(words)}
    able = [w for w in before if w in places]
    if able:
        return places[max(able, key=lambda w: (before[w], w))]
    return 0 if len(words) == 1 and fold(words[0]) not in given_names() else 1


def _fullest(plain: Mapping[str, int], nickname: str | None) -> str:
    """The form with most parts; among equals the one that more mentions agree with in order."""
    known = frozenset({fold(nickname)} if nickname else ())
    names = {form: person_name(form, (), known) for form in plain}

    def support(form: str) -> int:
        return sum(n for f, n in plain.items() if _inside(names[f].parts, names[form].parts))

    def rank(form: str) -> tuple[bool, int, bool, int, bool, int, int, str]:
        return (
            # "Ana Lind of Arlow" and "Ana Lind U" are not her name.
            " of " not in form and all(len(p) > 1 for p in names[form].parts[-1:]),
            len(names[form].parts),
            names[form].generation is not None,
            support(form),
            not form.isupper(),
            _accents(form),
            plain[form],
            form,
        )

    return max(plain, key=rank)


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
