"""What somebody who wants an artifact to look better comes to: no more than any other client."""

import pytest

from tests.matches.conftest import Crowd, client, crowded
from tests.matches.test_scores import CHOSEN, LEAST, worth

# What of it is SQL is held on both databases by the tests of counting, evidence and scores.
pytestmark = pytest.mark.on_sqlite

ATTACKER = "192.0.2.66"
TEXTS = 300
REPEATS = 200
ATTACKED, RIVAL = "otter", "walrus"


def attacks(crowd: Crowd) -> None:
    """All that one address can do, behind a proxy that is believed: whatever the address says of itself is not."""
    for number in range(REPEATS):
        who = f"{client(1_000 + number)}, {ATTACKER}"
        assert crowd.search("otter harbour", who)[0] == ATTACKED
        # For what it has searched for, and for what it has not.
        crowd.choose("otter harbour", ATTACKED, who)
        crowd.choose(f"harbour of otters {number}", ATTACKED, who)
    for number in range(TEXTS):
        text = f"otter harbour {number}"
        crowd.search(text, ATTACKER, {"user-agent": f"Browser {number}", "cookie": f"who={number}"}, first=3)
        crowd.choose(text, ATTACKED, ATTACKER)


def test_an_attacker_has_one_client_s_worth_of_a_score_and_one_vote(fresh: str) -> None:
    with crowded(fresh) as crowd:
        attacks(crowd)
        crowd.settle()
        # Alone it is one client, and the marker's is another: that is too few for anybody to have a score.
        assert crowd.score(ATTACKED)["score"]["basis"] == "MISSING"
        evidence = crowd.evidence(ATTACKED, RIVAL)
        assert evidence["sharedQueries"] == TEXTS + 1
        # What only one client has asked is not shown, though it has asked for it 200 times.
        assert evidence["sampleQueries"] == []
        pairs = evidence["preferences"]
        assert (pairs[ATTACKED, RIVAL]["wins"], pairs[RIVAL, ATTACKED]["wins"]) == (1, 0)
        assert pairs[ATTACKED, RIVAL]["voters"] == 1
        # As many others as make it a score are shown the rival first, and what is attacked third.
        others = LEAST - 2
        crowd.all_search("harbour", range(others))
        crowd.settle()
        found = crowd.score(ATTACKED)
        assert found["score"]["value"] == pytest.approx(worth(others / 3 + CHOSEN), abs=1e-12)
        pairs = crowd.evidence(ATTACKED, RIVAL)["preferences"]
        assert (pairs[ATTACKED, RIVAL]["wins"], pairs[RIVAL, ATTACKED]["wins"]) == (1, others)
        # What it sends from now on moves nothing at all.
        crowd.search("otters of the harbour", ATTACKER)
        crowd.choose("otters of the harbour", ATTACKED, ATTACKER)
        crowd.settle()
        again = crowd.score(ATTACKED)
        assert (again["score"], again["rank"]) == (found["score"], found["rank"])


def test_a_network_of_ipv6_attacks_as_one_client(crowd: Crowd) -> None:
    crowd.all_search("meadow", range(LEAST))
    for number in range(100):
        address = f"2001:db8:6:6::{number:x}"
        assert crowd.search("poppy meadow", address)[0] == "poppy"
        crowd.choose("poppy meadow", "poppy", address)
    crowd.settle()
    assert crowd.score("poppy")["score"]["value"] == pytest.approx(worth(LEAST / 3 + CHOSEN), abs=1e-12)
    assert crowd.evidence("poppy", "clover")["preferences"]["poppy", "clover"]["wins"] == 1


def test_choices_without_a_search_that_led_there_are_worth_nothing(crowd: Crowd) -> None:
    crowd.all_search("glacier", range(LEAST))
    crowd.settle()
    before = crowd.score("camel")
    assert before["score"]["value"] == 0
    for number in range(100):
        crowd.choose("glacier", "camel", client(number))
        crowd.choose(f"camel {number}", "camel", client(number))
    crowd.settle()
    assert crowd.score("camel") == before


def test_a_flood_of_one_client_keeps_nobody_else_from_being_counted(crowd: Crowd) -> None:
    for number in range(300):
        crowd.choose(f"flood {number}", "pumice", ATTACKER)
    crowd.all_search("volcano", range(5))
    crowd.settle()
    assert crowd.times("basalt") == 5
