"""Import and export: what goes in comes out, again and elsewhere."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.lines import SHIPPED, by_slug, line, unpacked, whole, written
from tests.conftest import Run


def exported(gateway: Run) -> dict[str, Any]:
    """What the catalogue holds, by slug."""
    ran = gateway("export")
    assert ran.returncode == 0, ran.stderr
    return by_slug(ran.stdout.encode())


def test_two_files_are_one_catalogue_and_change_nothing_again(gateway: Run, tmp_path: Path) -> None:
    first = written(tmp_path / "1.jsonl", [whole(1), line("plain")])
    ran = gateway("import", first, written(tmp_path / "2.jsonl", [whole(2)]))
    assert ran.returncode == 0, ran.stderr
    assert "3 artifacts read: 3 added, 0 changed, 0 unchanged, 0 removed" in ran.stdout
    assert "version 1." in ran.stdout
    given = json.loads(whole(1))
    # The same artifact written another way is the same artifact.
    other = dict(reversed(given.items())) | {name: given[name][::-1] for name in ("signals", "aliases")}
    again = gateway("import", first, "2.jsonl")
    assert "0 added, 0 changed, 3 unchanged, 0 removed. The catalogue is at version 1." in again.stdout
    assert "0 changed, 1 unchanged" in gateway("import", "-", input=json.dumps(other)).stdout
    artifacts = exported(gateway)
    assert list(artifacts) == ["plain", "whole-1", "whole-2"]
    taken = artifacts["whole-1"]
    assert taken.keys() == given.keys()
    for key in given.keys() - {"signals", "aliases"}:
        assert taken[key] == given[key], key
    assert sorted(taken["aliases"]) == sorted(given["aliases"])
    assert [signal["value"] for signal in taken["signals"]] == [3, 7, 2.5]


def test_standard_input_with_empty_lines_and_a_byte_order_mark(gateway: Run) -> None:
    ran = gateway("import", "-", input=f"\ufeff{line('first')}\n\n   \n{line('second')}")
    assert ran.returncode == 0, ran.stderr
    assert "2 added" in ran.stdout


def test_texts_come_out_as_they_went_in(gateway: Run) -> None:
    odd = ["a\tb", "a\\tb", "\\N", "\\.", "one\ntwo\r\nthree", "'\"%s?{}", "é, 漢 and 🙂", "\x01\u2028\x7f"]
    parts = {"slug": "odd", "name": "Odd", "description": "Odd.", "tags": odd}
    capabilities = [parts | {"slug": f"odd-{at}", "description": text} for at, text in enumerate(odd)]
    given = [line(f"odd-{at}", summary=text, tasks=[text], aliases=[text]) for at, text in enumerate(odd)]
    given.append(line("all", capabilities=capabilities, attributes={"texts": odd, "text": "\\N"}))
    for number in ("1 added", "1 changed"):
        ran = gateway("import", "-", input=given[-1].replace("Odd", number))
        assert number in ran.stdout, ran.stderr
    ran = gateway("import", "-", input="\n".join(given))
    assert f"{len(odd)} added, 1 changed" in ran.stdout, ran.stderr
    assert exported(gateway) == by_slug("\n".join(given).encode())


def test_a_changed_line_replaces_its_artifact_whole(gateway: Run) -> None:
    gateway("import", "-", input="\n".join([whole(1), whole(2), line("one", aliases=["shared"]), line("two")]))
    changed = line("whole-1", capabilities=[{"slug": "new", "name": "New", "description": "Something new."}])
    # An alias may move on, whichever of the two lines comes first.
    moved = [line("two", aliases=["shared"]), line("one")]
    ran = gateway("import", "-", input="\n".join([changed, *moved]))
    assert "0 added, 3 changed, 0 unchanged, 0 removed. The catalogue is at version 2." in ran.stdout, ran.stderr
    after = exported(gateway)
    assert after["whole-1"] == json.loads(changed)
    assert after["whole-2"]["capabilities"] == json.loads(whole(2))["capabilities"]
    assert "aliases" not in after["one"]
    assert after["two"]["aliases"] == ["shared"]


def test_replace_removes_what_is_not_named(gateway: Run) -> None:
    gateway("import", "-", input=f"{whole(1)}\n{whole(2)}\n{line('third')}\n")
    ran = gateway("import", "-", "--replace", input=f"{whole(2)}\n{line('fourth')}\n")
    assert "1 added, 0 changed, 1 unchanged, 2 removed. The catalogue is at version 2." in ran.stdout
    assert list(exported(gateway)) == ["fourth", "whole-2"]


def test_export_and_import_elsewhere_give_the_same_bytes(gateway: Run, shipped: str, tmp_path: Path) -> None:
    made = written(tmp_path / "made.jsonl", [whole(3), line("a.b-c_d"), whole(12)])
    files = [made, *(str(path) for path in SHIPPED)]
    gateway("import", made, "--database", shipped)
    once = gateway("export", "--output", "once.jsonl", "--database", shipped)
    assert (once.returncode, once.stdout) == (0, "")
    written_out = (tmp_path / "once.jsonl").read_bytes()
    assert written_out.count(b"\n") == sum(unpacked(Path(file)).count("\n") for file in files)
    assert list(by_slug(written_out)) == sorted(by_slug(written_out))
    elsewhere = "sqlite:///elsewhere.db"
    ran = gateway("import", "once.jsonl", "--database", elsewhere)
    assert ran.returncode == 0, ran.stderr
    assert gateway("export", "--database", elsewhere).stdout.encode() == written_out
    again = gateway("import", *files, "--database", elsewhere)
    assert "0 added, 0 changed" in again.stdout
    assert sorted(path.name for path in tmp_path.glob("*.jsonl*")) == ["made.jsonl", "once.jsonl"]


@pytest.mark.on_sqlite
def test_export_into_a_folder_that_does_not_exist(gateway: Run, tmp_path: Path) -> None:
    gateway("import", "-", input=line("one"))
    ran = gateway("export", "--output", str(tmp_path / "nowhere" / "out.jsonl"))
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert "nowhere" in ran.stderr


@pytest.mark.on_sqlite
def test_progress_is_told_in_lines(gateway: Run, tmp_path: Path) -> None:
    file = written(tmp_path / "many.jsonl", (line(f"artifact-{number}") for number in range(10_400)))
    ran = gateway("validate", file)
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr.splitlines() == ["10000 artifacts read"]
    assert ran.stdout == "10400 artifacts, nothing wrong.\n"


@pytest.mark.on_sqlite
def test_a_packed_file_is_read_as_it_is(gateway: Run, tmp_path: Path) -> None:
    lines = [whole(number) for number in range(3)]
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert "3 added" in gateway("import", str(packed)).stdout
    assert "3 unchanged" in gateway("import", written(tmp_path / "b.jsonl", lines)).stdout


@pytest.mark.on_sqlite
@pytest.mark.parametrize("broken", [lambda whole: whole[:-20], lambda whole: b"{}" + whole, lambda whole: whole[:200]])
def test_a_packed_file_that_is_broken_changes_nothing(
    gateway: Run, tmp_path: Path, broken: Callable[[bytes], bytes]
) -> None:
    packed = tmp_path / "a.jsonl.gz"
    packed.write_bytes(broken(gzip.compress("\n".join(whole(number) for number in range(3)).encode())))
    ran = gateway("import", str(packed))
    assert ran.returncode == 2
    assert "a.jsonl.gz: is no whole gzip file" in ran.stderr
    assert gateway("export").stderr.startswith("NO_CATALOGUE")
