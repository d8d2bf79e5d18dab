"""Datasets of the Hugging Face Hub in March 2023, from HuggingFace-Dataset-Card-Analysis.

The source says nothing of licences, prices and whether one can still get them, so neither does a line. It does not
state addresses either, but the Hub makes them from the id. Ids without an author were kept by the Hub itself, which did
not make these datasets, so they get no publisher.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from gateway.catalogue.importers.adapter import Adapter, LeftOut, NativeLine, Record, csv_rows
from gateway.catalogue.importers.hub import MOVED_ON, SLUG_KEY, aliases_of, hub_slug, kebab, told_apart, usable_id
from gateway.catalogue.importers.hub_tasks import task_capability
from schema.rules.vocabulary import ArtifactKind

OBSERVED = date(2023, 3, 16)
SOURCE = {
    "title": "HuggingFace-Dataset-Card-Analysis",
    "url": "https://github.com/YoungXinyu1802/HuggingFace-Dataset-Card-Analysis",
}
ADDRESS = "https://huggingface.co/datasets/"
ALSO_MODELS = frozenset({"ggerganov/whisper.cpp"})
"""Ids that a model of `hub-models` has too: the Hub keeps models and datasets apart, a catalogue of names does not."""
UNUSED = {
    "has_card": "tells of the listing",
    "has_nonempty_card": "tells of the listing",
    "domain": "follows from the tasks",
}
"""What a row has and a line does not, and why."""


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    return told_apart(csv_rows(stream), "dataset_name")


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    hub_id = usable_id(record.get("dataset_name"))
    if hub_id is None:
        left_out.record("has no usable id")
        return None
    try:
        created = _day(record.get("dataset_creation_time"))
    except ValueError:
        left_out.record(f"dataset_creation_time is no day up to {OBSERVED}")
        return None
    for key, reason in UNUSED.items():
        if record.get(key):
            left_out.part(f"{key}: {reason}")
    tasks = _tasks(record, left_out)
    line: dict[str, Any] = {
        "slug": record.get(SLUG_KEY) or hub_slug(hub_id),
        "name": hub_id.rpartition("/")[2],
        "kind": ArtifactKind.DATASET,
        "publisher": _publisher(record, hub_id, left_out),
        "homepage": ADDRESS + hub_id,
        "tasks": tasks,
        "aliases": aliases_of(hub_id),
        "signals": _signals(record, left_out),
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


def _day(value: object) -> date | None:
    """A day, or None where none is stated. Raises ValueError for what is none, and for one that was yet to come."""
    if not value:
        return None
    day = datetime.strptime(str(value), "%a %b %d %H:%M:%S %Y %z").astimezone(UTC).date()
    if day > OBSERVED:
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


def _signals(record: Record, left_out: LeftOut) -> list[dict[str, Any]]:
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
    seen = {"observed_on": OBSERVED.isoformat(), "source": SOURCE}
    return [{"name": "downloads_30d", "value": value, "unit": "downloads"} | seen]


ADAPTER = Adapter(
    name="hub-datasets",
    help="Datasets of the Hugging Face Hub: hf-datasets-2023.csv.gz, seen about 2023-03-16.",
    records=_records,
    convert=_converted,
)
