"""LiteLLM's price list: what makers sell is an artifact, and what others sell an offer of what they name."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers import litellm
from gateway.catalogue.importers.adapter import ONLY_ADDS, LeftOut
from tests.catalogue.test_models_dev import JUNK

ADAPTER = litellm.ADAPTER


def record(seller: str, **more: Any) -> dict[str, Any]:
    """A record of the list, with what is given put over what is usual."""
    return {
        "litellm_provider": seller,
        "mode": "chat",
        "input_cost_per_token": 2.5e-06,
        "output_cost_per_token": 1e-05,
        "max_input_tokens": 128_000,
        "max_output_tokens": 16_384,
        "source": "https://example.org/prices",
        "supports_function_calling": True,
        "supports_vision": True,
        "supports_reasoning": False,
        "supports_prompt_caching": True,
    } | more


def read(text: str) -> tuple[dict[str, ArtifactLine], dict[str, ArtifactLine], LeftOut]:
    """The artifacts and the lines that only add, by their alias, and what was left out."""
    left_out = LeftOut()
    artifacts: dict[str, ArtifactLine] = {}
    additions: dict[str, ArtifactLine] = {}
    for _, found in ADAPTER.records(io.BytesIO(text.encode())):
        if native := ADAPTER.convert(found, left_out):
            adds = native.pop(ONLY_ADDS, False)
            line = ArtifactLine.model_validate(native)
            (additions if adds else artifacts)[line.aliases[0]] = line
    return artifacts, additions, left_out


def taken(**records: object) -> tuple[dict[str, ArtifactLine], dict[str, ArtifactLine], LeftOut]:
    """What a list with some records becomes, all of them accounted for."""
    artifacts, additions, left_out = read(json.dumps(records))
    assert len(artifacts) + len(additions) + left_out.records.total() == len(records)
    return artifacts, additions, left_out


def test_what_a_maker_sells_is_an_artifact() -> None:
    line = taken(**{"gpt-9": record("openai", deprecation_date="2027-01-31")})[0]["openai/gpt-9"]
    data = line.canonical()
    assert (data["slug"], data["name"], data["publisher"]) == ("openai--gpt-9", "gpt-9", "OpenAI")
    assert {key: item["value"] for key, item in data["attributes"].items()} == {
        "deprecated_from": "2027-01-31",
        "input_limit": 128_000,
        "input_modalities": ["text", "image"],
        "output_limit": 16_384,
        "output_modalities": ["text"],
        "prompt_caching": True,
        "reasoning": False,
        "tool_calling": True,
    }
    assert {item["slug"] for item in data["capabilities"]} == {
        "text-generation",
        "image-input",
        "tool-calling",
        "prompt-caching",
    }
    assert data["offers"][0] == {
        "provider": "OpenAI",
        "unit": "1M input tokens",
        "price": 2.5,
        "currency": "USD",
        "observed_on": "2026-11-23",
        "source": {"title": "LiteLLM 1.109.1, gpt-9", "url": "https://example.org/prices"},
    }


@pytest.mark.parametrize(
    ("key", "seller", "name"),
    [
        ("gemini/gemini-9", "gemini", "google/gemini-9"),
        ("claude-nine", "anthropic", "anthropic/claude-nine"),
        ("moonshot/kimi-k9", "moonshot", "moonshotai/kimi-k9"),
    ],
)
def test_a_maker_has_the_name_that_models_dev_has_for_it(key: str, seller: str, name: str) -> None:
    assert list(taken(**{key: record(seller)})[0]) == [name]


@pytest.mark.parametrize(
    ("key", "seller", "name", "provider"),
    [
        ("deepinfra/Qwen/Qwen3-32B", "deepinfra", "Qwen/Qwen3-32B", "Deep Infra"),
        ("vertex_ai/zai-org/glm-5-maas", "vertex_ai-zai_models", "zai-org/glm-5-maas", "Vertex"),
        ("perplexity/openai/gpt-9", "perplexity", "openai/gpt-9", "Perplexity"),
        ("nowhere/openai/gpt-9", "nowhere", "openai/gpt-9", "nowhere"),
    ],
)
def test_what_others_sell_only_adds_to_what_has_its_name(key: str, seller: str, name: str, provider: str) -> None:
    artifacts, additions, _ = taken(**{key: record(seller)})
    assert artifacts == {}
    assert list(additions) == [name]
    assert additions[name].attributes == {}
    assert [item.provider for item in additions[name].offers] == [provider, provider]


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("sample_spec", {"mode": "one of"}, "explains the list, and is no record"),
        ("groq/whisper", record("groq"), "its id names no maker, and its seller is not known to have made it"),
        ("mistral/zai-glm-5", record("mistral"), "its id names no maker, and its seller is not known to have made it"),
        ("mistral/mistral-large-latest", record("mistral"), "its name moves from model to model"),
        ("ft:gpt-9", record("openai"), "is a price of what customers fine-tune for themselves"),
        ("high/1024-x-1024/gpt-image-9", record("openai"), "is a price of one size and quality of images"),
        ("us.anthropic.claude-9", record("bedrock_converse"), "has Amazon's own id, often of one region or term"),
        ("bedrock/eu-west-1/a.b", record("bedrock"), "has Amazon's own id, often of one region or term"),
        ("tavily/search", record("tavily", mode="search"), "is a service, and no model"),
        ("x/a/b", record("x", deprecation_date="2026-11-23"), "is an offer that ended on its day of deprecation"),
        ("x/a/b", {"litellm_provider": "x"}, "is an offer that states no price that can be taken"),
        ("x/a/b", {"mode": "chat"}, "is no object with a litellm_provider"),
        ("x/a/b:free", record("x"), "its id names a variant behind the model, such as org/name:free"),
        ("x/a/b", 3, "is no object with a litellm_provider"),
    ],
)
def test_what_is_left_out_and_why(key: str, value: object, reason: str) -> None:
    artifacts, additions, left_out = taken(**{key: value})
    assert (artifacts, additions) == ({}, {})
    assert left_out.records == {reason: 1}


def test_a_maker_s_model_stays_when_its_offer_has_ended() -> None:
    artifacts, _, left_out = taken(**{"gpt-1": record("openai", deprecation_date="2026-01-01")})
    assert artifacts["openai/gpt-1"].offers == []
    assert "deprecated_from" in artifacts["openai/gpt-1"].attributes
    assert left_out.parts["prices: ended on its day of deprecation"] == 1


@pytest.mark.parametrize(
    ("stated", "gives", "generates"),
    [
        ({}, ["text"], True),
        ({"supported_output_modalities": ["audio"]}, ["audio"], False),
        ({"supported_output_modalities": ["text", "audio"]}, ["text", "audio"], True),
        ({"supported_modalities": ["audio"], "supports_vision": None}, ["text"], False),
        ({"mode": "realtime", "supported_output_modalities": ["text", "audio"]}, ["text", "audio"], False),
        (
            {"mode": "moderation", "supported_modalities": ["text"], "supported_output_modalities": ["text"]},
            ["text"],
            False,
        ),
    ],
)
def test_what_is_stated_counts_and_the_mode_only_where_nothing_is(
    stated: dict[str, Any], gives: list[str], generates: bool
) -> None:
    line = taken(**{"gpt-9": record("openai", **stated)})[0]["openai/gpt-9"]
    assert line.canonical()["attributes"]["output_modalities"]["value"] == gives
    assert ("text-generation" in line.tasks) == generates
    assert ("text-generation" in {item.slug for item in line.capabilities}) == generates


def test_keys_that_stand_there_twice() -> None:
    one = json.dumps(record("openai"))
    artifacts, _, left_out = read(f'{{"gpt-9": {one}, "gpt-9": {one}, "openai/gpt-9": {one}}}')
    assert list(artifacts) == ["openai/gpt-9"]
    assert left_out.records == {
        "its key stands there twice": 1,
        "its key stands there with and without the seller": 1,
    }
    _, _, left_out = read('{"gpt-9": {"litellm_provider": "openai", "mode": "chat", "mode": "embedding"}}')
    assert left_out.records == {"a key in it stands there twice": 1}


def test_what_makers_sell_comes_first() -> None:
    text = json.dumps({"perplexity/openai/gpt-9": record("perplexity"), "gpt-9": record("openai")})
    found = [record["key"] for _, record in ADAPTER.records(io.BytesIO(text.encode()))]
    assert found == ["gpt-9", "perplexity/openai/gpt-9"]


@pytest.mark.parametrize(
    ("stated", "price"), [(2.5e-06, 2.5), (1.1e-07, 0.11), (7e-08, 0.07), (0.0, 0), (0, 0), (3.3e-07, 0.33)]
)
def test_prices_of_a_million_are_exact(stated: float, price: float) -> None:
    line = taken(**{"gpt-9": record("openai", input_cost_per_token=stated)})[0]["openai/gpt-9"]
    assert line.offers[0].price == price


@pytest.mark.parametrize("stated", [-1e-06, True, "1e-06", 5, float("nan"), 1e-300])
def test_prices_that_nobody_can_mean(stated: object) -> None:
    artifacts, _, left_out = taken(**{"gpt-9": record("openai", input_cost_per_token=stated)})
    assert [item.unit for item in artifacts["openai/gpt-9"].offers] == ["1M output tokens"]
    assert left_out.parts["input_cost_per_token: no number of dollars from 0 to 100,000 a unit"] == 1


def test_a_gap_filled_with_0_is_no_price() -> None:
    more = {"mode": "embedding", "output_cost_per_token": 0.0, "source": "see the docs"}
    artifacts, _, left_out = taken(**{"text-embedding-9": record("openai", **more)})
    line = artifacts["openai/text-embedding-9"]
    assert [item.unit for item in line.offers] == ["1M input tokens"]
    assert line.offers[0].source.url == "https://github.com/BerriAI/litellm"
    assert line.tasks == ["feature-extraction"]
    assert left_out.parts["source: no address"] == 1


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": ' + "[" * 100_000])
def test_a_file_that_is_no_list(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(ADAPTER.records(io.BytesIO(text.encode())))


KEYS = sorted({*record("x"), "deprecation_date", "supported_modalities", "output_vector_size", "tiered_pricing"})


@given(
    key=st.sampled_from(["gpt-9", "x/a/b", "gemini/veo-1"]) | st.text(),
    seller=st.sampled_from(["openai", "x", "gemini"]) | JUNK,
    junk=st.dictionaries(st.sampled_from(KEYS), JUNK, max_size=4),
)
def test_whatever_stands_in_a_record_is_taken_or_counted(key: str, seller: object, junk: dict[str, Any]) -> None:
    # `taken` checks the lines, and that every record is accounted for.
    taken(**{key: record("x") | {"litellm_provider": seller} | junk})
