"""Reports that stand in one sentence, one within the other, although neither holds the other."""

from dataclasses import replace

from consilience.lexicon import load_words
from consilience.read.cues import Report, reporting_lemma, verb_frames
from consilience.read.sources import noun_phrase, source_phrase
from consilience.read.syntax import NOMINAL, Tree
from consilience.records import Stance


def nest_before(tree: Tree, i: int, found: dict[int, Report]) -> None:
    """Soldiers estimated, Dahl said, that …: what they estimated is what he said."""
    words, outer = tree.words, found[i]
    first = min(outer.cue | outer.source)
    last = max(outer.cue | outer.source)
    if first < 3 or last + 2 >= len(words) or words[first - 1].text != ",":
        return
    inner = first - 2
    frame = verb_frames().get(reporting_lemma(tree, inner))
    joined = words[last + 1].text == "," and tree.lower(last + 2) == "that"
    if not joined or frame is None or "c" not in frame.takes or inner in outer.cue:
        return
    head = inner - 1
    while head > 0 and words[head].upos in ("AUX", "ADV"):
        head -= 1
    if words[head].upos not in NOMINAL:
        return
    clause = frozenset(range(last + 2, len(words)))
    source = frozenset(w for w in noun_phrase(tree, head) if w < inner) or frozenset({head})
    begin = min(source)
    found[i] = replace(outer, content=frozenset(range(begin, first)) | clause)
    found[inner] = Report(inner, frozenset({inner}), source, head, clause, frame.stance)


def nest_cited(tree: Tree, i: int, found: dict[int, Report]) -> None:
    """Citing two officials, the Courier said …: the officials say it, within what it says."""
    above = tree.words[i].head
    outer = found.get(above) or next(
        (r for r in found.values() if above >= 0 and r.source_head == above and r.head != i), None
    )
    cited = [t for t in tree.with_relation(i, "obj") if t > i]
    speaks = cited and (
        tree.words[cited[0]].kind in ("person", "organization")
        or tree.lemma(cited[0]) in load_words("source_nouns")
    )
    if not speaks:
        return
    found.pop(i, None)
    if outer is None or outer.source_head is None:
        return
    if i in outer.source:
        own = source_phrase(tree, outer.source_head, i)
        found[outer.head] = replace(outer, source=own)
    if outer.content:
        source = noun_phrase(tree, cited[0])
        content = outer.content - source - {i}
        found[i] = Report(i, frozenset({i}), source, cited[0], content, Stance.SAYS, outer.head)
