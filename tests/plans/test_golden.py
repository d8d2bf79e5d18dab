"""Each query issues the SQL, and gets the answer, that stand beside it; on PostgreSQL, as many statements."""

import json
from pathlib import Path

import pytest

from tests.plans.recording import Recorder


def test_golden(golden: Path, recorder: Recorder, dialect: str, request: pytest.FixtureRequest) -> None:
    body, seen = recorder.run(golden.read_text())
    assert "errors" not in body
    if dialect == "postgresql":
        assert body == json.loads(golden.with_suffix(".json").read_text())
        assert len(seen.statements) == golden.with_suffix(".sql").read_text().count(";\n\n")
        return
    found = {
        ".sql": "".join(f"{_folded(statement)};\n\n" for statement in seen.statements),
        ".json": json.dumps(body, indent=2, ensure_ascii=False) + "\n",
    }
    for suffix, text in found.items():
        file = golden.with_suffix(suffix)
        if request.config.getoption("--update-plans"):
            file.write_text(text)
        assert file.read_text() == text, f"{file.name} differs; look at it, then run pytest --update-plans"


def _folded(statement: str) -> str:
    return "\n".join(line.strip() for line in statement.strip().splitlines())
