"""What is shipped is what was made: files held to their hashes, wheels equal, parts listed."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.build.sbom import sbom

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "consilience"
EXAMPLE = ROOT / "examples" / "valdoro" / "01_agency.txt"


@pytest.mark.threat("P3")
@pytest.mark.parametrize(
    "name",
    [
        "lexicon/segment_weights.json",
        *(
            pytest.param(name, marks=pytest.mark.slow)
            for name in ("lexicon/senses.txt", "lexicon/gazetteer.zip", "lexicon/outlets.txt",
                         "model/encoder.onnx", "model/vocab.txt")
        ),
    ],
)  # fmt: skip
def test_a_file_that_was_exchanged_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    package = tmp_path / "consilience"
    shutil.copytree(PACKAGE, package, copy_function=os.symlink)
    (package / name).unlink()
    changed = bytearray((PACKAGE / name).read_bytes())
    changed[len(changed) // 2] ^= 1
    (package / name).write_bytes(changed)
    ended = subprocess.run(
        [sys.executable, "-m", "consilience", "account", EXAMPLE, "--out", "out"],
        capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, ""), ended.stderr
    assert ended.stderr.startswith(f"{package}/"), ended.stderr
    assert ended.stderr.endswith("; reinstall consilience\n")
    assert ended.stderr.count("\n") == 1


@pytest.mark.threat("P3")
def test_every_file_of_weights_and_words_has_its_hash() -> None:
    for folder in (PACKAGE / "model", PACKAGE / "lexicon"):
        hashes = json.loads((folder / "hashes.json").read_text("utf-8"))
        files = {p.name: p for p in folder.iterdir() if p.suffix in (".onnx", ".txt", ".zip")}
        assert files.keys() <= hashes.keys()
        for name, path in files.items():
            assert hashlib.sha256(path.read_bytes()).hexdigest() == hashes[name], name
    weights = {path.suffix for path in PACKAGE.rglob("*.onnx")} | {".npz", ".bin", ".pkl"}
    outside = [p for p in PACKAGE.rglob("*") if p.suffix in weights and p.parent.name != "model"]
    assert outside == []


@pytest.mark.slow
@pytest.mark.threat("P3")
def test_two_wheels_are_the_same_bytes(tmp_path: Path, reached: Callable[[str], None]) -> None:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    wanted = [n for n in names if n.startswith("src/") or "/" not in n]
    made = []
    # The second of another day, from another folder, under another mask.
    for number, mask in enumerate((0o022, 0o077)):
        tree = tmp_path / f"tree{number}"
        for name in filter(None, wanted):
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, tree / name)
            os.utime(tree / name, (10**9 + number, 10**9 + number))
        command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", "dist"]
        subprocess.run([*command, "."], cwd=tree, check=True, capture_output=True, umask=mask)
        (wheel,) = (tree / "dist").iterdir()
        made.append(hashlib.sha256(wheel.read_bytes()).hexdigest())
    assert made[0] == made[1]
    reached(f"{wheel.name}: {made[0][:16]}… twice")


@pytest.mark.threat("P3")
def test_the_bill_of_materials_lists_every_pin_and_every_shipped_file() -> None:
    made = json.loads(sbom(ROOT))
    pins = re.findall(r"^(\S+)==(\S+)", (ROOT / "requirements.lock").read_text(), re.M)
    listed = {(one["name"], one.get("version")) for one in made["components"]}
    assert set(pins) <= listed
    assert ("model/encoder.onnx", None) in listed
    assert sbom(ROOT) == sbom(ROOT)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    references = [one["bom-ref"] for one in made["components"]]
    assert len(references) == len(set(references))
