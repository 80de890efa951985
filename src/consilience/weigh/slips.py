"""Errors that two pages share: a name or a number that others of the case have otherwise."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from consilience.lexicon import load_words
from consilience.records import Match, Passage
from consilience.weigh.pages import Page
from consilience.wording import fold

# A slip is made by few, and more of the others have it right.
_HOLDERS_MAX, _OTHERS_MIN = 3, 3
_NAME_MIN_CHARS = 5
# Between words like these a number may differ since more is known by the hour.
_TOLLS = frozenset(
    "people person dead killed died injured wounded hurt missing arrested victims bodies survivors"
    " others men women children officers residents students passengers more".split()
)

Slips = dict[tuple[int, int], list[Match]]
_Held = Mapping[str, Mapping[int, tuple[int, int]]]  # by what is held, by page: where it stands


def shared_slips(pages: Sequence[Page]) -> Slips:
    """By two indices of pages, the earlier first, where both make the same slips."""
    found: Slips = defaultdict(list)
    for held in (*_names(pages), *_numbers(pages)):
        for slip in _slips(held):
            for later in slip:
                for earlier in (i for i in slip if i < later):
                    found[earlier, later].append(
                        Match(
                            Passage(pages[later].id, *slip[later]),
                            Passage(pages[earlier].id, *slip[earlier]),
                        )
                    )
    return found


def _slips(held: _Held) -> Iterator[Mapping[int, tuple[int, int]]]:
    """Of the ways to say one thing those of few pages, where many have one other way."""
    common = max(held, key=lambda word: (len(held[word]), word))
    if len(held[common]) < _OTHERS_MIN:
        return
    for word in sorted(held):
        is_rare = 2 <= len(held[word]) <= min(_HOLDERS_MAX, len(held[common]) - 1)
        if is_rare and not held[word].keys() & held[common].keys():
            yield held[word]


def _names(pages: Sequence[Page]) -> Iterator[_Held]:
    """Words of names that are a letter apart, each with its pages."""
    where: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for n, page in enumerate(pages):
        for i, fact in enumerate(page.fact_at):
            if len(fact) >= _NAME_MIN_CHARS and fact.isalpha():
                where[fact].setdefault(n, (page.starts[i], page.ends[i]))
    given = {fold(name) for name in load_words("given_names")}
    alike: dict[str, list[str]] = defaultdict(list)
    for word in sorted(where):
        for key in {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}:
            alike[key].append(word)
    seen: set[tuple[str, ...]] = set()
    for words in alike.values():
        for a in words:
            for b in words:
                if a < b and (a, b) not in seen and not _is_ending(a, b):
                    seen.add((a, b))
                    if not {a, b} <= given:
                        yield {a: where[a], b: where[b]}


def _is_ending(a: str, b: str) -> bool:
    """Whether they differ in their last letters only: a plural, another case."""
    return a[:-1] == b[: len(a) - 1] and abs(len(a) - len(b)) <= 1


def _numbers(pages: Sequence[Page]) -> Iterator[_Held]:
    """Numbers between the same words, each with its pages."""
    where: dict[tuple[str, str], dict[str, dict[int, tuple[int, int]]]] = {}
    for n, page in enumerate(pages):
        last = len(page.words) - 1
        for i, fact in enumerate(page.fact_at):
            if 0 < i < last and fact[:1].isdigit():
                key = page.words[i - 1], page.words[i + 1]
                if _TOLLS.isdisjoint(key) and not any(w[0].isdigit() for w in key):
                    where.setdefault(key, defaultdict(dict))[fact].setdefault(
                        n, (page.starts[i], page.ends[i])
                    )
    for key in sorted(where):
        if len(where[key]) > 1:
            yield where[key]
