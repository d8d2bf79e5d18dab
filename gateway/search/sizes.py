"""How many parameters a model has, as terms: one for each step of a scale, so that `under 3b` asks for those below."""

import re
from collections.abc import Sequence
from itertools import islice
from math import ceil, floor, log10
from typing import NamedTuple

SIZE = "\ue004"
"""What these terms begin with, and no word can: a character that stands for nothing."""
STEPS = 20
"""How many steps a size that is ten times as large is away: 12 % each."""
SMALLEST, LARGEST = STEPS, 14 * STEPS
"""The steps of ten parameters and of a hundred million million: none is smaller or larger."""
TIMES = {"k": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "billion": 1e9, "t": 1e12, "trillion": 1e12}
LIMIT = re.compile(
    r"(?:(?P<below>\b(?:under|below|(?:less|smaller|fewer|no more|not more) than|at most|up to)\s|<=?|\u2264)"
    r"|(?:\b(?:over|above|(?:more|larger|bigger) than|at least)\s|>=?|\u2265))\s*"
    rf"(?P<number>\d{{1,6}}(?:\.\d{{1,3}})?)\s*(?P<times>{'|'.join(TIMES)})\b(?:\s*param(?:eter)?s?\b)?"
    r"(?!\s*(?:rows?|lines?|examples?|samples?|records?|tokens?|words?|images?|downloads?|users?|stars?)\b)",
    re.IGNORECASE,
)


MOST_LIMITS = 2
"""How many limits of a text are looked at: `over 3b and under 8b` has two."""


class Limited(NamedTuple):
    """A text without the limits of size that it states, and for each of these the terms of the sizes within it."""

    text: str
    limits: Sequence[Sequence[str]]


def size_term(parameters: float) -> str:
    """The term of so many parameters, of the step that they are rounded up to."""
    return f"{SIZE}{ceil(_step(parameters))}"


def limited(text: str) -> Limited:
    """What a text says of size, taken out of it."""
    limits = []
    for found in islice(LIMIT.finditer(text), MOST_LIMITS):
        step = _step(float(found["number"]) * TIMES[found["times"].lower()])
        # A model called 7b often has a little more, so what passes the limit by less than a step meets it too.
        steps = range(SMALLEST, ceil(step) + 1) if found["below"] else range(floor(step), LARGEST + 1)
        limits.append([f"{SIZE}{number}" for number in steps])
    return Limited(LIMIT.sub(" ", text, MOST_LIMITS), limits)


def _step(parameters: float) -> float:
    return min(LARGEST, max(SMALLEST, STEPS * log10(max(1.0, parameters))))
