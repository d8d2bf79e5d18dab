"""Slugs for foreign records: the same whatever the order of the records, and no slug for two things."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b

from gateway.catalogue.importers.adapter import Record
from gateway.catalogue.importers.records import held

LONGEST = 200
SLUG_KEY = "slug_here"
"""Where `told_apart` leaves the slug in a record."""


def slug_of(text: str) -> str:
    """A name as a slug, without accents; empty where nothing of it can stand in one."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain)[:LONGEST].strip("-.").replace(".-", "-").replace("-.", "-")


def with_digest(slug: str, identity: str) -> str:
    """A slug with a digest of what it stands for, no longer than a slug may be."""
    digest = blake2b(identity.encode(), digest_size=4).hexdigest()
    return f"{slug[: LONGEST - len(digest) - 1].rstrip('._-')}-{digest}".lstrip("-")


def told_apart(
    rows: Iterable[tuple[int, Record]], named: Callable[[Record], tuple[str, str] | None]
) -> Iterator[tuple[int, Record]]:
    """The records of a file, each with a slug that nothing else in the file has.

    `named` gives the slug that a record would like and the identity of what it is about, or None where it has none.
    Where several identities would like one slug, all of them get a digest, so that the order of the records does not
    matter. They are held until the last is read, since only then is that known.
    """
    records, broken = held(rows)
    names = [named(record) for _, record in records]
    identities: dict[str, set[str]] = {}
    for name in names:
        if name is not None:
            identities.setdefault(name[0], set()).add(name[1])
    for (number, record), name in zip(records, names, strict=True):
        if name is not None:
            slug, identity = name
            record[SLUG_KEY] = slug if len(identities[slug]) == 1 else with_digest(slug, identity)
        yield number, record
    if broken is not None:
        raise broken
