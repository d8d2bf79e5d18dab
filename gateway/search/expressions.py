"""What documents have to have, in the language of each database's full text.

Terms are letters, figures and characters that stand for nothing, so none of them can be mistaken for an operator.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class Expression(Protocol):
    """A condition on the terms of a document."""

    def fts5(self) -> str:
        """As SQLite's FTS5 takes it."""

    def tsquery(self) -> str:
        """As PostgreSQL's tsquery takes it."""


@dataclass(frozen=True, slots=True)
class Has:
    """A term, or one that begins like this."""

    term: str
    begins: bool = False

    def fts5(self) -> str:
        """As FTS5 takes it."""
        return f'"{self.term}"{" *" if self.begins else ""}'

    def tsquery(self) -> str:
        """As tsquery takes it."""
        return f"'{self.term}'{':*' if self.begins else ''}"


@dataclass(frozen=True, slots=True)
class All:
    """All of some conditions."""

    parts: Sequence[Expression]

    def fts5(self) -> str:
        """As FTS5 takes it."""
        return f"({' AND '.join(part.fts5() for part in self.parts)})"

    def tsquery(self) -> str:
        """As tsquery takes it."""
        return f"({' & '.join(part.tsquery() for part in self.parts)})"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of some conditions."""

    parts: Sequence[Expression]

    def fts5(self) -> str:
        """As FTS5 takes it."""
        return f"({' OR '.join(part.fts5() for part in self.parts)})"

    def tsquery(self) -> str:
        """As tsquery takes it."""
        return f"({' | '.join(part.tsquery() for part in self.parts)})"


@dataclass(frozen=True, slots=True)
class Without:
    """One condition, and not another."""

    wanted: Expression
    unwanted: Expression

    def fts5(self) -> str:
        """As FTS5 takes it."""
        return f"({self.wanted.fts5()} NOT {self.unwanted.fts5()})"

    def tsquery(self) -> str:
        """As tsquery takes it."""
        return f"({self.wanted.tsquery()} & !{self.unwanted.tsquery()})"


def any_term(terms: Iterable[str]) -> Expression:
    """One of some terms."""
    found = [Has(term) for term in terms]
    return found[0] if len(found) == 1 else AnyOf(found)
