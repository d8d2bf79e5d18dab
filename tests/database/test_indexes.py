"""The reads of the API find their rows by an index; none of them goes through a table."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from gateway.catalogue.shipped import load_shipped, shipped_scorecard
from gateway.database import open_database
from gateway.execution import Executor, Request
from gateway.settings import load_settings

LIST = """
query ($after: String) {
  artifacts(filter: {kinds: [DATASET]}, first: 5, after: $after) { pageInfo { endCursor } edges { node { name } } }
}
"""
Explained = dict[str, list[str]]


class Planner:
    """Runs queries, and says how SQLite finds what they read."""

    def __init__(self, folder: Path) -> None:
        self.database = open_database(f"sqlite:///{folder / 'gateway.db'}")
        load_shipped(self.database)
        self.executor = Executor(self.database, load_settings(), shipped_scorecard())

    def run(self, query: str, **variables: Any) -> tuple[Any, list[str]]:
        """The data of the answer, and the steps of all statements that it took."""
        seen: list[tuple[str, Any]] = []

        def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
            seen.append((statement, parameters))

        event.listen(self.database.engine, "before_cursor_execute", note)
        try:
            body = self.executor.execute(Request(query, variables)).body
        finally:
            event.remove(self.database.engine, "before_cursor_execute", note)
        assert "errors" not in body
        steps: list[str] = []
        with self.database.reading() as connection:
            for statement, parameters in seen:
                if statement.startswith("SELECT"):
                    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                    steps += [str(row[3]) for row in rows]
        return body["data"], steps


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    made = Planner(tmp_path_factory.mktemp("indexes"))
    yield made
    made.database.close()


def test_artifact_by_slug(planner: Planner) -> None:
    _, steps = planner.run('{ artifact(slug: "c4") { name } }')
    assert len(steps) == 1
    assert steps[0].startswith("SEARCH artifact USING INDEX sqlite_autoindex_artifact_1 (slug=?)")


def test_artifact_by_alias(planner: Planner) -> None:
    _, steps = planner.run('{ artifact(slug: "EleutherAI/pile") { name } }')
    assert any(step.startswith("SEARCH alias USING") for step in steps)
    assert [step for step in steps if "SCAN" in step] == []


def test_page_of_a_kind(planner: Planner) -> None:
    data, first = planner.run(LIST)
    _, next_page = planner.run(LIST, after=data["artifacts"]["pageInfo"]["endCursor"])
    for steps in (first, next_page):
        assert len(steps) == 1, steps
        assert steps[0].startswith("SEARCH artifact USING INDEX artifact_by_kind (kind=?")


def test_page_of_all_is_read_in_the_order_of_an_index(planner: Planner) -> None:
    query = "query ($o: ArtifactOrder) { artifacts(first: 5, orderBy: $o) { edges { node { name } } } }"
    for order, index in (({"field": "RANK"}, "artifact_by_rank"), ({"field": "NAME"}, "artifact_by_name")):
        _, steps = planner.run(query, o=order)
        # No step sorts, so that no more rows are read than the page holds.
        assert len(steps) == 1, steps
        assert f" INDEX {index}" in steps[0]


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
    scanned = [step.split()[1] for step in steps if step.startswith("SCAN")]
    assert set(scanned) <= {"shared", "nearest", "(subquery-1)", "(subquery-2)", "(subquery-3)", "(subquery-4)"}
    assert any("topic_name" in step for step in steps)
