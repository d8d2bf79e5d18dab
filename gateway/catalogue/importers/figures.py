"""Figures of foreign records, however they are written."""

import re
from math import isfinite

WRITTEN = re.compile(r"(\d+|\d{1,3}(,\d{3})+)(\.\d*)?([eE][+-]?\d+)?")
NOISE = 1e-12
"""How far from a whole number, as a share of it, a figure may be that was whole before it was kept as a binary one."""


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
    if value < 2**63 and abs(value - round(value)) <= NOISE * value:
        return round(value)
    return value if isfinite(value) else None


def written_count(text: str) -> int | None:
    """A count as a table has it, such as `1585.0`; None for a fraction and for what is no figure."""
    value = written_figure(text)
    return value if isinstance(value, int) else None
