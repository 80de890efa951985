"""Score predicates, their senses and their arguments on PropBank of the English Web Treebank.

    python -m evaluation.predicates --data DIR [--model FOLDER] [--tuning]

DIR holds `train/ud_ewt` and `train/propbank_ewt`. Words are gold, all else is our own parse, each
sentence alone as in the product. Every predicate that PropBank marks is scored, auxiliaries and
copulas too. An argument counts where predicate, role and words are right, or for "heads" where
the word that heads them in the gold tree is; the pieces of one argument ("C-ARG1") and relative
pronouns ("R-ARG1") count each for itself, which is stricter than the CoNLL shared tasks.

Beside the encoder stands what there was before it: a word is the predicate its lemma and tag
mostly were in training, and its arguments are read off the syntax (nsubj → ARG0, obj → ARG1, the
passive turned round).
"""

import argparse
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Set
from pathlib import Path

from consilience.read.encoder import Argument, Encoder, Parse, Predicate
from consilience.read.predicates import sense
from consilience.read.roles import find_roles
from consilience.read.syntax import to_tree
from evaluation.propbank import load_predicates, tokens_of

PUBLISHED = """Published, for scale; none of it was run here, and none on just this task:
  BERT base on Universal PropBank 1.0 of EWT (heads, other roles), arguments of gold predicates
    F1 82.6, and 86.7 with the predicate marked; as the cards of two models say
    (dannashao, bert-base-uncased-finetuned-srl_arg and -advanced-srl_arg)"""

# Reads a sentence: freely, or with the predicates given as words and the numbers of their senses.
Contestant = Callable[[Parse, Mapping[int, str] | None], Parse]


def by_encoder(encoder: Encoder) -> Contestant:
    def read(gold: Parse, given: Mapping[int, str] | None) -> Parse:
        return encoder.parse(*tokens_of(gold), predicates=given)

    return read


def by_rules(encoder: Encoder, train: list[Parse]) -> Contestant:
    """Each lemma's commonest sense, none being one of them, and the roles the syntax shows."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for parse in train:
        senses = {p.word: _number(p) for p in parse.predicates}
        for i, word in enumerate(parse.words):
            counts[word.lemma.lower(), word.upos][senses.get(i, "")] += 1
    known = {key: min(c, key=lambda sense: (-c[sense], sense)) for key, c in counts.items()}

    def read(gold: Parse, given: Mapping[int, str] | None) -> Parse:
        parse = encoder.parse(*tokens_of(gold), predicates={})
        found = given
        if found is None:
            unseen = {"VERB": "01"}
            guessed = (known.get((w.lemma.lower(), w.upos), unseen.get(w.upos, ""))
                       for w in parse.words)  # fmt: skip
            found = {i: sense for i, sense in enumerate(guessed) if sense}
        predicates = tuple(
            Predicate(i, sense, 0.0, _shown(parse, i)) for i, sense in sorted(found.items())
        )
        return Parse(parse.start, parse.end, parse.words, (), predicates)

    return read


def _shown(parse: Parse, i: int) -> tuple[Argument, ...]:
    """What the syntax shows, in PropBank's way of writing relative clauses."""
    tree = to_tree(parse)
    first = {word.start: n for n, word in enumerate(parse.words)}
    last = {word.end: n + 1 for n, word in enumerate(parse.words)}
    found = []
    for role in find_roles(tree, i):
        name = role.name.removesuffix("-of")
        if "PronType=Rel" in parse.words[role.head].feats:
            name = f"R-{name}"
        found.append(Argument(name, first[role.start], last[role.end]))
    return tuple(found)


def _number(predicate: Predicate) -> str:
    return predicate.sense.rpartition(".")[2]


def score(sentences: list[Parse], contestant: Contestant) -> dict[str, float]:
    """F1 in per cent of each layer."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for gold in sentences:
        free = contestant(gold, None)
        given = contestant(gold, {p.word: _number(p) for p in gold.predicates})
        tags = [word.upos for word in gold.words]
        said = {p.word: p for p in free.predicates}
        real = {p.word: p for p in gold.predicates}
        _count(counts["predicates"], set(said), set(real))
        for name, upos in (("verbs", ("VERB", "AUX")), ("nouns", ("NOUN", "PROPN")),
                           ("adjectives", ("ADJ",))):  # fmt: skip
            of_tag = {i for i, tag in enumerate(tags) if tag in upos}
            _count(counts[f"  {name}"], of_tag & set(said), of_tag & set(real))
        _count(
            counts["with sense number"],
            {(i, p.sense) for i, p in said.items()},
            {(i, _number(p)) for i, p in real.items()},
        )
        tree = to_tree(free)
        _count(
            counts["with roleset"],
            {(i, sense(tree, i, p.sense)) for i, p in said.items()},
            {(i, p.sense) for i, p in real.items()},
        )
        for layer, parse in (("gold predicates", given), ("end to end", free)):
            _count(counts[f"arguments, {layer}"], _arguments(parse), _arguments(gold))
            _count(counts[f"  heads, {layer}"], _heads(parse, gold), _heads(gold, gold))
    return {layer: f1(count) for layer, count in counts.items()}


def _count(counts: Counter[str], said: Set[Hashable], real: Set[Hashable]) -> None:
    counts.update(both=len(said & real), said=len(said), real=len(real))


def f1(counts: Counter[str]) -> float:
    return 200 * counts["both"] / max(1, counts["said"] + counts["real"])


def _arguments(parse: Parse) -> set[Hashable]:
    return {(p.word, a.role, a.first, a.last) for p in parse.predicates for a in p.arguments}


def _heads(parse: Parse, gold: Parse) -> set[Hashable]:
    found: set[Hashable] = set()
    for predicate in parse.predicates:
        for a in predicate.arguments:
            inside = range(a.first, a.last)
            head = next(i for i in inside if gold.words[i].head not in inside)
            found.add((predicate.word, a.role, head))
    return found


def scores(
    data: Path, model: Path | None = None, *, tuning: bool = False
) -> dict[str, dict[str, float]]:
    """By contestant ("encoder", "rules"), by layer; `tuning` takes dev for test."""
    encoder = Encoder(model)
    contestants = {
        "encoder": by_encoder(encoder),
        "rules": by_rules(encoder, load_predicates(data, "train")),
    }
    sentences = load_predicates(data, "dev" if tuning else "test")
    return {who: score(sentences, contestant) for who, contestant in contestants.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="instead of the shipped one")
    parser.add_argument("--tuning", action="store_true", help="the development set")
    given = parser.parse_args()
    if not (given.data / "train/propbank_ewt").is_dir():
        print(f"predicates: skipped, {given.data / 'train/propbank_ewt'} is not there")
        return
    began = time.perf_counter()
    found = scores(given.data, given.model, tuning=given.tuning)
    print(f"{'PropBank-EWT ' + ('dev' if given.tuning else 'test'):<30}{'encoder':>9}{'rules':>9}")
    for layer, value in found["encoder"].items():
        print(f"  {layer:<28}{value:>9.2f}{found['rules'][layer]:>9.2f}")
    print(f"{time.perf_counter() - began:.0f} s for all of it")
    print(PUBLISHED)


if __name__ == "__main__":
    main()
