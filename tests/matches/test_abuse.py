"""What somebody who wants an artifact to look better comes to: no more than any other client."""

import pytest

from tests.matches.conftest import MARKING, Crowd, client, crowded
from tests.matches.test_scores import CHOSEN, LEAST, worth

ATTACKER = "192.0.2.66"
TEXTS = 300
REPEATS = 200
ATTACKED, RIVAL = "otter", "walrus"


def attacks(crowd: Crowd) -> None:
    """All that one address can do, behind a proxy that is believed: whatever the address says of itself is not."""
    for number in range(REPEATS):
        assert crowd.search("otter harbour", f"{client(1_000 + number)}, {ATTACKER}")[0] == ATTACKED
        crowd.choose("otter harbour", ATTACKED, f"{client(1_000 + number)}, {ATTACKER}")
    for number in range(TEXTS):
        text = f"otter harbour {number}"
        crowd.search(text, ATTACKER, {"user-agent": f"Browser {number}", "cookie": f"who={number}"}, first=3)
        # For what it has searched for, and for what it has not.
        for chosen in (text, f"harbour of otters {number}"):
            crowd.choose(chosen, ATTACKED, ATTACKER)


def honest(crowd: Crowd, clients: range) -> None:
    """Clients who are shown the rival first, and the attacked artifact third."""
    crowd.all_search("harbour", clients)


def test_an_attacker_has_one_client_s_worth_of_a_score_and_one_vote(fresh: str) -> None:
    with crowded(fresh) as crowd:
        attacks(crowd)
        crowd.settle()
        # Alone it is one client, and the marker's is another: that is too few for anybody to have a score.
        assert crowd.score(ATTACKED)["score"]["basis"] == "MISSING"
        evidence = crowd.evidence(ATTACKED, RIVAL)
        # What only one client has asked is not shown, though it has asked for it 200 times.
        assert evidence["sampleQueries"] == []
        for pair in ((ATTACKED, RIVAL), (RIVAL, ATTACKED)):
            assert evidence["preferences"][pair]["voters"] == 1
        assert evidence["preferences"][ATTACKED, RIVAL]["wins"] == 1
        # As many others search as make it a score.
        honest(crowd, range(LEAST - 2))
        crowd.settle()
        found = crowd.score(ATTACKED)
        shown = (LEAST - 2) / 3
        assert found["score"]["value"] == pytest.approx(worth(shown + CHOSEN), abs=1e-12)
        assert crowd.score(RIVAL)["score"]["value"] < worth(LEAST)
        evidence = crowd.evidence(ATTACKED, RIVAL)["preferences"]
        assert (evidence[ATTACKED, RIVAL]["wins"], evidence[RIVAL, ATTACKED]["wins"]) == (1, LEAST - 2)
        # What it sends from now on moves nothing at all.
        crowd.search("otters of the harbour", ATTACKER)
        crowd.choose("otters of the harbour", ATTACKED, ATTACKER)
        crowd.settle()
        assert crowd.score(ATTACKED)["score"] == found["score"]
        assert crowd.score(ATTACKED)["rank"] == found["rank"]


def test_a_network_of_ipv6_attacks_as_one_client(fresh: str) -> None:
    with crowded(fresh) as crowd:
        honest(crowd, range(LEAST))
        for number in range(100):
            address = f"2001:db8:6:6::{number:x}"
            crowd.search("otter harbour", address)
            crowd.choose("otter harbour", ATTACKED, address)
        crowd.settle()
        assert crowd.score(ATTACKED)["score"]["value"] == pytest.approx(worth(LEAST / 3 + CHOSEN), abs=1e-12)
        assert crowd.evidence(ATTACKED, RIVAL)["preferences"][ATTACKED, RIVAL]["wins"] == 1


def test_choices_without_a_search_and_searches_that_lead_elsewhere_are_worth_nothing(fresh: str) -> None:
    with crowded(fresh) as crowd:
        honest(crowd, range(LEAST))
        crowd.settle()
        before = crowd.score("clover")
        assert before["score"]["value"] == 0
        for number in range(100):
            crowd.choose("harbour", "clover", client(number))
            crowd.choose(f"clover {number}", "clover", client(number))
        crowd.search("harbour", ATTACKER)
        crowd.settle()
        assert crowd.score("clover") == before


def test_a_flood_of_one_client_keeps_nobody_else_from_being_counted(fresh: str) -> None:
    with crowded(fresh) as crowd:
        for number in range(500):
            crowd.choose(f"flood {number}", ATTACKED, MARKING)
        honest(crowd, range(5))
        crowd.await_times(RIVAL, 5)
