"""How well searches answer questions that people have judged artifacts for.

Each line of a file has a question and the artifacts that answer it, graded 3 (what should come first), 2 (a good
answer) or 1 (related). `questions_tuned.jsonl` was looked at while the ranking was made, `questions_held_back.jsonl`
was not. Both were judged by what the artifacts are, not by what any search finds.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import mean

FOLDER = Path(__file__).parent
SETS = ("tuned", "held_back")
FIRST = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with the grades of its answers, by slug; `sort` is what kind of question it is."""

    question: str
    sort: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Quality:
    """The means over some questions of nDCG of the first ten, and of 1 / the place of the first of the best answers."""

    ndcg: float
    mrr: float


def judged(name: str) -> list[Judged]:
    """The questions of a set."""
    lines = (FOLDER / f"questions_{name}.jsonl").read_text().splitlines()
    return [Judged(**json.loads(line)) for line in lines]


def quality(found: Mapping[str, Sequence[str]], questions: Sequence[Judged]) -> Quality:
    """How good the slugs are that were found for each question, in their order."""
    return Quality(
        mean(ndcg(found[one.question], one.relevant) for one in questions),
        mean(reciprocal_rank(found[one.question], one.relevant) for one in questions),
    )


def ndcg(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, a grade g being worth 2^g - 1 (Burges et al., 2005)."""
    best = sorted(relevant.values(), reverse=True)
    return _gain([relevant.get(slug, 0) for slug in found]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return sum(((1 << grade) - 1) / log2(place + 2) for place, grade in enumerate(grades[:FIRST]))


def reciprocal_rank(found: Sequence[str], relevant: Mapping[str, int]) -> float:
    """1 / the place of the first of the best answers, 0 where none is found."""
    best = max(relevant.values())
    return next((1 / place for place, slug in enumerate(found, 1) if relevant.get(slug) == best), 0.0)


def by_sort(questions: Sequence[Judged]) -> dict[str, list[Judged]]:
    """The questions by what kind they are."""
    found: dict[str, list[Judged]] = {}
    for one in questions:
        found.setdefault(one.sort, []).append(one)
    return found
