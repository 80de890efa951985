"""A case kept: what was given, what each document yielded, what was decided."""

from consilience.store.contract import State, StateLine, Store, Version
from consilience.store.memory import open_memory
from consilience.store.opening import open_register, open_store
from consilience.store.register import Addition, Role, Token

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
