"""How fast one core reads, part by part, and what of it is the encoder's own forward passes.

    python -m bench.reading [--data DIR] [--articles N]

Reads articles of 500 to 800 words: DIR's `dev/gva`, or without it the bundled example's pages put
together in turn. Nothing is remembered, so that a sentence seen before costs what it costs. After
each article the encoder alone runs on the same word pieces, so that both meet the same machine.
Times are of the processor, which other processes stretch less than the clock on the wall. At the
end the same articles are read twice with a memory file.
"""

import argparse
import gzip
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import wraps
from itertools import cycle, islice
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from onnxruntime import InferenceSession

from consilience.ingest import ingest
from consilience.read import Reader, encoder, reader
from consilience.records import Document, Part, PartKind, Passage
from consilience.store import open_memory

ARTICLES = 500
WORDS_MIN, WORDS_MAX = 500, 800
REMEMBERED = 100  # articles read twice with a memory file
RATIO_AIM = 1.5  # issue 3
EXAMPLE = Path(__file__).parent.parent / "examples" / "valdoro"


class Forgets:
    """A memory that keeps nothing."""

    def find(self, name: bytes) -> None: ...

    def keep(self, name: bytes, sealed: bytes) -> None: ...


class Clock:
    """Processor seconds of each part, without those of the parts it calls."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def timed(self, part: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def timed_call(*given: Any, **named: Any) -> Any:
            began = time.process_time()
            self._inside.append(0.0)
            try:
                return call(*given, **named)
            finally:
                spent = time.process_time() - began
                self.seconds[part] += spent - self._inside.pop()
                if self._inside:
                    self._inside[-1] += spent

        return timed_call

    def time_functions(self, module: ModuleType) -> None:
        """Time what the module calls of others of ours, each under its name."""
        for name, value in list(vars(module).items()):
            home = value.__module__ if isinstance(value, FunctionType) else ""
            if home.startswith("consilience.read.") and home != module.__name__:
                setattr(module, name, self.timed(name, value))


class Watched:
    """An ONNX session that is timed and remembers what it was given."""

    def __init__(self, session: InferenceSession, part: str, clock: Clock) -> None:
        self._session = session
        self.given: list[tuple[Any, ...]] = []
        self._timed = clock.timed(part, session.run)

    def run(self, *given: Any) -> Any:
        self.given.append(given)
        return self._timed(*given)

    def run_again(self) -> float:
        """Processor seconds of the forward passes alone, since the last time."""
        began = time.process_time()
        for given in self.given:
            self._session.run(*given)
        self.given.clear()
        return time.process_time() - began

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)


def watch_sessions(read: Reader, clock: Clock) -> list[Watched]:
    """The encoder's sessions, the one all words go through first."""
    holder = read._encoder
    watched = []
    for name, value in list(vars(holder).items()):
        if isinstance(value, InferenceSession):
            watched.append(Watched(value, f"ONNX {name.strip('_')}", clock))
            setattr(holder, name, watched[-1])
    return watched


def articles(data: Path | None, most: int) -> list[Document]:
    texts = _gva(data / "dev/gva/docs.jsonl.gz") if data else _grown()
    return [_document(text, n) for n, text in enumerate(islice(texts, most))]


def _gva(path: Path) -> Iterator[str]:
    """One text a page, and pages too short joined to the next."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from _of_length(json.loads(line)["text"] for line in file)


def _grown() -> Iterator[str]:
    found = [one for one in ingest([str(EXAMPLE)]) if isinstance(one, Document)]
    paragraphs = [paragraph for one in found for paragraph in one.text.split("\n\n")]
    yield from _of_length(cycle(paragraphs))


def _of_length(texts: Iterator[str]) -> Iterator[str]:
    joined, n_words = "", 0
    for text in texts:
        n_here = len(text.split())
        if n_words + n_here > WORDS_MAX:
            joined, n_words = "", 0
        if n_here > WORDS_MAX:
            continue
        joined, n_words = f"{joined}\n\n{text}", n_words + n_here
        if n_words >= WORDS_MIN:
            yield joined
            joined, n_words = "", 0


def _document(text: str, n: int) -> Document:
    name = f"{n}.txt"
    body = Part(Passage(name, 0, len(text)), PartKind.BODY)
    return Document(
        id=name,
        name=name,
        source=None,
        title=None,
        url=None,
        author=None,
        published=None,
        published_basis=None,
        updated=None,
        retrieved=None,
        language="en",
        text=text,
        sha256=name,
        parts=(body,),
    )


def seconds_to_read(read: Reader, pages: list[Document]) -> float:
    began = time.process_time()
    for page in pages:
        read(page)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    given = parser.parse_args()
    pages = articles(given.data, given.articles)
    plain = Reader(Forgets())  # its encoder is not watched
    few = pages[:REMEMBERED]
    with tempfile.TemporaryDirectory() as folder:
        memory = open_memory(Path(folder) / "sentences.db")
        remembers = Reader(memory)
        without, filling, filled = (
            seconds_to_read(who, few) for who in (plain, remembers, remembers)
        )
        memory.close()
        size_mib = (Path(folder) / "sentences.db").stat().st_size / 2**20

    clock = Clock()
    clock.time_functions(reader)
    clock.time_functions(encoder)
    read = Reader(Forgets())
    sessions = watch_sessions(read, clock)
    read._encoder.parse = clock.timed("decoding", read._encoder.parse)  # type: ignore[method-assign]
    call = clock.timed("the rest", read.__call__)
    alone_s = cpu_s = wall_s = 0.0
    n_sentences = n_words = 0
    for page in pages:
        began, began_wall = time.process_time(), time.perf_counter()
        reading = call(page)
        cpu_s += time.process_time() - began
        wall_s += time.perf_counter() - began_wall
        alone_s += sessions[0].run_again()
        for session in sessions[1:]:
            session.given.clear()
        n_sentences += len(reading.sentences)
        n_words += len(page.text.split())

    print(f"{len(pages)} articles, {n_words:,} words, {n_sentences:,} sentences")
    print(f"{'':24}{'processor':>12}{'wall':>8}")
    print(f"{'documents a second':24}{len(pages) / cpu_s:>12.2f}{len(pages) / wall_s:>8.2f}")
    print(f"{'words a second':24}{n_words / cpu_s:>12,.0f}{n_words / wall_s:>8,.0f}")
    print(f"reading / encoder alone: {cpu_s / alone_s:.2f} (aim {RATIO_AIM})")
    print(f"{'part':28}{'ms a document':>14}{'x encoder':>11}")
    for part, seconds in sorted(clock.seconds.items(), key=lambda item: -item[1]):
        print(f"{part:28}{1000 * seconds / len(pages):>14.2f}{seconds / alone_s:>11.3f}")
    print(
        f"with a memory file, {len(few)} articles: filling it {filling / without:.3f}, "
        f"filled {filled / without:.3f} of the time without ({size_mib:.1f} MiB)"
    )


if __name__ == "__main__":
    main()
