"""How passages of one document lie to each other."""

from consilience.records import Passage


def within(inner: Passage, outer: Passage) -> bool:
    """Whether one passage lies inside another of the same document."""
    return (
        inner.document_id == outer.document_id
        and outer.start <= inner.start
        and inner.end <= outer.end
    )
