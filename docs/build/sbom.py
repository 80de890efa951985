"""The software bill of materials of what the wheel needs, as CycloneDX 1.6 JSON on stdout.

Run from the root of a checkout: `python -m docs.build.sbom`. It lists what requirements.lock pins
and the files of weights and words that are shipped, each by its hash; the same lock gives the
same bytes.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

_PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[\w.]+)", re.MULTILINE)
_SHIPPED = ("src/consilience/model", "src/consilience/lexicon")


def sbom(root: Path) -> str:
    pins = _PIN.finditer((root / "requirements.lock").read_text(encoding="utf-8"))
    libraries = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{pin['name']}@{pin['version']}",
            "name": pin["name"],
            "version": pin["version"],
            "purl": f"pkg:pypi/{pin['name']}@{pin['version']}",
        }
        for pin in pins
    ]
    shipped = [
        {
            "type": "data",
            "bom-ref": f"{Path(folder).name}/{path.name}",
            "name": f"{Path(folder).name}/{path.name}",
            "hashes": [
                {"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}
            ],
        }
        for folder in _SHIPPED
        for path in sorted((root / folder).iterdir())
        if path.suffix in (".onnx", ".txt", ".json", ".zip")
    ]
    described = {"type": "application", "name": "consilience", "bom-ref": "consilience"}
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": described},
        "components": libraries + shipped,
    }
    return json.dumps(made, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(sbom(Path()))
