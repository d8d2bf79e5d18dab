"""Known slugs that are like one that is not."""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from sqlalchemy import Select, bindparam, select, union_all

from gateway.statements import ARTIFACT

NEAREST = 3
MOST_CANDIDATES = 20_000


def neighbours() -> Select[Any]:
    """Slugs before and after a name in the alphabet."""
    known, name = ARTIFACT.c.slug, bindparam("name", type_=ARTIFACT.c.slug.type)
    after = select(known).where(known >= name).order_by(known).limit(MOST_CANDIDATES // 2).subquery()
    before = select(known).where(known < name).order_by(known.desc()).limit(MOST_CANDIDATES // 2).subquery()
    both = union_all(select(after), select(before)).subquery()
    return select(both.c.slug)


def alike(name: str, candidates: Sequence[str]) -> list[str]:
    """The candidates that are most like a name, nearest first."""
    asked = name[:200].lower()
    alike = [
        *process.extract(asked, candidates, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=55),
        # Favours a common beginning, where people are surest of what they typed.
        *process.extract(asked, candidates, scorer=JaroWinkler.normalized_similarity, limit=NEAREST, score_cutoff=0.7),
    ]
    best: dict[str, float] = {}
    for found, score, _ in alike:
        best[found] = max(best.get(found, 0), score if score > 1 else 100 * score)
    return sorted(best, key=lambda found: (-best[found], found))[:NEAREST]
