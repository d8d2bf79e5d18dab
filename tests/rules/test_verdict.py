"""The verdict, its reasons and its sentences."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.caveats import Contender
from schema.rules.dominance import dominant, dominates
from schema.rules.scoring import Scored, Standing, Weighting, rounded, standing, weighting
from schema.rules.verdict import Reason, judge, reasons, summary, told
from schema.rules.vocabulary import Basis, Dimension, VerdictOutcome
from schema.rules.words import figure, listed
from tests.rules.strategies import WEIGHTS, contenders, points

EVEN = weighting(dict.fromkeys(Dimension, 1.0))


def artifact(name: str, *scores: float | None) -> Contender:
    """An artifact with scores on the first dimensions."""
    known = {
        d: Scored(score, Basis.PUBLISHED) for d, score in zip(Dimension, scores, strict=False) if score is not None
    }
    return Contender(name, known)


def placed(found: list[Contender], weights: Weighting = EVEN) -> Standing:
    """How they stand."""
    return standing([{d: scored.value for d, scored in one.scores.items()} for one in found], weights)


def names(found: list[Contender]) -> list[str]:
    """What they are called."""
    return [one.name for one in found]


def test_the_highest_unrounded_rank_wins() -> None:
    found = [artifact("A", 0.5, 0.5, 0.5, 0.5, 0.501), artifact("B", 0.5, 0.5, 0.5, 0.5, 0.5)]
    verdict = judge(placed(found))
    assert (verdict.outcome, verdict.winner) == (VerdictOutcome.WINNER, 0)
    assert verdict.margin == pytest.approx(0.02)
    assert "both round to 50/100" in summary(names(found), verdict, reasons(verdict.standing))


def test_exactly_level_is_a_tie() -> None:
    found = [artifact("A", 1, 0, 1, 0, 1), artifact("B", 0, 1, 1, 1, 0)]
    verdict = judge(placed(found))
    assert (verdict.outcome, verdict.winner, verdict.margin) == (VerdictOutcome.TIE, None, None)
    assert summary(names(found), verdict, []) == "A and B are level at 60/100."


def test_one_that_can_be_ranked_has_nobody_to_win_against() -> None:
    found = [artifact("A", 1, 1, 1), artifact("B", 1)]
    verdict = judge(placed(found))
    assert (verdict.outcome, reasons(verdict.standing)) == (VerdictOutcome.UNDECIDED, [])
    assert summary(names(found), verdict, []) == "Too little is known to rank A and B against each other."


def test_a_shared_lead_is_said_to_be_shared() -> None:
    found = [artifact("A", 1, 1, 1), artifact("B", 1, 0, 1), artifact("C", 0, 0, 1)]
    because = reasons(placed(found))
    said = [(*reason[:2], text) for reason, text in zip(because, told(names(found), because), strict=True)]
    assert said == [
        (Dimension.ADOPTION, (0, 1), "A and B share the lead on adoption."),
        (Dimension.QUALITY, (0,), "A leads on quality by 1.00."),
    ]


@given(contenders(), WEIGHTS, st.randoms())
def test_the_order_of_the_columns_changes_no_verdict(
    found: list[Contender], weights: Weighting, random: Random
) -> None:
    order = list(range(len(found)))
    random.shuffle(order)
    here, there = judge(placed(found, weights)), judge(placed([found[column] for column in order], weights))
    assert there.outcome is here.outcome
    assert there.margin == pytest.approx(here.margin)
    assert (None if there.winner is None else order[there.winner]) == here.winner
    assert [
        (dimension, {order[i] for i in leaders}, margin) for dimension, leaders, margin in reasons(there.standing)
    ] == [(dimension, set(leaders), margin) for dimension, leaders, margin in reasons(here.standing)]


@given(contenders(), WEIGHTS)
def test_no_sentence_contradicts_its_reason(found: list[Contender], weights: Weighting) -> None:
    verdict = judge(placed(found, weights))
    because = reasons(verdict.standing)
    for reason, text in zip(map(Reason._make, because), told(names(found), because), strict=True):
        assert text.startswith(listed([found[column].name for column in reason.leaders]))
        assert reason.dimension.name.replace("_", " ").lower() in text
        numbers = re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?", text)
        assert numbers == ([figure(reason.margin)] if len(reason.leaders) == 1 else [])
        assert all(abs(float(number) - reason.margin) <= 0.005 for number in numbers)
        assert all(float(number) > 0 for number in numbers)
    said = summary(names(found), verdict, because)
    ranks = {rounded(rank) for rank in verdict.standing.ranks if rank is not None}
    assert {int(number) for number in re.findall(r"(\d+)/100", said)} <= ranks
    if verdict.winner is not None:
        assert said.startswith(found[verdict.winner].name)
        assert f"{rounded(verdict.standing.ranks[verdict.winner] or 0)}/100" in said


@given(points(), st.data())
def test_who_dominates_wins_under_every_weighting(found: list[list[float]], data: st.DataObject) -> None:
    first = dominant(found)
    if first is None:
        return
    weights = data.draw(st.lists(st.floats(0.01, 1), min_size=len(found[0]), max_size=len(found[0])))
    sums = [sum(map(float.__mul__, weights, map(float, point))) for point in found]
    assert sums[first] >= max(sums) - 1e-12


def test_dominance_needs_to_be_better_somewhere() -> None:
    assert dominates([1, 1], [1, 0.5])
    assert not dominates([1, 1], [1, 1])
    assert not dominates([1, 0], [0.5, 0.5])
    assert dominant([[0.5, 0.5], [1, 1], [0.9, 1]]) == 1
    assert dominant([[1, 0], [0, 1]]) is None
    assert dominant([[1, 1]]) is None
