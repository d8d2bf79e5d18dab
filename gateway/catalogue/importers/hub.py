"""How things on the Hugging Face Hub are named here: an id such as `nvidia/mit-b0` becomes a slug."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b

from gateway.catalogue.importers.adapter import Record

ID = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)?")
LONGEST = 200
SLUG_KEY = "slug_here"
"""Where `told_apart` leaves the slug in a record."""
MOVED_ON = frozenset({date(2022, 1, 25), date(2022, 3, 2)})
"""Days on which the Hub gave what it already had a new record: not the day that any of it was made."""


def usable_id(value: object) -> str | None:
    """An id of the Hub, or None where it is none: a name, or an author and a name with a slash between."""
    known = isinstance(value, str) and ID.fullmatch(value) and re.search(r"[A-Za-z0-9]", value)
    return str(value) if known else None


def hub_slug(hub_id: str, *, alone: bool = True) -> str:
    """The slug of an id: in lower case, with `-` for every character that a slug cannot have.

    Where more than that has to change, or where another id would have the same slug, a digest of the id is added.
    """
    lower = re.sub(r"[^a-z0-9._-]", "-", hub_id.lower())
    slug = lower.strip("._-")
    if alone and slug == lower and len(slug) <= LONGEST:
        return slug
    digest = blake2b(hub_id.encode(), digest_size=4).hexdigest()
    return f"{slug[: LONGEST - len(digest) - 1].rstrip('._-')}-{digest}"


def told_apart(rows: Iterable[tuple[int, Record]], key: str) -> Iterator[tuple[int, Record]]:
    """The records of a file, each with a slug that no other id of the file has.

    Ids that differ in nothing but capitals, or in where the slash stands, all get a digest, so that the order of the
    records does not matter. They are held until the last is read, since only then is that known.
    """
    held: list[tuple[int, Record]] = []
    broken: Exception | None = None
    try:
        held.extend(rows)
    except (ValueError, EOFError) as error:
        broken = error
    ids: dict[str, set[str]] = {}
    for _, record in held:
        if hub_id := usable_id(record.get(key)):
            ids.setdefault(hub_slug(hub_id), set()).add(hub_id)
    for number, record in held:
        if hub_id := usable_id(record.get(key)):
            record[SLUG_KEY] = hub_slug(hub_id, alone=len(ids[hub_slug(hub_id)]) == 1)
        yield number, record
    if broken is not None:
        raise broken


def aliases_of(hub_id: str) -> list[str]:
    """The id as a name that leads to the slug, unless it is the slug."""
    return [] if hub_id == hub_slug(hub_id) else [hub_id]


def texts(value: object) -> list[str]:
    """The texts of a list, each once; none where it is no list."""
    items = value if isinstance(value, list) else []
    return list(dict.fromkeys(item for item in items if isinstance(item, str) and item.strip()))


def kebab(text: str) -> str:
    """A word for finding things: lower case, with a hyphen for everything that is no letter or digit."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def sentence_list(items: list[str], most: int = 8) -> str:
    """Items as a sentence has them: `a, b and c`, and how many more there are where there are many."""
    shown = items if len(items) <= most else [*items[: most - 1], f"{len(items) - most + 1:,} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def count(value: object) -> int | None:
    """A count of something, or None where it is no whole number from 0 up."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        return None
    return value
