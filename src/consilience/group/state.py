"""A grouping kept in a file between two runs."""

from pathlib import Path

import msgspec

from consilience.errors import InputError
from consilience.group.grouping import Grouping, Saved

SCHEMA = "consilience.groups/1"


class _File(msgspec.Struct):
    schema: str
    saved: Saved


def load_state(path: Path | None) -> Grouping:
    """The grouping kept in that file; a fresh one where there is none.

    Raises:
        InputError: the file cannot be read, or is no state of ours.
    """
    grouping = Grouping()
    if path is None or not path.exists():
        return grouping
    try:
        kept = msgspec.json.decode(path.read_bytes(), type=_File)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; name a file that can be read") from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        why = f"{path}: no state of a grouping ({error}); name one that --state wrote"
        raise InputError(why) from error
    if kept.schema != SCHEMA:
        raise InputError(f"{path}: {kept.schema}, not {SCHEMA}; group all documents again")
    grouping.restore(kept.saved)
    return grouping


def state_of(grouping: Grouping) -> str:
    """What `load_state` reads; the same for the same documents."""
    return msgspec.json.encode(_File(SCHEMA, grouping.saved())).decode()
