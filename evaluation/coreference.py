"""Score who is meant by whom on GUM's news and interviews, development and test parts together.

    python -m evaluation.coreference --data DIR [--part dev|test] [--genres news,interview]

Our reader reads the raw text; nothing of the treebank is given to it but paragraphs. A mention of
ours is a gold mention when both have the same head word, as in CorefUD's official scorer; chains
of one mention are left out, there as here. "GUM" is the corpus's own annotation, "OntoGUM" the
same by the rules of OntoNotes. A pronoun is right when the nearest mention before it in our chain
that is no pronoun is in its gold chain (where the gold chain has only pronouns before it, the
nearest mention). Two trivial readers stand beside ours, on our mentions: all names and nouns with
one head word are one, and pronouns are the nearest mention of a fitting kind.
"""

import argparse
import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from consilience.read.agreement import PRONOUNS, Form, Gender, Number
from consilience.read.reader import Reader
from consilience.records import Document, Kind, Mention
from evaluation.clusters import b_cubed, ceaf_e, f1, muc

Chain = frozenset[int]

_BRACKET = re.compile(r"\(([^()]*)\)?|([^()]+)\)")
_PARTS = ("dev", "test")
_GENRES = ("news", "interview")


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str
    head: int  # among the document's tokens, -1: the root of its sentence
    deprel: str
    upos: str


@dataclass(frozen=True, slots=True)
class Page:
    """A document with its gold chains as offsets of head words, those of one mention left out."""

    document: Document
    gold: tuple[Chain, ...]
    onto: tuple[Chain, ...]
    pronouns: dict[int, str]  # by offset


def load_pages(data: Path, parts: Sequence[str], genres: Sequence[str]) -> list[Page]:
    names = {name for part in parts for name in _split(data, part) if name.split("_")[1] in genres}
    onto = dict(_onto_documents(data))
    return [_page(name, lines, onto[name]) for name, lines in _documents(data) if name in names]


def _split(data: Path, part: str) -> Iterator[str]:
    section = ""
    with gzip.open(data / "train/gum/splits.md.gz", "rt", encoding="utf-8") as file:
        for line in file:
            if line.startswith("## "):
                section = line[3:].strip()
            elif section == part and line.strip().startswith("* "):
                yield line.strip()[2:]


def _documents(data: Path) -> Iterator[tuple[str, list[str]]]:
    name = ""
    lines: list[str] = []
    with gzip.open(data / "train/gum/dep.conllu.gz", "rt", encoding="utf-8") as file:
        for raw in file:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc id = "):
                if lines:
                    yield name, lines
                name, lines = line[14:], []
            lines.append(line)
    yield name, lines


def _onto_documents(data: Path) -> Iterator[tuple[str, list[str]]]:
    name = ""
    columns: list[str] = []
    with gzip.open(data / "train/gum/ontogum.conll.gz", "rt", encoding="utf-8") as file:
        for raw in file:
            line = raw.rstrip("\n")
            if line.startswith("# file = "):
                if columns:
                    yield name, columns
                name, columns = line[9:].removesuffix(".conll"), []
            elif "\t" in line and not line.startswith("#"):
                columns.append(line.split("\t")[-1])
    yield name, columns


def _page(name: str, lines: Sequence[str], onto: Sequence[str]) -> Page:
    text = ""
    tokens: list[Token] = []
    entities: list[str] = []
    base = at = 0
    gap = ""
    for line in lines:
        row = line.split("\t")
        if re.match(r"# newpar(?: =|$)", line) and text:
            gap = "\n\n"
        elif line.startswith("# text = "):
            text += gap
            base, at, gap = len(tokens), len(text), " "
            text += line[9:]
        elif len(row) == 10 and row[0].isdigit():
            # Of a contraction whose parts are not written so ("gimme"), a part is a character.
            found = text.find(row[1], at)
            start, end = (found, found + len(row[1])) if found >= 0 else (at, at + 1)
            at = end
            head = int(row[6]) - 1 + base if int(row[6]) else -1
            tokens.append(Token(start, end, row[1], head, row[7], row[3]))
            misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
            entities.append(misc.get("Entity", ""))
    document = Document(
        id=name, name=name, source=None, title=None, url=None, author=None, published=None,
        published_basis=None, updated=None, retrieved=None, language="en", text=text, sha256="",
    )  # fmt: skip
    own = _chains(tokens, _spans(entities))
    pronouns = {
        t.start: t.text.lower()
        for t in tokens
        if t.upos in ("PRON", "DET") and t.text.lower() in PRONOUNS
    }
    other = [c.replace("|", "") for c in onto]
    return Page(document, own, _chains(tokens, _spans(other)), pronouns)


def _spans(columns: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Chain, first token and token after the last of each mention."""
    open_: dict[str, list[int]] = {}
    for i, column in enumerate(columns):
        for match in _BRACKET.finditer("" if column == "_" else column):
            if match.group(2):
                if open_.get(match.group(2)):
                    yield match.group(2), open_[match.group(2)].pop(), i + 1
                continue
            chain = match.group(1).split("-")[0]
            if match.group(0).endswith(")"):
                yield chain, i, i + 1
            else:
                open_.setdefault(chain, []).append(i)


def _chains(tokens: Sequence[Token], spans: Iterator[tuple[str, int, int]]) -> tuple[Chain, ...]:
    """The chains as heads. Of two mentions with one head the longer that joins nothing is it."""
    best: dict[int, tuple[bool, int, str]] = {}
    for chain, first, end in spans:
        head = next(i for i in range(first, end) if not first <= tokens[i].head < end)
        joined = any(
            tokens[i].head == head and tokens[i].deprel == "conj" for i in range(first, end)
        )
        rank = (not joined, end - first, chain)
        best[tokens[head].start] = max(best.get(tokens[head].start, rank), rank)
    members: dict[str, set[int]] = {}
    for start, (_, _, chain) in best.items():
        members.setdefault(chain, set()).add(start)
    return tuple(frozenset(m) for m in members.values() if len(m) > 1)


@dataclass(frozen=True, slots=True)
class Resolved:
    """Pronouns: how many have somebody to mean, how many we resolve, how many rightly."""

    anaphoric: int = 0
    resolved: int = 0
    right: int = 0

    def __add__(self, other: "Resolved") -> "Resolved":
        return Resolved(
            self.anaphoric + other.anaphoric,
            self.resolved + other.resolved,
            self.right + other.right,
        )


GROUPS = {
    "he, she": frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"}),
    "it": frozenset({"it", "its", "itself"}),
    "they": frozenset({"they", "them", "their", "theirs", "themselves"}),
    "I, we, you": frozenset(w for w, p in PRONOUNS.items() if p.person < 3),
    "this, that": frozenset(w for w, p in PRONOUNS.items() if p.form is Form.DEMONSTRATIVE),
}


def resolved(page: Page, found: Sequence[Chain], words: frozenset[str]) -> Resolved:
    gold = {m: chain for chain in page.gold for m in chain}
    ours = {m: chain for chain in found for m in chain}
    tally = Resolved()
    for at, word in page.pronouns.items():
        before = [m for m in gold.get(at, ()) if m < at]
        if word not in words or not before:
            continue
        nominal = [m for m in before if m not in page.pronouns]
        earlier = [m for m in ours.get(at, ()) if m < at]
        if nominal:
            earlier = [m for m in earlier if m not in page.pronouns]
        nearest = max(earlier, default=None)
        tally += Resolved(1, nearest is not None, nearest in gold[at])
    return tally


def chains_of(mentions: Sequence[Mention]) -> list[Chain]:
    members: dict[str, set[int]] = {}
    for mention in mentions:
        members.setdefault(mention.chain_id, set()).add(mention.head.start)
    return [frozenset(m) for m in members.values() if len(m) > 1]


def by_head(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    return [
        m
        if m.head.start in page.pronouns
        else replace(m, chain_id=page.document.text[m.head.start : m.head.end].lower())
        for m in mentions
    ]


def nearest(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    found: list[Mention] = []
    for m in sorted(by_head(page, mentions), key=lambda m: m.passage):
        pronoun = PRONOUNS.get(page.pronouns.get(m.head.start, ""))
        if pronoun is not None and pronoun.person == 3:
            person = pronoun.gender in (Gender.MALE, Gender.FEMALE)
            any_kind = pronoun.number is Number.PLURAL
            fitting = [b for b in found if any_kind or (b.kind is Kind.PERSON) is person]
            m = replace(m, chain_id=fitting[-1].chain_id) if fitting else m
        found.append(m)
    return found


def report(name: str, pages: Sequence[Page], chains: Sequence[Sequence[Chain]]) -> None:
    for rules in ("GUM", "OntoGUM"):
        gold = [page.gold if rules == "GUM" else page.onto for page in pages]
        tables = [_f1s(g, c) for g, c in zip(gold, chains, strict=True)]
        scores = {}
        for metric in tables[0]:
            right_p, found, right_r, expected = (
                sum(table[metric][i] for table in tables) for i in range(4)
            )
            scores[metric] = f1(right_p / max(found, 1), right_r / max(expected, 1))
        mean = sum(scores.values()) / len(scores)
        shown = "   ".join(f"{metric} {100 * score:.1f}" for metric, score in scores.items())
        print(f"{name:12} {rules:8} CoNLL F1 {100 * mean:.1f}   {shown}")


def _f1s(gold: Sequence[Chain], found: Sequence[Chain]) -> dict[str, tuple[float, ...]]:
    """Of each metric the right among the found, the found, the right among the gold, the gold."""
    key, response = ([frozenset(map(str, c)) for c in chains] for chains in (gold, found))
    alike = ceaf_e(key, response)
    return {
        "MUC": (*muc(response, key), *muc(key, response)),
        "B3": (*b_cubed(response, key), *b_cubed(key, response)),
        "CEAFe": (alike, len(response), alike, len(key)),
    }


def report_pronouns(name: str, pages: Sequence[Page], chains: Sequence[Sequence[Chain]]) -> None:
    third = GROUPS["he, she"] | GROUPS["it"] | GROUPS["they"]
    groups = {"third person": third, "all": frozenset(PRONOUNS), **GROUPS}
    shown = []
    for group, words in groups.items():
        total = sum((resolved(p, c, words) for p, c in zip(pages, chains, strict=True)), Resolved())
        share = 100 * total.right / max(total.anaphoric, 1)
        sure = 100 * total.right / max(total.resolved, 1)
        shown.append(f"{group} {share:.1f} of {total.anaphoric} (of the resolved {sure:.1f})")
    print(f"{name:12} pronouns right   " + "   ".join(shown))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--part", choices=_PARTS)
    parser.add_argument("--genres", default=",".join(_GENRES))
    args = parser.parse_args()
    parts = (args.part,) if args.part else _PARTS
    pages = load_pages(args.data, parts, args.genres.split(","))
    reader = Reader()
    read = [reader(page.document).mentions for page in pages]
    found = {
        "ours": [chains_of(m) for m in read],
        "head word": [chains_of(by_head(p, m)) for p, m in zip(pages, read, strict=True)],
        "nearest": [chains_of(nearest(p, m)) for p, m in zip(pages, read, strict=True)],
    }
    print(f"{len(pages)} documents: {', '.join(parts)}; {args.genres}")
    for name, chains in found.items():
        report(name, pages, chains)
    for name, chains in found.items():
        report_pronouns(name, pages, chains)


if __name__ == "__main__":
    main()
