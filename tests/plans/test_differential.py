"""A plan's answer is graphql-core's, byte for byte: errors with their messages, paths, places and codes included.

Each operation is answered four ways (see `engines`): by graphql-core alone, by a plan with nothing kept, three times
by a plan that keeps parts of answers, and twice by one that keeps whole answers too.
"""

from collections.abc import Iterator
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis_graphql import queries

from gateway.execution import Request
from schema.build import printed_schema
from tests.plans.engines import Engines
from tests.plans.recording import Recorder
from tests.plans.varying import varied
from tests.plans.written import WRITTEN

DOCUMENTS, VARIATIONS = 200, 3
LEAST_COMPARED = 1_600
"""How many operations those documents come to at the least, on each database: some 4,000 are compared in all."""


@pytest.fixture(scope="module")
def on_many(many: Recorder) -> Iterator[Engines]:
    """Engines on the test's catalogue."""
    made = Engines(many.database)
    yield made
    made.close()


@pytest.fixture(scope="module")
def on_shipped_catalogue(recorder: Recorder) -> Iterator[Engines]:
    """Engines on the shipped catalogue."""
    made = Engines(recorder.database)
    yield made
    made.close()


def test_generated_operations(on_many: Engines) -> None:
    @settings(
        max_examples=DOCUMENTS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
    )
    @given(document=queries(printed_schema(), allow_x00=False))
    def compare(document: str) -> None:
        for number in range(VARIATIONS):
            for request in varied(document, Random(f"{number} {document}")):
                on_many.compare(request)

    compare()
    compared = on_many.compared
    assert compared["all"] >= LEAST_COMPARED
    # All of it would be worth little if most of it were refused, or were graphql-core laid beside itself.
    assert compared["without errors"] >= compared["all"] // 2
    assert on_many.bare.metrics.operations.of["plan"] >= compared["ran"] * 9 // 10
    assert compared["with errors"] >= 200
    # What graphql-core answers without an error, for a directive that is never met, is not kept.
    assert on_many.whole.metrics.operations.of["kept"] >= compared["without errors"] * 9 // 10
    assert on_many.parts.kept.size > 1_000_000
    assert on_many.handed_over().keys() == {"error"}


def test_written_operations(on_shipped_catalogue: Engines) -> None:
    assert len(WRITTEN) >= 60
    codes = {code for request in WRITTEN for code in on_shipped_catalogue.compare(request).codes}
    assert codes == {
        *("BAD_COMPARISON", "BAD_CURSOR", "BAD_ID", "BAD_INPUT", "BAD_MINIMUM", "BAD_PAGE", "BAD_PAGE_SIZE"),
        *("BAD_VARIABLES", "BAD_WEIGHTS", "INVALID_QUERY", "NOT_COMPARED", "QUERY_TOO_LARGE"),
        *("SYNTAX_ERROR", "TOO_MANY_IDS", "UNKNOWN_ARTIFACT", "UNKNOWN_OPERATION"),
    }
    assert on_shipped_catalogue.handed_over().keys() == {"error"}


@pytest.mark.parametrize("selected", ["name @skip(if: $b)", "rank { exact @skip(if: $b) }"])
def test_a_directive_without_a_value_takes_nothing_else_with_it(selected: str, on_shipped_catalogue: Engines) -> None:
    text = 'query ($b: Boolean = true) { artifact(slug: "SLUG") { slug SELECTED } catalogue { version } }'
    text = text.replace("SELECTED", selected)
    found = on_shipped_catalogue.compare(Request(text.replace("SLUG", "c4"), {"b": None})).body
    assert found["data"]["catalogue"] == {"version": 1}
    (error,) = found["errors"]
    assert error["path"][0] == "artifact"
    assert error["extensions"] == {"code": "BAD_INPUT"}
    # Where nothing is found, nothing is selected of it.
    found = on_shipped_catalogue.compare(Request(text.replace("SLUG", "nobody"), {"b": None})).body
    assert found == {"data": {"artifact": None, "catalogue": {"version": 1}}}


TABLE = """query ($of: [String!]!) {
  comparison(of: $of) {
    artifacts { slug name kind rank { value exact } license { name use } }
    fields { key outcome margin leaders { slug name kind summary } cells { number display basis artifact { slug } } }
    attributes { key margin leaders { slug } cells { display number text basis } }
    verdict { outcome margin summary winner { slug } winShares { share } caveats { code artifacts { slug } } }
  }
}"""


def test_what_one_comparison_leaves_is_right_in_another(on_shipped_catalogue: Engines) -> None:
    # What ranks and leaders are worked out from depends on who else is compared.
    query = "{ best: artifacts(first: 100) { ...S } rest: artifacts(last: 40) { ...S } }"
    query += " fragment S on ArtifactConnection { edges { node { slug } } }"
    body = on_shipped_catalogue.core.execute(Request(query)).body
    slugs = [edge["node"]["slug"] for key in ("best", "rest") for edge in body["data"][key]["edges"]]
    random = Random(7)
    some = random.sample(sorted(set(slugs)), 14)
    groups = [list(pair) for pair in combinations(some, 2)] + [random.sample(some, 4) for _ in range(40)]
    random.shuffle(groups)
    before = on_shipped_catalogue.compared["without errors"]
    for of in groups:
        on_shipped_catalogue.compare(Request(TABLE, {"of": of}))
    assert on_shipped_catalogue.compared["without errors"] - before == len(groups) == 131
    assert "unexpected" not in on_shipped_catalogue.handed_over()


def test_pages_that_overlap(on_many: Engines) -> None:
    # One plan, whose records stand in all of these lists: what is kept of a place in one is of no use in another.
    query = """query ($first: Int, $after: String, $by: ArtifactOrder, $filter: ArtifactFilter) {
      artifacts(first: $first, after: $after, orderBy: $by, filter: $filter) {
        edges { cursor node { slug name kind tasks summary capabilities(first: 2) { edges { node { name } } } } }
        pageInfo { hasNextPage endCursor }
      }
    }"""
    filters: tuple[dict[str, list[str]], ...] = (
        {},
        {"kinds": ["MODEL"]},
        {"tasks": ["text-generation", "translation"]},
    )
    for field, direction, filter in product(("RANK", "NAME", "UPDATED_ON"), ("ASC", "DESC"), filters):
        for first in (5, 7, 20):
            after = None
            for _ in range(3):
                by = {"field": field, "direction": direction}
                values = {"first": first, "after": after, "by": by, "filter": filter}
                answer = on_many.compare(Request(query, values))
                assert not answer.codes
                after = answer.body["data"]["artifacts"]["pageInfo"]["endCursor"]


def test_a_golden_query_is_never_handed_over(golden: Path, recorder: Recorder) -> None:
    engines = Engines(recorder.database)
    try:
        assert not engines.compare(Request(golden.read_text())).codes
        assert not engines.handed_over()
        assert engines.count("graphql-core") == 0
        assert (engines.count("plan"), engines.count("kept")) == (5, 1)
    finally:
        engines.close()


@pytest.mark.parametrize(
    ("query", "by", "reasons"),
    [
        ('{ artifact(slug: "c4") { rank(weights: {quality: -1}) { value } } }', "graphql-core", {"error": 6}),
        # At the root, a plan tells errors itself.
        ('{ comparison(of: ["c4"]) { slug } }', "plan", {}),
        ("{ __schema { queryType { name } } }", "graphql-core", {}),
    ],
)
def test_what_is_handed_over_is_counted(query: str, by: str, reasons: dict[str, int], recorder: Recorder) -> None:
    engines = Engines(recorder.database)
    try:
        engines.compare(Request(query))
        assert engines.handed_over() == reasons
        assert engines.count(by) == 6
        assert engines.count("kept") == engines.count("refused") == 0
    finally:
        engines.close()


def test_a_surprise_is_handed_over_and_counted(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("schema.verdict.win_shares", fail)
    query = '{ comparison(of: ["c4", "the-pile"]) { slug verdict { outcome winShares { share } } } }'
    engines = Engines(recorder.database)
    try:
        for executor in engines.by_plan:
            (error,) = executor.execute(Request(query)).body["errors"]
            assert error["extensions"]["code"] == "INTERNAL"
            assert error["path"][:3] == ["comparison", "verdict", "winShares"]
        assert engines.handed_over() == {"unexpected": 3}
        assert engines.count("graphql-core") == 3
    finally:
        engines.close()
