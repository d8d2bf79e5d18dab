"""The printed schema is the contract: committed, in step with the code, described, and not broken."""

import re
from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    build_schema,
    is_specified_scalar_type,
)

from schema.build import PRINTED, printed_schema
from tests.conftest import Run, Server

FILLER = frozenset(
    re.findall(
        r"\w+",
        """a an and are as at be by for in is it its of on or that the this to what which who whose with
        list value type field input object enum""",
    )
)


def test_the_committed_schema_is_the_one_the_code_makes() -> None:
    assert PRINTED.read_text() == printed_schema()


@pytest.mark.on_sqlite
def test_the_command_and_the_server_give_the_same_schema(gateway: Run, server: Server) -> None:
    assert gateway("schema").stdout == PRINTED.read_text()
    assert server.client.get("/schema.graphql").text == PRINTED.read_text()


def elements(schema: GraphQLSchema) -> list[tuple[str, str | None]]:
    """Every element of our own with its description, by its coordinate."""
    found: list[tuple[str, str | None]] = []
    for name, kind in schema.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(kind):
            continue
        found.append((name, kind.description))
        if isinstance(kind, GraphQLEnumType):
            found += [(f"{name}.{key}", value.description) for key, value in kind.values.items()]
        elif isinstance(kind, GraphQLInputObjectType):
            found += [(f"{name}.{key}", item.description) for key, item in kind.fields.items()]
        elif isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for key, field in kind.fields.items():
                found.append((f"{name}.{key}", field.description))
                found += [(f"{name}.{key}({argument}:)", item.description) for argument, item in field.args.items()]
    return found


ELEMENTS = elements(build_schema(PRINTED.read_text()))


def words(text: str) -> set[str]:
    """The words of a text or of a name in camel case or in capitals, without their endings."""
    parts = re.findall(r"[A-Za-z][a-z]+|[A-Z]+|\d+", text)
    return {part.lower().rstrip("s") for part in parts}


@pytest.mark.parametrize(("coordinate", "description"), ELEMENTS, ids=[coordinate for coordinate, _ in ELEMENTS])
def test_every_element_says_what_its_name_does_not(coordinate: str, description: str | None) -> None:
    assert description, f"{coordinate} is not described"
    assert description[0].isupper() or description[0].isdigit()
    assert description.rstrip().endswith(".")
    said = words(description) - words(coordinate) - FILLER
    assert len(said) >= 2, f"{coordinate}: {description!r} says nothing that its name does not"


def test_every_scalar_of_ours_names_its_specification() -> None:
    for kind in build_schema(PRINTED.read_text()).type_map.values():
        if isinstance(kind, GraphQLScalarType) and not is_specified_scalar_type(kind):
            assert (kind.specified_by_url or "").startswith("https://")


def test_the_names_of_the_contract_are_there() -> None:
    schema = build_schema(PRINTED.read_text())
    contract = {
        "Query": "comparison artifact artifacts node nodes comparableFields scorecard catalogue",
        "Comparison": "slug artifacts fields field attributes verdict alignment exclusive",
        "FieldComparison": "key label direction cells outcome leaders margin",
        "Cell": "artifact number text date display basis",
        "Verdict": "outcome winner summary reasons caveats dominance winShares flips",
        "Caveat": "code text",
        "WinShare": "artifact share",
        "Flip": "dimension weight",
        "Artifact": "slug name kind summary publisher license availability pricing offers tasks releasedOn updatedOn "
        "rank scores score signals attribute attributes timesMatched capabilities alternatives",
        "Rank": "value exact position of contributions",
        "Contribution": "dimension score weight points",
        "License": "spdx name use",
        "CapabilityConnection": "totalCount edges pageInfo",
        "Capability": "slug name description uniqueness versusAlternatives tags artifact timesMatched",
    }
    for name, fields in contract.items():
        kind = schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        assert set(fields.split()) <= kind.fields.keys()


def test_nodes_can_be_null() -> None:
    query = build_schema(PRINTED.read_text()).query_type
    assert query is not None
    assert str(query.fields["node"].type) == "Node"
    assert str(query.fields["nodes"].type) == "[Node]!"


@pytest.mark.on_sqlite
def test_the_printed_format_is_the_one_committed(gateway: Run) -> None:
    committed = Path(__file__).parents[2] / "seeds" / "catalogue.schema.json"
    assert gateway("schema", "--catalogue").stdout == committed.read_text()
