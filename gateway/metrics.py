"""What a process counts of its own work, as Prometheus reads it."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

REGISTRY = CollectorRegistry()
OPERATIONS = Counter(
    "gateway_operations",
    "Operations by what answered them: a kept answer, a plan, graphql-core, or nobody, because they were refused.",
    ["by"],
    registry=REGISTRY,
)
HANDED_OVER = Counter(
    "gateway_plans_handed_over",
    "Operations that a plan began and graphql-core had to do: for an error below the root, or something unexpected.",
    ["reason"],
    registry=REGISTRY,
)
KEPT_BYTES = Gauge("gateway_kept_bytes", "About how many bytes are kept of artifacts and answers.", registry=REGISTRY)
for _by in ("kept", "planned", "graphql-core", "refused"):
    OPERATIONS.labels(_by)
for _reason in ("error", "unexpected"):
    HANDED_OVER.labels(_reason)


def exposition() -> bytes:
    """All metrics of this process in Prometheus's text format."""
    return generate_latest(REGISTRY)
