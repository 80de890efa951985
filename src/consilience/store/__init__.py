"""A case kept: what was given, what each document yielded, what was decided."""

from consilience.store.contract import State, Store
from consilience.store.memory import open_memory
from consilience.store.sqlite import open_store

__all__ = ["State", "Store", "open_memory", "open_store"]
