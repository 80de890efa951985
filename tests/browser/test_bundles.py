"""The scripts that the package carries are those that page/ builds."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NODE = shutil.which("node")
IS_READY = NODE is not None and (ROOT / "page/node_modules").is_dir()


@pytest.mark.skipif(not IS_READY and not os.environ.get("CI"), reason="node is not set up here")
def test_the_bundles_are_those_of_their_sources(tmp_path: Path) -> None:
    assert NODE is not None, "CI must have node"
    subprocess.run([NODE, "build.js", tmp_path], cwd=ROOT / "page", check=True, timeout=60)
    built = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert built
    stale = [
        path.relative_to(tmp_path)
        for path in built
        if path.read_bytes() != (ROOT / path.relative_to(tmp_path)).read_bytes()
    ]
    assert stale == [], "run make page"


def test_a_bundle_has_no_words_by_which_a_page_would_run_text() -> None:
    for name in ("tell/templates/dossier.js", "web/static/desk.js"):
        path = ROOT / "src/consilience" / name
        if path.exists():
            script = path.read_text("utf-8")
            assert not re.search(r"\beval\(|new Function|innerHTML\s*=[^=]|document\.write", script)
            assert "</script" not in script


def test_the_lock_pins_by_hash_and_names_no_address() -> None:
    lock = json.loads((ROOT / "page/package-lock.json").read_text("utf-8"))
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert packages
    assert [name for name, about in packages.items() if "integrity" not in about] == []
    assert [name for name, about in packages.items() if "resolved" in about] == []
