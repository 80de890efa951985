"""The model's files: where they lie, and that they are the ones we mean."""

import hashlib
import json
from functools import cache
from pathlib import Path

from consilience.errors import ModelError

PACKAGED = Path(__file__).parent.parent / "model"
# The files that decide an answer.
DECIDING = (
    "antecedents.onnx",
    "encoder.onnx",
    "labels.json",
    "lemmas.txt",
    "projection.onnx",
    "roles.onnx",
    "vocab.txt",
)


def model_version(folder: Path) -> str:
    """The version of the model in `folder`, its files checked but not loaded.

    Raises:
        ModelError: a file is missing or is not the one `hashes.json` speaks of.
    """
    try:
        hashes: dict[str, str] = json.loads((folder / "hashes.json").read_text("utf-8"))
    except (OSError, ValueError) as e:
        raise ModelError(f"{folder / 'hashes.json'}: cannot be read; reinstall consilience") from e
    for name in DECIDING:
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path}: missing; reinstall consilience")
        if hashlib.sha256(path.read_bytes()).hexdigest() != hashes.get(name):
            raise ModelError(f"{path}: not as in hashes.json; reinstall consilience")
    decided = json.dumps([hashes[name] for name in DECIDING])
    return hashlib.sha256(decided.encode()).hexdigest()[:12]


@cache
def packaged_version() -> str:
    """The version of the package's own model, whose files are checked once in a process.

    Raises:
        ModelError: as `model_version`.
    """
    return model_version(PACKAGED)
