"""A record under an old id of the Hub meets the one under the new id, where Hugging Face has stated the rename."""

import csv
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from gateway.catalogue.importers.hub import usable_id
from gateway.catalogue.importers.hub_renames import id_now, known_as
from tests.catalogue.lines import line
from tests.catalogue.test_hub_signals import figures, models
from tests.catalogue.test_import_from import exported
from tests.conftest import Run

HEADER = "dataset_name,author,dataset_creation_time,downloads,has_card,has_nonempty_card,task,domain"


def test_each_rename_is_stated_somewhere_on_some_day() -> None:
    text = files("gateway.catalogue.importers").joinpath("hub_renames.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    for row in rows:
        assert usable_id(row["old"]) and usable_id(row["new"]), row
        assert row["sort"] in ("model", "dataset")
        assert date.fromisoformat(row["stated_on"]) >= date(2024, 1, 31)
        assert re.fullmatch(r"https://github\.com/huggingface/[a-z-]+/pull/\d+", row["stated_at"])
    for end in ("old", "new"):
        named = [(row["sort"], row[end]) for row in rows]
        assert len(set(named)) == len(named)
    # No chains: what a name leads to is not renamed again.
    assert not {(row["sort"], row["old"]) for row in rows} & {(row["sort"], row["new"]) for row in rows}


def test_old_and_new_ids_lead_to_each_other() -> None:
    assert id_now("model", "gpt2") == id_now("model", "openai-community/gpt2") == "openai-community/gpt2"
    assert known_as("model", "gpt2") == ["openai-community/gpt2"]
    assert known_as("model", "openai-community/gpt2") == ["openai-community/gpt2", "gpt2"]
    assert known_as("model", "a/B") == ["a/B"]
    # The Hub's models and datasets have names of their own.
    assert known_as("dataset", "gpt2") == []
    assert id_now("model", "squad") == "squad"


def test_a_record_under_the_old_id_meets_the_artifact_under_the_new_one(gateway: Run, tmp_path: Path) -> None:
    new = models(tmp_path, {"id": "openai-community/gpt2"}, {"id": "a/b", "base_model": ["gpt2"]})
    gateway("import", "--from", "hub-models", new)
    assert "1 unchanged" in gateway("import", "--from", "hub-models", models(tmp_path, {"id": "gpt2"})).stdout
    found = exported(gateway)
    assert list(found) == ["a-b", "openai-community-gpt2"]
    assert list(figures(found["openai-community-gpt2"], "derivatives").values()) == [1]


def test_a_dataset_is_counted_under_its_old_and_new_id_as_one(gateway: Run, tmp_path: Path) -> None:
    file = tmp_path / "datasets.csv"
    file.write_text(f"{HEADER}\ngsm8k,huggingface,,5.0,True,True,,\n")
    gateway("import", "--from", "hub-datasets", str(file))
    tagged: list[dict[str, Any]] = [
        {"id": "a/new", "tags": ["dataset:openai/gsm8k"]},
        {"id": "a/old", "tags": ["dataset:gsm8k"]},
        {"id": "a/both", "tags": ["dataset:gsm8k", "dataset:openai/gsm8k"]},
    ]
    gateway("import", "--from", "hub-trained-on", models(tmp_path, *tagged))
    [artifact] = exported(gateway).values()
    assert (artifact["slug"], artifact["aliases"]) == ("gsm8k", ["openai/gsm8k"])
    assert list(figures(artifact, "models_trained_on").values()) == [3]


def test_where_both_ids_lead_to_artifacts_of_their_own_nothing_is_added(gateway: Run, tmp_path: Path) -> None:
    ours = [line("gsm8k", kind="DATASET"), line("ours", kind="DATASET", aliases=["openai/gsm8k"])]
    gateway("import", "-", input="\n".join(ours))
    known = models(tmp_path, {"id": "a/b", "tags": ["dataset:gsm8k"]})
    assert (
        "left out, records: 1 adds to an artifact by its name, which two have"
        in gateway("import", "--from", "hub-trained-on", known).stdout
    )
    assert not any("signals" in artifact for artifact in exported(gateway).values())
