"""Rules that the project as a whole keeps."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

import consilience
from consilience.cli import commands

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
# Registries, and folders that exist on one machine only. In pieces, so as not to find itself.
FOREIGN = re.compile(
    "|".join(("pythonhosted" + r"\.org", "pypi" + r"\.org", r"(?<![\w.])/(?:work|opt|root|home)/"))
)


def tracked_texts() -> dict[str, str]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    names = subprocess.run(
        [git, "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split("\0")
    raw = {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}
    return {name: b.decode("utf-8", "replace") for name, b in raw.items() if b"\0" not in b}


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}"
        for name, text in tracked_texts().items()
        for hit in FOREIGN.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_each_package_by_version_and_hash_and_by_nothing_else(lock: str) -> None:
    text = (ROOT / lock).read_text()
    for entry in re.split(r"\n(?! )", text.strip()):
        package, *hashes = [line.strip().removesuffix(" \\") for line in entry.splitlines()]
        assert re.match(r"[a-z0-9-]+==[\w.]+( ; .+)?$", package), package
        assert hashes, package
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in hashes), package


def test_the_locks_hold_every_direct_dependency_and_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    runtime, dev = (
        set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(), re.M)) for lock in LOCKS
    )
    assert runtime <= dev
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}
    assert names <= {pin.split("==")[0] for pin in dev}


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text()
    missing = [name for name in commands.commands if f"consilience {name}" not in readme]
    assert missing == []


def test_the_changelog_begins_with_what_is_unreleased() -> None:
    headings = re.findall(r"^## (.+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert headings[0] == "Unreleased"


def test_the_public_names_are_these_and_each_is_there() -> None:
    assert " ".join(sorted(consilience.__all__)) == (
        "ConsilienceError Document Dossier Failure InputError LocalEngine Reader Reading"
        " dossier_from_json dossier_to_json list_inputs open_store run to_html to_markdown verify"
    )
    assert all(callable(getattr(consilience, name)) for name in consilience.__all__)
    with pytest.raises(AttributeError, match="no attribute 'tell_all'"):
        _ = consilience.tell_all
