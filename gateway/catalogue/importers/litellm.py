"""Models and their offers from the price list of LiteLLM 1.109.1, seen on 2026-11-23.

The list is one JSON object by LiteLLM's key. What a maker's own service sells becomes an artifact with the alias
`ORG/NAME`, where ORG is the maker's id in models.dev, so that it joins the artifact of that name where there is one;
`litellm_keys` has the makers. All other records are offers, and belong to a model only where the seller's id is
`org/name` and to the letter a name of an artifact of the catalogue. Bare ids, ids of Amazon, ids that say `latest`,
prices of fine-tuned copies and of single sizes of images name no model that another source can know, and are left out.

Prices a token become prices of a million, exactly, and 0 stays 0. A day of deprecation that is past ends an offer, and
its prices are left out; the record of a maker stays, with that day.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from gateway.catalogue.importers.adapter import ONLY_ADDS, Adapter, LeftOut, NativeLine, Record
from gateway.catalogue.importers.days import stated_day
from gateway.catalogue.importers.exact_json import Members, exact_value
from gateway.catalogue.importers.full_names import name_slug
from gateway.catalogue.importers.litellm_facts import NO_MODEL, litellm_attributes, litellm_facts
from gateway.catalogue.importers.litellm_keys import Key, read_key, seller_name
from gateway.catalogue.importers.model_facts import fact_capabilities
from gateway.catalogue.importers.models_dev_benchmarks import ADDRESS
from gateway.catalogue.importers.prices import Unit, offers
from schema.rules.vocabulary import ArtifactKind

OBSERVED = date(2026, 11, 23)
SOURCE = {"title": "LiteLLM 1.109.1", "url": "https://github.com/BerriAI/litellm"}
SEEN = {"observed_on": OBSERVED.isoformat(), "source": SOURCE}
NO_RECORDS = {
    "sample_spec": "explains the list, and is no record",
    "fallback_generalizations": "are rules for ids, and no record",
}
SELLER = re.compile(r"[A-Za-z0-9_.-]{1,100}")
M = 1_000_000
UNITS = {
    "input_cost_per_token": Unit("1M input tokens", M),
    "output_cost_per_token": Unit("1M output tokens", M),
    "output_cost_per_reasoning_token": Unit("1M reasoning tokens", M),
    "cache_read_input_token_cost": Unit("1M cached input tokens", M),
    "cache_creation_input_token_cost": Unit("1M input tokens written to the cache", M),
    "input_cost_per_audio_token": Unit("1M input audio tokens", M),
    "output_cost_per_audio_token": Unit("1M output audio tokens", M),
    "input_cost_per_image_token": Unit("1M input image tokens", M),
    "output_cost_per_image_token": Unit("1M output image tokens", M),
    "input_cost_per_token_batches": Unit("1M input tokens in batches", M),
    "output_cost_per_token_batches": Unit("1M output tokens in batches", M),
    "input_cost_per_character": Unit("1M input characters", M),
    "output_cost_per_character": Unit("1M output characters", M),
    "input_cost_per_image": Unit("input image"),
    "output_cost_per_image": Unit("output image"),
    "input_cost_per_second": Unit("second of input"),
    "output_cost_per_second": Unit("second of output"),
    "input_cost_per_query": Unit("query"),
    "ocr_cost_per_page": Unit("page read"),
}
WITHOUT_OUTPUT = frozenset({"embedding", "rerank", "moderation"})
"""Modes that give no tokens: an output price of 0 there fills a gap, and is no price."""


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    """The members of the list, numbered from 1: one object cannot be read in parts, and the list is small.

    What makers sell comes first, so that the offers of others find it wherever they stand.
    """
    members = exact_value(stream.read())
    if not isinstance(members, Members):
        raise ValueError("the list is no JSON object")
    keys: set[str] = set()
    listings: set[tuple[str, str]] = set()
    others: list[tuple[int, Record]] = []
    for number, (key, value) in enumerate(members.pairs, start=1):
        record: Record = {"key": key, "value": value, "again": None}
        if key in keys:
            record["again"] = "its key stands there twice"
        elif isinstance(value, Members) and isinstance(seller := value.get("litellm_provider"), str):
            # The seller's name before the slash can be left out, and then some listings stand there twice.
            listing = (seller, key.removeprefix(f"{seller}/"))
            if listing in listings:
                record["again"] = "its key stands there with and without the seller"
            listings.add(listing)
        keys.add(key)
        if isinstance(value, Members) and read_key(key, str(value.get("litellm_provider"))).maker:
            yield number, record
        else:
            others.append((number, record))
    yield from others


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    key, value = record["key"], record["value"]
    seller = value.get("litellm_provider") if isinstance(value, Members) else None
    if key in NO_RECORDS:
        reason: str | None = NO_RECORDS[key]
    elif not isinstance(value, Members) or not isinstance(seller, str) or not SELLER.fullmatch(seller):
        reason = "is no object with a litellm_provider"
    elif value.twice:
        reason = "a key in it stands there twice"
    elif str(value.get("mode")) in NO_MODEL:
        reason = "is a service, and no model"
    else:
        reason = record["again"]
    if reason or not isinstance(seller, str):
        left_out.record(reason or "is no object with a litellm_provider")
        return None
    named = read_key(key, seller)
    if named.reason:
        left_out.record(named.reason)
        return None
    priced, why = _offers(key, value, seller_name(seller), left_out)
    if named.maker:
        if why:
            left_out.part(f"prices: {why}")
        return _artifact(named, value, priced, left_out)
    if why:
        left_out.record(f"is an offer that {why}")
        return None
    name = {"slug": name_slug(named.name), "name": named.name, "kind": ArtifactKind.MODEL, "aliases": [named.name]}
    return name | {"offers": priced, ONLY_ADDS: True}


def _artifact(named: Key, value: Record, priced: list[dict[str, Any]], left_out: LeftOut) -> NativeLine:
    assert named.maker is not None
    facts = litellm_facts(value, left_out)
    line = {
        "slug": name_slug(named.name),
        "name": named.name.partition("/")[2],
        "kind": ArtifactKind.MODEL,
        "publisher": named.maker.name,
        "tasks": list(facts.tasks),
        "aliases": [named.name],
        "offers": priced,
        "attributes": {key: found | SEEN for key, found in litellm_attributes(value, facts, left_out).items()},
        "capabilities": fact_capabilities(facts),
    }
    return {key: found for key, found in line.items() if found not in (None, [], {})}


def _offers(key: str, value: Record, seller: str, left_out: LeftOut) -> tuple[list[dict[str, Any]], str | None]:
    """The prices of a record, or why there are none."""
    if value.get("deprecation_date") and stated_day(value["deprecation_date"], OBSERVED):
        return [], "ended on its day of deprecation"
    title, source = f"{SOURCE['title']}, {key}", value.get("source")
    told = isinstance(source, str) and ADDRESS.fullmatch(source)
    if source and not told:
        left_out.part("source: no address")
    seen = SEEN | {"source": {"title": title, "url": source if told else SOURCE["url"]}}
    stated = []
    for name in value:
        if name in UNITS and _is_stated(name, value):
            stated.append((name, value[name], UNITS[name]))
        elif name not in UNITS and ("cost" in name or "pricing" in name):
            left_out.part(_no_unit(name))
    found = offers(stated, seller, seen, left_out)
    return found, None if found else "states no price that can be taken"


def _is_stated(name: str, value: Record) -> bool:
    filler = name == "output_cost_per_token" and str(value.get("mode")) in WITHOUT_OUTPUT and value[name] == 0
    return value[name] is not None and not filler


def _no_unit(name: str) -> str:
    if "_above_" in name or name == "tiered_pricing":
        return "prices: of long inputs"
    if name.endswith(("_priority", "_flex", "_ultrafast", "_balanced", "_decisions")):
        return "prices: of another level of service"
    return "prices: of something that has no unit here"


ADAPTER = Adapter(
    name="litellm",
    help="Models and their prices: the price list of LiteLLM 1.109.1 as one JSON object, seen on 2026-11-23.",
    records=_records,
    convert=_converted,
)
