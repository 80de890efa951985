"""Make src/consilience/lexicon/common_words.txt: in how many texts of a thousand a word stands.

    python -m training.common_words DATA > src/consilience/lexicon/common_words.txt

DATA holds train/ud_ewt, train/gum and train/meantime. Texts of fewer than `_WORDS_MIN` words are
left out: of those that are short most words are missing by chance.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from consilience.group.words import words_of

_WORDS_MIN = 100
_WORDS_MAX = 400
_SHARE_MIN = 10  # of a thousand texts; words below are as rare as any

_HEAD = """\
# Stems that stand in many texts, and in how many of a thousand; numbers counted in the texts of
# UD English-EWT, GUM (CC BY-SA 4.0, CC BY 4.0) and MEANTIME (CC BY 4.0) by
# training/common_words.py."""


def texts(data: Path) -> Iterator[str]:
    for path in sorted(data.glob("train/ud_ewt/*.gz")) + [data / "train/gum/dep.conllu.gz"]:
        lines: list[str] = []
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                if line.startswith("# newdoc"):
                    yield "\n".join(lines)
                    lines = []
                elif line.startswith("# text = "):
                    lines.append(line.removeprefix("# text = ").strip())
        yield "\n".join(lines)
    with gzip.open(data / "train/meantime/meantime.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            yield " ".join(json.loads(line)["tokens"])


def main() -> None:
    n = 0
    counts: Counter[str] = Counter()
    for text in texts(Path(sys.argv[1])):
        stems = [word.stem for word in words_of(text)]
        if len(stems) >= _WORDS_MIN:
            n += 1
            counts.update(set(stems[:_WORDS_MAX]))
    print(_HEAD)
    for word, count in sorted(counts.items()):
        share = round(1000 * count / n)
        if share >= _SHARE_MIN:
            print(f"{word}\t{share}")


if __name__ == "__main__":
    main()
