"""Benchmark results that models.dev records, as signals with the day and the source that it gives for each."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from gateway.catalogue.importers.adapter import LeftOut, Record
from gateway.catalogue.importers.days import stated_day

ADDRESS = re.compile(r"https?://\S{1,1900}")
SETTINGS = ("version", "dataset", "harness", "variant")
"""What a result holds for besides its name: results that differ in one of them are no series."""


def benchmark_signals(file: Record, until: date, left_out: LeftOut) -> list[dict[str, Any]]:
    """The dated results; those without a day, a source or a figure are counted as left out."""
    stated = file.get("benchmarks")
    if stated is None:
        return []
    signals = []
    for result in stated if isinstance(stated, list) else [stated]:
        signal = _signal(result, until, left_out) if isinstance(result, dict) else None
        if signal:
            signals.append(signal)
        elif not isinstance(result, dict):
            left_out.part("benchmarks: no result")
    seen = Counter((signal["name"], signal["observed_on"]) for signal in signals)
    once = [signal for signal in signals if seen[signal["name"], signal["observed_on"]] == 1]
    for _ in range(len(signals) - len(once)):
        left_out.part("benchmarks: several results of one benchmark on one day")
    return once


def _signal(result: Record, until: date, left_out: LeftOut) -> dict[str, Any] | None:
    name, score, day = result.get("name"), result.get("score"), result.get("date")
    source, metric = result.get("source"), result.get("metric")
    observed_on = stated_day(day, until)
    if observed_on is None:
        left_out.part("benchmarks: no day" if day is None else f"benchmarks: no day up to {until}")
        return None
    if isinstance(score, bool) or not isinstance(score, (int, Decimal)) or not _is_figure(score):
        left_out.part("benchmarks: no figure")
        return None
    settings = [value for key in SETTINGS if isinstance(value := result.get(key), str)]
    key = f"benchmark_{_snake(' '.join([name, *settings]))}" if isinstance(name, str) and _snake(name) else ""
    if not key or len(key) > 80 or not isinstance(name, str) or not name.isprintable():
        left_out.part("benchmarks: no usable name")
        return None
    if not isinstance(source, str) or not ADDRESS.fullmatch(source):
        left_out.part("benchmarks: no source")
        return None
    signal = {
        "name": key,
        "value": float(score),
        "observed_on": observed_on,
        "source": {"title": f"{name}, as models.dev records it", "url": source},
    }
    if isinstance(metric, str) and 0 < len(metric.strip()) <= 100:
        signal["unit"] = metric.strip()
    return signal


def _is_figure(score: int | Decimal) -> bool:
    return Decimal(score).is_finite() and abs(Decimal(score)) < 10**9


def _snake(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
