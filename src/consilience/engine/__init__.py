"""Two operations, `map` and `reduce`, over whatever there is to run them: on items, on keys."""

from consilience.engine.contract import Engine, Named
from consilience.engine.local import LocalEngine

__all__ = ["Engine", "LocalEngine", "Named"]
