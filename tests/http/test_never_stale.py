"""An answer is of one version of the catalogue, and never of one that an import has replaced before it was asked for.

Every import of these tests changes all names, summaries, figures and ranks, so that an answer shows all over which
version it was made of. Readers ask meanwhile, again and again, for what the server keeps from one request to the next.
"""

import json
from collections import Counter
from collections.abc import Iterator
from random import Random
from threading import Event, Thread
from typing import Any

import httpx
import pytest

from schema.node import global_id
from tests.catalogue.lines import SOURCE, line
from tests.conftest import Run, serving

MANY = 13
IMPORTS = 4
READERS = 4
PARTS = "slug name summary publisher kind rank { exact } capabilities(first: 2) { edges { node { name description } } }"
CATALOGUE = "catalogue { version artifactCount }"
QUERIES = (
    f"query ($a: String!) {{ {CATALOGUE} artifact(slug: $a) {{ {PARTS} signals {{ value }} aliases }} }}",
    f"query ($first: Int!) {{ {CATALOGUE} artifacts(first: $first) {{ totalCount edges {{ node {{ {PARTS} }} }} }} }}",
    f"""query ($a: String!, $b: String!, $c: String!) {{
      comparison(of: [$a, $b, $c]) {{
        artifacts {{ {PARTS} }}
        fields(only: [RANK, ADOPTION]) {{
          key cells {{ number display basis artifact {{ slug }} }} leaders {{ {PARTS} }}
        }}
        verdict {{ winner {{ {PARTS} }} }}
      }}
      {CATALOGUE}
    }}""",
    f"""query ($ids: [ID!]!) {{
      nodes(ids: $ids) {{ ... on Artifact {{ {PARTS} alternatives(first: 3) {{ edges {{ node {{ {PARTS} }} }} }} }} }}
      {CATALOGUE}
    }}""",
)


def share(number: int, version: int) -> float:
    """All scores of an artifact in a version; each artifact has others, and their order changes with the version."""
    return 0.1 + (5 * number + 3 * version) % MANY / 20


def catalogue(version: int) -> str:
    """The catalogue as it is in a version."""
    made = []
    for number in range(MANY):
        value, said = share(number, version), f"of version {version}"
        score = {"value": value, "basis": "PUBLISHED", "source": SOURCE}
        signal = {"name": "likes", "value": 100 * version + number, "observed_on": "2026-01-01", "source": SOURCE}
        made.append(
            line(
                f"a-{number}",
                name=f"Artifact {number} {said}",
                summary=f"What it is, {said}",
                publisher=f"Somebody {said}",
                aliases=[f"alias/{number} {said}"],
                tasks=["one", "two"],
                scores=dict.fromkeys(("adoption", "quality", "ecosystem", "match_graph"), score),
                signals=[signal],
                capabilities=[
                    {"slug": f"c-{place}", "name": f"{place} {said}", "description": f"Does it, {said}"}
                    for place in (1, 2)
                ],
            )
        )
    return "\n".join(made)


def check_artifact(found: dict[str, Any], version: int) -> None:
    """Holds that all of an artifact is of a version."""
    number = int(found["slug"].removeprefix("a-"))
    said = f"of version {version}"
    assert found["name"] == f"Artifact {number} {said}"
    assert found["summary"] == f"What it is, {said}"
    assert found["publisher"] == f"Somebody {said}"
    assert found["rank"]["exact"] == pytest.approx(100 * share(number, version))
    for edge in found["capabilities"]["edges"]:
        assert edge["node"]["name"].endswith(said)
        assert edge["node"]["description"] == f"Does it, {said}"
    for signal in found.get("signals", ()):
        assert signal["value"] == 100 * version + number
    for alias in found.get("aliases", ()):
        assert alias == f"alias/{number} {said}"
    for edge in found.get("alternatives", {"edges": ()})["edges"]:
        check_artifact(edge["node"], version)


def check(data: dict[str, Any]) -> int:
    """The version that an answer says it is of, where all of it is."""
    version = int(data["catalogue"]["version"])
    assert data["catalogue"]["artifactCount"] == MANY
    if "artifact" in data:
        check_artifact(data["artifact"], version)
        assert data["artifact"]["signals"]
        assert data["artifact"]["aliases"]
    elif "nodes" in data:
        for node in data["nodes"]:
            check_artifact(node, version)
            assert len(node["alternatives"]["edges"]) == 3
    elif "artifacts" in data:
        assert data["artifacts"]["totalCount"] == MANY
        edges = data["artifacts"]["edges"]
        best = sorted(range(MANY), key=lambda number: -share(number, version))[: len(edges)]
        assert [edge["node"]["slug"] for edge in edges] == [f"a-{number}" for number in best]
        for edge in edges:
            check_artifact(edge["node"], version)
    else:
        check_comparison(data["comparison"], version)
    return version


def check_comparison(found: dict[str, Any], version: int) -> None:
    """Holds that all of a comparison is of a version."""
    numbers = [int(artifact["slug"].removeprefix("a-")) for artifact in found["artifacts"]]
    best = max(numbers, key=lambda number: share(number, version))
    rows = {row["key"]: row for row in found["fields"]}
    for key, factor in (("RANK", 100), ("ADOPTION", 1)):
        assert [cell["artifact"]["slug"] for cell in rows[key]["cells"]] == [f"a-{number}" for number in numbers]
        numbers_shown = [cell["number"] for cell in rows[key]["cells"]]
        assert numbers_shown == pytest.approx([factor * share(number, version) for number in numbers])
    for artifact in (
        *found["artifacts"],
        *rows["RANK"]["leaders"],
        *rows["ADOPTION"]["leaders"],
        found["verdict"]["winner"],
    ):
        check_artifact(artifact, version)
    for leader in (*rows["RANK"]["leaders"], *rows["ADOPTION"]["leaders"], found["verdict"]["winner"]):
        assert leader["slug"] == f"a-{best}"


class Reader(Thread):
    """Asks until it is told to end. `acknowledged` is the version of the last import that is known to be done."""

    def __init__(self, url: str, seed: int, acknowledged: list[int], end: Event, *, anew: bool) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.random = Random(seed)
        self.acknowledged = acknowledged
        self.end = end
        self.headers = {"connection": "close"} if anew else {}
        self.seen: Counter[int] = Counter()
        self.not_sent_again = 0
        self.tags: dict[str, tuple[str, dict[str, Any]]] = {}
        self.failure: BaseException | None = None

    def run(self) -> None:
        """Asks."""
        try:
            with httpx.Client(base_url=self.url, timeout=60, trust_env=False) as client:
                while not self.end.is_set():
                    least = self.acknowledged[-1]
                    version = check(self.ask(client))
                    assert least <= version <= IMPORTS + 1
                    self.seen[version] += 1
        except BaseException as error:
            self.failure = error

    def ask(self, client: httpx.Client) -> dict[str, Any]:
        """The data of an answer."""
        query = self.random.choice(QUERIES)
        numbers = self.random.sample(range(MANY), 3)
        variables: dict[str, Any] = {name: f"a-{number}" for name, number in zip("abc", numbers, strict=True)}
        variables["first"] = self.random.choice((3, 5, MANY))
        variables["ids"] = [global_id("Artifact", f"a-{number}") for number in numbers]
        variables = {name: value for name, value in variables.items() if f"${name}:" in query}
        if self.random.random() < 0.5:
            response = client.post("/graphql", json={"query": query, "variables": variables}, headers=self.headers)
        else:
            asked = {"query": query, "variables": json.dumps(variables)}
            key = json.dumps(asked)
            tag, kept = self.tags.get(key, ('"none"', {}))
            response = client.get("/graphql", params=asked, headers=self.headers | {"if-none-match": tag})
            if response.status_code == 304:
                # That what one has is still right is an answer too.
                self.not_sent_again += 1
                return kept
            self.tags[key] = response.headers["etag"], response.json()["data"]
        assert response.status_code == 200, response.text
        body: dict[str, Any] = response.json()
        assert "errors" not in body, body
        data: dict[str, Any] = body["data"]
        return data


@pytest.fixture
def end() -> Iterator[Event]:
    """Tells readers to end, at the latest when the test does."""
    event = Event()
    yield event
    event.set()


@pytest.mark.parametrize(
    ("workers", "parts", "answers"),
    [("1", "64", "64"), ("2", "64", "64"), ("1", "1", "0")],
)
def test_never_stale(workers: str, parts: str, answers: str, address: str, gateway: Run, end: Event) -> None:
    acknowledged = [1]
    assert "version 1" in gateway("import", "-", input=catalogue(1)).stdout
    with serving(address, workers=workers, part_cache_mb=parts, answer_cache_mb=answers) as server:
        readers = [
            Reader(server.url, number, acknowledged, end, anew=workers != "1" or number == 0)
            for number in range(READERS)
        ]
        for reader in readers:
            reader.start()
        for version in range(2, IMPORTS + 2):
            assert f"version {version}" in gateway("import", "-", input=catalogue(version)).stdout
            acknowledged.append(version)
        enough(readers)
        end.set()
        for reader in readers:
            reader.join(60)
            if reader.failure is not None:
                raise reader.failure
            assert not reader.is_alive()
    # It was asked all along, and not only at the end.
    assert all(len(reader.seen) > 2 for reader in readers)
    assert any(reader.not_sent_again for reader in readers)


def enough(readers: list[Reader]) -> None:
    """Waits until each reader has seen the last version some times, or has failed."""
    for _ in range(600):
        if all(reader.failure or reader.seen[IMPORTS + 1] >= 20 for reader in readers):
            return
        Event().wait(0.1)
    raise AssertionError([reader.seen for reader in readers])
