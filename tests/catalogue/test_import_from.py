"""`gateway import --from`, on the command line and on the real files."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.lines import line
from tests.conftest import Run

DATA = Path(__file__).parents[3] / "shared" / "data"
MODEL: dict[str, Any] = {
    "id": "somebody/some-model",
    "author": "somebody",
    "url": "https://huggingface.co/somebody/some-model",
    "created_at": "2026-01-02T00:00:00.000Z",
    "updated_at": "2026-02-03T00:00:00.000Z",
    "license": "apache-2.0",
    "pipeline_tag": "text-generation",
    "library": "transformers",
    "languages": ["en"],
    "tags": [],
    "likes": 3,
    "downloads_30d": 1234,
    "formats": ["safetensors"],
    "gated": False,
    "removed": False,
}


def packed(folder: Path, *records: dict[str, Any]) -> str:
    """A file of records, packed as the source packs it."""
    file = folder / "models.jsonl.gz"
    file.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))
    return str(file)


def exported(gateway: Run) -> dict[str, dict[str, Any]]:
    """The catalogue by slug."""
    return {item["slug"]: item for item in map(json.loads, gateway("export").stdout.splitlines())}


def test_a_record_becomes_an_artifact_with_its_figures(gateway: Run, tmp_path: Path) -> None:
    file = packed(tmp_path, MODEL, {**MODEL, "id": None})
    ran = gateway("import", "--from", "hub-models", file)
    assert ran.returncode == 0, ran.stderr
    assert "1 added" in ran.stdout
    assert "left out, records: 1 has no usable id" in ran.stdout
    [artifact] = exported(gateway).values()
    assert (artifact["kind"], artifact["license"], artifact["license_use"]) == ("MODEL", "Apache-2.0", "OPEN")
    figures = {signal["name"]: (signal["value"], signal["observed_on"]) for signal in artifact["signals"]}
    assert figures == {"downloads_30d": (1234, "2026-08-22"), "likes": (3, "2026-08-22")}
    assert "somebody/some-model" in artifact["aliases"]
    again = gateway("import", "--from", "hub-models", file)
    assert "0 added, 0 changed, 1 unchanged" in again.stdout


def test_a_record_joins_the_artifact_that_has_its_id_as_alias(gateway: Run, tmp_path: Path) -> None:
    gateway("import", "-", input=line("ours", aliases=["somebody/some-model"], summary="Our own sentence."))
    assert "1 changed" in gateway("import", "--from", "hub-models", packed(tmp_path, MODEL)).stdout
    [artifact] = exported(gateway).values()
    assert (artifact["slug"], artifact["summary"]) == ("ours", "Our own sentence.")
    assert len(artifact["signals"]) == 2


def test_ids_that_make_one_slug_stay_apart_whenever_they_come(gateway: Run, tmp_path: Path) -> None:
    ids = ["acme/big-model", "acme-big/model"]
    for model_id in [*ids, *ids]:
        assert gateway("import", "--from", "hub-models", packed(tmp_path, MODEL | {"id": model_id})).returncode == 0
    names = {artifact["slug"]: artifact["aliases"] for artifact in exported(gateway).values()}
    assert sorted(names.values()) == [["acme-big/model"], ["acme/big-model"]]
    assert names["acme-big-model"] == ["acme/big-model"]


ROWS = "dataset_name,author,dataset_creation_time,downloads,task\n"


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("source", "name", "content", "told"),
    [
        (
            "hub-datasets",
            "x.csv",
            b"dataset_name,author\na/b,a\n",
            "x.csv:1: this is no file of hub-datasets",
        ),
        ("hub-datasets", "x.csv", ROWS.encode() + b"a/b,a,,1,\na/c,\xff,,1,\n", "x.csv:3: this is no file"),
        ("hub-datasets", "x.csv", ROWS.encode() + b"a/b,a,,1,\na/c," + 200_000 * b"x", "x.csv:3: this is no file"),
        ("hub-datasets", "x.csv", b"", "x.csv:1: this is no file"),
        ("hub-datasets", "x.csv", ROWS.encode(), "x.csv: no record of hub-datasets can be taken: there is none"),
        ("hub-models", "x.jsonl", b"", "x.jsonl: no record of hub-models can be taken: there is none"),
        ("hub-models", "x.jsonl.gz", gzip.compress(b"", mtime=0), "x.jsonl.gz: no record"),
        ("mcp-servers", "x.jsonl", b'{"id": "a/b"}\n' * 2, "can be taken: 2 has no package name with a repository."),
        ("hub-trained-on", "x.jsonl", b'{"tags": ["dataset:a/b"]}\n' * 2 + b'{"tags": [', "x.jsonl:3: this is no file"),
        ("hub-trained-on", "x.jsonl", b"{}\n", "x.jsonl: no record of hub-trained-on can be taken"),
        ("models-dev", "x.jsonl", b'{"path": "a"}\n[', "x.jsonl:2: this is no file"),
        (
            "best-of",
            "x.csv",
            b"name\nx\n",
            "x.csv:1: this is no file of best-of: the header has no github_id",
        ),
        ("epoch-models", "x.csv", b"Model\nx\n", "x.csv:1: this is no file of epoch-models: the header has no Org"),
        ("litellm", "x.json", b"{}", "x.json: no record of litellm can be taken"),
    ],
)
def test_the_wrong_file_is_told_and_nothing_is_written(
    gateway: Run, tmp_path: Path, source: str, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = gateway("import", "--from", source, name)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("BAD_CATALOGUE: ")
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
    # The shipped catalogue still goes into a database that an import has failed on.
    assert gateway("export").stderr.startswith("NO_CATALOGUE")


@pytest.mark.on_sqlite
def test_columns_of_a_spreadsheet_have_a_mark_in_front(gateway: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(f"{ROWS}a/b,a,,1,\n", encoding="utf-8-sig")
    assert "1 added" in gateway("import", "--from", "hub-datasets", "x.csv").stdout


@pytest.mark.on_sqlite
def test_the_report_is_printed_whatever_stands_in_the_file(gateway: Run, tmp_path: Path) -> None:
    known = {"openai/gpt-9": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06}}
    odd = {f"gpt-{'x' * number}\ud800": known["openai/gpt-9"] for number in range(60)}
    (tmp_path / "x.json").write_text(json.dumps(known | odd))
    ran = gateway("import", "--from", "litellm", "x.json")
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "1 added" in ran.stdout
    reasons = [row for row in ran.stdout.splitlines() if row.startswith("left out, records: ")]
    assert sum(int(row.split()[3]) for row in reasons) == 60


@pytest.mark.on_sqlite
def test_reasons_that_are_not_listed_are_counted(gateway: Run, tmp_path: Path) -> None:
    odd = [MODEL | {"id": f"a/m{number}", "url": f"nowhere {number}"} for number in range(53)]
    ran = gateway("import", "--from", "hub-models", packed(tmp_path, MODEL, *odd))
    reasons = [row for row in ran.stdout.splitlines() if row.startswith("left out, records: ")]
    assert len(reasons) == 51
    assert reasons[-1] == "left out, records: 3 for 3 more reasons"


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--from", "nowhere", "x"], "UNKNOWN_SOURCE"),
        (["--from", "hub-models", "--replace", "x"], "BAD_USAGE"),
        (["--from", "hub-models", "no-such-file.gz"], "NO_SUCH_FILE"),
        (["--from", "hub-models", "broken.jsonl"], "BAD_CATALOGUE"),
    ],
)
def test_what_cannot_be_taken_is_told(gateway: Run, tmp_path: Path, arguments: list[str], code: str) -> None:
    (tmp_path / "broken.jsonl").write_text("{not json\n")
    ran = gateway("import", *arguments)
    assert ran.returncode == 2
    assert ran.stderr.startswith(f"{code}: ")
    assert "Traceback" not in ran.stderr


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("source", "name", "records"),
    [("hub-models", "radar.jsonl.gz", 15_904), ("hub-datasets", "hf-datasets-2023.csv.gz", 24_065)],
)
def test_the_real_files_are_taken_whole(gateway: Run, source: str, name: str, records: int) -> None:
    if not (DATA / name).exists():
        pytest.skip(f"{DATA / name} is not there")
    ran = gateway("import", "--from", source, str(DATA / name))
    assert ran.returncode == 0, ran.stderr
    left_out = sum(int(row.split()[3]) for row in ran.stdout.splitlines() if row.startswith("left out, records:"))
    assert int(ran.stdout.split()[0]) + left_out == records
