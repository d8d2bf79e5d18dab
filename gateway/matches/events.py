"""What is recorded: the hits that a search was answered with, and what was chosen of them."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import orjson

from schema.rules.once import once
from schema.rules.relevance import Part, best_among, told_apart

LONGEST_TEXT = 200
"""How many characters of a text are stored: what is longer is no question that two people ask."""
Hit = tuple[int, int, int | None]
"""An artifact, its place counted from 1, and what tells the capability that matched best: see `told_apart`."""


class SearchEvent:
    """A page of hits for a text, from a place on. `best` is the score of the first hit of all, 0 without one.

    `found` has the artifacts of the page, each with the terms of its capabilities. `positions` are those of the
    capabilities that match best; where nobody asked for them, they are found by the `parts` of the question once the
    event is written.
    """

    def __init__(
        self,
        text: str,
        start: int,
        best: float,
        found: Sequence[tuple[int, str]],
        parts: Sequence[Part],
        positions: Sequence[int | None] | None = None,
    ) -> None:
        self.text = text
        self.best = best
        self._start = start
        self._found = found
        self._parts = parts
        self._positions = positions

    @once
    def recorded(self) -> dict[str, object]:
        """What is stored of it, besides who and when."""
        positions = self._positions
        if positions is None:
            positions = [best_among(self._parts, capabilities) for _, capabilities in self._found]
        hits: list[Hit] = [
            (id, place, None if at is None else told_apart(capabilities)[at])
            for place, ((id, capabilities), at) in enumerate(zip(self._found, positions, strict=True), self._start + 1)
        ]
        # Answers are kept with their events, and what these were made of takes more room than they do.
        self._found = self._parts = ()
        return {"text": normalised(self.text), "best": round(self.best, 4), "hits": hits}


@dataclass(frozen=True, slots=True)
class ChoiceEvent:
    """That an artifact was chosen for a text."""

    text: str
    artifact_id: int

    @property
    def recorded(self) -> dict[str, object]:
        """What is stored of it, besides who and when."""
        return {"text": normalised(self.text), "chosen": self.artifact_id}


Event = SearchEvent | ChoiceEvent


def normalised(text: str) -> str:
    """A text as it is stored: in small letters, with one form of each character and single spaces between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())[:LONGEST_TEXT].rstrip()


def client_hash(address: str, salt: bytes) -> int:
    """What stands for a client on one day, as a number of 64 bits. Without the salt, nothing leads back."""
    return _number(hashlib.blake2b(address.encode(), digest_size=8, key=salt).digest())


def list_id(hits: Sequence[tuple[int, int, str]]) -> int:
    """What tells a list of hits from all others."""
    return _number(hashlib.blake2b(orjson.dumps(hits), digest_size=8).digest())


def written(event: Event, client: int, day: date) -> bytes:
    """An event as it waits to be counted."""
    return orjson.dumps({"day": day, "client": client, **event.recorded})


def _number(digest: bytes) -> int:
    return int.from_bytes(digest, "big", signed=True)
