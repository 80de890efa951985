"""Which mentions of events tell of one event, across documents."""

from collections.abc import Mapping, Sequence

from consilience.records import Document, Passage, Reading


def link_events(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],  # noqa: ARG001
    mentions: Mapping[str, Passage],
) -> dict[str, str]:
    """The cluster of each mention; a cluster is named by the least of its mentions' ids."""
    texts = {d.id: d.text for d in documents}
    first: dict[str, str] = {}
    return {
        id_: first.setdefault(texts[at.document_id][at.start : at.end].casefold(), id_)
        for id_, at in mentions.items()
    }
