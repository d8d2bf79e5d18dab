"""Lists of artifacts: whatever they are ordered by and limited to, their pages are one list, from either end."""

import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.catalogue.lines import SOURCE, line, written
from tests.conftest import GATEWAY, Make, Server, environment, serving

NAMES = ("name", "Name", "_name", "Émile", "alpha-2", "alpha 10", "Zeta")
"""Names that a dictionary and a list of characters put in different orders."""
KINDS, PRICES = ("MODEL", "DATASET", "LIBRARY"), ("FREE", "PAID", None)
QUERY = """
query List($order: ArtifactOrder, $filter: ArtifactFilter, $first: Int, $after: String, $last: Int, $before: String) {
  artifacts(orderBy: $order, filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { ...Sorted } }
  }
}
fragment Sorted on Artifact {
  slug name kind pricing publisher tasks releasedOn updatedOn availability rank { exact } capabilities { totalCount }
}
"""


def made(number: int) -> str:
    """An artifact that is level with others in most things, and does not know some of them."""
    more: dict[str, Any] = {"name": NAMES[number % len(NAMES)], "kind": KINDS[number % 3]}
    if PRICES[number % 3]:
        more["pricing"] = PRICES[number % 2]
    if number % 4:
        more["released_on"] = f"20{10 + number % 5}-01-01"
        more["publisher"] = f"P{number % 2}"
    if number % 3:
        more["updated_on"] = f"2026-0{1 + number % 4}-01"
    if number % 5:
        score = {"value": (number % 6) / 6, "basis": "PUBLISHED", "source": SOURCE}
        more["scores"] = {"adoption": score, "quality": score}
    more["tasks"] = ["common"] if number % 3 else ["common", "rare"]
    more["availability"] = "REMOVED" if number % 11 == 0 else "AVAILABLE"
    more["capabilities"] = [{"slug": f"c{at}", "name": "C", "description": "It does."} for at in range(number % 4)]
    return line(f"a{number:02}", **more)


@pytest.fixture(scope="module")
def lists(
    new_address: Make, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Server]:
    """A gateway with 60 artifacts."""
    file = written(tmp_path_factory.mktemp("lists") / "a.jsonl", [made(number) for number in range(60)])
    address = new_address()
    subprocess.run([GATEWAY, "import", file, "--database", address], env=environment(), check=True, capture_output=True)
    with serving(address) as running:
        yield running


ORDERS = [
    {"field": field, "direction": direction}
    for field in ("RANK", "NAME", "CAPABILITY_COUNT", "TIMES_MATCHED", "RELEASED_ON", "UPDATED_ON")
    for direction in ("ASC", "DESC")
]
FILTERS: list[dict[str, Any]] = [
    {},
    {"kinds": ["MODEL"]},
    {"kinds": ["DATASET", "MODEL"], "pricings": ["FREE"]},
    {"publishers": ["P1", "P0"]},
    {"tasks": ["rare"]},
    {"tasks": ["common", "rare"], "kinds": ["LIBRARY", "MODEL"]},
    {"availabilities": ["REMOVED", "AVAILABLE"]},
    {"publishers": ["nobody"]},
]


def meets(node: dict[str, Any], conditions: dict[str, Any]) -> bool:
    """Whether an artifact meets the conditions of a list, told without the gateway."""
    if "availabilities" not in conditions and node["availability"] == "REMOVED":
        return False
    own = {
        "kinds": [node["kind"]],
        "pricings": [node["pricing"]],
        "publishers": [node["publisher"]],
        "tasks": node["tasks"],
        "availabilities": [node["availability"]],
    }
    return all(set(own[name]) & set(values) for name, values in conditions.items())


def key(node: dict[str, Any], field: str) -> Any:
    """What an artifact is sorted by; None where it is not known."""
    if field == "RANK":
        return node["rank"] and node["rank"]["exact"]
    if field in ("RELEASED_ON", "UPDATED_ON"):
        return node["releasedOn" if field == "RELEASED_ON" else "updatedOn"]
    return {"NAME": node["name"], "CAPABILITY_COUNT": node["capabilities"]["totalCount"]}.get(field, 0)


def in_order(nodes: list[dict[str, Any]], order: dict[str, str]) -> list[str]:
    """The slugs in the order of a list: what is not known comes last; level ones stand as imported, or the reverse."""
    descending = order["direction"] == "DESC"
    against = descending is not (order["field"] == "RANK")
    known = [node for node in nodes if key(node, order["field"]) is not None]
    unknown = [node for node in nodes if key(node, order["field"]) is None]
    for part in (known, unknown):
        part.sort(key=lambda node: node["slug"], reverse=against)
    known.sort(key=lambda node: key(node, order["field"]), reverse=descending)
    return [node["slug"] for node in [*known, *unknown]]


@pytest.mark.parametrize("conditions", FILTERS, ids=str)
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order['field']}-{order['direction']}")
def test_pages_make_up_the_list_from_either_end(
    lists: Server, order: dict[str, str], conditions: dict[str, Any]
) -> None:
    whole = lists.data(QUERY, first=100, filter={"availabilities": ["AVAILABLE", "REMOVED"]})["artifacts"]
    nodes = [edge["node"] for edge in whole["edges"]]
    assert len(nodes) == 60
    expected = in_order([node for node in nodes if meets(node, conditions)], order)
    for size, cursor, end, more in (
        ("first", "after", "endCursor", "hasNextPage"),
        ("last", "before", "startCursor", "hasPreviousPage"),
    ):
        found: list[str] = []
        at = None
        while True:
            page = lists.data(QUERY, order=order, filter=conditions, **{size: 11, cursor: at})["artifacts"]
            assert page["totalCount"] == len(expected)
            slugs = [edge["node"]["slug"] for edge in page["edges"]]
            found = found + slugs if size == "first" else slugs + found
            if not page["pageInfo"][more]:
                break
            assert len(slugs) == 11
            at = page["pageInfo"][end]
        assert found == expected
