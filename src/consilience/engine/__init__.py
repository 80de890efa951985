"""One operation, `map`: spread work on single documents over whatever there is to run it."""

from consilience.engine.contract import Engine, Named
from consilience.engine.local import LocalEngine

__all__ = ["Engine", "LocalEngine", "Named"]
