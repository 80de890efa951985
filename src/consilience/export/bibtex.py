"""BibTeX: each document as an entry that can be cited, with the hash of its bytes."""

import re
import unicodedata

from consilience.export.words import iso
from consilience.records import Document, Dossier

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_KEY_WORDS = 3


def to_bibtex(dossier: Dossier) -> str:
    """The documents as entries to cite, for BibTeX, Zotero or pandoc.

    Each has the SHA-256 of its file as a note.
    """
    taken: set[str] = set()
    return "\n".join(_entry(document, taken) for document in dossier.documents)


def _entry(document: Document, taken: set[str]) -> str:
    day = iso(document.published)
    year, month, _ = day.split("-") if day else ("", "", "")
    is_day = document.published is not None and re.fullmatch(
        r"\d{4}-\d{2}-\d{2}(T.*)?", document.published.value
    )
    fields = {
        "title": _tex(document.title or document.name, is_title=True),
        "author": f"{{{_tex(document.author)}}}" if document.author else "",
        "journal": _tex(document.source) if document.source else "",
        "year": year,
        "month": month if is_day else "",
        "date": day if is_day and day else "",
        "url": _address(document.url) if document.url else "",
        "urldate": iso(document.retrieved) or "",
        "note": f"SHA-256 {document.sha256}",
    }
    kind = "article" if document.source else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{_key(document, year, taken)},", *lines, "}", ""])


def _key(document: Document, year: str, taken: set[str]) -> str:
    """“harbourpost2031tanker”, and a letter where that is taken."""
    words = f"{document.source or ''} {document.title or document.name}"
    folded = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    stem = "".join(re.findall(r"[a-z0-9]+", folded)[:_KEY_WORDS])[:40] or "document"
    key, n = f"{stem}{year}", 1
    while key in taken:
        n += 1
        key = f"{stem}{year}-{n}"
    taken.add(key)
    return key


def _tex(text: str, *, is_title: bool = False) -> str:
    plain = "".join(_SPECIAL.get(c, c) for c in " ".join(text.split()))
    # The outer braces keep the capitals of names.
    return f"{{{plain}}}" if is_title else plain


def _address(url: str) -> str:
    return "".join(f"%{ord(c):02X}" if c in "{}\\ " else c for c in url)
