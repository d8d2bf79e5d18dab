"""Scores, as a GraphQL type."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import strawberry

from schema.data import ArtifactRecord, Data, Row
from schema.enums import Basis, Dimension, ScoringMethod
from schema.facts import SOURCED, Signal, Source, signals_of, source_of
from schema.needs import ArtifactNeeds, Needs
from schema.plan import Selected, planned, reads
from schema.rules.deriving import Evidence, stale, terms_of
from schema.rules.deriving import Term as TermRule
from schema.rules.matching import SEARCHERS, known
from schema.rules.scorecard import PROVIDERS
from schema.rules.scoring import Scored
from schema.rules.values import of_score


@dataclass(frozen=True, slots=True)
class ScoreTarget:
    """What the parts of a score ask for while planning."""

    operation: Needs
    needs: ArtifactNeeds
    dimensions: tuple[Dimension, ...]

    @property
    def columns(self) -> set[str]:
        """The columns of the scores, which are read on these dimensions."""
        self.needs.scores.dimensions.update(self.dimensions)
        return self.needs.scores.columns


def plan_scores(selected: Selected, dimensions: Iterable[Dimension]) -> None:
    """Plans what is selected of the scores on some dimensions."""
    selected.descend(ScoreTarget(selected.needs, selected.target, tuple(dimensions)))


def _plan_signals(selected: Selected) -> None:
    signals = selected.target.needs.signals
    signals.columns.add("name")
    signals.want(name for d in selected.target.dimensions for name in selected.scorecard.signals_of(d))
    selected.descend(signals)


def _plan_stale(selected: Selected) -> None:
    selected.target.columns.add("observed_on")
    selected.target.operation.catalogue.columns.add("scored_on")


def _plan_terms(selected: Selected) -> None:
    target: ScoreTarget = selected.target
    target.columns.add("scorecard")
    target.operation.catalogue.columns.update(("scored_on", "searchers", "searched_until"))
    target.needs.columns.update(("kind", "updated_on", "released_on", "match_credit"))
    target.needs.signals.columns.update(("name", "value", "observed_on"))
    target.needs.signals.want(selected.scorecard.signals)
    target.needs.signals.history = True
    target.needs.offers.columns.update(("provider", "observed_on"))


@strawberry.type(description="One figure at work in a derived score: what it is, and what the scorecard makes of it.")
class ScoreTerm:
    """A term of the mean that a derived score is."""

    figure: str = strawberry.field(
        description="A signal, `providers` (how many sell it), `searchers` (the clients whose searches led to it, "
        "weighed) or `changed_on` (the day of its last change: `updatedOn`, or `releasedOn` where that is not known)."
    )
    method: ScoringMethod = strawberry.field(description="How the figure becomes a score.")
    value: float = strawberry.field(description="The median of the figures that count; for AGE a number of days.")
    count: int = strawberry.field(description="Of how many figures it is the median.")
    first_on: date = strawberry.field(description="The day of the first of them; for AGE the day of the last change.")
    last_on: date = strawberry.field(description="The day of the last of them; for AGE the day somebody last looked.")
    score: float = strawberry.field(description="What the measure makes of it, 0 to 1.")
    share: float = strawberry.field(description="Its part of the dimension's score; the shares add up to 1.")
    text: str = strawberry.field(description="The computation in a line, to follow by hand.")

    @classmethod
    def of(cls, rule: TermRule) -> "ScoreTerm":
        """As the rules work it out."""
        return cls(
            figure=rule.measure.figure,
            method=rule.measure.method,
            value=rule.figure,
            count=rule.count,
            first_on=rule.first,
            last_on=rule.last,
            score=rule.score,
            share=rule.share,
            text=rule.text,
        )


def _evidence(record: ArtifactRecord, catalogue: Row) -> Evidence:
    """What the scorecard looks at, as it was read."""
    series: dict[str, list[tuple[date, float]]] = {}
    for row in record.signals:
        series.setdefault(row["name"], []).append((row["observed_on"], row["value"]))
    if record.offers:
        newest = max(row["observed_on"] for row in record.offers)
        series[PROVIDERS] = [(newest, len({row["provider"] for row in record.offers}))]
    row = record.row
    if known(catalogue["searchers"]):
        series[SEARCHERS] = [(catalogue["searched_until"], row["match_credit"])]
    return Evidence(row["kind"], row["updated_on"] or row["released_on"], series)


@strawberry.type(description="How an artifact does on one dimension, or the plain statement that nobody has said.")
class Score:
    """A score from 0 to 1."""

    dimension: Dimension = strawberry.field(description="What is scored.")
    record: strawberry.Private[ArtifactRecord]
    data: strawberry.Private[Data]

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
        description="The day it was published, or of the newest figure it is derived from; null where not recorded.",
        metadata=reads("observed_on"),
    )
    def observed_on(self) -> date | None:
        """The date of the score."""
        return None if self.row is None else self.row["observed_on"]

    @strawberry.field(
        description="Who published it, or the scorecard that derived it; null where it is missing.",
        metadata=SOURCED,
    )
    def source(self) -> Source | None:
        """The source of the score."""
        return None if self.row is None else source_of(self.row)

    @strawberry.field(description="The raw figures that speak for this dimension.", metadata=planned(_plan_signals))
    def signals(self) -> list[Signal]:
        """The artifact's signals that the scorecard lists for the dimension."""
        return signals_of(self.record, list(self.data.scorecard.signals_of(self.dimension)))

    @strawberry.field(
        description="Whether the newest figure behind it is older than the scorecard's `staleDays`, at the day the "
        "catalogue is scored at; null where it has no day.",
        metadata=planned(_plan_stale),
    )
    def stale(self) -> bool | None:
        """Whether the score rests on old figures."""
        if self.row is None or self.row["observed_on"] is None:
            return None
        return stale(self.row["observed_on"], self.data.catalogue()["scored_on"], self.data.scorecard.stale_days)

    @strawberry.field(
        description="How a score was derived: its value is the sum of share times score. "
        "Empty for one that is published or missing.",
        metadata=planned(_plan_terms),
    )
    def terms(self) -> list[ScoreTerm]:
        """The terms of the mean."""
        if self.row is None or self.row["scorecard"] is None:
            return []
        catalogue = self.data.catalogue()
        evidence = _evidence(self.record, catalogue)
        terms = terms_of(self.data.scorecard, self.dimension, evidence, catalogue["scored_on"])
        return [ScoreTerm.of(term) for term in terms]
