"""What of a text will not be read, since it is no English or no prose."""

import re
from collections.abc import Iterator

from consilience.ingest.language import foreign_paragraphs
from consilience.ingest.prose import unprosed
from consilience.records import Layer, Passage, Unread

_READ = frozenset({"en", "und"})
# Whose words for saying, numbers and times are known.
_HALF_READ = frozenset({"es", "fr", "pt", "de", "it"})
_UNREAD_OF_HALF_READ = (Layer.COREFERENCE, Layer.PROPOSITIONS)
_UNREAD_OF_A_LINE = (
    Layer.COREFERENCE, Layer.QUANTITIES, Layer.ATTRIBUTIONS, Layer.PROPOSITIONS,
)  # fmt: skip
# A line with a day alone may date what stands below; days in rows and logs date nothing else.
_UNREAD_OF_ROWS = tuple(layer for layer in Layer if layer is not Layer.MENTIONS)
_UNREAD_OF_OTHERS = tuple(layer for layer in Layer if layer is not Layer.MENTIONS)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")


def find_unread(document_id: str, text: str, language: str) -> tuple[Unread, ...]:
    """The stretches that are not read in full, in order; the whole text where it is foreign."""
    found = list(_foreign(document_id, text, language))
    found += [
        Unread(
            Passage(document_id, start, end),
            _UNREAD_OF_ROWS if "\n" in text[start:end] else _UNREAD_OF_A_LINE,
            None,
        )
        for start, end in unprosed(text)
    ]
    return tuple(sorted(found, key=lambda unread: (unread.passage, unread.language or "")))


def _foreign(document_id: str, text: str, language: str) -> Iterator[Unread]:
    if language in _READ:
        for start, end, other in foreign_paragraphs(text, "en"):
            yield Unread(Passage(document_id, start, end), _UNREAD_OF_HALF_READ, other)
    elif language in _HALF_READ:
        yield Unread(Passage(document_id, 0, len(text)), _UNREAD_OF_HALF_READ, language)
    else:
        # Names are known by their capitals, which other scripts do not have or we do not know.
        n_latin = sum(_LATIN.match(c) is not None for c in text)
        is_latin = n_latin > sum(map(str.isalpha, text)) / 2
        layers = _UNREAD_OF_OTHERS if is_latin else tuple(Layer)
        yield Unread(Passage(document_id, 0, len(text)), layers, language)
