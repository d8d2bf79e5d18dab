"""What is no GraphQL request is refused with a 4xx status, a sentence and a stable code, as JSON."""

import json
from typing import Any

import httpx
import pytest

from tests.conftest import Server

pytestmark = pytest.mark.on_sqlite

QUERY = "{ catalogue { version } }"
JSON = {"content-type": "application/json"}


def code(response: httpx.Response) -> str:
    """The code of the one error of an answer that has the form that all have."""
    assert response.headers["content-type"].startswith("application/json")
    body = response.json()
    assert body.keys() == {"errors"}
    assert len(body["errors"]) == 1
    assert body["errors"][0]["message"].strip()
    return str(body["errors"][0]["extensions"]["code"])


def body(**parts: Any) -> bytes:
    return json.dumps({"query": QUERY} | parts).encode()


def test_post_and_get(server: Server) -> None:
    posted = server.client.post("/graphql", json={"query": QUERY})
    got = server.client.get("/graphql", params={"query": QUERY})
    assert (posted.status_code, got.status_code) == (200, 200)
    assert posted.json() == got.json() == {"data": {"catalogue": {"version": 1}}}


def test_variables_and_operation_name(server: Server) -> None:
    query = "query A($slug: String!) { artifact(slug: $slug) { name } } query B { catalogue { version } }"
    posted = server.client.post(
        "/graphql", json={"query": query, "variables": {"slug": "c4"}, "operationName": "A", "extensions": {}}
    )
    got = server.client.get(
        "/graphql", params={"query": query, "variables": '{"slug": "c4"}', "operationName": "A", "extensions": ""}
    )
    assert posted.json() == got.json() == {"data": {"artifact": {"name": "C4"}}}
    nulls = server.client.post("/graphql", json={"query": QUERY, "variables": None, "operationName": None})
    assert nulls.status_code == 200


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "BAD_JSON"),
        (b"null", "BAD_REQUEST"),
        (b"3", "BAD_REQUEST"),
        (b'"x"', "BAD_REQUEST"),
        (b"true", "BAD_REQUEST"),
        (b"[]", "BAD_REQUEST"),
        (b"{}", "BAD_REQUEST"),
        (b"[" + body() + b"]", "BAD_REQUEST"),
        (b'{"query": ', "BAD_JSON"),
        (b'{"query": "\xff"}', "BAD_JSON"),
        (b'{"query": "\\ud800"}', "BAD_JSON"),
        (b'{"query": NaN}', "BAD_JSON"),
        (b"[" * 50_000 + b"]" * 50_000, "BAD_JSON"),
        (b'{"a":' * 15_000, "BAD_JSON"),
        (body(query=3), "BAD_REQUEST"),
        (body(query=None), "BAD_REQUEST"),
        (body(query=""), "BAD_REQUEST"),
        (body(query=[QUERY]), "BAD_REQUEST"),
        (body(variables=[]), "BAD_REQUEST"),
        (body(variables="{}"), "BAD_REQUEST"),
        (body(operationName=3), "BAD_REQUEST"),
        (body(extensions=[]), "BAD_REQUEST"),
        (body(operationName="Nobody"), "UNKNOWN_OPERATION"),
        (body(query="query A { catalogue { version } } query B { catalogue { version } }"), "UNKNOWN_OPERATION"),
        (body(query="fragment F on Query { catalogue { version } }"), "INVALID_QUERY UNKNOWN_OPERATION"),
        (body(query="mutation { drop }"), "INVALID_QUERY"),
        (body(query="subscription { drop }"), "INVALID_QUERY"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else value,
)
def test_body_that_is_no_request(content: bytes, expected: str, server: Server) -> None:
    response = server.client.post("/graphql", content=content, headers=JSON)
    assert response.status_code == 400
    assert code(response) in expected.split()


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, "BAD_REQUEST"),
        ({"query": " "}, "BAD_REQUEST"),
        ({"query": QUERY, "variables": "{"}, "BAD_JSON"),
        ({"query": QUERY, "variables": "[]"}, "BAD_REQUEST"),
        ({"query": QUERY, "variables": "[" * 3_000}, "BAD_JSON"),
        ({"query": "mutation { drop }"}, "INVALID_QUERY"),
        ({"query": QUERY, "operationName": "Nobody"}, "UNKNOWN_OPERATION"),
        ({"query": "{"}, "SYNTAX_ERROR"),
        ({"query": "\0"}, "SYNTAX_ERROR"),
    ],
)
def test_get_that_is_no_request(parameters: dict[str, str], expected: str, server: Server) -> None:
    response = server.client.get("/graphql", params=parameters)
    assert 400 <= response.status_code < 500
    assert code(response) in expected.split()


def test_address_that_is_no_utf8(server: Server) -> None:
    response = server.client.get("/graphql?query=%7B%ff%7D")
    assert (response.status_code, code(response)) == (400, "SYNTAX_ERROR")


def test_body_over_the_limit(server: Server) -> None:
    large = body(query=QUERY + " " * 100_000)
    stated = server.client.post("/graphql", content=large, headers=JSON)
    assert (stated.status_code, code(stated)) == (413, "BODY_TOO_LARGE")
    # In parts, so that no header says how much there will be.
    parts = server.client.post("/graphql", content=iter([large[:50_000], large[50_000:]]), headers=JSON)
    assert (parts.status_code, code(parts)) == (413, "BODY_TOO_LARGE")
    assert server.data(QUERY)


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/graphql", "multipart/form-data; boundary=x", "application/json; charset=latin-1"],
)
def test_wrong_content_type(kind: str, server: Server) -> None:
    response = server.client.post("/graphql", content=body(), headers={"content-type": kind})
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


def test_content_type_with_a_character_set(server: Server) -> None:
    response = server.client.post(
        "/graphql", content=body(), headers={"content-type": 'Application/JSON; charset="UTF-8"'}
    )
    assert response.status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods(method: str, server: Server) -> None:
    response = server.client.request(method, "/graphql")
    assert response.status_code == 405
    allowed = {name.strip() for name in response.headers["allow"].split(",")}
    assert {"GET", "POST"} <= allowed <= {"GET", "POST", "HEAD", "OPTIONS"}
    assert code(response) == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/schema.graphql"])
def test_other_methods_elsewhere(path: str, server: Server) -> None:
    response = server.client.post(path)
    assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert "GET" in response.headers["allow"]


@pytest.mark.parametrize("query", [QUERY, "{ nothing }", "{"])
def test_media_type_of_the_answer(query: str, server: Server) -> None:
    newer = server.client.post(
        "/graphql", json={"query": query}, headers={"accept": "application/graphql-response+json, application/json"}
    )
    older = server.client.post("/graphql", json={"query": query}, headers={"accept": "application/json"})
    assert newer.headers["content-type"].split(";")[0] == "application/graphql-response+json"
    assert older.headers["content-type"].split(";")[0] == "application/json"
    assert newer.json() == older.json()
    assert newer.status_code == older.status_code == (200 if query == QUERY else 400)
