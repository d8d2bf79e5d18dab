"""What hangs on artifacts: read for all places that ask for some of it at once, one SELECT a table."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from gateway import statements
from gateway.statements import CHILD_TABLES
from schema.data import ArtifactRecord, Row
from schema.needs import ArtifactNeeds

Batch = tuple[ArtifactNeeds, list[ArtifactRecord]]
"""What is read of some artifacts, and their records."""
Rows = Callable[..., Sequence[Row]]
"""Runs the statement with a key, made where there is none yet, with some values."""


def touches_children(needs: ArtifactNeeds) -> bool:
    """Whether anything is read for artifacts that their ids have to be known for."""
    asked = any(getattr(needs, name).columns for name in CHILD_TABLES)
    return asked or needs.newest_figure or bool(needs.positions) or needs.alternatives is not None


def load_children(rows: Rows, batches: Sequence[Batch]) -> None:
    """Reads what hangs on the artifacts of some batches, and puts it into their records."""
    # An artifact may be asked for in several places, and is one record in each.
    owners: dict[int, list[ArtifactRecord]] = {}
    parts: list[statements.Batch] = []
    values: dict[str, list[int]] = {}
    for number, (needs, records) in enumerate(batches):
        if touches_children(needs):
            parts.append((number, needs))
            values[f"ids_{number}"] = list(dict.fromkeys(record.row["id"] for record in records))
            for record in records:
                owners.setdefault(record.row["id"], []).append(record)
    if not parts:
        return
    for name in CHILD_TABLES:
        wanted = [(number, needs) for number, needs in parts if getattr(needs, name).columns]
        if wanted:
            shape = name, *((number, statements.child_shape(name, needs)) for number, needs in wanted)
            given = {f"ids_{number}": values[f"ids_{number}"] for number, _ in wanted}
            for row in rows(shape, partial(statements.children, name, wanted), given):
                for record in owners[row["artifact_id"]]:
                    _attach(name, record, row)
    _load_newest_figures(rows, parts, values, owners)
    _load_positions(rows, [part for part in parts if part[1].positions], values, owners)


def _load_newest_figures(
    rows: Rows,
    parts: Sequence[statements.Batch],
    values: Mapping[str, Sequence[int]],
    owners: Mapping[int, Sequence[ArtifactRecord]],
) -> None:
    alone = [number for number, needs in parts if needs.newest_figure]
    ids = list(dict.fromkeys(id for number in alone for id in values[f"ids_{number}"]))
    if ids:
        for row in rows("newest figures", statements.newest_figures, {"ids": ids}):
            for record in owners[row["artifact_id"]]:
                record.newest_figure = row["newest"]


def _load_positions(
    rows: Rows,
    parts: Sequence[statements.Batch],
    values: Mapping[str, Sequence[int]],
    owners: Mapping[int, Sequence[ArtifactRecord]],
) -> None:
    if parts:
        keys = statements.weights_of(parts)
        shape = "positions", *((number, tuple(needs.positions)) for number, needs in parts)
        given = {f"ids_{number}": values[f"ids_{number}"] for number, _ in parts}
        for row in rows(shape, lambda: statements.positions(parts), given):
            for record in owners[row["id"]]:
                record.positions[keys[row["weights"]]] = (row["position"], row["ranked"])


def _attach(name: str, record: ArtifactRecord, row: Row) -> None:
    match name:
        case "capabilities":
            record.capabilities[row["position"]] = row
        case "scores":
            record.scores[row["dimension"]] = row
        case "attributes":
            record.attributes[row["key"]] = row
        case "aliases":
            record.aliases.append(row["name"])
        case "offers":
            record.offers.append(row)
        case "signals":
            record.signals.append(row)
