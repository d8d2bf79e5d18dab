"""The adapters that `gateway import --from` knows."""

from gateway.catalogue.importers import hub_datasets, hub_models
from gateway.catalogue.importers.adapter import Adapter
from gateway.errors import UsageError

ADAPTERS: dict[str, Adapter] = {found.name: found for found in (hub_models.ADAPTER, hub_datasets.ADAPTER)}
"""By name."""


def adapter(name: str) -> Adapter:
    """The adapter with a name. Raises UsageError that names those there are."""
    if name not in ADAPTERS:
        raise UsageError("UNKNOWN_SOURCE", f"There is no source {name!r}; there are {', '.join(sorted(ADAPTERS))}.")
    return ADAPTERS[name]
