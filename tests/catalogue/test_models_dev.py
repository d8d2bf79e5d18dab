"""Files of models.dev become models with their offers; an offer belongs to a model only where it says so."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.catalogue.format import ArtifactLine
from gateway.catalogue.importers import models_dev
from gateway.catalogue.importers.adapter import ONLY_ADDS, LeftOut

ADAPTER = models_dev.ADAPTER
Taken = tuple[dict[str, ArtifactLine], list[ArtifactLine], LeftOut]


def model(id: str, **more: Any) -> dict[str, Any]:
    """The file of a model, with what is given put over what is usual."""
    return {
        "path": f"models/{id}.toml",
        "name": "Some Model",
        "family": "some",
        "release_date": "2026-01-02",
        "last_updated": "2026-02-03",
        "attachment": True,
        "reasoning": False,
        "tool_call": True,
        "temperature": True,
        "knowledge": "2025-04",
        "open_weights": True,
        "limit": {"context": 200_000, "output": 32_000},
        "modalities": {"input": ["text", "image"], "output": ["text"]},
    } | more


def offer(shop: str, id: str, **more: Any) -> dict[str, Any]:
    """The file of an offer."""
    return {"path": f"providers/{shop}/models/{id}.toml", "cost": {"input": 2.5, "output": 10}} | more


def weights(*ids: str) -> dict[str, Any]:
    """What a file says of weights on the Hub."""
    return {"weights": [{"label": "Hugging Face", "url": f"https://huggingface.co/{id}"} for id in ids]}


def taken(*files: object) -> Taken:
    """The artifacts by their first alias, the lines that only add, and what was left out."""
    left_out, artifacts, additions = LeftOut(), {}, []
    text = b"".join(json.dumps(file).encode() + b"\n" for file in files)
    for _, record in ADAPTER.records(io.BytesIO(text)):
        if native := ADAPTER.convert(record, left_out):
            adds = native.pop(ONLY_ADDS, False)
            line = ArtifactLine.model_validate(native)
            if adds:
                additions.append(line)
            else:
                artifacts[line.aliases[0]] = line
    assert len(artifacts) + len(additions) + left_out.within.total() + left_out.records.total() == len(files)
    return artifacts, additions, left_out


def test_a_model_says_what_its_file_says() -> None:
    line = taken(model("acme/some-model", license="MIT"), {"path": "providers/acme/provider.toml", "name": "Acme"})[0][
        "acme/some-model"
    ]
    data = line.canonical()
    assert (data["slug"], data["name"], data["kind"], data["publisher"]) == (
        "acme--some-model",
        "Some Model",
        "MODEL",
        "Acme",
    )
    assert (data["released_on"], data["updated_on"], data["tasks"]) == ("2026-01-02", "2026-02-03", ["text-generation"])
    assert (data["license"], data["license_use"]) == ("MIT", "OPEN")
    assert "pricing" not in data
    assert {key: item["value"] for key, item in data["attributes"].items()} == {
        "attachments": True,
        "context_window": 200_000,
        "family": "some",
        "input_modalities": ["text", "image"],
        "knowledge_cutoff": "2025-04",
        "open_weights": True,
        "output_limit": 32_000,
        "output_modalities": ["text"],
        "reasoning": False,
        "tool_calling": True,
    }
    assert {(item["observed_on"], item["source"]["title"]) for item in data["attributes"].values()} == {
        ("2026-07-02", "models.dev at f3fc6922")
    }
    said = {item["slug"]: item["description"] for item in data["capabilities"]}
    assert said.keys() == {
        "text-generation",
        "image-input",
        "tool-calling",
        "attachments",
        "open-weights",
        "context-window",
    }
    assert said["text-generation"] == (
        "models.dev lists it with text as input and output, and with tool calling: "
        "continuing or answering a text with new text."
    )
    assert said["image-input"] == "models.dev lists images among what it takes."
    assert said["context-window"] == (
        "models.dev lists a context window of 200,000 tokens, and answers of up to 32,000."
    )


def test_what_a_file_does_not_say_is_not_said() -> None:
    line = taken({"path": "models/acme/silent.toml", "name": "Silent"})[0]["acme/silent"]
    assert line.canonical() == {
        "slug": "acme--silent",
        "name": "Silent",
        "kind": "MODEL",
        "publisher": "acme",
        "aliases": ["acme/silent"],
    }


def test_what_only_takes_and_gives_text_is_not_said_to_generate_it() -> None:
    stated = {"tool_call": False, "reasoning": False, "modalities": {"input": ["text"], "output": ["text"]}}
    line = taken(model("acme/embed", **stated))[0]["acme/embed"]
    assert line.tasks == []
    said = {item.slug: item.description for item in line.capabilities}
    assert "text-generation" not in said
    assert said["text-output"] == "models.dev lists text among what it gives."


@pytest.mark.parametrize(
    ("shop", "id", "more"),
    [("shop", "their-own-id", {"base_model": "acme/m"}), ("acme", "m", {}), ("shop", "auto", {"base_model": "acme/m"})],
)
def test_an_offer_that_says_which_model_it_is_of(shop: str, id: str, more: dict[str, Any]) -> None:
    # The offer may stand before the model, and the seller's name after both.
    seller = {"path": f"providers/{shop}/provider.toml", "name": "The Shop"}
    artifacts, additions, left_out = taken(offer(shop, id, **more), model("acme/m"), seller)
    assert not additions
    assert left_out.within == {"an offer of a model": 1, "the name of a seller": 1}
    offers = [(item.provider, item.unit, item.price, str(item.observed_on)) for item in artifacts["acme/m"].offers]
    assert offers == [
        ("The Shop", "1M input tokens", 2.5, "2026-07-02"),
        ("The Shop", "1M output tokens", 10, "2026-07-02"),
    ]
    assert artifacts["acme/m"].offers[0].source.title.endswith(f"providers/{shop}/models/{id}")


def test_an_offer_with_a_full_name_is_looked_up_in_the_catalogue() -> None:
    artifacts, additions, _ = taken(model("acme/m"), offer("shop", "acme/m"), offer("shop", "Other/Model"))
    assert artifacts["acme/m"].offers == []
    assert [line.aliases for line in additions] == [["acme/m"], ["Other/Model"]]
    assert all(line.offers and not line.capabilities and not line.attributes for line in additions)


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (offer("shop", "m"), "its id names no maker, and it has no base_model"),
        (
            offer("shop", "acme/m:free"),
            "its id names a variant behind the model, such as org/name:free, and it has no base_model",
        ),
        (offer("shop", "a/b/c"), "its id names no maker, and it has no base_model"),
        (offer("shop", "auto"), "its name moves from model to model, and has no base_model"),
        (offer("shop", "acme/m-latest"), "its name moves from model to model, and has no base_model"),
        (offer("shop", "x", base_model="acme/gone"), "base_model: names no model of the collection"),
        (offer("shop", "x", base_model=["acme/m"]), "base_model: names no model of the collection"),
        (offer("acme", "m", cost=None), "is an offer that states no price"),
        (offer("acme", "m", cost={"input": -1}), "is an offer that states no price that can be taken"),
        (offer("acme", "m", status="deprecated"), "is an offer that is called deprecated"),
        (offer("acme", "n", family="other"), "its id names no maker, and it has no base_model"),
        (model("acme/n", name=""), "has no name"),
        (model("acme/m"), "its path stands there twice"),
        ({"path": "README.md"}, "its path names no model, no provider and no offer"),
        (["path"], "its path names no model, no provider and no offer"),
        (model("a b/c"), "has no usable id"),
    ],
)
def test_what_is_left_out_and_why(file: object, reason: str) -> None:
    artifacts, additions, left_out = taken(model("acme/m"), file)
    assert (list(artifacts), additions) == (["acme/m"], [])
    assert artifacts["acme/m"].offers == []
    assert left_out.records == {reason: 1}


def test_a_key_that_stands_there_twice() -> None:
    text = b'{"path": "models/acme/m.toml", "name": "M", "limit": {"context": 1, "context": 2}}'
    left_out = LeftOut()
    assert [ADAPTER.convert(record, left_out) for _, record in ADAPTER.records(io.BytesIO(text))] == [None]
    assert left_out.records == {"a key stands there twice": 1}


def test_what_a_maker_lists_of_its_own_family_is_an_artifact() -> None:
    older = offer("acme", "older", name="Older", family="some", limit={"context": 8_000})
    artifacts, _, left_out = taken(model("acme/m"), older, offer("acme", "x-latest", family="some"))
    assert artifacts["acme/older"].name == "Older"
    assert len(artifacts["acme/older"].offers) == 2
    assert left_out.records.total() == 1
    # A family that two makers have says nothing of who made it.
    artifacts, _, _ = taken(model("acme/m"), model("else/m"), older)
    assert "acme/older" not in artifacts


def test_published_weights_are_an_alias_where_one_model_alone_has_them() -> None:
    def aliases(*files: dict[str, Any]) -> dict[str, list[str]]:
        return {id: line.aliases for id, line in taken(*files)[0].items()}

    published = weights("Acme/M-7B")
    assert aliases(model("acme/m", **published)) == {"acme/m": ["acme/m", "Acme/M-7B"]}
    both = aliases(model("acme/m", **published), model("acme/m-fast", **published))
    assert both == {"acme/m": ["acme/m"], "acme/m-fast": ["acme/m-fast"]}
    assert aliases(model("acme/m-latest", **published)) == {"acme/m-latest": ["acme/m-latest"]}
    assert aliases(model("acme/m", **weights("Acme/A", "Acme/B"))) == {"acme/m": ["acme/m"]}
    smaller = {"url": "https://huggingface.co/Acme/M-FP8", "quantization": "fp8"}
    assert aliases(model("acme/m", weights=[*published["weights"], smaller]))["acme/m"] == ["acme/m", "Acme/M-7B"]


def test_names_that_are_only_alike_get_slugs_of_their_own() -> None:
    ids = ["acme/m-1", "acme-m/1", "Acme/m-1", "acme/M-1"]
    slugs = [line.slug for line in taken(*(model(id) for id in ids))[0].values()]
    assert len(set(slugs)) == len(ids)
    assert slugs[0] == "acme--m-1"


def test_prices_are_kept_as_they_are_stated() -> None:
    cost = {
        "input": 0,
        "output": 0.30,
        "cache_read": 0.000001,
        "cache_write": None,
        "tiers": [{"input": 9}],
        "image": 1,
    }
    artifacts, _, left_out = taken(model("acme/m"), offer("acme", "m", cost=cost))
    prices = {item.unit: item.price for item in artifacts["acme/m"].offers}
    assert prices == {"1M input tokens": 0, "1M output tokens": 0.3, "1M cached input tokens": 0.000001}
    assert {part.partition(":")[0] for part in left_out.parts} >= {"cost.tiers", "cost", "cost.cache_write"}


@pytest.mark.parametrize("price", [-1, True, "2.5", 1e9, float("nan"), float("inf"), 1e-300, [1]])
def test_prices_that_nobody_can_mean(price: object) -> None:
    artifacts, _, left_out = taken(model("acme/m"), offer("acme", "m", cost={"input": price, "output": 1}))
    assert [item.unit for item in artifacts["acme/m"].offers] == ["1M output tokens"]
    assert left_out.parts["cost.input: no number of dollars from 0 to 100,000 a unit"] == 1


def result(**more: Any) -> dict[str, Any]:
    """A result of a benchmark."""
    usual = {"name": "SWE-Bench Pro", "score": 43.5, "metric": "percent", "date": "2026-05-30"}
    return usual | {"source": "https://example.org/board"} | more


def test_dated_benchmarks_are_signals_with_their_own_day_and_source() -> None:
    results = [
        result(),
        result(harness="Some CLI", variant="high"),
        result(name="No Day", date=None),
        result(name="A Month", date="2026-05"),
        result(name="To Come", date="2026-07-03"),
        result(name="No Figure", score="many"),
        result(name="No Source", source=None),
        result(name="Two", score=1),
        result(name="Two", score=2),
        "nothing",
    ]
    artifacts, _, left_out = taken(model("acme/m", benchmarks=results))
    signals = artifacts["acme/m"].canonical()["signals"]
    assert [(item["name"], item["value"], item["unit"], item["observed_on"]) for item in signals] == [
        ("benchmark_swe_bench_pro", 43.5, "percent", "2026-05-30"),
        ("benchmark_swe_bench_pro_some_cli_high", 43.5, "percent", "2026-05-30"),
    ]
    assert signals[0]["source"] == {
        "title": "SWE-Bench Pro, as models.dev records it",
        "url": "https://example.org/board",
    }
    assert sum(count for part, count in left_out.parts.items() if part.startswith("benchmarks")) == 8


def test_days_that_are_none() -> None:
    dates = {"release_date": "2026-03", "last_updated": "2026-07-03"}
    line = taken(model("acme/m", **dates))[0]["acme/m"]
    assert (line.released_on, line.updated_on) == (None, None)
    line = taken(model("acme/m", release_date="2026-03-01", last_updated="2026-02-01"))[0]["acme/m"]
    assert (str(line.released_on), line.updated_on) == ("2026-03-01", None)


WORDS = st.sampled_from(
    ["", " ", "x", "\0", "\ud800", "2026-02-30", "2026-W27-4", "9" * 400, "https://huggingface.co/a/b"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.just(10**30) | WORDS
INNER = st.sampled_from(["input", "output", "context", "url", "name", "score", "date", "source", "\0"])
JUNK = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(INNER, SCALARS, max_size=3)
KEYS = sorted({*model("a/b"), "cost", "benchmarks", "weights", "license", "base_model", "status", "structured_output"})


@given(
    junk=st.dictionaries(st.sampled_from(KEYS), JUNK | st.lists(JUNK, max_size=2), max_size=4), of_model=st.booleans()
)
def test_whatever_stands_in_a_file_is_taken_or_counted(junk: dict[str, Any], of_model: bool) -> None:
    file = (model("acme/m") if of_model else offer("acme", "n", name="N", family="some")) | junk
    # `taken` checks the lines, and that every file is accounted for.
    taken(model("acme/sure"), file, offer("shop", "x", base_model="acme/sure"))
