"""Writes the catalogue out as JSON Lines, one artifact at a time, in the form that `gateway import` reads."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Any

import orjson
from sqlalchemy import Connection, RowMapping, Select, select

from gateway.catalogue.format import STORED, ArtifactLine
from schema.tables import METADATA

BATCH = 500
TABLES = METADATA.tables


def export(connection: Connection) -> Iterator[bytes]:
    """Every artifact as a line, by slug. Importing the lines again changes nothing."""
    artifact = TABLES["artifact"]
    last = ""
    while True:
        query = select(artifact).where(artifact.c.slug > last).order_by(artifact.c.slug).limit(BATCH)
        lines = _lines(connection, query)
        if not lines:
            return
        for line in lines:
            yield orjson.dumps(line.canonical()) + b"\n"
        last = lines[-1].slug


def stored_lines(connection: Connection, slugs: Sequence[str]) -> dict[str, ArtifactLine]:
    """The lines of some artifacts as they are in the database, by slug."""
    artifact = TABLES["artifact"]
    lines = _lines(connection, select(artifact).where(artifact.c.slug.in_(slugs)))
    return {line.slug: line for line in lines}


def _lines(connection: Connection, query: Select[Any]) -> list[ArtifactLine]:
    rows = list(connection.execute(query).mappings())
    children = _children(connection, [row["id"] for row in rows])
    return [_line(row, children[row["id"]]) for row in rows]


def _children(connection: Connection, ids: list[int]) -> dict[int, dict[str, list[RowMapping]]]:
    found: dict[int, dict[str, list[RowMapping]]] = defaultdict(lambda: defaultdict(list))
    source = TABLES["source"]
    for name in ("alias", "capability", "score", "superseded_score", "signal", "offer", "attribute"):
        table = TABLES[name]
        query = select(table).where(table.c.artifact_id.in_(ids)).order_by(*table.primary_key.columns)
        if name == "capability":
            query = select(table).where(table.c.artifact_id.in_(ids)).order_by(table.c.artifact_id, table.c.position)
        if name == "score":
            # What the scorecard derived is no part of the line: whoever reads the line derives it again.
            query = query.where(table.c.scorecard.is_(None))
        if "source_id" in table.c:
            query = query.add_columns(source.c.title, source.c.url).outerjoin(source, source.c.id == table.c.source_id)
        for row in connection.execute(query).mappings():
            found[row["artifact_id"]][name.removeprefix("superseded_")].append(row)
    return found


def _line(row: RowMapping, children: dict[str, list[RowMapping]]) -> ArtifactLine:
    data = _known(row, ArtifactLine.model_fields.keys() - {"attributes"})
    data["aliases"] = [alias["name"] for alias in children["alias"]]
    data["capabilities"] = [
        _known(item, ("slug", "name", "description", "uniqueness", "versus_alternatives", "tags"))
        for item in children["capability"]
    ]
    data["scores"] = {
        score["dimension"].name.lower(): _known(score, ("value", "basis", "observed_on")) | _source(score)
        for score in children["score"]
    }
    data["signals"] = [
        _known(signal, ("name", "value", "unit", "observed_on")) | _source(signal) for signal in children["signal"]
    ]
    data["offers"] = [
        _known(offer, ("provider", "unit", "price", "currency", "observed_on")) | _source(offer)
        for offer in children["offer"]
    ]
    data["attributes"] = {
        item["key"]: _known(item, ("value", "unit", "observed_on")) | _source(item) for item in children["attribute"]
    }
    return ArtifactLine.model_validate(data, context=STORED)


def _source(row: RowMapping) -> dict[str, Any]:
    if row["title"] is None:
        return {}
    return {"source": {"title": row["title"]} | ({"url": row["url"]} if row["url"] else {})}


def _known(row: RowMapping, keys: Any) -> dict[str, Any]:
    return {key: _plain(row[key]) for key in keys if key in row and row[key] is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, date) else value
