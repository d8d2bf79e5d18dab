"""What a page of a list reads does not grow with the catalogue, and neither do positions."""

from bisect import bisect_left
from collections.abc import Iterator
from operator import neg
from pathlib import Path
from typing import Any

import pytest

from gateway import listing
from gateway.catalogue import standing
from gateway.catalogue.loading import load
from gateway.catalogue.shipped import shipped_scorecard
from gateway.database import open_database
from schema.rules.vocabulary import Availability
from tests.bench.generating import lines
from tests.database.planner import Planner

SMALL, LARGE = 400, 4_000
FIELDS = ("RANK", "NAME", "CAPABILITY_COUNT", "TIMES_MATCHED", "RELEASED_ON", "UPDATED_ON")
FILTERS: dict[str, dict[str, list[str]]] = {
    "everything": {},
    "a kind": {"kinds": ["DATASET"]},
    "kinds": {"kinds": ["MODEL", "DATASET", "MODEL"], "pricings": ["FREE", "PAID"]},
    "licence uses": {"licenseUses": ["OPEN", "RESTRICTED"], "availabilities": ["AVAILABLE"]},
    "tasks": {"tasks": ["text-generation", "translation"], "kinds": ["MODEL", "FINE_TUNE"]},
    "tasks alone": {"tasks": ["text-generation", "translation", "code-generation"]},
    "nothing": {"kinds": []},
}
LIST = """
query ($filter: ArtifactFilter, $by: ArtifactOrder, $first: Int, $after: String, $last: Int, $before: String) {
  artifacts(filter: $filter, orderBy: $by, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node {
      slug name kind pricing availability tasks releasedOn updatedOn timesMatched
      license { use } rank { exact position of } capabilities { totalCount }
    } }
    pageInfo { hasNextPage hasPreviousPage }
  }
}
"""

ORDER = """
query ($filter: ArtifactFilter, $by: ArtifactOrder, $first: Int, $after: String, $last: Int, $before: String) {
  artifacts(filter: $filter, orderBy: $by, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor }
  }
}
"""
"""What is read of a page whose artifacts are kept."""


def generated(folder: Path, size: int) -> Planner:
    """A planner on a made-up catalogue."""
    file = folder / f"{size}.jsonl"
    file.write_bytes(b"".join(lines(size)))
    database = open_database(f"sqlite:///{folder / f'{size}.db'}")
    load(database, [str(file)], shipped_scorecard())
    return Planner(database)


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Planner, Planner]]:
    """A small catalogue and a large one, in which what is kept small stays small enough to tell them apart."""
    folder = tmp_path_factory.mktemp("lists")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing, "APART", 10)
        patch.setattr(listing, "FEW", 10)
        made = generated(folder, SMALL), generated(folder, LARGE)
        yield made
        for planner in made:
            planner.database.close()


def walked(planner: Planner) -> list[dict[str, Any]]:
    """All artifacts, removed ones too, best ranked first."""
    found: list[dict[str, Any]] = []
    cursor = None
    every = {"availabilities": [value.name for value in Availability]}
    while True:
        page = planner.data(LIST, filter=every, first=61, after=cursor)["artifacts"]
        found += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        cursor = page["edges"][-1]["cursor"]


CASES = {
    **{f"{field} {way}": ({}, field, way) for field in FIELDS for way in ("ASC", "DESC")},
    **{name: (FILTERS[name], "RANK", "DESC") for name in FILTERS},
    "a kind by name": (FILTERS["a kind"], "NAME", "ASC"),
    "a task by day": ({"tasks": ["text-generation"]}, "UPDATED_ON", "DESC"),
    "a licence use that nothing has": ({"licenseUses": ["PROPRIETARY"]}, "RANK", "DESC"),
    "a publisher that there is not": ({"publishers": ["Nobody"]}, "NAME", "DESC"),
}


@pytest.mark.parametrize("where", ["front", "after", "end", "before"])
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("query", [LIST, ORDER], ids=["whole", "order"])
def test_a_page_reads_as_much_of_a_large_catalogue(
    query: str, case: str, where: str, catalogues: tuple[Planner, Planner]
) -> None:
    filter, field, direction = CASES[case]
    work = []
    for planner in catalogues:
        given: dict[str, Any] = {"filter": filter, "by": {"field": field, "direction": direction}}
        size = "last" if where in ("end", "before") else "first"
        if where in ("after", "before"):
            # Far into the part that is not known, or that is level, where there is one.
            edges = planner.data(LIST, **given, **{"first" if size == "last" else "last": 30})["artifacts"]["edges"]
            if not edges:
                return
            given[where] = edges[-1 if size == "last" else 0]["cursor"]
        work.append(planner.work(query, **given, **{size: 10}))
    small, large = work
    # Ten times as many artifacts; how soon a walk meets enough of a task varies with the place.
    assert large <= 2 * small + 500


def test_positions_are_places_among_the_ranked_of_a_kind(catalogues: tuple[Planner, Planner]) -> None:
    _, large = catalogues
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for node in walked(large):
        if node["rank"]:
            by_kind.setdefault(node["kind"], []).append(node)
    assert len(by_kind) > 5
    for nodes in by_kind.values():
        # What has been removed is not counted, and has the place that it would have.
        values = [node["rank"]["exact"] for node in nodes if node["availability"] != "REMOVED"]
        assert len(values) < len(nodes)
        assert {node["rank"]["of"] for node in nodes} == {len(values)}
        for node in nodes:
            assert node["rank"]["position"] == 1 + bisect_left(values, -node["rank"]["exact"], key=neg)
