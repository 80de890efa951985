"""How often Python looks for what only points at itself."""

import gc

# New objects until the next look. Python's own 700 is made for programs that leave cycles behind;
# records leave none, are many and live as long as their case: a fifth of the weighing of 500
# documents went into looking at them.
_YOUNG = 100_000


def collect_rarely() -> None:
    """For processes that are ours alone."""
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
