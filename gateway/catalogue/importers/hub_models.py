"""Models of the Hugging Face Hub, as radar-huggingface-dataset recorded them on 2026-08-22.

A record becomes a MODEL, or a FINE_TUNE where it states a base model that was trained further. A quantised copy is a
MODEL: the record says that its weights are smaller, and not that they were trained. `hub_origins` has the whole rule.

A model that was removed has the figures of the day when it was found missing, since nobody counted on. The day on which
the Hub moved its older models is no day of release and is left out. The records say nothing of prices, and
neither do the lines.

A signal counts the other records of the same file that name a model as their base, removed ones too. The file is a
sample of the Hub, so a model that nobody there names gets no figure, and not 0.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO

from gateway.catalogue.importers.adapter import Adapter, LeftOut, NativeLine, Record
from gateway.catalogue.importers.figures import count
from gateway.catalogue.importers.hub import MOVED_ON, Sighting, hub_slug, told_apart, usable_id
from gateway.catalogue.importers.hub_languages import language_capability
from gateway.catalogue.importers.hub_origins import Origin, named_bases, origin, origin_capabilities
from gateway.catalogue.importers.hub_renames import hub_names, id_now
from gateway.catalogue.importers.hub_tasks import task_capability
from gateway.catalogue.importers.licenses import stated_license
from gateway.catalogue.importers.naming import SLUG_KEY
from gateway.catalogue.importers.records import json_lines
from gateway.catalogue.importers.wording import kebab, sentence_list, texts
from schema.rules.vocabulary import Availability

RADAR = Sighting(
    day=date(2026, 8, 22),
    source={
        "title": "radar-huggingface-dataset, data of the Hugging Face Hub",
        "url": "https://github.com/686f6c61/radar-huggingface-dataset",
    },
)
DERIVATIVES_KEY = "derivatives_here"
"""Where the reader leaves how many other records name a record's model as their base."""
UNUSED = {
    "benchmarks": "stated by the publisher, without a day",
    "trending_score": "a figure of the moment",
    "is_conversational": "no place for it",
    "tags": "the publisher's own words, read for base, quantisation and bits only",
    "license_family": "follows from the licence",
    "parameters_human": "repeats parameters",
    "storage_human": "repeats storage_bytes",
}
"""What a record has and a line does not, and why."""
NO_LIBRARY = frozenset({"other", "custom", "unknown", "none", "checkpoint"})
FORMATS = {"gguf": "GGUF", "mlx": "MLX", "onnx": "ONNX", "diffusers": "Diffusers"}
"""How formats are written, where that is not as the Hub does."""


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    derivatives: Counter[str] = Counter()
    # The first record is told apart when the last one has been read, and so counted.
    for number, record in told_apart(_counted(json_lines(stream), derivatives), "id"):
        yield number, record | {DERIVATIVES_KEY: derivatives[id_now("model", str(record.get("id")))]}


def _counted(rows: Iterator[tuple[int, Record]], derivatives: Counter[str]) -> Iterator[tuple[int, Record]]:
    for number, record in rows:
        bases = {id_now("model", base) for base in named_bases(record)}
        derivatives.update(bases - {id_now("model", str(record.get("id")))})
        yield number, record


def converted(record: Record, left_out: LeftOut, *, seen: Sighting) -> NativeLine | None:
    """A record as a line of the catalogue, or None after `left_out` was told why."""
    hub_id = usable_id(record.get("id"))
    if hub_id is None:
        left_out.record("has no usable id")
        return None
    days: dict[str, date | None] = {}
    for key in ("created_at", "updated_at", "removed_at"):
        try:
            days[key] = _day(record.get(key), seen.day)
        except ValueError:
            left_out.record(f"{key} is no day up to {seen.day}")
            return None
    for key, reason in UNUSED.items():
        if record.get(key):
            left_out.part(f"{key}: {reason}")
    dated = seen.dated(days["removed_at"])
    made_from, tasks, library = origin(record, left_out), _tasks(record, left_out), _library(record, left_out)
    line = hub_names("model", hub_id, record.get(SLUG_KEY) or hub_slug(hub_id)) | {
        "name": hub_id.rpartition("/")[2],
        "kind": made_from.kind,
        "publisher": record.get("author") or None,
        "homepage": record.get("url") or None,
        "availability": _availability(record, left_out),
        "tasks": tasks,
        "signals": [*_signals(record, dated, left_out), *_derivatives(record, seen)],
        "attributes": {key: value | dated for key, value in _attributes(record, made_from, library, left_out)},
        "capabilities": _capabilities(record, made_from, tasks, library),
    }
    line |= stated_license(record.get("license"), left_out) | _dates(days, left_out)
    return {key: value for key, value in line.items() if value not in (None, [], {})}


def _day(value: object, last: date) -> date | None:
    """A day, or None where none is stated. Raises ValueError for what is none, and for one that was yet to come."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise ValueError(value)
    day = datetime.fromisoformat(value).date()
    if day > last:
        raise ValueError(value)
    return day


def _dates(days: dict[str, date | None], left_out: LeftOut) -> dict[str, str]:
    created, updated = days["created_at"], days["updated_at"]
    dates = {}
    if created in MOVED_ON:
        left_out.part("created_at: the day the Hub moved, no release")
    elif created:
        dates["released_on"] = created.isoformat()
    if created and updated and updated < created:
        left_out.part("updated_at: before created_at")
    elif updated:
        dates["updated_on"] = updated.isoformat()
    return dates


def _availability(record: Record, left_out: LeftOut) -> Availability | None:
    doubtful = False
    for key in ("removed", "gated"):
        if record.get(key) is not None and not isinstance(record[key], bool):
            left_out.part(f"{key}: neither true nor false")
            doubtful = True
    if record.get("removed") is True:
        return Availability.REMOVED
    if doubtful:
        return None
    return Availability.GATED if record.get("gated") else Availability.AVAILABLE


def _tasks(record: Record, left_out: LeftOut) -> list[str]:
    task = record.get("pipeline_tag")
    if task is None:
        return []
    if task == "other":
        left_out.part("pipeline_tag: other says nothing")
    elif isinstance(task, str) and task and kebab(task) == task:
        return [task]
    else:
        left_out.part("pipeline_tag: no name of a task")
    return []


def _signals(record: Record, dated: dict[str, Any], left_out: LeftOut) -> list[dict[str, Any]]:
    signals = []
    for key, unit in (("downloads_30d", "downloads"), ("likes", "likes")):
        value = count(record.get(key))
        if value is not None:
            signals.append({"name": key, "value": value, "unit": unit} | dated)
        elif record.get(key) is not None:
            left_out.part(f"{key}: no count")
    return signals


def _derivatives(record: Record, seen: Sighting) -> list[dict[str, Any]]:
    found = record.get(DERIVATIVES_KEY)
    return [{"name": "derivatives", "value": found, "unit": "models"} | seen.dated()] if found else []


def _attributes(
    record: Record, made_from: Origin, library: str | None, left_out: LeftOut
) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, unit in (("parameters", {}), ("storage_bytes", {"unit": "bytes"})):
        value = count(record.get(key))
        if value:
            yield key, {"value": value} | unit
        elif record.get(key) is not None:
            left_out.part(f"{key}: 0 or no count, so unknown")
    if library:
        yield "library", {"value": library}
    for key in ("languages", "formats"):
        if items := texts(record.get(key)):
            yield key, {"value": items}
    if made_from.bases:
        yield "base_model", {"value": ", ".join(made_from.bases)}


def _library(record: Record, left_out: LeftOut) -> str | None:
    library = record.get("library")
    if not isinstance(library, str) or not kebab(library):
        return None
    if library.lower() in NO_LIBRARY:
        left_out.part("library: names none")
        return None
    return library


def _capabilities(record: Record, made_from: Origin, tasks: list[str], library: str | None) -> list[dict[str, Any]]:
    capabilities = [task_capability(task) for task in tasks]
    capabilities += origin_capabilities(made_from)
    if spoken := language_capability(texts(record.get("languages"))):
        capabilities.append(spoken)
    if formats := texts(record.get("formats")):
        written = sentence_list([FORMATS.get(name, name) for name in formats])
        capabilities.append(
            {
                "slug": "file-formats",
                "name": f"Files in {written}",
                "description": f"Its files are listed as {written}.",
                "tags": ["file-format", *dict.fromkeys(map(kebab, formats))],
            }
        )
    if library:
        capabilities.append(
            {
                "slug": "library",
                "name": f"Use with {library}",
                "description": f"The Hub lists {library} as the library that it is used with.",
                "tags": ["model-loading", kebab(library)],
            }
        )
    return capabilities


ADAPTER = Adapter(
    name="hub-models",
    help="Models of the Hugging Face Hub: radar.jsonl.gz of radar-huggingface-dataset, seen on 2026-08-22.",
    records=_records,
    convert=partial(converted, seen=RADAR),
)
