"""`gateway compare` and `gateway schema`: what the API says, in the terminal."""

import json
import re
from pathlib import Path

import pytest

from gateway.comparing import QUERY
from tests.conftest import Run, Server

SEGFORMER, PILE = "segformer-b0-finetuned-ade-512-512", "the-pile"


@pytest.mark.on_sqlite
def test_table_verdict_and_caveats(gateway: Run) -> None:
    ran = gateway("compare", SEGFORMER, PILE)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "\x1b" not in ran.stdout
    lines = ran.stdout.splitlines()
    cells = {line.split("  ")[0]: [cell.strip() for cell in re.split(r"\s{2,}", line)][1:] for line in lines if line}
    assert lines[0].split() == [SEGFORMER, "The", "Pile", "ahead", "by"]
    assert cells["Type"] == ["Fine-tune", "Dataset", ""]
    assert cells["Rank"] == ["46/100", "* 59/100", "13 points", ""]
    assert cells["Ecosystem"][:2] == ["* 1 (0.81)", "0 (0.365)"]
    assert cells["Freshness"][:2] == ["not known", "not known"]
    assert cells["Pricing"] == ["Free", "Free", "tie", ""]
    assert "The Pile is ahead at 59/100" in ran.stdout
    assert "The Pile leads on quality by 0.46." in ran.stdout
    for code in ("DIFFERENT_KINDS", "SPARSE_DATA", "NOT_AVAILABLE", "RESTRICTED_LICENSE"):
        assert f"  {code}: " in ran.stdout


def test_json_is_the_answer_of_the_api(on_shipped: Run, server: Server) -> None:
    ran = on_shipped("compare", PILE, "EleutherAI/gpt-j-6b", "c4", "--json")
    assert ran.returncode == 0, ran.stderr
    expected = server.data(QUERY, of=[PILE, "EleutherAI/gpt-j-6b", "c4"])
    assert json.loads(ran.stdout) == expected["comparison"]


@pytest.mark.parametrize(
    ("slugs", "code", "part"),
    [
        (("the-pil", PILE, "nix"), "UNKNOWN_ARTIFACT", "'the-pil' (did you mean 'the-pile'"),
        ((PILE,), "BAD_COMPARISON", "2 to 8"),
    ],
)
def test_what_cannot_be_compared(on_shipped: Run, slugs: tuple[str, ...], code: str, part: str) -> None:
    ran = on_shipped("compare", *slugs)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"{code}: ")
    assert part in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_schema_is_the_shipped_one(on_shipped: Run) -> None:
    ran = on_shipped("schema")
    assert ran.returncode == 0
    assert ran.stdout == (Path(__file__).parents[2] / "schema" / "schema.graphql").read_text()
