import io
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from consilience.ingest import ingest_stream
from consilience.records import Document, Failure


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
