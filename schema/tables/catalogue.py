"""The tables that the catalogue is stored in."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from schema.rules.vocabulary import ArtifactKind, Availability, Basis, Dimension, LicenseUse, Pricing
from schema.tables.columns import COMPACT, PLAIN_ORDER, stored

ALSO_HELD = ("kind", "pricing", "availability", "license_use")
"""What the indexes of orders hold besides: conditions are looked at without reading the row."""


class Catalogue(SQLModel, table=True):
    """The one row that says which catalogue this is. `version` grows by one with every import that changes it.

    `dated_on` is the day of its newest figure, `scored_on` the day at which ages are measured. `analysis` is what its
    texts were taken apart by for searches. `searchers` are the clients whose searches were counted, each once a day,
    from the first to the last of the days that are kept: see `schema.tables.matches`. `last_artifact` is the highest id
    that any artifact has had: none is given twice, as searches that wait to be counted go by them.
    """

    __table_args__ = (CheckConstraint("id = 1", name="catalogue_is_one_row"),)

    id: int = Field(default=1, primary_key=True)
    version: int
    scorecard: str
    dated_on: date | None = None
    scored_on: date | None = None
    analysis: str = ""
    last_artifact: int = 0
    searchers: int = 0
    searched_since: date | None = None
    searched_until: date | None = None
    loaded_at: datetime


class Source(SQLModel, table=True):
    """Who says so: a title, and an address where there is one (an empty text where not, to keep the pair unique)."""

    __table_args__ = (UniqueConstraint("title", "url", name="source_title_url"),)

    id: int | None = Field(default=None, primary_key=True)
    title: str
    url: str = ""


class Artifact(SQLModel, table=True):
    """Something people choose between.

    `rank` is the unrounded rank under the scorecard, `rank_order` minus the rank and 1 where there is none: in its
    order the best come first and the unranked last. `match_credit` is what the searches that led to it are worth: see
    `schema.rules.matching`. `digest` is that of the catalogue line it came from. `to_score` is
    set while its scores and its rank have yet to be worked out, which is only inside of an import.
    """

    __table_args__ = (
        Index("artifact_by_rank", "rank_order", "id"),
        Index("artifact_by_kind", "kind", "rank_order", "id", "availability"),
        Index("artifact_to_score", "id", sqlite_where=text("to_score"), postgresql_where=text("to_score")),
        Index("artifact_by_pricing", "pricing", "rank_order", "id"),
        Index("artifact_by_availability", "availability", "rank_order", "id"),
        Index("artifact_by_license_use", "license_use", "rank_order", "id"),
        Index("artifact_by_publisher", "publisher", "rank_order", "id"),
        Index("artifact_by_name", "name", "id", *ALSO_HELD),
        Index("artifact_by_release", "released_on", "id", *ALSO_HELD),
        Index("artifact_by_update", "updated_on", "id", *ALSO_HELD),
        Index("artifact_by_capability_count", "capability_count", "id", *ALSO_HELD),
        Index("artifact_by_times_matched", "times_matched", "id", *ALSO_HELD),
    )

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True, sa_type=PLAIN_ORDER)
    name: str = Field(sa_type=PLAIN_ORDER)
    kind: ArtifactKind = Field(sa_type=stored(ArtifactKind))
    summary: str | None = None
    publisher: str | None = None
    homepage: str | None = None
    license: str | None = None
    license_spdx: str | None = None
    license_url: str | None = None
    license_use: LicenseUse | None = Field(default=None, sa_type=stored(LicenseUse))
    availability: Availability = Field(sa_type=stored(Availability))
    pricing: Pricing | None = Field(default=None, sa_type=stored(Pricing))
    tasks: list[str] = Field(default_factory=list, sa_type=JSON)
    uses: list[str] = Field(default_factory=list, sa_type=JSON)
    released_on: date | None = None
    updated_on: date | None = None
    times_matched: int = 0
    match_credit: float = 0.0
    capability_count: int = 0
    topic_count: int = 0
    rank: float | None = None
    rank_order: float = 1.0
    to_score: bool = False
    digest: str


class Kind(SQLModel, table=True):
    """How many artifacts a kind has, how many of them are ranked and not removed, and how many are removed: counted on
    every import."""

    __table_args__ = COMPACT

    kind: ArtifactKind = Field(primary_key=True, sa_type=stored(ArtifactKind))
    artifacts: int
    ranked: int
    removed: int


class Milestone(SQLModel, table=True):
    """How many artifacts of a kind are ahead of a rank order: an artifact's place is counted from the nearest one.

    Those that have been removed are not counted.
    """

    __table_args__ = COMPACT

    kind: ArtifactKind = Field(primary_key=True, sa_type=stored(ArtifactKind))
    rank_order: float = Field(primary_key=True)
    ahead: int


class Alias(SQLModel, table=True):
    """An older or other name that leads to an artifact."""

    __table_args__ = COMPACT

    name: str = Field(primary_key=True)
    artifact_id: int = Field(primary_key=True, foreign_key="artifact.id", ondelete="CASCADE", index=True)


class Topic(SQLModel, table=True):
    """A task that an artifact is for, or a tag of one of its capabilities: what alternatives are found by.
    Tags that say how it is packaged are left out.

    `kind` is the artifact's, so that the members of one kind can be found without going through the others, and so is
    the `rank_order` of a task, so that its artifacts are found in the order of ranks; a tag has none.
    """

    __table_args__ = (
        Index("topic_name", "name", "kind", "artifact_id"),
        Index(
            "topic_by_rank",
            *("name", "rank_order", "artifact_id", "kind"),
            sqlite_where=text("rank_order IS NOT NULL"),
            postgresql_where=text("rank_order IS NOT NULL"),
        ),
        COMPACT,
    )

    artifact_id: int = Field(primary_key=True, foreign_key="artifact.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)
    is_task: bool
    kind: ArtifactKind = Field(sa_type=stored(ArtifactKind))
    rank_order: float | None = None


class Capability(SQLModel, table=True):
    """One thing an artifact can do. `position` counts from 0 without gaps, so that a page is a range of it."""

    __table_args__ = (
        UniqueConstraint("artifact_id", "position", name="capability_position"),
        UniqueConstraint("artifact_id", "slug", name="capability_slug"),
    )

    id: int | None = Field(default=None, primary_key=True)
    artifact_id: int = Field(foreign_key="artifact.id", ondelete="CASCADE")
    position: int
    slug: str
    name: str
    description: str
    uniqueness: str | None = None
    versus_alternatives: str | None = None
    tags: list[str] = Field(default_factory=list, sa_type=JSON)
    times_matched: int = 0


class Score(SQLModel, table=True):
    """A score from 0 to 1 on one dimension. A dimension that nobody has scored has no row.

    `scorecard` is the version of the scorecard that derived it; null for a score that the catalogue states.
    """

    __table_args__ = COMPACT

    artifact_id: int = Field(primary_key=True, foreign_key="artifact.id", ondelete="CASCADE")
    dimension: Dimension = Field(primary_key=True, sa_type=stored(Dimension))
    value: float
    basis: Basis = Field(sa_type=stored(Basis))
    observed_on: date | None = None
    scorecard: str | None = None
    source_id: int = Field(foreign_key="source.id")


class SupersededScore(SQLModel, table=True):
    """A score that the catalogue states, and that does not count while this gateway has figures of its own for it."""

    __tablename__ = "superseded_score"
    __table_args__ = (COMPACT,)

    artifact_id: int = Field(primary_key=True, foreign_key="artifact.id", ondelete="CASCADE")
    dimension: Dimension = Field(primary_key=True, sa_type=stored(Dimension))
    value: float
    basis: Basis = Field(sa_type=stored(Basis))
    observed_on: date | None = None
    source_id: int = Field(foreign_key="source.id")


class Signal(SQLModel, table=True):
    """One dated observation of one raw figure."""

    __table_args__ = COMPACT

    artifact_id: int = Field(primary_key=True, foreign_key="artifact.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)
    observed_on: date = Field(primary_key=True)
    value: float
    unit: str | None = None
    source_id: int = Field(foreign_key="source.id")


class Offer(SQLModel, table=True):
    """Who sells it, per which unit, at what price, as seen on a day."""

    __table_args__ = COMPACT

    artifact_id: int = Field(primary_key=True, foreign_key="artifact.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    provider: str
    unit: str
    price: float
    currency: str
    observed_on: date
    source_id: int = Field(foreign_key="source.id")


class Attribute(SQLModel, table=True):
    """A fact that only some kinds have: a number, a text, true or false, or a list of texts."""

    __table_args__ = COMPACT

    artifact_id: int = Field(primary_key=True, foreign_key="artifact.id", ondelete="CASCADE")
    key: str = Field(primary_key=True, sa_type=PLAIN_ORDER)
    value: Any = Field(sa_type=JSON)
    unit: str | None = None
    observed_on: date | None = None
    source_id: int | None = Field(default=None, foreign_key="source.id")
