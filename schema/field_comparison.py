"""One row of a comparison: its cells, who leads it and by how much."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import strawberry

from schema.artifact import Artifact, artifact_of
from schema.data import ArtifactRecord, Parts
from schema.enums import Basis, ComparableField, Dimension, Direction, FieldOutcome
from schema.needs import ArtifactNeeds
from schema.plan import Selected, inlined, planned, shown
from schema.rules.attributes import AttributeSpec
from schema.rules.fields import FieldSpec
from schema.rules.leaders import Lead, leads
from schema.rules.once import once
from schema.rules.scoring import Scored
from schema.rules.values import Value


@dataclass(frozen=True, slots=True)
class FieldTarget:
    """What the parts of a row ask for while planning: `needs` are the names in the registry."""

    artifact: ArtifactNeeds
    needs: tuple[str, ...]

    def want_values(self) -> None:
        """The unrounded values that leaders are worked out from."""
        self.artifact.read(self.needs)

    def want_cells(self) -> None:
        """The values, and where they come from."""
        self.want_values()
        if any(need.startswith("score.") for need in self.needs):
            self.artifact.scores.columns.add("basis")


def _plan(selected: Selected, fields: Iterable[ComparableField]) -> None:
    needs = tuple(dict.fromkeys(need for field in fields for need in field.spec.needs))
    target = FieldTarget(selected.target.named, needs)
    if selected.args.get("leadingOnly"):
        target.want_values()
    selected.descend(target)


def plan_fields(selected: Selected) -> None:
    """Plans some rows of the table."""
    only = selected.args.get("only")
    _plan(selected, ComparableField if only is None else only)


def plan_field(selected: Selected) -> None:
    """Plans one row of the table."""
    _plan(selected, [selected.args["key"]])


@dataclass(frozen=True, slots=True)
class AttributeTarget:
    """What the parts of an attribute's row ask for while planning."""

    artifact: ArtifactNeeds

    def want_values(self) -> None:
        """The attributes' values and units."""
        self.artifact.attributes.columns.update(("value", "unit"))

    want_cells = want_values


def plan_attributes(selected: Selected) -> None:
    """Plans the rows of some attributes. Their keys are read even alone, to know which rows there are."""
    attributes = selected.target.named.attributes
    attributes.columns.add("key")
    attributes.want(selected.args.get("keys"))
    selected.descend(AttributeTarget(selected.target.named))


def _plan_cells(selected: Selected) -> None:
    selected.target.want_cells()
    selected.descend(selected.target)


def _plan_outcome(selected: Selected) -> None:
    selected.target.want_values()


def _plan_leaders(selected: Selected) -> None:
    selected.target.want_values()
    selected.descend(selected.target.artifact)


def _plan_artifact(selected: Selected) -> None:
    selected.descend(selected.target.artifact)


@strawberry.type(description="What one artifact has for one field.")
class Cell:
    """The value in whichever form it has, unrounded, and as a table shows it."""

    record: strawberry.Private[ArtifactRecord]
    value: strawberry.Private[Value]
    parts: strawberry.Private[Parts | None]

    @strawberry.field(description="The column that this belongs to.", metadata=planned(_plan_artifact))
    def artifact(self) -> Artifact:
        """The column."""
        return artifact_of(self.record)

    number: float | None = shown(
        "value.number", "The unrounded value where it is a number; null where it is none or not known."
    )
    text: str | None = shown("value.text", "The value where it is a word or a name.")
    date: datetime.date | None = shown("value.date", "The value where it is a day.")
    display: str = shown("value.display", "The value rounded for people to read; says so where it is not known.")
    basis: Basis = shown("value.basis", "Whether the value was published, derived, or is missing.")


def cell_of(record: ArtifactRecord, field: ComparableField, rank: float | None = None) -> Cell:
    """What an artifact has for a field, kept with its record; `rank` is its rank among those compared."""
    found: Cell | None = record.worked_out.get(field._name_)
    if found is None or (field is ComparableField.RANK and found.value.number != rank):
        facts = {need: _fact(record, need) for need in field.spec.needs} | {"rank": rank}
        found = record.worked_out[field._name_] = Cell(record=record, value=field.spec.read(facts), parts={})
    return found


class Cells(NamedTuple):
    """What an artifact has for the rows of a table, and what leaders are worked out from."""

    cells: list[Cell]
    orders: list[float | None]

    @classmethod
    def of(cls, cells: list[Cell]) -> "Cells":
        """The column of some cells."""
        return cls(cells, [cell.value.order for cell in cells])


def column_of(record: ArtifactRecord, names: tuple[str, ...], rank: float | None) -> Cells:
    """What an artifact has for some fields, kept with its record; `rank` is its rank among those compared."""
    found: tuple[float | None, Cells] | None = record.worked_out.get(names)
    # Most often it is the rank that the artifact has by itself, and so the same again.
    if found is None or found[0] != rank:
        cells = [cell_of(record, ComparableField[name], rank) for name in names]
        found = record.worked_out[names] = rank, Cells.of(cells)
    return found[1]


def _fact(record: ArtifactRecord, need: str) -> Any:
    """What is known of an artifact, by the name that a field's needs have for it."""
    table, _, name = need.partition(".")
    if table == "artifact":
        return record.row[name]
    row = record.scores.get(Dimension[name])
    return None if row is None else Scored(row["value"], row.get("basis", Basis.PUBLISHED))


Spec = FieldSpec | AttributeSpec


class Table:
    """Rows of a comparison that are worked out together, each part when it is first asked for."""

    def __init__(
        self, records: Sequence[ArtifactRecord], specs: Sequence[Spec], read: Callable[[], Sequence[Cells]]
    ) -> None:
        self.records = records
        self.specs = specs
        self._read = read
        self._leading: dict[tuple[int, ...], list[Artifact]] = {}

    def rows(self, names: Sequence[str]) -> "list[FieldComparison]":
        """The rows, with their names."""
        return [
            FieldComparison(name, spec, self, at) for at, (name, spec) in enumerate(zip(names, self.specs, strict=True))
        ]

    @once
    def columns(self) -> Sequence[Cells]:
        """The cells of each artifact, one for each row."""
        return self._read()

    @once
    def leads(self) -> list[Lead]:
        """Who is ahead in each row."""
        return leads([column.orders for column in self.columns], [spec.direction for spec in self.specs], self._known)

    def _known(self, at: int) -> int:
        return sum([column.cells[at].value.basis is not Basis.MISSING for column in self.columns])

    def leading(self, columns: tuple[int, ...]) -> list[Artifact]:
        """The artifacts of some columns: the same list for the same ones."""
        found = self._leading.get(columns)
        if found is None:
            found = self._leading[columns] = [artifact_of(self.records[column]) for column in columns]
        return found


@strawberry.type(description="One row of a comparison.")
class FieldComparison:
    """A field across all columns; leaders and margin are worked out on unrounded values."""

    key: str = shown("name", "The comparable field's name, such as RANK, or the attribute's key.")
    label: str = shown("spec.label", "The name of the row for people.")
    direction: Direction = shown("spec.direction", "Which end is the better one.")
    unit: str | None = shown("spec.unit", "What the margin is counted in; null where it has no unit.")
    name: strawberry.Private[str]
    spec: strawberry.Private[Spec]
    table: strawberry.Private[Table]
    at: strawberry.Private[int]

    def __init__(self, name: str, spec: Spec, table: Table, at: int) -> None:
        self.name = name
        self.spec = spec
        self.table = table
        self.at = at

    @property
    def lead(self) -> Lead:
        """Who is ahead."""
        return self.table.leads[self.at]

    @strawberry.field(
        description="What each artifact has, in column order.",
        metadata=planned(_plan_cells) | inlined("[column.cells[{s}.at] for column in {s}.table.columns]"),
    )
    def cells(self) -> list[Cell]:
        """The cells."""
        return [column.cells[self.at] for column in self.table.columns]

    outcome: FieldOutcome = shown(
        "lead.outcome",
        "Whether one leads, some are level, or there is nothing to lead.",
        planned(_plan_outcome) | inlined("{s}.table.leads[{s}.at].outcome"),
    )

    @strawberry.field(
        description="Those with the best value: one leader, or all that are level at the top; empty without either.",
        metadata=planned(_plan_leaders)
        | {"shared": True}
        | inlined("{s}.table.leading({s}.table.leads[{s}.at].leaders)"),
    )
    def leaders(self) -> list[Artifact]:
        """The leaders in column order."""
        return self.table.leading(self.lead.leaders)

    margin: float | None = shown(
        "lead.margin",
        "The leader's value minus the runner-up's, as a size, unrounded, in `unit`; 0 for a tie, null "
        "without a leader or where steps between the values have no size.",
        planned(_plan_outcome) | inlined("{s}.table.leads[{s}.at].margin"),
    )
