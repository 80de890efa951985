"""SQL that two databases understand alike."""

import ast
import re
from pathlib import Path

from consilience import store


def test_parameters_are_numbered_in_the_order_of_their_first_use() -> None:
    texts = [
        node.value
        for path in sorted(Path(store.__file__).parent.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "$1" in node.value
        if not (node.value.startswith("What a store needs"))
    ]
    assert len(texts) > 20
    for text in texts:
        first_used = [*dict.fromkeys(re.findall(r"\$(\d)", text))]
        assert first_used == [str(n + 1) for n in range(len(first_used))], text
