"""`gateway explain`: the computation of a rank, in the terminal."""

import json
import re

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.on_sqlite


def test_every_number_of_the_rank_can_be_followed(on_shipped: Run) -> None:
    ran = on_shipped("explain", "pytorch")
    assert (ran.returncode, ran.stderr) == (0, "")
    last = re.search(r"^Rank = 100 x \((.*)\) / (\S+) = (\S+)$", ran.stdout, re.MULTILINE)
    assert last is not None
    products = [tuple(map(float, product.split(" x "))) for product in last.group(1).split(" + ")]
    rank = 100 * sum(weight * score for weight, score in products) / float(last.group(2))
    assert rank == pytest.approx(float(last.group(3)), abs=1e-3)
    for dimension, weight, value in re.findall(r"^(\w+), weight (\S+): ([\d.]+), derived", ran.stdout, re.MULTILINE):
        assert (float(weight), float(value)) in products, dimension
    assert "ECOSYSTEM, weight 0.1" in ran.stdout
    assert "MATCH_GRAPH, weight 0.25: not known, and left out" in ran.stdout


def test_a_published_score_names_who_states_it(on_shipped: Run) -> None:
    ran = on_shipped("explain", "the-pile")
    assert "ADOPTION, weight 0.25: 0.96, published\n  stated by " in ran.stdout
    beside = "Somebody publishes scores of it: nothing is derived beside them but what searches say.\n"
    assert beside in ran.stdout
    assert beside not in on_shipped("explain", "pytorch").stdout
    assert re.search(r"\nshown as 59, would be place \d+ of [\d,]+ ranked artifacts of its kind\n$", ran.stdout)
    assert " = 59\n" in ran.stdout


def test_without_enough_figures_it_says_so(on_shipped: Run) -> None:
    shown = [line for line in on_shipped("explain", "helm").stdout.splitlines() if line.startswith("No rank")]
    assert shown == ["No rank: what is known carries 0.15 of the weight, and a rank needs half of it."]


def test_a_place_among_marks_can_be_followed(on_shipped: Run) -> None:
    said = on_shipped("explain", "deepseek-ai-deepseek-r1").stdout
    line = r"_(\w+) ([\d.]+), seen on \S+: its place among (.*), counted from 0: "
    how = r"\((\d+) \+ \((.*) - (.*)\) / \((.*) - (.*)\)\) / (\d+) = ([\d.]+)"
    found = re.findall(line + how, said)
    assert found
    for name, figure, among, *numbers in found:
        marks = among.split(", ")
        step, x, low, high, again, steps, score = numbers
        assert (x, low, high, again) == (figure, marks[int(step)], marks[int(step) + 1], low), name
        assert int(steps) == len(marks) - 1
        place = (int(step) + (float(x) - float(low)) / (float(high) - float(low))) / int(steps)
        assert place == pytest.approx(float(score), abs=1e-4)


def test_providers_are_sourced_by_the_offers(on_shipped: Run) -> None:
    said = on_shipped("explain", "deepseek-ai-deepseek-r1").stdout
    found = re.search(r"\(providers (\d+), seen on .*\n((?:    source: .*\n)+)", said)
    assert found is not None
    sources = found.group(2).splitlines()
    assert len(set(sources)) == len(sources) >= 10
    assert any("models.dev" in source for source in sources)
    assert any("LiteLLM" in source for source in sources)


def test_json_and_an_unknown_slug(on_shipped: Run) -> None:
    found = json.loads(on_shipped("explain", "pytorch", "--json").stdout)
    assert found["artifact"]["slug"] == "pytorch"
    ran = on_shipped("explain", "nothing-like-it")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "UNKNOWN_ARTIFACT: There is no artifact 'nothing-like-it', by slug or by alias.\n"
