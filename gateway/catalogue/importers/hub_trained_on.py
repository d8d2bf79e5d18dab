"""How many models of the Hub say that they were trained on a dataset: counted over the tags of radar.jsonl.gz.

The file is a sample of the Hub, so a dataset that nobody there names gets no figure, and not 0.
"""

from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from gateway.catalogue.importers.adapter import ONLY_ADDS, Adapter, LeftOut, NativeLine, Record
from gateway.catalogue.importers.hub import hub_slug, usable_id
from gateway.catalogue.importers.hub_models import RADAR
from gateway.catalogue.importers.hub_renames import id_now, known_as
from gateway.catalogue.importers.records import json_lines
from gateway.catalogue.importers.wording import texts
from schema.rules.vocabulary import ArtifactKind

PREFIX = "dataset:"


def _records(stream: BinaryIO) -> Iterator[tuple[int, Record]]:
    models: Counter[str] = Counter()
    for _, record in json_lines(stream):
        named = (tag.removeprefix(PREFIX) for tag in texts(record.get("tags")) if tag.startswith(PREFIX))
        models.update({id_now("dataset", name) for name in named})
    yield from enumerate(({"dataset": name, "models": count} for name, count in models.items()), start=1)


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    hub_id = usable_id(record["dataset"])
    if hub_id is None:
        left_out.record("has no usable id")
        return None
    return {
        "slug": hub_slug(hub_id),
        "name": hub_id,
        "kind": ArtifactKind.DATASET,
        ONLY_ADDS: True,
        "aliases": list(dict.fromkeys([hub_id, *known_as("dataset", hub_id)])),
        "signals": [{"name": "models_trained_on", "value": record["models"], "unit": "models"} | RADAR.dated()],
    }


ADAPTER = Adapter(
    name="hub-trained-on",
    help="How many models name a dataset that the catalogue has as their training data: radar.jsonl.gz.",
    records=_records,
    convert=_converted,
)
