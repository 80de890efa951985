"""Files that are read where the work is done give what files that are read here give."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from consilience.engine import Engine, LocalEngine
from consilience.engine.beside import left_out
from consilience.flow.gathering import gather
from consilience.flow.sharing import list_shared, make_counter
from consilience.flow.steps import Item
from consilience.ingest.stream import list_lines
from consilience.ingest.stretches import Stretch
from consilience.records import Failure


@dataclass(frozen=True)
class DeadlyStretches(LocalEngine):
    """An engine whose workers die of every stretch, but not of counting its lines."""

    def map(
        self, stage: str, make: Callable[[], Callable[[Any], Any]], items: Iterable[Any]
    ) -> Iterator[Any]:
        for item in items:
            if isinstance(item, Stretch) and make is not make_counter:
                yield left_out(item.name, stage, 1)
            else:
                yield from super().map(stage, make, [item])


def found(
    items: Iterable[Item | Failure], engine: Engine, folder: Path
) -> tuple[list[bytes], list[Failure]]:
    folder.mkdir()
    gathered = gather(items, engine, folder, lambda _: None)
    return [*gathered.documents()], gathered.failures


def test_shared_files_give_the_same_documents_and_failures(tmp_path: Path) -> None:
    texts = [f"The ferry Aurelia burned off Callis, {n} miles out." for n in range(30)]
    stream = tmp_path / "stream.jsonl"
    stream.write_text("\n".join([*(json.dumps({"text": one}) for one in texts), "not json"]))
    page = tmp_path / "page.txt"
    page.write_text("The ferry Corvina sank off Arlow.")
    given = [str(stream), str(page), str(stream)]
    read = found(list_lines(given), LocalEngine(), tmp_path / "read")
    assert len(read[0]) == 31
    assert [one.name for one in read[1]] == ["stream.jsonl:31"]
    for name, engine in (("shared", LocalEngine()), ("deadly", DeadlyStretches())):
        items = list_shared(given, engine, BytesIO())
        assert found(items, engine, tmp_path / name) == read
