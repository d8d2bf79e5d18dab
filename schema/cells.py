"""What artifacts have for the rows of a comparison."""

import datetime
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import strawberry

from schema.artifact import Artifact, artifact_of
from schema.data import ArtifactRecord, Parts, Sheds
from schema.enums import Basis, ComparableField, Dimension, Direction
from schema.plan import Selected, planned, shown
from schema.rules.attributes import AttributeSpec
from schema.rules.fields import FieldSpec
from schema.rules.leaders import Merits
from schema.rules.scoring import Scored
from schema.rules.values import Value

Spec = FieldSpec | AttributeSpec


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

    number: float | None = shown(
        "value.number", "The unrounded value where it is a number; null where it is none or not known."
    )
    text: str | None = shown("value.text", "The value where it is a word or a name.")
    date: datetime.date | None = shown("value.date", "The value where it is a day.")
    display: str = shown("value.display", "The value rounded for people to read; says so where it is not known.")
    basis: Basis = shown("value.basis", "Whether the value was published, derived, or is missing.")


def cell_of(record: ArtifactRecord, field: ComparableField, rank: float | None = None) -> Cell:
    """What an artifact has for a field; `rank` is its rank among those compared."""
    facts = {need: _fact(record, need) for need in field.spec.needs} | {"rank": rank}
    return Cell(record=record, value=field.spec.read(facts))


class Rows:
    """Which rows a table has: their names, what is known of each, and how an artifact's column of them is made.

    A column is made of the artifact's record and of its rank among those compared, where one of the rows is that.
    """

    def __init__(
        self, names: Sequence[str], specs: Sequence[Spec], column: Callable[[ArtifactRecord, float | None], "Column"]
    ) -> None:
        self.names = names
        self.specs = specs
        self.column = column
        self.directions = [spec.direction for spec in specs]
        self.ranked = ComparableField.RANK.spec in specs


@lru_cache
def rows_of(asked: tuple[ComparableField, ...]) -> Rows:
    """The rows for some comparable fields, each once."""
    fields = tuple(dict.fromkeys(asked))

    def cells(record: ArtifactRecord, rank: float | None) -> list[Cell]:
        return [cell_of(record, field, rank) for field in fields]

    def column(record: ArtifactRecord, rank: float | None) -> Column:
        found: Column | None = record.worked_out.get(rows)
        # Most often it is the rank that the artifact has by itself, and so the same again.
        if found is None or found.rank != rank:
            others = {} if found is None else found.others
            found = record.worked_out[rows] = others.get(rank) or Column(
                record, cells, rows.directions, rank, {}, others
            )
        return found

    rows = Rows([field._name_ for field in fields], [field.spec for field in fields], column)
    return rows


MOST_RANKS = 16
"""How many columns are kept of an artifact that has another rank among each of many sets of artifacts."""


class Column(Merits, Sheds):
    """What an artifact has for the rows of a table, and what leaders are worked out from.

    `rank` is its rank among those compared; where it has had several, `others` has a column for each. The answers for
    its cells are kept in `parts`.
    """

    __slots__ = ("_cells", "_made", "others", "parts", "rank", "record")

    def __init__(
        self,
        record: ArtifactRecord,
        made: Callable[[ArtifactRecord, float | None], list[Cell]],
        directions: Sequence[Direction],
        rank: float | None,
        parts: Parts | None,
        others: "dict[float | None, Column]",
    ) -> None:
        self.record = record
        self.rank = rank
        self.parts = parts
        self.others = others
        self._made = made
        self._cells: list[Cell] | None = None
        values = [cell.value for cell in self.cells]
        super().__init__(
            [value.order for value in values], directions, [value.basis is not Basis.MISSING for value in values]
        )
        if len(others) >= MOST_RANKS:
            others.clear()
        others[rank] = self

    @property
    def cells(self) -> list[Cell]:
        """A cell for each row."""
        found = self._cells
        if found is None:
            found = self._cells = self._made(self.record, self.rank)
        return found

    def shed(self) -> None:
        """Lets go of the cells, of this column and of the others."""
        for column in list(self.others.values()):
            column._cells = None


def _fact(record: ArtifactRecord, need: str) -> Any:
    """What is known of an artifact, by the name that a field's needs have for it."""
    table, _, name = need.partition(".")
    if table == "artifact":
        return record.row[name]
    row = record.scores.get(Dimension[name])
    return None if row is None else Scored(row["value"], row.get("basis", Basis.PUBLISHED))
