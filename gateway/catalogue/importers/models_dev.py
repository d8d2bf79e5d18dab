"""Models and their offers from models.dev, as its collection was on 2026-07-02 (commit f3fc6922).

A file under `models/ORG/NAME` is an artifact with the alias `ORG/NAME`. Where it says that its weights are on the
Hugging Face Hub, and no other model says the same of them, the Hub's id is an alias too, so that both records meet.

A file under `providers/P/models/ID` is an offer. It belongs to a model only where it says so:

- its `base_model` names the model; or
- `P/ID` is a model, which is the maker's own shop; or
- ID is `org/name` and to the letter a name of an artifact of the catalogue: of a model of this collection, or of one
  that is there already, such as the Hub's. That is looked up when the file is joined to the catalogue.

A bare ID such as `llama-3` can be anyone's, and one such as `auto` or `x-latest` means another model every month, so
neither is looked up. What a maker lists without a file under `models/` is an artifact of its own, where the file's
family is one that the collection knows from this maker alone. All other offers are left out. Prices are kept as stated,
0 included; those of offers that the file calls deprecated are not kept, since they may be of any day.
"""

from datetime import date
from typing import Any
from urllib.parse import quote

from gateway.catalogue.importers.adapter import ONLY_ADDS, Adapter, LeftOut, NativeLine, Record
from gateway.catalogue.importers.days import stated_day
from gateway.catalogue.importers.full_names import name_slug
from gateway.catalogue.importers.licenses import stated_license
from gateway.catalogue.importers.model_facts import (
    FLAGS,
    MODALITIES,
    TEXT_GENERATION,
    TOKENS,
    Facts,
    fact_capabilities,
    flag_attributes,
    token_count,
)
from gateway.catalogue.importers.models_dev_benchmarks import benchmark_signals
from gateway.catalogue.importers.models_dev_sorting import MODEL, OFFER, SELLER, WHAT, Listing, sorted_files
from gateway.catalogue.importers.prices import Unit, offers
from gateway.catalogue.importers.wording import sentence_list, texts
from schema.rules.vocabulary import ArtifactKind

OBSERVED = date(2026, 7, 2)
SOURCE = {"title": "models.dev at f3fc6922", "url": "https://github.com/anomalyco/models.dev"}
SEEN = {"observed_on": OBSERVED.isoformat(), "source": SOURCE}
FILES = "https://github.com/anomalyco/models.dev/blob/f3fc6922/"
UNITS = {
    "input": Unit("1M input tokens"),
    "output": Unit("1M output tokens"),
    "reasoning": Unit("1M reasoning tokens"),
    "cache_read": Unit("1M cached input tokens"),
    "cache_write": Unit("1M input tokens written to the cache"),
    "input_audio": Unit("1M input audio tokens"),
    "output_audio": Unit("1M output audio tokens"),
}
STATED_FLAGS = {
    "tool_call": "tool_calling",
    "reasoning": "reasoning",
    "structured_output": "structured_output",
    "attachment": "attachments",
    "open_weights": "open_weights",
}
OF_TEXT_GENERATORS = {
    "tool_calling": "tool calling",
    "reasoning": "reasoning",
    "structured_output": "structured output",
}
"""What only models have that generate text. The files state no tasks, and text goes in and out of others too, such as
models that embed, rank or check a text."""
LIMITS = {"context": "context_window", "input": "input_limit", "output": "output_limit"}
UNUSED = {
    "temperature": "a setting, and nothing that it can do",
    "links": "no place for it",
    "reasoning_options": "settings, and nothing that it can do",
    "interleaved": "tells how it is called",
    "provider": "tells how it is called",
    "experimental": "prices of other modes of service",
    "status": "no place for it",
}
"""What a model's file has and a line does not, and why."""


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    if record[WHAT] == MODEL:
        return _model(record, left_out)
    if record[WHAT] == OFFER:
        return _addition(record["offers"][0], left_out)
    if record[WHAT] == SELLER:
        left_out.inside("the name of a seller")
    else:
        left_out.record(record["reason"])
    return None


def _model(record: Record, left_out: LeftOut) -> NativeLine | None:
    file, listed = record["file"], record["offers"]
    name = file.get("name")
    if not isinstance(name, str) or not name.strip() or len(name) > 300 or not name.isprintable():
        left_out.record("has no name")
        for _, listing in listed:
            if listing.file is not file:
                left_out.record("is an offer of a model that has no name")
        return None
    for key, reason in UNUSED.items():
        if file.get(key):
            left_out.part(f"{key}: {reason}")
    facts = _facts(file, left_out)
    line: dict[str, Any] = {
        "slug": record["slug"],
        "name": name,
        "kind": ArtifactKind.MODEL,
        "publisher": record["publisher"],
        "tasks": list(facts.tasks),
        "aliases": record["aliases"],
        "signals": benchmark_signals(file, OBSERVED, left_out),
        "offers": _own_and_others(file, listed, left_out),
        "attributes": {key: value | SEEN for key, value in _attributes(file, facts, left_out).items()},
        "capabilities": fact_capabilities(facts),
    }
    line |= stated_license(file.get("license"), left_out) | _dates(file, left_out)
    return {key: value for key, value in line.items() if value not in (None, [], {})}


def _own_and_others(file: Record, listed: list[tuple[str, Listing]], left_out: LeftOut) -> list[dict[str, Any]]:
    """The offers of a model: a file that is the model and its only offer is no record beside the model."""
    found = []
    for seller, listing in listed:
        priced, reason = _offers(seller, listing, left_out)
        found += priced
        if listing.file is file:
            if reason:
                left_out.part(f"cost: {reason}")
        elif reason:
            left_out.record(f"is an offer that {reason}")
        else:
            left_out.inside("an offer of a model")
    return found


def _addition(offer: tuple[str, Listing], left_out: LeftOut) -> NativeLine | None:
    seller, listing = offer
    priced, reason = _offers(seller, listing, left_out)
    if reason:
        left_out.record(f"is an offer that {reason}")
        return None
    name = {"slug": name_slug(listing.id), "name": listing.id, "kind": ArtifactKind.MODEL, "aliases": [listing.id]}
    return name | {"offers": priced, ONLY_ADDS: True}


def _offers(seller: str, listing: Listing, left_out: LeftOut) -> tuple[list[dict[str, Any]], str | None]:
    """The prices of an offer, or why there are none."""
    cost = listing.file.get("cost")
    if listing.file.get("status") == "deprecated":
        return [], "is called deprecated"
    if not isinstance(cost, dict) or not cost:
        return [], "states no price"
    for key in cost:
        if key in ("tiers", "context_over_200k"):
            left_out.part(f"cost.{key}: prices of long inputs")
        elif key not in UNITS:
            left_out.part("cost: a price of something that has no unit here")
    path = f"providers/{listing.shop}/models/{listing.id}"
    seen = SEEN | {"source": {"title": f"{SOURCE['title']}, {path}", "url": f"{FILES}{quote(path)}.toml"}}
    prices = [(f"cost.{key}", cost[key], unit) for key, unit in UNITS.items() if key in cost]
    found = offers(prices, seller, seen, left_out)
    return found, None if found else "states no price that can be taken"


def _facts(file: Record, left_out: LeftOut) -> Facts:
    ends = file.get("modalities")
    modalities = ends if isinstance(ends, dict) else {}
    flags = {}
    for key, name in STATED_FLAGS.items():
        if isinstance(file.get(key), bool):
            flags[name] = file[key]
        elif file.get(key) is not None:
            left_out.part(f"{key}: neither true nor false")
    limit = _limit(file)
    takes = _modalities(modalities.get("input"), left_out)
    gives = _modalities(modalities.get("output"), left_out)
    return Facts(
        source="models.dev",
        takes=takes,
        gives=gives,
        tasks=_tasks(takes, gives, flags),
        flags={key: flags[key] for key in FLAGS if key in flags},
        context=token_count(limit.get("context")),
        answer=token_count(limit.get("output")),
    )


def _tasks(takes: list[str], gives: list[str], flags: dict[str, bool]) -> dict[str, str]:
    """Text generation with what is stated that tells it, or no task."""
    telling = [written for key, written in OF_TEXT_GENERATORS.items() if flags.get(key)]
    if not telling or "text" not in takes or "text" not in gives:
        return {}
    return {TEXT_GENERATION: f"lists it with text as input and output, and with {sentence_list(telling)}"}


def _modalities(stated: object, left_out: LeftOut) -> list[str]:
    known = [name for name in texts(stated) if name in MODALITIES]
    if len(known) < len(texts(stated)):
        left_out.part("modalities: one that has no place")
    return known


def _limit(file: Record) -> dict[str, Any]:
    limit = file.get("limit")
    return limit if isinstance(limit, dict) else {}


def _attributes(file: Record, facts: Facts, left_out: LeftOut) -> dict[str, dict[str, Any]]:
    found = flag_attributes(facts)
    for key, name in LIMITS.items():
        stated = _limit(file).get(key)
        if tokens := token_count(stated):
            found[name] = {"value": tokens, "unit": TOKENS}
        elif stated is not None:
            left_out.part(f"limit.{key}: 0 or no count, so unknown")
    for key, name in (("family", "family"), ("knowledge", "knowledge_cutoff")):
        if isinstance(file.get(key), str) and file[key].isprintable() and 0 < len(file[key]) <= 100:
            found[name] = {"value": file[key]}
    for name, listed in (("input_modalities", facts.takes), ("output_modalities", facts.gives)):
        if listed:
            found[name] = {"value": listed}
    weights = file.get("weights")
    urls = texts([item.get("url") for item in weights if isinstance(item, dict)]) if isinstance(weights, list) else []
    if urls and all(url.isprintable() for url in urls):
        found["weights"] = {"value": sentence_list(urls)}
    return found


def _dates(file: Record, left_out: LeftOut) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, name in (("release_date", "released_on"), ("last_updated", "updated_on")):
        if day := stated_day(file.get(key), OBSERVED):
            found[name] = day
        elif file.get(key) is not None:
            left_out.part(f"{key}: no day up to {OBSERVED}")
    if found.get("updated_on", "9") < found.get("released_on", ""):
        left_out.part("last_updated: before release_date")
        del found["updated_on"]
    return found


ADAPTER = Adapter(
    name="models-dev",
    help="Language models and who sells them: the files of models.dev as JSON Lines, seen on 2026-07-02.",
    records=sorted_files,
    convert=_converted,
)
