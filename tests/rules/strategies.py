"""What the properties of the rules are tried on."""

from hypothesis import strategies as st

from schema.rules.caveats import Contender
from schema.rules.scoring import Scored, weighting
from schema.rules.vocabulary import Basis, Dimension

SCORE = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.floats(0, 1, allow_nan=False, allow_subnormal=False))
SCORES = st.dictionaries(st.sampled_from(list(Dimension)), SCORE, max_size=5)
WEIGHTS = st.dictionaries(st.sampled_from(list(Dimension)), st.floats(0.01, 100), min_size=1).map(weighting)


def points(least: int = 2, most: int = 8) -> st.SearchStrategy[list[list[float]]]:
    """The scores of some artifacts on the same dimensions."""
    return st.integers(1, 5).flatmap(
        lambda size: st.lists(st.lists(SCORE, min_size=size, max_size=size), min_size=least, max_size=most)
    )


def contenders(least: int = 2, most: int = 5) -> st.SearchStrategy[list[Contender]]:
    """Some artifacts, each with scores on some dimensions."""
    bases = st.sampled_from([Basis.PUBLISHED, Basis.DERIVED])
    scored = st.dictionaries(st.sampled_from(list(Dimension)), st.builds(Scored, SCORE, bases), max_size=5)
    return st.lists(scored, min_size=least, max_size=most).map(
        lambda all_scores: [Contender(f"Artifact {'ABCDEFGH'[i]}", scores) for i, scores in enumerate(all_scores)]
    )
