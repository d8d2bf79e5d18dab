"""What is kept from one request to the next: records of artifacts with the parts of answers made of them, and answers.

All of it is of one version of the catalogue, and is dropped when another one is met. A request keeps to the version
that its transaction sees, so what it finds and what it leaves here is never of another one.
"""

import sys
from collections import OrderedDict
from collections.abc import Hashable, Iterable
from threading import Lock
from typing import Any, Generic, Protocol, TypeVar

from gateway.answers import Answer
from schema.data import ArtifactRecord, Row

RECORD_OVERHEAD, SHED_OVERHEAD = 4_000, 2_500
"""About how many bytes a record takes besides its rows and parts of answers: its own fields, and what is worked out
from it; and how many once it has let go of its rows."""
MOST_PLACES = 10_000


class Keepable(Protocol):
    """Something that can be kept: `size` is about how many bytes it takes, `used` is set when it is asked for."""

    used: bool

    @property
    def size(self) -> int:
        """How many bytes."""


V = TypeVar("V", bound=Keepable)


class Bounded(Generic[V]):
    """Holds values that take `limit` bytes together.

    The first that came is dropped first, but not where it was asked for since it was last looked at (the second chance,
    or clock, algorithm): that costs a request less than keeping all in the order of their last use.
    """

    def __init__(self, limit: int) -> None:
        self.size = 0
        self._limit = limit
        self._known: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> V | None:
        """The value with a key."""
        found = self._known.get(key)
        if found is not None:
            found.used = True
        return found

    def add(self, key: Hashable, value: V) -> bool:
        """Holds a value, unless it alone is too large. Whether it is held."""
        if value.size > self._limit:
            return False
        with self._lock:
            old = self._known.pop(key, None)
            self._known[key] = value
            self._grow(value.size - (old.size if old is not None else 0))
        return True

    def grown(self, size: int) -> None:
        """Takes into account that values have grown, by so many bytes in all."""
        with self._lock:
            self._grow(size)

    def holds(self, key: Hashable, value: V) -> bool:
        """Whether a value is still held."""
        return self._known.get(key) is value

    def _grow(self, size: int) -> None:
        self.size += size
        while self.size > self._limit and self._known:
            key, value = self._known.popitem(last=False)
            if value.used:
                value.used = False
                self._known[key] = value
            else:
                self.size -= value.size


class Generation:
    """What is kept of one version of the catalogue.

    `records` has them by the place of the plan that they were read for and the name or id that they were asked for by,
    `values` the few things that belong to the catalogue as a whole.
    """

    def __init__(self, version: Hashable, record_bytes: int, answer_bytes: int) -> None:
        self.version = version
        self.values: dict[Hashable, Any] = {}
        self.answers: Bounded[Answer] = Bounded(answer_bytes)
        self.records: Bounded[ArtifactRecord] = Bounded(record_bytes)
        self._lock = Lock()
        self._places: set[int] = set()
        self._keeps_records = record_bytes > 0

    @property
    def size(self) -> int:
        """About how many bytes are kept."""
        return self.records.size + self.answers.size

    def knows(self, place: int) -> bool:
        """Whether any record was kept for a place."""
        return place in self._places

    def add_record(self, place: int, name: Hashable, record: ArtifactRecord) -> None:
        """Keeps a record that has been read whole."""
        if not self._keeps_records:
            return
        record.size = RECORD_OVERHEAD + _size_of(record.row) + _size_of_hanging(record)
        if self.records.add((place, name), record):
            record.kept_as = place, name
            if len(self._places) >= MOST_PLACES:
                # Places of plans that are long gone; for one that is not, a page is read whole once more.
                self._places.clear()
            self._places.add(place)

    def grown(self, parts: Iterable[tuple[ArtifactRecord, int]]) -> None:
        """Takes into account that records have got parts, of so many bytes each."""
        added = 0
        with self._lock:
            for record, size in parts:
                if self.records.holds(record.kept_as, record):
                    record.size += size
                    added += size
        self.records.grown(added)

    def shed(self, records: Iterable[ArtifactRecord]) -> None:
        """Lets go of the rows that parts of answers were made of, once these are kept in their place."""
        freed = 0
        # Else two threads could both count what goes only once.
        with self._lock:
            for record in records:
                rows = 0 if record.is_shed else _size_of_hanging(record)
                if rows > 0:
                    size = RECORD_OVERHEAD - SHED_OVERHEAD + rows
                    record.shed()
                    if self.records.holds(record.kept_as, record):
                        record.size -= size
                        freed += size
        self.records.grown(-freed)

    def refill(self, record: ArtifactRecord, read: ArtifactRecord) -> None:
        """Gives a record that has let go of its rows those of one that was read again."""
        with self._lock:
            if not record.is_shed:
                return
            size = RECORD_OVERHEAD - SHED_OVERHEAD + _size_of_hanging(read)
            record.refill(read)
            if self.records.holds(record.kept_as, record):
                record.size += size
                self.records.grown(size)


class Kept:
    """What a process keeps: at most so many bytes of records and their parts, and of answers."""

    def __init__(self, record_bytes: int, answer_bytes: int) -> None:
        self._limits = record_bytes, answer_bytes
        self._current = Generation(None, *self._limits)

    def generation(self, version: Hashable) -> Generation:
        """What is kept of a version of the catalogue, which is the one that is kept from now on."""
        current = self._current
        if current.version != version or not any(self._limits):
            current = self._current = Generation(version, *self._limits)
        return current

    @property
    def size(self) -> int:
        """About how many bytes are kept."""
        return self._current.size


def _size_of_hanging(record: ArtifactRecord) -> int:
    found = sum(map(sys.getsizeof, record.aliases))
    for rows in (record.scores, record.attributes, record.capabilities):
        found += sum(map(_size_of, rows.values()))
    found += sum(map(_size_of, (*record.signals, *record.offers)))
    return found + sum(
        RECORD_OVERHEAD + _size_of(other.artifact.row) + _size_of_hanging(other.artifact)
        for other in record.alternatives.values()
    )


def _size_of(row: Row) -> int:
    return sys.getsizeof(row) + sum(map(sys.getsizeof, row.values()))
