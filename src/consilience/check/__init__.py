"""A sentence against a case: supported, disputed or unsupported, with the passages."""

from consilience.check.statements import Checked, Point, Standing, check

__all__ = ["Checked", "Point", "Standing", "check"]
