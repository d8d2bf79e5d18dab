"""One row of a comparison: its cells, who leads it and by how much."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import strawberry

from schema.artifact import Artifact
from schema.cells import Cell, Column, Rows, Spec, rows_of
from schema.enums import ComparableField, Direction, FieldOutcome
from schema.needs import ArtifactNeeds
from schema.plan import CONSTANT, Selected, Tabled, planned, shown
from schema.rules.leaders import Lead, LeadParts, leads
from schema.rules.once import once
from schema.standing import Compared


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


ALL = tuple(ComparableField)


def _plain_rows(only: Sequence[ComparableField] | None = None, leading_only: bool | None = False) -> Rows | None:
    """Which rows the table has where none of them is left out for what it holds."""
    return None if leading_only else rows_of(ALL if only is None else tuple(only))


class Table:
    """Rows of a comparison that are worked out together, each part when it is first asked for."""

    def __init__(self, compared: Compared, rows: Rows) -> None:
        self.compared = compared
        self.rows = rows
        self.artifacts = compared.artifacts

    def items(self) -> "list[FieldComparison]":
        """The rows as objects."""
        return [FieldComparison(table=self, at=at) for at in range(len(self.rows.names))]

    @once
    def columns(self) -> Sequence[Column]:
        """The cells of each artifact, one for each row."""
        records, column = self.compared.records, self.rows.column
        if not self.rows.ranked:
            return [column(record, None) for record in records]
        return list(map(column, records, self.compared.standing.ranks))

    @once
    def leads(self) -> list[LeadParts]:
        """Who is ahead in each row."""
        return leads(self.columns)


@strawberry.type(description="One row of a comparison.")
class FieldComparison:
    """A field across all columns; leaders and margin are worked out on unrounded values."""

    table: strawberry.Private[Table]
    at: strawberry.Private[int]

    @property
    def name(self) -> str:
        """The name of the row."""
        return self.table.rows.names[self.at]

    @property
    def spec(self) -> Spec:
        """What is known of the row."""
        return self.table.rows.specs[self.at]

    @property
    def lead(self) -> Lead:
        """Who is ahead."""
        return Lead(*self.table.leads[self.at])

    key: str = shown("name", "The comparable field's name, such as RANK, or the attribute's key.", CONSTANT)
    label: str = shown("spec.label", "The name of the row for people.", CONSTANT)
    direction: Direction = shown("spec.direction", "Which end is the better one.", CONSTANT)
    unit: str | None = shown("spec.unit", "What the margin is counted in; null where it has no unit.", CONSTANT)

    @strawberry.field(
        description="What each artifact has, in column order.",
        metadata=planned(_plan_cells) | {"across": "columns"},
    )
    def cells(self) -> list[Cell]:
        """The cells."""
        return [column.cells[self.at] for column in self.table.columns]

    outcome: FieldOutcome = shown(
        "lead.outcome",
        "Whether one leads, some are level, or there is nothing to lead.",
        planned(_plan_outcome),
    )

    @strawberry.field(
        description="Those with the best value: one leader, or all that are level at the top; empty without either.",
        metadata=planned(_plan_leaders) | {"picked": ("artifacts", "{s.lead.leaders}")},
    )
    def leaders(self) -> list[Artifact]:
        """The leaders in column order."""
        return [self.table.artifacts[column] for column in self.lead.leaders]

    margin: float | None = shown(
        "lead.margin",
        "The leader's value minus the runner-up's, as a size, unrounded, in `unit`; 0 for a tie, null "
        "without a leader or where steps between the values have no size.",
        planned(_plan_outcome),
    )


TABLED = Tabled(
    _plain_rows,
    lambda comparison, rows: Table(comparison.compared, rows),
    lists={"lead": "leads"},
    tuples={"lead": Lead._fields},
    constants={"name": "names", "spec": "specs"},
)
"""How the rows of a comparison are made without an object for each."""
