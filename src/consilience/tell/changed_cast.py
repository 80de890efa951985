"""Who and what a case tells of otherwise than before: people, events, voices, origins."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from consilience.dates import day_value, when_of
from consilience.records import (
    About,
    Change,
    Document,
    Dossier,
    Entity,
    Kind,
    Link,
    Passage,
    TimelineEntry,
    When,
)
from consilience.tell.lookup import Lookup
from consilience.tell.paired import Pairs
from consilience.tell.phrases import LINK_WORDS, count, is_known_to_the_day, listed
from consilience.wording import fold, label, say_when, shortened

# So many are named on one line; how many more there are is said.
NAMED_MAX = 5
_CAST = (Kind.PERSON, Kind.ORGANIZATION)
# Of that many mentions that both accounts have, who leaves another is worth a line.
_PARTED_MIN = 2
_DATES_MAX = 3


def some(items: Sequence[str]) -> str:
    """The first few, and how many more."""
    more = len(items) - NAMED_MAX
    return listed([*items[:NAMED_MAX], f"{more} more"]) if more > 0 else listed(items)


def some_apart(items: Sequence[str]) -> str:
    """The same of items that have commas of their own."""
    more = len(items) - NAMED_MAX
    return "; ".join([*items[:NAMED_MAX], f"{more} more"] if more > 0 else items)


def headline(pairs: Pairs) -> Iterator[Change]:
    """That the case goes by another name."""
    was, now = pairs.before.title, pairs.after.title
    if fold(was) != fold(now):
        mentions = pairs.after.events[0].mentions[:1] if pairs.after.events else ()
        yield Change(About.EVENT, f"Now headed “{now}”, was “{was}”", (), mentions)


def people(pairs: Pairs) -> Iterator[Change]:
    """Who was two and is one, who was one and is two, and who has a fuller name."""
    old = {e.id: e for e in pairs.before.entities if e.kind in _CAST}
    joined: dict[str, list[Entity]] = defaultdict(list)
    for entity in old.values():
        if entity.id in pairs.now:
            joined[pairs.now[entity.id]].append(entity)
    for entity in pairs.after.entities:
        were = joined.get(entity.id, [])
        if entity.kind not in _CAST or not were:
            continue
        if len(were) > 1:
            yield _merged(entity, were)
        elif fold(were[0].name) != fold(entity.name):
            text = f"{were[0].name} is now told as {entity.name}"
            yield Change(About.PERSON, text, (), _named(entity, pairs.new))
    yield from _parted(old.values(), pairs)


def _merged(entity: Entity, were: Sequence[Entity]) -> Change:
    were = sorted(were, key=lambda e: (-len(e.mentions), e.id))
    names = list(dict.fromkeys(e.name for e in were))
    one, many = ("person", "people") if entity.kind is Kind.PERSON else ("body", "bodies")
    text = f"{some(names)} are one {one}: {entity.name}"
    if len(names) == 1:
        text = f"{len(were)} {many} called {names[0]} are one"
    return Change(About.PERSON, text, (), entity.mentions[:1])


def _parted(old: Iterable[Entity], pairs: Pairs) -> Iterator[Change]:
    at = {p: e for e in pairs.after.entities for p in e.mentions if p.document_id in pairs.shared}
    for entity in old:
        held: dict[str, list[Passage]] = defaultdict(list)
        for passage in entity.mentions:
            if passage in at:
                held[at[passage].id].append(passage)
        mine = pairs.now.get(entity.id)
        for other_id, passages in sorted(held.items()):
            other = pairs.new.entities[other_id]
            if other_id == mine or len(passages) < _PARTED_MIN or pairs.then.get(other_id):
                continue
            text = f"{other.name} is somebody else than {entity.name}, as whom they were told"
            yield Change(About.PERSON, text, (), tuple(passages[:1]))


def _named(entity: Entity, book: Lookup) -> tuple[Passage, ...]:
    """Where the name first stands."""
    found = (p for p in entity.mentions if fold(book.words(p)) == fold(entity.name))
    first = next(found, entity.mentions[0] if entity.mentions else None)
    return () if first is None else (first,)


def voices(pairs: Pairs) -> Iterator[Change]:
    """Who is heard and was not."""
    heard = {pairs.now.get(id_, id_) for id_ in _speakers(pairs.before)}
    places = _speakers(pairs.after)
    names = {fold(name) for id_ in heard for name in _names(id_, pairs)}
    new = [pairs.new.entities[id_] for id_ in places if id_ not in heard]
    new = [e for e in new if fold(e.name) not in names]
    new.sort(key=lambda e: (-len(places[e.id]), e.name, e.id))
    if new:
        text = f"{'New voice' if len(new) == 1 else 'New voices'}: {some([e.name for e in new])}"
        passages = tuple(places[e.id][0] for e in new[:NAMED_MAX])
        yield Change(About.VOICE, text, (), passages)


def _names(entity_id: str, pairs: Pairs) -> Iterator[str]:
    for book in (pairs.old, pairs.new):
        if entity_id in book.entities:
            yield from (book.entities[entity_id].name, *book.entities[entity_id].names)


def _speakers(dossier: Dossier) -> dict[str, list[Passage]]:
    """Persons and bodies that speak, with where."""
    named = {e.id for e in dossier.entities if e.kind in _CAST}
    found: dict[str, list[Passage]] = defaultdict(list)
    for quotation in dossier.quotations:
        if quotation.speaker_id in named:
            assert quotation.speaker_id is not None
            found[quotation.speaker_id].append(quotation.passage)
    return found


def origins(pairs: Pairs) -> Iterator[Change]:
    """Reports that turned out to be one, and one that turned out to be several."""
    was = {d: o.id for o in pairs.before.origins for d in o.document_ids if d in pairs.shared}
    for origin in pairs.after.origins:
        groups: dict[str, list[str]] = defaultdict(list)
        for document_id in origin.document_ids:
            if document_id in was:
                groups[was[document_id]].append(document_id)
        if len(groups) > 1:
            names = [_labels(ids, pairs.new) for _, ids in sorted(groups.items())]
            text = f"What looked like {len(groups)} reports is one: {listed(names)}"
            link = _between(origin.links, was)
            if link is not None:
                text = f"{text}; {_drawn(link, pairs.new)}"
            passages = () if link is None else tuple(m.copy for m in link.evidence[:1])
            yield Change(About.ORIGIN, text, (), passages)
    here = {d: o.id for o in pairs.after.origins for d in o.document_ids}
    for origin in pairs.before.origins:
        parted: dict[str, list[str]] = defaultdict(list)
        for document_id in origin.document_ids:
            if document_id in pairs.shared:
                parted[here[document_id]].append(document_id)
        if len(parted) > 1:
            names = [_labels(ids, pairs.new) for _, ids in sorted(parted.items())]
            text = f"What counted as one report is {len(parted)}: {listed(names)}"
            yield Change(About.ORIGIN, text)


def _between(links: Iterable[Link], was: dict[str, str]) -> Link | None:
    """What joins two that stood apart; surest first."""
    joining = [k for k in links if was.get(k.copy_id, k.copy_id) != was.get(k.of_id, k.of_id)]
    return max(joining, key=lambda k: (k.probability, k.copy_id, k.of_id), default=None)


def _labels(document_ids: Iterable[str], book: Lookup) -> str:
    return some([label(book.documents[d]) for d in document_ids])


def _drawn(link: Link, book: Lookup) -> str:
    copy, of = (label(book.documents[d]) for d in (link.copy_id, link.of_id))
    return f"{copy} {LINK_WORDS[link.kind]} {of}"


def dates(pairs: Pairs) -> Iterator[Change]:
    """Happenings of the timeline that are given another time; that of the main event is a finding.

    A time that is only more or less exact than before has not moved.
    """
    main_id = pairs.after.events[0].id if pairs.after.events else None
    then = {p: e for e in reversed(pairs.before.timeline) for p in e.passages if not e.placed}
    moved, differing = [], []
    for entry in pairs.after.timeline:
        was = next((then[p] for p in entry.passages if p in then), None)
        if was is None or entry.placed is not None or entry.event_id == main_id:
            continue
        if _is_apart(was.when, entry.when):
            said = f"{say_when(was.when)} → {say_when(entry.when)}: “{_cut(entry)}”"
            moved.append((said, entry.passages[0]))
        elif entry.conflicts and not was.conflicts:
            times = listed([say_when(d.when) for d in entry.conflicts])
            differing.append((f"{times}: “{_cut(entry)}”", entry.passages[0]))
    for opening, found in (("Date moved", moved), ("Sources now differ on the date", differing)):
        for said, passage in found[:_DATES_MAX]:
            yield Change(About.DATE, f"{opening} – {said}", (), (passage,))
        if more := found[_DATES_MAX:]:
            text = f"{opening} – {count(len(more), 'more happening')} of the timeline"
            yield Change(About.DATE, text, (), tuple(dict.fromkeys(p for _, p in more)))


def _is_apart(a: When, b: When) -> bool:
    """Whether no moment is in both."""
    return (a.end is not None and b.start is not None and a.end <= b.start) or (
        b.end is not None and a.start is not None and b.end <= a.start
    )


def _cut(entry: TimelineEntry) -> str:
    return shortened(" ".join(entry.text.split()), 80).rstrip(".")


def documents(pairs: Pairs) -> Iterator[Change]:
    """What came, was changed, and went, with whose report it is."""
    old = {d.name: d for d in pairs.before.documents}
    here = {d.name: d for d in pairs.after.documents}
    came = [d for d in here.values() if d.name not in old]
    altered = [d for d in here.values() if d.name in old and old[d.name].sha256 != d.sha256]
    gone = [d for d in old.values() if d.name not in here]
    for verb, found in (("New", came), ("Changed", altered)):
        if found:
            noun = "document" if len(found) == 1 else "documents"
            told = [_described(document, pairs) for document in found]
            yield Change(About.DOCUMENT, f"{verb} {noun}: {some_apart(told)}")
    if gone:
        told = [_described(document, None) for document in gone]
        yield Change(About.DOCUMENT, f"No longer there: {some_apart(told)}")


def _described(document: Document, pairs: Pairs | None) -> str:
    """Its name, or its title where the name is an address; outlet, day, and whose report it is."""
    name = document.name
    if "://" in name and document.title:
        name = f"“{shortened(document.title)}”"
    outlet = [label(document)] if label(document) != name else []
    published = document.published
    day = []
    if is_known_to_the_day(published) and published is not None and published.start is not None:
        day = [say_when(when_of(day_value(published.start)))]
    around = f" ({', '.join(outlet + day)})" if outlet or day else ""
    drawn = None if pairs is None else _draws_on(document, pairs)
    return f"{name}{around}, which {drawn}" if drawn else f"{name}{around}"


def _draws_on(document: Document, pairs: Pairs) -> str | None:
    """On whom a document draws, most surely."""
    links = [k for o in pairs.after.origins for k in o.links if k.copy_id == document.id]
    link = max(links, key=lambda k: (k.probability, k.of_id), default=None)
    if link is None:
        return None
    return f"{LINK_WORDS[link.kind]} {label(pairs.new.documents[link.of_id])}"
