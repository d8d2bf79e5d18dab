"""What a choice counts for, and which are refused."""

from typing import Any

import pytest

from tests.matches.conftest import CHOOSE, Crowd, client, crowded, days_go_by

# What of it is SQL is held on both databases by the tests of counting, evidence and scores.
pytestmark = pytest.mark.on_sqlite


def chosen(crowd: Crowd, one: str, other: str) -> tuple[int, int]:
    """In how many searches each of two was chosen over the other, once all that was sent is counted."""
    crowd.settle()
    found = crowd.evidence(one, other)["preferences"]
    return found[one, other]["chosenOver"], found[other, one]["chosenOver"]


def refused(crowd: Crowd, query: str, **variables: Any) -> dict[str, Any]:
    """The one error of an answer."""
    (error,) = crowd.server.ask(query, **variables)["errors"]
    found: dict[str, Any] = error
    return found


def test_a_choice_counts_where_a_search_of_the_same_client_for_the_same_text_led_to_it(crowd: Crowd) -> None:
    assert crowd.search("harbour", client(1)) == ["walrus", "heron", "otter"]
    # Another client, another text, and one that the search has not led to.
    assert crowd.choose("harbour", "heron", client(2)) is True
    assert crowd.choose("harbours of old", "heron", client(1)) is True
    assert crowd.choose("harbour", "clover", client(1)) is True
    assert chosen(crowd, "walrus", "heron") == (0, 0)
    assert chosen(crowd, "heron", "clover") == (0, 0)
    # The text is the same however it is spelt.
    assert crowd.choose("  HARBOUR ", "heron", client(1)) is True
    assert chosen(crowd, "walrus", "heron") == (0, 1)
    # The other client has not only chosen but also searched by now.
    crowd.search("harbour", client(2))
    assert chosen(crowd, "walrus", "heron") == (0, 2)


def test_a_choice_counts_for_what_was_on_any_page_of_the_search(crowd: Crowd) -> None:
    (edge,) = crowd.edges("meadow", client(1), first=1)
    crowd.search("meadow", client(1), first=2, after=edge["cursor"])
    crowd.choose("meadow", "poppy", client(1))
    assert chosen(crowd, "thistle", "poppy") == (0, 1)


def test_a_choice_counts_once_and_of_both_neither_is_over_the_other(crowd: Crowd) -> None:
    for number in (1, 2):
        crowd.search("glacier", client(number))
    for _ in range(5):
        crowd.choose("glacier", "orca", client(1))
    assert chosen(crowd, "penguin", "orca") == (0, 1)
    for slug in ("orca", "penguin"):
        crowd.choose("glacier", slug, client(2))
    assert chosen(crowd, "penguin", "orca") == (0, 1)
    assert chosen(crowd, "narwhal", "orca") == (0, 2)


def test_an_alias_leads_to_what_is_chosen(crowd: Crowd) -> None:
    crowd.search("desert", client(1))
    data = crowd.post(CHOOSE, {"text": "desert", "artifact": "old/cactus"}, client(1))
    assert data == {"recordChoice": {"recorded": True, "artifact": {"slug": "cactus"}}}
    assert chosen(crowd, "camel", "cactus") == (0, 1)


def test_a_choice_counts_on_the_day_of_the_search(fresh: str) -> None:
    with crowded(fresh) as crowd:
        crowd.search("harbour", client(1))
        assert chosen(crowd, "walrus", "heron") == (0, 0)
        days_go_by(fresh, 1)
        crowd.choose("harbour", "heron", client(1))
        assert chosen(crowd, "walrus", "heron") == (0, 0)
        # Another page than the one that the gateway knows to have recorded today.
        assert crowd.search("harbour", client(1), first=2) == ["walrus", "heron"]
        assert chosen(crowd, "walrus", "heron") == (0, 1)
        # The client is somebody else on each day.
        assert crowd.evidence("walrus", "heron")["sharedQueries"] == 2


def test_unknown_artifacts_are_told_with_what_is_like_them(crowd: Crowd) -> None:
    error = refused(crowd, CHOOSE, text="orchard", artifact="apricott")
    assert error["extensions"]["code"] == "UNKNOWN_ARTIFACT"
    assert "'apricott' (did you mean 'apricot'?)" in error["message"]
    assert error["path"] == ["recordChoice"]


@pytest.mark.parametrize("text", ["", " \t "])
def test_a_choice_is_of_what_some_text_has_led_to(text: str, crowd: Crowd) -> None:
    error = refused(crowd, CHOOSE, text=text, artifact="apricot")
    assert error["extensions"]["code"] == "BAD_INPUT"
    assert "input.text" in error["message"]


@pytest.mark.parametrize(
    "query",
    [
        "mutation { recordChoice { recorded } }",
        "mutation { recordChoice(input: null) { recorded } }",
        'mutation { recordChoice(input: {text: "orchard"}) { recorded } }',
        'mutation { recordChoice(input: {artifact: "apricot"}) { recorded } }',
        'mutation { recordChoice(input: {text: "orchard", artifact: "apricot", client: "me"}) { recorded } }',
    ],
)
def test_what_is_no_choice_is_told_before_anything_is_done(query: str, crowd: Crowd) -> None:
    response = crowd.server.client.post("/graphql", json={"query": query})
    assert response.status_code == 400
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {"INVALID_QUERY"}


def test_a_choice_that_is_asked_for_by_get_is_refused(crowd: Crowd) -> None:
    query = 'mutation { recordChoice(input: {text: "volcano", artifact: "pumice"}) { recorded } }'
    crowd.search("volcano", "127.0.0.1")
    for method in ("GET", "HEAD"):
        response = crowd.server.client.request(method, "/graphql", params={"query": query})
        assert response.status_code == 405
        assert response.headers["allow"] == "POST"
    body = crowd.server.client.get("/graphql", params={"query": query}).json()
    assert [error["extensions"]["code"] for error in body["errors"]] == ["METHOD_NOT_ALLOWED"]
    assert "data" not in body
    assert chosen(crowd, "basalt", "pumice") == (0, 0)


def test_a_query_beside_a_mutation_may_still_be_asked_for_by_get(crowd: Crowd) -> None:
    query = 'query Ask { catalogue { version } } mutation Tell { recordChoice(input: {text: "a", artifact: "b"}) '
    query += "{ recorded } }"
    response = crowd.server.client.get("/graphql", params={"query": query, "operationName": "Ask"})
    assert response.status_code == 200
    assert response.json()["data"]["catalogue"]["version"] >= 1


def test_subscriptions_are_refused(crowd: Crowd) -> None:
    assert crowd.server.code("subscription { recordChoice { recorded } }") == "INVALID_QUERY"


def test_several_choices_of_one_operation_are_recorded_each(crowd: Crowd) -> None:
    crowd.search("lagoon", client(1))
    crowd.search("oyster lagoon", client(1))
    query = """mutation ($one: String!, $other: String!) {
      one: recordChoice(input: {text: $one, artifact: "mangrove"}) { recorded }
      other: recordChoice(input: {text: $other, artifact: "mangrove"}) { recorded artifact { name } }
      wrong: recordChoice(input: {text: $other, artifact: "nothing-like-it"}) { recorded }
    }"""
    body = crowd.server.client.post(
        "/graphql",
        json={"query": query, "variables": {"one": "lagoon", "other": "oyster lagoon"}},
        headers={"x-forwarded-for": client(1)},
    ).json()
    assert [error["path"] for error in body["errors"]] == [["wrong"]]
    assert chosen(crowd, "flamingo", "mangrove") == (0, 2)
