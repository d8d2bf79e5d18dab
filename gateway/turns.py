"""Turns of an event loop: which requests it found at the same time."""

from asyncio import AbstractEventLoop

MOST_CONNECTIONS = 1_000
"""With more, a turn may go on with what came after it began: libuv takes 1,024 events at once from the system, and
looks again in the same turn where there were as many."""


class Turns:
    """Tells the turns of an event loop apart.

    What a connection gives first in a turn had begun to arrive before the turn began. So whatever was looked at in the
    turn, by anyone, was looked at after the client had sent it.
    """

    def __init__(self) -> None:
        self._now: object = None
        self._loop: AbstractEventLoop | None = None

    def now(self, loop: AbstractEventLoop) -> object:
        """The turn that a loop is in."""
        if self._now is None or loop is not self._loop:
            self._now, self._loop = object(), loop
            loop.call_soon(self._end)
        return self._now

    def _end(self) -> None:
        self._now = None
