"""What a user may set, each with its one default; built once at the edge and passed down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """`workers`: processes that read documents; it never changes what comes out."""

    workers: int = 1
