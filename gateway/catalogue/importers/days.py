"""Days as foreign sources state them."""

from datetime import date


def stated_day(value: object, until: date | None = None) -> str | None:
    """A whole day, as the catalogue writes it, or None where it is none or comes after `until`."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None
    return day.isoformat() if day and (until is None or day <= until) else None
