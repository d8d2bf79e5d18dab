"""A value that is worked out when it is first asked for."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801, it is used as `property` is
    """As `functools.cached_property`, which locks in Python 3.11 and so costs more than what it is kept for here."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, _owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Self | T:
        """The value; later it is found in the instance, and this is not called."""
        if instance is None:
            return self
        found = self._work(instance)
        setattr(instance, self._name, found)
        return found
