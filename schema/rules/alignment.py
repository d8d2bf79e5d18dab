"""Which capability of one artifact answers which of another.

The measure is lexical: the cosine of the two texts' words, each word weighing log(1 + N / n) for its rarity among
the N capabilities compared (inverse document frequency, K. Spärck Jones, 1972). Every capability is paired with at
most one of each other artifact, the nearest pairs first.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

LEAST_SIMILARITY = 0.15
"""Pairs below this share little beyond common words; see tests/rules for the pairs it was set by."""

_WORD = re.compile(r"[a-z0-9]+")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """a an and any are as at be been but by can does for from has have in into is it its more most no not of on
        only or other over per so such than that the their them then there these they this to under use used uses
        using were was what when where which while who will with without""",
    )
)


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two capabilities that answer each other: columns and positions in them, and how near they are, 0 to 1."""

    left: tuple[int, int]
    right: tuple[int, int]
    similarity: float


def align(columns: Sequence[Sequence[str]], minimum: float = LEAST_SIMILARITY) -> list[Pairing]:
    """Pairs the capabilities of every two columns, nearest first.

    `columns` has one item an artifact: the text of each of its capabilities. Ties go to the earlier column and
    position, so the answer is the same on every run.
    """
    vectors = _vectors(columns)
    found = []
    for left in range(len(columns)):
        for right in range(left + 1, len(columns)):
            near = [(_cosine(a, b), i, j) for i, a in enumerate(vectors[left]) for j, b in enumerate(vectors[right])]
            near.sort(key=lambda item: (-item[0], item[1], item[2]))
            taken_left: set[int] = set()
            taken_right: set[int] = set()
            for similarity, i, j in near:
                if similarity < minimum or similarity == 0:
                    break
                if i not in taken_left and j not in taken_right:
                    taken_left.add(i)
                    taken_right.add(j)
                    found.append(Pairing((left, i), (right, j), similarity))
    found.sort(key=lambda pairing: (-pairing.similarity, pairing.left, pairing.right))
    return found


def exclusive(columns: Sequence[Sequence[str]], column: int) -> list[int]:
    """The positions in one column that no capability of any other column answers."""
    answered = {place[1] for pairing in align(columns) for place in (pairing.left, pairing.right) if place[0] == column}
    return [position for position in range(len(columns[column])) if position not in answered]


def _vectors(columns: Sequence[Sequence[str]]) -> list[list[dict[str, float]]]:
    counted = [
        [Counter(_stem(word) for word in _WORD.findall(text.lower()) if word not in _COMMON) for text in texts]
        for texts in columns
    ]
    seen = Counter(word for texts in counted for words in texts for word in words)
    total = sum(len(texts) for texts in counted)
    return [
        [_unit({word: count * log(1 + total / seen[word]) for word, count in words.items()}) for words in texts]
        for texts in counted
    ]


def _stem(word: str) -> str:
    """Cuts the commonest endings, so that `dataset` meets `datasets`."""
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def _unit(weights: dict[str, float]) -> dict[str, float]:
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def _cosine(left: dict[str, float], right: dict[str, float]) -> float:
    small, large = (left, right) if len(left) <= len(right) else (right, left)
    return min(1.0, sum(weight * large.get(word, 0.0) for word, weight in small.items()))
