"""How large a model may be is asked in words, and met by what is stated of its parameters."""

import subprocess
from collections.abc import Iterator

import pytest

from tests.catalogue.lines import line, written
from tests.conftest import GATEWAY, Make, environment, serving
from tests.search.conftest import Search, searching, slugs

SIZES = {"tiny": 270e6, "small": 3e9, "seven": 7.24e9, "large": 70e9, "huge": 1e12}


def stated(slug: str, parameters: object) -> str:
    source = {"title": "made for the test"}
    attributes = {"parameters": {"value": parameters, "observed_on": "2026-01-01", "source": source}}
    return line(slug, name=f"Quokka {slug}", attributes=attributes)


@pytest.fixture(scope="module")
def search_sized(new_address: Make, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    """Searches models of these sizes, one of which nothing is known, one of which no number is, and others beside."""
    address = new_address()
    others = (line(f"other-{number}", name=f"Wombat {number}") for number in range(60))
    lines = [
        *map(stated, SIZES, SIZES.values()),
        line("unknown", name="Quokka unknown"),
        stated("odd", "many"),
        *others,
    ]
    file = written(tmp_path_factory.mktemp("sizes") / "catalogue.jsonl", lines)
    subprocess.run([GATEWAY, "import", file, "--database", address], env=environment(), check=True, capture_output=True)
    with serving(address) as running:
        yield searching(running)


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("quokka under 1b", {"tiny"}),
        ("quokka below 300M parameters", {"tiny"}),
        ("quokka smaller than 3.5 billion", {"tiny", "small"}),
        ("quokka, at most 8b params", {"tiny", "small", "seven"}),
        ("Quokka <= 100B", {"tiny", "small", "seven", "large"}),
        ("quokka over 65b", {"large", "huge"}),
        ("quokka over 2b and under 8b", {"small", "seven"}),
        ("quokka with at least 0.5t parameters", {"huge"}),
    ],
)
def test_what_is_of_the_size_comes_first(search_sized: Search, text: str, met: set[str]) -> None:
    found = slugs(search_sized(text))
    assert set(found[: len(met)]) == met
    # What is not known is not small, and is found all the same.
    assert set(found) == {*SIZES, "unknown", "odd"}


@pytest.mark.parametrize("text", ["quokka under 5 million rows", "quokka 7b", "quokka under 24 gb", "quokka under b"])
def test_other_numbers_are_no_sizes(search_sized: Search, text: str) -> None:
    scores = {edge["node"]["artifact"]["slug"]: edge["node"]["score"] for edge in search_sized(text)["edges"]}
    assert scores["tiny"] == pytest.approx(scores["huge"])


def test_a_size_alone_is_a_question(search_sized: Search) -> None:
    assert set(slugs(search_sized("under 4b"))) == {"tiny", "small"}
