"""The reader an engine builds once per worker, since it holds the encoder."""

from collections.abc import Iterable, Sequence

from consilience import __version__
from consilience.read.abroad import abroad, find_counts_abroad, is_abroad, with_times_abroad
from consilience.read.antecedents import Ranker
from consilience.read.attributions import find_attributions
from consilience.read.coreference import join_mentions, join_speakers
from consilience.read.encoder import Encoder, Parse
from consilience.read.kept import kept
from consilience.read.memory import (
    Memory,
    RecentMemory,
    pack,
    sentence_key,
    settings_of,
    unpack,
)
from consilience.read.mentions import find_mentions, readable_parts
from consilience.read.model import PACKAGED, packaged_version
from consilience.read.names import agreed
from consilience.read.propositions import find_named_happenings, find_propositions
from consilience.read.quantities import find_quantities
from consilience.read.segment import segment
from consilience.read.times import find_times
from consilience.records import Count, Document, Kind, Mention, Passage, Reading, Timex


def reader_version() -> str:
    """What `Reader().version` will be, without the wait for the encoder."""
    return f"{__version__}+{packaged_version()}"


class Reader:
    """Reads one document at a time. `version` names the code and the weights it reads with.

    No sentence is read twice that `memory` still holds; without one, the latest are held here.
    """

    def __init__(self, memory: Memory | None = None) -> None:
        self._encoder = Encoder()
        self._ranker = Ranker(PACKAGED / "antecedents.onnx")
        self._memory = RecentMemory() if memory is None else memory
        self._settings = settings_of(self._encoder.version)
        self.version = f"{__version__}+{self._encoder.version}"

    def __call__(self, document: Document) -> Reading:
        # The encoder is English; in another language only what stands on the surface is kept.
        english = document.language in ("en", "und")
        parses = self._parses(document)
        if english:
            parses = agreed(parses)
        mentions = find_mentions(document, parses)
        if english:
            mentions = join_mentions(document, parses, mentions, self._ranker)
        times = _outside_names(
            with_times_abroad(document, parses, find_times(document, parses)), mentions
        )
        language_at = abroad(document)
        attributions = find_attributions(document, parses, mentions)
        if english:
            mentions = join_speakers(mentions, attributions, document.text)
        found = Reading(
            document_id=document.id,
            sentences=tuple(Passage(document.id, p.start, p.end) for p in parses),
            mentions=mentions if english else tuple(m for m in mentions if m.named),
            times=times,
            quantities=tuple(
                c for p in parses for c in _counts(document, p, times, language_at(p.start))
            ),
            attributions=attributions,
            propositions=find_propositions(document, parses, mentions, times, attributions)
            if english
            else find_named_happenings(document, parses, times, attributions),
            reader=self.version,
            vectors=tuple(p.vector for p in parses),
        )
        return kept(document, found)

    def _parses(self, document: Document) -> list[Parse]:
        return [
            self._parse(document.text, sentence.tokens)
            for start, end, _ in readable_parts(document)
            for sentence in segment(document.text, start, end)
            if sentence.tokens
        ]

    def _parse(self, text: str, tokens: Sequence[tuple[int, int]]) -> Parse:
        """A parse, made once for each wording: news repeats itself."""
        key = sentence_key(self._settings, text, tokens)
        sealed = self._memory.find(key.name)
        parse = None if sealed is None else unpack(sealed, key, text, tokens)
        if parse is None:
            parse = self._encoder.parse(text, tokens)
            self._memory.keep(key.name, pack(parse, key))
        return parse


def _counts(
    document: Document, parse: Parse, times: Sequence[Timex], language: str | None
) -> Iterable[Count]:
    if language is not None and is_abroad(language):
        return find_counts_abroad(document, language, parse, times)
    return find_quantities(document, parse)


def _outside_names(times: Sequence[Timex], mentions: Sequence[Mention]) -> tuple[Timex, ...]:
    """The times that are no part of a person's name: April Jones, Augusto “El Mayo” Ruiz."""
    names = [m.passage for m in mentions if m.named and m.kind is Kind.PERSON]
    inside: set[Passage] = set()
    k = 0
    for timex in sorted(t.passage for t in times):
        while k < len(names) and names[k].end <= timex.start:
            k += 1
        if k < len(names) and names[k].start <= timex.start and timex.end <= names[k].end:
            inside.add(timex)
    return tuple(t for t in times if t.passage not in inside)
