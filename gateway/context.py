"""What one operation carries with it: what was read for it, and when its time is up."""

import time
from collections.abc import Mapping

from schema.data import Data


class DeadlineExceeded(BaseException):
    """The request has run out of time.

    Not an Exception, so that the executor does not take it for the error of one field and go on with the next.
    """


class OperationContext:
    """The `info.context` of the resolvers."""

    def __init__(self, data: Data, failures: Mapping[str, Exception], deadline: float) -> None:
        self.data = data
        self._failures = failures
        self._deadline = deadline

    def check_deadline(self) -> None:
        """Raises DeadlineExceeded once the time is up."""
        if time.monotonic() > self._deadline:
            raise DeadlineExceeded

    def failure(self, key: str) -> Exception | None:
        """What planning found wrong with a root field's arguments."""
        return self._failures.get(key)
