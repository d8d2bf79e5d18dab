"""A bounded memory of what was used lately, that threads may share."""

from collections.abc import Hashable
from typing import Generic, TypeVar

V = TypeVar("V")


class Recent(Generic[V]):
    """Holds no more than `most` values, among them the half of so many that were asked for last.

    They are in two halves. What is asked for comes into the newer one; once that is full it becomes the older one, and
    what was in that until then is dropped. This costs a request less than keeping all in the order of their last use.
    """

    def __init__(self, most: int) -> None:
        self._half = most // 2
        self._newer: dict[Hashable, V] = {}
        self._older: dict[Hashable, V] = {}

    def get(self, key: Hashable) -> V | None:
        """The value with a key."""
        found = self._newer.get(key)
        if found is None:
            found = self._older.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Hashable, value: V) -> V:
        """Holds a value."""
        if len(self._newer) >= self._half:
            self._newer, self._older = {}, self._newer
        self._newer[key] = value
        return value

    def __len__(self) -> int:
        return len(self._newer.keys() | self._older.keys())
