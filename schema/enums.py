"""The closed sets of the rules as GraphQL enums, each value described by the help that the rules give it.

The types of the schema take them from here, so that they are described before Strawberry meets them.
"""

from enum import Enum, EnumMeta
from typing import Any

import strawberry

from schema.rules.fields import ComparableField
from schema.rules.vocabulary import (
    ArtifactKind,
    Availability,
    Basis,
    CaveatCode,
    Dimension,
    Direction,
    EvidenceStance,
    FieldOutcome,
    LicenseUse,
    Pricing,
    ScoringMethod,
    Term,
    VerdictOutcome,
)


def _described(enum: EnumMeta, help: dict[str, str]) -> None:
    strawberry.enum(enum, description=enum.__doc__)
    definition: Any = vars(enum)["__strawberry_definition__"]
    for value in definition.values:
        value.description = help[value.name]


TERMS: tuple[type[Term], ...] = (
    ArtifactKind,
    Availability,
    Basis,
    CaveatCode,
    Dimension,
    Direction,
    EvidenceStance,
    FieldOutcome,
    LicenseUse,
    Pricing,
    ScoringMethod,
    VerdictOutcome,
)

for _term in TERMS:
    _described(_term, {member.name: member.help for member in _term})
_described(ComparableField, {member.name: member.spec.help for member in ComparableField})


@strawberry.enum(description="What a list of artifacts can be ordered by.")
class ArtifactOrderField(Enum):
    """What a list of artifacts can be ordered by. What is not known comes last, whichever way the order runs."""

    RANK = strawberry.enum_value("rank", description="The unrounded rank under the scorecard.")
    NAME = strawberry.enum_value("name", description="Alphabetical by the name people use, capitals first.")
    CAPABILITY_COUNT = strawberry.enum_value("capability_count", description="How many capabilities are recorded.")
    TIMES_MATCHED = strawberry.enum_value("times_matched", description="How many recorded searches led to it.")
    RELEASED_ON = strawberry.enum_value("released_on", description="The day it was first published.")
    UPDATED_ON = strawberry.enum_value("updated_on", description="The day it last changed.")


@strawberry.enum(description="Which way an order runs.")
class OrderDirection(Enum):
    """Which way an order runs."""

    ASC = strawberry.enum_value("asc", description="The smallest, earliest or alphabetically first comes first.")
    DESC = strawberry.enum_value("desc", description="The largest, latest or alphabetically last comes first.")


__all__ = [
    "ArtifactKind",
    "ArtifactOrderField",
    "Availability",
    "Basis",
    "CaveatCode",
    "ComparableField",
    "Dimension",
    "Direction",
    "EvidenceStance",
    "FieldOutcome",
    "LicenseUse",
    "OrderDirection",
    "Pricing",
    "ScoringMethod",
    "VerdictOutcome",
]
