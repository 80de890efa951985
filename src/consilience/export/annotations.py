"""W3C Web Annotations (JSON-LD): what each claim and quotation rests on, in its document.

Positions count code points of the text, as the specification has it.
"""

from collections.abc import Iterator
from typing import Any

from consilience.export.words import Words, json_text
from consilience.records import Document, Dossier, Passage

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Characters before and after the words, to find them again in a page that has changed.
_AROUND = 32


def to_annotations(dossier: Dossier) -> str:
    """A page of W3C Web Annotations: every claim, quotation and sentence of the account.

    Each points at its words by offsets and by a quotation with what stands around it.
    """
    words = Words(dossier)
    items = [*_claims(dossier, words), *_quotations(dossier, words), *_account(dossier, words)]
    return json_text(
        {
            "@context": _CONTEXT,
            "id": "urn:consilience:annotations",
            "type": "AnnotationPage",
            "items": items,
        }
    )


def address(document: Document) -> str:
    """Where a document stands: its address, or the hash of its bytes."""
    is_address = document.url is not None and document.url.startswith(("http://", "https://"))
    return str(document.url) if is_address else f"urn:sha256:{document.sha256}"


def _annotation(
    id_: str, motivation: str, said: str, purpose: str, targets: list[dict[str, Any]]
) -> dict[str, Any]:
    body = {"type": "TextualBody", "value": said, "format": "text/plain", "purpose": purpose}
    return {
        "id": f"urn:consilience:{id_}",
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
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


def _claims(dossier: Dossier, words: Words) -> Iterator[dict[str, Any]]:
    for claim in dossier.claims:
        subject = words.names.get(claim.subject_id, "")
        said = f"{subject}: {claim.slot}: {words.value(claim.value)} ({claim.factuality})"
        yield _annotation(
            claim.id, "identifying", said, "identifying", [_target(claim.passage, words)]
        )


def _quotations(dossier: Dossier, words: Words) -> Iterator[dict[str, Any]]:
    for n, quotation in enumerate(dossier.quotations):
        speaker = words.names.get(quotation.speaker_id or "", "nobody named")
        yield _annotation(
            f"quotation-{n}", "tagging", speaker, "tagging", [_target(quotation.passage, words)]
        )


def _account(dossier: Dossier, words: Words) -> Iterator[dict[str, Any]]:
    for n, sentence in enumerate(dossier.account):
        targets = [_target(passage, words) for passage in sentence.passages]
        if targets:
            yield _annotation(f"account-{n}", "describing", sentence.text, "describing", targets)
