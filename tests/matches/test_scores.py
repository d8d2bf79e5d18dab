"""The match graph's score: when there is one, what it comes to, and what it stands in for."""

import json
from math import log1p
from typing import Any

import pytest

from tests.matches.catalogue import GROUPS, LINES, MARKER, MATCH_GRAPH, PUBLISHED
from tests.matches.conftest import Crowd, client, crowded, days_go_by, exported, put

LEAST = 30
"""How many clients have to have searched."""
BASE, FULL, CHOSEN = 10, 10_000, 4
"""The scorecard's figures: up to about ten clients count by their number, ten thousand are 1, and a choice is 4."""
CARD = "{ scorecard { dimensions { dimension weight } } }"
ALL = """
query ($after: String) { artifacts(first: 100, after: $after) {
  edges { node { slug timesMatched score(dimension: MATCH_GRAPH) { value basis } } }
} }
"""


def worth(credit: float) -> float:
    """The score that the clients who were led to an artifact give it."""
    return min(1.0, log1p(credit / BASE) / log1p(FULL / BASE))


def ranked(crowd: Crowd, published: float, match_graph: float | None) -> float:
    """The rank that a score on the match graph gives to an artifact of which the same is published on the others."""
    found = crowd.server.data(CARD)["scorecard"]["dimensions"]
    weights = {one["dimension"]: one["weight"] for one in found}
    scores = dict.fromkeys(("ADOPTION", "QUALITY", "ECOSYSTEM"), published)
    if match_graph is not None:
        scores["MATCH_GRAPH"] = match_graph
    whole = sum(weights[name] for name in scores)
    return float(100 * sum(weights[name] * score for name, score in scores.items()) / whole)


def scores(crowd: Crowd) -> dict[str, Any]:
    """What all artifacts have on the match graph."""
    edges = crowd.server.data(ALL)["artifacts"]["edges"]
    return {edge["node"]["slug"]: edge["node"]["score"] for edge in edges}


def test_nobody_has_a_score_before_enough_have_searched_and_all_have_one_then(fresh: str) -> None:
    with crowded(fresh) as crowd:
        # The marker's client is one of them, who counts once for all of its texts.
        crowd.all_search("harbour", range(LEAST - 2))
        for text in ("meadow", "glacier", "what nothing answers"):
            crowd.search(text, client(0))
        crowd.settle()
        crowd.settle()
        before = scores(crowd)
        assert before.pop("bison") == {"value": MATCH_GRAPH, "basis": "PUBLISHED"}
        assert set(map(str, before.values())) == {str({"value": None, "basis": "MISSING"})}
        assert crowd.score("walrus")["timesMatched"] == LEAST - 2
        assert crowd.score("walrus")["score"]["terms"] == []
        assert crowd.score("walrus")["rank"]["exact"] == pytest.approx(ranked(crowd, PUBLISHED[0], None))
        # One more, whom nothing is found for, has searched all the same.
        assert crowd.search("zzzzzz", client(LEAST)) == []
        crowd.settle()
        after = scores(crowd)
        assert {one["basis"] for one in after.values()} == {"DERIVED"}
        led_to = {*GROUPS["harbour"], *GROUPS["meadow"], *GROUPS["glacier"], MARKER}
        assert {slug for slug, one in after.items() if one["value"] > 0} == led_to
        assert {one["value"] for slug, one in after.items() if slug not in led_to} == {0}
        found = crowd.score("falcon")
        assert found["score"]["value"] == 0
        assert found["rank"]["exact"] == pytest.approx(ranked(crowd, PUBLISHED[2], 0))


def test_a_score_is_worked_out_from_the_best_place_and_the_choice_of_each_client(crowd: Crowd) -> None:
    # 40 are shown the walrus first, the heron second and the otter third; six choose the otter.
    crowd.all_search("harbour", range(40))
    for number in range(6):
        crowd.choose("harbour", "otter", client(number))
    # Five of these are shown the heron first for another text, which is then their best place, and three more.
    for number in (*range(10, 15), *range(40, 43)):
        assert crowd.search("heron harbour", client(number)) == ["heron", "walrus", "otter"]
    crowd.settle()
    credit = {
        "walrus": 40 * 1 + 3 / 2,
        "heron": 35 / 2 + 5 * 1 + 3 * 1,
        "otter": 34 / 3 + 6 * CHOSEN + 3 / 3,
        "falcon": 0.0,
    }
    published = dict(zip((*GROUPS["harbour"], "falcon"), (*PUBLISHED, PUBLISHED[2]), strict=True))
    for slug, of_all in credit.items():
        found = crowd.score(slug)
        value = worth(of_all)
        assert found["score"]["value"] == pytest.approx(value, abs=1e-12)
        assert found["score"]["source"]["title"].startswith("Scorecard ")
        (term,) = found["score"]["terms"]
        assert (term["figure"], term["share"]) == ("searchers", 1)
        assert term["value"] == pytest.approx(of_all)
        assert term["score"] == pytest.approx(value)
        assert found["rank"]["exact"] == pytest.approx(ranked(crowd, published[slug], value))
    assert [crowd.times(slug) for slug in credit] == [48, 48, 48, 0]
    # What is sent later counts at once, for those whom it is about, and the others keep what they have.
    crowd.choose("harbour", "heron", client(20))
    crowd.settle()
    value = worth(credit["heron"] - 1 / 2 + CHOSEN)
    assert crowd.score("heron")["score"]["value"] == pytest.approx(value)
    assert crowd.score("walrus")["score"]["value"] == pytest.approx(worth(credit["walrus"]))
    rows = crowd.server.data(
        '{ comparison(of: ["walrus", "heron"]) { fields(only: [MATCH_GRAPH]) { leaders { slug } cells { number } } } }'
    )["comparison"]["fields"]
    assert rows[0]["leaders"] == [{"slug": "walrus"}]
    assert [cell["number"] for cell in rows[0]["cells"]] == pytest.approx([worth(credit["walrus"]), value])


def test_two_lucky_ones_do_not_beat_many_ordinary_ones(crowd: Crowd) -> None:
    ordinary = 2_000
    # The two search for what leads to the cactus alone, and both choose it.
    for number in range(2):
        assert crowd.search("cactus", client(number)) == ["cactus"]
        crowd.choose("cactus", "cactus", client(number))
    # The many are shown the poppy third, and choose nothing.
    crowd.all_search("meadow", range(10, 10 + ordinary))
    crowd.await_times("poppy", ordinary)
    lucky, many = crowd.score("cactus")["score"]["value"], crowd.score("poppy")["score"]["value"]
    assert lucky == pytest.approx(worth(2 * CHOSEN))
    assert many == pytest.approx(worth(ordinary / 3))
    # By far, and not by a hair.
    assert lucky < many / 5


def test_what_is_published_of_the_match_graph_stands_aside_while_searches_say_enough(fresh: str) -> None:
    before = exported(fresh)
    assert before["bison"]["scores"]["match_graph"]["value"] == MATCH_GRAPH
    with crowded(fresh, match_days="30") as crowd:
        aside = ranked(crowd, PUBLISHED[0], MATCH_GRAPH)
        assert crowd.score("bison")["rank"]["exact"] == pytest.approx(aside)
        crowd.all_search("prairie", range(LEAST))
        crowd.settle()
        found = crowd.score("bison")
        assert found["score"]["basis"] == "DERIVED"
        assert found["score"]["value"] == pytest.approx(worth(LEAST))
        assert found["rank"]["exact"] == pytest.approx(ranked(crowd, PUBLISHED[0], worth(LEAST)))
        # What searches say is not what the catalogue states, and comes and goes without a trace in it.
        assert exported(fresh) == before
        version = crowd.version()
        said = put(fresh, LINES)
        assert (said.added, said.changed, said.unchanged, said.version) == (0, 0, len(LINES), version)
        # Nor does another line of it bring back what is published.
        put(fresh, [json.dumps(before["bison"] | {"summary": "Another one."})])
        found = crowd.score("bison")
        assert (found["score"]["basis"], found["timesMatched"]) == ("DERIVED", LEAST)
        assert found["score"]["value"] == pytest.approx(worth(LEAST))
        put(fresh, LINES)
        assert exported(fresh) == before
        days_go_by(fresh, 40)
        crowd.await_times("bison", 0)
        found = crowd.score("bison")
        assert (found["score"]["basis"], found["score"]["value"]) == ("PUBLISHED", MATCH_GRAPH)
        assert found["score"]["source"]["title"] == "made for the test"
        assert found["rank"]["exact"] == pytest.approx(aside)
        assert crowd.score("coyote")["score"]["basis"] == "MISSING"
        assert crowd.score("coyote")["rank"]["exact"] == pytest.approx(ranked(crowd, PUBLISHED[1], None))
        assert exported(fresh) == before
