import io
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from consilience.ingest import ingest_stream
from consilience.ingest.parquet import rows_of
from consilience.records import Document, Failure

Reach = Callable[[str], None]
MIB = 1024**2


def written(path: Path, **columns: list[object]) -> Path:
    parquet.write_table(pa.table(columns), path, row_group_size=2)
    return path


def test_each_row_is_a_document_with_the_fields_of_a_line(tmp_path: Path) -> None:
    path = written(
        tmp_path / "news.parquet",
        id=[1, 2, 3],
        text=["The ferry burned.", None, "A bridge fell."],
        published=[date(2031, 3, 4), None, date(2031, 3, 5)],
        title=[None, "Only a title", None],
        views=[5, 6, 7],
    )
    found = [one for one in ingest_stream([path, path]) if isinstance(one, Document)]
    assert [(one.id, one.text) for one in found] == [
        ("1", "The ferry burned."), ("2", "Only a title"), ("3", "A bridge fell."),
    ]  # fmt: skip
    assert [one.published.value if one.published else None for one in found] == [
        "2031-03-04", None, "2031-03-05",
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"PAR1", b"nothing of the kind" * 10])
def test_what_is_no_parquet_is_one_failure(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "news.parquet"
    path.write_bytes(content)
    (failure,) = ingest_stream([path], stdin=io.BytesIO())
    assert isinstance(failure, Failure)
    assert failure.error.startswith("news.parquet: cannot be read on")


def test_a_table_without_texts_is_one_failure(tmp_path: Path) -> None:
    (failure,) = ingest_stream([written(tmp_path / "news.parquet", views=[1])])
    assert isinstance(failure, Failure)
    assert "neither a column text nor html" in failure.error


def test_a_row_that_is_too_large_costs_itself(tmp_path: Path) -> None:
    texts: list[object] = ["The ferry burned.", "a" * (21 * MIB), "A bridge fell."]
    found = list(ingest_stream([written(tmp_path / "news.parquet", text=texts)]))
    assert [one.text for one in found if isinstance(one, Document)] == [texts[0], texts[2]]
    assert [one.error for one in found if isinstance(one, Failure)] == [
        "news.parquet: a row is larger than 20 MB; split it"
    ]


@pytest.mark.threat("I6")
def test_a_table_that_swells_is_read_no_further(tmp_path: Path, reached: Reach) -> None:
    path = tmp_path / "bomb.parquet"
    rows = pa.array(["a" * 1000]).dictionary_encode()
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000_000), rows.dictionary)
    parquet.write_table(pa.table({"text": rows}), path)
    *lines, failure = rows_of(path)
    assert isinstance(failure, Failure)
    assert "it swells to more than" in failure.error
    assert sum(len(line) for line in lines if isinstance(line, bytes)) < 16 * MIB
    reached(f"{path.stat().st_size} bytes that hold 1 GB, ended after {len(lines)} rows")


def broken(whole: bytes, n: int) -> Iterator[bytes]:
    """Files with some bytes exchanged, a piece missing, or a piece twice."""
    chance = random.Random(11)
    for _ in range(n):
        data = bytearray(whole)
        way = chance.randrange(4)
        at, to = sorted(chance.sample(range(len(data)), 2))
        if way == 0:
            del data[at:to]
        elif way == 1:
            data[at:at] = data[at:to]
        else:
            # Most of what can go wrong stands in the footer.
            first = len(data) * 2 // 3 if way == 2 else 4
            for _ in range(chance.choice((1, 3, 30))):
                data[chance.randrange(first, len(data))] = chance.randrange(256)
        yield bytes(data)


def hold_off(tmp_path: Path, n: int, reached: Reach) -> None:
    texts: list[object] = [f"The ferry {n} burned off the coast of Ostrel." for n in range(40)]
    ids: list[object] = list(range(40))
    when: list[object] = [date(2031, 3, 4)] * 40
    whole = written(tmp_path / "whole.parquet", id=ids, text=texts, published=when).read_bytes()
    after = tmp_path / "after.txt"
    after.write_text("A bridge fell at Brenn.")
    n_said = 0
    path = tmp_path / "news.parquet"
    for data in broken(whole, n):
        path.write_bytes(data)
        *found, last = ingest_stream([path, after])
        assert isinstance(last, Document)
        assert last.text == "A bridge fell at Brenn."
        failures = [one for one in found if isinstance(one, Failure)]
        assert all("\n" not in one.error for one in failures)
        n_said += bool(failures)
    assert n_said > n / 3
    reached(f"{n} broken files, {n_said} said to be")


@pytest.mark.threat("I12", "S8")
def test_a_broken_table_costs_itself_alone(tmp_path: Path, reached: Reach) -> None:
    hold_off(tmp_path, 6, reached)


@pytest.mark.slow
@pytest.mark.threat("I12", "S8")
def test_forty_broken_tables_cost_themselves_alone(tmp_path: Path, reached: Reach) -> None:
    hold_off(tmp_path, 40, reached)


PEAKS = """
import resource, sys
from pathlib import Path
from consilience.ingest.parquet import rows_of
n_bytes = sum(len(row) for row in rows_of(Path(sys.argv[1])))
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
print(n_bytes // 1024**2)
"""


def peaks(path: Path) -> tuple[int, int, int]:
    """MiB of the process that asks and of the one that parses, and of what came."""
    done = subprocess.run(
        [sys.executable, "-c", PEAKS, str(path)], check=True, capture_output=True, text=True
    )
    ours, parser, came = map(int, done.stdout.split())
    return ours, parser, came


def in_one_group(path: Path, n_rows: int) -> Path:
    """Rows of 16 KB, all in one group, which no reader need hold."""
    chance = random.Random(4)
    texts = [f"{chance.random()} the ferry burned. " * 500 for _ in range(n_rows)]
    table = pa.table({"text": texts})
    parquet.write_table(
        table, path, compression="none", use_dictionary=False, write_batch_size=64,
        write_page_checksum=True,
    )  # fmt: skip
    return path


@pytest.mark.threat("I5", "I2")
def test_the_rows_before_what_is_broken_in_a_group_are_read(tmp_path: Path) -> None:
    path = in_one_group(tmp_path / "news.parquet", 1_000)
    data = bytearray(path.read_bytes())
    data[len(data) * 9 // 10 : len(data) * 95 // 100] = bytes(len(data) // 20)
    path.write_bytes(data)
    *rows, failure = rows_of(path)
    assert len(rows) > 100
    assert isinstance(failure, Failure)
    assert failure.error.startswith("news.parquet: cannot be read on")


@pytest.mark.slow
@pytest.mark.threat("I5")
def test_a_row_group_is_not_held_as_a_whole(tmp_path: Path, reached: Reach) -> None:
    few = peaks(in_one_group(tmp_path / "few.parquet", 2_000))
    many = peaks(in_one_group(tmp_path / "many.parquet", 8_000))
    reached(f"{many[2]} MiB in one row group: parser {many[1]} MiB, ours {many[0]} MiB")
    assert many[2] > 120
    assert many[1] < few[1] + 30
    assert many[0] < few[0] + 30


@pytest.mark.slow
@pytest.mark.threat("I5")
def test_a_table_larger_than_the_parser_may_be_is_read(tmp_path: Path, reached: Reach) -> None:
    _, parser, came = peaks(in_one_group(tmp_path / "large.parquet", 80_000))
    reached(f"{came} MiB in one row group: parser {parser} MiB")
    assert came > 1_024
    assert parser < 400
