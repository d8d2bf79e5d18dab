"""MCP servers, as awesome-mcp-registry listed them on 2025-10-29.

A name with a scope, such as `@notionhq/notion-mcp-server`, is the name of a package and of nothing else, so it is an
alias. Other package names are none: the registry has made many of them from titles, and gives several to two servers.
Such a server is told by its package name and its repository together. A repository by itself is no identity either,
since one can hold many servers.

The registry lists some servers under two categories. They become one artifact, with both; what only one of the records
says is taken from it. Where both say something, the record whose path sorts first is believed.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from gateway.catalogue.importers.adapter import Adapter, LeftOut, NativeLine, Record
from gateway.catalogue.importers.licenses import SAYS_NOTHING as NO_LICENSE
from gateway.catalogue.importers.licenses import stated_license
from gateway.catalogue.importers.mcp_categories import REGISTRY, SAYS_NOTHING, category_capability
from gateway.catalogue.importers.naming import SLUG_KEY, slug_of, told_apart, with_digest
from gateway.catalogue.importers.records import json_lines
from gateway.catalogue.importers.repeated import SAME_KEY, as_one
from gateway.catalogue.importers.wording import capability, kebab, sentence_list, texts
from schema.rules.vocabulary import ArtifactKind

OBSERVED = date(2025, 10, 29)
SOURCE = {"title": f"{REGISTRY} by toolsdk-ai", "url": "https://github.com/toolsdk-ai/awesome-mcp-registry"}
SEEN = {"observed_on": OBSERVED.isoformat(), "source": SOURCE}
SCOPED = re.compile(r"@[a-z0-9~-][a-z0-9._~-]*/[a-z0-9~-][a-z0-9._~-]*", re.IGNORECASE)
REPOSITORY = re.compile(r"https?://(www\.)?(?P<host>[^/\s]+)/(?P<owner>[^/\s]+)/(?P<path>[^\s?#]+)")
TREE = re.compile(r"/(tree|blob)/(head|main|master)(?=/|$)")
KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")
RUNTIMES = {"node": "Node.js", "python": "Python", "go": "Go", "java": "Java"}
UNUSED = {
    "description": "the publisher's own words",
    "logo": "no place for it",
    "binArgs": "how one way to start it is written, and sometimes made-up values",
}
"""What a record has and a line does not, and why."""
CATEGORIES_KEY = "categories_here"
"""Where `_combined` leaves all categories of a server."""


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    return told_apart(as_one(json_lines(stream), _identity, lambda record: str(record.get("path")), _combined), _named)


def _identity(record: Record) -> str | None:
    package, url = record.get("packageName"), record.get("url")
    if not isinstance(package, str) or not package.strip():
        return None
    if SCOPED.fullmatch(package):
        return package
    return f"{package} {TREE.sub('', str(url).lower().rstrip('/'))}" if _usable_url(url) else None


def _usable_url(url: object) -> bool:
    return isinstance(url, str) and REPOSITORY.fullmatch(url) is not None


def _named(record: Record) -> tuple[str, str] | None:
    identity = _identity(record)
    return None if identity is None else (_slug(record["packageName"], identity), identity)


def _slug(package: str, identity: str) -> str:
    # Many packages have the name of what they connect to, such as `notion`, which is another thing.
    slug = slug_of(package)
    if not slug:
        return with_digest("mcp", identity)
    return slug if "mcp" in slug else f"{slug[:190]}-mcp"


def _combined(first: Record, others: list[Record]) -> None:
    first[CATEGORIES_KEY] = texts([_category(record) for record in (first, *others)])
    for other in others:
        for key, value in other.items():
            if not first.get(key) or (key == "license" and str(first[key]).lower() in NO_LICENSE):
                first[key] = value


def _category(record: Record) -> str | None:
    stated = record.get("category") or str(record.get("path")).rpartition("/")[0].rpartition("/")[2]
    return stated if isinstance(stated, str) and kebab(stated) == stated else None


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    identity, name = _identity(record), record.get("name")
    if identity is None:
        left_out.record("has no package name with a repository")
        return None
    if record.get(SAME_KEY):
        left_out.record("is about the server of another record, and taken together with it")
        return None
    for key, reason in UNUSED.items():
        if record.get(key):
            left_out.part(f"{key}: {reason}")
    url, package = record.get("url"), record["packageName"]
    repository = REPOSITORY.fullmatch(url) if isinstance(url, str) else None
    if repository is None:
        left_out.part("url: no address of a repository")
    stated = record.get(CATEGORIES_KEY) or texts([_category(record)])
    categories = [category for category in stated if category not in SAYS_NOTHING]
    if len(categories) < len(stated):
        left_out.part("category: other says nothing")
    facts = _facts(record, left_out)
    line: dict[str, Any] = {
        "slug": record.get(SLUG_KEY) or _slug(package, identity),
        "name": name if isinstance(name, str) and name.strip() else package,
        "kind": ArtifactKind.MCP_SERVER,
        "publisher": repository["owner"] if repository else None,
        "homepage": url if repository else None,
        "tasks": categories,
        "aliases": [package] if SCOPED.fullmatch(package) else [],
        "attributes": {key: {"value": value} | SEEN for key, value in facts.items()},
        "capabilities": [*map(category_capability, categories), *_capabilities(facts)],
    }
    line |= stated_license(record.get("license"), left_out)
    return {key: value for key, value in line.items() if value not in (None, [], {})}


def _facts(record: Record, left_out: LeftOut) -> dict[str, Any]:
    environment = record.get("env") if isinstance(record.get("env"), dict) else {}
    needed = {key: _required(value) for key, value in (environment or {}).items() if KEY.fullmatch(key)}
    if len(needed) < len(environment or {}):
        left_out.part("env: no name of a variable")
    runtime = record.get("runtime")
    facts: dict[str, Any] = {
        "package": record["packageName"],
        "runtime": RUNTIMES.get(runtime, runtime) if isinstance(runtime, str) else None,
        "environment_needed": [key for key, required in needed.items() if required],
        "environment_optional": [key for key, required in needed.items() if not required],
        "tools": _tools(record.get("tools")),
    }
    return {key: value for key, value in facts.items() if value}


def _required(variable: object) -> bool:
    return isinstance(variable, dict) and variable.get("required") is True


def _tools(stated: object) -> list[str]:
    """The names of tools: of a list of names, of a list of objects that have one, or the keys of an object."""
    items = list(stated) if isinstance(stated, dict | list) else []
    return texts([item.get("name") if isinstance(item, dict) else item for item in items])


def _capabilities(facts: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if tools := facts.get("tools"):
        offered = f"{REGISTRY} lists {len(tools)} of its tools" if len(tools) > 1 else f"{REGISTRY} lists its tool"
        description = f"{offered}: {sentence_list(tools, most=20)}."
        yield capability("tools", "Tools", description, ["tool-use", *filter(None, map(kebab, tools[:20]))])
    if runtime := facts.get("runtime"):
        said = f"{REGISTRY} has it started with {runtime}."
        yield capability("runtime", f"Runs on {runtime}", said, ["runtime", kebab(runtime)])
    needed, optional = facts.get("environment_needed", []), facts.get("environment_optional", [])
    if needed or optional:
        # Names of variables are no words that anyone looks for: a tag for each would match nothing.
        yield capability("environment", "Set up by environment variables", _set_up(needed, optional), ["configuration"])


def _set_up(needed: list[str], optional: list[str]) -> str:
    parts = [f"needs {sentence_list(needed)}"] if needed else []
    parts += [f"also takes {sentence_list(optional)}" if needed else f"takes {sentence_list(optional)}"] * bool(
        optional
    )
    return f"From its environment it {' and '.join(parts)}."


ADAPTER = Adapter(
    name="mcp-servers",
    help="MCP servers: mcp-packages.jsonl.gz of awesome-mcp-registry, seen on 2025-10-29.",
    records=_records,
    convert=_converted,
)
