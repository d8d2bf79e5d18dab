"""Scores that are derived from figures, as the scorecard says, with every step kept for those who check it.

A dimension's score is the mean of its measures whose figure is known, each counting by its share. A measure turns a
figure x into a score from 0 to 1:

- LOG: log(1 + x / base) / log(1 + full / base), and 1 from `full` on; `base` is 1 where nothing is said. Figures of use
  differ by powers of ten.
- PERCENTILE: where x stands among the marks, which are the figures of a kind at equal steps from the lowest to the
  highest, with straight lines between them. A figure that several marks share stands in their middle.
- AGE: 0.5 ** (days since / half-life), at the day the catalogue is scored at.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import fsum, log1p
from statistics import median

from schema.rules.scorecard import CHANGED_ON, PROVIDERS, Measure, Scorecard
from schema.rules.vocabulary import ArtifactKind, Dimension, ScoringMethod

Series = Sequence[tuple[date, float]]
"""The dated figures of one signal, in any order."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What there is to score one artifact by. `changed_on` is its last change, or its release; None where unknown."""

    kind: ArtifactKind
    changed_on: date | None
    series: Mapping[str, Series]


@dataclass(frozen=True, slots=True)
class Term:
    """One measure at work: `count` figures seen from `first` to `last` have the median `figure`, which scores `score`.

    For AGE the figure is a number of days. `share` is its part of the dimension's score; the shares add up to 1.
    """

    measure: Measure
    figure: float
    count: int
    first: date
    last: date
    score: float
    share: float

    @property
    def text(self) -> str:
        """The computation in a line that can be followed with a pocket calculator."""
        name, method = self.measure.figure, self.measure.method
        if method is ScoringMethod.AGE:
            half = self.measure.half_life_days
            return f"{self.figure:.0f} days since {self.first}: 0.5 ^ ({self.figure:.0f} / {half:g}) = {self.score:.4f}"
        seen = f"on {self.last}" if self.first == self.last else f"from {self.first} to {self.last}"
        amount = f"{self.figure:,.10g}"
        stated = f"{name} {amount}, seen {seen}"
        if self.count > 1:
            stated = f"{name} {amount}, the median of {self.count} figures seen {seen}"
        if method is ScoringMethod.LOG:
            full = self.measure.full
            most = "at most 1, " if full is not None and self.figure > full else ""
            over = "" if self.measure.base == 1 else f" / {self.measure.base:,.10g}"
            return f"{stated}: {most}log(1 + {amount}{over}) / log(1 + {full:,.10g}{over}) = {self.score:.4f}"
        marks = ", ".join(f"{mark:,.10g}" for mark in self.measure.marks)
        how = _place(self.measure.marks, self.figure)[1]
        return f"{stated}: its place among {marks}, counted from 0: {how} = {self.score:.4f}"


@dataclass(frozen=True, slots=True)
class Derived:
    """A score from 0 to 1, the day of the newest figure behind it, and how it came about."""

    value: float
    observed_on: date
    terms: tuple[Term, ...]


def derive(card: Scorecard, evidence: Evidence, as_of: date | None) -> dict[Dimension, Derived]:
    """The scores that the evidence gives, by dimension; one without a known figure is absent.

    `as_of` is the day at which ages are measured; without one nothing has an age.
    """
    found = {}
    for dimension in Dimension:
        if terms := terms_of(card, dimension, evidence, as_of):
            value = fsum(term.share * term.score for term in terms)
            found[dimension] = Derived(value, max(term.last for term in terms), terms)
    return found


def scored(measure: Measure, figure: float) -> float:
    """The score, 0 to 1, that a measure gives a figure; for AGE a number of days."""
    if measure.method is ScoringMethod.LOG:
        assert measure.full is not None
        return min(1.0, log1p(max(0.0, figure) / measure.base) / log1p(measure.full / measure.base))
    if measure.method is ScoringMethod.AGE:
        assert measure.half_life_days is not None
        return float(0.5 ** (max(0.0, figure) / measure.half_life_days))
    return _place(measure.marks, figure)[0]


def stale(observed_on: date | None, as_of: date | None, stale_days: int) -> bool:
    """Whether a score that rests on a figure of some day is stale; one without a day is not known to be."""
    return observed_on is not None and as_of is not None and (as_of - observed_on).days > stale_days


def terms_of(card: Scorecard, dimension: Dimension, evidence: Evidence, as_of: date | None) -> tuple[Term, ...]:
    """The terms of the score on one dimension; none where no figure of it is known."""
    known = []
    for measure in card.of(dimension).measures:
        seen = _seen(card, measure, evidence, as_of) if measure.is_for(evidence.kind) else None
        if seen is not None:
            known.append((measure, *seen))
    total = fsum(measure.share for measure, *_ in known)
    return tuple(
        Term(measure, figure, count, first, last, scored(measure, figure), measure.share / total)
        for measure, figure, count, first, last in known
    )


def _seen(
    card: Scorecard, measure: Measure, evidence: Evidence, as_of: date | None
) -> tuple[float, int, date, date] | None:
    """The figure of a measure, of how many observations it is made, and the days of the first and the last."""
    if measure.figure == CHANGED_ON:
        if evidence.changed_on is None or as_of is None:
            return None
        # Whether it has changed since somebody last looked is not known, so the score is as old as that look.
        looks = (day for name in (*card.signals, PROVIDERS) for day, _ in evidence.series.get(name, ()))
        seen_on = max([evidence.changed_on, *looks])
        return float(max(0, (as_of - evidence.changed_on).days)), 1, evidence.changed_on, seen_on
    series = evidence.series.get(measure.figure)
    if not series:
        return None
    last = max(day for day, _ in series)
    window = [(day, value) for day, value in series if day > last - timedelta(days=card.window_days)]
    return median(value for _, value in window), len(window), min(day for day, _ in window), last


def _place(marks: Sequence[float], figure: float) -> tuple[float, str]:
    """From 0 at the lowest mark to 1 at the highest, and the computation.

    A figure that several marks share stands in their middle; one between two marks stands on the straight line.
    """
    low, high = bisect_left(marks, figure), bisect_right(marks, figure)
    steps = len(marks) - 1
    if low < high:
        first, last = low, high - 1
        how = f"{first} / {steps}" if first == last else f"({first} + {last}) / 2 / {steps}"
        return (first + last) / 2 / steps, how
    if low == 0 or low > steps:
        return (0.0, "below the lowest") if low == 0 else (1.0, "above the highest")
    below, above = marks[low - 1], marks[low]
    parts = (f"{number:,.10g}" for number in (figure, below, above, below))
    how = "({} + ({} - {}) / ({} - {})) / {}".format(low - 1, *parts, steps)
    return (low - 1 + (figure - below) / (above - below)) / steps, how
