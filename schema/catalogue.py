"""What the catalogue as a whole is, as GraphQL types."""

from datetime import date, datetime

import strawberry

from schema.data import Data
from schema.enums import ArtifactKind, ComparableField, Direction
from schema.needs import Needs
from schema.plan import Selected, planned
from schema.rules.attributes import attribute_spec


@strawberry.type(description="How many artifacts of one kind there are.")
class KindCount:
    """A kind with its count."""

    kind: ArtifactKind = strawberry.field(description="Which kind is counted.")
    count: int = strawberry.field(description="How many artifacts are of this kind.")


def _reads(*columns: str) -> dict[str, object]:
    return planned(lambda selected: selected.target.catalogue.columns.update(columns))


def _counts(selected: Selected) -> None:
    selected.target.kind_counts = True


@strawberry.type(description="Which catalogue is being answered from.")
class Catalogue:
    """The catalogue's version, dates and size."""

    data: strawberry.Private[Data]

    @strawberry.field(description="Grows by one with every import that changes something.", metadata=_reads("version"))
    def version(self) -> int:
        """The version."""
        return int(self.data.catalogue()["version"])

    @strawberry.field(
        description="The day of its newest figure; null where none is dated.",
        metadata=_reads("dated_on"),
    )
    def dated_on(self) -> date | None:
        """The day of the newest figure."""
        day: date | None = self.data.catalogue()["dated_on"]
        return day

    @strawberry.field(
        description="The catalogue's own date, at which all ages are measured, so that no rank moves by itself; "
        "`gateway rescore` moves it. Null where no figure is dated.",
        metadata=_reads("scored_on"),
    )
    def scored_on(self) -> date | None:
        """The day the catalogue is scored at."""
        day: date | None = self.data.catalogue()["scored_on"]
        return day

    @strawberry.field(description="When its last change was loaded.", metadata=_reads("loaded_at"))
    def loaded_at(self) -> datetime:
        """The moment of the last effective import."""
        moment: datetime = self.data.catalogue()["loaded_at"]
        return moment

    @strawberry.field(description="How many artifacts it holds.", metadata=planned(_counts))
    def artifact_count(self) -> int:
        """The number of artifacts."""
        return sum(self.data.kind_counts().values())

    @strawberry.field(description="How many artifacts of each kind it holds.", metadata=planned(_counts))
    def kinds(self) -> list[KindCount]:
        """The kinds that there are, in the order of their names."""
        counts = self.data.kind_counts()
        return [KindCount(kind=kind, count=counts[kind]) for kind in ArtifactKind if kind in counts]


@strawberry.type(description="What can be compared: a row that a comparison can have.")
class ComparableFieldInfo:
    """A comparable field or attribute, described."""

    key: str = strawberry.field(description="Its name in `fields(only:)`, or the attribute's key.")
    label: str = strawberry.field(description="Its name for people.")
    help: str = strawberry.field(description="What it says about an artifact.")
    direction: Direction = strawberry.field(description="Which end is the better one.")
    unit: str | None = strawberry.field(description="What its margin is counted in; null where it has no unit.")
    field: ComparableField | None = strawberry.field(
        description="The comparable field; null for an attribute, which only some kinds have."
    )


def comparable_fields(data: Data, kind: ArtifactKind | None) -> list[ComparableFieldInfo]:
    """Every comparable field; for one kind, also the attributes that artifacts of that kind carry."""
    found = [
        ComparableFieldInfo(
            key=field.name,
            label=field.spec.label,
            help=field.spec.help,
            direction=field.spec.direction,
            unit=field.spec.unit,
            field=field,
        )
        for field in ComparableField
    ]
    for key in data.attribute_keys(kind) if kind is not None else ():
        spec = attribute_spec(key)
        found.append(
            ComparableFieldInfo(
                key=key, label=spec.label, help=spec.help, direction=spec.direction, unit=spec.unit, field=None
            )
        )
    return found


def plan_comparable_fields(selected: Selected) -> None:
    """The attributes of a kind are read from the catalogue; the fields are not."""
    needs: Needs = selected.target
    kind = selected.args.get("kind")
    if kind is not None:
        needs.attribute_kinds.add(kind)
