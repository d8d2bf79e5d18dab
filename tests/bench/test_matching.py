"""The measurement of the match graph can be run."""

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import environment


def test_the_match_graph_is_measured() -> None:
    options = ("--rounds", "2", "--searches", "100,300")
    ran = subprocess.run(
        [sys.executable, "-m", "tests.bench.matching", *options],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "ms without recording" in ran.stdout
    assert re.findall(r"^([\d,]+) searches: counting", ran.stdout, re.MULTILINE) == ["100", "300"]
