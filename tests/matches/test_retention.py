"""What becomes of counts as days go by, and when the catalogue changes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.matches.catalogue import KNOTS, LINES, SHANTIES, artifact
from tests.matches.conftest import Crowd, client, crowded, days_go_by, put, rows

CAPABILITIES = """
{ artifact(slug: "walrus") { timesMatched capabilities { edges { node { slug timesMatched } } } } }
"""
STORED = ("match_search", "match_choice", "match_hit", "match_query", "match_day", "match_total")


def without(slug: str) -> list[str]:
    """The catalogue without an artifact."""
    return [line for line in LINES if json.loads(line)["slug"] != slug]


def matched(crowd: Crowd) -> tuple[int, dict[str, int]]:
    """How often searches have led to the walrus, and to each of its capabilities, in their order."""
    found = crowd.server.data(CAPABILITIES)["artifact"]
    nodes = [edge["node"] for edge in found["capabilities"]["edges"]]
    return found["timesMatched"], {node["slug"]: node["timesMatched"] for node in nodes}


def walrus(**more: Any) -> str:
    """The walrus's line with something changed."""
    return artifact("walrus", "harbour", 0, **more)


def test_days_that_are_too_old_go_with_all_that_came_of_them(fresh: str) -> None:
    with crowded(fresh, match_days="3") as crowd:
        crowd.all_search("sing shanties", range(6))
        crowd.all_search("old harbour", range(6))
        crowd.choose("old harbour", "otter", client(1))
        crowd.settle()
        days_go_by(fresh, 2)
        crowd.search("harbour", client(7))
        # What is of the third last day still counts.
        crowd.await_times("walrus", 13)
        assert matched(crowd)[1] == {"shanties": 6, "knots": 0}
        found = crowd.evidence("walrus", "otter")
        assert (found["sharedQueries"], found["sampleQueries"]) == (7, ["old harbour"])
        assert found["preferences"]["otter", "walrus"]["chosenOver"] == 1
        version = crowd.version()
        days_go_by(fresh, 1)
        # What is older goes although nobody searches.
        crowd.await_times("walrus", 1)
        assert crowd.version() > version
        assert matched(crowd) == (1, {"shanties": 0, "knots": 0})
        found = crowd.evidence("walrus", "otter")
        assert (found["sharedQueries"], found["sampleQueries"]) == (1, [])
        assert found["preferences"]["otter", "walrus"]["chosenOver"] == 0
        yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
        assert (found["since"], found["until"]) == (yesterday, yesterday)
        assert rows(fresh, "SELECT text FROM match_query") == [("harbour",)]
        assert rows(fresh, "SELECT count(*) FROM match_choice") == [(0,)]
        days_go_by(fresh, 2)
        crowd.await_times("walrus", 0)
        found = crowd.evidence("walrus", "otter")
        assert (found["sharedQueries"], found["since"]) == (0, None)
        for table in STORED:
            assert rows(fresh, f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608, ours


def test_an_import_that_changes_an_artifact_keeps_what_led_to_it(crowd: Crowd) -> None:
    address = crowd.server.database
    crowd.search("sing shanties", client(1))
    crowd.search("sing shanties", client(2))
    crowd.search("tie bowlines", client(1))
    crowd.search("harbour", client(1))
    crowd.settle()
    assert matched(crowd) == (4, {"shanties": 2, "knots": 1})
    # The same file again is no change.
    version = crowd.version()
    assert put(address, LINES).version == version
    assert (crowd.version(), matched(crowd)) == (version, (4, {"shanties": 2, "knots": 1}))
    waltz = {"slug": "waltz", "name": "Dance a waltz", "description": "It dances."}
    more = {"summary": "Another one.", "capabilities": [waltz, KNOTS, SHANTIES | {"name": "Sing them"}]}
    assert put(address, [walrus(**more)]).changed == 1
    assert crowd.version() > version
    assert matched(crowd) == (4, {"waltz": 0, "knots": 1, "shanties": 2})
    # One that is taken out and put in again is known again by its slug.
    put(address, [walrus(capabilities=[SHANTIES])])
    assert matched(crowd) == (4, {"shanties": 2})
    put(address, LINES)
    assert matched(crowd) == (4, {"shanties": 2, "knots": 1})
    crowd.search("shanties", client(3))
    crowd.settle()
    assert matched(crowd) == (5, {"shanties": 3, "knots": 1})


def test_an_import_that_removes_an_artifact_takes_out_what_led_to_it(crowd: Crowd) -> None:
    address = crowd.server.database
    crowd.all_search("prairie", range(3))
    crowd.all_search("sunflower", range(3))
    crowd.choose("prairie", "sunflower", client(1))
    crowd.settle()
    assert [crowd.times(slug) for slug in ("bison", "sunflower")] == [3, 6]
    assert put(address, without("sunflower"), replace=True).removed == 1
    assert rows(address, "SELECT count(*) FROM match_choice") == [(0,)]
    assert rows(address, "SELECT count(*) FROM match_hit WHERE artifact_id NOT IN (SELECT id FROM artifact)") == [(0,)]
    assert [crowd.times(slug) for slug in ("bison", "coyote")] == [3, 3]
    assert crowd.evidence("bison", "coyote")["sharedQueries"] == 3
    # Whoever comes next has nothing of it, also where it gets the same place, or the same name.
    put(address, [artifact("pampas", "prairie", 2)])
    put(address, LINES)
    crowd.search("coyote", client(9))
    crowd.settle()
    assert [crowd.times(slug) for slug in ("bison", "coyote", "pampas", "sunflower")] == [3, 4, 0, 0]
    found = crowd.evidence("bison", "sunflower", "pampas")
    assert found["sharedQueries"] == 0
