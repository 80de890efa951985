"""A reading that knows no language, for whole readings to be held against.

Runs of capitalised words are people, one chain for each last word, and a pronoun is the name
before it; what stands in quotation marks or beside "said" is said by the nearest name; every word
in -ed happened, to nobody; times are weekdays, yesterday and years; a number counts the word
after it.
"""

import re
from datetime import date

from consilience.records import Document
from evaluation import attribution, times
from evaluation.reading_beside import Json
from evaluation.reading_gold import GoldReading

_NAME = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)*")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|him|her|them|his|their|its|I|we)\b", re.IGNORECASE)
_DEED = re.compile(r"\b\w+ed\b")
_NUMBER = re.compile(r"\b(\d[\d,]*)(?: ([a-z]+))?")


def read(gold: GoldReading) -> Json:
    text = gold.text
    mentions = _mentions(text)
    chain_at = {m["start"]: m["chain"] for m in mentions}
    return {
        "document": {"text": text},
        "mentions": mentions,
        "times": [
            {"start": start, "end": end, "value": value}
            for start, end, value in times.baseline(text, date.fromisoformat(gold.published))
        ],
        "quantities": [_quantity(m) for m in _NUMBER.finditer(text)],
        "attributions": [
            {
                "id": f"a{i}",
                "source": [_span(*s) for s in said.source],
                "cue": [],
                "content": [_span(*s) for s in said.content],
                "speaker": next((chain_at.get(start) for start, _ in said.source), None),
                "within": None,
                "stance": "says",
                "direct": said.direct,
            }
            for i, said in enumerate(attribution.trivial(_article(text)))
        ],
        "propositions": [
            {
                "predicate": _span(*m.span()),
                "lemma": m[0],
                "arguments": [],
                "polarity": "positive",
                "factuality": "happened",
            }
            for m in _DEED.finditer(text)
        ],
    }


def _mentions(text: str) -> list[Json]:
    found: list[Json] = []
    spans = sorted([*(m.span() for m in _NAME.finditer(text)), *_outside_names(text)])
    last = "nobody"
    for start, end in spans:
        if not _PRONOUN.fullmatch(text, start, end):
            last = text[start:end].split()[-1]
        held = _span(start, end) | {"head_start": start, "head_end": end, "kind": "person"}
        found.append({"id": f"m{start}", **held, "chain": last})
    return found


def _outside_names(text: str) -> list[tuple[int, int]]:
    names = {m.start() for m in _NAME.finditer(text)}
    return [m.span() for m in _PRONOUN.finditer(text) if m.start() not in names]


def _quantity(match: re.Match[str]) -> Json:
    number = float(match[1].replace(",", ""))
    counted = {"low": number, "high": number, "comparator": "exactly"}
    return {**_span(*match.span(1)), **counted, "unit": (match[2] or "").removesuffix("s")}


def _span(start: int, end: int) -> Json:
    return {"start": start, "end": end}


def _article(text: str) -> attribution.Article:
    document = Document(
        id="", name="", source=None, title=None, url=None, author=None, published=None,
        published_basis=None, updated=None, retrieved=None, language="en", text=text, sha256="",
    )  # fmt: skip
    return attribution.Article(document, (), ())
