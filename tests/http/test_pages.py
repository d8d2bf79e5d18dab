"""What is served beside the API: health, the schema, and GraphiQL without a network."""

import re
from pathlib import Path

from tests.conftest import Server

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_health_and_readiness(server: Server) -> None:
    health, ready = server.client.get("/healthz"), server.client.get("/readyz")
    assert (health.status_code, health.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ready", "catalogueVersion": 1})


def test_schema(server: Server) -> None:
    response = server.client.get("/schema.graphql")
    assert response.status_code == 200
    assert response.text == (Path(__file__).parents[2] / "schema" / "schema.graphql").read_text()


def test_address_that_is_not_there(server: Server) -> None:
    for path in (
        "/nowhere",
        "/graphql/more",
        "/graphiql/nowhere.js",
        "/graphiql/../../etc/passwd",
        "/graphiql/%2e%2e/x",
    ):
        response = server.client.get(path)
        assert response.status_code == 404, path
        assert response.json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}


def test_home_leads_to_graphql(server: Server) -> None:
    response = server.client.get("/", headers=BROWSER)
    assert response.is_redirect
    assert response.headers["location"] == "/graphql"


def test_graphiql_needs_no_other_host(server: Server) -> None:
    page = server.client.get("/graphql", headers=BROWSER)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert not re.search(r"""["'(=]\s*//""", page.text)
    found = re.findall(r'<(?:script|link)[^>]*\s(?:src|href)="([^"]*)"', page.text)
    assets = [address for address in found if not address.startswith("data:")]
    assert len(assets) == page.text.count("<script") + page.text.count("<link") - found.count("data:,")
    assert len([address for address in assets if address.endswith(".js")]) >= 3
    for address in assets:
        response = server.client.get(address)
        assert response.status_code == 200, address
        kind = "css" if address.endswith(".css") else "javascript"
        assert kind in response.headers["content-type"], address
        assert len(response.content) > 100, address
        for part in re.findall(
            r"""url\(["']?([^)"']+)|@import\s+["']([^"']+)""", response.text if kind == "css" else ""
        ):
            assert "".join(part).startswith("data:"), address
    start = server.client.get("/graphiql/start.js").text
    assert "http" not in start.replace("https://example.org", "")
    assert "comparison(of:" in start


def test_what_is_no_browser_gets_json(server: Server) -> None:
    query = {"query": "{ catalogue { version } }"}
    for accept in ("*/*", "application/json", "application/graphql-response+json"):
        response = server.client.get("/graphql", params=query, headers={"accept": accept})
        assert response.json() == {"data": {"catalogue": {"version": 1}}}
    assert server.client.post("/graphql", json=query, headers=BROWSER).json() == {"data": {"catalogue": {"version": 1}}}
