"""Models and datasets of the Hugging Face Hub become lines that say what the records say, and no more."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers import hub_datasets, hub_models
from gateway.catalogue.importers.adapter import SLUG_IS_ID, Adapter, LeftOut
from gateway.catalogue.importers.hub import hub_slug
from gateway.catalogue.importers.reading import foreign_lines
from gateway.catalogue.importers.wording import sentence_list
from gateway.errors import CatalogueError

MODELS, DATASETS = hub_models.ADAPTER, hub_datasets.ADAPTER
BASE_TAG = "base_model:{}:Some/Base-7B"


def model(**more: Any) -> dict[str, Any]:
    """A record of a model, with what is given put over what is usual."""
    return {
        "id": "Some-Body/Model_1.5",
        "author": "Some-Body",
        "url": "https://huggingface.co/Some-Body/Model_1.5",
        "created_at": "2026-08-18T23:59:20.000Z",
        "updated_at": "2026-08-19T06:21:48.000Z",
        "license": "apache-2.0",
        "pipeline_tag": "text-generation",
        "library": "transformers",
        "languages": ["en", "xx", "fr"],
        "tags": [],
        "likes": 3,
        "downloads_30d": 430,
        "parameters": 7_615_616_512,
        "storage_bytes": 15_242_694_030,
        "base_model": None,
        "formats": ["safetensors", "gguf"],
        "gated": False,
        "removed": False,
        "removed_at": None,
        "benchmarks": [],
    } | more


def dataset(**more: str) -> dict[str, Any]:
    """A row of a dataset, with what is given put over what is usual."""
    return {
        "dataset_name": "Some-Body/data",
        "author": "Some-Body",
        "dataset_creation_time": "Wed Jun 1 23:30:00 2022 -0500",
        "downloads": "12.0",
        "task": "text-classification,other,text-classification,translation",
        "domain": "nlp",
    } | more


def taken(adapter: Adapter, record: dict[str, Any]) -> tuple[ArtifactLine, LeftOut]:
    """The line that a record becomes, and what was left out of it."""
    left_out = LeftOut()
    native = adapter.convert(record, left_out)
    assert native is not None, left_out
    native.pop(SLUG_IS_ID)
    return ArtifactLine.model_validate(native), left_out


def capabilities(line: ArtifactLine) -> dict[str, str]:
    """What a line says its artifact can do, by slug."""
    return {capability.slug: capability.description for capability in line.capabilities}


def test_a_model_as_most_are() -> None:
    line, left_out = taken(MODELS, model())
    data = line.canonical()
    assert data["slug"] == "some-body-model_1.5"
    assert (data["name"], data["kind"], data["publisher"]) == ("Model_1.5", "MODEL", "Some-Body")
    assert (data["license"], data["license_use"]) == ("Apache-2.0", "OPEN")
    # The record does not say that it costs nothing.
    assert "pricing" not in data
    assert (data["availability"], data["aliases"]) == ("AVAILABLE", ["Some-Body/Model_1.5"])
    assert (data["released_on"], data["updated_on"]) == ("2026-08-18", "2026-08-19")
    assert [(signal["name"], signal["value"]) for signal in data["signals"]] == [("downloads_30d", 430), ("likes", 3)]
    dated = [*data["signals"], *data["attributes"].values()]
    assert {(item["observed_on"], item["source"]["url"]) for item in dated} == {
        ("2026-08-22", "https://github.com/686f6c61/radar-huggingface-dataset")
    }
    assert {key: value["value"] for key, value in data["attributes"].items()} == {
        "formats": ["safetensors", "gguf"],
        "languages": ["en", "xx", "fr"],
        "library": "transformers",
        "parameters": 7_615_616_512,
        "storage_bytes": 15_242_694_030,
    }
    assert capabilities(line) == {
        "text-generation": "The Hub lists it for text generation: continuing or answering a text with new text.",
        "languages": "The Hub lists it for English, French and xx.",
        "file-formats": "Its files are listed as safetensors and GGUF.",
        "library": "The Hub lists transformers as the library that it is used with.",
    }
    assert left_out == LeftOut()


def test_a_model_of_which_nothing_is_known() -> None:
    silent = dict.fromkeys(model()) | {"id": "Some-Body/Silent"}
    line, left_out = taken(MODELS, silent)
    assert line.canonical() == {
        "slug": "some-body-silent",
        "name": "Silent",
        "kind": "MODEL",
        "availability": "AVAILABLE",
        "aliases": ["Some-Body/Silent"],
    }
    assert left_out == LeftOut()


def test_zero_downloads_are_a_figure_and_zero_parameters_are_not() -> None:
    line, left_out = taken(MODELS, model(downloads_30d=0, likes=0, parameters=0))
    assert [signal.value for signal in line.signals] == [0, 0]
    assert "parameters" not in line.attributes
    assert left_out.parts == {"parameters: 0 or no count, so unknown": 1}


@pytest.mark.parametrize(
    ("gated", "removed", "availability"),
    [(False, False, "AVAILABLE"), (True, False, "GATED"), (False, True, "REMOVED"), (True, True, "REMOVED")],
)
def test_availability(gated: bool, removed: bool, availability: str) -> None:
    day = "2026-08-20T10:00:00.000Z" if removed else None
    line, _ = taken(MODELS, model(gated=gated, removed=removed, removed_at=day))
    assert line.availability == availability
    # Nobody counts the downloads of what is gone.
    assert {signal.observed_on.day for signal in line.signals} == {20 if removed else 22}


@pytest.mark.parametrize(
    ("stated", "name", "use"),
    [
        ("mit", "MIT", "OPEN"),
        ("agpl-3.0", "agpl-3.0", "OPEN"),
        ("cc-by-nc-4.0", "CC-BY-NC-4.0", "NON_COMMERCIAL"),
        ("llama3.1", "llama3.1", "RESTRICTED"),
        ("openrail++", "openrail++", "RESTRICTED"),
        ("qwen-research", "qwen-research", None),
        ("other", None, None),
        ("unknown", None, None),
        (None, None, None),
    ],
)
def test_licenses(stated: str | None, name: str | None, use: str | None) -> None:
    line, left_out = taken(MODELS, model(license=stated))
    assert (line.license, line.license_use) == (name, use)
    assert left_out.parts.total() == (stated is not None and name is None)


@pytest.mark.parametrize(
    ("tags", "formats", "kind", "capability"),
    [
        ([BASE_TAG.format("finetune")], [], "FINE_TUNE", "fine-tune"),
        ([BASE_TAG.format("finetune"), "quantized", "4-bit"], [], "FINE_TUNE", "fine-tune"),
        ([BASE_TAG.format("adapter")], [], "FINE_TUNE", "adapter"),
        ([BASE_TAG.format("quantized"), "4-bit"], [], "MODEL", "quantised-weights"),
        ([BASE_TAG.format("merge")], [], "MODEL", None),
        (["quantized"], [], "MODEL", "quantised-weights"),
        (["quantization"], ["safetensors"], "FINE_TUNE", "base-model"),
        ([], ["safetensors"], "FINE_TUNE", "base-model"),
        ([], ["gguf"], "MODEL", None),
    ],
)
def test_kind(tags: list[str], formats: list[str], kind: str, capability: str | None) -> None:
    line, _ = taken(MODELS, model(tags=tags, formats=formats, base_model="Some/Base-7B"))
    assert line.kind == kind
    made = capabilities(line).keys() - {"text-generation", "languages", "file-formats", "library"}
    assert made == ({capability} if capability else set())
    if capability:
        assert "Some/Base-7B" in capabilities(line)[capability]


def test_base_models_in_a_list() -> None:
    several = ["Some/A", "Some/B", "Some/C", "Some/D", "Some/E"]
    line, _ = taken(MODELS, model(base_model=several, tags=["base_model:finetune:Some/A"]))
    assert line.canonical()["attributes"]["base_model"]["value"] == "Some/A, Some/B, Some/C, Some/D, Some/E"
    assert capabilities(line)["fine-tune"] == "It is listed as a fine-tune of Some/A, Some/B, Some/C and 2 more."
    again, _ = taken(MODELS, model(base_model=", ".join(several), tags=["base_model:finetune:Some/A"]))
    assert again == line


@pytest.mark.parametrize("base", ["undefined", ["none"], {"name": "Some/A"}])
def test_a_base_model_that_names_none(base: object) -> None:
    line, left_out = taken(MODELS, model(base_model=base))
    assert line.kind == "MODEL"
    assert left_out.parts == {"base_model: names no model": 1}


def test_a_base_model_that_only_tags_name() -> None:
    tags = ["base_model:Some/Base-7B", BASE_TAG.format("finetune"), "base_model:finetune:outputs/last/model"]
    line, left_out = taken(MODELS, model(tags=tags))
    assert line.kind == "FINE_TUNE"
    assert line.canonical()["attributes"]["base_model"]["value"] == "Some/Base-7B"
    assert capabilities(line)["fine-tune"] == "It is listed as a fine-tune of Some/Base-7B."
    # What is stated counts more.
    line, _ = taken(MODELS, model(tags=tags, base_model="Some/Other"))
    assert line.canonical()["attributes"]["base_model"]["value"] == "Some/Other"
    line, _ = taken(MODELS, model(tags=["base_model:adapter:/home/me/model", "base_model:adapter:C:\\Models\\m"]))
    assert (line.kind, "base_model" in line.attributes) == ("MODEL", False)
    assert left_out.parts.total() == 1


@pytest.mark.parametrize(
    ("stated", "part"),
    [
        ({"removed": "false"}, "removed: neither true nor false"),
        ({"gated": "no"}, "gated: neither true nor false"),
        ({"license": ["mit"]}, "license: no text"),
        ({"pipeline_tag": ""}, "pipeline_tag: no name of a task"),
        ({"pipeline_tag": ["text-generation"]}, "pipeline_tag: no name of a task"),
    ],
)
def test_values_of_another_type_are_told_and_not_believed(stated: dict[str, Any], part: str) -> None:
    line, left_out = taken(MODELS, model(**stated))
    usual, _ = taken(MODELS, model())
    assert left_out.parts == {part: 1}
    if part.startswith(("removed", "gated")):
        assert line.availability == "UNKNOWN"
    elif part.startswith("license"):
        assert (line.license, line.license_use) == (None, None)
    else:
        assert line.tasks == []
        assert capabilities(usual).keys() - capabilities(line).keys() == {"text-generation"}


def test_what_has_no_place_is_told() -> None:
    odd = model(pipeline_tag="other", library="custom", likes="many", benchmarks=[{"value": 0}], trending_score=4)
    line, left_out = taken(MODELS, odd | {"tags": ["moe"], "languages": "en"})
    assert (line.tasks, [signal.name for signal in line.signals]) == ([], ["downloads_30d"])
    told = {part.partition(":")[0] for part in left_out.parts}
    assert told == {"benchmarks", "library", "likes", "pipeline_tag", "tags", "trending_score"}


@pytest.mark.parametrize(
    ("adapter", "record", "reason"),
    [
        (MODELS, model(id=None), "has no usable id"),
        (MODELS, model(id="a/b/c"), "has no usable id"),
        (MODELS, model(id="___"), "has no usable id"),
        (MODELS, model(created_at="soon"), "created_at is no day up to 2026-08-22"),
        (MODELS, model(updated_at="2026-08-23T00:00:00.000Z"), "updated_at is no day up to 2026-08-22"),
        (MODELS, model(updated_at=1), "updated_at is no day up to 2026-08-22"),
        (DATASETS, dataset(dataset_name=""), "has no usable id"),
        (DATASETS, dataset(dataset_creation_time="2022-06-01"), "dataset_creation_time is no day up to 2023-03-16"),
    ],
)
def test_records_that_cannot_be_taken(adapter: Adapter, record: dict[str, Any], reason: str) -> None:
    left_out = LeftOut()
    assert adapter.convert(record, left_out) is None
    assert left_out.records == {reason: 1}


def test_dates_that_say_nothing() -> None:
    line, left_out = taken(MODELS, model(created_at="2022-03-02T23:29:04.000Z"))
    assert line.released_on is None
    assert left_out.parts == {"created_at: the day the Hub moved, no release": 1}
    line, left_out = taken(MODELS, model(updated_at="2026-08-17T00:00:00.000Z"))
    assert line.updated_on is None
    assert left_out.parts == {"updated_at: before created_at": 1}


def test_a_dataset() -> None:
    line, left_out = taken(DATASETS, dataset())
    data = line.canonical()
    source = {"title": "HuggingFace-Dataset-Card-Analysis", "url": hub_datasets.CARDS.source["url"]}
    assert data.pop("signals") == [
        {"name": "downloads_30d", "value": 12, "unit": "downloads", "observed_on": "2023-03-16", "source": source}
    ]
    assert [capability["slug"] for capability in data.pop("capabilities")] == ["text-classification", "translation"]
    assert data == {
        "slug": "some-body-data",
        "name": "data",
        "kind": "DATASET",
        "publisher": "Some-Body",
        "homepage": "https://huggingface.co/datasets/Some-Body/data",
        "tasks": ["text-classification", "translation"],
        "released_on": "2022-06-02",
        "aliases": ["Some-Body/data"],
    }
    assert left_out.parts == {"domain: follows from the tasks": 1, "task: other says nothing": 1}


def test_an_old_dataset_of_the_hub() -> None:
    old = dataset(dataset_name="glue", author="huggingface", dataset_creation_time="Tue Jan 25 16:34:03 2022 +0100")
    line, left_out = taken(DATASETS, old | {"downloads": "many", "task": "None", "domain": ""})
    assert (line.slug, line.name, line.aliases, line.publisher) == ("glue", "glue", ["nyu-mll/glue"], None)
    assert (line.released_on, line.signals, line.tasks, line.capabilities) == (None, [], [], [])
    assert {part.partition(":")[0] for part in left_out.parts} == {"author", "dataset_creation_time", "downloads"}


def test_a_dataset_with_the_id_of_a_model_is_another_artifact() -> None:
    made, _ = taken(MODELS, model(id="ggerganov/whisper.cpp"))
    read, _ = taken(DATASETS, dataset(dataset_name="ggerganov/whisper.cpp"))
    assert not {made.slug, *made.aliases} & {read.slug, *read.aliases}


def test_ids_that_look_alike_get_slugs_of_their_own() -> None:
    ids = ["Some/Model", "some/model", "some-model", "some/model_", "other/model", "some/model"]
    lines = b"".join(json.dumps(model(id=name)).encode() + b"\n" for name in ids)

    def slugs(text: bytes) -> dict[str, str]:
        records = MODELS.records(io.BytesIO(text))
        return {record["id"]: taken(MODELS, record)[0].slug for _, record in records}

    found = slugs(lines)
    assert len(set(found.values())) == len(set(ids))
    # An id that could have been the slug still leads to it.
    aliases = [taken(MODELS, record)[0].aliases for _, record in MODELS.records(io.BytesIO(lines))]
    assert aliases[:5] == [[name] for name in ids[:5]]
    assert found["other/model"] == "other-model"
    assert slugs(b"\n".join(reversed(lines.splitlines()))) == found
    assert len(hub_slug("a" * 96 + "/" + "b" * 120)) <= 200


def test_a_list_in_a_sentence() -> None:
    assert [sentence_list(list(text), most=3) for text in ("", "a", "ab", "abc", "abcd")] == [
        "",
        "a",
        "a and b",
        "a, b and c",
        "a, b and 2 more",
    ]


def test_a_file_that_breaks_off_names_the_line(tmp_path: Path) -> None:
    file = tmp_path / "radar.jsonl"
    file.write_text(json.dumps(model()) + "\n{", encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"radar\.jsonl:2: this is no file of hub-models"):
        list(foreign_lines(MODELS, [str(file)], LeftOut()))
