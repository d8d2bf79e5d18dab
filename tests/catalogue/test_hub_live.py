"""`gateway import --from hub` asks the Hub, here a stand-in for it, and takes what it says today."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gateway.catalogue.importers import hub_asking
from gateway.errors import SourceError
from tests.catalogue.hub_stand_in import StandIn, standing_in
from tests.catalogue.lines import line
from tests.conftest import GATEWAY, environment

Import = Callable[..., subprocess.CompletedProcess[str]]
DATE = "%Y-%m-%d"


@pytest.fixture
def hub() -> Iterator[StandIn]:
    """A stand-in for the Hub."""
    with standing_in() as stand_in:
        yield stand_in


@pytest.fixture
def run(hub: StandIn, tmp_path: Path) -> Import:
    """Runs the command line with the stand-in as the Hub."""

    def run(*arguments: str, input: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        own = {name: value for name, value in environment().items() if not name.startswith(("HF_", "HUGGING"))}
        at = {"HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path / "hf"), "NO_PROXY": "127.0.0.1"}
        return subprocess.run(
            [GATEWAY, *arguments],
            env=own | at | variables,
            cwd=tmp_path,
            input=input,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


def catalogue(run: Import) -> dict[str, dict[str, Any]]:
    """What the catalogue holds, by slug."""
    return {item["slug"]: item for item in map(json.loads, run("export").stdout.splitlines())}


def test_what_the_hub_says_of_a_model_and_a_dataset_becomes_lines(hub: StandIn, run: Import) -> None:
    hub.model()
    hub.dataset()
    first = datetime.now(UTC).strftime(DATE)
    ran = run("import", "--from", "hub", "openai-community/gpt2", "datasets/nyu-mll/glue")
    last = datetime.now(UTC).strftime(DATE)
    assert ran.returncode == 0, ran.stderr
    assert "2 artifacts read: 2 added" in ran.stdout
    found = catalogue(run)
    model, dataset = found["openai-community-gpt2"], found["nyu-mll-glue"]
    dated = [item for one in (model, dataset) for item in (*one["signals"], *one.get("attributes", {}).values())]
    assert {item.pop("observed_on") for item in dated} <= {first, last}
    assert [item.pop("source") for item in dated] == [{"title": "Hugging Face Hub", "url": hub.url}] * len(dated)
    assert {item.pop("slug") for item in model.pop("capabilities")} == {
        "text-generation",
        "languages",
        "file-formats",
        "library",
    }
    assert model == {
        "slug": "openai-community-gpt2",
        "name": "gpt2",
        "kind": "MODEL",
        "publisher": "openai-community",
        "homepage": f"{hub.url}/openai-community/gpt2",
        "license": "MIT",
        "license_use": "OPEN",
        "availability": "AVAILABLE",
        "tasks": ["text-generation"],
        # It was created on the day that the Hub moved, which says nothing of its release.
        "updated_on": "2024-02-19",
        "aliases": ["gpt2", "openai-community/gpt2"],
        "signals": [
            {"name": "downloads_30d", "value": 17_000_000, "unit": "downloads"},
            {"name": "likes", "value": 2900, "unit": "likes"},
        ],
        "attributes": {
            "formats": {"value": ["safetensors", "onnx"]},
            "languages": {"value": ["en"]},
            "library": {"value": "transformers"},
            "parameters": {"value": 137_022_720},
            "storage_bytes": {"value": 18_345_893_411, "unit": "bytes"},
        },
    }
    assert [item["slug"] for item in dataset.pop("capabilities")] == ["text-classification"]
    assert dataset == {
        "slug": "nyu-mll-glue",
        "name": "glue",
        "kind": "DATASET",
        "publisher": "nyu-mll",
        "homepage": f"{hub.url}/datasets/nyu-mll/glue",
        "license": "glue-terms",
        "availability": "AVAILABLE",
        "tasks": ["text-classification"],
        "released_on": "2022-03-10",
        "updated_on": "2024-01-30",
        "aliases": ["glue", "nyu-mll/glue"],
        "signals": [
            {"name": "downloads_30d", "value": 400_000, "unit": "downloads"},
            {"name": "likes", "value": 430, "unit": "likes"},
        ],
    }


def test_a_live_record_joins_what_a_file_told(hub: StandIn, run: Import) -> None:
    hub.model()
    old = {"name": "likes", "value": 1, "observed_on": "2024-01-01", "source": {"title": "a file"}}
    run("import", "-", input=line("ours", aliases=["openai-community/gpt2"], summary="Ours.", signals=[old]))
    assert "1 changed" in run("import", "--from", "hub", "openai-community/gpt2").stdout
    [artifact] = catalogue(run).values()
    assert (artifact["slug"], artifact["summary"]) == ("ours", "Ours.")
    assert [item["value"] for item in artifact["signals"] if item["name"] == "likes"] == [1, 2900]


@pytest.mark.parametrize(
    ("name", "path"), [("gpt2-old", "models/gpt2-old"), ("datasets/glue-old", "datasets/glue-old")]
)
def test_the_id_that_the_hub_leads_away_from_is_an_alias(hub: StandIn, run: Import, name: str, path: str) -> None:
    hub.model()
    hub.dataset()
    old = path.partition("/")[2]
    new = {"gpt2-old": "openai-community/gpt2", "glue-old": "nyu-mll/glue"}[old]
    hub.moved(path, path.replace(old, new))
    assert run("import", "--from", "hub", name).returncode == 0
    [artifact] = catalogue(run).values()
    assert {old, new} <= set(artifact["aliases"])
    assert [asked for asked, _ in hub.asked] == [f"/api/{path}", f"/api/{path.replace(old, new)}"]


@pytest.mark.parametrize("more", [{"gated": "auto"}, {"gated": "manual"}, {"private": True}])
def test_what_is_given_on_request_is_gated(hub: StandIn, run: Import, more: dict[str, Any]) -> None:
    hub.model(**more)
    hub.dataset(**more)
    run("import", "--from", "hub", "openai-community/gpt2", "datasets/nyu-mll/glue")
    assert {artifact["availability"] for artifact in catalogue(run).values()} == {"GATED"}


def test_what_the_hub_does_not_say_is_not_said(hub: StandIn, run: Import) -> None:
    hub.answers["/api/models/a/silent"] = (200, {}, {"id": "a/silent"})
    hub.answers["/api/datasets/a/quiet"] = (200, {}, {"id": "a/quiet", "cardData": {"license": ["mit", "apache-2.0"]}})
    ran = run("import", "--from", "hub", "a/silent", "datasets/a/quiet")
    assert ran.returncode == 0, ran.stderr
    assert "1 license: several" in ran.stdout
    found = catalogue(run)
    assert found["a-silent"].keys() == {"slug", "name", "kind", "homepage", "availability", "aliases"}
    assert found["a-quiet"].keys() == {"slug", "name", "kind", "homepage", "availability", "aliases"}


def test_bases_and_quantised_files_are_read_as_from_a_file(hub: StandIn, run: Import) -> None:
    hub.model(
        id="a/copy",
        tags=["gguf", "base_model:openai-community/gpt2", "base_model:quantized:openai-community/gpt2"],
        cardData={"base_model": ["openai-community/gpt2"], "language": ["en", "fr"], "license": "other"},
        safetensors=None,
        gguf={"total": 124_000_000, "architecture": "gpt2"},
        siblings=[{"rfilename": "q4.gguf"}],
    )
    ran = run("import", "--from", "hub", "a/copy")
    assert "left out, parts: 1 license: names none" in ran.stdout
    [artifact] = catalogue(run).values()
    assert (artifact["kind"], artifact["attributes"]["base_model"]["value"]) == ("MODEL", "openai-community/gpt2")
    assert artifact["attributes"]["parameters"]["value"] == 124_000_000
    assert artifact["attributes"]["formats"]["value"] == ["gguf"]


HEADERS: dict[str, str] = {}


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ((404, {"X-Error-Code": "RepoNotFound"}, {"error": "Repository not found"}), "HUB_NOT_FOUND", "a/other"),
        ((401, HEADERS, {"error": "Invalid username or password."}), "HUB_NOT_FOUND", "private"),
        ((401, {"X-Error-Message": "Invalid credentials in Authorization header"}, {}), "HUB_FORBIDDEN", "token"),
        ((403, {"X-Error-Code": "GatedRepo"}, {"error": "gated"}), "HUB_GATED", "access"),
        ((403, {"X-Error-Message": "Access to this resource is disabled."}, {}), "HUB_DISABLED", "leave it out"),
        ((200, HEADERS, {"id": "a/other", "disabled": True}), "HUB_DISABLED", "leave it out"),
        ((429, {"Retry-After": "77"}, {"error": "slow down"}), "HUB_RATE_LIMIT", "try again in 77 s"),
        ((429, HEADERS, {"error": "slow down"}), "HUB_RATE_LIMIT", "try again later"),
        ((503, HEADERS, {"error": "busy"}), "HUB_FAILED", "503"),
        ((200, HEADERS, {"name": "no id"}), "HUB_ODD_ANSWER", "a/other"),
        ((200, HEADERS, {"id": "no id at all"}), "HUB_ODD_ANSWER", "no id at all"),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "HUB_ODD_ANSWER", "a/other"),
        ((307, {"Location": "/api/models/a/other"}, {}), "HUB_UNREACHABLE", "a/other"),
    ],
)
def test_why_there_is_no_answer_is_told_and_nothing_is_taken(
    hub: StandIn, run: Import, answer: Any, code: str, said: str
) -> None:
    hub.model()
    hub.answers["/api/models/a/other"] = answer
    ran = run("import", "--from", "hub", "openai-community/gpt2", "a/other")
    assert (ran.returncode, ran.stderr.partition(":")[0]) == (2, code), ran.stderr
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert run("export").stderr.startswith("NO_CATALOGUE: ")


@pytest.mark.parametrize("name", ["a/b/c", "a b", "", "a--b", "datasets/", "../etc", "https://huggingface.co/gpt2"])
def test_what_is_no_id_is_not_asked_for(hub: StandIn, run: Import, name: str) -> None:
    ran = run("import", "--from", "hub", name)
    assert (ran.returncode, ran.stderr.partition(":")[0]) == (2, "BAD_HUB_ID")
    assert hub.asked == []


@pytest.mark.parametrize("variables", [{"HF_ENDPOINT": "http://127.0.0.1:9"}, {"HF_HUB_OFFLINE": "1"}])
def test_a_hub_that_cannot_be_reached(run: Import, variables: dict[str, str]) -> None:
    ran = run("import", "--from", "hub", "openai-community/gpt2", **variables)
    assert (ran.returncode, ran.stderr.partition(":")[0]) == (2, "HUB_UNREACHABLE")
    assert "Traceback" not in ran.stderr


def test_a_hub_that_does_not_answer_in_time(hub: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.patience = 2
    monkeypatch.setattr(hub_asking, "TIMEOUT", 0.2)
    api = hub_asking.hub_api()
    api.endpoint = hub.url
    with pytest.raises(SourceError, match=r"did not answer in 0\.2 s for a/b") as told:
        hub_asking.ask(api, "a/b")
    assert told.value.code == "HUB_TIMEOUT"


def test_the_token_is_the_librarys_and_is_told_to_nobody(hub: StandIn, run: Import) -> None:
    hub.model()
    hub.answers["/api/models/a/other"] = (429, {}, {})
    variables = {"HF_TOKEN": "hf_made_up"}
    run("import", "--from", "hub", "openai-community/gpt2", **variables)
    assert [token for _, token in hub.asked] == ["Bearer hf_made_up"]
    ran = run("import", "--from", "hub", "a/other", **variables)
    assert "hf_made_up" not in ran.stdout + ran.stderr


def test_without_the_library_the_extra_is_named(tmp_path: Path) -> None:
    code = "import sys; sys.modules['huggingface_hub'] = None; from gateway.cli import app; app()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "import", "--from", "hub", "gpt2"],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("HUB_NOT_INSTALLED: ")
    assert "comparison-gateway[hub]" in ran.stderr
