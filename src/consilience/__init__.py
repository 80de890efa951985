"""Many accounts of one event in, one accountable account out."""

__version__ = "0.1.0"
