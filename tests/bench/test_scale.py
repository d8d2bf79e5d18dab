"""The measurement of scale can be run, and measures every case at every size."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench.cases import CASES
from tests.conftest import environment


def test_scale_is_measured(tmp_path: Path) -> None:
    options = ("--sizes", "40,80", "--rounds", "1", "--batch", "1", "--folder", str(tmp_path), "--json")
    runs = []
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-m", "tests.bench.scale", *options],
            capture_output=True,
            text=True,
            env=environment(),
            cwd=Path(__file__).parents[2],
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        runs.append(json.loads(ran.stdout))
    first, again = runs
    assert [(one["size"], one["now"]) for one in first["imports"]] == [(40, True), (80, True)]
    assert [(one["size"], one["now"]) for one in again["imports"]] == [(40, False), (80, False)]
    assert all(one["rate"] > 0 and one["peak_bytes"] > 1e6 and one["disk_bytes"] > 1e5 for one in first["imports"])
    assert [one["case"] for one in first["requests"]] == [case.name for case in CASES]
    for one in first["requests"]:
        assert one["growth"]["40"] == 1
        assert set(one["seconds"]) == set(one["growth"]) == set(one["items"]) == {"40", "80"}
