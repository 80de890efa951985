"""Findings in Markdown: each with its answers and voices, and all in one table by source."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from consilience.records import Dossier, Finding, Relation, RelationKind, Status
from consilience.tell.lookup import Lookup
from consilience.tell.markdown_text import Notes, escaped
from consilience.tell.phrases import (
    STATUS_WORDS,
    by_weight,
    count,
    other_event,
    say_belief,
    say_policies,
    say_said,
    say_sums,
    say_value,
    say_versions,
    say_voices,
)
from consilience.wording import label, shortened

_TELLING = (RelationKind.UPDATED, RelationKind.CONTRADICTORY)
# More pairs than these of what is no conflict only tire the reader.
_PAIRS_MAX = 2
# A table is read as plain text too: wider ones wrap in every editor.
_TABLE_CHARS, _HEAD_CHARS, _ANSWER_CHARS = 200, 20, 40


def disagreements(dossier: Dossier, notes: Notes) -> Iterator[str]:
    for finding in by_weight(dossier):
        if finding.status is Status.CONTRADICTED:
            yield _finding(finding, notes)


def findings(dossier: Dossier, notes: Notes) -> Iterator[str]:
    for finding in by_weight(dossier):
        if finding.status is not Status.CONTRADICTED:
            yield _finding(finding, notes)


def _finding(finding: Finding, notes: Notes) -> str:
    book = notes.book
    about = other_event(finding, book)
    of_other = "" if about is None else f" ({escaped(about)})"
    lines = [f"**{escaped(finding.question)}**{of_other} — {STATUS_WORDS[finding.status]}"]
    if finding.locked_by is not None:
        lines[0] += f", decided by {escaped(finding.locked_by)}"
    lines.append("")
    for candidate in finding.candidates:
        counted = (
            f"{count(candidate.n_documents, 'document')}, "
            f"{count(candidate.n_origins, 'independent origin')}"
        )
        if len(finding.candidates) > 1:
            counted += f", {say_belief(candidate)}"
        said = escaped(say_said(candidate))
        cited = notes(book.claims[claim_id].passage for claim_id in candidate.claim_ids)
        lines.append(
            f"- **{escaped(say_value(candidate.value, book))}** — "
            f"{escaped(say_voices(candidate, book))}; "
            f"{counted}{f'; {said}' if said else ''}{cited}"
        )
        lines += [f"  - added up: {escaped(said)}" for said in say_sums(candidate, book)]
    lines += _pairs(finding, book)
    for voice, answers, passages in say_versions(finding, book):
        lines.append(f"- *{escaped(voice)} said* {escaped(answers)}{notes(passages)}")
    chosen = [f"{words} {escaped(value)}" for words, value in say_policies(finding, book)]
    if len(finding.candidates) > 1 and chosen:
        lines.append(f"- *By policy:* {', '.join(chosen)}")
    return "\n".join(lines)


def _pairs(finding: Finding, book: Lookup) -> Iterator[str]:
    """How each two answers stand to each other; many that can all be true are only counted."""
    telling = [r for r in finding.relations if r.kind in _TELLING]
    others = [r for r in finding.relations if r.kind not in _TELLING]
    for relation in telling + (others if len(others) <= _PAIRS_MAX else []):
        yield f"- {_pair(relation, finding, book)}"
    if len(others) > _PAIRS_MAX:
        yield f"- {len(others)} pairs of these answers can both be true"


def _pair(relation: Relation, finding: Finding, book: Lookup) -> str:
    """How two answers stand to each other and why, the two named where the reason does not."""
    said = [say_value(finding.candidates[n].value, book) for n in (relation.a, relation.b)]
    why = escaped(relation.why)
    if all(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", relation.why) for one in said):
        return f"*{str(relation.kind).capitalize()}:* {why}"
    return f"{escaped(f'“{said[0]}” and “{said[1]}”')} — *{relation.kind}:* {why}"


def ledger(dossier: Dossier, notes: Notes) -> Iterator[str]:
    """What each source answers to the questions that several answer, as far as it can be read."""
    by_document = {d.id: d.id for d in dossier.documents}
    by_origin = {d: o.document_ids[0] for o in dossier.origins for d in o.document_ids}
    for heads in (by_document, by_origin):
        lines = _table(dossier, heads, notes.book)
        if lines and len(lines[0]) <= _TABLE_CHARS:
            yield "\n".join(lines)
            if heads is by_origin and by_origin != by_document:
                yield "A column is an independent origin, named by its first document."
            return


def _table(dossier: Dossier, heads: Mapping[str, str], book: Lookup) -> list[str]:
    """The lines of the table, its columns those documents that `heads` gives for each."""
    columns = list(dict.fromkeys(heads.get(d.id, d.id) for d in dossier.documents))
    named = _names([shortened(label(book.documents[c]), _HEAD_CHARS) for c in columns])
    rows = [["Question", *map(escaped, named)]]
    for finding in by_weight(dossier):
        cells: dict[str, list[str]] = {}
        for candidate in finding.candidates:
            said = say_value(candidate.value, book)
            for claim_id in candidate.claim_ids:
                document_id = book.claims[claim_id].passage.document_id
                held = cells.setdefault(heads.get(document_id, document_id), [])
                held += [] if said in held else [said]
        told = [" / ".join(cells.get(c, ["–"])) for c in columns]
        if len(cells) > 1 and all(len(words) <= _ANSWER_CHARS for words in told):
            about = other_event(finding, book)
            question = finding.question if about is None else f"{finding.question} ({about})"
            rows.append([*map(escaped, (question, *told))])
    return _padded(rows) if len(rows) > 1 else []


def _names(labels: Sequence[str]) -> list[str]:
    """The labels, those that several share numbered."""
    repeated = {name for name, n in Counter(labels).items() if n > 1}
    seen: Counter[str] = Counter()
    named = []
    for name in labels:
        seen[name] += 1
        named.append(f"{name} ({seen[name]})" if name in repeated else name)
    return named


def _padded(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        f"| {' | '.join(c.ljust(w) for c, w in zip(row, widths, strict=True))} |" for row in rows
    ]
    return [lines[0], f"|{'|'.join('-' * (width + 2) for width in widths)}|", *lines[1:]]
