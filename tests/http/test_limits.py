"""How large a query may be, and how long it may take."""

import httpx
import pytest
from graphql import get_introspection_query

from tests.conftest import Server, serving


def nested(levels: int) -> str:
    """A query that is some levels deep."""
    opened = '{ artifact(slug: "c4") { '
    rounds, rest = divmod(levels - 2, 3)
    inner = "slug" if rest == 0 else "alternatives(first: 0) { totalCount }"
    return opened + "alternatives(first: 0) { edges { node { " * rounds + inner + " } } }" * rounds + " } }"


def doubled(levels: int) -> str:
    """Fragments of which each spreads the next one twice."""
    parts = [f"fragment F{n} on Catalogue {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)]
    return f"{{ catalogue {{ ...F0 }} }} {' '.join(parts)} fragment F{levels} on Catalogue {{ version }}"


@pytest.mark.parametrize(
    ("within", "beyond", "expected"),
    [
        (nested(14), nested(17), "QUERY_TOO_DEEP"),
        (
            "{ " + " ".join(f"a{n}: __typename" for n in range(50)) + " }",
            "{ " + " ".join(f"a{n}: __typename" for n in range(51)) + " }",
            "TOO_MANY_ALIASES",
        ),
        ("{" + " __typename" * 500 + " }", "{" + " __typename" * 1_001 + " }", "QUERY_TOO_LARGE"),
        ("{" + " __typename" * 500 + " }", "{" + " __typename" * 2_001 + " }", "QUERY_TOO_LARGE"),
        (doubled(8), doubled(25), "QUERY_TOO_LARGE"),
    ],
    ids=["depth", "aliases", "fields", "tokens", "fragments"],
)
def test_limit(within: str, beyond: str, expected: str, server: Server) -> None:
    assert "errors" not in server.ask(within)
    response = server.client.post("/graphql", json={"query": beyond})
    assert response.status_code == 400
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == [expected]


def test_aliases_and_depth_count_inside_fragments(server: Server) -> None:
    spread = " ".join(f"... on Query {{ ...F ...F{n} }}" for n in range(6))
    parts = " ".join(
        f"fragment F{n} on Query {{ " + " ".join(f"a{n}_{m}: __typename" for m in range(9)) + " }" for n in range(6)
    )
    assert server.code(f"{{ {spread} }} fragment F on Query {{ __typename }} {parts}") == "TOO_MANY_ALIASES"
    deep = "{ ...A } fragment A on Query " + nested(17)
    assert server.code(deep) == "QUERY_TOO_DEEP"


def test_validation_that_is_broken_off_says_why(server: Server) -> None:
    # Below the limit of fields, and still too much for the rule that compares all fields of a name with each other.
    body = server.ask("{" + " __typename" * 900 + " }")
    for error in body.get("errors", []):
        assert error["extensions"]["code"] == "QUERY_TOO_LARGE"
        assert error["message"] != "Validation aborted."


def test_fragment_cycle_is_refused(server: Server) -> None:
    query = "{ catalogue { ...A } } fragment A on Catalogue { version ...B } fragment B on Catalogue { ...A }"
    response = server.client.post("/graphql", json={"query": query})
    assert response.status_code == 400
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {"INVALID_QUERY"}


def test_introspection_is_within_the_limits(server: Server) -> None:
    data = server.data(get_introspection_query(input_value_deprecation=True, specified_by_url=True))
    assert data["__schema"]["queryType"]["name"] == "Query"


@pytest.mark.parametrize("levels", [20, 100, 200, 400, 990])
def test_deep_queries_are_never_our_fault(levels: int, server: Server) -> None:
    chain = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(levels))
    for query in (
        "{ artifact(slug: " + "[" * levels + "]" * levels + ") { slug } }",
        "{ artifacts(filter: " + "{kinds: " * levels + "1" + "}" * levels + ") { totalCount } }",
        "{" + " ...{" * levels + " __typename" + " }" * levels + " }",
        "query ($a: " + "[" * levels + "Int" + "]" * levels + ") { __typename }",
        f"{{ ...F0 }} {chain} fragment F{levels} on Query {{ __typename }}",
        "{" + " catalogue {" * levels + " version" + " }" * levels + " }",
    ):
        response = server.client.post("/graphql", json={"query": query})
        assert response.status_code < 500, query[:60]
        codes = {error["extensions"]["code"] for error in response.json().get("errors", [])}
        assert codes <= {"INVALID_QUERY", "QUERY_TOO_DEEP", "QUERY_TOO_LARGE"}, query[:60]


def test_deadline(shipped: str) -> None:
    query = "{ artifacts(first: 100) { edges { node { slug alternatives { edges { nearness } } } } } }"
    with serving(shipped, deadline_seconds="0.000001") as server:
        response = server.client.get("/graphql", params={"query": query})
        assert response.status_code == 503
        (error,) = response.json()["errors"]
        assert error["extensions"] == {"code": "DEADLINE_EXCEEDED"}
        assert "1e-06 s" in error["message"]
        assert server.client.get("/healthz").status_code == 200


def test_own_limits(shipped: str) -> None:
    with serving(shipped, max_depth="2", max_body_bytes="200", max_aliases="0") as server:
        assert server.data("{ catalogue { version } }")
        assert server.code("{ catalogue { kinds { kind } } }") == "QUERY_TOO_DEEP"
        assert server.code("{ a: __typename }") == "TOO_MANY_ALIASES"
        response: httpx.Response = server.client.post("/graphql", json={"query": "{ __typename }" + " " * 200})
        assert response.status_code == 413
