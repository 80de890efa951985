"""The page on the public names, from their signatures and docstrings."""

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import consilience
from consilience.store import Store
from docs.build.markdown import code, docstring, page, table


def python_page() -> str:
    return page(
        "Python",
        "The names that `import consilience` promises. Whatever else there is may change.",
        *(words for name in sorted(consilience.__all__) for words in _name(name)),
        "## Store",
        docstring(Store),
        *_methods(Store),
    )


def _name(name: str) -> Iterator[str]:
    thing = getattr(consilience, name)
    yield f"## {name}"
    if isinstance(thing, type) and issubclass(thing, Exception):
        yield docstring(thing)
        if below := thing.__subclasses__():
            names = sorted(code(one.__name__) for one in below)
            yield f"Raised as one of {', '.join(names)}."
        return
    if is_dataclass(thing):
        yield docstring(thing)
        rows = ((code(f.name), code(_type(f.type))) for f in fields(thing) if f.name[0] != "_")
        yield table(("field", "type"), rows)
        return
    yield signature(name, inspect.signature(thing))
    yield docstring(thing)
    if isinstance(thing, type):
        yield from _methods(thing)


def _methods(thing: type) -> Iterator[str]:
    for name, method in vars(thing).items():
        if inspect.isfunction(method) and not name.startswith("_"):
            yield signature(name, inspect.signature(method))
            yield docstring(method)


def signature(name: str, of: inspect.Signature) -> str:
    """How a thing is called, as code; of a class what it is made with."""
    called = [_argument(p) for p in of.parameters.values() if p.name != "self"]
    returns = (
        "" if of.return_annotation in (of.empty, None) else f" -> {_type(of.return_annotation)}"
    )
    return f"```python\n{name}({', '.join(called)}){returns}\n```"


def _argument(parameter: inspect.Parameter) -> str:
    words = parameter.name
    if parameter.annotation is not parameter.empty:
        words += f": {_type(parameter.annotation)}"
    if parameter.default is parameter.empty:
        return words
    return f"{words} = {'…' if callable(parameter.default) else repr(parameter.default)}"


def _type(annotation: object) -> str:
    """A type as it is written, without the modules that its names come from."""
    words = annotation if isinstance(annotation, str) else inspect.formatannotation(annotation)
    return re.sub(r"\b(?:\w+\.)+(?=\w)|~", "", words)
