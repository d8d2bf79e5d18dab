"""How things on the Hugging Face Hub are named here: an id such as `nvidia/mit-b0` becomes a slug."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gateway.catalogue.importers import naming
from gateway.catalogue.importers.adapter import Record
from gateway.catalogue.importers.naming import LONGEST, with_digest

ID = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)?")
MOVED_ON = frozenset({date(2022, 1, 25), date(2022, 3, 2)})
"""Days on which the Hub gave what it already had a new record: not the day that any of it was made."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """The day on which records were seen, and who says what they say."""

    day: date
    source: dict[str, str]

    def dated(self, day: date | None = None) -> dict[str, Any]:
        """The date and the source of a figure, for a line; `day` is for a figure that is older than the records."""
        return {"observed_on": (day or self.day).isoformat(), "source": self.source}


def usable_id(value: object) -> str | None:
    """An id of the Hub, or None where it is none: a name, or an author and a name with a slash between."""
    known = isinstance(value, str) and ID.fullmatch(value) and re.search(r"[A-Za-z0-9]", value)
    return str(value) if known else None


def hub_slug(hub_id: str) -> str:
    """The slug of an id: in lower case, with `-` for every character that a slug cannot have.

    Where more than that has to change, a digest of the id is added.
    """
    lower = re.sub(r"[^a-z0-9._-]", "-", hub_id.lower())
    slug = lower.strip("._-")
    return slug if slug == lower and len(slug) <= LONGEST else with_digest(slug, hub_id)


def told_apart(rows: Iterable[tuple[int, Record]], key: str) -> Iterator[tuple[int, Record]]:
    """The records of a file, each with a slug that no other id of the file has.

    Ids that differ in nothing but capitals, or in where the slash stands, all get a digest.
    """

    def named(record: Record) -> tuple[str, str] | None:
        hub_id = usable_id(record.get(key))
        return None if hub_id is None else (hub_slug(hub_id), hub_id)

    return naming.told_apart(rows, named)


def aliases_of(hub_id: str) -> list[str]:
    """The id as a name that leads to the slug, unless it is the slug."""
    return [] if hub_id == hub_slug(hub_id) else [hub_id]
