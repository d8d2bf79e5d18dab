"""What a comparison says of searches: the counts, the intervals, and no more than these allow."""

from math import sqrt
from typing import Any

import pytest

from tests.matches.conftest import EVIDENCE, Crowd, client, crowded

VERDICT = """
query ($of: [String!]!) {
  comparison(of: $of) { verdict {
    winner { slug } evidence { stance text } caveats { code text artifacts { slug } }
  } }
}
"""
NOTHING: dict[str, Any] = {
    "placedAbove": 0,
    "chosenOver": 0,
    "wins": 0,
    "voters": 0,
    "share": None,
    "low": None,
    "high": None,
}


def wilson(wins: int, of: int) -> tuple[float, float]:
    """The ends of Wilson's 95 % interval: the shares that differ from the one observed by 1.96 of their own standard
    deviations, which are the roots of an equation of the second degree.
    """
    z = 1.959963984540054
    a, b, c = of + z * z, -(2 * wins + z * z), wins * wins / of
    root = sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def figures(found: dict[str, Any], one: str, other: str) -> dict[str, Any]:
    """What is counted of one against another."""
    pair = found["preferences"][one, other]
    return {name: pair[name] for name in NOTHING}


def verdict(crowd: Crowd, *slugs: str) -> dict[str, Any]:
    """The verdict on some artifacts."""
    found: dict[str, Any] = crowd.server.data(VERDICT, of=slugs)["comparison"]["verdict"]
    return found


def against(crowd: Crowd, *slugs: str) -> list[dict[str, Any]]:
    """The caveats that searches give."""
    return [one for one in verdict(crowd, *slugs)["caveats"] if one["code"] == "SEARCHES_DISAGREE"]


def test_where_nobody_has_searched_it_is_said(fresh: str) -> None:
    with crowded(fresh) as crowd:
        found = crowd.evidence("walrus", "heron")
        assert found["since"] is found["until"] is None
        assert (found["sharedQueries"], found["sampleQueries"]) == (0, [])
        assert found["text"] == "No recorded search has matched more than one of them."
        assert figures(found, "walrus", "heron") == figures(found, "heron", "walrus") == NOTHING
        said = verdict(crowd, "walrus", "heron")
        assert said["evidence"] == {
            "stance": "NO_SEARCHES",
            "text": "No recorded search says which is preferred.",
        }
        assert said["winner"]["slug"] == "walrus"
        assert against(crowd, "walrus", "heron") == []


def test_searches_that_lead_to_others_are_none_of_theirs(crowd: Crowd) -> None:
    crowd.search("harbour", client(1))
    # One of the two alone says nothing of both.
    crowd.search("clover", client(1))
    crowd.settle()
    found = crowd.evidence("clover", "poppy")
    assert found["sharedQueries"] == 0
    assert found["since"] is not None
    assert figures(found, "clover", "poppy") == figures(found, "poppy", "clover") == NOTHING


def test_places_choices_and_the_interval_of_the_share(crowd: Crowd) -> None:
    # Ten are shown the camel first, and three of them choose the cactus; two are shown the cactus first.
    crowd.all_search("desert", range(10))
    crowd.all_search("cactus desert", range(10, 12))
    for number in range(3):
        crowd.choose("desert", "cactus", client(number))
    crowd.choose("desert", "camel", client(5))
    crowd.settle()
    found = crowd.evidence("camel", "cactus")
    assert found["sharedQueries"] == 12
    camel, cactus = figures(found, "camel", "cactus"), figures(found, "cactus", "camel")
    low, high = wilson(7, 12)
    assert camel == {
        "placedAbove": 10,
        "chosenOver": 1,
        "wins": 7,
        "voters": 12,
        "share": pytest.approx(7 / 12),
        "low": pytest.approx(low, abs=1e-9),
        "high": pytest.approx(high, abs=1e-9),
    }
    assert cactus == {
        "placedAbove": 2,
        "chosenOver": 3,
        "wins": 5,
        "voters": 12,
        "share": pytest.approx(5 / 12),
        "low": pytest.approx(1 - high, abs=1e-9),
        "high": pytest.approx(1 - low, abs=1e-9),
    }
    sentence = found["preferences"]["camel", "cactus"]["text"]
    assert sentence.startswith("7 of 12 searchers prefer Camel Desert to Cactus Desert: 58 %")
    assert f"{100 * low:.0f} to {100 * high:.0f} %" in sentence
    assert found["text"].startswith("12 searches from ")


def test_a_client_has_one_vote_however_many_texts_it_sends(crowd: Crowd) -> None:
    for text in ("apricot orchard", "orchard apricot", "orchard, apricot!", "the apricot orchard"):
        assert crowd.search(text, client(1))[0] == "apricot"
    for number in (2, 3):
        assert crowd.search("mulberry orchard", client(number))[0] == "mulberry"
    crowd.settle()
    found = crowd.evidence("apricot", "mulberry")
    assert found["sharedQueries"] == 6
    assert figures(found, "apricot", "mulberry")["placedAbove"] == 4
    assert (figures(found, "apricot", "mulberry")["wins"], figures(found, "mulberry", "apricot")["wins"]) == (1, 2)
    assert figures(found, "apricot", "mulberry")["voters"] == 3


def test_three_are_held_against_each_other_pair_by_pair(crowd: Crowd) -> None:
    crowd.search("volcano", client(1))
    crowd.search("pumice volcano", client(2))
    crowd.search("volcano", client(3), first=2)
    crowd.choose("pumice volcano", "obsidian", client(2))
    crowd.settle()
    found = crowd.evidence("pumice", "basalt", "obsidian")
    assert found["sharedQueries"] == 3
    assert list(found["preferences"]) == [
        ("pumice", "basalt"),
        ("pumice", "obsidian"),
        ("basalt", "pumice"),
        ("basalt", "obsidian"),
        ("obsidian", "pumice"),
        ("obsidian", "basalt"),
    ]
    counted = {pair: (one["placedAbove"], one["chosenOver"], one["wins"]) for pair, one in found["preferences"].items()}
    assert counted == {
        ("pumice", "basalt"): (1, 0, 1),
        ("pumice", "obsidian"): (1, 0, 0),
        ("basalt", "pumice"): (1, 0, 1),
        ("basalt", "obsidian"): (3, 0, 2),
        ("obsidian", "pumice"): (1, 1, 2),
        ("obsidian", "basalt"): (0, 1, 1),
    }


def test_a_text_is_shown_once_five_clients_have_searched_for_it(crowd: Crowd) -> None:
    crowd.all_search("Lagoon  Oyster", range(4))
    for text in ("lagoon", "oyster lagoon", "lagoon oyster!"):
        # One client is one, whatever else it searches for, and however often.
        crowd.search(text, client(1))
        crowd.search("lagoon oyster", client(1))
    crowd.settle()
    assert crowd.evidence("flamingo", "oyster")["sampleQueries"] == []
    crowd.search("lagoon oyster", client(4))
    crowd.all_search("lagoon", range(20, 28))
    # What leads to one of the two is no sample of both.
    crowd.all_search("oyster", range(8))
    crowd.settle()
    assert crowd.evidence("flamingo", "oyster")["sampleQueries"] == ["lagoon", "lagoon oyster"]
    query = '{ comparison(of: ["flamingo", "oyster"]) { evidence { sampleQueries(first: 1) } } }'
    assert crowd.server.data(query)["comparison"]["evidence"]["sampleQueries"] == ["lagoon"]
    pair = 'comparison(of: ["flamingo", "oyster"])'
    both = f"{{ all: {pair} {{ evidence {{ sampleQueries }} }} none: {pair} {{ evidence {{ sharedQueries }} }} }}"
    assert crowd.server.data(both)["all"]["evidence"]["sampleQueries"] == ["lagoon", "lagoon oyster"]


def test_searches_agree_with_a_verdict_only_where_the_whole_interval_does(crowd: Crowd) -> None:
    crowd.all_search("lichen tundra", range(3))
    crowd.settle()
    # All three prefer the winner, which may still be chance.
    assert wilson(3, 3)[0] < 0.5 < wilson(4, 4)[0]
    said = verdict(crowd, "lichen", "lemming")
    assert (said["winner"]["slug"], said["evidence"]["stance"]) == ("lichen", "INCONCLUSIVE")
    assert "3 of 3 searchers" in said["evidence"]["text"]
    crowd.search("tundra", client(4))
    crowd.settle()
    said = verdict(crowd, "lichen", "lemming")
    assert said["evidence"]["stance"] == "SUPPORTS"
    assert said["evidence"]["text"].startswith("Searches agree with the verdict. 4 of 4 searchers prefer Lichen Tundra")
    assert against(crowd, "lichen", "lemming") == []
    # Held against one more, for which nothing speaks yet but the places, it is the same.
    assert verdict(crowd, "lichen", "lemming", "walrus")["evidence"]["stance"] == "INCONCLUSIVE"


def test_where_searches_disagree_the_winner_stays_and_a_caveat_says_so(crowd: Crowd) -> None:
    crowd.all_search("agave canyon", range(3))
    crowd.settle()
    assert verdict(crowd, "condor", "agave")["evidence"]["stance"] == "INCONCLUSIVE"
    assert against(crowd, "condor", "agave") == []
    crowd.search("canyon", client(4))
    crowd.all_search("agave canyon", range(5, 12))
    crowd.settle()
    said = verdict(crowd, "condor", "agave")
    assert (said["winner"]["slug"], said["evidence"]["stance"]) == ("condor", "OPPOSES")
    assert "10 of 11 searchers prefer Agave Canyon to Condor Canyon" in said["evidence"]["text"]
    (caveat,) = against(crowd, "condor", "agave")
    assert "10 of 11 searchers prefer Agave Canyon" in caveat["text"]
    assert [artifact["slug"] for artifact in caveat["artifacts"]] == ["condor", "agave"]


def test_an_answer_is_another_one_once_its_counts_are(crowd: Crowd) -> None:
    asked = {"query": EVIDENCE, "variables": '{"of": ["saiga", "falcon"]}'}
    crowd.search("steppe", client(1))
    crowd.settle()
    first = crowd.server.client.get("/graphql", params=asked)
    again = crowd.server.client.get("/graphql", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    version = crowd.version()
    crowd.search("steppe", client(2))
    crowd.settle()
    assert crowd.version() > version
    later = crowd.server.client.get("/graphql", params=asked, headers={"if-none-match": first.headers["etag"]})
    assert later.status_code == 200
    assert later.headers["etag"] != first.headers["etag"]
    assert later.json()["data"]["comparison"]["evidence"]["sharedQueries"] == 2
