"""BibTeX: each document as an entry that can be cited, with the hash of its bytes."""

import re
import unicodedata
from collections.abc import Mapping

from consilience.export.words import iso, speakable
from consilience.records import Document, Dossier

# Braces count in BibTeX even behind a backslash, so they are named.
_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
    "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", '"': r"\textquotedbl{}",
}  # fmt: skip
_KEY_WORDS = 3


def to_bibtex(dossier: Dossier) -> str:
    """The documents as a bibliography for BibTeX, BibLaTeX, Zotero or JabRef.

    Each entry has the SHA-256 of the bytes that were read, and which entries it draws on.
    """
    taken: set[str] = set()
    keys = {document.id: _key(document, taken) for document in dossier.documents}
    originals: dict[str, list[str]] = {}
    for link in (link for origin in dossier.origins for link in origin.links):
        told = originals.setdefault(link.copy_id, [])
        told.append(f"{str(link.kind).replace('_', ' ')} of {keys[link.of_id]}")
    return "\n".join(_entry(d, keys, originals.get(d.id, [])) for d in dossier.documents)


def _entry(document: Document, keys: Mapping[str, str], originals: list[str]) -> str:
    day = iso(document.published)
    year, month, _ = day.split("-") if day else ("", "", "")
    is_day = document.published is not None and re.fullmatch(
        r"\d{4}-\d{2}-\d{2}(T.*)?", document.published.value
    )
    notes = [f"SHA-256 {document.sha256}", *dict.fromkeys(originals)]
    fields = {
        "title": _tex(document.title or document.name, is_title=True),
        "author": f"{{{_tex(document.author)}}}" if document.author else "",
        "journal": _tex(document.source) if document.source else "",
        "year": year,
        "month": month if is_day else "",
        "date": day if is_day and day else "",
        "url": _address(document.url) if document.url else "",
        "urldate": iso(document.retrieved) or "",
        "langid": _tex(document.language) if document.language != "und" else "",
        "note": _tex("; ".join(notes)),
    }
    kind = "article" if document.source else "misc"
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{keys[document.id]},", *lines, "}", ""])


def _key(document: Document, taken: set[str]) -> str:
    """“harbourpost2031tanker”, and a number where that is taken."""
    words = f"{document.source or ''} {document.title or document.name}"
    folded = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    stem = "".join(re.findall(r"[a-z0-9]+", folded)[:_KEY_WORDS])[:40] or "document"
    year = (iso(document.published) or "")[:4]
    key, n = f"{stem}{year}", 1
    while key in taken:
        n += 1
        key = f"{stem}{year}-{n}"
    taken.add(key)
    return key


def _tex(text: str, *, is_title: bool = False) -> str:
    line = speakable(" ".join(text.split()))
    plain = "".join(_SPECIAL.get(c, c) for c in line)
    # The outer braces keep the capitals of names.
    return f"{{{plain}}}" if is_title else plain


def _address(url: str) -> str:
    """An address without what would end the field or the line."""
    return "".join(
        "".join(f"%{byte:02X}" for byte in c.encode()) if c in '{}\\"' or not c.isprintable() else c
        for c in url.replace(" ", "%20")
    )
