"""Score whole readings of invented news against what a careful reader finds in them.

    python -m evaluation.reading [--errors]

The texts and their gold stand in `evaluation/readings`, written before any of them was read by
the program. Each goes through ingest and the reader as in `consilience read`. Spans need not be
the same to the letter (`Beside.same`). The gold lists all mentions of people and organisations,
all attributions, times and quantities, but only the main predicates, so of those only recall is
counted, and of their arguments those in ROLES. A trivial reader runs on the same texts.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence

from consilience.ingest import ingest_json
from consilience.interchange import reading_to_json
from consilience.read import Reader
from consilience.records import Failure
from evaluation import reading_trivial
from evaluation.clusters import conll
from evaluation.reading_beside import SHARED_MIN, Beside, Count, Json, overlap, span_of
from evaluation.reading_gold import (
    GoldAttribution,
    GoldMention,
    GoldProposition,
    GoldReading,
    Span,
    load_readings,
)

ROLES = ("ARG0", "ARG1", "ARG2", "ARGM-TMP", "ARGM-LOC")
PEOPLE = ("person", "organization")
PRONOUNS = frozenset(
    "i me my mine myself we us our ours ourselves you your yours he him his himself she her hers "
    "herself it its itself they them their theirs themselves each other".split()
)
# Their antecedent stands beside them: neither asked for nor counted against anybody.
RELATIVES = frozenset("who whom whose which that".split())

_WORD = re.compile(r"\w+")


def clusters(beside: Beside) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Chains of two mentions or more, gold and found, of people and organisations.

    A found mention has the name of the gold mention it matches, or one of its own.
    """
    name = beside.gold.name
    expected: dict[str, set[str]] = {}
    for mention in beside.gold.mentions:
        if not _is_relative(beside, mention):
            expected.setdefault(mention.chain, set()).add(f"{name} {mention.span}")
    found: dict[str, set[str]] = {}
    for one in beside.found["mentions"]:
        gold = beside.mention_of.get(one["id"])
        if gold is None and one["kind"] in PEOPLE:
            found.setdefault(one["chain"], set()).add(f"{name} {one['id']}")
        elif gold is not None and not _is_relative(beside, gold):
            found.setdefault(one["chain"], set()).add(f"{name} {gold.span}")
    return (
        [frozenset(chain) for chain in expected.values() if len(chain) > 1],
        [frozenset(chain) for chain in found.values() if len(chain) > 1],
    )


def coreference(beside: Beside) -> dict[str, Count]:
    """Mentions in chains, whoever they are joined to, and the pronouns."""
    expected, found = (frozenset[str]().union(*chains) for chains in clusters(beside))
    both = len(expected & found)
    return {
        "mentions in chains": Count(both, len(found), both, len(expected)),
        "pronouns": _pronouns(beside),
    }


def _is_relative(beside: Beside, mention: GoldMention) -> bool:
    return beside.text[mention.span.start : mention.span.end].lower() in RELATIVES


def _is_pronoun(beside: Beside, start: int, end: int) -> bool:
    return all(m[0].lower() in PRONOUNS for m in _WORD.finditer(beside.text, start, end))


def _pronouns(beside: Beside) -> Count:
    """A pronoun is right if the nearest other mention of its found chain is of its gold chain.

    Pronouns of a chain that nothing but pronouns mentions are not asked for.
    """
    found_of = {id(g): m for m in beside.found["mentions"] if (g := _gold_of(beside, m))}
    named = {
        m.chain
        for m in beside.gold.mentions
        if not _is_pronoun(beside, m.span.start, m.span.end) and not _is_relative(beside, m)
    }
    right = expected = answered = 0
    for gold in beside.gold.mentions:
        at = gold.span
        if not _is_pronoun(beside, at.start, at.end) or gold.chain not in named:
            continue
        expected += 1
        here = found_of.get(id(gold))
        antecedent = _antecedent(beside, here) if here is not None else None
        answered += antecedent is not None
        match = _gold_of(beside, antecedent) if antecedent is not None else None
        if match is not None and match.chain == gold.chain:
            right += 1
            continue
        said = beside.quote(antecedent) if antecedent is not None else "nobody"
        pronoun = beside.text[at.start : at.end]
        beside.wrong("pronoun", f"{pronoun!r} is {gold.chain}, found {said}", at)
    return Count(right, answered, right, expected)


def _gold_of(beside: Beside, found: Json) -> GoldMention | None:
    return beside.mention_of.get(found["id"])


def _antecedent(beside: Beside, pronoun: Json) -> Json | None:
    """The nearest mention before it in its chain that is no pronoun, else the first after it."""
    others = [
        m
        for m in beside.found["mentions"]
        if m["chain"] == pronoun["chain"]
        and not _is_pronoun(beside, m["start"], m["end"])
        and beside.text[m["start"] : m["end"]].lower() not in RELATIVES
    ]
    before = [m for m in others if m["start"] < pronoun["start"]]
    return before[-1] if before else next(iter(others), None)


def attributions(beside: Beside) -> dict[str, Count]:
    """What is said, and by whom: "whole" is content and source, the rest is of all expected."""
    said = _merged(beside.found["attributions"])
    asked = [g for g in beside.gold.attributions if not g.optional]
    fitting = [[g for g in beside.gold.attributions if _fits(beside, s, g)] for s in said]
    counted = [
        (s, fits)
        for s, fits in zip(said, fitting, strict=True)
        if not fits or not all(g.optional for g in fits)
    ]
    for made_up in (s for s, fits in counted if not fits):
        beside.wrong("attribution", "nobody says this", span_of(made_up["content"][0]))
    content = sum(bool(fits) for _, fits in counted)
    whole = sum(any(_same_source(beside, s, g) for g in fits) for s, fits in counted)
    right: Counter[str] = Counter()
    for gold in asked:
        right.update(_compared(beside, gold, _best(beside, gold, said)))
    n, n_held = len(asked), right["content"]
    scored = {
        layer: Count(right[layer], n_held, right[layer], n)
        for layer in ("cue", "speaker", "stance")
    }
    n_direct = sum(g.direct is not None for g in asked)
    n_nested = sum(g.within is not None for g in asked)
    return {
        "attribution, content": Count(content, len(counted), n_held, n),
        "attribution, whole": Count(whole, len(counted), right["source"], n),
        **scored,
        "direct or not": Count(right["direct"], n_direct, right["direct"], n_direct),
        "nested": Count(right["nested"], n_nested, right["nested"], n_nested),
    }


def _merged(found: Sequence[Json]) -> list[Json]:
    """The indirect and the quoted half of one report, which share cue and source, are one."""
    merged: dict[str, Json] = {}
    for one in found:
        key = json.dumps([one["cue"], one["source"]]) if one["cue"] else one["id"]
        pieces = [*merged[key]["content"], *one["content"]] if key in merged else one["content"]
        first = merged.get(key, one)
        merged[key] = {**first, "content": sorted(pieces, key=lambda piece: int(piece["start"]))}
    return [one for one in merged.values() if one["content"]]


def _fits(beside: Beside, said: Json, gold: GoldAttribution) -> bool:
    """Half of the found words are the gold's, and half of one of the gold's pieces is found."""
    mine = beside.words((c["start"], c["end"]) for c in said["content"])
    pieces = [beside.words([(c.start, c.end)]) for c in gold.content]
    theirs = frozenset().union(*pieces)
    if not mine or len(mine & theirs) < SHARED_MIN * len(mine):
        return False
    return any(len(mine & piece) >= SHARED_MIN * len(piece) for piece in pieces)


def _same_source(beside: Beside, said: Json, gold: GoldAttribution) -> bool:
    if gold.source is None or not said["source"]:
        return gold.source is None and not said["source"]
    return any(beside.same(piece, gold.source) for piece in said["source"])


def _best(beside: Beside, gold: GoldAttribution, said: Sequence[Json]) -> Json | None:
    """What was found of it: with the right source, else what is nothing else that is right."""
    fits = [s for s in said if _fits(beside, s, gold)]
    right = [s for s in fits if _same_source(beside, s, gold)]
    free = [s for s in fits if not any(_is_right(beside, s, g) for g in beside.gold.attributions)]
    return next(iter((*right, *free)), None)


def _is_right(beside: Beside, said: Json, gold: GoldAttribution) -> bool:
    return _fits(beside, said, gold) and _same_source(beside, said, gold)


def _compared(beside: Beside, gold: GoldAttribution, found: Json | None) -> dict[str, bool]:
    at = gold.content[0]
    if found is None:
        beside.wrong("attribution", f"{gold.speaker}: not found", at)
        return {}
    # A chain that holds no gold mention is somebody, but nobody of the gold.
    chain = found["speaker"]
    speaker = beside.chain_of.get(chain, "another") if chain is not None else None
    cue = gold.cue
    checks: dict[str, tuple[bool, object]] = {
        "source": (_same_source(beside, found, gold), [beside.quote(s) for s in found["source"]]),
        "cue": (
            cue is not None and any(overlap(c, cue) for c in found["cue"]),
            [beside.quote(c) for c in found["cue"]],
        ),
        "speaker": (speaker == gold.speaker, speaker),
        "stance": (found["stance"] in gold.stances, found["stance"]),
    }
    if gold.direct is not None:
        checks["direct"] = (found["direct"] == gold.direct, found["direct"])
    if gold.within is not None:
        checks["nested"] = (found["within"] is not None, found["within"])
    for layer, (is_right, what) in checks.items():
        if not is_right:
            beside.wrong(layer, f"{gold.speaker} {'/'.join(gold.stances)}: found {what}", at)
    return {"content": True, **{layer: is_right for layer, (is_right, _) in checks.items()}}


def propositions(beside: Beside) -> dict[str, Count]:
    right: Counter[str] = Counter()
    filled = Count()
    for gold in beside.gold.propositions:
        at = gold.predicate
        near = [p for p in beside.found["propositions"] if overlap(p["predicate"], at)]
        if not near:
            beside.wrong("predicate", f"{gold.lemmas[0]}: not found", at)
            filled += Count(expected=sum(bool(g) for g in gold.arguments.values()))
            continue
        found = near[0]
        right["predicate"] += 1
        # "carry_out" is the verb carry; of a deed's noun its verb is as right as itself.
        lemmas = {found["lemma"], found["lemma"].partition("_")[0]}
        right["lemma"] += not lemmas.isdisjoint(gold.lemmas)
        right["polarity"] += (found["polarity"] == "negative") == gold.negative
        right["factuality"] += found["factuality"] in gold.factualities
        if found["factuality"] not in gold.factualities:
            what = f"{gold.lemmas[0]} {'/'.join(gold.factualities)}: found {found['factuality']}"
            beside.wrong("factuality", what, at)
        if lemmas.isdisjoint(gold.lemmas):
            beside.wrong("lemma", f"{gold.lemmas[0]}: found {found['lemma']}", at)
        filled += _arguments(beside, gold, found)
    n, n_found = len(beside.gold.propositions), right["predicate"]

    def of_found(layer: str) -> Count:
        return Count(right[layer], n_found, right[layer], n)

    return {
        "predicates": of_found("predicate"),
        "lemma of the predicate": of_found("lemma"),
        "arguments": filled,
        "factuality": of_found("factuality"),
        "polarity": of_found("polarity"),
    }


def _arguments(beside: Beside, gold: GoldProposition, found: Json) -> Count:
    asked = {role: spans for role, spans in gold.arguments.items() if spans}
    unscored = {r for role, spans in gold.arguments.items() if not spans for r in role.split("|")}
    met: set[str] = set()
    n_right = n_found = 0
    for argument in found["arguments"]:
        role = argument["role"]
        fitting = [
            roles
            for roles, spans in asked.items()
            if role in roles.split("|") and any(beside.same(argument, s) for s in spans)
        ]
        if role not in ROLES or (not fitting and role in unscored):
            continue
        n_found += 1
        n_right += bool(fitting)
        met.update(fitting)
        if not fitting:
            what = f"{gold.lemmas[0]}: {beside.quote(argument)} is no {role}"
            beside.wrong("argument made up", what, gold.predicate)
    for roles in sorted(asked.keys() - met):
        words = beside.text[asked[roles][0].start : asked[roles][0].end]
        beside.wrong("argument missed", f"{gold.lemmas[0]} {roles}: {words!r}", gold.predicate)
    return Count(n_right, n_found, len(met), len(asked))


def times(beside: Beside) -> dict[str, Count]:
    n_found = n_right = 0
    met: set[Span] = set()
    for one in beside.found["times"]:
        near = next((t for t in beside.gold.times if overlap(one, t.span)), None)
        if near is not None and near.optional:
            continue
        n_found += 1
        said = f"{beside.quote(one)} {one['value']}"
        if near is None or near.span in met:
            beside.wrong("time", f"{said}: no such time", span_of(one))
            continue
        met.add(near.span)
        n_right += one["value"] in near.values
        if one["value"] not in near.values:
            beside.wrong("time", f"{said}, gold {'/'.join(near.values)}", near.span)
    wanted = [t for t in beside.gold.times if not t.optional]
    for missed in (t for t in wanted if t.span not in met):
        beside.wrong("time", f"{missed.values[0]}: not found", missed.span)
    return {
        "times": Count(len(met), n_found, len(met), len(wanted)),
        "times, value": Count(n_right, n_found, n_right, len(wanted)),
    }


def quantities(beside: Beside) -> dict[str, Count]:
    n_found = n_right = 0
    met: set[Span] = set()
    for one in beside.found["quantities"]:
        near = next((q for q in beside.gold.quantities if overlap(one, q.span)), None)
        if near is not None and near.optional:
            continue
        n_found += 1
        number = (one["low"], one["high"], one["comparator"])
        said = f"{beside.quote(one)} {number} {one['unit']}"
        if near is None:
            beside.wrong("quantity", f"{said}: not in the gold", span_of(one))
            continue
        met.add(near.span)
        right = number == (near.low, near.high, near.comparator)
        right = right and (not near.units or one["unit"] in near.units)
        n_right += right
        if not right:
            beside.wrong("quantity", f"{said}, gold {near}", near.span)
    wanted = [q for q in beside.gold.quantities if not q.optional]
    for missed in (q for q in wanted if q.span not in met):
        beside.wrong("quantity", f"{missed.low} {missed.high}: not found", missed.span)
    return {"quantities": Count(n_right, n_found, n_right, len(wanted))}


LAYERS: tuple[Callable[[Beside], dict[str, Count]], ...] = (
    coreference,
    attributions,
    propositions,
    times,
    quantities,
)


def scores(beside: Beside) -> dict[str, Count]:
    """Counts by measure; the errors are in `beside.errors` then."""
    return {measure: n for layer in LAYERS for measure, n in layer(beside).items()}


def read_all(golds: Sequence[GoldReading]) -> list[Json]:
    reader = Reader()
    found = []
    for gold in golds:
        given = {"id": gold.name, "text": gold.text, "published": gold.published}
        document, *_ = ingest_json(json.dumps(given).encode(), gold.name)
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
    besides = [Beside(g, found) for g, found in zip(golds, read_all(golds), strict=True)]
    rivals = [Beside(g, reading_trivial.read(g)) for g in golds]
    print(f"{len(golds)} invented texts, {sum(len(g.text.split()) for g in golds)} words")
    for name, contestant in (("trivial", rivals), ("ours", besides)):
        print(name)
        counts = [scores(beside) for beside in contestant]
        for measure in counts[0]:
            print(f"  {measure:<24}{sum((c[measure] for c in counts), Count())}")
        pairs = [clusters(beside) for beside in contestant]
        chains = conll([c for gold, _ in pairs for c in gold], [c for _, f in pairs for c in f])
        print(f"  {'chains, CoNLL':<24}F1 {chains['CoNLL']:5.1f}")
    if given.errors:
        for layer, error in sorted(e for beside in besides for e in beside.errors):
            print(f"{layer}: {error}")


if __name__ == "__main__":
    main()
