"""One row of a comparison: its cells, who leads it and by how much."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import strawberry

from schema.artifact import Artifact, artifact_of
from schema.data import ArtifactRecord
from schema.enums import Basis, ComparableField, Direction, FieldOutcome
from schema.needs import ArtifactNeeds
from schema.plan import Selected, planned
from schema.rules.leaders import Lead, lead
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

    @strawberry.field(description="The column that this belongs to.", metadata=planned(_plan_artifact))
    def artifact(self) -> Artifact:
        """The column."""
        return artifact_of(self.record)

    @strawberry.field(description="The unrounded value where it is a number; null where it is none or not known.")
    def number(self) -> float | None:
        """The number."""
        return self.value.number

    @strawberry.field(description="The value where it is a word or a name.")
    def text(self) -> str | None:
        """The text."""
        return self.value.text

    @strawberry.field(description="The value where it is a day.")
    def date(self) -> date | None:
        """The day."""
        return self.value.date

    @strawberry.field(description="The value rounded for people to read; says so where it is not known.")
    def display(self) -> str:
        """The value as a table shows it."""
        return self.value.display

    @strawberry.field(description="Whether the value was published, derived, or is missing.")
    def basis(self) -> Basis:
        """Where the value comes from."""
        return self.value.basis


@strawberry.type(description="One row of a comparison.")
class FieldComparison:
    """A field across all columns; leaders and margin are worked out on unrounded values."""

    key: str = strawberry.field(description="The comparable field's name, such as RANK, or the attribute's key.")
    label: str = strawberry.field(description="The name of the row for people.")
    direction: Direction = strawberry.field(description="Which end is the better one.")
    unit: str | None = strawberry.field(description="What the margin is counted in; null where it has no unit.")
    records: strawberry.Private[Sequence[ArtifactRecord]]
    read: strawberry.Private[Callable[[], list[Value]]]

    @cached_property
    def values(self) -> list[Value]:
        """The values in column order, worked out when they are first asked for."""
        return self.read()

    @cached_property
    def lead(self) -> Lead:
        """Who is ahead, worked out when it is first asked for."""
        return lead([value.order for value in self.values], self.direction, known=self._known)

    @property
    def _known(self) -> int:
        return sum(value.basis is not Basis.MISSING for value in self.values)

    @strawberry.field(description="What each artifact has, in column order.", metadata=planned(_plan_cells))
    def cells(self) -> list[Cell]:
        """The cells."""
        return [Cell(record=record, value=value) for record, value in zip(self.records, self.values, strict=True)]

    @strawberry.field(
        description="Whether one leads, some are level, or there is nothing to lead.", metadata=planned(_plan_outcome)
    )
    def outcome(self) -> FieldOutcome:
        """How the field came out."""
        return self.lead.outcome

    @strawberry.field(
        description="Those with the best value: one leader, or all that are level at the top; empty without either.",
        metadata=planned(_plan_leaders),
    )
    def leaders(self) -> list[Artifact]:
        """The leaders in column order."""
        return [artifact_of(self.records[column]) for column in self.lead.leaders]

    @strawberry.field(
        description="The leader's value minus the runner-up's, as a size, unrounded, in `unit`; 0 for a tie, null "
        "without a leader or where steps between the values have no size.",
        metadata=planned(_plan_outcome),
    )
    def margin(self) -> float | None:
        """The margin."""
        return self.lead.margin
