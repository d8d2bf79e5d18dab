"""`gateway matches`: what is searched for, what that leads to, and what the catalogue lacks."""

import json
from pathlib import Path

from tests.catalogue.lines import line
from tests.conftest import Run, serving

CATALOGUE = [
    line("whales", kind="DATASET", capabilities=[{"slug": "songs", "name": "Songs of whales", "description": "Long"}]),
    line("bats", kind="DATASET", capabilities=[{"slug": "calls", "name": "Calls of bats", "description": "Short"}]),
]
SEARCH = "query ($text: String!) { search(text: $text) { edges { node { artifact { slug } } } } }"


def searched(address: str, *asked: tuple[str, str]) -> None:
    """Has clients search, and ends the gateway before anything is counted."""
    with serving(address, trusted_proxies="127.0.0.1") as running:
        for client, text in asked:
            body = {"query": SEARCH, "variables": {"text": text}}
            answer = running.client.post("/graphql", json=body, headers={"x-forwarded-for": client}).json()
            assert "errors" not in answer


def test_searches_are_counted_and_shown(gateway: Run, address: str, tmp_path: Path) -> None:
    (tmp_path / "catalogue.jsonl").write_text("\n".join(CATALOGUE))
    assert gateway("import", "catalogue.jsonl").returncode == 0
    one, two = "203.0.113.1", "203.0.113.2"
    searched(address, (one, "songs of whales"), (two, "Songs of  WHALES"), (one, "bats"), (one, "zebra stripes"))
    searched(address, (one, ""), (two, " ?! "))

    found = json.loads(gateway("matches", "--json").stdout)
    assert (found["searches"], found["searchers"]) == (4, 2)
    assert found["since"] == found["until"]
    assert [(item["text"], item["searchers"]) for item in found["queries"]] == [
        ("songs of whales", 2),
        ("bats", 1),
        ("zebra stripes", 1),
    ]
    assert [(item["slug"], item["searches"]) for item in found["artifacts"]] == [("whales", 2), ("bats", 1)]
    assert [(item["artifact"], item["name"], item["searches"]) for item in found["capabilities"]] == [
        ("whales", "Songs of whales", 2),
        ("bats", "Calls of bats", 1),
    ]
    assert [(item["text"], item["best"]) for item in found["without_good_match"]] == [("zebra stripes", 0.0)]

    shown = gateway("matches").stdout
    assert "4 searches of 2 clients, each counted once a day" in shown
    assert shown.index("What is searched for") < shown.index("What the catalogue lacks") < shown.rindex("zebra stripes")
    assert len(json.loads(gateway("matches", "--json", "--first", "1").stdout)["queries"]) == 1


def test_without_searches_it_says_so(gateway: Run, tmp_path: Path) -> None:
    (tmp_path / "catalogue.jsonl").write_text("\n".join(CATALOGUE))
    assert gateway("import", "catalogue.jsonl").returncode == 0
    assert gateway("matches").stdout == "No search has been counted yet.\n"


def test_without_a_catalogue_it_says_what_to_do(gateway: Run) -> None:
    ran = gateway("matches")
    assert (ran.returncode, ran.stderr) == (
        2,
        "NO_CATALOGUE: The database holds no catalogue yet; import one first.\n",
    )
