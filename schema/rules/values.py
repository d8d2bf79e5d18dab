"""The value of one cell, and how it is shown."""

import datetime
from dataclasses import dataclass

from schema.rules.scoring import Scored, rounded
from schema.rules.vocabulary import Basis, Term
from schema.rules.words import titled

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Value:
    """What one artifact has for one field.

    `number`, `text` and `date` are the raw value in whichever form it has; `display` is what a table shows, rounded;
    `order` is what leaders are worked out from: unrounded, None where nothing is known or nothing is ordered.
    """

    display: str = NOT_KNOWN
    basis: Basis = Basis.MISSING
    number: float | None = None
    text: str | None = None
    date: datetime.date | None = None
    order: float | None = None


MISSING = Value()


def whole_number(value: float) -> str:
    """A number without a fraction, thousands apart: `12,239`."""
    return f"{rounded(value):,}"


def decimal(value: float) -> str:
    """A number as short as it can be said, thousands apart: `0.5`, `825.18`, `3,750,000`."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.2f}"


def of_score(score: Scored | None) -> Value:
    """A score: shown rounded to 0 or 1 as the comparison table does, compared unrounded."""
    if score is None:
        return MISSING
    return Value(str(rounded(score.value)), score.basis, number=score.value, order=score.value)


def of_rank(rank: float | None) -> Value:
    """A rank, 0 to 100: shown as `59/100`, compared unrounded."""
    if rank is None:
        return MISSING
    return Value(f"{rounded(rank)}/100", Basis.DERIVED, number=rank, order=rank)


def of_count(count: int | None) -> Value:
    """Something that the gateway counts itself."""
    if count is None:
        return MISSING
    return Value(whole_number(count), Basis.DERIVED, number=float(count), order=float(count))


def of_date(day: datetime.date | None) -> Value:
    """A day. Its order is its ordinal, so that margins are in days."""
    if day is None:
        return MISSING
    return Value(day.isoformat(), Basis.PUBLISHED, date=day, order=float(day.toordinal()))


def of_term(term: Term | None, order: float | None = None) -> Value:
    """A word of a closed set. `order` places it among its fellows, where they have an order."""
    if term is None:
        return MISSING
    return Value(titled(term.name), Basis.PUBLISHED, text=term.name, order=order)


def of_text(text: str | None) -> Value:
    """A name as stated."""
    return MISSING if not text else Value(text, Basis.PUBLISHED, text=text)


def of_anything(value: object, unit: str | None = None) -> Value:
    """An attribute's value: a number, a text, true or false, or a list of texts."""
    tail = f" {unit}" if unit else ""
    if isinstance(value, bool):
        return Value("yes" if value else "no", Basis.PUBLISHED, text="true" if value else "false")
    if isinstance(value, (int, float)):
        return Value(decimal(value) + tail, Basis.PUBLISHED, number=float(value), order=float(value))
    if isinstance(value, (list, tuple)):
        return of_text(", ".join(str(item) for item in value))
    return MISSING if value is None else of_text(str(value))
