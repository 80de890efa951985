"""Some ninety files built to hang, swell, crash or mislead whoever opens them; made when asked.

Each is named by what it does, its suffix being its format. `STORY` stands in those that a reader
could be expected to get it out of.
"""

import gzip
import zlib
from collections.abc import Callable, Mapping
from functools import partial

STORY = "Nine miners were killed at Corrin on Monday, and the search goes on, the mayor said."
_MORE = "She spoke outside the town hall, where relatives had waited through the night for news."

Maker = Callable[[], bytes]


def page(body: str, head: str = "<title>Blast at Corrin</title>") -> bytes:
    story = f"<article><h1>Blast at Corrin</h1><p>{STORY}</p><p>{_MORE}</p></article>"
    return f"<html><head>{head}</head><body>{story}{body}</body></html>".encode()


def nested(depth: int, tag: str = "div") -> bytes:
    """The story stands at the bottom."""
    story = f"<p>{STORY}</p><p>{_MORE}</p>"
    return f"<html><body>{f'<{tag}>' * depth}{story}{f'</{tag}>' * depth}</body></html>".encode()


_DEEP_JSON = "[" * 100_000
PAGES: Mapping[str, Maker] = {
    "attributes.html": lambda: page("<div " + "a=1 " * 100_000 + "></div>"),
    "attributes-differ.html": lambda: page(
        "".join(f"<div {' '.join(f'a{n}={n}' for n in range(900))}>x</div>" for _ in range(60))
    ),
    "nested.html": partial(nested, 100_000),
    "nested-table.html": partial(nested, 30_000, "table"),
    "nested-inline.html": partial(nested, 50_000, "b"),
    "nested-list.html": partial(nested, 30_000, "ul"),
    "misnested.html": lambda: page("<b><i><u></b></i></u>" * 20_000),
    "misnested-links.html": lambda: page("<a><div><b></a>" * 150),
    "unclosed.html": lambda: page("<p><em>no end " * 150),
    "unclosed-paragraphs.html": lambda: page("<p>no end " * 100_000),
    "word.html": lambda: page(f"<p>{'a' * 1_000_000}</p>"),
    "entities.html": lambda: page(f"<p>{'&amp;' * 300_000}</p>"),
    "entities-unknown.html": lambda: page(f"<p>{'&x' * 200_000}{'&#x' * 200_000}</p>"),
    "comment.html": lambda: page(f"<!--{'-' * 5_000_000}-->"),
    "comment-open.html": lambda: page("<!--" * 50_000),
    "angles.html": lambda: page("<" * 300_000),
    "angles-closed.html": lambda: page("<>" * 200_000),
    "titles.html": lambda: page("<title" * 60_000),
    "menus.html": lambda: page("<nav>" * 150 + "menu " * 1_000),
    "menus-unclosed.html": lambda: page("<nav" * 60_000),
    "scripts.html": lambda: page("<script>" + "var a = '</p>';" * 100_000 + "</script>"),
    "styles.html": lambda: page("<style>" * 60_000),
    "cdata.html": lambda: page("<![CDATA[" * 60_000),
    "declarations.html": lambda: page("<!DOCTYPE html [" * 40_000),
    "breaks.html": lambda: page("<br>" * 150_000),
    "links.html": lambda: page('<a href="/x">more</a> ' * 60_000),
    "figures.html": lambda: page("<figure><figcaption>A street</figcaption></figure>" * 20_000),
    "captions.html": lambda: page(f"<p class='{'caption ' * 8_000}'>A street</p>"),
    "metas.html": lambda: page("", "<meta property='og:title' content='x'>" * 40_000),
    "linked-data.html": lambda: page(
        "", f"<script type='application/ld+json'>{_DEEP_JSON}</script>" * 5
    ),
    "linked-data-many.html": lambda: page(
        "", "<script type='application/ld+json'>{\"@type\": \"Article\"}</script>" * 20_000
    ),
    "dates.html": lambda: page("<p>Published: 2031-03-04 " + "12:00 on Monday, " * 30_000),
    "nul.html": lambda: page("\0<p>\0" * 50_000),
    "marks.html": lambda: page(f"<p>a{chr(0x301) * 200_000}</p>"),
    "rows.html": lambda: page("<table>" + "<tr><td>Corrin<td>9" * 30_000 + "</table>"),
    "selects.html": lambda: page("<select><option>x" * 90),
    "frames.html": lambda: page("<iframe src=http://127.0.0.1:1/ srcdoc='<p>x'>" * 90),
}  # fmt: skip


def mail(headers: str, body: str) -> bytes:
    return (
        "From: Ines Dahl <ines@arlow.example>\nSubject: Blast at Corrin\n"
        f"Date: Tue, 04 Mar 2031 10:30:00 +0000\n{headers}\n{body}"
    ).encode()


def _multipart(depth: int) -> bytes:
    head = 'Content-Type: multipart/mixed; boundary="b{0}"\n\n--b{0}\n'
    inner = "".join(head.format(n) for n in range(1, depth))
    text = f"Content-Type: text/plain\n\n{STORY}\n"
    ends = "".join(f"--b{n}--\n" for n in reversed(range(depth)))
    return mail('Content-Type: multipart/mixed; boundary="b0"\n', f"--b0\n{inner}{text}{ends}")


def _forwards(depth: int) -> bytes:
    message = mail("", STORY)
    for _ in range(depth):
        message = mail("Content-Type: message/rfc822\n", message.decode())
    return message


def mail_with(names: list[str]) -> bytes:
    parts = "".join(
        f'--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="{name}"\n\n'
        f"The harbour master said nothing of it.\n"
        for name in names
    )
    story = f"--b\nContent-Type: text/plain\n\n{STORY}\n"
    return mail('Content-Type: multipart/mixed; boundary="b"\n', f"{story}{parts}--b--\n")


ODD_NAMES = [
    "../../outside.txt", "/etc/outside.txt", "C:\\outside.txt", "..\\outside.txt", "CON.txt",
    "a\x00b.txt", "a" * 300 + ".txt", "-rf.txt", "a\x1b[2Jb.txt", "\u202etxt.exe.txt", " .txt",
    "~/outside.txt", "$(touch outside).txt", "a/b/c.txt", ".txt",
]  # fmt: skip
_WORDS = "=?utf-8?q?a?= " * 30_000
MAILS: Mapping[str, Maker] = {
    "parts-in-parts.eml": partial(_multipart, 100_000),
    "parts-in-parts-some.eml": partial(_multipart, 400),
    "forwards.eml": partial(_forwards, 1_000),
    "forwards-some.eml": partial(_forwards, 40),
    "attachments.eml": lambda: mail_with([f"{n}.txt" for n in range(3_000)]),
    "attachment-names.eml": lambda: mail_with(ODD_NAMES),
    "headers.eml": lambda: mail("X-A: b\n" * 100_000, STORY),
    "header.eml": lambda: mail(f"X-A: {'b ' * 1_000_000}\n", STORY),
    "encoded-words.eml": lambda: mail(f"Subject: {_WORDS}\n", STORY),
    "addresses.eml": lambda: mail(f"From: {'a@b.example, ' * 30_000}\n", STORY),
    "parameters.eml": lambda: mail(
        "Content-Type: text/plain; " + "; ".join(f"a*{n}*=x" for n in range(20_000)) + "\n", STORY
    ),
    "brackets.eml": lambda: mail(f"Date: {'(' * 50_000}\n", STORY),
    "charset.eml": lambda: mail("Content-Type: text/plain; charset=rot13\n", STORY),
    "base64.eml": lambda: mail("Content-Transfer-Encoding: base64\n", "A=" * 300_000),
    "boundaries.eml": lambda: mail(
        'Content-Type: multipart/mixed; boundary="b"\n', "--b\n" * 200_000
    ),
    "page.eml": lambda: mail("Content-Type: text/html\n", nested(5_000).decode()),
}  # fmt: skip


def feed(declarations: str, entry: str) -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{declarations}]><rss version="2.0"><channel>'
        f"<title>Arlow</title><item><title>Blast at Corrin</title><description>{STORY}"
        f"{entry}</description></item></channel></rss>"
    ).encode()


def feed_that_asks(address: str) -> bytes:
    """An entity, a parameter entity, a DTD and an inclusion, all of one address."""
    return feed(
        f'<!ENTITY a SYSTEM "{address}"><!ENTITY % p SYSTEM "{address}"> %p;',
        f'&a;<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}"/>',
    )


_LAUGHS = '<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)
)
FEEDS: Mapping[str, Maker] = {
    "laughs.xml": lambda: feed(_LAUGHS, "&l11;"),
    "blow-up.xml": lambda: feed(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 10_000),
    "ring.xml": lambda: feed('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"),
    "asks.xml": lambda: feed_that_asks("file:///etc/passwd"),
    "deep.xml": lambda: feed("", "<a>" * 100_000),
    "deep-some.xml": lambda: feed("", "<a>" * 200 + "</a>" * 200),
    "attributes.xml": lambda: feed("", "<a " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"),
    "entries.xml": lambda: b"<rss><channel>" + b"<item/>" * 200_000 + b"</channel></rss>",
    "namespaces.xml": lambda: feed("", "".join(f'<a xmlns:n{n}="u{n}"/>' for n in range(20_000))),
    "comment.xml": lambda: feed("", f"<!--{'a' * 5_000_000}-->"),
}  # fmt: skip


def record(address: str, payload: bytes, *http_headers: str, length: int | None = None) -> bytes:
    http = "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/html", *http_headers)).encode()
    block = http + b"\r\n\r\n" + payload
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Date: 2031-03-05T09:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:11111111-1111-1111-1111-111111111111>\r\n"
        "Content-Type: application/http;msgtype=response\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


_GOOD_RECORD = record("https://arlow.example/1", page(""))


def gzip_of_zeros(n_mib: int) -> bytes:
    """A gzip member that swells to so many MiB of zero bytes in a record of a web archive."""
    head = record("https://arlow.example/bomb", b"", length=n_mib * 1024**2)
    packed = zlib.compressobj(1, zlib.DEFLATED, 31)
    zeros = bytes(1024**2)
    pieces = [packed.compress(head.removesuffix(b"\r\n\r\n"))]
    pieces += [packed.compress(zeros) for _ in range(n_mib)]
    return b"".join([*pieces, packed.flush()])


def _in_gzip(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = gzip.compress(data)
    return data


_EMPTY = record("https://arlow.example/e", b"")
_ENCODED = "Content-Encoding: gzip"
ARCHIVES: Mapping[str, Maker] = {
    "bomb.warc.gz": lambda: gzip.compress(_GOOD_RECORD) + gzip_of_zeros(256),
    "bomb-inside.warc": lambda: _GOOD_RECORD
    + record("https://arlow.example/2", gzip_of_zeros(256), _ENCODED),
    "gzip-in-gzip.warc.gz": lambda: gzip.compress(
        _GOOD_RECORD
        + record("https://arlow.example/3", _in_gzip(bytes(64 * 1024**2), 3), _ENCODED + ", gzip")
    ),
    "gzip-of-gzip.warc.gz": lambda: gzip.compress(gzip.compress(_GOOD_RECORD)),
    "length.warc": lambda: _GOOD_RECORD + record("https://arlow.example/4", b"abc", length=10**15),
    "length-negative.warc": lambda: _GOOD_RECORD
    + record("https://arlow.example/4", b"abc", length=-5),
    "empty-records.warc.gz": lambda: gzip.compress(_GOOD_RECORD + _EMPTY * 100_000),
    "chunks.warc": lambda: _GOOD_RECORD
    + record("https://arlow.example/5", b"ffffffff\r\nabc", "Transfer-Encoding: chunked"),
    "header.warc": lambda: _GOOD_RECORD + record("https://arlow.example/" + "a" * 5_000_000, b""),
    "headers.warc": lambda: _GOOD_RECORD
    + record("https://arlow.example/6", b"", *(f"X-{n}: a" for n in range(200_000))),
    "address.warc": lambda: _GOOD_RECORD + record("../../\x00outside\x1b[2J", page("")),
    "cut.warc.gz": lambda: gzip.compress(_GOOD_RECORD) + gzip.compress(_GOOD_RECORD * 50)[:-30],
    "noise.warc.gz": lambda: gzip.compress(_GOOD_RECORD) + b"\x1f\x8b\x08" + bytes(range(256)) * 90,
}  # fmt: skip


def pdf(objects: Mapping[int, str | bytes], trailer: str = "/Root 1 0 R") -> bytes:
    """A PDF of these objects, with a table of where they stand."""
    out = b"%PDF-1.7\n"
    at: dict[int, int] = {}
    for number, content in objects.items():
        at[number] = len(out)
        body = content.encode("latin-1") if isinstance(content, str) else content
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    size = max(objects) + 1
    rows = b"".join(
        b"%010d 00000 n \n" % at[n] if n in at else b"0000000000 65535 f \n" for n in range(size)
    )
    head = f"xref\n0 {size}\n".encode()
    end = f"trailer\n<< /Size {size} {trailer} >>\nstartxref\n{len(out)}\n%%EOF".encode()
    return out + head + rows + end


def stream(data: bytes, entries: str = "") -> bytes:
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


_CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
    " /Resources << /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >> >>"
)
_DRAWN = f"BT /F1 11 Tf 40 760 Td ({STORY}) Tj ET".encode()


def one_page(content: str | bytes, font: str | bytes = _FONT, **others: str | bytes) -> bytes:
    """A PDF of one page; `o7` is its object 7."""
    objects: dict[int, str | bytes] = {
        1: _CATALOG, 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: _PAGE, 4: content, 5: font,
    }  # fmt: skip
    return pdf(objects | {int(name[1:]): each for name, each in others.items()})


def _flate(data: bytes, times: int = 1) -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, f"/Filter [{'/FlateDecode ' * times}]")


def _pages(kids: str, count: int, **others: str) -> bytes:
    objects: dict[int, str | bytes] = {
        1: _CATALOG, 2: f"<< /Type /Pages /Kids [{kids}] /Count {count} >>", 3: _PAGE,
        4: stream(_DRAWN), 5: _FONT,
    }  # fmt: skip
    return pdf(objects | {int(name[1:]): each for name, each in others.items()})


def _cmap(ranges: str) -> bytes:
    made = f"begincmap 1 beginbfrange {ranges} endbfrange endcmap".encode()
    font = _FONT.replace(">>", "/ToUnicode 7 0 R >>")
    return one_page(stream(_DRAWN), font, o7=stream(made))


_RECURSIVE = (
    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>"
)
PDFS: Mapping[str, Maker] = {
    "ring-of-pages.pdf": lambda: _pages("2 0 R", 9),
    "ring-of-two.pdf": lambda: _pages("7 0 R", 9, o7="<< /Type /Pages /Kids [2 0 R] /Count 9 >>"),
    "pages.pdf": lambda: _pages("3 0 R " * 100_000, 100_000),
    "count.pdf": lambda: _pages("3 0 R", 10**12),
    "pages-fan.pdf": lambda: _pages(
        "7 0 R " * 10, 10**9,
        **{f"o{n}": f"<< /Type /Pages /Kids [{f'{n + 1} 0 R ' * 10}] /Count 9 >>"
           for n in range(7, 16)}, o16=_PAGE),
    "ring-of-parents.pdf": lambda: _pages("7 0 R", 1, o7="<< /Type /Page /Parent 7 0 R >>"),
    "swells.pdf": lambda: one_page(_flate(bytes(90 * 1024**2))),
    "swells-twice.pdf": lambda: one_page(_flate(bytes(90 * 1024**2), 2)),
    "filters.pdf": lambda: one_page(stream(b"x" * 99, f"/Filter [{'/ASCIIHexDecode ' * 9_000}]")),
    "arrays.pdf": lambda: one_page(stream(_DRAWN), "[" * 100_000),
    "dictionaries.pdf": lambda: one_page(stream(_DRAWN), "<< /A " * 100_000),
    "brackets.pdf": lambda: one_page(stream(b"BT " + b"[" * 200_000 + b" TJ ET")),
    "strings.pdf": lambda: one_page(stream(b"BT " + b"(" * 200_000 + b" Tj ET")),
    "operators.pdf": lambda: one_page(stream(b"q " * 400_000 + _DRAWN)),
    "shown.pdf": lambda: one_page(stream(b"BT /F1 9 Tf " + b"(a) Tj T* " * 60_000 + b"ET")),
    "recursion.pdf": lambda: one_page(stream(b"/X Do "), o6=stream(b"/X Do " * 20, _RECURSIVE)),
    "cmap.pdf": lambda: _cmap("<00000000> <FFFFFFFF> <0000>"),
    "cmap-long.pdf": lambda: _cmap("<0000> <FFFF> [" + "<0041> " * 200_000 + "]"),
    "widths.pdf": lambda: one_page(
        stream(_DRAWN), _FONT.replace(">>", f"/FirstChar 0 /Widths [{'1 ' * 300_000}] >>")
    ),
    "inline-image.pdf": lambda: one_page(stream(b"BI /W 9 /H 9 ID " + b"x" * 500_000)),
    "length.pdf": lambda: one_page(b"<< /Length 99999999999 >>\nstream\nBT ET\nendstream"),
    "length-ring.pdf": lambda: one_page(b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"),
    "previous.pdf": lambda: pdf({1: _CATALOG, 2: _PAGE}, "/Root 1 0 R /Prev 9"),
    "no-table.pdf": lambda: one_page(stream(_DRAWN)).partition(b"xref")[0] + b"%%EOF",
    "table-lies.pdf": lambda: one_page(stream(_DRAWN)).replace(b"xref\n0 6", b"xref\n0 9999999"),
    "objects.pdf": lambda: b"%PDF-1.7\n" + b"1 0 obj<<>>endobj\n" * 100_000 + b"startxref\n0",
    "noise.pdf": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4_000,
    "locked.pdf": lambda: pdf({1: _CATALOG, 2: _PAGE}, "/Root 1 0 R /Encrypt << /Filter /X >>"),
}  # fmt: skip


def _told(middle: str) -> bytes:
    return f"{STORY}\n\n{middle}\n\n{_MORE}\n".encode()


def _line(**fields: str) -> bytes:
    written = ", ".join(f'"{key}": "{value}"' for key, value in fields.items())
    return f'{{"text": "{STORY}", {written}}}\n'.encode()


TEXTS: Mapping[str, Maker] = {
    "word.txt": lambda: _told("a" * 1_000_000),
    "brackets.txt": lambda: _told("(" * 100_000),
    "quotes.txt": lambda: _told('"' * 100_000),
    "addresses.txt": lambda: _told("http://a." * 20_000),
    "marks.txt": lambda: _told("a" + "\u0301" * 100_000),
    "bytes.txt": lambda: _told("") + b"\xc3\x28\xff\xfe\x80 " * 3_000,
    "controls.txt": lambda: _told("a\x01\x02 b\x1b[2J " * 80),
    "bars.txt": lambda: _told("|" * 100_000),
    "returns.txt": lambda: _told("\r" * 200_000),
    "stamps.txt": lambda: _told("2031-03-04 12:00 " * 10_000),
    "lines.txt": lambda: _told("9\n" * 60_000),
    "brackets.md": lambda: _told("[" * 100_000),
    "stars.md": lambda: _told("*a " * 50_000 + "**" * 50_000),
    "links.md": lambda: _told("[a](" * 50_000),
    "quotes.md": lambda: _told(">" * 100_000),
    "deep.jsonl": lambda: _line() [:-3] + b', "x": ' + b"[" * 100_000 + b"}\n" + _line(id="b"),
    "empty.jsonl": lambda: b"{}\n" * 20_000 + _line(id="b"),
    "surrogates.jsonl": lambda: _line(id="b", title="\\ud800 half", author="\\udfff"),
    "nul.jsonl": lambda: _line(id="a\\u0000b", author="An\\u0000na", url="x\\u0007"),
    "page.jsonl": lambda: b'{"html": "' + b"<div>" * 50_000 + STORY.encode() + b'"}\n',
}  # fmt: skip

FILES: Mapping[str, Mapping[str, Maker]] = {
    "I1": {**PAGES, **TEXTS},
    "I6": ARCHIVES,
    "I7": MAILS,
    "I8": FEEDS,
    "I11": PDFS,
}
# In these there is no story, or none that the format lets anybody find.
NO_STORY = frozenset({
    "entries.xml", "gzip-of-gzip.warc.gz", "base64.eml",
})  # fmt: skip
