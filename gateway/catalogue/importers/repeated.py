"""Records of one file that are about the same thing: one of them speaks for all."""

from collections.abc import Callable, Iterable, Iterator

from gateway.catalogue.importers.adapter import Record
from gateway.catalogue.importers.records import held

SAME_KEY = "same_here"
"""Where `as_one` leaves that another record speaks for this one."""


def as_one(
    rows: Iterable[tuple[int, Record]],
    identity: Callable[[Record], str | None],
    order: Callable[[Record], object],
    combine: Callable[[Record, list[Record]], None],
) -> Iterator[tuple[int, Record]]:
    """The records of a file, of which the first by `order` speaks for all that have its identity.

    `combine` puts what the others say into the first. The order of the file does not matter. The records are held
    until the last is read.
    """
    records, broken = held(rows)
    groups: dict[str, list[Record]] = {}
    for _, record in records:
        if (key := identity(record)) is not None:
            groups.setdefault(key, []).append(record)
    for same in groups.values():
        first, *others = sorted(same, key=lambda record: (order(record), str(record)))
        combine(first, others)
        for other in others:
            other[SAME_KEY] = True
    yield from records
    if broken is not None:
        raise broken
