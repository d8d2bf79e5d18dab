"""PostgreSQL gives the answers that SQLite gives."""

import base64
import json
from typing import Any

import pytest

from tests.catalogue.lines import by_slug, line, whole
from tests.conftest import Run, Server
from tests.postgresql import Cluster

pytestmark = pytest.mark.on_sqlite

SLUGS = ("the-pile", "c4", "segformer-b0-finetuned-ade-512-512", "glue")
LIST = """
query ($first: Int, $after: String, $filter: ArtifactFilter, $orderBy: ArtifactOrder) {
  artifacts(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { node { slug name kind tasks aliases capabilities(first: 2) { totalCount edges { node { slug } } } } }
  }
}
"""
QUERIES: dict[str, tuple[str, dict[str, Any]]] = {
    "catalogue": ("{ catalogue { version datedOn artifactCount kinds { kind count } } }", {}),
    "list": (LIST, {"first": 7}),
    "filtered": (LIST, {"filter": {"kinds": ["DATASET", "MODEL"], "tasks": ["language-modeling", "text-generation"]}}),
    "by name": (LIST, {"first": 100, "orderBy": {"field": "NAME", "direction": "ASC"}}),
    "by day": (LIST, {"first": 100, "orderBy": {"field": "RELEASED_ON"}}),
    "rank under own weights": (
        'query ($w: Weights) { artifact(slug: "the-pile") { rank(weights: $w) { exact value position of '
        "contributions { dimension points } } } }",
        {"w": {"quality": 3, "ecosystem": 1}},
    ),
    "rank": ('{ artifact(slug: "EleutherAI/pile") { slug rank { exact position of } } }', {}),
    "alternatives": (
        '{ artifact(slug: "c4") { alternatives(first: 3) { totalCount edges { nearness shared node { slug } } '
        "pageInfo { hasNextPage } } } }",
        {},
    ),
    "facts": (
        '{ artifact(slug: "the-pile") { attributes { key number text display observedOn source { title url } } '
        "signals { name value observedOn history(first: 2) { value observedOn } } offers { price } } }",
        {},
    ),
    "comparable": ("{ comparableFields(kind: DATASET) { key label } }", {}),
    "nearest": ('{ comparison(of: ["the-pil", "the-pile"]) { slug } }', {}),
    "nul": (
        r'{ a: artifact(slug: "\u0000") { slug } b: comparison(of: ["c4", "\u0000"]) { slug } '
        r'c: artifacts(filter: {tasks: ["\u0000"]}) { totalCount } '
        r'd: artifact(slug: "c4") { slug capabilities(query: "\u0000") { totalCount } '
        r'attribute(key: "\u0000") { key } } }',
        {},
    ),
    "nobody": ('{ artifact(slug: "nobody") { slug } nodes(ids: ["bad"]) { id } }', {}),
}


@pytest.mark.parametrize("name", QUERIES)
def test_answer_is_the_same(name: str, server: Server, postgresql: Server) -> None:
    query, variables = QUERIES[name]
    expected = server.ask(query, **variables)
    assert postgresql.ask(query, **variables) == expected
    assert expected.get("data") or expected["errors"]


def pages(server: Server, **variables: Any) -> list[str]:
    found: list[str] = []
    after: str | None = None
    while True:
        page = server.data(LIST, first=9, after=after, **variables)["artifacts"]
        assert page["pageInfo"]["hasPreviousPage"] == (after is not None)
        found += [edge["node"]["slug"] for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(found) == page["totalCount"]
            return found


@pytest.mark.parametrize("key", [0, 0.5, -1e300, 10**15])
def test_cursor_made_by_hand_is_no_fault_of_ours(key: float, server: Server, postgresql: Server) -> None:
    parts = json.dumps(["RANK", "DESC", key, 2**61], separators=(",", ":")).encode()
    cursor = base64.urlsafe_b64encode(parts).decode().rstrip("=")
    for running in (server, postgresql):
        codes = [error["extensions"]["code"] for error in running.ask(LIST, after=cursor).get("errors", [])]
        assert codes in ([], ["BAD_CURSOR"])


def test_import_and_export(gateway: Run, cluster: Cluster) -> None:
    url = cluster.new()
    slugs = ["a-b", "a.b", "a_b", "ab", "a1", "a-c", "a10", "a2"]
    lines = "\n".join([*(line(slug) for slug in slugs), whole(1), whole(2)])
    assert "10 added" in gateway("import", "-", "--database", url, input=lines).stdout
    assert list(by_slug(gateway("export", "--database", url).stdout.encode())) == [*sorted(slugs), "whole-1", "whole-2"]
    changed = "\n".join([whole(1, summary="Another."), line("new"), whole(2)])
    ran = gateway("import", "-", "--replace", "--database", url, input=changed)
    assert "1 added, 1 changed, 1 unchanged, 8 removed. The catalogue is at version 2." in ran.stdout
    assert gateway("import", "-", "--database", url, input=f"{line('other')}\n[]").returncode == 2
    after = by_slug(gateway("export", "--database", url).stdout.encode())
    assert list(after) == ["new", "whole-1", "whole-2"]
    assert after["whole-1"]["summary"] == "Another."


def test_compare_and_export_are_the_same(on_shipped: Run, shipped_postgresql: str) -> None:
    there = on_shipped("compare", *SLUGS, "--json", "--database", shipped_postgresql)
    assert there.returncode == 0, there.stderr
    assert there.stdout == on_shipped("compare", *SLUGS, "--json").stdout
    assert on_shipped("export", "--database", shipped_postgresql).stdout == on_shipped("export").stdout


def test_database_that_is_not_there(gateway: Run, shipped_postgresql: str) -> None:
    ran = gateway("export", "--database", shipped_postgresql.replace("/gateway_", "/nothing_"))
    assert ran.returncode == 2
    assert ran.stderr.startswith("DATABASE_UNUSABLE: ")
    assert "Traceback" not in ran.stderr
