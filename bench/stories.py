"""A case of any number of documents about one event, as news would have it; all of it invented.

    python -m bench.stories FOLDER [N]

Grown from the event of examples/valdoro: wires whose tolls rise, copies of them, rewrites, own
reports with people nobody else has, follow-ups months later, forum threads that quote a wire, and
pages of other things that happened nearby. The same number always makes the same bytes.
"""

import argparse
import html
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import cycle
from pathlib import Path

from evaluation.planting import spin

_SEED = 7
_WORDS = 300, 900
BROKE = date(2021, 3, 9)
_COVERED_DAYS = 21
_LINES = Path(__file__).with_name("story_lines.txt")
# How often each kind of page is met; a wire stands first, since others copy it.
_KINDS = {"copy": 30, "rewrite": 18, "own": 18, "wire": 12, "later": 9, "forum": 7, "side": 6}
_FIRST_NAMES = (
    "Ana Bruno Carla Dario Elena Fermín Gloria Hugo Inés Julián Karina Lucas Marta Nicolás Olga "
    "Pablo Quima Raúl Sofía Tomás Úrsula Víctor Wilma Xavier Yolanda Zeno Pilar Joaquín Rosa Iván"
).split()
_SURNAMES = (
    "Abascal Benavides Cañizares Duarte Echeverri Figueroa Gallardo Huerta Ibarra Jáuregui Larrea "
    "Montoya Navarrete Ocampo Pizarro Quintana Riquelme Sandoval Tejada Urrutia Valdivia Zambrano "
    "Alderete Bustos Cárcamo Donoso Espejo Fariña Godoy Hinojosa Iriarte Oyarzún"
).split()
TOWNS = (
    "Valdoro, Puerto Alba, San Isidro, Las Cruces, El Manzano, Río Seco, Santa Rita, Monte Claro, "
    "La Higuera, Peñablanca, Tres Esquinas, Vado Hondo"
).split(", ")
_JOBS = "crane operator,welder,nurse,driver,teacher,baker,surveyor,electrician,cook".split(",")
_OUTLETS = (
    "The Harbour Post,Diario Alba,The Daily Lantern,Northern Courier,Wharf Street Journal,"
    "The Observer of San Telmo,Radio Candela,El Faro,The Mining Gazette,Evening Chronicle,"
    "The Valley Sentinel,Telmo Today,The Weekly Ledger,Channel Nine News,The Pilot"
).split(",")
_AGENCIES = "Meridian News Agency", "Eastern Wire", "Austral Press"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
# Who is met on many pages.
_CAST = {
    "minister": "Mining Minister Teresa Quiroga", "president": "President Lucía Paz Montero",
    "prosecutor": "Prosecutor Ileana Godoy", "inspector": "inspector Samuel Okafor",
    "unionist": "the union leader Hugo Brandt", "doctor": "the surgeon Clara Bustos",
    "expert": "Professor Dario Larrea", "hospital": "The hospital of San Isidro",
    "she": "she", "her": "her",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Story:
    day: date
    outlet: str
    title: str
    lines: tuple[str, ...]


def case(n: int, seed: int = _SEED) -> Iterator[tuple[str, str]]:
    """The names and the contents of `n` files, spread over the weeks of the event."""
    rng = random.Random(seed)  # noqa: S311
    wires: list[Story] = []
    for number in range(n):
        day = BROKE + timedelta(number * _COVERED_DAYS // n)
        kinds = list(_KINDS) if wires else ["wire"]
        (kind,) = rng.choices(kinds, [_KINDS[k] for k in kinds])
        story = story_of(kind, day, wires, rng)
        if kind == "wire":
            wires.append(story)
        yield _file(f"{number:04}-{kind}", kind, story, rng)


def write(folder: Path, n: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in case(n):
        (folder / name).write_text(content, encoding="utf-8")


def story_of(kind: str, day: date, wires: Sequence[Story], rng: random.Random) -> Story:
    outlet = rng.choice(_OUTLETS)
    match kind:
        case "wire":
            lines = _told(("toll", "toll", "fact", "fact", "quote", "background"), day, rng)
            return Story(day, rng.choice(_AGENCIES), _title(day, rng), lines)
        case "copy":
            wire = rng.choice(wires[-6:])
            kept = wire.lines[: rng.randint(len(wire.lines) // 2, len(wire.lines))]
            return Story(max(day, wire.day), outlet, wire.title, kept)
        case "rewrite":
            wire = rng.choice(wires[-6:])
            ours = _told(("toll", "fact", "quote", "colour"), day, rng)
            theirs = [spin(line, 0.25, rng) for line in wire.lines[: len(wire.lines) * 2 // 3]]
            theirs[0] = f"{theirs[0].rstrip('.”')}, {wire.outlet} reported."
            return Story(day, outlet, _title(day, rng), (*theirs, *ours[: len(ours) // 3]))
        case "own":
            lines = _told(("quote", "quote", "colour", "fact", "background", "toll"), day, rng)
            return Story(day, outlet, _title(day, rng), lines)
        case "later":
            later = day + timedelta(rng.randint(60, 300))
            lines = _told(("later", "later", "quote", "background", "colour"), later, rng)
            return Story(later, outlet, "What became of La Candelaria", lines)
        case "forum":
            wire = rng.choice(wires[-6:])
            comments = _told(("comment", "comment", "quote"), day, rng)
            return Story(day, "Footplate Forum", wire.title, (*wire.lines[:3], *comments))
        case _:
            lines = _told(("side",), day, rng)
            return Story(day, outlet, f"News of {rng.choice(TOWNS)} in brief", lines)


def _title(day: date, rng: random.Random) -> str:
    dead = say(_toll(day, rng)["dead"])
    return rng.choice(
        (
            f"{dead.capitalize()} dead in Valdoro mine collapse",
            f"Toll of La Candelaria collapse rises to {dead}",
            f"Valdoro mourns as rescuers find {dead} dead",
            "Who knew of the cracks in La Candelaria?",
        )
    )


def _told(kinds: Sequence[str], day: date, rng: random.Random) -> tuple[str, ...]:
    """Sentences of these kinds in turn, as many as a page has."""
    pools = {kind: rng.sample(lines()[kind], len(lines()[kind])) for kind in dict.fromkeys(kinds)}
    room = rng.randint(*_WORDS)
    found: list[str] = []
    for kind in cycle(kinds):
        if room <= 0 or not any(pools.values()):
            break
        if pools[kind]:
            found.append(_filled(pools[kind].pop(), day, rng))
            room -= len(found[-1].split())
    return tuple(found)


def _filled(line: str, day: date, rng: random.Random) -> str:
    toll = _toll(day, rng)

    def filled(slot: re.Match[str]) -> str:
        name = slot[1]
        if name in _CAST:
            words = _CAST[name]
            return words[0].upper() + words[1:] if slot.start() == 0 else words
        match name:
            case "dead" | "more" | "held":
                return say(toll[name])
            case "Dead":
                return say(toll["dead"]).capitalize()
            case "person":
                return f"{rng.choice(_FIRST_NAMES)} {rng.choice(_SURNAMES)}"
            case "day":
                return _DAYS[(day - timedelta(rng.randint(0, 3))).weekday()]
            case "town":
                return rng.choice(TOWNS)
            case "job":
                return rng.choice(_JOBS)
            case "age":
                return str(rng.randint(19, 84))
            case "n":
                return str(rng.randint(3, 60))
            case _:
                return str(toll[name])

    return re.sub(r"\{(\w+)\}", filled, line)


def _toll(day: date, rng: random.Random) -> dict[str, int]:
    """What is known by a day; some are behind and some are wrong."""
    days = min(max((day - BROKE).days - rng.choice((0, 0, 0, 1)), 0), 10)
    wrong = rng.choice((0,) * 9 + (1,))
    dead = 6 + days // 2 + wrong
    return {
        "dead": dead, "more": dead + 9, "hurt": 14 + days, "missing": 12 - days,
        "held": 2 + days // 2, "rescuers": 120 + 10 * days, "moved": 300 + 50 * days,
    }  # fmt: skip


def say(number: int) -> str:
    words = "no one two three four five six seven eight nine ten eleven twelve".split()
    return words[number] if number < len(words) else str(number)


@cache
def lines() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in _LINES.read_text("utf-8").splitlines():
        if line.startswith("["):
            pool = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            pool.append(line)
    return found


def _file(name: str, kind: str, story: Story, rng: random.Random) -> tuple[str, str]:
    if kind == "forum":
        return f"{name}.txt", _thread(story, rng)
    match rng.choice(("txt", "html", "jsonl")):
        case "txt":
            town = rng.choice(TOWNS).upper()
            dateline = f"{town}, {story.day:%B} {story.day.day}, {story.day.year}"
            paragraphs = list(_paragraphs(story.lines, rng))
            opening = f"{dateline} ({story.outlet}) - {paragraphs[0]}"
            return f"{name}.txt", "\n\n".join((story.title, opening, *paragraphs[1:])) + "\n"
        case "html":
            return f"{name}.html", _page(story, rng)
        case _:
            text = "\n\n".join((story.title, *_paragraphs(story.lines, rng)))
            given = {
                "id": name, "title": story.title, "source": story.outlet,
                "published": story.day.isoformat(), "text": text,
            }  # fmt: skip
            return f"{name}.jsonl", json.dumps(given, ensure_ascii=False) + "\n"


def _paragraphs(lines: Sequence[str], rng: random.Random) -> Iterator[str]:
    at = 0
    while at < len(lines):
        end = at + rng.randint(1, 3)
        yield " ".join(lines[at:end])
        at = end


def _page(story: Story, rng: random.Random) -> str:
    body = "\n".join(f"<p>{html.escape(p, quote=False)}</p>" for p in _paragraphs(story.lines, rng))
    title, outlet = html.escape(story.title), html.escape(story.outlet)
    published = f"{story.day.isoformat()}T{rng.randint(6, 21):02}:15:00+00:00"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} - {outlet}</title>
<meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="{published}">
<meta name="author" content="{rng.choice(_FIRST_NAMES)} {rng.choice(_SURNAMES)}">
</head>
<body>
<header><nav><a href="#">Home</a> <a href="#">World</a> <a href="#">Sport</a></nav></header>
<article>
<h1>{title}</h1>
{body}
</article>
<footer><p>Subscribe to our newsletter</p><p>All rights reserved.</p></footer>
</body>
</html>
"""


def _thread(story: Story, rng: random.Random) -> str:
    head = "\n\n".join((story.title, *story.lines[:3]))
    comments = []
    for line in story.lines[3:]:
        who = f"{rng.choice(('pit', 'rail', 'lantern', 'silver'))}_{rng.choice(_JOBS).split()[0]}"
        when = f"{story.day:%B} {story.day.day}, {story.day.year}"
        at = f"{rng.randint(6, 23):02}:{rng.randint(0, 59):02}"
        comments.append(f"{who}{rng.randint(1, 99)} on {when} at {at} UTC »\n\n{line}")
    return "\n\n".join((head, *comments)) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.stories")
    parser.add_argument("folder", type=Path)
    parser.add_argument("n", nargs="?", type=int, default=500)
    given = parser.parse_args()
    write(given.folder, given.n)


if __name__ == "__main__":
    main()
