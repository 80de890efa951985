import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from consilience.errors import InputError
from consilience.files import scratch_beside, write, write_all, writing


@pytest.mark.threat("W11")
def test_of_files_written_together_all_are_new_or_all_are_as_they_were(tmp_path: Path) -> None:
    write_all(tmp_path, {"a": "old a", "b": "old b"})
    with pytest.raises(UnicodeEncodeError):
        write_all(tmp_path, {"a": "new a", "b": "no text: \ud800"})
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "a": "old a",
        "b": "old b",
    }
    write_all(tmp_path, {"a": "new a", "b": "new b"})
    assert {path.read_text() for path in tmp_path.iterdir()} == {"new a", "new b"}


@pytest.mark.threat("W11")
def test_until_a_file_is_whole_what_was_there_stands(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write(path, "old")
    with writing(path) as file:
        file.write("new")
        file.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file or directory; make room or name another"):
        write(tmp_path / "nowhere" / "a", "text")
    write(tmp_path / "a", "text")
    with pytest.raises(InputError, match="name a folder that can be made"):
        write_all(tmp_path / "a", {"b": "text"})


HOLDS = """
import sys, time
from pathlib import Path
from consilience.files import scratch_beside
with scratch_beside(Path(sys.argv[1])) as folder:
    (folder / "left").write_text("half a stream")
    print(flush=True)
    time.sleep(600)
"""


@pytest.mark.threat("S1")
def test_what_a_killed_run_left_is_cleared_away_and_a_running_one_is_left_alone(
    tmp_path: Path,
) -> None:
    out = tmp_path / "groups.jsonl"
    with subprocess.Popen([sys.executable, "-c", HOLDS, out], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InputError, match="another run is at work there"), scratch_beside(out):
            pass
        assert [path.name for path in tmp_path.rglob("left")] == ["left"]
        other.kill()
    assert list(tmp_path.rglob("left"))
    with scratch_beside(out) as folder:
        assert list(folder.iterdir()) == []
        assert not list(tmp_path.rglob("left"))
    assert list(tmp_path.iterdir()) == []


def test_scratch_is_cleared_away_when_a_run_fails(tmp_path: Path) -> None:
    with suppress(KeyError), scratch_beside(tmp_path / "a") as folder:
        (folder / "left").write_text("half")
        raise KeyError
    assert list(tmp_path.iterdir()) == []
