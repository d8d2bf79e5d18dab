"""The labelled pairs, their two halves, and how a measure is scored on them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from schema.rules.likeness import Described

Measure = Callable[[Described, Described], float]
LABELS = ("same", "related", "unrelated")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two capabilities and what a reader would say of them."""

    key: str
    left: Described
    right: Described
    label: str

    @property
    def answers(self) -> bool:
        """Whether they belong in one row."""
        return self.label != "unrelated"

    @property
    def same(self) -> bool:
        """Whether one serves who wants the other."""
        return self.label == "same"

    @property
    def held_back(self) -> bool:
        """Whether the pair is left out of every choice."""
        return bool(crc32(self.key.encode()) % 2)


def labelled() -> list[Pair]:
    """All pairs, as README.md says they were labelled."""
    lines = Path(__file__).with_name("pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [_pair(json.loads(line)) for line in lines]


def _pair(line: dict[str, Any]) -> Pair:
    sides = [line["left"], line["right"]]
    key = " ".join(f"{side['artifact']}/{side['capability']}" for side in sides)
    left, right = (Described(side["name"], side["description"], tuple(side["tags"])) for side in sides)
    return Pair(key, left, right, line["label"])


def scores(measure: Measure, pairs: Sequence[Pair]) -> list[float]:
    """What a measure says of each pair."""
    return [measure(pair.left, pair.right) for pair in pairs]


def precision_recall(scored: Sequence[float], wanted: Sequence[bool], threshold: float) -> tuple[float, float]:
    """Of the pairs at or above a threshold, the share that is wanted; and of those wanted, the share that is found."""
    found = [want for score, want in zip(scored, wanted, strict=True) if score >= threshold]
    return sum(found) / len(found) if found else 1.0, sum(found) / sum(wanted)


def average_precision(scored: Sequence[float], wanted: Sequence[bool]) -> float:
    """The mean, over the wanted pairs, of the precision down to each; level pairs count as an even mixture.

    Independent of any threshold; 1 where every wanted pair stands before all others.
    """
    total = 0.0
    for threshold in sorted(set(scored), reverse=True):
        level = sum(want for score, want in zip(scored, wanted, strict=True) if score == threshold)
        total += level * precision_recall(scored, wanted, threshold)[0]
    return total / sum(wanted)


def chosen_threshold(scored: Sequence[float], wanted: Sequence[bool], precision: float = 0.9) -> float:
    """The lowest threshold, in steps of 0.01, from which on at least `precision` of what is found is wanted."""
    for step in range(101):
        if precision_recall(scored, wanted, step / 100)[0] >= precision:
            return step / 100
    return 1.0
