"""What is wrong with a catalogue, told so that whoever wrote the line can put it right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite, isnan

import orjson
from pydantic import ValidationError
from rapidfuzz import process

from gateway.catalogue.format import ArtifactLine
from gateway.errors import CatalogueError

MOST_LISTED = 50
"""Problems beyond this many are counted and not listed."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file, counted from 1; 0 stands for the whole file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, under which key, and what would be right."""

    place: Place
    key: str
    text: str

    def __str__(self) -> str:
        return f"{self.place}: {self.key}: {self.text}" if self.key else f"{self.place}: {self.text}"


@dataclass
class Problems:
    """All that is wrong with a catalogue: the first ones whole, the others counted."""

    listed: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: Problem) -> None:
        """Takes note of a problem."""
        self.count += 1
        if len(self.listed) < MOST_LISTED:
            self.listed.append(problem)

    def raise_if_any(self) -> None:
        """Raises CatalogueError with every problem listed, if there is one."""
        if self.count:
            lines = [str(problem) for problem in self.listed]
            if self.count > len(lines):
                lines.append(f"... and {self.count - len(lines)} more")
            noun = "problem" if self.count == 1 else "problems"
            raise CatalogueError("BAD_CATALOGUE", "\n".join([*lines, f"{self.count} {noun}; nothing was taken."]))


def problems_of(place: Place, error: ValidationError) -> Iterator[Problem]:
    """The problems of one line, one for each key at fault."""
    for item in error.errors(include_url=False):
        location = [part for part in item["loc"] if part not in ("[key]", "plain", "whole")]
        key = ".".join(str(part) for part in location)
        kind, context = item["type"], item.get("ctx", {})
        found = _shown(item["input"])
        if kind == "json_invalid":
            yield Problem(place, "", f"this is not JSON: {context['error']}")
        elif kind == "model_type" and not key:
            yield Problem(place, "", f"found {found}; a line is one JSON object, an artifact")
        elif kind == "missing":
            yield Problem(place, key, "is missing, and is required")
        elif kind == "extra_forbidden":
            yield Problem(place, key, f"no such key{_nearest_key(location)}")
        elif kind == "twice":
            yield Problem(place, str(context["key"]), f"{context['name']} stands there twice; once would be right")
        else:
            yield Problem(place, key, f"found {found}; {_expected(kind, item['msg'], context)}")


def _expected(kind: str, message: str, context: dict[str, object]) -> str:
    if kind == "string_pattern_mismatch":
        return f"right would be a text like {_PATTERNS.get(str(context['pattern']), context['pattern'])}"
    if kind in ("enum", "literal_error"):
        names = re.sub(r"<\w+\.(\w+): [^>]*>", r"\1", str(context["expected"]))
        return f"right would be {names.replace(chr(39), '')}"
    text = (
        message.removeprefix("Value error, ")
        .replace("Input should be", "right would be")
        .replace("String should", "it should")
    )
    return text[0].lower() + text[1:]


_PATTERNS = {
    r"^[a-z0-9]+([._-]+[a-z0-9]+)*$": "the-pile: lower case letters and digits, with - . _ between them",
    r"^[a-z][a-z0-9_]*$": "downloads_30d: lower case letters, digits and _, a letter first",
    r"^https?://[^\s]+$": "https://example.org/page",
    r"^[A-Z]{3}$": "USD: three capital letters",
}


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return "text"
    if isinstance(value, float) and not isfinite(value):
        return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"
    try:
        text = orjson.dumps(value, default=str).decode()
    except TypeError:
        text = str(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _nearest_key(location: list[str | int]) -> str:
    known = list(ArtifactLine.model_fields)
    if len(location) > 1:
        return "; gateway schema --catalogue prints the keys that there are"
    near = process.extractOne(str(location[0]), known, score_cutoff=60)
    return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
