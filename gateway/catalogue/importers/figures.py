"""Figures of foreign records, however they are written."""

import re
from math import isfinite, ulp

WRITTEN = re.compile(r"(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d+)?")
NOISE = 1e-3
"""How far from a whole number a figure may be that was whole before it was kept as a binary one: less than this, and no
more than one step of binary numbers of its size, since real fractions stand further off."""


def count(value: object) -> int | None:
    """A count of something, or None where it is no whole number from 0 up."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        return None
    return value


def written_figure(text: str) -> int | float | None:
    """A figure from 0 up as a table has it, such as `1585.0`, `3.4e+23` or `1,000`; None for anything else.

    A whole one is an int up to 64 bits. `2260275840,2290000001` is two figures, and so none.
    """
    if not WRITTEN.fullmatch(text.strip()):
        return None
    value = float(text.replace(",", ""))
    if value < 2**63 and abs(value - round(value)) <= min(ulp(value), NOISE):
        return round(value)
    return value if isfinite(value) else None


def written_count(text: str) -> int | None:
    """A count as a table has it, such as `1585.0`; None for a fraction and for what is no figure."""
    value = written_figure(text)
    return value if isinstance(value, int) else None
