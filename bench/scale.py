"""The whole flow, documents to dossiers, on streams of growing size.

    python -m bench.scale FOLDER [--sizes 1000,10000] [--workers 2] [--alone] [--half]

Makes the streams of bench.streams in FOLDER and runs `consilience batch --group` on each, or with
--alone `consilience group`. Memory is the sum over all processes of the run, sampled twice a
second; growth is the ratio of processor time between two sizes, held against that of n log n.
What has been measured stands in FOLDER/figures.json, and what is there is not measured again; a run
that is killed goes on where it was, its time by the clock and of the processor, noted twice a
second, added up. The bars are those of issue 7.
"""

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.streams import Kind, line, stream

MEMORY_BAR_GIB = 4.0
_SAMPLE_S = 0.5
_CLUSTER_CORES = 128
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def measured(path: Path, n: int, workers: int, *, is_half_one: bool, is_alone: bool) -> None:
    """Run one size, noting time and memory as they grow."""
    name = f"{'group' if is_alone else 'flow'}-{n}{'-half' if is_half_one else ''}"
    figures = _figures(path)
    found = figures.setdefault(name, {"documents": n, "wall_s": 0.0, "cpu_s": 0.0, "peak_mib": 0.0})
    if found.get("done"):
        return
    documents = _written(path, n, is_half_one=is_half_one)
    out = path / f"{name}.jsonl"
    verb = ["group"] if is_alone else ["batch", "--group"]
    command = [sys.executable, "-m", "consilience", *verb, str(documents), "--out", str(out)]
    command += ["--workers", str(workers)]
    began, cpu = time.monotonic(), _children_s()
    before = dict(found)
    with subprocess.Popen(command, env={**os.environ, "OMP_NUM_THREADS": "1"}) as process:
        while process.poll() is None:
            peak = _tree_bytes(process.pid) / 1024**2
            found["peak_mib"] = max(found["peak_mib"], peak)
            found["wall_s"] = before["wall_s"] + time.monotonic() - began
            found["cpu_s"] = max(found["cpu_s"], before["cpu_s"] + _tree_cpu_s(process.pid))
            _note(path, figures)
            time.sleep(_SAMPLE_S)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    found["wall_s"] = before["wall_s"] + time.monotonic() - began
    found["cpu_s"] = before["cpu_s"] + _children_s() - cpu
    found["done"] = True
    found |= _manifest(out) if not is_alone else {"groups": _n_groups(out)}
    _note(path, figures)


def report(path: Path) -> None:
    figures = {name: one for name, one in _figures(path).items() if one.get("done")}
    for kind in ("flow", "group"):
        for tail in ("", "-half"):
            rows = [
                one for name, one in figures.items()
                if name.startswith(f"{kind}-") and name.endswith("-half") == bool(tail)
            ]  # fmt: skip
            if rows:
                print(_title(kind, is_half_one=bool(tail)))
                _print_rows(sorted(rows, key=lambda one: int(one["documents"])))
    flows = [one for name, one in figures.items() if name.startswith("flow-")]
    groups = [one for name, one in figures.items() if name.startswith("group-")]
    if flows and groups:
        _print_cluster(max(flows, key=_size), max(groups, key=_size))


def _print_rows(rows: list[dict[str, Any]]) -> None:
    before: dict[str, Any] | None = None
    for one in rows:
        n = one["documents"]
        told = (
            f"  {n:9,} documents {one['cpu_s']:9.0f} s processor {one['wall_s']:8.0f} s wall,"
            f" {n / one['wall_s']:6.1f} documents/s, peak {one['peak_mib'] / 1024:.2f} GiB"
            f" (bar {MEMORY_BAR_GIB:.0f}), {one['groups']:,} groups"
        )
        if before is not None:
            grown = one["cpu_s"] / before["cpu_s"]
            bound = _n_log_n(n) / _n_log_n(before["documents"])
            told += f"; x{grown:.1f} in time, n log n x{bound:.1f}"
        print(told)
        before = one


def _print_cluster(flow: dict[str, Any], group: dict[str, Any]) -> None:
    """Reading and telling spread over machines; grouping is one process, a pass over sketches."""
    told_s = flow["cpu_s"] / flow["documents"]
    grouped_s = group["cpu_s"] / group["documents"]
    print(
        f"Computed, not run: from {told_s:.3f} s of processor a document for all, of which"
        f" {grouped_s:.4f} s to ingest and group"
    )
    for n in (1_000_000, 100_000_000):
        hours = n * told_s / 3600
        print(
            f"  {n:11,} documents: {hours:,.0f} core hours, {hours / _CLUSTER_CORES:,.1f} hours on"
            f" {_CLUSTER_CORES} cores, if grouping is cut by days where one process is too slow"
        )


def _n_log_n(n: int) -> float:
    return n * math.log(n)


def _size(one: dict[str, Any]) -> int:
    return int(one["documents"])


def _title(kind: str, *, is_half_one: bool) -> str:
    what = "documents to dossiers" if kind == "flow" else "documents to groups"
    return f"{what}, one event holding half" if is_half_one else what


def _written(path: Path, n: int, *, is_half_one: bool) -> Path:
    documents = path / f"documents-{n}{'-half' if is_half_one else ''}.jsonl"
    if not documents.exists():
        unfinished = documents.with_suffix(".part")
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(
                line(one) for one, _ in stream(n, Kind.HALF if is_half_one else Kind.MANY)
            )
        unfinished.replace(documents)
    return documents


def _manifest(out: Path) -> dict[str, Any]:
    from consilience.flow.telling import manifest_of

    manifest = json.loads(manifest_of(out).read_text("utf-8"))
    return {key: manifest[key] for key in ("documents", "groups", "dossiers")} | {
        "counts": manifest["documents"], "documents": manifest["documents"]["usable"],
        "output_mib": out.stat().st_size / 1024**2,
    }  # fmt: skip


def _n_groups(out: Path) -> int:
    with out.open(encoding="utf-8") as file:
        return len({json.loads(row)["group"] for row in file})


def _figures(path: Path) -> dict[str, dict[str, Any]]:
    file = path / "figures.json"
    found: dict[str, dict[str, Any]] = json.loads(file.read_text()) if file.exists() else {}
    return found


def _note(path: Path, figures: dict[str, dict[str, Any]]) -> None:
    unfinished = path / "figures.part"
    unfinished.write_text(json.dumps(figures, indent=1))
    unfinished.replace(path / "figures.json")


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree_bytes(pid: int) -> int:
    """The memory of a process and all below it; what they share is counted for each."""
    try:
        held = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_BYTES
        children = _children(pid)
    except OSError:
        return 0  # it has just ended
    return held + sum(map(_tree_bytes, children))


def _tree_cpu_s(pid: int) -> float:
    """The processor time of a process, of all below it and of all below it that have ended."""
    try:
        behind_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks = sum(map(int, behind_name[11:15]))
        children = _children(pid)
    except OSError:
        return 0.0  # it has just ended
    return ticks / os.sysconf("SC_CLK_TCK") + sum(map(_tree_cpu_s, children))


def _children(pid: int) -> frozenset[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return frozenset(int(c) for t in tasks for c in (t / "children").read_text().split())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.scale")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--alone", action="store_true", help="grouping alone")
    parser.add_argument("--half", action="store_true", help="one event holds half of all")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for n in map(int, filter(None, arguments.sizes.split(","))):
        measured(
            arguments.folder, n, arguments.workers,
            is_half_one=arguments.half, is_alone=arguments.alone,
        )  # fmt: skip
    report(arguments.folder)


if __name__ == "__main__":
    main()
