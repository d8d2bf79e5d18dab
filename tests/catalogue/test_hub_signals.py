"""What the Hub's records say about artifacts that the catalogue has: series, derivatives, training data."""

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from gateway.catalogue.importers.hub_renames import id_now
from tests.catalogue.lines import line
from tests.catalogue.test_import_from import DATA, MODEL, exported
from tests.conftest import Run

FIRST, SECOND = "somebody/some-model", "somebody/Other_Model"
SERIES = "slug,observed_at,downloads_30d,likes"
NOON, NIGHT = "2026-08-20T12:00:02.285Z", "2026-08-20T20:00:01.985Z"


def models(folder: Path, *records: dict[str, Any]) -> str:
    """A file of models, each with the slug that the source would give it."""
    file = folder / "radar.jsonl"
    whole = [MODEL | {"slug": record["id"].lower().replace("/", "-").replace("_", "-")} | record for record in records]
    file.write_text("".join(json.dumps(record) + "\n" for record in whole))
    return str(file)


def series(folder: Path, *rows: str) -> str:
    """A file of observations."""
    file = folder / "observations.csv.gz"
    file.write_bytes(gzip.compress("\n".join([SERIES, *rows, ""]).encode()))
    return str(file)


def figures(artifact: dict[str, Any], name: str) -> dict[str, float]:
    """The series of one signal of an artifact, by day."""
    return {signal["observed_on"]: signal["value"] for signal in artifact.get("signals", []) if signal["name"] == name}


def test_the_last_observation_of_a_day_is_the_figure_of_that_day(gateway: Run, tmp_path: Path) -> None:
    known = models(tmp_path, {"id": FIRST}, {"id": SECOND})
    gateway("import", "--from", "hub-models", known)
    rows = [
        f"somebody-some-model,{NIGHT},7,1",
        f"somebody-some-model,{NOON},5,0",
        f"somebody-some-model,{NIGHT},7,1",
        "somebody-some-model,2026-08-21T04:00:02.092Z,0,",
        "somebody-other-model,2026-08-22T20:00:02.251Z,99,99",
        "somebody-other-model,yesterday,1,1",
        "somebody-other-model",
    ]
    command = ("import", "--from", "hub-observations", known, series(tmp_path, *rows))
    ran = gateway(*command)
    assert ran.returncode == 0, ran.stderr
    assert "2 artifacts read: 0 added, 1 changed, 1 unchanged" in ran.stdout
    assert "left out, parts: 2 rows: the day has a later one, which is its figure" in ran.stdout
    assert "left out, parts: 2 rows: observed_at is no moment" in ran.stdout
    assert "left out, parts: 1 likes: no count" in ran.stdout
    found = exported(gateway)
    first, second = found["somebody-some-model"], found["somebody-other_model"]
    assert figures(first, "downloads_30d") == {"2026-08-20": 7, "2026-08-21": 0, "2026-08-22": 1234}
    assert figures(first, "likes") == {"2026-08-20": 1, "2026-08-22": 3}
    # What the catalogue has stays.
    assert figures(second, "downloads_30d") == {"2026-08-22": 1234}
    assert {signal["source"]["title"] for signal in first["signals"]} == {first["signals"][-1]["source"]["title"]}
    assert "0 changed, 2 unchanged" in gateway(*command).stdout


def test_a_series_adds_to_an_artifact_under_another_slug_and_never_makes_one(gateway: Run, tmp_path: Path) -> None:
    gateway("import", "-", input=line("ours", aliases=[FIRST]))
    rows = [f"{slug},{NOON},5,0" for slug in ("somebody-some-model", "somebody-other-model", "nobody")]
    ran = gateway(
        "import", "--from", "hub-observations", models(tmp_path, {"id": FIRST}, {"id": SECOND}), series(tmp_path, *rows)
    )
    assert "left out, records: 1 has a slug that names no model" in ran.stdout
    assert "left out, records: 1 adds to an artifact by its name, which none has" in ran.stdout
    [artifact] = exported(gateway).values()
    assert (artifact["slug"], artifact["name"], artifact["aliases"]) == ("ours", "ours", [FIRST])
    assert figures(artifact, "downloads_30d") == {"2026-08-20": 5}


def test_a_slug_of_two_models_names_neither(gateway: Run, tmp_path: Path) -> None:
    known = models(tmp_path, {"id": FIRST}, {"id": SECOND, "slug": "somebody-some-model"})
    gateway("import", "--from", "hub-models", known)
    before = exported(gateway)
    rows = series(tmp_path, f"somebody-some-model,{NOON},5,0")
    ran = gateway("import", "--from", "hub-observations", known, rows)
    assert ran.returncode == 2
    assert "no record of hub-observations can be taken: 1 has a slug that names two models" in ran.stderr
    assert exported(gateway) == before


def test_nobody_counted_after_a_model_was_removed(gateway: Run, tmp_path: Path) -> None:
    gone = {"removed": True, "removed_at": "2026-08-20T08:00:00.000Z"}
    known = models(tmp_path, {"id": FIRST} | gone, {"id": SECOND} | gone)
    gateway("import", "--from", "hub-models", known)
    rows = [
        "somebody-some-model,2026-08-19T20:00:02.960Z,4,0",
        "somebody-some-model,2026-08-21T20:00:01.546Z,4,0",
        "somebody-other-model,2026-08-21T20:00:01.546Z,4,0",
    ]
    ran = gateway("import", "--from", "hub-observations", known, series(tmp_path, *rows))
    assert "left out, parts: 2 rows: after the model was removed" in ran.stdout
    assert "left out, records: 1 has no figure from when the model was there" in ran.stdout
    assert sorted(figures(exported(gateway)["somebody-some-model"], "downloads_30d")) == ["2026-08-19", "2026-08-20"]


@pytest.mark.on_sqlite
@pytest.mark.parametrize(
    ("files", "code"),
    [
        (["models.jsonl"], "BAD_USAGE"),
        (["models.jsonl", "models.jsonl"], "BAD_CATALOGUE"),
        (["series.csv", "models.jsonl"], "BAD_CATALOGUE"),
        (["lists.jsonl", "series.csv"], "BAD_CATALOGUE"),
        (["models.jsonl", "packed.csv.gz"], "BAD_CATALOGUE"),
        (["models.jsonl", "nowhere.csv"], "NO_SUCH_FILE"),
    ],
)
def test_other_files_are_no_series(gateway: Run, tmp_path: Path, files: list[str], code: str) -> None:
    (tmp_path / "models.jsonl").write_text(2 * f"{json.dumps(MODEL)}\n")
    (tmp_path / "lists.jsonl").write_text("[]\n")
    (tmp_path / "series.csv").write_text(f"{SERIES}\nsome-model,{NOON},5,0\n")
    (tmp_path / "packed.csv.gz").write_text("packed by nobody")
    ran = gateway("import", "--from", "hub-observations", *files)
    assert (ran.returncode, ran.stderr.partition(":")[0]) == (2, code)
    assert "Traceback" not in ran.stderr


def test_a_model_is_counted_as_base_by_the_other_records_of_its_file(gateway: Run, tmp_path: Path) -> None:
    records: list[dict[str, Any]] = [
        {"id": FIRST, "base_model": FIRST},
        {"id": "a/text", "base_model": f"{FIRST}, nobody/elsewhere"},
        {"id": "a/list", "base_model": [FIRST, FIRST, "none"]},
        {"id": "a/tagged", "tags": [f"base_model:{FIRST}", f"base_model:finetune:{FIRST}"]},
        {"id": "a/gone", "base_model": FIRST, "removed": True, "removed_at": NOON},
        {"id": "a/other-letters", "base_model": FIRST.upper()},
    ]
    gateway("import", "--from", "hub-models", models(tmp_path, *records))
    found = exported(gateway)
    [signal] = [item for item in found["somebody-some-model"]["signals"] if item["name"] == "derivatives"]
    assert (signal["value"], signal["unit"], signal["observed_on"]) == (4, "models", "2026-08-22")
    assert "radar" in signal["source"]["title"]
    # Nobody names them in a file that is a sample: that is not known, and not 0.
    assert not any(figures(artifact, "derivatives") for slug, artifact in found.items() if slug.startswith("a-"))


def test_a_dataset_is_counted_by_the_models_that_name_it(gateway: Run, tmp_path: Path) -> None:
    ours = [
        line("our-data", kind="DATASET", aliases=["somebody/Data"]),
        line("somebody-other", kind="DATASET", name="Not of the Hub"),
        line("plain", kind="DATASET"),
        line("bench", kind="BENCHMARK"),
        line("code", kind="LIBRARY"),
    ]
    gateway("import", "-", input="\n".join(ours))
    tags = ["somebody/Data", "somebody/Data", "somebody/other", "bench", "code", "plain", "nowhere", "no name at all"]
    known = models(
        tmp_path,
        {"id": FIRST, "tags": [f"dataset:{tag}" for tag in tags]},
        {"id": SECOND, "tags": ["dataset:somebody/Data", "somebody/Data"]},
    )
    ran = gateway("import", "--from", "hub-trained-on", known)
    assert ran.returncode == 0, ran.stderr
    assert "left out, records: 2 adds to an artifact by its name, which none has" in ran.stdout
    assert "left out, records: 1 a DATASET has the name of a LIBRARY, and is another thing" in ran.stdout
    assert "left out, records: 1 has no usable id" in ran.stdout
    counted = {slug: figures(item, "models_trained_on") for slug, item in exported(gateway).items()}
    assert counted == {
        "our-data": {"2026-08-22": 2},
        "plain": {"2026-08-22": 1},
        "somebody-other": {},
        "bench": {"2026-08-22": 1},
        "code": {},
    }
    assert "0 changed, 3 unchanged" in gateway("import", "--from", "hub-trained-on", known).stdout


@pytest.mark.on_sqlite
def test_the_whole_series_is_taken_or_told(gateway: Run) -> None:
    known, rows = (str(DATA / name) for name in ("radar.jsonl.gz", "radar-observations.csv.gz"))
    if not (Path(known).exists() and Path(rows).exists()):
        pytest.skip(f"{rows} is not there")
    gateway("import", "--from", "hub-models", known)
    before = days_of(gateway)
    ran = gateway("import", "--from", "hub-observations", known, rows)
    assert ran.returncode == 0, ran.stderr
    with gzip.open(known, "rt") as stream:
        record = {record["slug"]: record for record in map(json.loads, stream)}
    with gzip.open(rows, "rt") as stream:
        observed = [row.split(",")[:2] for row in stream][1:]
    assert len(observed) == 180_363
    named = {(record[slug]["id"], moment[:10]) for slug, moment in observed if slug in record}
    gone = {item["id"]: item["removed_at"][:10] for item in record.values() if item["removed_at"]}
    there = {(hub_id, day) for hub_id, day in named if day <= gone.get(hub_id, day)}
    assert days_of(gateway) == before | there
    told = {row.split(maxsplit=4)[4]: int(row.split()[3]) for row in ran.stdout.splitlines() if row[:4] == "left"}
    assert told == {
        "rows: the day has a later one, which is its figure": len(observed) - len({(s, at[:10]) for s, at in observed}),
        "rows: after the model was removed": len(named) - len(there),
        "has a slug that names no model": len({slug for slug, _ in observed} - record.keys()),
        "has no figure from when the model was there": len({i for i, _ in named} - {i for i, _ in there}),
    }


def stated(record: dict[str, Any]) -> list[str]:
    """The base models that a record names, in its tags where it names none elsewhere."""
    tags = [tag.split(":") for tag in record["tags"] if tag.startswith("base_model:")]
    return (record["base_model"] or "").split(",") if record["base_model"] else [tag[2] for tag in tags if len(tag) > 2]


def hub_id(artifact: dict[str, Any]) -> str:
    """The id of a model, told by its address."""
    return str(artifact["homepage"]).removeprefix("https://huggingface.co/")


def days_of(gateway: Run) -> set[tuple[str, str]]:
    """The days of which the catalogue has downloads, by the id of the model."""
    return {
        (hub_id(artifact), day) for artifact in exported(gateway).values() for day in figures(artifact, "downloads_30d")
    }


@pytest.mark.on_sqlite
def test_the_whole_file_counts_bases_and_training_data(gateway: Run) -> None:
    known = DATA / "radar.jsonl.gz"
    if not known.exists():
        pytest.skip(f"{known} is not there")
    gateway("import", "--from", "hub-models", str(known))
    counted = {
        hub_id(artifact): value
        for artifact in exported(gateway).values()
        for value in figures(artifact, "derivatives").values()
    }
    with gzip.open(known, "rt") as stream:
        records = [json.loads(text) for text in stream]
    ids = {record["id"] for record in records}
    bases = [
        base
        for record in records
        for base in {id_now("model", part.strip()) for part in stated(record)} - {record["id"]}
        if base in ids
    ]
    assert counted == Counter(bases)
    assert max(counted, key=counted.__getitem__) == "Qwen/Qwen3.8-27B"
