"""An import takes the whole catalogue or none of it, also where it is killed."""

import json
import subprocess
from pathlib import Path

from tests.catalogue.lines import by_slug, line, whole, written
from tests.conftest import GATEWAY, Run, environment


def test_one_bad_line_at_the_end(gateway: Run, tmp_path: Path) -> None:
    stored = line("kept", aliases=["old"])
    gateway("import", "-", input=stored)
    lines = [line("kept", summary="Changed."), *(line(f"new-{number}") for number in range(600)), line("z", kind="NIX")]
    ran = gateway("import", written(tmp_path / "bad.jsonl", lines), "--replace")
    assert ran.returncode == 2
    assert f":{len(lines)}: kind: " in ran.stderr
    assert by_slug(gateway("export").stdout.encode()) == {"kept": json.loads(stored)}


def test_validate_finds_the_same_and_writes_nothing(gateway: Run, tmp_path: Path) -> None:
    lines = [line("one"), line("one"), line("two", kind="NIX"), line("three", aliases=["three", "one"])]
    file = written(tmp_path / "bad.jsonl", lines)
    there = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    found = gateway("validate", file)
    assert found.returncode == 2
    good = gateway("validate", written(tmp_path / "good.jsonl", [whole(1), line("one")]))
    assert (good.returncode, good.stdout) == (0, "2 artifacts, nothing wrong.\n")
    (tmp_path / "good.jsonl").unlink()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == there
    # The import makes a database, and leaves no catalogue in it.
    assert gateway("import", file).stderr == found.stderr
    assert gateway("export").stderr.startswith("NO_CATALOGUE: ")


def test_killed_in_the_middle(gateway: Run, address: str) -> None:
    gateway("import", "-", input=f"{whole(1)}\n{line('kept')}\n")
    lines = [f"{line(f'new-{number}', summary='x' * 1_000)}\n" for number in range(3_000)]
    with subprocess.Popen(
        [GATEWAY, "import", "-", "--replace"], env=environment(database_url=address), stdin=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        # A pipe holds 64 KB, so by the end of this nearly all lines have been read, and the last has not come.
        for text in lines:
            process.stdin.write(text)
        process.stdin.flush()
        assert process.poll() is None
        # Those who read meanwhile see the old catalogue.
        before = gateway("export").stdout
        assert list(by_slug(before.encode())) == ["kept", "whole-1"]
        process.kill()
    assert process.returncode == -9
    assert gateway("export").stdout == before
    ran = gateway("import", "-", "--replace", input=lines[0])
    assert "1 added, 0 changed, 0 unchanged, 2 removed. The catalogue is at version 2." in ran.stdout
