"""The errors of a query: each says what is wrong and has a stable code, and none takes more with it than it must."""

from typing import Any

import pytest

from tests.conftest import Server

PILE = "the-pile"
MANY = ["c4", "glue", "coco", "helm", "mmlu", "s2orc", "pspnet", "ade20k", PILE]


def comparison(*slugs: str) -> tuple[str, dict[str, Any]]:
    return "query ($of: [String!]!) { comparison(of: $of) { slug } }", {"of": list(slugs)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ catalogue { version }", "SYNTAX_ERROR"),
        ("{ catalogue { versoin } }", "INVALID_QUERY"),
        ("{ artifact { slug } }", "INVALID_QUERY"),
        ("{ artifact(slug: 3) { slug } }", "INVALID_QUERY"),
        ("{ catalogue }", "INVALID_QUERY"),
        ("query ($s: String!) { artifact(slug: $s) { slug } }", "BAD_VARIABLES"),
        ("{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }", "INVALID_QUERY"),
    ],
)
def test_what_was_not_run_is_a_bad_request(query: str, expected: str, server: Server) -> None:
    response = server.client.post("/graphql", json={"query": query})
    assert response.status_code == 400
    assert "data" not in response.json()
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {expected}
    assert all(error["locations"] for error in response.json()["errors"])


def test_all_unknown_slugs_are_named_with_the_nearest(server: Server) -> None:
    query, variables = comparison("the-pil", "c4", "codesearchnt", "qqqqqq")
    response = server.client.post("/graphql", json={"query": query, "variables": variables})
    assert response.status_code == 200
    body = response.json()
    assert body["data"] == {"comparison": None}
    (error,) = body["errors"]
    assert error["path"] == ["comparison"]
    assert error["extensions"] == {"code": "UNKNOWN_ARTIFACT"}
    assert "'the-pil' (did you mean 'the-pile'" in error["message"]
    assert "'codesearchnt' (did you mean 'codesearchnet'" in error["message"]
    assert "'qqqqqq'" in error["message"]
    assert "'c4'" not in error["message"]


@pytest.mark.parametrize(
    ("slugs", "part"),
    [
        ([PILE], "2 to 8"),
        ([], "2 to 8"),
        (MANY, "2 to 8"),
        ([PILE, PILE], "more than once"),
        ([PILE, "EleutherAI/pile"], "the same artifact"),
    ],
)
def test_bad_comparison(slugs: list[str], part: str, server: Server) -> None:
    query, variables = comparison(*slugs)
    body = server.ask(query, **variables)
    assert body["data"] == {"comparison": None}
    assert body["errors"][0]["extensions"]["code"] == "BAD_COMPARISON"
    assert part in body["errors"][0]["message"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{ artifacts(first: 101) { totalCount } }", "BAD_PAGE_SIZE"),
        ("{ artifacts(first: -1) { totalCount } }", "BAD_PAGE_SIZE"),
        ("{ artifacts(last: 101) { totalCount } }", "BAD_PAGE_SIZE"),
        ("{ artifacts(first: 1, last: 1) { totalCount } }", "BAD_PAGE"),
        ('{ artifacts(after: "bad") { totalCount } }', "BAD_CURSOR"),
        ('{ artifacts(before: "") { totalCount } }', "BAD_CURSOR"),
        ('{ artifacts(after: "WyJOQU1FIiwiQVNDIiwiQyIsMV0") { totalCount } }', "BAD_CURSOR"),
        ('{ artifact(slug: "c4") { capabilities(first: 101) { totalCount } } }', "BAD_PAGE_SIZE"),
        ('{ artifact(slug: "c4") { capabilities(after: "bad") { totalCount } } }', "BAD_CURSOR"),
        ('{ artifact(slug: "c4") { alternatives(first: -1) { totalCount } } }', "BAD_PAGE_SIZE"),
        ('{ artifact(slug: "the-pile") { rank(weights: {quality: -1}) { exact } } }', "BAD_WEIGHTS"),
        ('{ artifact(slug: "the-pile") { rank(weights: {quality: 0}) { exact } } }', "BAD_WEIGHTS"),
        ('{ artifact(slug: "the-pile") { rank(weights: {}) { exact } } }', "BAD_WEIGHTS"),
        ('{ artifact(slug: "the-pile") { rank(weights: {quality: 1e999}) { exact } } }', "BAD_WEIGHTS INVALID_QUERY"),
        ('{ comparison(of: ["c4", "glue"]) { verdict(weights: {adoption: -0.1}) { summary } } }', "BAD_WEIGHTS"),
        ('{ comparison(of: ["c4", "glue"]) { alignment(minimum: 2) { totalCount } } }', "BAD_MINIMUM"),
        ('{ comparison(of: ["c4", "glue"]) { exclusive(artifact: "coco") { slug } } }', "NOT_COMPARED"),
        ('{ node(id: "bad") { id } }', "BAD_ID"),
        ('{ node(id: "") { id } }', "BAD_ID"),
    ],
)
def test_code_of_a_bad_argument(query: str, expected: str, server: Server) -> None:
    body = server.ask(query)
    assert [error["extensions"]["code"] for error in body["errors"]] == [
        code for code in expected.split() if code == body["errors"][0]["extensions"]["code"]
    ]
    assert "requestId" not in body["errors"][0]["extensions"]


def test_an_error_leaves_its_neighbours_whole(server: Server) -> None:
    body = server.ask('{ bad: node(id: "bad") { id } good: artifact(slug: "c4") { slug } }')
    assert body["data"] == {"bad": None, "good": {"slug": "c4"}}
    assert [error["path"] for error in body["errors"]] == [["bad"]]


def test_artifact_that_is_not_there_is_null(server: Server) -> None:
    assert server.ask(r'{ artifact(slug: "a\u0000b") { slug } }')["data"] == {"artifact": None}
    assert server.data('{ artifact(slug: "nobody") { slug } }') == {"artifact": None}


def test_bad_ids_are_null_among_good_ones(server: Server) -> None:
    query = """{
      artifact(slug: "c4") { id capabilities(first: 1) { edges { node { id slug } } } }
      comparison(of: ["c4", "glue"]) { id }
    }"""
    data = server.data(query)
    capability = data["artifact"]["capabilities"]["edges"][0]["node"]
    ids = [data["artifact"]["id"], "bad", capability["id"], "", data["comparison"]["id"], data["artifact"]["id"][:-2]]
    asked = """query ($ids: [ID!]!) { nodes(ids: $ids) {
      __typename id ... on Artifact { slug } ... on Capability { name artifact { slug } } ... on Comparison { slug }
    } }"""
    nodes = server.ask(asked, ids=ids)["data"]["nodes"]
    assert [node and node["__typename"] for node in nodes] == ["Artifact", None, "Capability", None, "Comparison", None]
    assert [node["id"] for node in nodes if node] == [ids[0], ids[2], ids[4]]
    assert nodes[0]["slug"] == "c4"
    assert nodes[2]["artifact"]["slug"] == "c4"
    assert nodes[4]["slug"] == "c4-vs-glue"
    for id in (ids[0], ids[2], ids[4]):
        assert server.data("query ($id: ID!) { node(id: $id) { id } }", id=id) == {"node": {"id": id}}


def test_too_many_ids(server: Server) -> None:
    assert server.code("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["x"] * 101) == "TOO_MANY_IDS"


def test_filter_with_very_many_values(server: Server) -> None:
    query = "query ($tasks: [String!]) { artifacts(filter: {tasks: $tasks, publishers: $tasks}) { totalCount } }"
    body = server.ask(query, tasks=[f"{number:x}" for number in range(10_000)])
    assert "INTERNAL" not in [error["extensions"]["code"] for error in body.get("errors", [])]
    assert (
        body.get("data") == {"artifacts": {"totalCount": 0}} or body["errors"][0]["extensions"]["code"] == "BAD_INPUT"
    )
