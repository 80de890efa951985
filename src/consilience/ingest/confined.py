"""A process that parses what nobody vouches for gives up what it does not need for that."""

import ctypes
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from consilience.ingest.limits import WORKER_BYTES_MAX

_FILES_MAX = 32  # modules are loaded late, a few files at a time
_NEW_USER_AND_NETWORK = 0x10000000 | 0x40000000  # CLONE_NEWUSER, CLONE_NEWNET
_NO_NEW_PRIVILEGES = 38
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_REFUSED = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "os.remove",
    "os.rename", "os.link", "os.symlink", "os.mkdir", "os.rmdir", "os.chmod", "os.chown",
    "os.truncate", "os.kill", "pty.", "shutil.", "ctypes.dlopen",
)  # fmt: skip


def confine() -> None:
    """From here on this process has little memory, no network, and writes to no file.

    On Linux it leaves the network altogether, where the system lets users do that. Everywhere
    Python's own sockets, processes and files for writing are refused; a parser written in C that
    would open a socket by itself is then held back by its options alone.
    """
    _limit(resource.RLIMIT_AS, WORKER_BYTES_MAX)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, _FILES_MAX)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        libc.unshare(_NEW_USER_AND_NETWORK)
    sys.addaudithook(_refuse)


def give_processor(seconds: float) -> None:
    """So many seconds of the processor are left from now on; then the system ends the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    at = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (at, hard))


def held_bytes() -> int:
    """How much memory this process holds; where the system does not say, the most it ever did."""
    # Not the peak of getrusage: on Linux that is at first the peak of who began the process.
    with suppress(FileNotFoundError):
        _, held, *_ = Path("/proc/self/statm").read_text(encoding="ascii").split()
        return int(held) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    # macOS knows some of these limits and refuses to set them.
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        _, _, flags = arguments
        if not isinstance(flags, int) or not flags & _WRITING:
            return
    elif not event.startswith(_REFUSED):
        return
    raise PermissionError(f"{event} is not for a parser")
