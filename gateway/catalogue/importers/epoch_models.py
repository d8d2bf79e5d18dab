"""Notable models, as Epoch AI recorded them on 2026-01-26.

Names of models are no identity: other sources write them otherwise, or mean another size. So a slug is the name with
the year of publication, such as `alexnet-2012`, which no other source uses, and a record joins another source only by
an id on the Hugging Face Hub that its link leads to, where that id has the model's name.

A record becomes a FINE_TUNE where it names a base model and states compute of the fine-tuning. Where it names a base
without such compute, the base may have been used in another way, and the record is a MODEL.

Epoch AI says how sure it is of its figures in one word a record. The source of parameters, compute and size of the
data repeats that word.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from gateway.catalogue.importers.adapter import Adapter, LeftOut, NativeLine, Record
from gateway.catalogue.importers.epoch_access import (
    access_capabilities,
    access_fields,
    addresses,
    hub_ids,
    known_access,
)
from gateway.catalogue.importers.epoch_tasks import domain_capability, task_capability, task_slug
from gateway.catalogue.importers.figures import written_count, written_figure
from gateway.catalogue.importers.naming import LONGEST, SLUG_KEY, slug_of, told_apart
from gateway.catalogue.importers.records import csv_rows
from gateway.catalogue.importers.repeated import SAME_KEY, as_one
from gateway.catalogue.importers.wording import capability, kebab, sentence_list
from schema.rules.vocabulary import ArtifactKind

OBSERVED = date(2026, 1, 26)
CREDIT = "Epoch AI, notable models (CC BY 4.0)"
ADDRESS = "https://github.com/mxschons/sobe-2025-data-repository"
MOST_PUBLISHER = 300
UNSPECIFIED = "Unspecified unreleased"
FIGURES: dict[str, tuple[str, str | None, bool]] = {
    "Parameters": ("parameters", None, True),
    "Training compute (FLOP)": ("training_compute", "FLOP", True),
    "Training dataset size (gradients)": ("training_dataset_size", "datapoints", True),
    "Finetune compute (FLOP)": ("fine_tuning_compute", "FLOP", True),
    "Epochs": ("training_epochs", "epochs", False),
    "Training time (hours)": ("training_time", "hours", False),
    "Hardware quantity": ("training_hardware_count", "chips", False),
    "Training compute cost (2023 USD)": ("training_cost", "USD of 2023", False),
}
"""By column: the attribute, its unit, and whether it is one of the figures that Epoch AI says how sure it is of."""
NEEDED = (
    "Model",
    "Organization",
    "Publication date",
    "Domain",
    "Task",
    "Training dataset",
    "Confidence",
    "Link",
    "Citations",
    "Training hardware",
    "Base model",
    "Model accessibility",
    *FIGURES,
)
"""The columns that are read."""
COUNTS = frozenset({"Parameters", "Hardware quantity"})
UNUSED = {
    "Abstract": "the authors' own words",
    "Reference": "the title of a paper",
    "Authors": "no place for it",
    "Parameters notes": "Epoch AI's own words",
    "Training compute notes": "Epoch AI's own words",
    "Dataset size notes": "Epoch AI's own words",
    "Training time notes": "Epoch AI's own words",
    "Compute cost notes": "Epoch AI's own words",
    "Finetune compute notes": "Epoch AI's own words",
    "Batch size notes": "Epoch AI's own words",
    "Accessibility notes": "Epoch AI's own words",
    "Notability criteria": "tells of the listing",
    "Notability criteria notes": "tells of the listing",
    "Frontier model": "tells of the listing",
    "Organization categorization": "tells of the maker, not of the model",
    "Country (of organization)": "tells of the maker, not of the model",
    "Training code accessibility": "tells of the code, not of the model",
    "Inference code accessibility": "tells of the code, not of the model",
    "Batch size": "no place for it",
    "Numerical format": "no place for it",
    "Hardware utilization (MFU)": "no place for it",
    "Hardware utilization (HFU)": "no place for it",
    "Training power draw (W)": "no place for it",
    "Hardware acquisition cost": "one of several reckonings of the cost",
    "Training compute cost (cloud)": "one of several reckonings of the cost",
    "Training compute cost (upfront)": "one of several reckonings of the cost",
}
"""What a row has and a line does not, and why."""


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    return told_apart(as_one(csv_rows(stream, NEEDED), _identity, str, lambda _first, _others: None), _named)


def _text(record: Record, key: str) -> str:
    return " ".join((record.get(key) or "").split())


def _items(record: Record, key: str) -> list[str]:
    """The items of a list with commas between them; a comma in brackets belongs to its item."""
    items = re.split(r",(?![^(]*\))", _text(record, key))
    return [item for item in dict.fromkeys(item.strip() for item in items) if item]


def _identity(record: Record) -> str | None:
    """Name, day, makers and link: models that share all of these are one."""
    named = [_text(record, key) for key in ("Model", "Publication date", "Organization", "Link")]
    return " | ".join(named) if named[0] else None


def _named(record: Record) -> tuple[str, str] | None:
    identity = _identity(record)
    return None if identity is None else (_slug(record), identity)


def _slug(record: Record) -> str:
    year = _text(record, "Publication date")[:4]
    parts = [slug_of(_text(record, "Model"))[: LONGEST - 5].rstrip("-."), year if year.isdigit() else ""]
    return "-".join(filter(None, parts)) or "model"


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    name = _text(record, "Model")
    if not name:
        left_out.record("has no name")
        return None
    if record.get(SAME_KEY):
        left_out.record("is about the model of another row")
        return None
    try:
        published = date.fromisoformat(_text(record, "Publication date"))
    except ValueError:
        published = None
    if published is None or published > OBSERVED:
        left_out.record(f"Publication date is no day up to {OBSERVED}")
        return None
    for key, reason in UNUSED.items():
        if _text(record, key):
            left_out.part(f"{key}: {reason}")
    access, links = _access(record, left_out), _links(record, left_out)
    ids, others = hub_ids(links, name)
    if others:
        left_out.part("Link: leads to a model of another name on the Hub, so its id is no alias")
    domains = _without(_items(record, "Domain"), "Other", "Domain", left_out)
    data = _without(_items(record, "Training dataset"), UNSPECIFIED, "Training dataset", left_out)
    tasks = {task_slug(task): task for task in _items(record, "Task") if task_slug(task)}
    line: dict[str, Any] = {
        "slug": record.get(SLUG_KEY) or _slug(record),
        "name": name,
        "kind": ArtifactKind.FINE_TUNE if _fine_tuned(record) else ArtifactKind.MODEL,
        "publisher": _publisher(record, left_out),
        "homepage": links[0] if links else None,
        "tasks": list(tasks),
        "released_on": published.isoformat(),
        "aliases": ids,
        "signals": list(_signals(record, left_out)),
        "attributes": dict(_attributes(record, domains, data, access, left_out)),
        "capabilities": [
            *map(task_capability, tasks.values()),
            *([domain_capability(domains)] if domains else []),
            *access_capabilities(access),
            *_base_capabilities(record),
            *_data_capabilities(data),
        ],
    }
    line |= access_fields(access)
    return {key: value for key, value in line.items() if value not in (None, [], {})}


def _without(items: list[str], nothing: str, key: str, left_out: LeftOut) -> list[str]:
    if nothing in items:
        left_out.part(f"{key}: {nothing} says nothing")
    return [item for item in items if item != nothing]


def _access(record: Record, left_out: LeftOut) -> str:
    access = _text(record, "Model accessibility")
    if access and not known_access(access):
        left_out.part("Model accessibility: no word that is known here")
        return ""
    return access


def _links(record: Record, left_out: LeftOut) -> list[str]:
    stated = (record.get("Link") or "").strip()
    links = addresses(stated)
    if stated and not links:
        left_out.part("Link: no address, or said to be broken")
    if len(links) > 1:
        left_out.part("Link: the homepage is the first of several")
    return links


def _publisher(record: Record, left_out: LeftOut) -> str | None:
    makers = ", ".join(_items(record, "Organization"))
    if len(makers) > MOST_PUBLISHER:
        left_out.part("Organization: too many to be named")
        return None
    return makers or None


def _bases(record: Record) -> list[str]:
    return _items(record, "Base model")


def _fine_tuned(record: Record) -> bool:
    return bool(_bases(record)) and bool(written_figure(_text(record, "Finetune compute (FLOP)")))


def _seen(confidence: str = "") -> dict[str, Any]:
    title = f"{CREDIT}, confidence: {confidence}" if confidence else CREDIT
    return {"observed_on": OBSERVED.isoformat(), "source": {"title": title, "url": ADDRESS}}


def _signals(record: Record, left_out: LeftOut) -> Iterator[dict[str, Any]]:
    if stated := _text(record, "Citations"):
        value = written_count(stated)
        if value is None:
            left_out.part("Citations: no count")
        else:
            yield {"name": "citations", "value": value, "unit": "citations"} | _seen()


def _attributes(
    record: Record, domains: list[str], data: list[str], access: str, left_out: LeftOut
) -> Iterator[tuple[str, dict[str, Any]]]:
    confidence = _text(record, "Confidence")
    for column, (key, unit, estimated) in FIGURES.items():
        if not (stated := _text(record, column)):
            continue
        value = written_count(stated) if column in COUNTS else written_figure(stated)
        if value:
            yield key, {"value": value} | ({"unit": unit} if unit else {}) | _seen(confidence if estimated else "")
        else:
            left_out.part(f"{column}: 0, several figures or none, so unknown")
    texts: dict[str, str | list[str]] = {
        "domains": domains,
        "training_data": data,
        "training_hardware": _items(record, "Training hardware"),
        "base_model": ", ".join(_bases(record)),
        "accessibility": access,
        "confidence": confidence,
    }
    for key, text in texts.items():
        if text:
            yield key, {"value": text} | _seen()


def _base_capabilities(record: Record) -> list[dict[str, Any]]:
    bases = _bases(record)
    if not bases:
        return []
    named, tags = sentence_list(bases, most=4), [kebab(base) for base in bases[:3]]
    if _fine_tuned(record):
        said = f"Epoch AI has it as fine-tuned from {named}."
        return [capability("fine-tune", "Fine-tuned from a base model", said, ["fine-tuning", *tags])]
    said = f"Epoch AI names {named} as base, without figures of a fine-tuning."
    return [capability("base-model", "Made from a base model", said, tags)]


def _data_capabilities(data: list[str]) -> list[dict[str, Any]]:
    if not data:
        return []
    said = f"Epoch AI names {sentence_list(data)} as what it was trained on."
    tags = [tag for tag in map(kebab, data[:8]) if tag]
    return [capability("training-data", "Known training data", said, ["training-data", *tags])]


ADAPTER = Adapter(
    name="epoch-models",
    help="Notable models: epoch-notable-models.csv.gz of Epoch AI, seen on 2026-01-26.",
    records=_records,
    convert=_converted,
)
