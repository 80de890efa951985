"""Which mentions of events tell of one event, across documents."""

from collections.abc import Mapping, Sequence

from consilience.records import Document, Passage, Reading
from consilience.resolve.event_mentions import event_mentions
from consilience.resolve.event_stories import event_stories


def link_events(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    mentions: Mapping[str, Passage],
) -> dict[str, str]:
    """The cluster of each mention; a cluster is named by the first of its mentions."""
    story_of = event_stories(documents, readings)
    first: dict[tuple[str, str], str] = {}
    return {
        told.id: first.setdefault((story_of[told.passage.document_id], told.frame), told.id)
        for told in event_mentions(documents, readings, mentions)
    }
