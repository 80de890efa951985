"""Small real records."""

import hashlib
from dataclasses import replace

from consilience.records import (
    Decision,
    DecisionKind,
    Document,
    Dossier,
    Failure,
    Judgement,
    Kind,
    Mention,
    Part,
    PartKind,
    Passage,
    Quote,
    Reading,
    Run,
    Target,
    TargetKind,
    Verdict,
    content_id,
)

READER = "0+none"


def document(text: str, name: str = "a.txt") -> Document:
    """A page of one body part, of no known source or date."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    document_id = content_id("document", name, sha256)
    return Document(
        id=document_id,
        name=name,
        source=None,
        title=None,
        url=None,
        author=None,
        published=None,
        published_basis=None,
        updated=None,
        retrieved=None,
        language="en",
        text=text,
        sha256=sha256,
        parts=(Part(Passage(document_id, 0, len(text)), PartKind.BODY),),
    )


def reading(of: Document) -> Reading:
    """One sentence, and its first word as a mention."""
    word = Passage(of.id, 0, len(of.text.split()[0]))
    return Reading(
        document_id=of.id,
        sentences=(Passage(of.id, 0, len(of.text)),),
        mentions=(Mention("m1", word, word, Kind.PERSON, named=True, chain_id="c1"),),
        times=(),
        quantities=(),
        attributions=(),
        propositions=(),
        reader=READER,
        vectors=((0.25, -0.5),),
    )


def judgement(left: str, right: str, verdict: Verdict = Verdict.SAME) -> Judgement:
    return Judgement(left, right, verdict, 0.9, "rule", "one name")


def decision(undoes: int | None = None) -> Decision:
    """Two entities merged, or that taken back."""
    one = Target(TargetKind.ENTITY, "Oduya", (Quote(Passage("d", 0, 5), "a.txt", "Oduya"),))
    kind = DecisionKind.MERGE if undoes is None else DecisionKind.UNDO
    targets = (one, one) if undoes is None else ()
    return Decision(kind, targets, (), undoes, "Iris", "2031-01-01T00:00:00Z", "one person")


def dossier(*documents: Document, title: str = "A case") -> Dossier:
    """A dossier that holds documents and says nothing of them."""
    return Dossier(
        title, Run("0", READER, "2031-01-01T00:00:00Z"), documents,
        (), (), (), (), (), (), (), (), (), (),
    )  # fmt: skip


def started(of: Dossier, moment: str) -> Dossier:
    return replace(of, run=replace(of.run, started=moment))


def failure(name: str, stage: str = "ingest") -> Failure:
    return Failure(name, stage, f"{name}: no text")
