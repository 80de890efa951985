"""Open hostile files: `python -m tests.hostile_run FOLDER THREAT/NAME...`, a line on each.

In a process of its own, so that its memory is that of the files alone.
"""

import json
import re
import resource
import sys
import time
from pathlib import Path

from consilience.ingest import held, ingest
from consilience.records import Document
from tests.hostile_files import FILES, STORY, page

_LONG_S = 2.0


def main() -> None:
    folder = Path(sys.argv[1])
    beside = folder / "beside.html"
    beside.write_bytes(page(""))
    for place in sys.argv[2:]:
        threat, name = place.split("/")
        path = folder / name
        path.write_bytes(FILES[threat][name]())
        before, began = _processor_s(), time.perf_counter()
        *found, last = ingest([path, beside])
        if time.perf_counter() - began > _LONG_S:
            held.end()  # so that its time and its memory are counted
        documents = [one for one in found if isinstance(one, Document)]
        told = {
            "name": name,
            "processor_s": _processor_s() - before,
            "wall_s": time.perf_counter() - began,
            "mib": max(_peak_mib(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024),
            "has_story": any(STORY in document.text for document in documents),
            "names": [document.name for document in documents],
            "errors": [one.error for one in found if not isinstance(one, Document)],
            "beside": isinstance(last, Document) and STORY in last.text,
        }
        print(json.dumps(told), flush=True)
        path.unlink()


def _processor_s() -> float:
    spent = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _peak_mib() -> int:
    """Of this process alone: ru_maxrss begins at what its parent held."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) // 1024


if __name__ == "__main__":
    main()
