"""What an assistant asks beside what `answers` gives: documents, claims, words, gaps, changes."""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing

from consilience.answers import Asked, claims_to_json, passages_to_json
from consilience.assistant.bounds import ITEMS, STRING_CHARS
from consilience.decide.shown import decisions_shown
from consilience.errors import InputError, NotFoundError
from consilience.history import since as changes_since
from consilience.places import Place
from consilience.records import Change, Claim, Document, Dossier
from consilience.shapes import JsonObject
from consilience.store import open_store
from consilience.tell.lookup import Lookup, lookup
from consilience.tell.phrases import manner, say_value
from consilience.wording import fold, label, say_when

_WORD = re.compile(r"\w+")


def page_of(answer: JsonObject, key: str, start: int) -> JsonObject:
    """The answer with its list from `start` on, and where the next call goes on.

    Raises:
        InputError: `start` is below nought.
    """
    if start < 0:
        raise InputError(f"{start}: give a start of 0 or more")
    every = answer[key]
    shown = every[start : start + ITEMS]
    following = start + len(shown)
    return {
        **answer,
        key: shown,
        "n_in_all": len(every),
        "next_start": following if following < len(every) else None,
    }


def documents(dossier: Dossier) -> JsonObject:
    book = lookup(dossier)
    return {
        "documents": [
            {
                "id": d.id,
                "name": d.name,
                "title": d.title,
                "source": label(d),
                "url": d.url,
                "published": d.published.value if d.published else None,
                "language": d.language,
                "origin": book.origin_ids[d.id],
                "n_chars": len(d.text),
                "n_pages": _n_pages(d),
            }
            for d in dossier.documents
        ]
    }


def document(dossier: Dossier, wanted: str, page: int) -> JsonObject:
    """One page of the text of a document, by its id or name.

    Raises:
        NotFoundError: there is no such document.
        InputError: it has no such page.
    """
    found = next((d for d in dossier.documents if wanted in (d.id, d.name)), None)
    if found is None:
        raise NotFoundError(f"{wanted}: no such document; `documents` lists them")
    if not 1 <= page <= _n_pages(found):
        raise InputError(f"{page}: no such page; the document has {_n_pages(found)}")
    start = (page - 1) * STRING_CHARS
    text = found.text[start : start + STRING_CHARS]
    return {
        "id": found.id,
        "name": found.name,
        "source": label(found),
        "page": page,
        "n_pages": _n_pages(found),
        "start": start,
        "end": start + len(text),
        "text": text,
    }


def _n_pages(document: Document) -> int:
    return max(1, -(-len(document.text) // STRING_CHARS))


def claims(dossier: Dossier, query: str, slot: str | None) -> JsonObject:
    """Claims in whose words, subject or value all words of the query stand, in their order."""
    book = lookup(dossier)
    wanted = set(_WORD.findall(fold(query)))
    found = [c for c in dossier.claims if slot in (None, c.slot) and wanted <= _words_of(c, book)]
    return {
        "claims": [
            {**said, "passages": passages_to_json([claim.passage], book)}
            for said, claim in zip(claims_to_json(found, book), found, strict=True)
        ]
    }


def _words_of(claim: Claim, book: Lookup) -> set[str]:
    said = f"{book.words(claim.passage)} {book.name(claim.subject_id) or ''}"
    voices = " ".join(voice.name or "" for voice in claim.voices)
    return set(_WORD.findall(fold(f"{said} {claim.slot} {say_value(claim.value, book)} {voices}")))


def quotations(dossier: Dossier, speaker: str | None) -> JsonObject:
    """Who said what, in the order of the documents; of one speaker, by a name or id."""
    book = lookup(dossier)
    asked = None if speaker is None else fold(speaker)

    def speaks(speaker_id: str | None) -> bool:
        if asked is None:
            return True
        entity = book.entities.get(speaker_id or "")
        return entity is not None and asked in (fold(entity.id), *map(fold, entity.names))

    return {
        "quotations": [
            {
                "speaker": book.name(q.speaker_id),
                "speaker_id": q.speaker_id,
                "direct": q.direct,
                "manner": manner(q) or "said",
                "passages": passages_to_json([q.passage], book),
            }
            for q in dossier.quotations
            if speaks(q.speaker_id)
        ]
    }


def missing(dossier: Dossier) -> JsonObject:
    book = lookup(dossier)
    return {
        "missing": [
            {
                "slot": m.slot,
                "about": book.name(m.subject_id),
                "text": m.text,
                "passages": passages_to_json(m.passages, book),
            }
            for m in dossier.missing
        ]
    }


def changes(case: Asked, since: int | None) -> JsonObject:
    """What changed since the state before the last, or since the one of that number.

    Raises:
        NotFoundError: the case has no state of that number.
    """
    with closing(open_store(case.path)) as store:
        n_states = store.version().n_states
        found = case.dossier.changes if since is None else changes_since(store, since)
    return {
        "n_states": n_states,
        "since": since if since is not None else max(1, n_states - 1),
        "changes": changes_to_json(found, lookup(case.dossier)),
    }


def changes_to_json(found: Sequence[Change], book: Lookup) -> list[JsonObject]:
    return [
        {
            "about": c.about,
            "text": c.text,
            "findings": [*c.finding_ids],
            "passages": passages_to_json(c.passages, book),
        }
        for c in found
    ]


def decisions(path: Place) -> JsonObject:
    """What analysts decided and what of it holds, in the order it was made."""
    with closing(open_store(path)) as store:
        return {"decisions": [*decisions_shown(store.decisions(), every=True)]}


def things(dossier: Dossier, words: str) -> JsonObject:
    """What may be decided on, in which the words stand, with its id."""
    wanted = fold(words)
    return {"things": [t for t in _things(dossier) if wanted in fold(" ".join(t.values()))]}


def _things(dossier: Dossier) -> Iterator[dict[str, str]]:
    book = lookup(dossier)
    for e in dossier.entities:
        yield {
            "id": e.id,
            "is": "entity",
            "kind": e.kind,
            "name": ", ".join((e.name, *e.names[1:])),
        }
    for v in dossier.events:
        day = say_when(v.when) if v.when else ""
        yield {"id": v.id, "is": "event", "kind": v.kind, "name": v.name, "when": day}
    for f in dossier.findings:
        answers = " / ".join(say_value(c.value, book) for c in f.candidates)
        yield {"id": f.id, "is": "finding", "name": f.question, "answers": answers}
    for d in dossier.documents:
        yield {"id": d.id, "is": "document", "name": d.name, "source": label(d)}
