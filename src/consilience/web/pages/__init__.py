"""The pages of a served case: what people read and the forms they send, with or without scripts."""

from consilience.web.pages.entrance import error_page
from consilience.web.pages.reading import READING
from consilience.web.pages.writing import WRITING

HANDLERS = (*READING, *WRITING)

__all__ = ["HANDLERS", "error_page"]
