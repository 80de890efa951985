"""A case kept: what was given, what each document yielded, what was decided."""

from consilience.store.contract import State, StateLine, Store, Version
from consilience.store.memory import open_memory
from consilience.store.register import Addition, Role, Token, open_register
from consilience.store.sqlite import open_store

__all__ = [
    "Addition",
    "Role",
    "State",
    "StateLine",
    "Store",
    "Token",
    "Version",
    "open_memory",
    "open_register",
    "open_store",
]
