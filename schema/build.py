"""The assembled schema, its printed form, and the parts of it that executing an operation takes."""

from functools import cache
from pathlib import Path

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.artifact import Artifact
from schema.capability import Capability
from schema.comparison import Comparison
from schema.mutation import Mutation
from schema.needs import check_registry
from schema.query import Query
from schema.scalars import SCALARS

PRINTED = Path(__file__).with_name("schema.graphql")
"""The committed contract; a test holds it in step with the code."""


@cache
def build_schema() -> strawberry.Schema:
    """The Strawberry schema. Raises LookupError where the registry of comparable fields names what there is not."""
    check_registry()
    return strawberry.Schema(
        query=Query,
        mutation=Mutation,
        types=[Artifact, Capability, Comparison],
        config=StrawberryConfig(scalar_map=SCALARS),
    )


@cache
def core_schema() -> GraphQLSchema:
    """The same schema as graphql-core has it, for parsing, validating, planning and executing by ourselves."""
    schema: GraphQLSchema = build_schema()._schema
    return schema


def printed_schema() -> str:
    """The schema in the schema definition language, as `gateway schema` prints it."""
    return build_schema().as_str() + "\n"
