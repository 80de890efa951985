"""Organisations and places compared across the case by what their names reduce to."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from consilience.lexicon import load_words
from consilience.records import Judgement, Kind, Verdict
from consilience.resolve.between import MADE_BY
from consilience.resolve.block import slips
from consilience.resolve.chains import Chain, fold
from consilience.resolve.organizations import (
    acronym,
    is_acronym,
    is_country,
    organization_key,
    place_key,
    place_skeleton,
)

# A letter more or less makes another short name, but a slip in a long one.
PLACE_SLIP_MIN_CHARS = 6
ORGANIZATION_SLIP_MIN_CHARS = 8
# By eye: one of two full names is meant where it is used this many times as often.
CLEARLY_MORE = 2
# The Arlow Police are the Arlow Police Department.
_BODIES = frozenset({"department", "force", "office", "service"})
# By its bare name a county's town is meant, or the state of that name.
_OF_ITS_OWN = frozenset({"county"})
_ARTICLE = re.compile(r"^(?:the|el|la) (?=\S)")

Grouped = Mapping[str, Mapping[str | None, Sequence[Chain]]]


def judge_organizations(chains: Sequence[Chain]) -> Iterator[Judgement]:
    """Links between names of organisations: same, abbreviated, mis-spelt, shortened."""
    ours = [c for c in chains if c.kind is Kind.ORGANIZATION]
    grouped = _group((organization_key(form), chain) for chain in ours for form in chain.forms)
    yield from _same_key(grouped)
    yield from _slips(grouped, ORGANIZATION_SLIP_MIN_CHARS)
    yield from _acronyms(ours)
    yield from _shortened(ours)


def judge_places(chains: Sequence[Chain]) -> Iterator[Judgement]:
    """Links between names of places: same, otherwise called, mis-spelt."""
    ours = [c for c in chains if c.kind is Kind.PLACE]
    grouped = _group((place_key(form), chain) for chain in ours for form in chain.forms)
    yield from _same_key(grouped)
    yield from _slips(grouped, PLACE_SLIP_MIN_CHARS)
    yield from _transliterated(grouped)


def _transliterated(grouped: Grouped) -> Iterator[Judgement]:
    by_skeleton: dict[str, list[Chain]] = {}
    arabic = set()
    for name in sorted(grouped):
        bare, is_arabic = place_skeleton(name)
        if len(bare) >= PLACE_SLIP_MIN_CHARS:
            first = min((c for g in grouped[name].values() for c in g), key=lambda c: c.key)
            by_skeleton.setdefault(bare, []).append(first)
            arabic |= {bare} if is_arabic else set()
    for bare in sorted(arabic):
        group = by_skeleton[bare]
        yield from _star(group, 0.85, "one name, otherwise written in Latin letters")


def _group(keyed: Iterator[tuple[tuple[str, str | None], Chain]]) -> Grouped:
    grouped: dict[str, dict[str | None, list[Chain]]] = {}
    for (name, mark), chain in keyed:
        grouped.setdefault(name, {}).setdefault(mark, []).append(chain)
    return grouped


def _same_key(grouped: Grouped) -> Iterator[Judgement]:
    """Link what has one name; a country or sort is only there to keep two apart."""
    for name in sorted(grouped):
        by_mark = grouped[name]
        marks = sorted(m for m in by_mark if m is not None)
        for mark in marks:
            yield from _star(by_mark[mark], 0.96, "the same name")
        plain = by_mark.get(None, ())
        yield from _star(plain, 0.95, "the same name")
        marks = [mark for mark in marks if mark not in _OF_ITS_OWN]
        if plain and len(marks) == 1:
            yield _link(by_mark[marks[0]][0], plain[0], 0.9, f"the same name, {marks[0]} added")
        elif plain and marks:
            yield from _by_document(plain, by_mark, marks)


def _by_document(
    plain: Sequence[Chain], by_mark: Mapping[str | None, Sequence[Chain]], marks: Sequence[str]
) -> Iterator[Judgement]:
    for chain in plain:
        marked = {
            mark: other
            for mark in marks
            for other in by_mark[mark]
            if other.document_id == chain.document_id
        }
        if len(marked) == 1:
            (other,) = marked.values()
            yield _link(other, chain, 0.85, "the only one of this name in the document")


def _slips(grouped: Grouped, min_chars: int) -> Iterator[Judgement]:
    counts = {
        name: sum(len(c.said_at) for group in by_mark.values() for c in group)
        for name, by_mark in grouped.items()
    }
    words: Counter[str] = Counter()
    for name, n in counts.items():
        words.update(dict.fromkeys(name.split(), n))
    meant = dict(slips(words, min_chars))
    corrected = {name: " ".join(meant.get(w, w) for w in name.split()) for name in counts}
    by_word = {(name, right) for name, right in corrected.items() if name != right}
    found = {*slips(counts, min_chars), *((w, r) for w, r in by_word if r in grouped)}
    for wrong, right in sorted(found):
        if is_country(wrong):
            continue
        target = min((c for g in grouped[right].values() for c in g), key=lambda c: c.key)
        for group in grouped[wrong].values():
            for chain in group:
                yield _link(chain, target, 0.85, f"a slip for “{target.forms[0]}”")


def _acronyms(ours: Sequence[Chain]) -> Iterator[Judgement]:
    spelt_out: dict[str, dict[str, list[Chain]]] = {}
    for chain in ours:
        for form in chain.forms:
            letters = acronym(form)
            if letters:
                by_name = spelt_out.setdefault(letters, {})
                by_name.setdefault(organization_key(form)[0], []).append(chain)
    for chain in ours:
        for form in chain.forms:
            target = _one_name(spelt_out.get(form.replace(".", "").casefold(), {}))
            if is_acronym(form) and target is not None:
                yield _link(chain, target, 0.85, f"the initials of “{target.forms[0]}”")


def _one_name(by_name: Mapping[str, Sequence[Chain]]) -> Chain | None:
    """The first bearer of the only name, or of the one far more used than the others."""
    ranked = sorted(by_name.values(), key=lambda group: (-len(group), group[0].key))
    if not ranked or (len(ranked) > 1 and len(ranked[0]) < CLEARLY_MORE * len(ranked[1])):
        return None
    return ranked[0][0]


def _shortened(ours: Sequence[Chain]) -> Iterator[Judgement]:
    """A shorter name is linked to the only longer one that it can be short for.

    The longer one ends in it, in one document; or, anywhere in the case, ends in it where it says
    more than what sort of organisation it is, or begins with it and only a word such as "Group" or
    "Airlines" follows.
    """
    longer_ones: dict[tuple[str, tuple[str, ...]], dict[str, list[Chain]]] = {}
    for chain in ours:
        for form in chain.forms:
            name = organization_key(form)[0]
            for document_id, short in _short_forms(form, chain.document_id):
                longer_ones.setdefault((document_id, short), {}).setdefault(name, []).append(chain)
    for chain in ours:
        for form in chain.forms:
            words = _words(form)
            here = longer_ones.get((chain.document_id, words), {})
            target = _one_name(here) or _one_name(longer_ones.get(("", words), {}))
            if target is not None and target.key != chain.key:
                yield _link(chain, target, 0.75, f"short for “{target.forms[0]}”")


def _short_forms(form: str, document_id: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Names this one may be shortened to, with the document where, or "" for anywhere."""
    words = _words(form)
    heads = load_words("organization_heads")
    if "of" in words:
        yield document_id, words[: words.index("of")]
        return
    for start in range(1, len(words)):
        tail = words[start:]
        if len(tail) > 1 or heads.issuperset(tail):
            yield document_id, tail
        if not heads.intersection(tail) and tail[-1] not in load_words("organization_endings"):
            yield "", tail
    end = len(words)
    while end > 1 and words[end - 1] in load_words("organization_endings"):
        end -= 1
        # "Harlow Steel Works" is "Harlow Steel", but the Police Union is not the police.
        if words[end - 1] not in heads:
            yield "", words[:end]
    if len(words) > 2 and words[-1] in _BODIES:
        yield "", words[:-1]


def _words(form: str) -> tuple[str, ...]:
    text = _ARTICLE.sub("", fold(form))
    words = tuple(word.strip(".,'’") for word in text.split())
    while len(words) > 1 and words[-1] in load_words("organization_forms"):
        words = words[:-1]
    return words


def _star(group: Sequence[Chain], score: float, reason: str) -> Iterator[Judgement]:
    distinct = sorted({c.key: c for c in group}.values(), key=lambda c: c.key)
    for chain in distinct[1:]:
        yield _link(distinct[0], chain, score, reason)


def _link(a: Chain, b: Chain, score: float, reason: str) -> Judgement:
    return Judgement(
        a.key, b.key, Verdict.SAME, score, MADE_BY, f"“{a.forms[0]}” and “{b.forms[0]}”: {reason}"
    )
