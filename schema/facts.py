"""The small types that hang on an artifact: sources, licences, signals, offers and attributes."""

from datetime import date

import strawberry

from schema.arguments import HowMany
from schema.data import ArtifactRecord, Row
from schema.enums import LicenseUse
from schema.errors import RuleError
from schema.plan import Selected, column, planned, reads
from schema.rules.attributes import attribute_spec
from schema.rules.values import of_anything
from schema.scalars import URL


@strawberry.type(description="Who says so.")
class Source:
    """A title and, where there is one, an address."""

    row: strawberry.Private[Row]

    title: str = column("source_title", "What the publication or page is called.")

    @strawberry.field(description="Where it can be read; null where it has no address.", metadata=reads("source_url"))
    def url(self) -> URL | None:
        """The address; the tables hold an empty text where there is none."""
        return self.row["source_url"] or None


SOURCED = reads("source_title")


def source_of(row: Row) -> Source | None:
    """The source that was read beside a row."""
    return None if row["source_title"] is None else Source(row=row)


def stated_source(row: Row) -> Source:
    """The source of a row that cannot be without one."""
    source = source_of(row)
    assert source is not None
    return source


@strawberry.type(description="What one may do with an artifact, by its licence.")
class License:
    """A licence as stated, and what it allows."""

    row: strawberry.Private[Row]

    name: str | None = column("license", "As its publisher states it; null where only its use is known.")
    spdx: str | None = column("license_spdx", "Its SPDX expression, null where it is not on the SPDX list.")
    use: LicenseUse | None = column("license_use", "What it allows; null where nobody has recorded that.")
    url: URL | None = column("license_url", "Where its text can be read.")


LICENSED = reads("license", "license_use")
"""What says whether anything is known of a licence at all."""


@strawberry.type(description="One figure of the series of a signal.")
class Observation:
    """One point of a series."""

    row: strawberry.Private[Row]

    value: float = column("value", "How much was counted on that day, as published.")
    observed_on: date = column("observed_on", "The day on which it was seen.")

    @strawberry.field(description="The publication that states this figure.", metadata=SOURCED)
    def source(self) -> Source:
        """The source of the figure."""
        return stated_source(self.row)


def _plan_history(selected: Selected) -> None:
    selected.target.history = True
    selected.descend(selected.target)


@strawberry.type(description="A raw figure, dated and sourced: the latest of its series.")
class Signal:
    """The latest observation of one signal, with the ones before it."""

    series: strawberry.Private[list[Row]]
    row: strawberry.Private[Row]

    name: str = column("name", "What is counted, such as downloads_30d: downloads in the 30 days before.")
    value: float = column("value", "The latest figure, as published.")
    unit: str | None = column("unit", "What it is counted in; null where that goes without saying.")
    observed_on: date = column("observed_on", "The day on which the latest figure was seen.")

    @strawberry.field(description="Who published the latest figure.", metadata=SOURCED)
    def source(self) -> Source:
        """The source of the latest figure."""
        return stated_source(self.row)

    @strawberry.field(
        description="The figures of the series, latest first; no more than `first`, all without it.",
        metadata=planned(_plan_history),
    )
    def history(self, first: HowMany = None) -> list[Observation]:
        """The observations, latest first. Raises RuleError (BAD_PAGE_SIZE) for a number below 0."""
        if first is not None and first < 0:
            raise RuleError("BAD_PAGE_SIZE", f"`first` is {first}; a list holds 0 items or more.")
        return [Observation(row=row) for row in self.series[:first]]


def signals_of(record: ArtifactRecord, names: list[str] | None) -> list[Signal]:
    """The signals of an artifact by name, all where `names` is None, in the order of their names."""
    series: dict[str, list[Row]] = {}
    for row in record.signals:
        if names is None or row["name"] in names:
            series.setdefault(row["name"], []).append(row)
    return [Signal(series=rows, row=rows[0]) for _, rows in sorted(series.items())]


@strawberry.type(description="A price, as seen on a day.")
class Offer:
    """Who sells it, per which unit, at what price."""

    row: strawberry.Private[Row]

    provider: str = column("provider", "The company that sells access or copies.")
    unit: str = column("unit", "What the price buys, such as 1M input tokens.")
    price: float = column("price", "What one unit costs, in `currency`.")
    currency: str = column("currency", "The ISO 4217 code of the money it is paid in.")
    observed_on: date = column("observed_on", "The day on which this price was seen.")

    @strawberry.field(description="Who published the price.", metadata=SOURCED)
    def source(self) -> Source:
        """The source of the price."""
        return stated_source(self.row)


@strawberry.type(description="A fact that only some kinds of artifact have, such as parameters or rows.")
class AttributeValue:
    """One attribute with its value in whichever form it has."""

    row: strawberry.Private[Row]

    key: str = column("key", "Its name for programs, such as context_window.")
    observed_on: date | None = column("observed_on", "The day of its source; null where that is not recorded.")

    @strawberry.field(description="Its name for people.")
    def label(self) -> str:
        """What is known of the key, or the key in words."""
        return attribute_spec(self.row["key"]).label

    @strawberry.field(description="The value where it is a number.", metadata=reads("value"))
    def number(self) -> float | None:
        """The number."""
        return of_anything(self.row["value"]).number

    @strawberry.field(description="The value where it is a text, a truth value or a list.", metadata=reads("value"))
    def text(self) -> str | None:
        """The text."""
        return of_anything(self.row["value"]).text

    @strawberry.field(description="What a number is counted in; null for a plain count.", metadata=reads("unit"))
    def unit(self) -> str | None:
        """The unit that the catalogue states, or else the one that is known for the key."""
        return self.row["unit"] or attribute_spec(self.row["key"]).unit

    @strawberry.field(description="The value with its unit, for people to read.", metadata=reads("value", "unit"))
    def display(self) -> str:
        """The value as a table shows it."""
        unit = self.row["unit"] or attribute_spec(self.row["key"]).unit
        return of_anything(self.row["value"], unit).display

    @strawberry.field(description="Who says so; null where that is not recorded.", metadata=SOURCED)
    def source(self) -> Source | None:
        """The source of the fact."""
        return source_of(self.row)
