"""What one operation carries with it: what was read for it, when its time is up, and which parts of it may be kept."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from graphql.pyutils import Path

from gateway.answers import trimmed
from schema.data import ArtifactRecord, Data

FRAGMENT_BYTES = 100
"""About how many bytes a part takes besides its content."""


class DeadlineExceeded(BaseException):
    """The request has run out of time.

    Not an Exception, so that the executor does not take it for the error of one field and go on with the next.
    """


class OperationContext:
    """The `info.context` of the resolvers; where a plan calls them, it is their `info` too.

    The `path` is then that of the root field, also below it.
    """

    __slots__ = ("_deadline", "_failures", "data", "made", "path")

    def __init__(self, data: Data, failures: Mapping[str, Exception], deadline: float) -> None:
        self.data = data
        self.path: Path | None = None
        self.made: list[tuple[ArtifactRecord, int]] = []
        self._failures = failures
        self._deadline = deadline

    @property
    def context(self) -> "OperationContext":
        """As `info.context`."""
        return self

    def check_deadline(self) -> None:
        """Raises DeadlineExceeded once the time is up."""
        if time.monotonic() > self._deadline:
            raise DeadlineExceeded

    def failure(self, key: str) -> Exception | None:
        """What planning found wrong with a root field's arguments."""
        return self._failures.get(key)

    def keep(self, owner: Any, part: int, answer: Any) -> Any:
        """The answer for an object that has `parts`; as bytes where its record is kept, and then these with it."""
        if owner.parts is None or owner.record.kept_as is None:
            return answer
        text = trimmed(orjson.dumps(answer))
        found = owner.parts[part] = orjson.Fragment(text)
        self.made.append((owner.record, len(text) + FRAGMENT_BYTES))
        return found

    def keep_each(self, owner: Any, part: int, answers: Sequence[Any]) -> Sequence[Any]:
        """The same for the answers to several parts of an object, each of which is asked for by itself."""
        if owner.parts is None or owner.record.kept_as is None:
            return answers
        texts = [trimmed(orjson.dumps(answer)) for answer in answers]
        found = owner.parts[part] = [orjson.Fragment(text) for text in texts]
        self.made.append((owner.record, sum(map(len, texts)) + FRAGMENT_BYTES * len(texts)))
        return found
