"""What a process counts of its own work, as Prometheus reads it."""

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric


class Counts:
    """Counts by label. A plain number each, because the library's own counters take a lock for every step."""

    def __init__(self, name: str, help: str, label: str, values: tuple[str, ...]) -> None:
        self.of = dict.fromkeys(values, 0)
        self._described = name, help, label

    def metric(self) -> Metric:
        """The counts as they are now."""
        name, help, label = self._described
        family = CounterMetricFamily(name, help, labels=[label])
        for value, count in self.of.items():
            family.add_metric([value], count)
        return family


class Metrics:
    """The metrics of one executor. `kept_bytes` tells how many bytes it keeps."""

    def __init__(self, kept_bytes: Callable[[], int]) -> None:
        self.operations = Counts(
            "gateway_operations",
            "Operations by what answered them: a kept answer, a plan, graphql-core, or nobody, as they were refused.",
            "by",
            ("kept", "plan", "graphql-core", "refused"),
        )
        self.handed_over = Counts(
            "gateway_plans_handed_over",
            "Operations that a plan began and graphql-core had to do: for an error below the root, or for a surprise.",
            "reason",
            ("error", "unexpected"),
        )
        self.recorded = Counts(
            "gateway_recorded_events",
            "Searches and choices by what became of them: recorded, or the same as before (or more than one client may "
            "have recorded), or dropped, as too many waited.",
            "as",
            ("recorded", "repeated", "dropped"),
        )
        self._kept_bytes = kept_bytes
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def collect(self) -> Iterator[Metric]:
        """All metrics, for the library."""
        yield self.operations.metric()
        yield self.handed_over.metric()
        yield self.recorded.metric()
        help = "About how many bytes are kept of artifacts and answers."
        yield GaugeMetricFamily("gateway_kept_bytes", help, value=self._kept_bytes())

    def exposition(self) -> bytes:
        """All metrics in Prometheus's text format."""
        return generate_latest(self._registry)
