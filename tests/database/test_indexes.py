"""The reads of the API find their rows by an index; none of them goes through a table."""

from collections.abc import Iterator
from typing import Any

import pytest

from gateway.database import open_database
from tests.conftest import copied
from tests.database.planner import Planner

LIST = """
query ($order: ArtifactOrder, $filter: ArtifactFilter, $after: String) {
  artifacts(orderBy: $order, filter: $filter, first: 5, after: $after) {
    pageInfo { endCursor } edges { node { name } }
  }
}
"""


@pytest.fixture(scope="module")
def planner(
    loaded_sqlite: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Planner]:
    with copied(loaded_sqlite, tmp_path_factory.mktemp("indexes"), request) as address:
        database = open_database(address)
        yield Planner(database)
        database.close()


def test_artifact_by_slug(planner: Planner) -> None:
    _, steps = planner.run('{ artifact(slug: "c4") { name } }')
    assert len(steps) == 1
    assert steps[0].startswith("SEARCH artifact USING INDEX sqlite_autoindex_artifact_1 (slug=?)")


def test_artifact_by_alias(planner: Planner) -> None:
    _, steps = planner.run('{ artifact(slug: "EleutherAI/pile") { name } }')
    assert any(step.startswith("SEARCH alias USING") for step in steps)
    assert [step for step in steps if "SCAN" in step] == []


@pytest.mark.parametrize(
    ("conditions", "index"),
    [
        ({}, None),
        ({"kinds": ["DATASET"]}, "artifact_by_kind"),
        ({"kinds": ["DATASET", "MODEL"], "pricings": ["FREE"]}, "artifact_by_kind"),
        ({"publishers": ["Google"]}, "artifact_by_publisher"),
        ({"licenseUses": ["OPEN"]}, "artifact_by_license_use"),
        ({"availabilities": ["AVAILABLE", "GATED"]}, "artifact_by_availability"),
    ],
)
@pytest.mark.parametrize(
    ("order", "own"),
    [
        ({"field": "RANK"}, "artifact_by_rank"),
        ({"field": "RANK", "direction": "ASC"}, "artifact_by_rank"),
        ({"field": "NAME"}, "artifact_by_name"),
        ({"field": "RELEASED_ON", "direction": "ASC"}, "artifact_by_release"),
        ({"field": "CAPABILITY_COUNT"}, "artifact_by_capability_count"),
    ],
)
def test_a_page_is_read_in_the_order_of_an_index(
    planner: Planner, order: dict[str, str], own: str, conditions: dict[str, Any], index: str | None
) -> None:
    data, first = planner.run(LIST, order=order, filter=conditions)
    _, following = planner.run(LIST, order=order, filter=conditions, after=data["artifacts"]["pageInfo"]["endCursor"])
    one_publisher = index == "artifact_by_publisher"
    for steps in (first, following):
        for step, then in zip(steps, [*steps[1:], ""], strict=True):
            if " artifact " not in f"{step} " or "INTEGER PRIMARY KEY" in step:
                continue
            used = {own, index} if one_publisher or order["field"] != "RANK" else {index or own}
            assert any(f" INDEX {name}" in step for name in used if name), steps
            # A page sorts no more than it holds; only what one publisher has is few enough to be sorted.
            assert then != "USE TEMP B-TREE FOR ORDER BY" or one_publisher, steps


def test_window_of_capabilities(planner: Planner) -> None:
    query = 'query ($a: String) { artifact(slug: "c4") { capabilities(first: 2, after: $a) { %s } } }'
    data, first = planner.run(query % "pageInfo { endCursor } edges { node { name } }")
    cursor = data["artifact"]["capabilities"]["pageInfo"]["endCursor"]
    _, next_page = planner.run(query % "edges { node { description } }", a=cursor)
    for steps in (first, next_page):
        found = [step for step in steps if "capability" in step]
        assert len(found) == 1, steps
        assert found[0].startswith("SEARCH capability USING INDEX")
        assert "(artifact_id=? AND position>? AND position<?)" in found[0]
        assert [step for step in steps if "SCAN" in step] == []


@pytest.mark.parametrize(
    "part",
    [
        "scores { value source { title } }",
        "score(dimension: QUALITY) { value }",
        "signals { name value history { value } }",
        'signals(names: ["likes"]) { value }',
        "attributes { number source { url } }",
        'attribute(key: "tokens") { display }',
        "offers { price }",
        "aliases",
        "capabilities { totalCount }",
    ],
)
def test_what_hangs_on_an_artifact(part: str, planner: Planner) -> None:
    _, steps = planner.run(f'{{ comparison(of: ["c4", "the-pile"]) {{ artifacts {{ slug {part} }} }} }}')
    assert steps
    assert [step for step in steps if "SCAN" in step] == []


def test_alternatives(planner: Planner) -> None:
    _, steps = planner.run('{ artifact(slug: "c4") { alternatives(first: 3) { edges { nearness node { slug } } } } }')
    # Only what was found already, and stands in a table of its own for this statement, is gone through.
    scanned = {step.split()[1].split("_")[0] for step in steps if step.startswith("SCAN")}
    found = {"best", "candidates", "mine", "nearest", "shared", "some", "topics", "whole"}
    assert {name for name in scanned if not name.startswith("(subquery")} <= found
    assert any("topic_name (name=? AND kind=? AND artifact_id<?)" in step for step in steps)
