"""Which capability of one artifact answers which of another.

Two capabilities answer each other where a reader would look for them in one row: they do the same, or they answer the
same question (which formats, which languages, how it is filtered) in another way. Every capability is paired with at
most one of each other artifact, the nearest pairs first. Pairing for the largest sum instead would now and then give up
the nearest pair for two that are less near, and takes more code.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from schema.rules.likeness import Described, likeness, traits

LEAST_SIMILARITY = 0.26
"""The lowest at which nine of ten found pairs of the tuning half of tests/bench/alignment answer each other."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two capabilities that answer each other: columns and positions in them, and how near they are, 0 to 1."""

    left: tuple[int, int]
    right: tuple[int, int]
    similarity: float


def align(columns: Sequence[Sequence[Described]], minimum: float = LEAST_SIMILARITY) -> list[Pairing]:
    """Pairs the capabilities of every two columns, nearest first.

    `columns` has one item an artifact: what each of its capabilities says. Which are paired does not depend on the
    order of the columns, nor on what else is compared. Level pairs go to the earlier position.
    """
    known = [[traits(said) for said in column] for column in columns]
    found = []
    for left in range(len(known)):
        for right in range(left + 1, len(known)):
            near = [
                (similarity, i, j)
                for i, one in enumerate(known[left])
                for j, other in enumerate(known[right])
                if (similarity := likeness(one, other)) >= minimum and similarity > 0
            ]
            near.sort(key=lambda item: (-item[0], item[1], item[2]))
            taken_left: set[int] = set()
            taken_right: set[int] = set()
            for similarity, i, j in near:
                if i not in taken_left and j not in taken_right:
                    taken_left.add(i)
                    taken_right.add(j)
                    found.append(Pairing((left, i), (right, j), similarity))
    found.sort(key=lambda pairing: (-pairing.similarity, pairing.left, pairing.right))
    return found


def exclusive(columns: Sequence[Sequence[Described]], column: int) -> list[int]:
    """The positions in one column that no capability of any other column answers."""
    answered = {place[1] for pairing in align(columns) for place in (pairing.left, pairing.right) if place[0] == column}
    return [position for position in range(len(columns[column])) if position not in answered]
