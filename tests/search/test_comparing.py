"""Who asks for a comparison finds what is to be compared first, on both databases."""

import pytest

from tests.search.conftest import Find, Search, slugs

BOOSTING = {"dmlc-xgboost", "microsoft-lightgbm"}
FRAMEWORKS = {"keras-team-keras", "jax-ml-jax", "pytorch"}


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("xgboost vs lightgbm", BOOSTING),
        ("LightGBM vs. XGBoost for tabular data", BOOSTING),
        ("xgbost versus lightgbm", BOOSTING),
        ("xgboost or lightgbm?", BOOSTING),
        ("Compare XGBoost with LightGBM", BOOSTING),
        ("what is the difference between xgboost and lightgbm", BOOSTING),
        ("is xgboost better than lightgbm", BOOSTING),
        ("which is faster, xgboost or lightgbm", BOOSTING),
        ("keras, jax or pytorch", FRAMEWORKS),
        ("keras vs jax vs pytorch", FRAMEWORKS),
        ("gpt-4o vs claude 3.5 sonnet", {"openai--gpt-4o", "anthropic--claude-3-5-sonnet-20241022"}),
        ("compare squad, natural questions and trivia_qa", {"squad", "nq_open", "trivia_qa"}),
    ],
)
def test_all_that_is_to_be_compared_comes_first_and_is_as_good(search: Search, text: str, things: set[str]) -> None:
    found = search(text, first=10)
    assert set(slugs(found)[: len(things)]) == things
    scores = [edge["node"]["score"] for edge in found["edges"]]
    assert scores[: len(things)] == pytest.approx([scores[0]] * len(things))
    assert scores == sorted(scores, reverse=True)
    assert len(set(slugs(found))) == len(scores)


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("mcp server for vs code", "vs-code-mcp"),
        ("cats vs dogs dataset", "hf-internal-testing-cats_vs_dogs_sample"),
        ("data science and machine learning with pytorch", "pytorch"),
    ],
)
def test_one_thing_stays_one(find: Find, text: str, best: str) -> None:
    assert best in find(text)[:3]


@pytest.mark.parametrize("text", ["speech recognition models", "text to image models", "models with tool calling"])
def test_words_that_ask_for_a_comparison_are_not_what_is_looked_for(find: Find, text: str) -> None:
    assert find(f"compare {text}") == find(text)


def test_what_is_compared_may_have_such_words_in_it(find: Find) -> None:
    asked = find("difference between speech to text and text to speech")
    assert {find("speech to text")[0], find("text to speech")[0]} == set(asked[:2])


@pytest.mark.parametrize(
    "text", ["vs", "compare", "compare ", "a vs", "or, or, or", "vs " * 3000, "a, " * 3000 + "or b"]
)
def test_nothing_to_be_compared_is_no_error(search: Search, text: str) -> None:
    found = search(text, first=3)
    assert len(found["edges"]) == min(3, found["totalCount"])
