"""W3C Web Annotations (JSON-LD): what each claim and quotation rests on, in its document.

Positions count code points of the text, as the specification has it. The context is named and not
written out, since the specification asks for its name; a reader that knows no network knows it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from consilience.export.words import Words, address, json_text, urn
from consilience.records import Dossier, Passage

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Characters before and after the words, to find them again in a page that has changed.
_AROUND = 32

Annotation = dict[str, Any]


def to_annotations(dossier: Dossier) -> str:
    """A page of W3C Web Annotations (JSON-LD): who says what, at the very words.

    Every claim with its voices, quotation, sentence of the account, entry of the timeline, mention
    of an entity, copied stretch and gap that documents name, each on its passages by quotation and
    position. Findings are assessments of their claims, decisions moderate what they are about.
    Hypothesis, Recogito and other annotation tools take it.
    """
    words = Words(dossier)
    items = [
        *_claims(dossier, words),
        *_quotations(dossier, words),
        *_account(dossier, words),
        *_timeline(dossier, words),
        *_mentions(dossier, words),
        *_copies(dossier, words),
        *_gaps(dossier, words),
        *_findings(dossier, words),
        *_decisions(dossier),
    ]
    return json_text(
        {
            "@context": _CONTEXT,
            "id": "urn:consilience:annotations",
            "type": "AnnotationPage",
            "items": items,
        }
    )


def _annotation(id_: str, motivation: str, said: Sequence[str], targets: list[Any]) -> Annotation:
    bodies = [
        {"type": "TextualBody", "value": text, "format": "text/plain", "purpose": motivation}
        for text in said
    ]
    return {
        "id": id_,
        "type": "Annotation",
        "motivation": motivation,
        "body": bodies[0] if len(bodies) == 1 else bodies,
        "target": targets[0] if len(targets) == 1 else targets,
    }


def _target(passage: Passage, words: Words) -> dict[str, Any]:
    document = words.documents[passage.document_id]
    text = document.text
    return {
        "source": address(document),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": words.of(passage),
                "prefix": text[max(0, passage.start - _AROUND) : passage.start],
                "suffix": text[passage.end : passage.end + _AROUND],
            },
            {"type": "TextPositionSelector", "start": passage.start, "end": passage.end},
        ],
    }


def _claims(dossier: Dossier, words: Words) -> Iterator[Annotation]:
    for claim in dossier.claims:
        subject = words.names.get(claim.subject_id, "")
        denied = "" if claim.polarity == "positive" else ", denied"
        said = f"{subject}: {claim.slot}: {words.value(claim.value)} ({claim.factuality}{denied})"
        voices = [
            f"{words.names.get(v.speaker_id or '') or v.name or 'nobody named'} {v.stance}"
            for v in claim.voices
        ]
        passages = [claim.passage, *(addend.passage for addend in claim.sum_of)]
        targets = [_target(passage, words) for passage in dict.fromkeys(passages)]
        yield _annotation(urn("claim", claim.id), "identifying", [said, *voices], targets)


def _quotations(dossier: Dossier, words: Words) -> Iterator[Annotation]:
    for n, quotation in enumerate(dossier.quotations):
        speaker = words.names.get(quotation.speaker_id or "", "nobody named")
        how = f"{quotation.stance}, {'in these words' if quotation.direct else 'told'}"
        yield _annotation(
            urn("quotation", f"{n}"), "tagging", [speaker, how], [_target(quotation.passage, words)]
        )


def _account(dossier: Dossier, words: Words) -> Iterator[Annotation]:
    for n, sentence in enumerate(dossier.account):
        targets = [_target(passage, words) for passage in sentence.passages]
        if targets:
            yield _annotation(urn("sentence", f"{n}"), "describing", [sentence.text], targets)


def _timeline(dossier: Dossier, words: Words) -> Iterator[Annotation]:
    for n, entry in enumerate(dossier.timeline):
        targets = [_target(passage, words) for passage in entry.passages]
        if targets:
            said = [entry.text, entry.when.value, str(entry.status)]
            yield _annotation(urn("entry", f"{n}"), "describing", said, targets)


def _mentions(dossier: Dossier, words: Words) -> Iterator[Annotation]:
    for entity in dossier.entities:
        targets = [_target(passage, words) for passage in entity.mentions]
        if targets:
            said = [entity.name, str(entity.kind)]
            yield _annotation(urn("entity", entity.id), "tagging", said, targets)
    for event in dossier.events:
        targets = [_target(passage, words) for passage in event.mentions]
        if targets:
            yield _annotation(urn("event", event.id), "tagging", [event.name, event.kind], targets)


def _copies(dossier: Dossier, words: Words) -> Iterator[Annotation]:
    """The stretch of the original as the body, that of the copy as the target."""
    for origin in dossier.origins:
        for n, link in enumerate(origin.links):
            for m, match in enumerate(link.evidence):
                original = {"type": "SpecificResource", **_target(match.of, words)}
                yield {
                    "id": urn("copy", f"{origin.id} {n} {m}"),
                    "type": "Annotation",
                    "motivation": "linking",
                    "body": [
                        original,
                        {
                            "type": "TextualBody",
                            "value": f"{link.kind}, probability {link.probability:.2f}",
                            "format": "text/plain",
                            "purpose": "classifying",
                        },
                    ],
                    "target": _target(match.copy, words),
                }
    for n, embedded in enumerate(dossier.embedded):
        said = [embedded.source, str(embedded.kind), words.of(embedded.named)]
        target = _target(embedded.passage, words)
        yield _annotation(urn("embedded", f"{n}"), "classifying", said, [target])


def _gaps(dossier: Dossier, words: Words) -> Iterator[Annotation]:
    """What documents leave open, and what changed, where passages speak of it."""
    for n, missing in enumerate(dossier.missing):
        targets = [_target(passage, words) for passage in missing.passages]
        if targets:
            yield _annotation(urn("missing", f"{n}"), "questioning", [missing.text], targets)
    for n, change in enumerate(dossier.changes):
        targets = [_target(passage, words) for passage in change.passages]
        if targets:
            yield _annotation(urn("change", f"{n}"), "editing", [change.text], targets)


def _findings(dossier: Dossier, words: Words) -> Iterator[Annotation]:
    for finding in dossier.findings:
        said = [words.value(c.value) for c in finding.candidates]
        told = [
            f"{said[n]}: {c.n_documents} documents, {c.n_origins} origins, belief {c.belief:.2f}"
            for n, c in enumerate(finding.candidates)
        ]
        why = [f"{said[r.a]} / {said[r.b]}: {r.kind}: {r.why}" for r in finding.relations]
        claims = dict.fromkeys(k for c in finding.candidates for k in c.claim_ids)
        targets = [urn("claim", claim_id) for claim_id in claims]
        if targets:
            texts = [f"{finding.question} ({finding.status})", *told, *why]
            yield _annotation(urn("finding", finding.id), "assessing", texts, targets)


def _decisions(dossier: Dossier) -> Iterator[Annotation]:
    claims = {c.id for c in dossier.claims}
    findings = {f.id for f in dossier.findings}
    entities = {e.id for e in dossier.entities}
    for ruling in dossier.decisions:
        targets = [
            urn(kind, record_id)
            for record_id in ruling.record_ids
            for kind, ids in (("claim", claims), ("finding", findings), ("entity", entities))
            if record_id in ids
        ]
        if targets:
            said = [f"{ruling.made_by} {ruling.text}", ruling.reason, ruling.made]
            id_ = urn("decision", f"{ruling.number} {ruling.made} {ruling.text}")
            yield _annotation(id_, "moderating", [one for one in said if one], targets)
