"""What the properties of the rules are tried on."""

from hypothesis import strategies as st

from schema.rules.caveats import Contender
from schema.rules.scoring import Scored, weighting
from schema.rules.vocabulary import Basis, Dimension
from tests.rules.exact import STEPS

DIMENSIONS = st.sampled_from(list(Dimension))
SCORE = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.floats(0, 1, allow_nan=False, allow_subnormal=False))
SCORES = st.dictionaries(DIMENSIONS, SCORE, max_size=5)
WEIGHTS = st.dictionaries(DIMENSIONS, st.floats(0.01, 100), min_size=1).map(weighting)

WHOLE = st.integers(0, STEPS)
FULL_SCORES = st.fixed_dictionaries(dict.fromkeys(Dimension, WHOLE))
WHOLE_SCORES = st.one_of(FULL_SCORES, st.dictionaries(DIMENSIONS, WHOLE, max_size=5))
FULL_COLUMNS = st.lists(FULL_SCORES, min_size=2, max_size=5)
WHOLE_COLUMNS = st.lists(WHOLE_SCORES, min_size=2, max_size=5)
WHOLE_WEIGHTS = st.fixed_dictionaries({dimension: st.integers(0, 10) for dimension in Dimension}).filter(
    lambda weights: any(weights.values())
)


def points(least: int = 2, most: int = 8) -> st.SearchStrategy[list[list[float]]]:
    """The scores of some artifacts on the same dimensions: the same or clearly apart, never a rounding error apart."""
    score = SCORE.map(lambda value: round(value, 6))
    return st.integers(1, 5).flatmap(
        lambda size: st.lists(st.lists(score, min_size=size, max_size=size), min_size=least, max_size=most)
    )


def contenders(least: int = 2, most: int = 5) -> st.SearchStrategy[list[Contender]]:
    """Some artifacts, each with scores on some dimensions."""
    bases = st.sampled_from([Basis.PUBLISHED, Basis.DERIVED])
    scored = st.dictionaries(DIMENSIONS, st.builds(Scored, SCORE, bases), max_size=5)
    return st.lists(scored, min_size=least, max_size=most).map(
        lambda all_scores: [Contender(f"Artifact {'ABCDEFGH'[i]}", scores) for i, scores in enumerate(all_scores)]
    )
