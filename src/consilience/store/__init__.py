"""A case kept: what was given, what each document yielded, what was decided."""

from consilience.store.contract import State, StateLine, Store, Version
from consilience.store.opening import copy_case, is_kept, open_memory, open_register, open_store
from consilience.store.register import Addition, Role, Session, Token
from consilience.store.salvage import salvage

__all__ = [
    "Addition",
    "Role",
    "Session",
    "State",
    "StateLine",
    "Store",
    "Token",
    "Version",
    "copy_case",
    "is_kept",
    "open_memory",
    "open_register",
    "open_store",
    "salvage",
]
