"""Sorts the files of models.dev into models, their offers, and what is neither, before any is converted."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from gateway.catalogue.importers.adapter import Record
from gateway.catalogue.importers.exact_json import Members, exact_lines
from gateway.catalogue.importers.full_names import is_full_name, is_moving, is_variant, name_slug
from gateway.catalogue.importers.hub import usable_id

PATH = re.compile(
    r"models/(?P<model>[^/]+/[^/]+)\.toml"
    r"|providers/(?P<seller>[^/]+)/provider\.toml"
    r"|providers/(?P<shop>[^/]+)/models/(?P<listing>.+)\.toml"
)
HUB = re.compile(r"https://huggingface\.co/([^/?#]+/[^/?#]+)")
MODEL, OFFER, SELLER, REFUSED = "model", "offer", "seller", "refused"
VARIANT = "its id names a variant behind the model, such as org/name:free, and it has no base_model"
WHAT = "what"
"""The key of a sorted record that says which of the four it is."""


class Listing(NamedTuple):
    """One file of a provider: the provider's key, its id of the model, and what the file says."""

    shop: str
    id: str
    file: Record


@dataclass
class Collection:
    """All files of models.dev, by what they are."""

    models: dict[str, tuple[int, Record]] = field(default_factory=dict)
    sellers: dict[str, tuple[int, Record]] = field(default_factory=dict)
    listings: list[tuple[int, Listing]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    paths: set[str] = field(default_factory=set)

    def add(self, number: int, file: object) -> None:
        """Puts a file where it belongs."""
        path = file.get("path") if isinstance(file, Members) else None
        found = PATH.fullmatch(path) if isinstance(path, str) and len(path) < 200 else None
        if not isinstance(file, Members) or not found:
            self.refused.append((number, "its path names no model, no provider and no offer"))
        elif file.twice:
            self.refused.append((number, "a key stands there twice"))
        elif found[0] in self.paths:
            self.refused.append((number, "its path stands there twice"))
        elif found["model"] and not usable_id(found["model"]):
            self.refused.append((number, "has no usable id"))
        else:
            self.paths.add(found[0])
            if found["model"]:
                self.models[found["model"]] = (number, file)
            elif found["seller"]:
                self.sellers[found["seller"]] = (number, file)
            else:
                self.listings.append((number, Listing(found["shop"], found["listing"], file)))

    def published(self) -> dict[str, str]:
        """The Hub's id of a model's weights, by the model's id.

        Only where the weights are no smaller copy, where no other model has the same ones, and where the model's name
        is not one that moves: of the others one cannot tell which of them the Hub's record is about.
        """
        stated: dict[str, set[str]] = {}
        for id, (_, file) in self.models.items():
            if not is_moving(id):
                stated[id] = hub_ids(file)
        owners: dict[str, set[str]] = {id: {id} for id in self.models}
        for id, ids in stated.items():
            for hub_id in ids:
                owners.setdefault(hub_id, set()).add(id)
        return {id: next(iter(ids)) for id, ids in stated.items() if len(ids) == 1 and owners[next(iter(ids))] == {id}}

    def families(self) -> dict[str, str]:
        """The only maker of each family of models that one maker alone has."""
        makers: dict[str, set[str]] = {}
        for id, (_, file) in self.models.items():
            if isinstance(file.get("family"), str):
                makers.setdefault(file["family"], set()).add(id.partition("/")[0])
        return {family: next(iter(found)) for family, found in makers.items() if len(found) == 1}


def hub_ids(file: Record) -> set[str]:
    """The ids of a model's published weights on the Hub, smaller copies left out."""
    weights = file.get("weights")
    entries = [item for item in (weights if isinstance(weights, list) else []) if isinstance(item, dict)]
    urls = [item["url"] for item in entries if isinstance(item.get("url"), str) and "quantization" not in item]
    return {found[1] for url in urls if (found := HUB.fullmatch(url)) and usable_id(found[1])}


def sorted_files(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    """A record for each model with its offers, for each offer that stands alone, and for each file that is neither.

    The files are held until the last is read, since a model's offers can stand anywhere.
    """
    collection = Collection()
    for number, file in exact_lines(stream):
        collection.add(number, file)
    yield from _records(collection)


def _records(collection: Collection) -> Iterator[tuple[int, Record]]:
    published, families = collection.published(), collection.families()
    names = {shop: _name(shop, file) for shop, (_, file) in collection.sellers.items()}
    models = {
        id: (number, _model(id, file, published.get(id), names)) for id, (number, file) in collection.models.items()
    }
    alone: list[tuple[int, Record]] = []
    for number, listing in collection.listings:
        offered = (names.get(listing.shop, listing.shop), listing)
        own, base = f"{listing.shop}/{listing.id}", listing.file.get("base_model")
        if base is not None and (not isinstance(base, str) or base not in collection.models):
            alone.append((number, {WHAT: REFUSED, "reason": "base_model: names no model of the collection"}))
        elif (base or own) in collection.models:
            models[base or own][1]["offers"].append(offered)
        elif is_moving(listing.id):
            alone.append(
                (number, {WHAT: REFUSED, "reason": "its name moves from model to model, and has no base_model"})
            )
        elif usable_id(own) and _family(listing.file, families) == listing.shop:
            models[own] = (number, _model(own, listing.file, None, names) | {"offers": [offered]})
        elif is_full_name(listing.id):
            alone.append((number, {WHAT: OFFER, "offers": [offered]}))
        elif is_variant(listing.id):
            alone.append((number, {WHAT: REFUSED, "reason": VARIANT}))
        else:
            alone.append((number, {WHAT: REFUSED, "reason": "its id names no maker, and it has no base_model"}))
    yield from models.values()
    yield from alone
    yield from ((number, {WHAT: SELLER}) for number, _ in collection.sellers.values())
    yield from ((number, {WHAT: REFUSED, "reason": reason}) for number, reason in collection.refused)


def _family(file: Record, families: dict[str, str]) -> str | None:
    family = file.get("family")
    return families.get(family) if isinstance(family, str) else None


def _model(id: str, file: Record, alias: str | None, names: dict[str, str]) -> dict[str, Any]:
    maker = id.partition("/")[0]
    return {
        WHAT: MODEL,
        "slug": name_slug(id),
        "aliases": list(dict.fromkeys([id, *([alias] if alias else [])])),
        "publisher": names.get(maker, maker),
        "file": file,
        "offers": [],
    }


def _name(shop: str, file: Record) -> str:
    name = file.get("name")
    return name.strip() if isinstance(name, str) and 0 < len(name.strip()) <= 200 and name.isprintable() else shop
