"""What a query does not name is neither computed nor read."""

import re
from typing import Any

import pytest
from graphql import (
    REMOVE,
    ArgumentNode,
    EnumValueNode,
    FieldNode,
    OperationDefinitionNode,
    Visitor,
    parse,
    parse_value,
    print_ast,
    visit,
)
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis_graphql import queries
from strawberry.utils.str_converters import to_camel_case

from schema.build import printed_schema
from schema.node import global_id
from schema.rules import alignment, win_shares
from tests.plans.recording import Recorder, Seen

KEYS = {"id", "slug", "artifact_id", "position", "key", "dimension", "order_key", "total", "rank"}
"""Columns by which rows find their place, beside those that are asked for."""

LIST = """
query ($first: Int!, $capabilities: Int!) {
  artifacts(first: $first) {
    edges {
      node {
        name aliases
        scores { value source { title } }
        signals { name value history { value } }
        offers { price }
        attributes { key display }
        capabilities(first: $capabilities) { edges { node { name artifact { summary } } } }
      }
    }
  }
}
"""


def tables(seen: Seen) -> list[str]:
    """The table that each statement reads from."""
    return [re.findall(r"FROM (\w+)", statement)[-1] for statement in seen.statements]


def test_a_search_reads_of_its_hits_what_is_selected(recorder: Recorder) -> None:
    searched = 'search(text: "segmentation of street scenes", first: %d)'
    body, seen = recorder.run(f"{{ {searched % 5} {{ totalCount corrections {{ word }} }} }}")
    assert body["data"]["search"]["totalCount"] > 5
    assert not {"artifact", "capability"} & set(tables(seen)[3:])
    counted = len(seen.statements)
    for first in (1, 30):
        body, seen = recorder.run(f"{{ {searched % first} {{ edges {{ node {{ artifact {{ name }} }} }} }} }}")
        assert len(body["data"]["search"]["edges"]) == first
        assert len(seen.statements) == counted + 1
        assert "summary" not in seen.statements[-1]
    body, seen = recorder.run(f"{{ {searched % 30} {{ edges {{ node {{ capability {{ tags }} }} }} }} }}")
    assert len(seen.statements) == counted + 2
    assert "description" not in seen.statements[-1]


@pytest.mark.parametrize(("first", "capabilities"), [(1, 1), (50, 1), (50, 5), (100, 5)])
def test_statements_do_not_grow_with_what_comes_back(many: Recorder, first: int, capabilities: int) -> None:
    body, seen = many.run(LIST, first=first, capabilities=capabilities)
    assert "errors" not in body
    assert len(body["data"]["artifacts"]["edges"]) == first
    assert len(seen.statements) == 7


def test_fifty_artifacts_with_their_capabilities_are_two_statements(many: Recorder) -> None:
    query = "{ artifacts(first: 50) { edges { node { slug capabilities(first: 3) { edges { node { name } } } } } } }"
    body, seen = many.run(query)
    assert [len(edge["node"]["capabilities"]["edges"]) for edge in body["data"]["artifacts"]["edges"]] == [3] * 50
    assert len(seen.statements) == 2


def test_a_pricing_leader_reads_two_columns_and_no_capability(recorder: Recorder) -> None:
    _, seen = recorder.run('{ comparison(of: ["c4", "the-pile"]) { field(key: PRICING) { leaders { slug } } } }')
    assert seen.given == {"slug", "pricing"}
    assert tables(seen) == ["artifact"]


def test_labels_alone_read_nothing_but_that_the_artifacts_exist(recorder: Recorder) -> None:
    _, seen = recorder.run('{ comparison(of: ["c4", "the-pile"]) { fields { key label direction } } }')
    assert seen.given == {"slug"}


def test_the_scorecard_reads_nothing(recorder: Recorder) -> None:
    _, seen = recorder.run("{ scorecard { dimensions { dimension weight } } comparableFields { key } __typename }")
    assert seen.statements == []


def test_win_shares_and_alignment_are_worked_out_only_when_selected(
    recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("worked out without being asked for")

    monkeypatch.setattr("schema.verdict.win_shares", fail)
    monkeypatch.setattr("schema.verdict.flips", fail)
    monkeypatch.setattr("schema.comparison.align", fail)
    query = '{{ comparison(of: ["segformer-b0-finetuned-ade-512-512", "the-pile"]) {{ {} }} }}'
    body, _ = recorder.run(query.format("verdict { outcome summary caveats { text } } fields { margin } slug"))
    assert "errors" not in body
    for selected in ("verdict { winShares { share } }", "verdict { flips { weight } }", "alignment { totalCount }"):
        body, _ = recorder.run(query.format(selected))
        assert body["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert callable(win_shares.win_shares)
    assert callable(alignment.align)


def test_a_kind_is_counted_once_for_all_of_its_figures(recorder: Recorder) -> None:
    _, seen = recorder.run("{ catalogue { version datedOn loadedAt artifactCount kinds { kind count } } }")
    assert sorted(tables(seen)) == ["catalogue", "kind"]


ARGUMENTS = {
    "slug": '"artifact-1"',
    "of": '["artifact-1", "old-3", "artifact-9"]',
    "artifact": '"artifact-9"',
    "first": "3",
    "last": None,
    "after": None,
    "before": None,
    "minimum": "0.01",
    "keys": '["rows"]',
    "key": '"rows"',
    "names": '["likes"]',
    "query": '"thing 2"',
    "weights": "{quality: 2, ecosystem: 1}",
    "id": f'"{global_id("Capability", "artifact-1", "can-2")}"',
    "ids": f'["{global_id("Artifact", "artifact-4")}", "{global_id("Comparison", "artifact-9", "artifact-2")}", "x"]',
}
"""Arguments that mean something in the test's catalogue, in place of generated texts."""


def operations_of(document: str) -> list[OperationDefinitionNode]:
    """The operations of a document."""
    return [part for part in parse(document).definitions if isinstance(part, OperationDefinitionNode)]


BEHIND = {
    "alignment": {"name", "description", "tags"},
    "alternatives": {"name"},
    "capabilities(query:)": {"name", "description", "tags"},
    "caveats": {
        *("kind", "availability", "license", "license_use", "basis", "newest", "observed_on", "scored_on", "loaded_at"),
        "value",
    },
    "contributions": {"value"},
    "display": {"value", "unit"},
    "exact": {"rank"},
    "field": {"basis", "value"},
    "fields": {"basis", "value"},
    "flips": {"value"},
    "license": {"license", "license_use"},
    "number": {"value"},
    "of": {"ranked"},
    "rank": {"rank", "value"},
    "source": {"source_title"},
    "spdx": {"license_spdx"},
    "stale": {"scored_on", "observed_on"},
    "terms": {
        *("scorecard", "scored_on", "kind", "updated_on", "released_on", "name", "value", "observed_on", "provider"),
        *("match_credit", "searchers", "searched_until"),
    },
    "text": {"value", "name"},
    "title": {"source_title"},
    "url": {"source_url", "license_url"},
    "use": {"license_use"},
    "verdict": {"value", "name"},
    "winShares": {"value"},
}
"""Columns with other names than the fields that ask for them. Where such a field turns out to be of nothing (a score
that is missing, an attribute that there is not), they were asked for, and are looked at for nobody."""


class Names(Visitor):
    """The names of all fields that a query selects, and again with each argument that they are given."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        self.found.add(node.name.value)
        self.found.update(f"{node.name.value}({argument.name.value}:)" for argument in node.arguments or ())


class Sensible(Visitor):
    """Gives the arguments of a generated query values that find something."""

    def leave_argument(self, node: ArgumentNode, *_: Any) -> Any:
        name = node.name.value
        if name not in ARGUMENTS or isinstance(node.value, EnumValueNode):
            return None
        value = ARGUMENTS[name]
        return REMOVE if value is None else ArgumentNode(name=node.name, value=parse_value(value))


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(document=queries(printed_schema(), allow_x00=False))
def test_the_columns_planned_are_the_columns_read(many: Recorder, document: str) -> None:
    body, seen = many.run(print_ast(visit(parse(document), Sensible())))
    codes = {error["extensions"]["code"] for error in body.get("errors", [])}
    assert codes <= {"INVALID_QUERY", "QUERY_TOO_DEEP", "QUERY_TOO_LARGE", "TOO_MANY_ALIASES"}
    if not codes:
        # What leads nowhere (the leaders of a field that has none) is read for nobody, but it was asked for.
        names = Names()
        visit(parse(document), names)
        behind = {column for name in names.found for column in BEHIND.get(name, ())}
        unlooked = seen.given - seen.looked_at - KEYS - behind
        unasked = {column for column in unlooked if to_camel_case(column) not in names.found}
        assert unasked == set()
        # Of many root fields each may read tables of its own, but none reads one for each row.
        roots = sum(len(part.selection_set.selections) for part in operations_of(document))
        assert len(seen.statements) <= max(12, 4 * roots)
