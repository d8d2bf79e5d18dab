"""The catalogue that ships: what it holds, and that each figure in it says whose and of when it is."""

import csv
import gzip
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from gateway.catalogue.importers.litellm_keys import SELLERS
from tests.catalogue.lines import CURATED, DRAWN, SEEDS, unpacked

FIRST_PAGE = {"the-pile", "segformer-b0-finetuned-ade-512-512"}
NAMED = FIRST_PAGE | {
    "deeplabv3-plus",
    "pspnet",
    "c4",
    "redpajama",
    "falcon-refinedweb",
    "bookcorpus",
    "codesearchnet",
    "s2orc",
    "laion-5b",
    "glue",
    "humaneval",
    "mmlu",
    "helm",
    "coco",
    "cityscapes",
    "ade20k",
}
REGISTRIES = re.compile(
    r"(.+\.)?(anaconda\.org|cocoapods\.org|cpan\.org|cran\.r-project\.org|crates\.io|deps\.dev|"
    r"hackage\.haskell\.org|hex\.pm|hub\.docker\.com|libraries\.io|mvnrepository\.com|npmjs\.com|npmjs\.org|"
    r"nuget\.org|packagist\.org|pkg\.go\.dev|proxy\.golang\.org|pub\.dev|pypi\.org|pypistats\.org|"
    r"pythonhosted\.org|rubygems\.org|search\.maven\.org)"
)
DATA = Path(__file__).parents[3] / "shared" / "data"
PAGE = Path(__file__).parents[3] / "shared" / "seeds" / "first-page.txt"
SHARE_ALIKE = "share-alike.jsonl.gz"


def read(path: Path) -> dict[str, Any]:
    """The artifacts of a file by slug."""
    return {artifact["slug"]: artifact for artifact in map(json.loads, unpacked(path).splitlines())}


ARTIFACTS: dict[str, Any] = {slug: artifact for path in CURATED for slug, artifact in read(path).items()}
FILES = {path.name: read(path) for path in DRAWN}
ALL: dict[str, Any] = ARTIFACTS | {slug: artifact for file in FILES.values() for slug, artifact in file.items()}


def runs_of_words(text: str, length: int = 8) -> set[tuple[str, ...]]:
    """Words in a row that are too many to be the same by chance."""
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def figures(artifact: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Everything that is a figure or a fact of its own, with a name to tell it by."""
    yield from artifact.get("scores", {}).items()
    yield from artifact.get("attributes", {}).items()
    yield from ((signal["name"], signal) for signal in artifact.get("signals", []))
    yield from ((offer["provider"], offer) for offer in artifact.get("offers", []))


def sources(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if "source" in value:
            yield value["source"]
        for part in value.values():
            yield from sources(part)
    elif isinstance(value, list):
        for part in value:
            yield from sources(part)


def test_it_is_wide() -> None:
    assert len(ARTIFACTS) >= 24
    assert len({artifact["kind"] for artifact in ARTIFACTS.values()}) >= 5
    assert set() == NAMED - ARTIFACTS.keys()
    assert len(ALL) == len(ARTIFACTS) + sum(map(len, FILES.values())) >= 3_000
    kinds = Counter(artifact["kind"] for artifact in ALL.values())
    assert len([kind for kind, count in kinds.items() if count >= 4]) >= 6


def test_it_is_small() -> None:
    assert sum(len(gzip.compress(path.read_bytes())) for path in [*CURATED, *DRAWN]) < 3_000_000


def test_what_is_share_alike_stands_apart_and_says_so() -> None:
    def marked(value: Any) -> set[bool]:
        return {"CC BY-SA 4.0" in source["title"] for source in sources(value)}

    assert marked(FILES[SHARE_ALIKE]) == {True}
    assert marked([artifact for artifact in ALL.values() if artifact["slug"] not in FILES[SHARE_ALIKE]]) == {False}


@pytest.mark.parametrize("path", DRAWN, ids=lambda path: path.name)
def test_what_an_artifact_is_stands_in_a_sentence_of_our_own(path: Path) -> None:
    lines = (SEEDS / "descriptions" / path.name.removesuffix(".gz")).read_text(encoding="utf-8").splitlines()
    written = {line["slug"]: line["summary"] for line in map(json.loads, lines)}
    assert len(written) == len(lines)
    shipped = FILES[path.name]
    assert written == {slug: one["summary"] for slug, one in shipped.items() if "summary" in one}
    assert len(written) >= 0.98 * len(shipped)
    assert {slug for slug, summary in written.items() if not summary.endswith(".")} == set()


def test_no_summary_has_a_figure_as_it_would_have_no_source() -> None:
    # Names have numbers too, so a figure is told by what it counts.
    figure = re.compile(
        r"(?<![\w.-])\d[\d,.]*\s*(%|(percent|thousand|million|billion|trillion|k|[GT]B|hours?|minutes?|years?|languages|"
        r"classes|categories|labels|sentences|pairs|questions|documents|texts|words|tokens|parameters|speakers|people|"
        r"tasks|tools|users|stars|downloads|rows|examples)\b)",
        re.IGNORECASE,
    )
    ours = {slug: one.get("summary", "") for file in FILES.values() for slug, one in file.items()}
    assert {slug: found[0] for slug, summary in ours.items() if (found := figure.search(summary))} == {}


@pytest.mark.skipif(not DATA.is_dir(), reason="the collections are not beside the project")
def test_no_summary_copies_a_sentence_of_its_source() -> None:
    said = [json.loads(one).get("description") or "" for one in unpacked(DATA / "mcp-packages.jsonl.gz").splitlines()]
    for name, column in (("best-of-ml-python.csv.gz", "description"), ("epoch-notable-models.csv.gz", "Abstract")):
        said += [one[column] for one in csv.DictReader(io.StringIO(unpacked(DATA / name)))]
    theirs = {run for text in said for run in runs_of_words(text)}
    assert len(theirs) > 10_000
    ours = {slug: one["summary"] for file in FILES.values() for slug, one in file.items() if "summary" in one}
    assert {slug: summary for slug, summary in ours.items() if theirs & runs_of_words(summary)} == {}


def test_each_collection_is_credited_as_its_licence_asks() -> None:
    page = (SEEDS / "SOURCES.md").read_text(encoding="utf-8")
    for credit in (
        "radar-huggingface-dataset - HF//RADAR, data of the Hugging Face Hub",
        "Epoch AI",
        "CC BY 4.0",
        "CC BY-SA 4.0",
    ):
        assert credit in page
    collections = re.compile(r"https://github\.com/[^/]+/[^/]+")
    used = Counter(
        found[0]
        for file in FILES.values()
        for source in sources(list(file.values()))
        if (found := collections.match(source.get("url", "")))
    )
    assert {url for url, count in used.items() if count > 500 and url not in page} == set()


def test_every_figure_is_dated_and_sourced() -> None:
    for slug, artifact in ALL.items():
        for name, figure in figures(artifact):
            assert isinstance(figure, dict), f"{slug}: {name} has neither a date nor a source"
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", figure.get("observed_on", "")), f"{slug}: {name}"
            assert figure.get("source", {}).get("title", "").strip(), f"{slug}: {name}"


def test_no_source_is_a_package_registry() -> None:
    hosts = {urlsplit(source.get("url", "")).hostname or "" for source in sources(list(ALL.values()))}
    assert len(hosts) > 1
    assert {host for host in hosts if REGISTRIES.fullmatch(host)} == set()


def test_one_thing_ships_once() -> None:
    names = Counter(name for slug, artifact in ALL.items() for name in {slug, *artifact.get("aliases", [])})
    assert [name for name, count in names.items() if count > 1] == []
    # The Hub's first id of it, which its downloads of 2023 are of.
    assert "the_pile" in ALL["the-pile"]["aliases"]


def test_one_seller_has_one_name() -> None:
    providers = {offer["provider"] for artifact in ALL.values() for offer in artifact.get("offers", [])}
    assert {"Deep Infra", "Together AI", "Weights & Biases"} <= providers
    assert {seller for seller in SELLERS if SELLERS[seller] != seller} & providers == set()


def test_what_the_hub_says_nothing_of_is_not_said() -> None:
    assert [slug for slug, artifact in FILES["models.jsonl.gz"].items() if "pricing" in artifact] == []


def test_only_the_first_page_has_scores_and_they_say_what_they_are() -> None:
    scored = {slug for slug, artifact in ALL.items() if artifact.get("scores")}
    assert scored == FIRST_PAGE
    for slug in scored:
        for dimension, score in ARTIFACTS[slug]["scores"].items():
            title = score["source"]["title"]
            # The one that is not chosen repeats what the page shows, and claims no more than that.
            assert "not a measurement" in title or title == "The first comparison page shows 0", dimension


@pytest.mark.parametrize("slug", ARTIFACTS)
def test_capabilities_are_described(slug: str) -> None:
    capabilities = ARTIFACTS[slug]["capabilities"]
    assert len(capabilities) >= 2
    assert all(len(capability["description"]) >= 40 for capability in capabilities)


def test_what_was_drawn_is_described_too() -> None:
    for slug, artifact in ALL.items():
        for capability in artifact.get("capabilities", []):
            assert capability["tags"], slug
            assert len(capability["description"].split()) >= 4, slug
    described = sum(bool(artifact.get("capabilities")) for artifact in ALL.values())
    assert described / len(ALL) > 0.9


def test_nothing_is_copied_from_the_first_page() -> None:
    if not PAGE.exists():
        pytest.skip(f"{PAGE} is not there, so nothing can be compared with it")

    def runs(text: str) -> set[str]:
        words = re.findall(r"[\w%./+-]*\w", text.lower())
        return {" ".join(words[start : start + 8]) for start in range(len(words) - 7)}

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for part in value.values() if isinstance(value, dict) else value:
                yield from texts(part)

    page = runs(PAGE.read_text())
    assert len(page) > 1_000
    copied = {run for artifact in ALL.values() for text in texts(artifact) for run in runs(text) & page}
    assert copied == set()
