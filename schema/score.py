"""Scores, as a GraphQL type."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import strawberry

from schema.data import ArtifactRecord, Row
from schema.enums import Basis, Dimension
from schema.facts import SOURCED, Signal, Source, signals_of, source_of
from schema.needs import ArtifactNeeds
from schema.plan import Selected, planned, reads
from schema.rules.scorecard import Scorecard
from schema.rules.scoring import Scored
from schema.rules.values import of_score


@dataclass(frozen=True, slots=True)
class ScoreTarget:
    """What the parts of a score ask for while planning."""

    needs: ArtifactNeeds
    dimensions: tuple[Dimension, ...]

    @property
    def columns(self) -> set[str]:
        """The columns of the scores, which are read on these dimensions."""
        self.needs.scores.dimensions.update(self.dimensions)
        return self.needs.scores.columns


def plan_scores(selected: Selected, dimensions: Iterable[Dimension]) -> None:
    """Plans what is selected of the scores on some dimensions."""
    selected.descend(ScoreTarget(selected.target, tuple(dimensions)))


def _plan_signals(selected: Selected) -> None:
    signals = selected.target.needs.signals
    signals.columns.add("name")
    signals.want(name for d in selected.target.dimensions for name in selected.scorecard.signals_of(d))
    selected.descend(signals)


@strawberry.type(description="How an artifact does on one dimension, or the plain statement that nobody has said.")
class Score:
    """A score from 0 to 1."""

    dimension: Dimension = strawberry.field(description="What is scored.")
    record: strawberry.Private[ArtifactRecord]
    scorecard: strawberry.Private[Scorecard]

    @property
    def row(self) -> Row | None:
        """The score as read, None where there is none."""
        return self.record.scores.get(self.dimension)

    @strawberry.field(
        description="From 0 to 1, unrounded; null where nobody has scored it, which is not zero.",
        metadata=reads("value"),
    )
    def value(self) -> float | None:
        """The unrounded score."""
        return None if self.row is None else float(self.row["value"])

    @strawberry.field(
        description="Rounded as a comparison table shows it: 0 or 1, or that it is not known.",
        metadata=reads("value"),
    )
    def display(self) -> str:
        """The score for people to read."""
        return of_score(None if self.row is None else Scored(self.row["value"], Basis.PUBLISHED)).display

    @strawberry.field(
        description="Whether someone published it, it was derived from signals, or it is missing.",
        metadata=reads("basis"),
    )
    def basis(self) -> Basis:
        """Where the score comes from."""
        return Basis.MISSING if self.row is None else self.row["basis"]

    @strawberry.field(
        description="The day it was published or worked out; null where that is not recorded.",
        metadata=reads("observed_on"),
    )
    def observed_on(self) -> date | None:
        """The date of the score."""
        return None if self.row is None else self.row["observed_on"]

    @strawberry.field(
        description="Who published it; null where it is missing.",
        metadata=SOURCED,
    )
    def source(self) -> Source | None:
        """The source of the score."""
        return None if self.row is None else source_of(self.row)

    @strawberry.field(description="The raw figures that speak for this dimension.", metadata=planned(_plan_signals))
    def signals(self) -> list[Signal]:
        """The artifact's signals that the scorecard lists for the dimension."""
        return signals_of(self.record, list(self.scorecard.signals_of(self.dimension)))
