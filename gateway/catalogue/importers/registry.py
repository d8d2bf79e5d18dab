"""The adapters that `gateway import --from` knows."""

from gateway.catalogue.importers import (
    best_of,
    epoch_models,
    hub_datasets,
    hub_live,
    hub_models,
    hub_observations,
    hub_trained_on,
    litellm,
    mcp_servers,
    models_dev,
)
from gateway.catalogue.importers.adapter import Source
from gateway.errors import UsageError

ADAPTERS: dict[str, Source] = {
    found.name: found
    for found in (
        best_of.ADAPTER,
        epoch_models.ADAPTER,
        hub_datasets.ADAPTER,
        hub_live.ADAPTER,
        hub_models.ADAPTER,
        hub_observations.ADAPTER,
        hub_trained_on.ADAPTER,
        litellm.ADAPTER,
        mcp_servers.ADAPTER,
        models_dev.ADAPTER,
    )
}
"""By name."""


def adapter(name: str) -> Source:
    """The adapter with a name. Raises UsageError that names those there are."""
    if name not in ADAPTERS:
        known = "".join(f"\n  {source.name}: {source.help}" for _, source in sorted(ADAPTERS.items()))
        raise UsageError("UNKNOWN_SOURCE", f"There is no source {name!r}; there are:{known}")
    return ADAPTERS[name]
