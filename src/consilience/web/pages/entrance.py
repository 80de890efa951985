"""The way in, and what a page says when something cannot be had."""

from consilience.web.pages.render import page


def login_page(after: str, *, failed: bool) -> str:
    return page("login", None, after=after, failed=failed)


def error_page(status: int, title: str, detail: str) -> str:
    """A page for people where the API would answer with a problem."""
    return page("error", None, status=status, title=title, detail=detail)
