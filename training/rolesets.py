"""Make the word lists that name a predicate's roleset, from PropBank-EWT's training part.

    python -m training.rolesets --data DIR

Writes `rolesets.txt` (a noun or adjective and the verb whose roleset it carries, where the two
differ), `particle_verbs.txt` and `senses.txt` (the numbers of each lemma's rolesets) into the
package's lexicon.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from consilience import lexicon
from consilience.read.encoder import Parse
from evaluation.propbank import load_predicates

_ORIGIN = """\
# {what}
# From the training part of PropBank on the English Web Treebank, by training/rolesets.py;
# CC BY-SA 4.0.
"""


def roleset_of_noun(parses: list[Parse]) -> dict[str, str]:
    """The commonest roleset of each noun and adjective that is named after another word."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for parse in parses:
        for predicate in parse.predicates:
            word = parse.words[predicate.word]
            if word.upos in ("NOUN", "ADJ") and word.lemma.isalpha():
                seen[word.lemma.lower()][predicate.sense.rpartition(".")[0]] += 1
    best = {word: min(c, key=lambda name: (-c[name], name)) for word, c in seen.items()}
    # "Stand" for a standoff, once, is no name of it.
    chance = {word for word, name in best.items() if seen[word][name] == 1 < len(name) - len(word)}
    named = sorted((word, name) for word, name in best.items() if word not in chance)
    return {word: name for word, name in named if word != name}


def particle_verbs(parses: list[Parse]) -> list[str]:
    """The rolesets of a verb and its particle: "pick_up"."""
    names = {p.sense.rpartition(".")[0] for parse in parses for p in parse.predicates}
    return sorted(name for name in names if name.count("_") == 1 and name[0].isalpha())


def senses(parses: list[Parse]) -> dict[str, str]:
    """The numbers seen with each lemma, the commonest first: "01 03"."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for parse in parses:
        for predicate in parse.predicates:
            lemma, _, number = predicate.sense.rpartition(".")
            if number.isdigit():
                seen[lemma][number] += 1
    return {
        lemma: " ".join(sorted(counts, key=lambda number: (-counts[number], number)))
        for lemma, counts in sorted(seen.items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parses = load_predicates(parser.parse_args().data, "train")
    folder = Path(lexicon.__file__).parent
    nouns = "".join(f"{word}\t{name}\n" for word, name in roleset_of_noun(parses).items())
    verbs = "".join(f"{name}\n" for name in particle_verbs(parses))
    what = "Nouns and adjectives, and the word whose PropBank roleset they carry."
    (folder / "rolesets.txt").write_text(_ORIGIN.format(what=what) + nouns, encoding="utf-8")
    what = "Verbs that are of one roleset with their particle."
    (folder / "particle_verbs.txt").write_text(_ORIGIN.format(what=what) + verbs, encoding="utf-8")
    numbers = "".join(f"{lemma}\t{listed}\n" for lemma, listed in senses(parses).items())
    what = "The numbers of a lemma's PropBank rolesets, the commonest first."
    (folder / "senses.txt").write_text(_ORIGIN.format(what=what) + numbers, encoding="utf-8")


if __name__ == "__main__":
    main()
