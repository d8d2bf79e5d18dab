"""How names, lists and numbers are put into sentences."""

from collections.abc import Sequence


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def figure(value: float) -> str:
    """A size with at least two significant digits and no more than two decimals where two are enough.

    A size that is not zero is never printed as zero.
    """
    return f"{value:.2f}" if value >= SHOWN_BY_TWO or value == 0 else f"{value:.2g}"


SHOWN_BY_TWO = 0.005
"""From here on, two decimals show a size as more than zero."""


def spoken(name: str) -> str:
    """A constant's name inside a sentence: `MATCH_GRAPH` is `match graph`."""
    return name.replace("_", " ").lower()


def titled(name: str) -> str:
    """A constant's name at the head of a cell: `FINE_TUNE` is `Fine-tune`, `NON_COMMERCIAL` is `Non-commercial`."""
    return TITLES.get(name, spoken(name).capitalize())


TITLES = {
    "API": "API",
    "CLI": "CLI",
    "FINE_TUNE": "Fine-tune",
    "MCP_SERVER": "MCP server",
    "NON_COMMERCIAL": "Non-commercial",
}
"""Where a constant's name is not written in lower case, or with a hyphen."""
