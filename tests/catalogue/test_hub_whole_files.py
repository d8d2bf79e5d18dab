"""The whole files of the Hub's models and datasets convert, where they are at hand."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from gateway.catalogue.importers import hub_datasets, hub_models
from gateway.catalogue.importers.adapter import Adapter, LeftOut
from gateway.catalogue.importers.reading import foreign_lines

pytestmark = pytest.mark.on_sqlite


DATA = Path(__file__).parents[3] / "shared" / "data"
MODELS, DATASETS = hub_models.ADAPTER, hub_datasets.ADAPTER


def rows(text: bytes) -> int:
    """How many rows a CSV file without line breaks in its fields has below its header."""
    return len(text.splitlines()) - 1


@pytest.mark.parametrize(
    ("adapter", "name", "records"),
    [
        (MODELS, "radar.jsonl.gz", lambda text: len(text.splitlines())),
        (DATASETS, "hf-datasets-2023.csv.gz", rows),
    ],
)
def test_whole_files(adapter: Adapter, name: str, records: Callable[[bytes], int]) -> None:
    file = DATA / name
    if not file.exists():
        pytest.skip(f"{file} is not there, so only made-up records are converted")
    left_out = LeftOut()
    lines = [line for _, line in foreign_lines(adapter, [str(file)], left_out)]
    # Lines that do not validate are among the records left out, each with what is wrong with it.
    assert not [reason for reason in left_out.records if ": " in reason]
    assert len(lines) + left_out.records.total() == records(gzip.decompress(file.read_bytes()))
    assert len(lines) > 10_000
    assert len({line.slug for line in lines}) == len(lines)
    for line in lines:
        tags = [tag for capability in line.capabilities for tag in capability.tags]
        assert all(tag == tag.lower() and " " not in tag for tag in tags), line.slug


def test_no_model_and_dataset_share_a_name() -> None:
    files = {MODELS: DATA / "radar.jsonl.gz", DATASETS: DATA / "hf-datasets-2023.csv.gz"}
    for file in files.values():
        if not file.exists():
            pytest.skip(f"{file} is not there, so there is nothing to compare")
    models, datasets = (
        {name for _, line in foreign_lines(adapter, [str(file)], LeftOut()) for name in (line.slug, *line.aliases)}
        for adapter, file in files.items()
    )
    assert models & datasets == set()
