"""Datasets of the Hugging Face Hub in March 2023, from HuggingFace-Dataset-Card-Analysis.

The source says nothing of licences, prices and whether one can still get them, so neither does a line. It does not
state addresses either, but the Hub makes them from the id. Ids without an author were kept by the Hub itself, which did
not make these datasets, so they get no publisher.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, BinaryIO

from gateway.catalogue.importers.adapter import Adapter, LeftOut, NativeLine, Record
from gateway.catalogue.importers.hub import MOVED_ON, Sighting, hub_slug, told_apart, usable_id
from gateway.catalogue.importers.hub_renames import hub_names
from gateway.catalogue.importers.hub_tasks import task_capability
from gateway.catalogue.importers.naming import SLUG_KEY
from gateway.catalogue.importers.records import csv_rows
from gateway.catalogue.importers.wording import kebab
from schema.rules.vocabulary import ArtifactKind

CARDS = Sighting(
    day=date(2023, 3, 16),
    source={
        "title": "HuggingFace-Dataset-Card-Analysis",
        "url": "https://github.com/YoungXinyu1802/HuggingFace-Dataset-Card-Analysis",
    },
)
WRITTEN = "%a %b %d %H:%M:%S %Y %z"
"""How a row writes a moment."""
ADDRESS = "https://huggingface.co/datasets/"
ALSO_MODELS = frozenset({"ggerganov/whisper.cpp"})
"""Ids that a model of `hub-models` has too: the Hub keeps models and datasets apart, a catalogue of names does not."""
NEEDED = ("dataset_name", "author", "dataset_creation_time", "downloads", "task")
UNUSED = {
    "has_card": "tells of the listing",
    "has_nonempty_card": "tells of the listing",
    "domain": "follows from the tasks",
}
"""What a row has and a line does not, and why."""


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    return told_apart(csv_rows(stream, NEEDED), "dataset_name")


def converted(record: Record, left_out: LeftOut, *, seen: Sighting) -> NativeLine | None:
    """A row as a line of the catalogue, or None after `left_out` was told why."""
    hub_id = usable_id(record.get("dataset_name"))
    if hub_id is None:
        left_out.record("has no usable id")
        return None
    try:
        created = _day(record.get("dataset_creation_time"), seen.day)
    except ValueError:
        left_out.record(f"dataset_creation_time is no day up to {seen.day}")
        return None
    for key, reason in UNUSED.items():
        if record.get(key):
            left_out.part(f"{key}: {reason}")
    tasks = _tasks(record, left_out)
    line = hub_names("dataset", hub_id, record.get(SLUG_KEY) or hub_slug(hub_id)) | {
        "name": hub_id.rpartition("/")[2],
        "kind": ArtifactKind.DATASET,
        "publisher": _publisher(record, hub_id, left_out),
        "homepage": ADDRESS + hub_id,
        "tasks": tasks,
        "signals": _signals(record, left_out, seen),
        "capabilities": [task_capability(task, data=True) for task in tasks],
    }
    if hub_id in ALSO_MODELS:
        left_out.part("alias: a model has the same id")
        line |= {"slug": hub_slug(f"datasets/{hub_id}"), "aliases": [f"datasets/{hub_id}"]}
    if created in MOVED_ON:
        left_out.part("dataset_creation_time: the day the Hub moved, no release")
    elif created:
        line["released_on"] = created.isoformat()
    return {key: value for key, value in line.items() if value not in (None, [])}


def _day(value: object, last: date) -> date | None:
    """A day, or None where none is stated. Raises ValueError for what is none, and for one that was yet to come."""
    if not value:
        return None
    day = datetime.strptime(str(value), WRITTEN).astimezone(UTC).date()
    if day > last:
        raise ValueError(value)
    return day


def _publisher(record: Record, hub_id: str, left_out: LeftOut) -> str | None:
    if "/" in hub_id:
        return record.get("author") or None
    left_out.part("author: the Hub kept it, and did not make it")
    return None


def _tasks(record: Record, left_out: LeftOut) -> list[str]:
    stated = [task.strip() for task in (record.get("task") or "").split(",")]
    tasks = [task for task in dict.fromkeys(stated) if task not in ("", "None", "other") and kebab(task) == task]
    if "other" in stated:
        left_out.part("task: other says nothing")
    return tasks


def _signals(record: Record, left_out: LeftOut, seen: Sighting) -> list[dict[str, Any]]:
    stated = record.get("downloads")
    if not stated:
        return []
    try:
        value = float(stated)
    except ValueError:
        value = -1
    if value < 0 or not value.is_integer():
        left_out.part("downloads: no count")
        return []
    return [{"name": "downloads_30d", "value": value, "unit": "downloads"} | seen.dated()]


ADAPTER = Adapter(
    name="hub-datasets",
    help="Datasets of the Hugging Face Hub: hf-datasets-2023.csv.gz, seen about 2023-03-16.",
    records=_records,
    convert=partial(converted, seen=CARDS),
)
