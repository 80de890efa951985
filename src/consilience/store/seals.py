"""What is kept, known by its hash: what a failing disk changed is found out."""

import hashlib
from typing import Any

from consilience.errors import NotFoundError, StoreError
from consilience.store.database import DAMAGED

_NOTHING = hashlib.sha256(b"").hexdigest()


def seal_of(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def check_seal(line: str, seal: Any, name: str) -> None:
    """
    Raises:
        StoreError: the line was changed.
    """
    if seal_of(line) != seal:
        raise StoreError(f"{name}: {DAMAGED}")


def as_given(raw: bytes, sha256: Any, name: str) -> bytes:
    """The bytes, which are those of that hash.

    Raises:
        NotFoundError: they are forgotten.
        StoreError: they were changed.
    """
    if not raw and sha256 != _NOTHING:
        raise NotFoundError(f"{sha256}: those bytes were forgotten; only their hash is left")
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise StoreError(f"{name}: {DAMAGED}")
    return raw
