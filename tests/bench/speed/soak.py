"""Whether memory grows: a server is loaded for minutes, and its resident memory is sampled."""

from dataclasses import dataclass, replace
from statistics import median

import typer

from tests.bench.speed.cases import Case
from tests.bench.speed.loading import Client
from tests.bench.speed.servers import Server

INTERVAL_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Soaked:
    """The memory of one process in MB: medians of the samples of the first, the middle and the last minute."""

    process: str
    first: float
    middle: float
    last: float
    samples: list[float]


def soak(server: Server, case: Case, client: Client, minutes: float) -> list[Soaked]:
    """Loads the processes of a server in turn with a case, and samples the memory of each every 10 s."""
    interval = min(INTERVAL_SECONDS, 60 * minutes / 3)
    processes = server.processes()
    loaded = [replace(server, working=process, usual=process) for process in processes.values()]
    samples: dict[str, list[float]] = {name: [] for name in processes}
    for number in range(round(60 * minutes / interval)):
        for one in loaded:
            client.load(case, one, interval / len(loaded))
        for name, process in processes.items():
            samples[name].append(process.memory_mb())
        typer.echo(
            f"{(number + 1) * interval:.0f} s: {', '.join(f'{s[-1]:.1f} MB' for s in samples.values())}", err=True
        )
    return [_soaked(name, found, round(60 / interval)) for name, found in samples.items()]


def _soaked(process: str, samples: list[float], minute: int) -> Soaked:
    many = min(minute, len(samples))
    at = (len(samples) - many) // 2
    first, middle, last = (median(window) for window in (samples[:many], samples[at : at + many], samples[-many:]))
    return Soaked(process, first, middle, last, samples)
