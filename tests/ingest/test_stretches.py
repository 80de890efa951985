"""However a file is cut into stretches, its lines and their numbers are those of the whole."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consilience.ingest.stream import list_lines
from consilience.ingest.stretches import count_ends, lines_of, numbered, stretches

CONTENT = st.lists(st.sampled_from([b"\n", b"{}", b"a", b"\r\n", b" ", b"\xef\xbb\xbf"]))


def by_stretches(path: Path, size_bytes: int) -> list[object]:
    cut = [(stretch, count_ends(stretch)) for stretch in stretches(path, size_bytes)]
    return list(chain.from_iterable(map(lines_of, numbered(cut))))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CONTENT, st.integers(1, 9))
def test_cut_anywhere_a_file_has_the_same_lines(
    tmp_path: Path, pieces: list[bytes], size_bytes: int
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"".join(pieces))
    assert by_stretches(path, size_bytes) == list(list_lines([path]))


def test_a_line_that_is_too_large_is_named_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consilience.ingest.stream.FILE_BYTES_MAX", 10)
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b"a\n" + b"x" * 99 + b"\nb\n" + b"y" * 12)
    for size_bytes in range(1, 40):
        assert by_stretches(path, size_bytes) == list(list_lines([path]))
