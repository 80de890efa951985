"""Which mentions of events tell of one event, across documents."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from consilience.records import Document, Passage, Reading
from consilience.resolve.event_mentions import EventMention, event_mentions
from consilience.resolve.event_pairs import score
from consilience.resolve.event_stories import event_stories

# What most pages of a story tell of is more often one event; best on ECB+ train, 1 to 3 alike.
WIDELY_TOLD = 1.5
# So many mentions of one frame in one story are compared each with each; every further one with
# some of each of the largest clusters, so that time stays near linear.
_COMPARED_MAX = 150
_SPOKEN_FOR_BY = 8
_CLUSTERS_MAX = 60


def link_events(
    documents: Sequence[Document],
    readings: Mapping[str, Reading],
    mentions: Mapping[str, Passage],
) -> dict[str, str]:
    """The cluster of each mention; a cluster is named by one of its mentions.

    Mentions are compared that stand in one story and have one frame. Clusters are joined by the
    mean score of their pairs, the best first, so that no single pair joins two.
    """
    story_of = event_stories(documents, readings)
    n_pages = Counter(story_of.values())
    alike: dict[tuple[str, str], list[EventMention]] = defaultdict(list)
    for told in event_mentions(documents, readings, mentions):
        alike[story_of[told.passage.document_id], told.frame].append(told)
    return {
        told.id: cluster[0].id
        for story, frame in sorted(alike)
        for cluster in same_events(alike[story, frame], n_pages[story])
        for told in cluster
    }


def same_events(told: Sequence[EventMention], n_pages: int) -> list[list[EventMention]]:
    """The mentions, all of one frame and one story of so many pages, by the event they tell of."""
    n_telling = len({one.passage.document_id for one in told})
    ahead = WIDELY_TOLD * (n_telling / (n_pages + 1) - 0.5)
    clusters = _joined(told[:_COMPARED_MAX], ahead)
    for one in told[_COMPARED_MAX:]:
        largest = sorted(clusters, key=len, reverse=True)[:_CLUSTERS_MAX]
        scores = [
            ahead + sum(score(one, other) for other in c[:_SPOKEN_FOR_BY]) / len(c[:_SPOKEN_FOR_BY])
            for c in largest
        ]
        best = max(range(len(largest)), key=scores.__getitem__)
        if scores[best] >= 0:
            largest[best].append(one)
        else:
            clusters.append([one])
    return clusters


def _joined(told: Sequence[EventMention], ahead: float) -> list[list[EventMention]]:
    """Average linkage (Sokal and Michener 1958) over the scores of all pairs, `ahead` added."""
    n = len(told)
    scores = np.full((n, n), -np.inf)
    for i in range(n):
        for j in range(i):
            scores[i, j] = scores[j, i] = ahead + score(told[i], told[j])
    members = {i: [i] for i in range(n)}
    while len(members) > 1:
        i, j = sorted(divmod(int(scores.argmax()), n))
        if scores[i, j] < 0:
            break
        a, b = len(members[i]), len(members[j])
        scores[i] = (scores[i] * a + scores[j] * b) / (a + b)
        scores[:, i] = scores[i]
        scores[i, i] = scores[j] = scores[:, j] = -np.inf
        members[i] += members.pop(j)
    return [[told[i] for i in sorted(ids)] for ids in members.values()]
