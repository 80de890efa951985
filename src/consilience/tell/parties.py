"""What a side says for itself, on a page of its own that no other sentence is taken from."""

from collections.abc import Iterator, Mapping, Sequence

from consilience.lexicon import load_words
from consilience.outlets import is_outlet, sounds_like_outlet
from consilience.records import Document, Kind
from consilience.tell.adapted import adapted, reported
from consilience.tell.central import Central
from consilience.tell.clauses import stands_alone
from consilience.tell.leaning import leans
from consilience.tell.material import Material
from consilience.tell.novelty import tells_anew
from consilience.tell.prose import Draft
from consilience.tell.sentences import OPENING_MARKS, is_spoken, words_of
from consilience.tell.tolls import holds_any
from consilience.wording import fold

# More than these tire a reader.
_MAX_PARTIES = 3


def parties(
    known: Material,
    found: Sequence[Central],
    prose: Sequence[Draft],
    figures: Sequence[Draft],
    year: int | None,
) -> list[Draft]:
    """One sentence of each page that one who is told of wrote itself: a police statement, a
    communiqué; the pages in the order of their dates."""
    heard = {known.roots.get(p.document_id) for draft in prose for p in draft.passages}
    words_told = [draft.words for draft in (*prose, *figures)]
    texts = {d.id: _plain(d.text) for d in known.case.documents}
    drafts: list[Draft] = []
    for document in sorted(known.case.documents, key=_when):
        if len(drafts) == _MAX_PARTIES:
            break
        if known.roots.get(document.id) in heard or not _is_party(known, document, texts):
            continue
        own = [one for one in found if one.passage.document_id == document.id]
        draft = next(_told(known, document, own, words_told, year), None)
        if draft is not None:
            drafts.append(draft)
            words_told.append(draft.words)
    return drafts


def _when(document: Document) -> tuple[str, str]:
    when = document.published
    start = when.start.isoformat() if when is not None and when.start is not None else "~"
    return start, document.id


def _is_party(known: Material, document: Document, texts: Mapping[str, str]) -> bool:
    """Whether a page's source is no outlet, but a body or a group that has a part in the story."""
    source = document.source
    if source is None or is_outlet(source) or sounds_like_outlet(source):
        return False
    name = _plain(source)
    if not load_words("official_voices").isdisjoint(name.split()):
        return True
    is_group = any(
        e.kind is Kind.ORGANIZATION and name in map(_plain, e.names)
        for e in known.entities.values()
    )
    return is_group and any(name in text for id_, text in texts.items() if id_ != document.id)


def _plain(words: str) -> str:
    return fold(" ".join(words.split())).removeprefix("the ")


def _told(
    known: Material,
    document: Document,
    own: Sequence[Central],
    words_told: Sequence[str],
    year: int | None,
) -> Iterator[Draft]:
    """The sentences on the event that can be told, those that others tell most of first."""
    for one in sorted(own, key=lambda c: (-c.share, c.place)):
        words = words_of(document, one.passage)
        is_of_main = known.case.event_by_sentence.get(one.passage) == known.main.id
        is_usable = (
            (is_of_main or one.share > 0)
            and stands_alone(known, document, one.passage)
            and not leans(known, one.passage)
            and words[0] not in OPENING_MARKS
            and not is_spoken(words)
            and not holds_any(known.open.stale, one.passage)
            and not holds_any(known.open.withdrawn, one.passage)
            and tells_anew(words, words_told)
        )
        tells = adapted(known, one.passage, year) if is_usable else None
        if tells is not None and not tells.is_quoted:
            yield Draft(reported(known, one.passage, tells))
