"""Organisations and places compared across the case by what their names reduce to."""

from collections.abc import Iterator, Mapping, Sequence

from consilience.lexicon import load_words
from consilience.records import Judgement, Kind, Verdict
from consilience.resolve.between import MADE_BY
from consilience.resolve.block import slips
from consilience.resolve.chains import Chain
from consilience.resolve.organizations import (
    acronym,
    is_acronym,
    is_country,
    organization_key,
    place_key,
)

# A letter more or less makes another short name, but a slip in a long one.
PLACE_SLIP_MIN_CHARS = 6
ORGANIZATION_SLIP_MIN_CHARS = 9

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
        name: sum(len(c.places) for group in by_mark.values() for c in group)
        for name, by_mark in grouped.items()
    }
    for wrong, right in slips(counts, min_chars):
        if is_country(wrong):
            continue
        target = min((c for g in grouped[right].values() for c in g), key=lambda c: c.key)
        for group in grouped[wrong].values():
            for chain in group:
                yield _link(chain, target, 0.85, f"a slip for “{target.forms[0]}”")


def _acronyms(ours: Sequence[Chain]) -> Iterator[Judgement]:
    spelt_out: dict[str, dict[str, Chain]] = {}
    for chain in ours:
        for form in chain.forms:
            letters = acronym(form)
            if letters:
                spelt_out.setdefault(letters, {}).setdefault(organization_key(form)[0], chain)
    for chain in ours:
        for form in chain.forms:
            full = spelt_out.get(form.replace(".", "").casefold(), {})
            if is_acronym(form) and len(full) == 1:
                (target,) = full.values()
                yield _link(chain, target, 0.85, f"the initials of “{target.forms[0]}”")


def _shortened(ours: Sequence[Chain]) -> Iterator[Judgement]:
    """A shorter name is linked inside one document to the only longer one that ends in it.

    Or that begins with it, where only a word such as "Group" or "Airlines" follows.
    """
    tails: dict[tuple[str, tuple[str, ...]], dict[str, Chain]] = {}
    for chain in ours:
        for form in chain.forms:
            words = _words(form)
            for start in range(1, len(words) - 1):
                tails.setdefault((chain.document_id, words[start:]), {})[chain.key] = chain
            last = len(words)
            while last > 1 and words[last - 1] in load_words("organization_nouns"):
                last -= 1
                tails.setdefault((chain.document_id, words[:last]), {})[chain.key] = chain
    for chain in ours:
        longer = {
            key: other
            for form in chain.forms
            for key, other in tails.get((chain.document_id, _words(form)), {}).items()
            if key != chain.key
        }
        if len(longer) == 1:
            (target,) = longer.values()
            yield _link(chain, target, 0.75, f"short for “{target.forms[0]}” in this document")


def _words(form: str) -> tuple[str, ...]:
    return tuple(organization_key(form)[0].split()) if " of " not in form else (form.casefold(),)


def _star(group: Sequence[Chain], score: float, reason: str) -> Iterator[Judgement]:
    distinct = sorted({c.key: c for c in group}.values(), key=lambda c: c.key)
    for chain in distinct[1:]:
        yield _link(distinct[0], chain, score, reason)


def _link(a: Chain, b: Chain, score: float, reason: str) -> Judgement:
    return Judgement(
        a.key, b.key, Verdict.SAME, score, MADE_BY, f"“{a.forms[0]}” and “{b.forms[0]}”: {reason}"
    )
