"""The measurement of speed can be run, and measures its cases on every server: here those of a page, to be quick."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.speed.cases import CASES
from tests.conftest import environment

SERVERS = ["gateway", "stock", "bare"]


def measured(folder: Path, *options: str) -> dict[str, Any]:
    """The figures of a small run."""
    small = ("--size", "30", "--rounds", "1", "--seconds", "0.05", "--folder", str(folder), "--json")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.speed", *small, *options],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    figures: dict[str, Any] = json.loads(ran.stdout)
    return figures


def test_speed_is_measured(tmp_path: Path) -> None:
    found = measured(tmp_path, "--only", "page")
    assert [(row["case"], row["server"]) for row in found["loads"]] == [
        (case.name, server) for case in CASES if "page" in case.name for server in SERVERS
    ]
    for row in found["loads"]:
        assert set(row["figures"]) == {"requests_per_second", "p50_ms", "p99_ms", "cpu_us"}
        assert set(row["ratios"]) == {"stock", "bare"}
        for other, ratios in row["ratios"].items():
            assert set(ratios) == {"requests_per_second", "cpu_us"}
            assert all(ratio == 1 if other == row["server"] else ratio > 0 for ratio in ratios.values())
    assert [(row["case"], row["server"]) for row in found["answers"]] == [
        (f"page in process, {kind}", server) for kind in ("seen", "new") for server in SERVERS[:2]
    ]
    for row in found["answers"]:
        assert set(row["figures"]) == {"answer_us"}
        assert set(row["ratios"]) == {"stock"}
    for row in (*found["loads"], *found["answers"]):
        assert all(figure > 0 for figure in row["figures"].values())
        assert 0 < row["least"] <= row["most"]
    # The gateway is there twice: as a user gets it, and with no answers kept.
    assert len(found["memory_mb"]) == len(SERVERS) + 1
    assert all(megabytes > 1 for megabytes in found["memory_mb"].values())


def test_memory_is_soaked(tmp_path: Path) -> None:
    (working, usual) = measured(tmp_path, "--servers", "gateway", "--soak", "0.02")["soaked"]
    assert working["process"] != usual["process"]
    for one in (working, usual):
        assert len(one["samples"]) == 3
        assert all(one[part] > 1 for part in ("first", "middle", "last"))
