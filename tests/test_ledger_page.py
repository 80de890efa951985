"""docs/ledger.md says what its own case gives."""

import json
import re
from pathlib import Path

from tests.small_cases import OneReader, tell

PAGE = (Path(__file__).parents[1] / "docs" / "ledger.md").read_text(encoding="utf-8")


def test_the_page_on_the_ledger_quotes_what_its_case_gives(engine: OneReader) -> None:
    pages = [json.loads(line) for line in PAGE.splitlines() if line.startswith('{"id"')]
    dossier = tell(engine, *pages)
    told = [s.text for s in dossier.account] + [m.text for m in dossier.missing]
    quoted = re.findall(r"^> (.+)$", PAGE, re.MULTILINE)
    assert len(quoted) > 5
    assert [line for line in quoted if line not in told] == []
    questions = [f.question for f in dossier.findings]
    (asked,) = re.findall(r"\*(Did it happen: .+?\?)\*", PAGE.replace("\n", " "))
    assert asked in questions
