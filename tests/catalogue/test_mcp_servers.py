"""Servers of a registry become lines that say what the registry says, and no more."""

from pathlib import Path
from typing import Any

import pytest

from gateway.catalogue.importers.mcp_servers import ADAPTER
from tests.catalogue.conversions import converted, facts, json_file, said, sources


def server(**more: Any) -> dict[str, Any]:
    """A record of a server, with what is given put over what is usual."""
    return {
        "path": "packages/browser-automation/somebody-browser.json",
        "type": "mcp-server",
        "packageName": "@somebody/browser",
        "description": "A sentence that is not ours.",
        "url": "https://github.com/somebody/browser",
        "runtime": "node",
        "license": "mit",
        "env": {},
        "name": "Browser Server",
    } | more


def test_a_server_as_most_are(tmp_path: Path) -> None:
    lines, left_out = converted(ADAPTER, json_file(tmp_path / "x.gz", server()))
    line = lines["somebody-browser-mcp"]
    data = line.canonical()
    assert (data["name"], data["kind"], data["publisher"]) == ("Browser Server", "MCP_SERVER", "somebody")
    assert (data["license"], data["license_use"]) == ("MIT", "OPEN")
    assert (data["homepage"], data["tasks"]) == ("https://github.com/somebody/browser", ["browser-automation"])
    assert data["aliases"] == ["@somebody/browser"]
    assert "availability" not in data
    assert facts(line) == {"package": "@somebody/browser", "runtime": "Node.js"}
    assert sources(line) == {("2025-10-29", "awesome-mcp-registry by toolsdk-ai")}
    assert said(line) == {
        "browser-automation": "awesome-mcp-registry lists it under browser automation: steering a web browser and "
        "reading its pages.",
        "runtime": "awesome-mcp-registry has it started with Node.js.",
    }
    assert left_out.parts == {"description: the publisher's own words": 1}


@pytest.mark.parametrize(
    ("stated", "name", "use"),
    [
        ("Apache 2.0", "Apache-2.0", "OPEN"),
        ("gpl-3.0", "gpl-3.0", "OPEN"),
        ("mulanpsl-2.0", "MulanPSL-2.0", "OPEN"),
        ("GNU", None, None),
        ("other", None, None),
        ("unknown", None, None),
    ],
)
def test_licenses(tmp_path: Path, stated: str, name: str | None, use: str | None) -> None:
    lines, left_out = converted(ADAPTER, json_file(tmp_path / "x.gz", server(license=stated)))
    line = lines["somebody-browser-mcp"]
    assert (line.license, line.license_use) == (name, use)
    assert left_out.parts["license: names none"] == (name is None)


def test_only_the_names_of_environment_variables_are_taken(tmp_path: Path) -> None:
    env = {
        "API_KEY": {"description": "Not our sentence.", "required": True},
        "LOG_LEVEL": {"description": "Not ours either.", "required": False},
        "NODE_ENV=": {"description": "", "required": True},
    }
    lines, left_out = converted(ADAPTER, json_file(tmp_path / "x.gz", server(env=env)))
    line = lines["somebody-browser-mcp"]
    assert facts(line)["environment_needed"] == ["API_KEY"]
    assert facts(line)["environment_optional"] == ["LOG_LEVEL"]
    assert said(line)["environment"] == "From its environment it needs API_KEY and also takes LOG_LEVEL."
    assert left_out.parts["env: no name of a variable"] == 1
    assert "ours" not in line.model_dump_json()


@pytest.mark.parametrize(
    "tools",
    [
        ["open_page", "click"],
        [{"name": "open_page", "description": "Not ours."}, {"name": "click"}, {"description": "Has no name."}],
        {"open_page": {"name": "open_page", "description": "Not ours."}, "click": {}},
    ],
)
def test_only_the_names_of_tools_are_taken(tmp_path: Path, tools: object) -> None:
    lines, _ = converted(ADAPTER, json_file(tmp_path / "x.gz", server(tools=tools)))
    line = lines["somebody-browser-mcp"]
    assert facts(line)["tools"] == ["open_page", "click"]
    assert said(line)["tools"] == "awesome-mcp-registry lists 2 of its tools: open_page and click."


def test_many_tools_are_one_capability(tmp_path: Path) -> None:
    tools = [f"tool_{number}" for number in range(50)]
    lines, _ = converted(ADAPTER, json_file(tmp_path / "x.gz", server(tools=tools)))
    assert len(said(lines["somebody-browser-mcp"])) == 3
    assert said(lines["somebody-browser-mcp"])["tools"].endswith("tool_18 and 31 more.")


def test_a_package_in_two_categories_is_one_server(tmp_path: Path) -> None:
    first = server(license="unknown")
    second = server(path="packages/security/x.json", name="Another Name", url="https://github.com/somebody/moved")
    for records in ([first, second], [second, first]):
        lines, left_out = converted(ADAPTER, json_file(tmp_path / "x.gz", *records))
        [line] = lines.values()
        assert (line.name, line.tasks, line.license) == ("Browser Server", ["browser-automation", "security"], "MIT")
        assert line.homepage == "https://github.com/somebody/browser"
        assert left_out.records == {"is about the server of another record, and taken together with it": 1}


def test_a_name_without_scope_is_no_identity(tmp_path: Path) -> None:
    ours = server(packageName="notion", url="https://github.com/a/notion/tree/HEAD")
    same = server(packageName="notion", url="https://github.com/A/notion/", path="packages/security/n.json")
    other = server(packageName="notion", url="https://github.com/b/notion")
    slugs = set()
    for records in ([ours, same, other], [other, same, ours]):
        lines, left_out = converted(ADAPTER, json_file(tmp_path / "x.gz", *records))
        assert {line.publisher: line.tasks for line in lines.values()} == {
            "a": ["browser-automation", "security"],
            "b": ["browser-automation"],
        }
        assert all(line.aliases == [] and line.slug.startswith("notion-mcp-") for line in lines.values())
        assert left_out.records.total() == 1
        slugs.add(frozenset(lines))
    assert len(slugs) == 1


@pytest.mark.parametrize(
    "record",
    [server(packageName=""), server(packageName=None), server(packageName="x", url="somewhere"), {"name": "x"}],
)
def test_records_that_cannot_be_taken(tmp_path: Path, record: dict[str, Any]) -> None:
    lines, left_out = converted(ADAPTER, json_file(tmp_path / "x.gz", record))
    assert (lines, left_out.records) == ({}, {"has no package name with a repository": 1})


def test_categories_that_say_nothing(tmp_path: Path) -> None:
    records = [
        server(path="packages/uncategorized/a.json"),
        server(packageName="@somebody/x", path="packages/brand-new/b.json"),
        server(packageName="文字", path=None),
    ]
    lines, left_out = converted(ADAPTER, json_file(tmp_path / "x.gz", *records))
    assert lines["somebody-browser-mcp"].tasks == []
    assert said(lines["somebody-x-mcp"])["brand-new"] == "awesome-mcp-registry lists it under brand new."
    assert left_out.parts["category: other says nothing"] == 1
    assert len(lines) == 3
