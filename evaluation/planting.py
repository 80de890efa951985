"""How copies are planted: each maker turns the paragraphs of a report into those of a copy."""

import json
import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[A-Za-z]+|\d+")
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘']?[A-Z])")
_SAID_LAST = re.compile(
    r"(?P<what>[A-Z][^“”\"]{30,300}), (?P<who>[^,“”\"]{3,40} (?:said|stated))\."
)
_QUOTED = re.compile(r"([\"“][^\"”]{0,600}[\"”])")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{4,}")
_CLAUSE = re.compile(
    r"^(?P<main>[A-Z][^,;:“”\"]{25,160}?),? (?P<sub>(?:after|when|while|because|before|as|on"
    r" (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b[^,;:“”\"]{8,120})\.$"
)
_APPOSITION = re.compile(r", [a-z][^,.“”\"]{5,60},(?= (?!and\b))")
# Spellings of other houses and tongues, one for another throughout a page.
_RESPELLED = (
    ("ph", "f"), ("ck", "k"), ("sch", "sh"), ("y", "i"), ("ee", "i"), ("oo", "u"), ("z", "s"),
    ("w", "v"), ("ll", "l"), ("nn", "n"), ("tt", "t"), ("th", "t"), ("c", "k"), ("j", "y"),
)  # fmt: skip
_HOUSE = {
    "center": "centre", "color": "colour", "neighbor": "neighbour", "neighbors": "neighbours",
    "neighborhood": "neighbourhood", "defense": "defence", "percent": "per cent", "gray": "grey",
    "theater": "theatre", "labor": "labour", "program": "programme", "mom": "mum", "gas": "petrol",
    "apartment": "flat", "truck": "lorry", "p.m.": "pm", "a.m.": "am", "organization":
    "organisation", "authorized": "authorised", "recognized": "recognised", "traveled": "travelled",
}  # fmt: skip
_FURNITURE = (
    "Home | News | Sport | Weather | Video | Contact us", "Sign up for our morning newsletter",
    "Share this article on Facebook Twitter WhatsApp Email", "Advertisement", "Most read today",
    "You have used all of your free articles this month. Subscribe now for unlimited access.",
    "We use cookies to give you the best experience of our site. Read our privacy policy.",
    "Related: council votes on parking charges for the third time",
    "Related: school choir wins regional prize", "Do you have a story? Write to our newsroom.",
    "Comments are moderated. Be kind to one another.", "Follow us for the latest from your area.",
    "All rights reserved. No part of this page may be copied without leave of the publisher.",
    "Tomorrow: sunny spells in the morning, showers from the west after noon, wind light.",
)  # fmt: skip

Maker = Callable[[list[str], str, random.Random], list[str]]


def verbatim(body: list[str], _name: str, _rng: random.Random) -> list[str]:
    return list(body)


def cut(body: list[str], _name: str, _rng: random.Random) -> list[str]:
    words = sum(len(p.split()) for p in body)
    kept: list[str] = []
    for paragraph in body:
        room = 0.6 * words - sum(len(p.split()) for p in kept)
        if room <= 3:
            break
        kept.append(" ".join(paragraph.split()[: int(room)]))
    return kept


def reordered(body: list[str], _name: str, rng: random.Random) -> list[str]:
    units = body if len(body) > 3 else sentences(" ".join(body))
    return rng.sample(units, len(units))


def spun(share: float) -> Maker:
    def make(body: list[str], _name: str, rng: random.Random) -> list[str]:
        return [spin(p, share, rng) for p in body]

    return make


def spin(text: str, share: float, rng: random.Random) -> str:
    """`share` of all words changed where the table has them; some clauses swapped; quotes kept."""
    table = _synonyms()
    text = _SAID_LAST.sub(_said_first, text)
    pieces = _QUOTED.split(text)
    n_words = len(_WORD.findall(text))
    places = [
        (k, m) for k in range(0, len(pieces), 2) for m in _WORD.finditer(pieces[k])
        if m[0].lower() in table and (m[0].islower() or m.start() == 0)
    ]  # fmt: skip
    chosen = rng.sample(places, min(len(places), round(share * n_words)))
    for k, m in sorted(chosen, key=lambda place: (place[0], -place[1].start())):
        word = table[m[0].lower()]
        word = word.capitalize() if m[0][0].isupper() else word
        pieces[k] = pieces[k][: m.start()] + word + pieces[k][m.end() :]
    return "".join(pieces)


def _said_first(match: re.Match[str]) -> str:
    what, who = match["what"], match["who"]
    return f"{who[0].upper()}{who[1:]} that {what[0].lower()}{what[1:]}."


@cache
def _synonyms() -> dict[str, str]:
    lines = (Path(__file__).parent / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if "\t" in line)
    return {row[0]: row[1] for row in rows}


def credited(body: list[str], name: str, rng: random.Random) -> list[str]:
    """Half the sentences, reworded, each second one laid at the source's door."""
    given = sentences(" ".join(body))
    kept = given[: max(3, len(given) // 2)]
    told = [spin(s, 0.3, rng) for s in kept]
    told[0] = f"{told[0].rstrip('.')}, {name} reported."
    if len(told) > 3:
        told[2] = f"According to {name}, {told[2]}"
    return told


def out_of_order(body: list[str], _name: str, rng: random.Random) -> list[str]:
    """Two thirds of the sentences, reworded as far as the table goes and out of order."""
    given = sentences(" ".join(body))
    kept = rng.sample(given, max(min(4, len(given)), 2 * len(given) // 3))
    return [spin(s, 0.4, rng) for s in kept]


def paraphrased(body: list[str], _name: str, rng: random.Random) -> list[str]:
    """Sentence by sentence: clauses turned about, asides left out, quotes told, words changed."""
    told = []
    for sentence in sentences(" ".join(body)):
        clause = _CLAUSE.match(sentence)
        turned = sentence
        if clause is not None:
            main, sub = clause["main"], clause["sub"]
            turned = f"{sub[0].upper()}{sub[1:]}, {main[0].lower()}{main[1:]}."
        turned = _APPOSITION.sub("", turned)
        told.append(spin(re.sub(r"[\"“”]", "", turned), 0.4, rng))
    return [" ".join(told[i : i + 2]) for i in range(0, len(told), 2)]


def respelled(body: list[str], _name: str, rng: random.Random) -> list[str]:
    """A fifth of the words changed; names and some words as another house would write them."""
    changes = rng.sample(_RESPELLED, 5)

    def name(match: re.Match[str]) -> str:
        word = match[0]
        for old, new in changes:
            word = word[0] + word[1:].replace(old, new)
        return word

    house = re.compile(rf"\b(?:{'|'.join(map(re.escape, _HOUSE))})(?!\w)")
    return [_NAME.sub(name, house.sub(lambda m: _HOUSE[m[0]], spin(p, 0.2, rng))) for p in body]


def among_furniture(body: list[str], _name: str, rng: random.Random) -> list[str]:
    """Verbatim, with lines of the site before, between and after."""
    lines: list[str] = rng.sample(_FURNITURE, 3)
    for i, paragraph in enumerate(body):
        lines += [paragraph, *([rng.choice(_FURNITURE)] if i % 3 == 2 else [])]
    return [*lines, *rng.sample(_FURNITURE, 5)]


def quoting(body: list[str], name: str, other: list[str], rng: random.Random) -> list[str]:
    """A different report, one sentence of the source added with credit."""
    short = [s for s in sentences(" ".join(body)) if 8 <= len(s.split()) <= 40] or body[:1]
    return [*other, f"{name} reported: {rng.choice(short).rstrip('.')}."]


def merged(body: list[str], other: list[str], rng: random.Random) -> list[str]:
    """Sentences of two reports by turns, a fifth of the words changed."""
    pairs = zip(sentences(" ".join(body)), sentences(" ".join(other)), strict=False)
    return [spin(sentence, 0.2, rng) for pair in pairs for sentence in pair]


def sentences(text: str) -> list[str]:
    return [s for s in _SENTENCE.split(text) if s.strip()]


def retellings() -> dict[str, dict[str, str]]:
    """Paraphrases by hand of pages of the invented cases: by "case/file" the title and text."""
    lines = (Path(__file__).parent / "retellings.jsonl").read_text(encoding="utf-8").splitlines()
    return {given["of"]: given for given in map(json.loads, lines)}


KINDS: dict[str, tuple[Maker, ...]] = {
    "verbatim": (verbatim, verbatim),
    "cut": (cut,),
    "among furniture": (among_furniture,),
    "reordered": (reordered,),
    "spun": (spun(0.2), spun(0.3), spun(0.4)),
    "respelled": (respelled,),
    "spun and out of order": (out_of_order,),
    "paraphrased": (paraphrased,),
    "credited": (credited,),
}


def body_of(text: str) -> list[str]:
    """The paragraphs below the headline."""
    paragraphs: Sequence[str] = [p.strip() for p in re.split(r"\n+", text) if p.strip()]
    return list(paragraphs[1:] if len(paragraphs) > 1 else paragraphs)
