"""How near two capabilities are in meaning, 0 to 1.

The cosine of what they have in common: tags, words, and neighbouring words of the name. Tags weigh most, since they are
what aligns facts; neighbouring words tell text to image from image to text; descriptions weigh little, since many of
them share a frame ("The Hub lists it for ..."). Nothing else that is compared has a say, so a pair is as near in one
comparison as in another. The weights were chosen on the tuning half of tests/bench/alignment, in steps of 0.1 to 0.3.
"""

import re
from itertools import pairwise
from math import sqrt
from typing import NamedTuple

from schema.rules.tags import BROAD

TAG, BROAD_TAG, NEIGHBOURS, WORD, DESCRIPTION = 1.0, 0.5, 0.6, 0.3, 0.1
"""What each thing in common weighs. A word of the description that stands in the name or a tag too counts as `WORD`."""

_WORD = re.compile(r"[a-z0-9]+")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """a an and any are as at be been but by can does for from has have in into is it its more most no not of on
        only or other over per so such than that the their them then there these they this to under use used uses
        using were was what when where which while who will with without""",
    )
)


class Described(NamedTuple):
    """What a capability says of itself."""

    name: str
    description: str
    tags: tuple[str, ...]


Traits = dict[str, float]


def traits(said: Described) -> Traits:
    """What a capability has in common with others, by how much each weighs; their squares add up to 1."""
    found: Traits = {}

    def add(trait: str, weight: float) -> None:
        found[trait] = max(weight, found.get(trait, 0.0))

    for tag in said.tags:
        size = BROAD_TAG if tag in BROAD else TAG
        add(f"#{tag}", size)
        for word in words(tag):
            add(word, WORD * size)
    for word in words(said.name):
        add(word, WORD)
    for first, second in pairwise(words(said.name, common=True)):
        add(f"{first} {second}", NEIGHBOURS)
    for word in words(said.description):
        add(word, DESCRIPTION)
    length = sqrt(sum(weight * weight for weight in found.values())) or 1.0
    return {trait: weight / length for trait, weight in found.items()}


def likeness(left: Traits, right: Traits) -> float:
    """How near two capabilities are, 0 to 1, the same from either side."""
    # Rounded, so that the order in which the sum is made cannot put one of two level pairs ahead.
    return min(1.0, round(sum([left[trait] * right[trait] for trait in left.keys() & right.keys()]), 9))


def words(text: str, *, common: bool = False) -> list[str]:
    """The words of a text without their commonest endings; with `common`, also those that tell nothing."""
    return [_stem(word) for word in _WORD.findall(text.lower()) if common or word not in _COMMON]


def _stem(word: str) -> str:
    """Cuts the commonest endings, so that `dataset` meets `datasets`."""
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
