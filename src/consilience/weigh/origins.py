"""Which document draws on which, and how many independent reports stand behind the pages."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consilience.records import (
    Document,
    Link,
    LinkKind,
    Match,
    Origin,
    Passage,
    Reading,
    content_id,
)
from consilience.weigh.copying import (
    Pair,
    candidate_pairs,
    compare,
    probability,
    reworded,
    shared_runs,
    slip_bonus,
)
from consilience.weigh.credits import Credit, find_credits
from consilience.weigh.pages import Page, page_of, without
from consilience.weigh.slips import shared_slips
from consilience.weigh.spelt import Speller

# From here on a link makes two documents one origin: more likely drawn on than not.
SAME_ORIGIN_MIN = 0.5
# Links below this are not worth keeping.
_LINK_MIN = 0.05
# Share of a page in runs of eight words before the link is called verbatim and not rewritten.
_VERBATIM_MIN = 0.5
# How credit moves the log odds; by hand. A page that lays itself at another's door is believed.
_WHOLE_BONUS, _WHOLE_FLOOR = 3.0, 1.5
_PART_BONUS, _PART_FLOOR = 1.0, -1.5
# Log odds where nothing can be compared.
_UNKNOWN = -6.0
# Share of what two pages have from a third up to which they have little of it in common.
_COMMON_MAX = 1 / 3
# By so much more of itself the one page must be in the other to be the copy where no date tells.
_CONTAINED_MIN = 0.1


def find_origins(
    documents: Sequence[Document], readings: Mapping[str, Reading]
) -> tuple[Origin, ...]:
    """The origins of a case, each document in exactly one, by the first document of each.

    A document joins the one it most likely draws on; circular credit makes one origin, of which the
    earliest document comes first.
    """
    order = {d.id: n for n, d in enumerate(sorted(documents, key=first_published))}
    held = _hold(documents, readings)
    kept = _deciding(_without_digests(held))
    root = _joined(order, kept)
    members: dict[str, list[str]] = defaultdict(list)
    for document_id in order:
        members[root[document_id]].append(document_id)
    links: dict[str, list[Link]] = defaultdict(list)
    for link in kept:
        links[root[link.copy_id]].append(link)
    return tuple(origin_of(ids, links[key], order) for key, ids in members.items())


def find_links(documents: Sequence[Document], readings: Mapping[str, Reading]) -> tuple[Link, ...]:
    """Every likely drawing of one document on another, the improbable ones too.

    At most a few for each document, so that a thousand copies of one report stay cheap.
    """
    return _hold(documents, readings).links


@dataclass(frozen=True, slots=True)
class _Held:
    """All pages of a case held against one another; `place` of each id in `pages`."""

    pages: Sequence[Page]
    place: Mapping[str, int]
    pairs: Mapping[tuple[int, int], Pair | None]
    links: tuple[Link, ...]
    spell: Speller


def _hold(documents: Sequence[Document], readings: Mapping[str, Reading]) -> _Held:
    ordered = sorted(documents, key=first_published)
    pages = [page_of(d, readings.get(d.id)) for d in ordered]
    place = {page.id: n for n, page in enumerate(pages)}
    credits_found = find_credits(pages)
    for credit in credits_found:
        if not credit.whole:
            # What is openly another's is not passed off as the page's own.
            n = place[credit.copy_id]
            pages[n] = without(pages[n], credit.passages)
    spell = Speller()
    slips = shared_slips(pages)
    together = {*candidate_pairs(pages, spell), *slips}
    pairs = {
        (i, j): compare(spell(pages[i]), spell(pages[j]), slips.get((i, j), ()))
        for i, j in sorted(together)
    }
    credited: dict[tuple[int, int], Credit] = {}
    for credit in credits_found:
        copy = place[credit.copy_id]
        for of in _credited(copy, [place[i] for i in credit.of_ids], pairs, pages, spell):
            credited[copy, of] = credit
    links = tuple(
        link
        for i, j in sorted(pairs)
        for link in _links(i, j, pages, pairs[i, j], credited, spell)
        if link.probability >= _LINK_MIN
    )
    return _Held(pages, place, pairs, links, spell)


def _without_digests(held: _Held) -> list[Link]:
    """The links but those by which a page made of several reports would make one of them.

    Of two pages that are not alike and share nothing with it in common, it is joined to the one it
    is more like; unless it came before both, and they took different parts of it.
    """
    touching: dict[str, list[Link]] = defaultdict(list)
    for link in held.links:
        if link.probability >= SAME_ORIGIN_MIN and link.kind is not LinkKind.CREDITED:
            touching[link.copy_id].append(link)
            touching[link.of_id].append(link)
    parting: set[Link] = set()
    for document_id, links in touching.items():
        first, *others = sorted(links, key=lambda k: (-k.probability, k.copy_id, k.of_id))
        for other in others:
            if _is_digest(document_id, first, other, held):
                parting.add(other)
    return [link for link in held.links if link not in parting]


def _is_digest(document_id: str, a: Link, b: Link, held: _Held) -> bool:
    ours, theirs = _shown(document_id, a), _shown(document_id, b)
    both = [p for p in ours if any(p.start < q.end and q.start < p.end for q in theirs)]
    if len(both) > _COMMON_MAX * min(len(ours), len(theirs)):
        return False
    here, left, right = (
        held.place[i] for i in (document_id, _other_end(document_id, a), _other_end(document_id, b))
    )
    if all(_is_before(held.pages[here], held.pages[n]) for n in (left, right)):
        return False
    key = min(left, right), max(left, right)
    one, two = (held.spell(held.pages[n]) for n in key)
    pair = held.pairs.get(key) or compare(one, two)
    return pair is not None and pair.logit < 0


def _shown(document_id: str, link: Link) -> list[Passage]:
    return [m.copy if link.copy_id == document_id else m.of for m in link.evidence]


def _other_end(document_id: str, link: Link) -> str:
    return link.of_id if link.copy_id == document_id else link.copy_id


def _is_before(a: Page, b: Page) -> bool:
    """Whether the dates show that one came before the other."""
    first, second = a.document.published, b.document.published
    if first is None or second is None or first.end is None or second.start is None:
        return False
    return first.end <= second.start


def first_published(document: Document) -> tuple[str, str, str, str]:
    """What documents are sorted by: the earliest first, those of no date last."""
    published = document.published
    start = published.start.isoformat() if published and published.start else "9999"
    end = published.end.isoformat() if published and published.end else "9999"
    return start, end, document.name, document.id


def _credited(
    copy: int,
    of: Sequence[int],
    pairs: dict[tuple[int, int], Pair | None],
    pages: Sequence[Page],
    spell: Speller,
) -> list[int]:
    """Of the pages of the credited outlet the one most like this page, compared if need be."""
    best: tuple[float, int] | None = None
    for other in of:
        key = min(copy, other), max(copy, other)
        if key not in pairs:
            # An outlet of many pages: only those that share words with this one were candidates.
            if len(of) > 1 and best is not None:
                continue
            pairs[key] = compare(spell(pages[key[0]]), spell(pages[key[1]]))
        pair = pairs[key]
        found = (_UNKNOWN if pair is None else pair.logit, -other)
        best = found if best is None else max(best, found)
    return [] if best is None else [-best[1]]


def _links(
    i: int,
    j: int,
    pages: Sequence[Page],
    pair: Pair | None,
    credited: Mapping[tuple[int, int], Credit],
    spell: Speller,
) -> Iterator[Link]:
    """The link between two pages, and a second one back where each credits the other."""
    left, right = pages[i], pages[j]
    forth, back = credited.get((j, i)), credited.get((i, j))
    logit = _UNKNOWN if pair is None else pair.logit
    if (forth is None) != (back is None) and (forth or back or _NONE).whole:
        swapped = forth is None
    else:
        swapped = _is_earlier_copy(left, right, pair)
    copy, of = (left, right) if swapped else (right, left)
    yield _link(copy, of, logit, pair, back if swapped else forth, spell)
    other = forth if swapped else back
    if other is not None:
        yield _link(of, copy, logit, pair, other, spell)


_NONE = Credit("", (), False, ())


def _is_earlier_copy(left: Page, right: Page, pair: Pair | None) -> bool:
    """Whether the one that sorts first is the copy: no date parts them and it is contained."""
    if pair is None or _is_before(left, right):
        return False
    return pair.left_in_right.kept > pair.right_in_left.kept + _CONTAINED_MIN


def _link(
    copy: Page, of: Page, logit: float, pair: Pair | None, credit: Credit | None, spell: Speller
) -> Link:
    kind = LinkKind.REWRITTEN
    if pair is not None and pair.runs >= _VERBATIM_MIN:
        kind = LinkKind.VERBATIM
    slips = () if pair is None else pair.slips
    if slips and logit >= 0 > logit - slip_bonus(slips):
        kind = LinkKind.SHARED_ERROR
    if credit is not None and credit.whole:
        logit = max(_WHOLE_FLOOR, logit + _WHOLE_BONUS)
        kind = kind if kind is LinkKind.VERBATIM else LinkKind.CREDITED
    elif credit is not None:
        logit = max(_PART_FLOOR, logit + _PART_BONUS)
        kind = kind if logit >= 0 else LinkKind.QUOTED
    evidence: tuple[Match, ...] = ()
    if kind is LinkKind.VERBATIM:
        evidence = tuple(shared_runs(spell(copy), spell(of)))
    elif pair is not None:
        slipped = (m if copy is pair.right else Match(m.of, m.copy) for m in slips)
        evidence = (*reworded(pair, copy), *slipped)
    if credit is not None and kind is not LinkKind.VERBATIM:
        evidence = (*evidence, *_credit_evidence(credit, of))
    return Link(copy.id, of.id, kind, probability(logit), evidence)


def _credit_evidence(credit: Credit, of: Page) -> Iterator[Match]:
    """The words of credit stand for the opening of what they credit."""
    first = of.lines[0].passage if of.lines else Passage(of.id, 0, len(of.document.text))
    return (Match(passage, first) for passage in credit.passages)


def _deciding(links: Sequence[Link]) -> list[Link]:
    """Of each document the likeliest link that makes it one origin with another.

    One likeliest: a page put together from two reports, or one that credits every outlet there is,
    must not make one of them.
    """
    best: dict[str, Link] = {}
    for link in links:
        if link.probability < SAME_ORIGIN_MIN:
            continue
        if link.copy_id not in best or link.probability > best[link.copy_id].probability:
            best[link.copy_id] = link
    return [link for link in links if best.get(link.copy_id) is link]


def _joined(order: Mapping[str, int], links: Sequence[Link]) -> dict[str, str]:
    """The earliest document of each group that the links join, for every document."""
    root = {document_id: document_id for document_id in order}

    def find(document_id: str) -> str:
        while root[document_id] != document_id:
            root[document_id] = root[root[document_id]]
            document_id = root[document_id]
        return document_id

    for link in links:
        a, b = find(link.copy_id), find(link.of_id)
        first, last = (a, b) if order[a] <= order[b] else (b, a)
        root[last] = first
    return {document_id: find(document_id) for document_id in order}


def origin_of(ids: Sequence[str], links: Sequence[Link], order: Mapping[str, int]) -> Origin:
    """The one that draws on no other comes first; in a circle, the earliest."""
    copies = {link.copy_id for link in links}
    ranked = sorted(ids, key=lambda i: order[i])
    root = next((i for i in ranked if i not in copies), ranked[0])
    members = (root, *(i for i in ranked if i != root))
    return Origin(content_id("origin", *members), members, tuple(links))
