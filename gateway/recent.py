"""A bounded memory of what was used last, that threads may share."""

from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """Holds `most` values; the one that was not asked for the longest is dropped first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, V] = {}

    def get(self, key: Hashable) -> V | None:
        """The value with a key."""
        # Taken out and put back, each of which no other thread can interrupt; one that comes between makes it anew.
        found = self._known.pop(key, None)
        if found is not None:
            self._known[key] = found
        return found

    def put(self, key: Hashable, value: V) -> V:
        """Holds a value."""
        self._known[key] = value
        while len(self._known) > self._most:
            try:
                self._known.pop(next(iter(self._known)), None)
            except (StopIteration, RuntimeError):
                break
        return value

    def __len__(self) -> int:
        return len(self._known)
