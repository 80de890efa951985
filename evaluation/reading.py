"""Score whole readings of invented news against what a careful reader finds in them.

    python -m evaluation.reading [--errors]

The texts and their gold stand in `evaluation/readings`, written before any of them was read by
the program. Each goes through ingest and the reader as in `consilience read`. Spans need not be the
same to the letter: a found span is right if it holds the gold's head word and either lies within
the gold's span or shares half of the words of both.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from consilience.ingest import ingest_json
from consilience.interchange import reading_to_json
from consilience.read import Reader
from consilience.records import Failure
from evaluation.reading_gold import (
    GoldAttribution,
    GoldMention,
    GoldProposition,
    GoldReading,
    Span,
    load_readings,
)

Json = dict[str, Any]
Words = frozenset[int]

# Words of the shorter span and of both together that two spans must share to count as one.
SHARED_MIN = 0.5
ROLES = ("ARG0", "ARG1", "ARG2", "ARGM-TMP", "ARGM-LOC")
PEOPLE = ("person", "organization")
PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours he him his himself she her hers "
    "herself it its itself they them their theirs themselves each other".split()
)
# Their antecedent is beside them: neither asked for nor counted against anybody.
RELATIVES = frozenset("who whom whose which that".split())

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Count:
    """Of what was found and of what was expected, how much is right."""

    right_found: int = 0
    found: int = 0
    right_expected: int = 0
    expected: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.right_found + other.right_found,
            self.found + other.found,
            self.right_expected + other.right_expected,
            self.expected + other.expected,
        )

    def __str__(self) -> str:
        p = 100 * self.right_found / max(self.found, 1)
        r = 100 * self.right_expected / max(self.expected, 1)
        f = 2 * p * r / max(p + r, 1e-9)
        return f"P {p:5.1f}  R {r:5.1f}  F1 {f:5.1f}   of {self.expected}"


@dataclass(frozen=True, slots=True)
class Result:
    """One text's counts by measure, and its errors by layer."""

    counts: dict[str, Count]
    errors: tuple[tuple[str, str], ...]


class Scorer:
    """Holds one text's gold beside what was read in it."""

    def __init__(self, gold: GoldReading, found: Json) -> None:
        if found["document"]["text"] != gold.text:
            raise ValueError(f"{gold.name}: ingest gave another text than the gold is of")
        self._text = gold.text
        self._gold = gold
        self._found = found
        self._counts: Counter[tuple[str, str]] = Counter()
        self._errors: list[tuple[str, str]] = []
        self._mention_of = _matched(gold.mentions, found["mentions"])
        self._chain_of = self._chains()

    def result(self) -> Result:
        counts = {
            **self._coreference(),
            **self._attributions(),
            **self._propositions(),
            **self._times(),
            **self._quantities(),
        }
        return Result(counts, tuple(self._errors))

    def _words(self, start: int, end: int) -> Words:
        return frozenset(m.start() for m in _WORD.finditer(self._text, start, end))

    def _wrong(self, layer: str, what: str, at: Span) -> None:
        line_start = max(self._text.rfind("\n", 0, at.start), at.start - 60) + 1
        line_end = self._text.find("\n", at.end)
        end = min(line_end if line_end >= 0 else len(self._text), at.end + 60)
        said = self._text[line_start:end].strip()
        self._errors.append((layer, f"{self._gold.name}: {what} | {said}"))

    def _same(self, found: Json, gold: Span) -> bool:
        if not (found["start"] < gold.head_end and gold.head_start < found["end"]):
            return False
        if gold.start <= found["start"] and found["end"] <= gold.end:
            return True
        mine = self._words(found["start"], found["end"])
        theirs = self._words(gold.start, gold.end)
        return len(mine & theirs) >= SHARED_MIN * len(mine | theirs)

    def _quote(self, found: Json) -> str:
        return repr(self._text[found["start"] : found["end"]])

    # Coreference ---------------------------------------------------------------------------

    def _chains(self) -> dict[str, str]:
        """The gold chain that most mentions of a found chain belong to."""
        votes: dict[str, Counter[str]] = {}
        for mention in self._found["mentions"]:
            gold = self._mention_of.get(mention["id"])
            if gold is not None:
                votes.setdefault(mention["chain"], Counter())[gold.chain] += 1
        return {
            chain: min(counts, key=lambda c: (-counts[c], c)) for chain, counts in votes.items()
        }

    def _coreference(self) -> dict[str, Count]:
        gold, found = self._clusters()
        kept = {m for cluster in gold for m in cluster}
        said = {m for cluster in found for m in cluster}
        return {
            "mentions in chains": Count(len(kept & said), len(said), len(kept & said), len(kept)),
            "pronouns": self._pronouns(),
        }

    def clusters(self) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
        return self._clusters()

    def _clusters(self) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
        """Chains of two mentions or more, gold and found, of people and organisations."""
        names = {id(m): f"{m.span.start}:{m.span.end}" for m in self._gold.mentions}
        gold: dict[str, set[str]] = {}
        for mention in self._gold.mentions:
            if not self._is_relative(mention):
                gold.setdefault(mention.chain, set()).add(names[id(mention)])
        found: dict[str, set[str]] = {}
        for one in self._found["mentions"]:
            match = self._mention_of.get(one["id"])
            if match is not None and self._is_relative(match):
                continue
            if match is not None or one["kind"] in PEOPLE:
                key = names[id(match)] if match is not None else f"found {one['id']}"
                found.setdefault(one["chain"], set()).add(key)
        return (
            [frozenset(c) for c in gold.values() if len(c) > 1],
            [frozenset(c) for c in found.values() if len(c) > 1],
        )

    def _is_relative(self, mention: GoldMention) -> bool:
        return self._text[mention.span.start : mention.span.end].lower() in RELATIVES

    def _is_pronoun(self, start: int, end: int) -> bool:
        return all(m[0].lower() in PRONOUNS for m in _WORD.finditer(self._text, start, end))

    def _pronouns(self) -> Count:
        """A pronoun is right if the nearest other mention of its chain is of its gold chain."""
        by_gold = {
            id(self._mention_of[m["id"]]): m
            for m in self._found["mentions"]
            if m["id"] in self._mention_of
        }
        named = {
            m.chain
            for m in self._gold.mentions
            if not self._is_pronoun(m.span.start, m.span.end) and not self._is_relative(m)
        }
        right = expected = answered = 0
        for gold in self._gold.mentions:
            span = gold.span
            if not self._is_pronoun(span.start, span.end) or gold.chain not in named:
                continue
            expected += 1
            here = by_gold.get(id(gold))
            antecedent = here and self._antecedent(here)
            answered += antecedent is not None
            match = self._mention_of.get(antecedent["id"]) if antecedent else None
            if match is not None and match.chain == gold.chain:
                right += 1
            else:
                said = self._quote(antecedent) if antecedent else "nobody"
                word = self._text[span.start : span.end]
                self._wrong("pronoun", f"{word!r} is {gold.chain}, found {said}", span)
        return Count(right, answered, right, expected)

    def _antecedent(self, pronoun: Json) -> Json | None:
        others = [
            m
            for m in self._found["mentions"]
            if m["chain"] == pronoun["chain"]
            and not self._is_pronoun(m["start"], m["end"])
            and self._text[m["start"] : m["end"]].lower() not in RELATIVES
        ]
        before = [m for m in others if m["start"] < pronoun["start"]]
        return before[-1] if before else next(iter(others), None)

    # Attribution ---------------------------------------------------------------------------

    def _attributions(self) -> dict[str, Count]:
        said = self._merged()
        asked = [g for g in self._gold.attributions if not g.optional]
        fitting = [[g for g in self._gold.attributions if self._fits(s, g)] for s in said]
        counted = [
            (s, fits)
            for s, fits in zip(said, fitting, strict=True)
            if not fits or not all(g.optional for g in fits)
        ]
        for made_up in (s for s, fits in counted if not fits):
            self._wrong("attribution", "nobody says this", _span_of(made_up["content"]))
        best = {id(g): self._best(g, said) for g in asked}
        held = [(g, one) for g in asked if (one := best[id(g)]) is not None]
        n = len(asked)
        whole = sum(
            any(self._same_source(s["source"], g.source) for g in fits) for s, fits in counted
        )
        right: Counter[str] = Counter()
        for gold in asked:
            right.update(self._compared(gold, best[id(gold)]))
        n_direct = sum(g.direct is not None for g, _ in held)
        n_nested = sum(g.within is not None for g in asked)
        return {
            "attribution, content": Count(
                sum(bool(fits) for _, fits in counted), len(counted), len(held), n
            ),
            "attribution, whole": Count(whole, len(counted), right["source"], n),
            "cue": Count(right["cue"], len(held), right["cue"], n),
            "speaker": Count(right["speaker"], len(held), right["speaker"], n),
            "stance": Count(right["stance"], len(held), right["stance"], n),
            "direct or not": Count(right["direct"], n_direct, right["direct"], n_direct),
            "nested": Count(right["nested"], n_nested, right["nested"], n_nested),
        }

    def _best(self, gold: GoldAttribution, said: Sequence[Json]) -> Json | None:
        """What was found of it, with the right source where there is one."""
        fits = [s for s in said if self._fits(s, gold)]
        right = [s for s in fits if self._same_source(s["source"], gold.source)]
        return next(iter((*right, *fits)), None)

    def _compared(self, gold: GoldAttribution, found: Json | None) -> dict[str, bool]:
        at = gold.content[0]
        if found is None:
            self._wrong("attribution", f"{gold.speaker}: not found", at)
            return {}
        speaker = (
            self._chain_of.get(found["speaker"], "somebody else") if found["speaker"] else None
        )
        sources = [self._quote(s) for s in found["source"]]
        cue = gold.cue
        checks = {
            "source": (self._same_source(found["source"], gold.source), sources),
            "cue": (
                cue is not None and any(_overlap(c, cue) for c in found["cue"]),
                [self._quote(c) for c in found["cue"]],
            ),
            "speaker": (speaker == gold.speaker, speaker),
            "stance": (found["stance"] in gold.stances, found["stance"]),
            "direct": (found["direct"] == gold.direct, found["direct"]),
            "nested": (bool(gold.within) and found["within"] is not None, found["within"]),
        }
        scored = {"direct": gold.direct is not None, "nested": gold.within is not None}
        for layer, (is_right, what) in checks.items():
            if not is_right and scored.get(layer, True):
                self._wrong(layer, f"{gold.speaker} {'/'.join(gold.stances)}: found {what}", at)
        return {layer: is_right for layer, (is_right, _) in checks.items()}

    def _merged(self) -> list[Json]:
        """The indirect and the quoted half of one report, which share a cue, are one."""
        merged: dict[str, Json] = {}
        for a in self._found["attributions"]:
            key = json.dumps([a["cue"], a["source"]]) if a["cue"] else a["id"]
            if key in merged:
                both = [*merged[key]["content"], *a["content"]]
                merged[key] = {**merged[key], "content": sorted(both, key=lambda c: c["start"])}
            else:
                merged[key] = a
        return [a for a in merged.values() if a["content"]]

    def _fits(self, said: Json, gold: GoldAttribution) -> bool:
        mine = self._union((c["start"], c["end"]) for c in said["content"])
        theirs = self._union((c.start, c.end) for c in gold.content)
        if not mine or len(mine & theirs) < SHARED_MIN * len(mine):
            return False
        return any(
            len(mine & piece) >= SHARED_MIN * len(piece)
            for piece in (self._words(c.start, c.end) for c in gold.content)
        )

    def _union(self, spans: Iterable[tuple[int, int]]) -> Words:
        return frozenset().union(*(self._words(a, b) for a, b in spans))

    def _same_source(self, found: Sequence[Json], gold: Span | None) -> bool:
        if gold is None or not found:
            return gold is None and not found
        return any(self._same(s, gold) for s in found)

    # Propositions --------------------------------------------------------------------------

    def _propositions(self) -> dict[str, Count]:
        right = lemmas = facts = signs = 0
        arguments = Count()
        for gold in self._gold.propositions:
            at = gold.predicate
            found = next(
                (
                    p
                    for p in self._found["propositions"]
                    if p["predicate"]["start"] < at.end and at.start < p["predicate"]["end"]
                ),
                None,
            )
            if found is None:
                self._wrong("predicate", f"{gold.lemma}: not found", at)
                asked = sum(bool(g) for g in gold.arguments.values())
                arguments += Count(expected=asked)
                continue
            right += 1
            lemmas += found["lemma"] == gold.lemma
            facts += found["factuality"] in gold.factualities
            signs += (found["polarity"] == "negative") == gold.negative
            if found["factuality"] not in gold.factualities:
                what = f"{gold.lemma} {'/'.join(gold.factualities)}: found {found['factuality']}"
                self._wrong("factuality", what, at)
            arguments += self._arguments(gold, found)
        n = len(self._gold.propositions)
        return {
            "predicates": Count(right, right, right, n),
            "lemma of the predicate": Count(lemmas, right, lemmas, n),
            "arguments": arguments,
            "factuality": Count(facts, right, facts, n),
            "polarity": Count(signs, right, signs, n),
        }

    def _arguments(self, gold: GoldProposition, found: Json) -> Count:
        asked = {role: spans for role, spans in gold.arguments.items() if spans}
        unscored = {
            r for role, spans in gold.arguments.items() if not spans for r in role.split("|")
        }
        met: set[str] = set()
        right_found = n_found = 0
        for argument in found["arguments"]:
            role = argument["role"]
            if role not in ROLES:
                continue
            fitting = [
                key
                for key, spans in asked.items()
                if role in key.split("|") and any(self._same(argument, s) for s in spans)
            ]
            if not fitting and role in unscored:
                continue
            n_found += 1
            right_found += bool(fitting)
            met.update(fitting)
            if not fitting:
                what = f"{gold.lemma}: {self._quote(argument)} is no {role}"
                self._wrong("argument made up", what, gold.predicate)
        for key in sorted(asked.keys() - met):
            head = self._text[asked[key][0].start : asked[key][0].end]
            self._wrong("argument missed", f"{gold.lemma} {key}: {head!r}", gold.predicate)
        return Count(right_found, n_found, len(met), len(asked))

    # Times and quantities ------------------------------------------------------------------

    def _times(self) -> dict[str, Count]:
        spans = values = n_found = 0
        wanted = [t for t in self._gold.times if not t.optional]
        seen: set[int] = set()
        for one in self._found["times"]:
            near = [t for t in self._gold.times if _overlap(one, t.span)]
            if near and near[0].optional:
                continue
            n_found += 1
            if not near or id(near[0]) in seen:
                at = Span(one["start"], one["end"], one["start"], one["end"])
                self._wrong("time", f"{self._quote(one)} {one['value']}: no such time", at)
                continue
            seen.add(id(near[0]))
            spans += 1
            values += one["value"] in near[0].values
            if one["value"] not in near[0].values:
                what = f"{self._quote(one)} {one['value']}, gold {'/'.join(near[0].values)}"
                self._wrong("time", what, near[0].span)
        for t in wanted:
            if id(t) not in seen:
                self._wrong("time", f"{t.values[0]}: not found", t.span)
        return {
            "times": Count(spans, n_found, spans, len(wanted)),
            "times, value": Count(values, n_found, values, len(wanted)),
        }

    def _quantities(self) -> dict[str, Count]:
        right = n_found = 0
        wanted = [q for q in self._gold.quantities if not q.optional]
        seen: set[int] = set()
        for one in self._found["quantities"]:
            near = next((q for q in self._gold.quantities if _overlap(one, q.span)), None)
            if near is not None and near.optional:
                continue
            n_found += 1
            at = Span(one["start"], one["end"], one["start"], one["end"])
            said = f"{self._quote(one)} {one['low']}..{one['high']} {one['comparator']}"
            said += f" {one['unit']}"
            if near is None:
                self._wrong("quantity", f"{said}: not in the gold", at)
                continue
            seen.add(id(near))
            same = (one["low"], one["high"], one["comparator"]) == (
                near.low,
                near.high,
                near.comparator,
            ) and (not near.units or one["unit"] in near.units)
            right += same
            if not same:
                what = f"{near.low}..{near.high} {near.comparator} {near.units}"
                self._wrong("quantity", f"{said}, gold {what}", at)
        for q in wanted:
            if id(q) not in seen:
                self._wrong("quantity", f"{q.low}..{q.high}: not found", q.span)
        return {"quantities": Count(right, n_found, right, len(wanted))}


def _matched(gold: Sequence[GoldMention], found: Sequence[Json]) -> dict[str, GoldMention]:
    """One gold mention for each found one: the same span first, then heads that overlap."""
    pairs = []
    for i, g in enumerate(gold):
        for one in found:
            heads = one["head_start"] < g.span.head_end and g.span.head_start < one["head_end"]
            exact = (one["start"], one["end"]) == (g.span.start, g.span.end)
            if heads or exact:
                far = abs(one["start"] - g.span.start) + abs(one["end"] - g.span.end)
                pairs.append((not exact, far, i, one["id"]))
    matched: dict[str, GoldMention] = {}
    taken: set[int] = set()
    for _, _, i, name in sorted(pairs):
        if i not in taken and name not in matched:
            taken.add(i)
            matched[name] = gold[i]
    return matched


def _overlap(found: Json, gold: Span) -> bool:
    return bool(found["start"] < gold.end and gold.start < found["end"])


def _span_of(content: Sequence[Json]) -> Span:
    first = content[0]
    return Span(first["start"], first["end"], first["start"], first["end"])


def read_all(golds: Sequence[GoldReading]) -> list[Json]:
    reader = Reader()
    found = []
    for gold in golds:
        given = {"id": gold.name, "text": gold.text, "published": gold.published}
        document = ingest_json(json.dumps(given).encode(), gold.name)
        if isinstance(document, Failure):
            raise SystemExit(f"{gold.name}: {document.error}")
        found.append(reading_to_json(document, reader(document)))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--errors", action="store_true", help="every error, by layer")
    given = parser.parse_args()
    golds = load_readings()
    scorers = [Scorer(g, found) for g, found in zip(golds, read_all(golds), strict=True)]
    results = [scorer.result() for scorer in scorers]
    print(f"{len(golds)} invented texts, {sum(len(g.text.split()) for g in golds)} words")
    for measure in results[0].counts:
        print(f"  {measure:<24}{sum((r.counts[measure] for r in results), Count())}")
    if given.errors:
        for layer, error in sorted(e for r in results for e in r.errors):
            print(f"{layer}: {error}")


if __name__ == "__main__":
    main()
