"""Which of two artifacts searches prefer, and how sure that is: by examples, and by properties."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.rules.preference import HeadToHead, Tally, preferred, stance, told, wilson
from schema.rules.vocabulary import EvidenceStance

NAMES = ["A", "B", "C"]


def counted(wins: int, losses: int) -> Tally:
    """What so many votes for the first of two come to, and so many for the second."""
    return Tally(wins + losses, {(0, 1): HeadToHead(wins=wins), (1, 0): HeadToHead(wins=losses)})


@pytest.mark.parametrize(
    ("wins", "of", "low", "high"),
    # Of Newcombe, Two-Sided Confidence Intervals for the Single Proportion (1998), table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_wilson(wins: int, of: int, low: float, high: float) -> None:
    found = wilson(wins, of)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("wins", "of"), [(0, 0), (3, 2), (-1, 4)])
def test_what_is_no_share_has_no_interval(wins: int, of: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(wins, of)


@given(st.integers(1, 2_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_mirrors_its_complement(trials: tuple[int, int]) -> None:
    wins, of = trials
    low, high = wilson(wins, of)
    assert 0 <= low <= wins / of <= high <= 1
    mirrored = wilson(of - wins, of)
    assert mirrored.low == pytest.approx(1 - high, abs=1e-12)
    assert mirrored.high == pytest.approx(1 - low, abs=1e-12)


def test_on_average_the_interval_holds_the_true_share_about_as_often_as_it_says() -> None:
    of, shares = 30, [at / 100 for at in range(5, 96)]
    held = [
        sum(
            comb(of, wins) * share**wins * (1 - share) ** (of - wins)
            for wins in range(of + 1)
            if wilson(wins, of).low <= share <= wilson(wins, of).high
        )
        for share in shares
    ]
    assert 0.94 < sum(held) / len(held) < 0.97


@pytest.mark.parametrize(
    ("wins", "losses", "said"),
    [
        (0, 0, EvidenceStance.NO_SEARCHES),
        (2, 0, EvidenceStance.INCONCLUSIVE),
        (3, 0, EvidenceStance.INCONCLUSIVE),
        (4, 0, EvidenceStance.SUPPORTS),
        (60, 40, EvidenceStance.SUPPORTS),
        (59, 41, EvidenceStance.INCONCLUSIVE),
        (0, 4, EvidenceStance.OPPOSES),
        (2_000, 2_100, EvidenceStance.INCONCLUSIVE),
    ],
)
def test_searches_say_no_more_of_a_winner_than_their_interval_allows(
    wins: int, losses: int, said: EvidenceStance
) -> None:
    assert stance(counted(wins, losses), 0, 2) is said


def test_a_winner_is_supported_where_it_is_preferred_to_each_of_the_others() -> None:
    over_one = Tally(10, {(0, 1): HeadToHead(wins=10)})
    assert stance(over_one, 0, 3) is EvidenceStance.INCONCLUSIVE
    over_both = Tally(10, {(0, 1): HeadToHead(wins=10), (0, 2): HeadToHead(wins=10)})
    assert stance(over_both, 0, 3) is EvidenceStance.SUPPORTS


def test_without_a_winner_there_is_nothing_to_support() -> None:
    assert stance(counted(10, 0), None, 2) is EvidenceStance.INCONCLUSIVE
    assert stance(Tally(), None, 2) is EvidenceStance.NO_SEARCHES


def test_sentences_have_the_figures_and_the_interval() -> None:
    sentence = preferred(NAMES, counted(12, 4), 0, 1)
    assert sentence == "12 of 16 searchers prefer A to B: 75 %, or with 95 % confidence 51 to 90 %."
    assert told(["A", "B"], counted(12, 4), 0) == f"Searches agree with the verdict. {sentence}"
    against = "12 of 16 searchers prefer B to A: 75 %, or with 95 % confidence 51 to 90 %."
    assert told(["A", "B"], counted(4, 12), 0) == f"Searches disagree with the verdict. {against}"
    assert told(["A", "B"], Tally(), 0) == "No recorded search says which is preferred."
    assert told(["A", "B"], counted(1, 0), 0).startswith("Searches are too few, or too evenly split")
    assert told(["A", "B"], counted(12, 4), None) == f"There is no winner that searches could speak for. {sentence}"
