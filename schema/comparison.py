"""Two to eight artifacts side by side. Nothing in it is stored; each field is worked out when it is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from schema.alignment import AlignmentConnection, plan_alignment, plan_exclusive
from schema.arguments import After, First, Keys, LeadingOnly, Minimum, OneColumn, OneField, Only, OwnWeights
from schema.artifact import Artifact
from schema.capability import Capability
from schema.cells import Cell, Column, Rows, rows_of
from schema.data import ArtifactRecord, Data
from schema.enums import FieldOutcome
from schema.errors import RuleError, unknown_artifacts
from schema.evidence import MatchEvidence, plan_evidence
from schema.field_comparison import (
    ALL,
    TABLED,
    FieldComparison,
    Table,
    plan_attributes,
    plan_field,
    plan_fields,
)
from schema.info import Info
from schema.needs import ArtifactNeeds
from schema.node import Node
from schema.paging import decode_position, page_size
from schema.plan import Selected, inlined, planned
from schema.rules.alignment import LEAST_SIMILARITY, align, exclusive
from schema.rules.attributes import attribute_spec
from schema.rules.likeness import Described
from schema.rules.once import once
from schema.rules.values import MISSING, of_anything
from schema.standing import Compared
from schema.verdict import Verdict, plan_verdict

FEWEST, MOST = 2, 8


@dataclass(frozen=True, slots=True)
class ComparisonTarget:
    """What the fields of a comparison ask for while planning.

    `named` is what is read of the artifacts compared, of which there are `columns`.
    """

    named: ArtifactNeeds
    columns: int

    def want_id(self) -> None:
        """A comparison's id is made of slugs, which are always read."""


def check_slugs(of: Sequence[str]) -> Sequence[str]:
    """The slugs. Raises RuleError (BAD_COMPARISON) unless two to eight different ones are given."""
    if not FEWEST <= len(of) <= MOST:
        raise RuleError("BAD_COMPARISON", f"A comparison takes {FEWEST} to {MOST} artifacts, and `of` names {len(of)}.")
    if len(set(of)) < len(of):
        twice = sorted({slug for slug in of if of.count(slug) > 1})
        raise RuleError("BAD_COMPARISON", f"`of` names {', '.join(twice)} more than once; name each artifact once.")
    return of


def plan_comparison(selected: Selected, named: ArtifactNeeds, columns: int, type_name: str | None = None) -> None:
    """Plans what is selected of a comparison."""
    selected.descend(ComparisonTarget(named, columns), type_name)


def compare(data: Data, of: Sequence[str], found: Sequence[ArtifactRecord | None]) -> "Comparison":
    """The comparison of some artifacts, in the order asked for; `found` has what was read for each name.

    Raises RuleError: UNKNOWN_ARTIFACT naming every slug that is not known, BAD_COMPARISON where two names lead to
    the same artifact.
    """
    if None in found:
        unknown = [slug for slug, record in zip(of, found, strict=True) if record is None]
        raise unknown_artifacts(unknown, [data.nearest(slug) for slug in unknown])
    records: list[Any] = list(found)
    if len({record.row["slug"] for record in records}) < len(records):
        raise RuleError("BAD_COMPARISON", f"{' and '.join(of)} lead to the same artifact; name each artifact once.")
    return Comparison(compared=Compared(records, data))


def _attribute_column(record: ArtifactRecord, keys: Sequence[str]) -> Column:
    directions = [attribute_spec(key).direction for key in keys]
    return Column(record, lambda record, _: [_attribute_cell(record, key) for key in keys], directions, None, None, {})


def _attribute_cell(record: ArtifactRecord, key: str) -> Cell:
    row = record.attributes.get(key)
    value = MISSING if row is None else of_anything(row["value"], row["unit"] or attribute_spec(key).unit)
    return Cell(record=record, value=value)


def _plan_artifacts(selected: Selected) -> None:
    selected.descend(selected.target.named)


@strawberry.type(description="Two to eight artifacts side by side, worked out when it is asked for and never stored.")
class Comparison(Node):
    """A comparison; the order asked for is the order of its columns."""

    compared: strawberry.Private[Compared]

    @property
    def records(self) -> Sequence[ArtifactRecord]:
        """The artifacts compared."""
        return self.compared.records

    def names(self) -> tuple[str, ...]:
        """The slugs that find it."""
        return tuple(record.row["slug"] for record in self.records)

    @strawberry.field(description="Its name in addresses, such as the-pile-vs-c4.")
    def slug(self) -> str:
        """The artifacts' slugs in column order."""
        return "-vs-".join(self.names())

    @strawberry.field(
        description="What is compared, in column order.",
        metadata=planned(_plan_artifacts) | inlined("{s.compared}.artifacts"),
    )
    def artifacts(self) -> list[Artifact]:
        """The columns."""
        return self.compared.artifacts

    @strawberry.field(
        description="The rows of the table: all of them, or `only` some in the order given.",
        metadata=planned(plan_fields) | {"tabled": TABLED},
    )
    def fields(self, only: Only = None, leading_only: LeadingOnly = None) -> list[FieldComparison]:
        """The rows; with `leading_only`, those that one artifact leads."""
        rows = Table(self.compared, rows_of(ALL if only is None else tuple(only))).items()
        return [row for row in rows if row.lead.outcome is FieldOutcome.LEADER] if leading_only else rows

    @strawberry.field(description="One row of the table.", metadata=planned(plan_field))
    def field(self, key: OneField) -> FieldComparison:
        """The row for one comparable field."""
        return Table(self.compared, rows_of((key,))).items()[0]

    @strawberry.field(
        description="The rows for facts that only some kinds have; without `keys` all that any of them has.",
        metadata=planned(plan_attributes),
    )
    def attributes(self, keys: Keys = None) -> list[FieldComparison]:
        """One row an attribute, in the order of `keys` or of their own keys."""
        known = sorted({key for record in self.records for key in record.attributes})
        wanted = known if keys is None else list(dict.fromkeys(keys))
        specs = [attribute_spec(key) for key in wanted]
        return Table(self.compared, Rows(wanted, specs, lambda record, _: _attribute_column(record, wanted))).items()

    @strawberry.field(
        description="Who comes out ahead, why, and what to mind; under the weights given or the scorecard's.",
        metadata=planned(plan_verdict),
    )
    def verdict(self, weights: OwnWeights = None) -> Verdict:
        """The verdict. Raises RuleError (BAD_WEIGHTS)."""
        return Verdict(compared=self.compared, own=None if weights is None else weights.normalised())

    @strawberry.field(
        description="Which capability of one artifact answers which of another, the nearest pairs first.",
        metadata=planned(plan_alignment),
    )
    def alignment(self, first: First = None, after: After = None, minimum: Minimum = None) -> AlignmentConnection:
        """A page of pairs. Raises RuleError (BAD_PAGE_SIZE, BAD_CURSOR, BAD_MINIMUM)."""
        least = LEAST_SIMILARITY if minimum is None else minimum
        if not 0 <= least <= 1:
            raise RuleError("BAD_MINIMUM", f"`minimum` is {least:g}; a similarity is from 0 to 1.")
        return AlignmentConnection(
            records=self.records,
            pair=lambda: align(self._said, least),
            size=page_size(first),
            start=decode_position(after) + 1,
        )

    @strawberry.field(
        description="The capabilities of one of the artifacts that none of the others has an answer to.",
        metadata=planned(plan_exclusive),
    )
    def exclusive(self, info: Info, artifact: OneColumn) -> list[Capability]:
        """What only one artifact can do. Raises RuleError (NOT_COMPARED) for a slug that is no column."""
        info.context.check_deadline()
        slug = info.context.data.slug(artifact)
        columns = [column for column, record in enumerate(self.records) if record.row["slug"] == slug]
        if not columns:
            slugs = ", ".join(record.row["slug"] for record in self.records)
            raise RuleError("NOT_COMPARED", f"{artifact!r} is none of the artifacts compared: {slugs}.")
        record = self.records[columns[0]]
        return [
            Capability(record=record, row=record.capabilities[position])
            for position in exclusive(self._said, columns[0])
        ]

    @strawberry.field(
        description="Head to head in recorded searches; with no data it says so.", metadata=planned(plan_evidence)
    )
    def evidence(self) -> MatchEvidence:
        """What searches say of them."""
        return MatchEvidence(compared=self.compared)

    @once
    def _said(self) -> list[list[Described]]:
        return [
            [
                Described(row["name"], row["description"], tuple(row["tags"]))
                for _, row in sorted(record.capabilities.items())
            ]
            for record in self.records
        ]
