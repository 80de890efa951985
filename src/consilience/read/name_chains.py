"""Which names of one document are one name: a surname alone, initials, a firm without its form."""

from collections.abc import Iterator, Mapping, Sequence

from consilience.lexicon import load_words
from consilience.read.agreement import Gender, Spot, fold, genders_agree
from consilience.records import Kind

# A second name in the same sentence is mostly somebody else: "Ana Ruiz and her brother, Tomas".
_SMALL = frozenset({"of", "the", "for", "and", "de", "del", "la", "el", "y", "&"})


def join_names(spots: Sequence[Spot]) -> dict[str, str]:
    """The chain of each named mention, by its id, after joining what is surely one name."""
    named = [spot for spot in spots if spot.mention.named]
    by_chain: dict[str, list[Spot]] = {}
    for spot in named:
        by_chain.setdefault(spot.mention.chain_id, []).append(spot)
    joined = dict(_short_names(by_chain)) | dict(_initials(by_chain))
    return {s.mention.id: _root(s.mention.chain_id, joined) for s in named}


def _root(chain: str, joined: Mapping[str, str]) -> str:
    for _ in range(len(joined)):
        if chain not in joined:
            break
        chain = joined[chain]
    return chain


def _short_names(by_chain: Mapping[str, list[Spot]]) -> Iterator[tuple[str, str]]:
    """Each shorter name with the one longer name of its kind that holds all its words."""
    parts = {chain: _parts(spots[0]) for chain, spots in by_chain.items()}
    bearers: dict[str, list[str]] = {}
    for chain, words in parts.items():
        for word in sorted(words):
            bearers.setdefault(word, []).append(chain)
    for chain, spots in by_chain.items():
        if not parts[chain]:
            continue
        rarest = min(sorted(parts[chain]), key=lambda word: len(bearers[word]))
        longer = [
            other
            for other in bearers[rarest]
            if parts[other] > parts[chain]
            and by_chain[other][0].mention.kind is spots[0].mention.kind
        ]
        top = [a for a in longer if not any(parts[b] > parts[a] for b in longer)]
        if len(top) == 1 and _may_be_one(spots, by_chain[top[0]]):
            yield chain, top[0]


def _parts(spot: Spot) -> frozenset[str]:
    """The words that tell a name from others."""
    words = [fold(w.strip("\"'“”‘’«».")) for w in spot.words if fold(w) not in _SMALL]
    return frozenset(w for w in words if w)


def _may_be_one(short: Sequence[Spot], full: Sequence[Spot]) -> bool:
    kind = short[0].mention.kind
    if short[0].quoted or full[0].quoted:
        # Who bears a nickname is better told with all pages in hand.
        return False
    if kind is Kind.PERSON:
        return (
            _titles_agree(short, full)
            and all(genders_agree(a, b) for a in _genders(short) for b in _genders(full))
            and not _stand_together(short, full)
        )
    if kind is Kind.ORGANIZATION:
        # "Halden Steel" is "Halden Steel Company"; "the Ministry" is no one ministry.
        first = next(w for w in full[0].words if w not in _SMALL)
        return first in _parts(short[0])
    return False


def _genders(spots: Sequence[Spot]) -> list[Gender]:
    return sorted({spot.gender for spot in spots})


def _titles_agree(a: Sequence[Spot], b: Sequence[Spot]) -> bool:
    """Whether the two, where both bear offices, share one: "General Vega" is no "Mayor Vega"."""
    honorifics = load_words("honorifics")
    offices = [
        {w for s in spots for w in s.title if w not in honorifics and len(w) > 2}
        for spots in (a, b)
    ]
    return not all(offices) or bool(offices[0] & offices[1])


def _stand_together(short: Sequence[Spot], full: Sequence[Spot]) -> bool:
    """Whether one sentence first names both close together, as it names two people."""
    first = short[0]
    return any(
        other.sentence == first.sentence and abs(other.head - first.head) <= _TOGETHER_WORDS
        for other in full
    )


_TOGETHER_WORDS = 12


def _initials(by_chain: Mapping[str, list[Spot]]) -> Iterator[tuple[str, str]]:
    """Each abbreviation with the one name of several words that it begins the words of."""
    long: dict[str, list[str]] = {}
    for chain, spots in by_chain.items():
        words = [w for w in spots[0].words if w not in _SMALL]
        if len(words) > 1 and spots[0].mention.kind is not Kind.PERSON:
            letters = "".join(w[0] for w in words)
            long.setdefault(letters, []).append(chain)
    for chain, spots in by_chain.items():
        letters = spots[0].lemma.replace(".", "")
        is_short = spots[0].end - spots[0].first == 1 and spots[0].capitals
        spelt_out = long.get(letters, [])
        if is_short and len(spelt_out) == 1 and spelt_out[0] != chain:
            yield chain, spelt_out[0]
