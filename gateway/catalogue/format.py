"""The catalogue format: JSON Lines, one artifact a line. The JSON Schema is printed from these models."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from math import isfinite
from typing import Annotated, Any, Literal, Self, get_args

import orjson
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from schema.rules.vocabulary import ArtifactKind, Availability, Basis, LicenseUse, Pricing

LONGEST_NAME = 300
SLUG = r"^[a-z0-9]+([._-]+[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=200)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=80)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_NAME, strip_whitespace=True)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=2_000)]


def _iso(value: object) -> object:
    # Pydantic would also take a number of seconds, which nobody means when they write a day.
    if (isinstance(value, str) and len(value) == 10) or type(value) is date:
        return value
    raise ValueError("right would be a day, written YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_iso, json_schema_input_type=date)]

STORED = {"stored": True}
"""The context for a line that is in the catalogue already: it can be read, whatever is asked of new ones."""
WRITTEN_ON = date(2026, 11, 25)
"""When this was written. A clock that shows an earlier day is wrong, and must not make a catalogue wrong too."""


def _been(day: date, info: ValidationInfo) -> date:
    # What had been when this was written has been, and needs no look at the clock.
    if day > WRITTEN_ON and info.context != STORED:
        # Tomorrow in UTC is today somewhere.
        last = max(datetime.now(UTC).date(), WRITTEN_ON) + timedelta(days=1)
        if day > last:
            raise ValueError(f"right would be a day that has been, {last} at the latest")
    return day


PastDay = Annotated[Day, AfterValidator(_been)]
"""A day on which something was seen or changed. One that is still to come would move the day of the whole catalogue."""

MAY_BE_NEGATIVE = "benchmark_"
"""How the names of signals begin that are results of a test: some take points off for wrong answers."""


def _plain(value: object) -> object:
    if isinstance(value, (bool, str)) or (isinstance(value, list) and all(isinstance(item, str) for item in value)):
        return value
    if (isinstance(value, int) and abs(value) < 2**63) or (isinstance(value, float) and isfinite(value)):
        return value
    raise ValueError("right would be a number of up to 64 bits, a text, true or false, or a list of texts")


Figure = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Plain = Annotated[
    Any,
    BeforeValidator(_plain),
    WithJsonSchema({"type": ["number", "string", "boolean", "array"], "items": {"type": "string"}}),
]
DimensionKey = Literal["adoption", "quality", "ecosystem", "match_graph", "freshness"]


class Line(BaseModel):
    """What all parts of a line share: unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceLine(Line):
    """Who says so."""

    title: Name = Field(description="What the source is called.")
    url: Url | None = Field(None, description="Where it can be read.")


class ScoreLine(Line):
    """A score on one dimension."""

    value: Annotated[float, Field(strict=True, ge=0, le=1)] = Field(description="From 0 to 1, unrounded.")
    basis: Literal[Basis.PUBLISHED, Basis.DERIVED] = Field(
        description="PUBLISHED or DERIVED; leave out what is missing."
    )
    observed_on: PastDay | None = Field(None, description="The day it was published or worked out.")
    source: SourceLine = Field(description="Who says so.")


class SignalLine(Line):
    """One dated observation of one raw figure; several with the same name make a series."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"name": {"not": {"pattern": f"^{MAY_BE_NEGATIVE}"}}}},
            "then": {"properties": {"value": {"minimum": 0}}},
        }
    )

    name: Key = Field(description="What is counted, such as downloads_30d.")
    value: Figure = Field(description="The figure: 0 or more, but for the result of a test, benchmark_...")
    unit: Name | None = Field(None, description="What it is counted in.")
    observed_on: PastDay = Field(description="The day it was seen.")
    source: SourceLine = Field(description="Who says so.")

    @field_validator("value")
    @classmethod
    def _nothing_below_none(cls, value: float, info: ValidationInfo) -> float:
        name = info.data.get("name", MAY_BE_NEGATIVE)
        if value < 0 and not name.startswith(MAY_BE_NEGATIVE) and info.context != STORED:
            raise ValueError(f"right would be 0 or more; only the result of a test, {MAY_BE_NEGATIVE}..., can be less")
        return value


class OfferLine(Line):
    """Who sells it, and at what price."""

    provider: Name = Field(description="Who sells it.")
    unit: Name = Field(description="What the price is for, such as `1M input tokens`.")
    price: Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)] = Field(description="The price of one unit.")
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = Field(description="Its ISO 4217 code.")
    observed_on: PastDay = Field(description="The day the price was seen.")
    source: SourceLine = Field(description="Who says so.")


class AttributeLine(Line):
    """A fact with its unit, date and source; a plain value stands for one that has none of them."""

    value: Plain = Field(description="A number, a text, true or false, or a list of texts.")
    unit: Name | None = Field(None, description="What a number is counted in.")
    observed_on: PastDay | None = Field(None, description="The day of the source.")
    source: SourceLine | None = Field(None, description="Who says so.")


AttributeValue = Annotated[
    Annotated[Plain, Tag("plain")] | Annotated[AttributeLine, Tag("whole")],
    Discriminator(lambda value: "whole" if isinstance(value, (dict, AttributeLine)) else "plain"),
]


class CapabilityLine(Line):
    """One thing the artifact can do."""

    slug: Slug = Field(description="Its name in addresses, unique within the artifact.")
    name: Name = Field(description="What it is called.")
    description: Prose = Field(description="What it does.")
    uniqueness: Prose | None = Field(None, description="What sets it apart.")
    versus_alternatives: Prose | None = Field(None, description="How it stands against the alternatives.")
    tags: list[Name] = Field(default_factory=list, description="What it is about, for finding what answers it.")


class ArtifactLine(Line):
    """One line: an artifact with all that is known of it. Only slug, name and kind are required."""

    slug: Slug = Field(description="Its name in addresses: lower case, digits, and - . _ between them.")
    name: Name = Field(description="What people call it.")
    kind: ArtifactKind = Field(description="What sort of thing it is.")
    summary: Prose | None = Field(None, description="What it is, in a sentence or two.")
    publisher: Name | None = Field(None, description="Who publishes it.")
    homepage: Url | None = Field(None, description="Where it lives.")
    license: Name | None = Field(None, description="An SPDX expression, or the licence's name as stated.")
    license_url: Url | None = Field(None, description="Where the licence can be read.")
    license_use: LicenseUse | None = Field(None, description="What the licence allows.")
    pricing: Pricing | None = Field(None, description="What it costs to use.")
    availability: Literal[
        Availability.AVAILABLE, Availability.GATED, Availability.PARTIAL, Availability.REMOVED, Availability.UNKNOWN
    ] = Field(Availability.UNKNOWN, description="Whether one can get it at all.")
    tasks: list[Name] = Field(default_factory=list, description="What it is for.")
    uses: list[Name] = Field(
        default_factory=list, description="What people use it for, in the words of those who look for such a thing."
    )
    released_on: Day | None = Field(None, description="The day it was first published, or is planned to be.")
    updated_on: PastDay | None = Field(None, description="The day it last changed.")
    aliases: list[Name] = Field(default_factory=list, description="Older or other names that lead to it.")
    scores: dict[DimensionKey, ScoreLine] = Field(default_factory=dict, description="By dimension, in lower case.")
    signals: list[SignalLine] = Field(default_factory=list, description="Raw figures, dated and sourced.")
    offers: list[OfferLine] = Field(default_factory=list, description="Who sells it.")
    attributes: dict[Key, AttributeValue] = Field(
        default_factory=dict,
        description="Facts that some kinds have.",
        json_schema_extra={"additionalProperties": False},
    )
    capabilities: list[CapabilityLine] = Field(default_factory=list, description="What it can do.")

    @model_validator(mode="after")
    def _nothing_twice(self) -> Self:
        _once("capabilities", [capability.slug for capability in self.capabilities])
        _once("signals", [f"{signal.name} of {signal.observed_on}" for signal in self.signals])
        _once("aliases", self.aliases)
        _once("tasks", self.tasks)
        _once("uses", self.uses)
        return self

    def canonical(self) -> dict[str, Any]:
        """The line as JSON values, in one form whichever way it was written: what is exported and what is hashed."""
        data = self.model_dump(mode="json", exclude_defaults=True)
        if "attributes" in data:
            data["attributes"] = {key: _shortest(value) for key, value in sorted(data["attributes"].items())}
        if "scores" in data:
            data["scores"] = {name: data["scores"][name] for name in get_args(DimensionKey) if name in data["scores"]}
        if "signals" in data:
            data["signals"].sort(key=lambda signal: (signal["name"], signal["observed_on"]))
        if "aliases" in data:
            data["aliases"].sort()
        for numbered, name in ((data.get("signals", []), "value"), (data.get("offers", []), "price")):
            for item in numbered:
                item[name] = _short(item[name])
        for score in data.get("scores", {}).values():
            score["value"] = _short(score["value"])
        return data

    def digest(self) -> str:
        """A digest of what the line says, the same however it was written."""
        return blake2b(orjson.dumps(self.canonical(), option=orjson.OPT_SORT_KEYS), digest_size=12).hexdigest()


def _shortest(value: Any) -> Any:
    """An attribute as short as it can be written: a plain value where it has neither unit, date nor source."""
    if isinstance(value, dict):
        whole = value | {"value": _shortest(value["value"])}
        return whole["value"] if whole.keys() == {"value"} else whole
    return _short(value) if isinstance(value, float) else value


def _short(number: float) -> float:
    return int(number) if number == int(number) and abs(number) < 2**63 else number


def _once(key: str, names: Sequence[object]) -> None:
    if len(set(names)) == len(names):
        return
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise PydanticCustomError("twice", "{key}: {name} stands there twice", {"key": key, "name": twice[0]})


def printed_format() -> str:
    """The JSON Schema of a line, printed from the models above."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"} | ArtifactLine.model_json_schema()
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
