"""The whole files of models.dev and LiteLLM are taken, where they are at hand, and every record is accounted for."""

import gzip
import json
from pathlib import Path

import pytest

from gateway.catalogue.importers.adapter import Addition, LeftOut
from gateway.catalogue.importers.litellm_keys import SELLERS, seller_name
from gateway.catalogue.importers.naming import slug_of
from gateway.catalogue.importers.reading import foreign_lines
from gateway.catalogue.importers.registry import adapter
from tests.catalogue.test_import_from import exported
from tests.conftest import Run

pytestmark = pytest.mark.on_sqlite


DATA = Path(__file__).parents[3] / "shared" / "data"
FILES = [("models-dev", "models-dev.jsonl.gz"), ("litellm", "litellm-prices.json.gz")]


def held(name: str) -> Path:
    """A file of the shared data; skips the test where it is not there."""
    if not (DATA / name).exists():
        pytest.skip(f"{DATA / name} is not there, so only made-up records are converted")
    return DATA / name


def records(file: Path) -> int:
    """How many records a file holds."""
    text = gzip.decompress(file.read_bytes())
    return len(text.splitlines()) if file.name.endswith(".jsonl.gz") else len(json.loads(text))


@pytest.mark.parametrize(("source", "name"), FILES)
def test_whole_files(source: str, name: str) -> None:
    file, left_out = held(name), LeftOut()
    lines = [line for _, line in foreign_lines(adapter(source), [str(file)], left_out)]
    # Lines that do not validate are among the records left out, each with the key that is wrong.
    assert not [reason for reason in left_out.records if "; right would be" in reason or "found" in reason]
    assert len(lines) + left_out.records.total() + left_out.within.total() == records(file)
    artifacts = [line for line in lines if not isinstance(line, Addition)]
    names = [name for line in artifacts for name in (line.slug, *line.aliases)]
    assert len(set(names)) == len(names)
    assert len(artifacts) > 200
    assert sum(len(line.offers) for line in lines) > 3_000
    for line in lines:
        tags = [tag for capability in line.capabilities for tag in capability.tags]
        assert all(tag == tag.lower() and " " not in tag for tag in tags), line.slug


@pytest.mark.parametrize(("source", "name"), FILES)
def test_they_are_imported_whole_and_again_without_a_change(gateway: Run, source: str, name: str) -> None:
    file = held(name)
    ran = gateway("import", "--from", source, str(file))
    assert ran.returncode == 0, ran.stderr
    told = (row.partition(": ") for row in ran.stdout.splitlines())
    accounts = ("left out, records", "taken within an artifact")
    counted = sum(int(text.split()[0]) for title, _, text in told if title in accounts)
    assert len(exported(gateway)) + counted == records(file)
    again = gateway("import", "--from", source, str(file))
    assert "artifacts read: 0 added, 0 changed" in again.stdout


def test_known_models_and_their_known_prices(gateway: Run) -> None:
    for source, name in FILES:
        assert gateway("import", "--from", source, str(held(name))).returncode == 0
    found = exported(gateway)
    offers = {
        (offer["provider"], offer["unit"], offer["observed_on"]): offer["price"]
        for offer in found["openai--gpt-4o"]["offers"]
    }
    assert offers["OpenAI", "1M input tokens", "2026-07-02"] == 2.5
    assert offers["OpenAI", "1M input tokens", "2026-11-23"] == 2.5
    assert offers["OpenAI", "1M cached input tokens", "2026-11-23"] == 1.25
    assert found["openai--gpt-4o"]["attributes"]["context_window"]["value"] == 128_000


def test_in_whichever_order_the_sources_come_a_model_is_one(gateway: Run) -> None:
    hub = ("hub-models", "radar.jsonl.gz")
    for source, name in (hub, FILES[1], FILES[0]):
        assert gateway("import", "--from", source, str(held(name))).returncode == 0
    found = exported(gateway)
    names = {name: slug for slug, item in found.items() for name in item.get("aliases", [])}
    for hub_id, other in (("deepseek-ai/DeepSeek-R1", "deepseek/deepseek-r1"), ("zai-org/GLM-5.2", "zhipuai/glm-5.2")):
        assert names[hub_id] == names[other]
    assert {"2026-07-02", "2026-11-23"} <= {item["observed_on"] for item in found[names[hub_id]]["offers"]}
    assert gateway("import", "--from", FILES[0][0], str(held(FILES[0][1]))).stdout.count(" 0 changed") == 1


def test_a_seller_has_the_name_that_models_dev_has_for_it(gateway: Run) -> None:
    listed = gzip.decompress(held("litellm-prices.json.gz").read_bytes())
    sellers = {record.get("litellm_provider") for record in json.loads(listed).values()}
    files = map(json.loads, gzip.decompress(held("models-dev.jsonl.gz").read_bytes()).splitlines())
    names = {file["name"] for file in files if file["path"].endswith("/provider.toml")}
    assert SELLERS.keys() <= sellers
    assert set(SELLERS.values()) <= names
    # None is left under a name of LiteLLM's that differs from the other's in nothing but how it is written.
    plain = {_plain(name) for name in names}
    assert {
        seller for seller in sellers - {None} if seller_name(seller) not in names and _plain(seller) in plain
    } == set()


def _plain(seller: str) -> str:
    return slug_of(seller).replace("-", "")
