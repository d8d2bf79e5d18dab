"""How often the models of the Hub were downloaded and liked, day by day: radar-observations.csv.gz.

The rows name a model by a slug of their own, which only radar.jsonl.gz has beside the id, so both files are read. The
last row of a day is that day's figure. Rows after a model was removed repeat its last figures, which nobody counted
then, and are left out.

All days of all models are held until the last row is read, since rows of one model stand far apart: about 20 MB for
the 16,000 models and four days of the file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from sys import intern
from typing import Any, BinaryIO, NamedTuple

from gateway.catalogue.importers.adapter import ONLY_ADDS, Gatherer, LeftOut, NativeLine, Record
from gateway.catalogue.importers.hub import hub_slug, told_apart, usable_id
from gateway.catalogue.importers.hub_models import RADAR
from gateway.catalogue.importers.hub_renames import known_as
from gateway.catalogue.importers.naming import SLUG_KEY
from gateway.catalogue.importers.reading import placed
from gateway.catalogue.importers.records import csv_rows, json_lines
from gateway.catalogue.problems import Place
from gateway.errors import UsageError
from schema.rules.vocabulary import ArtifactKind

NAME = "hub-observations"
UNITS = {"downloads_30d": "downloads", "likes": "likes"}
NEEDED = ("slug", "observed_at", *UNITS)
KEPT = ("id", "slug", "removed_at")


class Figures(NamedTuple):
    """What a model was counted at, and when; None where no count is stated."""

    moment: str
    downloads_30d: int | None
    likes: int | None


def _gather(files: Sequence[str], left_out: LeftOut) -> Iterator[tuple[Place, Record]]:
    if len(files) != 2:
        text = f"{NAME} takes two files: the models (radar.jsonl.gz), then their series (radar-observations.csv.gz)."
        raise UsageError("BAD_USAGE", text)
    models = _models(files[0])
    series: dict[str, tuple[Place, dict[str, Figures]]] = {}
    for place, (slug, figures) in placed(NAME, files[1], _rows):
        day = _day(figures.moment)
        if day is None:
            left_out.part("rows: observed_at is no moment")
            continue
        _, days = series.setdefault(slug, (place, {}))
        if day in days:
            left_out.part("rows: the day has a later one, which is its figure")
        if day not in days or figures.moment >= days[day].moment:
            days[day] = figures
    for slug, (place, days) in series.items():
        yield place, {"models": models.get(slug, []), "days": days}


def _models(file: str) -> dict[str, list[Record]]:
    """The models by the slug that the rows have for them."""
    found: dict[str, list[Record]] = {}
    for _, record in placed(
        NAME,
        file,
        lambda stream: told_apart(
            ((number, {key: record.get(key) for key in KEPT}) for number, record in json_lines(stream)), "id"
        ),
    ):
        if usable_id(record["id"]):
            found.setdefault(str(record["slug"]), []).append(record)
    return found


def _rows(stream: BinaryIO) -> Iterator[tuple[int, tuple[str, Figures]]]:
    for number, row in csv_rows(stream, NEEDED):
        moment = intern(row["observed_at"] or "")
        yield number, (row["slug"], Figures(moment, _count(row["downloads_30d"]), _count(row["likes"])))


def _day(moment: str) -> str | None:
    try:
        return intern(datetime.fromisoformat(moment).date().isoformat())
    except ValueError:
        return None


def _count(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _converted(record: Record, left_out: LeftOut) -> NativeLine | None:
    if len(record["models"]) != 1:
        left_out.record("has a slug that names two models" if record["models"] else "has a slug that names no model")
        return None
    [model] = record["models"]
    removed = _day(str(model["removed_at"]))
    signals: list[dict[str, Any]] = []
    for day, figures in sorted(record["days"].items()):
        if removed and day > removed:
            left_out.part("rows: after the model was removed")
            continue
        for key, unit in UNITS.items():
            value = getattr(figures, key)
            if value is None:
                left_out.part(f"{key}: no count")
            else:
                signals.append({"name": key, "value": value, "unit": unit, "observed_on": day, "source": RADAR.source})
    if not signals:
        left_out.record("has no figure from when the model was there")
        return None
    return {
        "slug": model.get(SLUG_KEY) or hub_slug(model["id"]),
        "name": model["id"],
        "kind": ArtifactKind.MODEL,
        ONLY_ADDS: True,
        "aliases": list(dict.fromkeys([model["id"], *known_as("model", model["id"])])),
        "signals": signals,
    }


ADAPTER = Gatherer(
    name=NAME,
    help="Downloads and likes day by day for models that the catalogue has: radar.jsonl.gz, radar-observations.csv.gz.",
    gather=_gather,
    convert=_converted,
)
