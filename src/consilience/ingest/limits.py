"""How much is taken of input that nobody vouches for. The page on limits is made from `LIMITS`."""

from typing import NamedTuple

KIB, MIB, GIB = 1024, 1024**2, 1024**3

# One page of news has some 0.1 MB; parsers slow down beyond.
FILE_BYTES_MAX = 20 * MIB
# A thousand printed pages. What stands behind it is hardly of the one event.
DOCUMENT_CHARS_MAX = 2_000_000
DOCUMENTS_MAX = 100_000
ENTRIES_MAX = 10_000

# Parsers are quadratic in attributes: 40,000 of them took 25 s.
TAG_CHARS_MAX = 64 * KIB
# libxml2 drops what is nested deeper than 256, silently; extraction adds levels of its own.
DEPTH_MAX = 200

PDF_PAGES_MAX = 2_000
FORWARDS_MAX = 3
ATTACHMENTS_MAX = 1_000

RECORDS_MAX = 1_000_000
# Web pages shrink to a fifth or a tenth; what shrinks to a hundredth was made for it.
RATIO_MAX = 100
RATIO_FROM_BYTES = MIB
ARCHIVE_BYTES_MAX = 2 * GIB
ARCHIVE_GROWTH_MAX = 20

WORKER_BYTES_MAX = GIB
# What an answer may be larger than the question: attachments are told as bytes and as text.
ANSWER_BYTES_MAX = 4 * FILE_BYTES_MAX
# Pages take 0.1 s a MB, PDFs of nothing but text up to 5 s.
SECONDS_MIN = {"page": 3.0, "feed": 3.0, "mail": 3.0, "pdf": 10.0, "archive": 60.0}
SECONDS_A_MIB = {"page": 1.0, "feed": 1.0, "mail": 1.0, "pdf": 10.0, "archive": 0.5}
SECONDS_MAX = 120.0
ROWS_WITHIN_S = 60.0
# From the looking up of a name to the last byte.
FETCH_WITHIN_S = 30
REDIRECTS_MAX = 5
# Clocks run on while other programs have the processor.
WALL_FACTOR = 2.0


class Limit(NamedTuple):
    """One limit: of what, how much, and what happens to what is larger."""

    of: str
    most: str
    beyond: str


_REFUSED = "not read; a line under `failures` says so"
_AS_TEXT = "all its text without its tags is read instead of the article; said under `failures`"
_CUT = "what stands before is read; said under `failures`"
_ENDS = "what was found before is read, the rest is not; said under `failures`"

LIMITS = (
    Limit("a file; a page of a web archive; a line of JSON Lines; an attachment; a document "
          "handed in", f"{FILE_BYTES_MAX // MIB} MB", _REFUSED),
    Limit("the time in which an address is fetched, with all it leads on to",
          f"{FETCH_WITHIN_S} s", _REFUSED),
    Limit("how often an address may lead on to another", f"{REDIRECTS_MAX} times", _REFUSED),
    Limit("the text of a document", f"{DOCUMENT_CHARS_MAX:,} characters", _CUT),
    Limit("the documents in one file of JSON Lines, where it is read whole: `group` and `batch` "
          "read on and on", f"{DOCUMENTS_MAX:,}", _CUT),
    Limit("the entries of a feed", f"{ENTRIES_MAX:,}", _CUT),
    Limit("a tag of a web page", f"{TAG_CHARS_MAX // KIB} KiB", _AS_TEXT),
    Limit("how deep the tags of a web page nest", f"{DEPTH_MAX}", _AS_TEXT),
    Limit("the pages of a PDF", f"{PDF_PAGES_MAX:,}", _CUT),
    Limit("mails within mails", f"{FORWARDS_MAX} deep", _REFUSED),
    Limit("the attachments of a mail", f"{ATTACHMENTS_MAX:,}", _CUT),
    Limit("the records of a web archive", f"{RECORDS_MAX:,}", _ENDS),
    Limit("how much a compressed web archive or a Parquet file swells, from "
          f"{RATIO_FROM_BYTES // MIB} MB on", f"{RATIO_MAX}-fold", _ENDS),
    Limit("what is unpacked of a web archive", f"{ARCHIVE_BYTES_MAX // GIB} GB, or "
          f"{ARCHIVE_GROWTH_MAX} times its size where that is more", _ENDS),
    Limit("the memory of a parser", f"{WORKER_BYTES_MAX / GIB:g} GB",
          f"the parser is ended; of a page {_AS_TEXT}; anything else is {_REFUSED}"),
    *(
        Limit(f"the time of the parser of {what}",
              f"{SECONDS_MIN[kind]:g} s and {SECONDS_A_MIB[kind]:g} s a MB, at most "
              f"{SECONDS_MAX:g} s of the processor; {WALL_FACTOR:g} times as much by the clock",
              f"the parser is ended; {then}")
        for kind, what, then in (
            ("page", "a web page", _AS_TEXT), ("feed", "a feed", _REFUSED),
            ("mail", "a mail", _REFUSED), ("pdf", "a PDF", _REFUSED),
        )
    ),
    Limit("the time until the next page of a web archive",
          f"{SECONDS_MIN['archive']:g} s and {SECONDS_A_MIB['archive']:g} s a MB of the archive",
          _ENDS),
    Limit("the time until the next rows of a Parquet file", f"{ROWS_WITHIN_S:g} s", _ENDS),
    Limit("a row of a Parquet file", f"{FILE_BYTES_MAX // MIB} MB", _REFUSED),
)  # fmt: skip


def seconds_for(kind: str, n_bytes: int) -> float:
    """How long the parser of a kind may use the processor on so many bytes."""
    return min(SECONDS_MAX, SECONDS_MIN[kind] + SECONDS_A_MIB[kind] * n_bytes / MIB)


def seconds_for_archive(n_bytes: int) -> float:
    """How long an archive may keep us waiting for its next page."""
    return SECONDS_MIN["archive"] + SECONDS_A_MIB["archive"] * n_bytes / MIB
