"""Read the treebanks and name corpora into sentences, with None where a layer is not marked."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

KINDS = (
    "person", "organization", "place", "event", "object",
    "time", "abstract", "animal", "plant", "substance",
)  # fmt: skip
NAMES = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
# Roles of PropBank seen often enough in EWT's training part to be learned.
ROLES = (
    "ARG0", "ARG1", "ARG2", "ARG3", "ARG4",
    "ARGM-ADJ", "ARGM-ADV", "ARGM-CAU", "ARGM-COM", "ARGM-CXN", "ARGM-DIR", "ARGM-DIS",
    "ARGM-EXT", "ARGM-GOL", "ARGM-LOC", "ARGM-LVB", "ARGM-MNR", "ARGM-MOD", "ARGM-NEG",
    "ARGM-PRD", "ARGM-PRP", "ARGM-PRR", "ARGM-REC", "ARGM-TMP",
    "R-ARG0", "R-ARG1", "R-ARG2", "R-ARGM-ADV", "R-ARGM-LOC", "R-ARGM-TMP",
    "C-ARG0", "C-ARG1", "C-ARG2", "C-ARG3", "C-ARGM-CXN", "C-V",
)  # fmt: skip
ROLE_TAGS = ("O", *(f"{b}-{role}" for role in ROLES for b in "BI"))
# The numbers of rolesets by how often they are seen; a rarer one counts as the first.
SENSES = ("O", "01", "02", "03", "04", "LV", "05", "06", "07", "08", "09", "11", "10", "12")
_OF_GUM = {"person": "PER", "organization": "ORG", "place": "LOC"}
_OF_RE3D = {"Person": "PER", "Organisation": "ORG", "Location": "LOC"}
_BRACKET = re.compile(r"\(([^()]*)\)?|([^()]+)\)")
_WORD = re.compile(r"\w+(?:[.'’]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with whatever layers its corpus marks; `heads` count from 0, the root's is -1.

    `roles` gives each predicate's word and BIO tags of its arguments over the sentence;
    `facts` how certain each predicate is said to be, as UDS has it, None where nobody judged.
    """

    set: str
    text: str
    words: tuple[str, ...]
    upos: tuple[str, ...] | None = None
    feats: tuple[str, ...] | None = None
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    deprels: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    other_names: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    senses: tuple[str, ...] | None = None
    roles: tuple[tuple[int, tuple[str, ...]], ...] | None = None
    facts: tuple[float | None, ...] | None = None


def load_ewt(data: Path, part: str) -> list[Sentence]:
    """UD_English-EWT's `part` with UNER's names, PropBank's predicates and UDS's factuality."""
    names = dict(_name_rows(data / "train/uner_ewt" / f"{part}.iob2.gz"))
    predicates = {
        line["id"]: line for line in _json_lines(data / f"train/propbank_ewt/{part}.jsonl.gz")
    }
    facts = _facts(data, part)
    found = []
    for sent_id, text, rows, _ in _blocks(data / "train/ud_ewt" / f"{part}.conllu.gz"):
        sentence = _sentence("ewt", text, rows)
        tags = names.get(sent_id)
        if tags is not None and len(tags) == len(rows):
            sentence = replace(sentence, names=tags)
        marked = predicates.get(sent_id)
        if marked is not None and len(marked["tokens"]) == len(rows):
            sentence = _with_predicates(sentence, marked["preds"])
        if sent_id in facts:
            sentence = _with_facts(sentence, facts[sent_id])
        found.append(sentence)
    return found


def _with_predicates(sentence: Sentence, marked: list[dict]) -> Sentence:
    senses = ["O"] * len(sentence.words)
    roles = []
    for predicate in marked:
        number = predicate["roleset"].rsplit(".", 1)[-1]
        senses[predicate["i"]] = number if number in SENSES else "01"
        tags = ["O"] * len(sentence.words)
        for argument in predicate["args"]:
            if argument["role"] in ROLES:
                first, last = argument["start"], argument["end"]
                tags[first] = f"B-{argument['role']}"
                tags[first + 1 : last + 1] = [f"I-{argument['role']}"] * (last - first)
        roles.append((predicate["i"], tuple(tags)))
    return replace(sentence, senses=tuple(senses), roles=tuple(roles))


def _facts(data: Path, part: str) -> dict[str, dict[int, float]]:
    """For each sentence of EWT's `part`, its judged predicates' words and values."""
    folder = data / "train/uds_factuality"
    with gzip.open(folder / "factuality.json.gz", "rt", encoding="utf-8") as file:
        judged = json.load(file)["data"]
    with gzip.open(folder / "ud_ids.json.gz", "rt", encoding="utf-8") as file:
        sentence_ids = json.load(file)
    found: dict[str, dict[int, float]] = {}
    for key, values in judged.items():
        if key.startswith(f"ewt-{part}-"):
            here = found.setdefault(sentence_ids[key]["sentence_id"], {})
            for name, layers in values.items():
                here[int(name.rsplit("-", 1)[1]) - 1] = layers["factuality"]["factual"]["value"]
    return found


def _with_facts(sentence: Sentence, values: dict[int, float]) -> Sentence:
    """The values on words that can be predicates: UDS counts words of an older EWT."""
    assert sentence.upos is not None
    facts: list[float | None] = [None] * len(sentence.words)
    for i, value in values.items():
        if i < len(facts) and sentence.upos[i] in ("VERB", "NOUN", "ADJ", "AUX", "PROPN", "PRON"):
            facts[i] = value
    return replace(sentence, facts=tuple(facts))


def load_gum(data: Path, part: str) -> list[Sentence]:
    """GUM's `part` (train, dev or test by its splits.md) with its kinds of mention."""
    documents = _gum_documents(data, part)
    found = []
    for _, text, rows, document in _blocks(data / "train/gum/dep.conllu.gz"):
        if document in documents:
            sentence = _sentence("gum", text, rows)
            spans = _mentions(rows)
            found.append(_with_mentions(sentence, spans))
    return found


def load_others(data: Path) -> list[Sentence]:
    """MEANTIME's training part and re3d: only names, by rules of their own."""
    return [*_load_meantime(data), *_load_re3d(data)]


def _gum_documents(data: Path, part: str) -> set[str]:
    with gzip.open(data / "train/gum/splits.md.gz", "rt", encoding="utf-8") as file:
        section = ""
        documents = set()
        for line in file:
            if line.startswith("## "):
                section = line[3:].strip()
            elif section == part and line.strip().startswith("* "):
                documents.add(line.strip()[2:])
    return documents


def _blocks(path: Path) -> Iterator[tuple[str, str, list[list[str]], str]]:
    sent_id = text = document = ""
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for raw in file:
            line = raw.rstrip("\n")
            if line.startswith("# newdoc id = "):
                document = line[14:]
            elif line.startswith("# sent_id = "):
                sent_id = line[12:]
            elif line.startswith("# text = "):
                text = line[9:]
            elif line and not line.startswith("#"):
                row = line.split("\t")
                if row[0].isdigit():
                    rows.append(row)
            elif not line and rows:
                yield sent_id, text, rows, document
                rows = []
    if rows:
        yield sent_id, text, rows, document


def _sentence(name: str, text: str, rows: list[list[str]]) -> Sentence:
    def column(i: int) -> tuple[str, ...]:
        return tuple(row[i] for row in rows)

    return Sentence(
        set=name,
        text=text,
        words=column(1),
        lemmas=column(2),
        upos=column(3),
        feats=tuple("" if f == "_" else f for f in column(5)),
        heads=tuple(int(h) - 1 for h in column(6)),
        deprels=column(7),
    )


def _name_rows(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    sent_id = ""
    tags: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for raw in file:
            line = raw.rstrip("\n")
            if line.startswith("# sent_id = "):
                sent_id = line[12:]
            elif line and not line.startswith("#"):
                row = line.split("\t")
                if row[0].isdigit():
                    tags.append(row[2])
            elif not line and tags:
                yield sent_id, legal_names(tags)
                tags = []
    if tags:
        yield sent_id, legal_names(tags)


def legal_names(tags: list[str]) -> tuple[str, ...]:
    """Tags of `NAMES` only, with an inside that has no beginning made a beginning."""
    legal = []
    before = "O"
    for tag in tags:
        now = tag if tag in NAMES else "O"
        if now.startswith("I-") and before[2:] != now[2:]:
            now = "B-" + now[2:]
        legal.append(now)
        before = now
    return tuple(legal)


def _mentions(rows: list[list[str]]) -> list[tuple[str, int, int]]:
    """Kind, first word and word after the last, of each mention inside this sentence."""
    spans = []
    open_: dict[str, list[tuple[str, int]]] = {}
    for i, row in enumerate(rows):
        misc = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
        for match in _BRACKET.finditer(misc.get("Entity", "")):
            if match.group(2):
                started = open_.get(match.group(2))
                if started:
                    kind, first = started.pop()
                    spans.append((kind, first, i + 1))
                continue
            chain, kind = match.group(1).split("-")[:2]
            if match.group(0).endswith(")"):
                spans.append((kind, i, i + 1))
            else:
                open_.setdefault(chain, []).append((kind, i))
    return spans


def _with_mentions(sentence: Sentence, spans: list[tuple[str, int, int]]) -> Sentence:
    assert sentence.heads is not None
    assert sentence.upos is not None
    kinds = ["O"] * len(sentence.words)
    named = []
    # Longest first: of mentions that share a head, the shortest has the last word.
    for kind, first, end in sorted(spans, key=lambda s: (s[1] - s[2], s[1], s[0])):
        head = next(i for i in range(first, end) if not first <= sentence.heads[i] < end)
        kinds[head] = kind
        if sentence.upos[head] == "PROPN" and kind in _OF_GUM:
            named.append((_OF_GUM[kind], *_trimmed(sentence, head, first, end)))
    words = len(sentence.words)
    return replace(sentence, kinds=tuple(kinds), other_names=_spans_to_names(named, words))


def _trimmed(sentence: Sentence, head: int, first: int, end: int) -> tuple[int, int]:
    """The mention without what stands before its first capital and after its name's end."""
    assert sentence.upos is not None
    while first < head and sentence.upos[first] in ("DET", "PUNCT", "PRON", "NUM"):
        first += 1
    while first < head and not sentence.words[first][:1].isupper():
        first += 1
    for i in range(head + 1, end):
        if sentence.words[i] in ("(", ",", ":", "-", "–", "—", "who", "which", "that"):
            return first, i
    return first, end


def _spans_to_names(spans: list[tuple[str, int, int]], n_words: int) -> tuple[str, ...]:
    tags = ["O"] * n_words
    for kind, first, end in sorted(spans, key=lambda s: (s[1] - s[2], s[1], s[0])):
        if all(tag == "O" for tag in tags[first:end]):
            tags[first:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - first - 1)]
    return tuple(tags)


def _is_named(words: tuple[str, ...] | list[str]) -> bool:
    long = [w for w in words if len(w) > 3]
    return bool(words) and words[0][:1].isupper() and all(w[:1].isupper() for w in long)


def _load_meantime(data: Path) -> list[Sentence]:
    found = []
    with gzip.open(data / "train/meantime/meantime.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            document = json.loads(line)
            if document["split"] == "train":
                found.extend(_meantime_sentences(document))
    return found


def _meantime_sentences(document: dict) -> Iterator[Sentence]:
    numbers = document["sentence_of_token"]
    for number in sorted(set(numbers)):
        at = [i for i, n in enumerate(numbers) if n == number]
        words = tuple(document["tokens"][i] for i in at)
        spans = []
        for mention in document["mentions"]:
            if mention["tag"] not in ("PER", "ORG", "LOC") or mention["tokens"][0] not in at:
                continue
            tokens = mention["tokens"]
            first, end = tokens[0] - at[0], tokens[-1] - at[0] + 1
            if words[first].lower() == "the":
                first += 1
            if first < end <= len(words) and _is_named(words[first:end]):
                spans.append((mention["tag"], first, end))
        names = _spans_to_names(spans, len(words))
        yield Sentence("meantime", " ".join(words), words, other_names=names)


def _load_re3d(data: Path) -> list[Sentence]:
    found = []
    for folder in sorted((data / "train/re3d").iterdir()):
        entities: dict[str, list[dict]] = {}
        for entity in _json_lines(folder / "entities.json.gz"):
            entities.setdefault(entity["documentId"], []).append(entity)
        for document in _json_lines(folder / "documents.json.gz"):
            found.extend(_re3d_sentences(document["text"], entities.get(document["_id"], [])))
    return found


def _json_lines(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _re3d_sentences(text: str, entities: list[dict]) -> Iterator[Sentence]:
    for match in re.finditer(r"[^\n]+?(?:[.!?][\"”’]?(?=\s+[A-Z\"“])|\n|$)", text):
        tokens = list(_WORD.finditer(text, match.start(), match.end()))
        if not 4 <= len(tokens) <= 150:
            continue
        starts = {t.start(): i for i, t in enumerate(tokens)}
        ends = {t.end(): i + 1 for i, t in enumerate(tokens)}
        words = tuple(t.group() for t in tokens)
        spans = []
        for entity in entities:
            kind = _OF_RE3D.get(entity["type"])
            first, end = starts.get(entity["begin"]), ends.get(entity["end"])
            if kind is None or first is None or end is None or entity["confidence"] < 0.5:
                continue
            if words[first].lower() == "the":
                first += 1
            if first < end and _is_named(words[first:end]):
                spans.append((kind, first, end))
        names = _spans_to_names(spans, len(words))
        yield Sentence("re3d", match.group(), words, other_names=names)
