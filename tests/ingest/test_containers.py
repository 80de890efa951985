"""Feeds, mails, PDFs and web archives: what is in them, and what broken ones cost."""

import gzip
import io
from email.message import EmailMessage
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from consilience.ingest import ingest
from consilience.records import Document, Failure

STORY = "The ferry Aurelia burned off Port Callis on Monday. Nine people were hurt, police said."
PAGE = f"<html><body><article><h1>Ferry burns</h1><p>{STORY}</p></article></body></html>"
RSS = f"""<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Arlow Press</title>
<item><title>Ferry burns</title><link>https://arlow.example/1</link>
<dc:creator>Ines Dahl</dc:creator><pubDate>Tue, 04 Mar 2031 10:30:00 GMT</pubDate>
<description>Nine hurt.</description>
<content:encoded><![CDATA[<p>{STORY}</p>]]></content:encoded></item>
<item><title>Budget passes in Elmsford after long debate</title></item>
<item></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Daily Wharf</title><entry>
<title>Ferry burns</title><link rel="alternate" href="https://wharf.example/2"/>
<author><name>Olaf Brandt</name></author><published>2031-03-04T10:30:00Z</published>
<updated>2031-03-05T08:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p></div></content>
</entry></feed>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c SYSTEM "file:///etc/passwd">]><rss><channel><title>x</title><item>
<title>&b;&c; A title of the entry</title></item></channel></rss>"""


def read(path: Path, content: str | bytes) -> tuple[list[Document], list[Failure]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = list(ingest([path]))
    documents = [one for one in found if isinstance(one, Document)]
    return documents, [one for one in found if isinstance(one, Failure)]


def test_each_entry_of_a_feed_is_a_document_with_what_the_feed_says(tmp_path: Path) -> None:
    (first, second), (third,) = read(tmp_path / "feed.xml", RSS)
    assert STORY in first.text
    assert (first.title, first.url, first.source) == (
        "Ferry burns",
        "https://arlow.example/1",
        "Arlow Press",
    )
    assert first.author == "Ines Dahl"
    assert first.published is not None
    assert first.published.value == "2031-03-04T10:30"
    assert first.published_basis == "metadata"
    assert second.text == "Budget passes in Elmsford after long debate"
    assert third.error == "feed.xml:3: an entry with neither title nor text"


def test_an_atom_entry_keeps_its_author_and_its_update(tmp_path: Path) -> None:
    (found,), _ = read(tmp_path / "feed.xml", ATOM)
    assert STORY in found.text
    assert (found.author, found.url) == ("Olaf Brandt", "https://wharf.example/2")
    assert found.updated is not None
    assert found.updated.value == "2031-03-05T08:00"


def test_a_feed_expands_no_entity_and_reads_no_file(tmp_path: Path) -> None:
    documents, failures = read(tmp_path / "feed.xml", BOMB)
    told = " ".join([*(d.text for d in documents), *(f.error for f in failures)])
    assert "hahaha" not in told
    assert "root:" not in told


@pytest.mark.parametrize("content", ["<rss><channel>", "<html></html>", "", "<feed></feed>"])
def test_xml_that_is_no_feed_fails_in_one_line(tmp_path: Path, content: str) -> None:
    documents, (failure,) = read(tmp_path / "a.xml", content)
    assert documents == []
    assert failure.error.startswith("a.xml: ")
    assert "\n" not in failure.error


def mail(text: str = STORY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.get("sender", "Ines Dahl <ines@arlow.example>")
    message["Subject"] = headers.get("subject", "Ferry burns")
    message["Date"] = "Tue, 04 Mar 2031 11:30:00 +0100"
    message.set_content(text)
    return message


def test_a_mail_is_a_document_of_its_sender_and_day(tmp_path: Path) -> None:
    (found,), _ = read(tmp_path / "a.eml", mail().as_bytes())
    assert found.text.strip().endswith("police said.")
    assert (found.title, found.author) == ("Ferry burns", "Ines Dahl")
    assert found.published is not None
    assert found.published.value.startswith("2031-03-04T1")


def test_the_page_of_a_newsletter_is_taken_where_its_plain_text_says_little(tmp_path: Path) -> None:
    message = mail("Read this online.")
    message.add_alternative(PAGE.replace("</p>", "</p><p>" + STORY * 4 + "</p>"), subtype="html")
    (found,), _ = read(tmp_path / "a.eml", message.as_bytes())
    assert STORY in found.text
    assert "online" not in found.text


def test_attachments_and_forwarded_mails_are_documents_of_their_own(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"A statement of the harbour master.", "text", "plain",
                           filename="statement.txt")  # fmt: skip
    message.add_attachment(mail("The harbour master was told on Sunday.", subject="Fwd"))
    message.add_attachment(b"\x00\x01", "application", "zip", filename="photos.zip")
    documents, (failure,) = read(tmp_path / "a.eml", message.as_bytes())
    assert [d.name for d in documents] == ["a.eml", "a.eml/statement.txt", "a.eml/2.eml"]
    assert failure.name == "a.eml/photos.zip"


def test_mails_within_mails_end(tmp_path: Path) -> None:
    message = mail("The innermost of them.")
    for _ in range(6):
        outer = mail("One more.")
        outer.add_attachment(message)
        message = outer
    documents, failures = read(tmp_path / "a.eml", message.as_bytes())
    assert len(documents) == 4
    assert "too deep" in failures[0].error


def test_what_is_no_mail_fails(tmp_path: Path) -> None:
    documents, (failure,) = read(tmp_path / "a.eml", b"\x00\xff just bytes")
    assert documents == []
    assert "no mail" in failure.error


def pdf(*pages: str) -> bytes:
    """A PDF of lines in Helvetica, a page each."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(600, 800)
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 40 760 Td {lines} ET".encode("latin-1"))
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_is_read_across_its_lines_and_pages_without_running_heads(tmp_path: Path) -> None:
    pages = (
        "Harbour Report 1\nThe ferry Aurelia burned off Port Cal-\nlis on Monday.",
        "Harbour Report 2\nNine people were hurt.",
        "Harbour Report 3\nThe inquiry goes on.",
    )
    (found,), _ = read(tmp_path / "report.pdf", pdf(*pages))
    assert "burned off Port Callis on Monday" in found.text
    assert "Nine people were hurt" in found.text
    assert "Harbour Report" not in found.text
    assert found.published_basis != "metadata"


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"%PDF-1.7 broken", "cannot be read as PDF"), (pdf(""), "without text")],
)
def test_a_pdf_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, why: str) -> None:
    documents, (failure,) = read(tmp_path / "a.pdf", content)
    assert documents == []
    assert why in failure.error


def archive(path: Path, *records: tuple[str, str, str, bytes]) -> None:
    """A WARC file: address, HTTP status, content type, payload."""
    content = b""
    for address, status, kind, payload in records:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + payload
        head = (
            "WARC/1.0\r\nWARC-Type: response\r\n"
            f"WARC-Target-URI: {address}\r\nWARC-Date: 2031-03-05T09:00:00Z\r\n"
            "WARC-Record-ID: <urn:uuid:11111111-1111-1111-1111-111111111111>\r\n"
            f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n"
        )
        record = head.encode() + b"\r\n" + http + b"\r\n\r\n"
        content += gzip.compress(record) if path.suffix == ".gz" else record
    path.write_bytes(content)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_an_archive_gives_its_pages_under_their_addresses(tmp_path: Path, name: str) -> None:
    archive(
        tmp_path / name,
        ("https://arlow.example/1", "200 OK", "text/html; charset=utf-8", PAGE.encode()),
        ("https://arlow.example/gone", "404 Not Found", "text/html", b"<p>Not here at all</p>"),
        ("https://arlow.example/a.png", "200 OK", "image/png", b"\x89PNG"),
        ("https://arlow.example/report", "200 OK", "application/pdf", pdf(STORY)),
    )
    first, second = ingest([tmp_path / name])
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.name, first.url) == ("https://arlow.example/1", "https://arlow.example/1")
    assert STORY in first.text
    assert first.retrieved is not None
    assert first.retrieved.value == "2031-03-05T09:00"
    assert "Port Callis" in second.text


def test_a_broken_archive_keeps_what_comes_before_the_break(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    archive(path, ("https://arlow.example/1", "200 OK", "text/html", PAGE.encode()))
    path.write_bytes(path.read_bytes() + b"\x1f\x8b\x08broken")
    found = list(ingest([path]))
    assert isinstance(found[0], Document)
    empty = tmp_path / "empty.warc"
    empty.write_bytes(b"")
    (failure,) = ingest([empty])
    assert isinstance(failure, Failure)
    assert "no pages in it" in failure.error
