"""Parsers that are not ours, in a process of their own that may be ended at any moment.

It has no network, little memory and none of our environment. One is held as long as this process
lives, begun when the first input needs it; what ends it costs one document.
"""

from typing import TypeVar

from consilience.errors import InputError
from consilience.ingest.answers import Feed, Lost, Mail, Page, Pages, Refused, Task
from consilience.ingest.held import ask
from consilience.ingest.html import text_of_page

P = TypeVar("P", Page, Feed, Mail, Pages)


def page_of(markup: str) -> Page:
    """The article of a page; all its text where its parser did not come through."""
    answer = _answer(Task("page", "", markup.encode("utf-8", "replace")), Page)
    if isinstance(answer, Lost):
        return text_of_page(markup, f"its parser was ended: {answer.why}")
    return answer


def feed_of(data: bytes, name: str) -> Feed:
    """
    Raises:
        InputError: it is no XML, no feed, or its parser did not come through.
    """
    return _parsed(Task("feed", name, data), Feed)


def mail_of(data: bytes, name: str) -> Mail:
    """
    Raises:
        InputError: it has no headers of a mail, or its parser did not come through.
    """
    return _parsed(Task("mail", name, data), Mail)


def text_of_pdf(data: bytes, name: str) -> Pages:
    """
    Raises:
        InputError: it is no PDF, is locked, holds no text, or its parser did not come through.
    """
    return _parsed(Task("pdf", name, data), Pages)


def _parsed(task: Task, kind: type[P]) -> P:
    answer = _answer(task, kind)
    if isinstance(answer, Lost):
        raise InputError(f"{task.name}: its parser was ended: {answer.why}; give its text")
    return answer


def _answer(task: Task, kind: type[P]) -> P | Lost:
    answer = ask(task)
    if isinstance(answer, Refused):
        raise InputError(answer.error)
    assert isinstance(answer, kind | Lost)
    return answer
