"""How two lines about one artifact become one: what was known stays, and what is new is added."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from gateway.catalogue.format import STORED, ArtifactLine

Item = TypeVar("Item")
LISTS: dict[str, Callable[[Any], Any]] = {
    "aliases": lambda alias: alias,
    "tasks": lambda task: task,
    "uses": lambda use: use,
    "signals": lambda signal: (signal.name, signal.observed_on),
    "offers": lambda offer: (offer.provider, offer.unit, offer.observed_on, offer.source.title),
    "capabilities": lambda capability: capability.slug,
}
"""By what the items of each list are told apart."""


def merged(old: ArtifactLine, new: ArtifactLine) -> ArtifactLine:
    """One line from two about the same artifact.

    Where both say something about the same thing, what the catalogue has stays: an import adds, and whoever wants to
    correct a line imports that line in the native format. The slug and the kind are those of the old line.
    """
    data: dict[str, Any] = {}
    for name in ArtifactLine.model_fields:
        known, added = getattr(old, name), getattr(new, name)
        if name in LISTS:
            data[name] = _joined(known, added, LISTS[name])
        elif name in ("scores", "attributes"):
            data[name] = added | known
        else:
            data[name] = known if name in old.model_fields_set and known is not None else added
    data["slug"], data["kind"] = old.slug, old.kind
    if new.slug != old.slug and new.slug not in data["aliases"]:
        data["aliases"] = [*data["aliases"], new.slug]
    kept = {name: value for name, value in data.items() if value not in (None, [], {})}
    return ArtifactLine.model_validate(kept, context=STORED)


def _joined(old: Iterable[Item], new: Iterable[Item], key: Callable[[Item], Any]) -> list[Item]:
    found = {key(item): item for item in new}
    first = {key(item): item for item in old}
    return [*first.values(), *(item for name, item in found.items() if name not in first)]
