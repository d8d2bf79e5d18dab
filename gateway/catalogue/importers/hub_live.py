"""Models and datasets of the Hugging Face Hub as it shows them today.

What the Hub says is put as the records of `hub_models` and `hub_datasets` have it, and becomes a line by their rules;
a dataset's licence, date of change, likes and availability are added, which those records do not have. A private
repository that the Hub shows to the one who asks is GATED.

Where the Hub answers under another id than the one asked for, it tells of a rename: the id asked for is an alias.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from gateway.catalogue.importers import hub_datasets, hub_models
from gateway.catalogue.importers.adapter import Gatherer, LeftOut, NativeLine, Record
from gateway.catalogue.importers.figures import count
from gateway.catalogue.importers.hub import Sighting, told_apart, usable_id
from gateway.catalogue.importers.hub_asking import DATASETS, ask, disabled, hub_api
from gateway.catalogue.importers.licenses import stated_license
from gateway.catalogue.importers.naming import SLUG_KEY
from gateway.catalogue.problems import Place
from gateway.errors import SourceError
from schema.rules.vocabulary import Availability

if TYPE_CHECKING:
    from huggingface_hub import DatasetInfo, ModelInfo

FORMATS = {"safetensors": ".safetensors", "gguf": ".gguf", "mlx": None, "onnx": ".onnx", "diffusers": None}
"""Formats that the Hub has tags for, with the ending of their files where they have one of their own."""
TASK = "task_categories:"


def _gather(names: Sequence[str], _left_out: LeftOut) -> list[tuple[Place, Record]]:
    api = hub_api()
    seen = Sighting(datetime.now(UTC).date(), {"title": "Hugging Face Hub", "url": api.endpoint})
    records = []
    for name in dict.fromkeys(names):
        info = ask(api, name)
        if usable_id(info.id) is None:
            raise SourceError("HUB_ODD_ANSWER", f"{api.endpoint} answered {name} with the id {info.id!r}.")
        if info.disabled:
            raise disabled(name)
        records.append({"id": info.id, "asked": name, "info": info, "seen": seen, "endpoint": api.endpoint})
    return [(Place(record["asked"], number), record) for number, record in told_apart(enumerate(records, 1), "id")]


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    info, asked, seen, endpoint = record["info"], record["asked"], record["seen"], record["endpoint"]
    slug = {SLUG_KEY: record[SLUG_KEY]}
    if asked.startswith(DATASETS):
        line = _dataset(info, slug, left_out, seen, f"{endpoint}/{DATASETS}{info.id}")
    else:
        line = hub_models.converted(
            _model(info, left_out) | slug | {"url": f"{endpoint}/{info.id}"}, left_out, seen=seen
        )
    if line is not None and (old := asked.removeprefix(DATASETS)) not in (info.id, line["slug"]):
        line["aliases"] = list(dict.fromkeys([*line.get("aliases", []), old]))
    return line


def _model(info: "ModelInfo", left_out: LeftOut) -> Record:
    """What the Hub says of a model, as a record of `hub_models` has it."""
    card, tags = info.card_data, info.tags or []
    files = {PurePosixPath(file.rfilename).suffix for file in info.siblings or []}
    language = card.get("language") if card else None
    return {
        "id": info.id,
        "author": info.author,
        "created_at": info.created_at and info.created_at.isoformat(),
        "updated_at": info.last_modified and info.last_modified.isoformat(),
        "license": _license(info, left_out),
        "pipeline_tag": info.pipeline_tag,
        "library": info.library_name,
        "languages": [language] if isinstance(language, str) else language,
        "tags": tags,
        "likes": info.likes,
        "downloads_30d": info.downloads,
        "trending_score": info.trending_score,
        "parameters": info.safetensors.total if info.safetensors else (info.gguf or {}).get("total"),
        "storage_bytes": info.used_storage,
        "base_model": card.get("base_model") if card else None,
        "formats": [name for name, ending in FORMATS.items() if name in tags or ending in files],
        "gated": bool(info.gated or info.private),
        "benchmarks": info.model_index,
    }


def _dataset(info: "DatasetInfo", slug: Record, left_out: LeftOut, seen: Sighting, homepage: str) -> NativeLine | None:
    tags = info.tags or []
    row = slug | {
        "dataset_name": info.id,
        "author": info.author,
        "dataset_creation_time": info.created_at and info.created_at.strftime(hub_datasets.WRITTEN),
        "downloads": None if info.downloads is None else str(info.downloads),
        "task": ",".join(tag.removeprefix(TASK) for tag in tags if tag.startswith(TASK)),
    }
    line = hub_datasets.converted(row, left_out, seen=seen)
    if line is None:
        return None
    for key in ("description", "citation"):
        if getattr(info, key):
            left_out.part(f"{key}: the publisher's own words")
    more: dict[str, Any] = {"homepage": homepage} | stated_license(_license(info, left_out), left_out)
    more["availability"] = Availability.GATED if info.gated or info.private else Availability.AVAILABLE
    if info.last_modified:
        more["updated_on"] = info.last_modified.date().isoformat()
    likes = count(info.likes)
    if likes is not None:
        liked = {"name": "likes", "value": likes, "unit": "likes"} | seen.dated()
        more["signals"] = [*line.get("signals", []), liked]
    return line | {key: value for key, value in more.items() if value is not None}


def _license(info: "ModelInfo | DatasetInfo", left_out: LeftOut) -> str | None:
    """The licence that a card states; its own name where the Hub's list has none for it."""
    card = info.card_data
    stated = card.get("license") if card else None
    if isinstance(stated, list):
        if len(stated) > 1:
            left_out.part("license: several, and not which of them for what")
        stated = stated[0] if len(stated) == 1 else None
    if card and stated == "other":
        stated = card.get("license_name") or stated
    return stated if isinstance(stated, str) else None


ADAPTER = Gatherer(
    name="hub",
    help="Models and datasets of the Hugging Face Hub, asked for by id: openai-community/gpt2 datasets/nyu-mll/glue.",
    gather=_gather,
    convert=_converted,
)
