"""How figures become scores: every step by examples, and what holds whatever the figures are."""

from datetime import date, timedelta
from math import fsum, log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.deriving import Derived, Evidence, Series, Term, derive, scored, stale, terms_of
from schema.rules.scorecard import Measure, Scorecard, scorecard
from schema.rules.vocabulary import ArtifactKind, Dimension, ScoringMethod

DAY = date(2026, 6, 30)
LOG = Measure("stars", ScoringMethod.LOG, "", full=9_999.0)
AGE = Measure("changed_on", ScoringMethod.AGE, "", half_life_days=100.0)
MARKS = Measure("exam", ScoringMethod.PERCENTILE, "", marks=(10.0, 20.0, 20.0, 40.0, 80.0))
FIGURES = st.floats(0, 1e12)
MEASURES = st.sampled_from([LOG, AGE, MARKS])


def card(*measures: dict[str, object], **whole: object) -> Scorecard:
    """A scorecard whose adoption is measured so, and nothing else."""
    return scorecard(
        {"version": "t", "text": "", "stale_days": 365, "window_days": 30}
        | whole
        | {
            "dimensions": [
                {
                    "dimension": d.name,
                    "weight": 1,
                    "reason": "",
                    "measures": measures if d is Dimension.ADOPTION else [],
                }
                for d in Dimension
            ]
        }
    )


def measure(figure: str, **more: object) -> dict[str, object]:
    """A measure in its JSON form."""
    return {"figure": figure, "method": "LOG", "full": 999, "reason": ""} | more


def adoption(found: Scorecard, series: dict[str, Series], kind: ArtifactKind = ArtifactKind.MODEL) -> Derived | None:
    """The score of what has these figures."""
    return derive(found, Evidence(kind, None, series), DAY).get(Dimension.ADOPTION)


@pytest.mark.parametrize(
    ("how", "figure", "score"),
    [
        (LOG, 0, 0),
        (LOG, 99, 0.5),
        (LOG, 9_999, 1),
        (LOG, 1e9, 1),
        (AGE, 0, 1),
        (AGE, 100, 0.5),
        (AGE, 200, 0.25),
        (MARKS, 5, 0),
        (MARKS, 10, 0),
        (MARKS, 15, 0.125),
        (MARKS, 20, 0.375),
        (MARKS, 30, 0.625),
        (MARKS, 80, 1),
        (MARKS, 99, 1),
    ],
)
def test_examples(how: Measure, figure: float, score: float) -> None:
    assert scored(how, figure) == pytest.approx(score)


@pytest.mark.parametrize(
    ("figure", "how"),
    [
        (5, "below the lowest = 0.0000"),
        (10, "0 / 4 = 0.0000"),
        (15, "(0 + (15 - 10) / (20 - 10)) / 4 = 0.1250"),
        (20, "(1 + 2) / 2 / 4 = 0.3750"),
        (30, "(2 + (30 - 20) / (40 - 20)) / 4 = 0.6250"),
        (80, "4 / 4 = 1.0000"),
        (99, "above the highest = 1.0000"),
    ],
)
def test_a_place_among_marks_is_told_with_its_computation(figure: float, how: str) -> None:
    one = card({"figure": "exam", "method": "PERCENTILE", "marks": MARKS.marks, "reason": ""})
    [term] = terms_of(one, Dimension.ADOPTION, Evidence(ArtifactKind.MODEL, None, {"exam": [(DAY, figure)]}), DAY)
    assert term.text == f"exam {figure}, seen on 2026-06-30: its place among 10, 20, 20, 40, 80, counted from 0: {how}"


@given(MEASURES, FIGURES, FIGURES)
def test_a_score_lies_from_0_to_1_and_follows_the_figure(how: Measure, one: float, other: float) -> None:
    low, high = sorted([one, other])
    scores = scored(how, low), scored(how, high)
    assert all(0 <= score <= 1 for score in scores)
    assert scores[0] >= scores[1] if how is AGE else scores[0] <= scores[1]


@given(FIGURES)
def test_the_log_scale_is_the_same_to_any_base(figure: float) -> None:
    assert scored(LOG, figure) == pytest.approx(min(1, log10(1 + figure) / 4))


def test_of_a_series_the_median_of_the_window_counts() -> None:
    days = [(DAY - timedelta(days=ago), value) for ago, value in ((0, 900_000), (1, 99), (29, 9), (30, 0), (400, 0))]
    found = adoption(card(measure("downloads")), {"downloads": days})
    assert found is not None
    [term] = found.terms
    assert (term.figure, term.count, term.first, term.last) == (99, 3, DAY - timedelta(days=29), DAY)
    assert found.value == pytest.approx(2 / 3)
    assert found.observed_on == DAY


@given(st.lists(st.tuples(st.dates(date(2020, 1, 1), DAY), FIGURES), min_size=1, unique_by=lambda item: item[0]))
def test_one_figure_moves_a_long_series_no_further_than_its_neighbours(series: list[tuple[date, float]]) -> None:
    found = adoption(card(measure("downloads"), window_days=10_000), {"downloads": series})
    assert found is not None
    values = sorted(value for _, value in series)
    assert values[(len(values) - 1) // 2] <= found.terms[0].figure <= values[len(values) // 2]


def test_measures_count_by_their_shares_among_those_that_are_known() -> None:
    both = card(measure("downloads", share=3), measure("citations"))
    seen: dict[str, Series] = {"downloads": [(DAY, 999)], "citations": [(DAY, 0)]}
    found = adoption(both, seen)
    assert found is not None
    assert [term.share for term in found.terms] == [0.75, 0.25]
    assert found.value == pytest.approx(0.75)
    alone = adoption(both, {"citations": [(DAY, 0)]})
    assert alone is not None
    assert (alone.value, alone.terms[0].share) == (0, 1)
    assert adoption(both, {"stars": [(DAY, 5)]}) is None


@given(st.dictionaries(st.sampled_from("abc"), FIGURES, min_size=1))
def test_a_score_is_the_sum_of_its_terms(figures: dict[str, float]) -> None:
    three = card(*(measure(name, share=share) for name, share in zip("abc", (1, 2, 0.5), strict=True)))
    found = adoption(three, {name: [(DAY, value)] for name, value in figures.items()})
    assert found is not None
    assert fsum(term.share for term in found.terms) == pytest.approx(1)
    assert found.value == pytest.approx(fsum(term.share * term.score for term in found.terms))
    assert {term.measure.figure for term in found.terms} == set(figures)


def test_a_measure_is_for_its_kinds_alone() -> None:
    only = card(measure("downloads", kinds=["DATASET"]))
    seen: dict[str, Series] = {"downloads": [(DAY, 999)]}
    assert adoption(only, seen) is None
    assert adoption(only, seen, ArtifactKind.DATASET) is not None


def test_age_is_measured_at_the_day_given_and_is_as_old_as_the_last_look() -> None:
    fresh = card({"figure": "changed_on", "method": "AGE", "half_life_days": 10, "reason": ""}, measure("downloads"))
    changed, looked = DAY - timedelta(days=20), DAY - timedelta(days=5)
    seen: dict[str, Series] = {"downloads": [(looked, 1)], "of no measure": [(DAY, 1)]}

    def age(changed_on: date | None, series: dict[str, Series], as_of: date | None = DAY) -> Term | None:
        terms = terms_of(fresh, Dimension.ADOPTION, Evidence(ArtifactKind.MODEL, changed_on, series), as_of)
        return next((term for term in terms if term.measure.method is ScoringMethod.AGE), None)

    found = age(changed, seen)
    assert found is not None
    assert found.score == pytest.approx(0.25)
    assert (found.first, found.last) == (changed, looked)
    unseen = age(changed, {})
    assert unseen is not None
    assert unseen.last == changed
    assert age(None, seen) is None
    assert age(changed, seen, None) is None
    future = age(DAY + timedelta(days=9), seen)
    assert future is not None
    assert future.score == 1


def test_a_score_is_stale_past_the_limit_and_not_at_it() -> None:
    assert not stale(DAY - timedelta(days=365), DAY, 365)
    assert stale(DAY - timedelta(days=366), DAY, 365)
    assert not stale(None, DAY, 365)


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"full": None}, "LOG"),
        ({"full": 0}, "LOG"),
        ({"method": "PERCENTILE"}, "PERCENTILE"),
        ({"method": "PERCENTILE", "marks": [2, 1]}, "PERCENTILE"),
        ({"method": "AGE", "half_life_days": 3}, "AGE"),
        ({"share": 0}, "downloads"),
    ],
)
def test_a_measure_without_what_its_method_needs_is_refused(wrong: dict[str, object], word: str) -> None:
    with pytest.raises(ValueError, match=word):
        card(measure("downloads", **wrong))
