"""The suite, or whatever else, where there is no network at all.

    python -m tests.offline [ARGUMENTS OF PYTEST]

runs it in a network namespace of its own, with nothing but a loopback in it (Linux, unshare).
"""

import fcntl
import os
import shutil
import socket
import struct
import subprocess
import sys

# linux/sockios.h and linux/if.h
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1


def unshared() -> list[str] | None:
    """What runs a command without a network; None where this machine lets nobody."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    # Who is root already stays so: the database's server is begun as another user.
    command = [unshare, "--net"] if os.geteuid() == 0 else [unshare, "--map-root-user", "--net"]
    tried = subprocess.run([*command, "true"], capture_output=True)
    return None if tried.returncode else command


def raise_loopback() -> None:
    """What `ip link set lo up` does, where there is no ip."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack("16sh14x", b"lo", 0)
        _, flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _GET_FLAGS, asked))
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


def main() -> None:
    command = unshared()
    if command is None:
        sys.exit("unshare: no network namespaces here; run it on a Linux that allows them")
    begun = [sys.executable, "-c", "from tests.offline import inside; inside()", *sys.argv[1:]]
    sys.exit(subprocess.run([*command, *begun]).returncode)


def inside() -> None:
    raise_loopback()
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *sys.argv[1:]])


if __name__ == "__main__":
    main()
