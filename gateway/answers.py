"""Answers as they go over the wire, and what of them can be kept with them."""

import gzip
import hashlib
from collections.abc import Sequence, Set
from functools import cached_property
from typing import Any

import orjson

from gateway.matches.events import Event

LEAST_TO_PACK = 1_000
"""Fewer bytes than these are not made less by packing them than the headers that say so."""
OVERHEAD = 1_000
"""About how many bytes an answer takes where it is kept, besides its content."""
OF_EVENT = 3_000
"""About how many bytes an event takes."""


def trimmed(content: bytes) -> bytes:
    """The same bytes, taking no more memory than they are long.

    What orjson makes takes as much as the buffer that it was written to, which is 4 kB for a few bytes.
    """
    return memoryview(content).tobytes()


class Answer:
    """An answer as JSON. `codes` are those of its errors, and `ran` says whether the operation was executed at all.

    `events` are what is recorded of a client that is given it.
    """

    events: Sequence[Event] = ()

    def __init__(self, content: bytes, codes: Set[str] = frozenset(), *, ran: bool = True) -> None:
        self.content = content
        self.ran = ran
        self.codes = codes
        self.used = False

    @property
    def body(self) -> dict[str, Any]:
        """The answer as JSON values."""
        found: dict[str, Any] = orjson.loads(self.content)
        return found

    @property
    def size(self) -> int:
        """About how many bytes it takes where it is kept, packed and unpacked."""
        return OVERHEAD + len(self.content) * 5 // 4 + OF_EVENT * len(self.events)

    @cached_property
    def etag(self) -> str:
        """The entity tag of the content, which tells it apart from any other."""
        return f'"{hashlib.blake2b(self.content, digest_size=16).hexdigest()}"'

    @cached_property
    def packed(self) -> bytes:
        """The content in gzip's format."""
        return gzip.compress(self.content, 6, mtime=0)
