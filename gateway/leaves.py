"""Leaves of answers, as expressions of a plan's functions."""

from collections.abc import Callable
from functools import cache
from typing import Any

from graphql import GraphQLEnumType, GraphQLScalarType, Undefined

from schema.plan import STRAWBERRY

Name = Callable[[str, Any], str]
"""Gives a value a name that it can be called by in the functions of a plan."""


def leaf(type: GraphQLScalarType | GraphQLEnumType, name: Name, x: str, value: str) -> str:
    """A leaf that is what it should be is taken as it is; any other is left to the type, which may refuse it."""
    other = f"{name('serialize', _serializer(type))}({x})"
    given = x if value == x else f"({x} := {value})"
    if isinstance(type, GraphQLEnumType):
        python = type.extensions[STRAWBERRY].wrapped_cls
        assert {member.name for member in python} == type.values.keys()
        return f"{x}._name_ if {given}.__class__ is {name('enum', python)} else {other}"
    match type.name:
        case "String" | "ID":
            return f"{x} if {given}.__class__ is str else {other}"
        case "Int":
            return f"{x} if {given}.__class__ is int and -2147483648 <= {x} <= 2147483647 else {other}"
        case "Float":
            # Infinity less itself is nan, as nan is, and no nan is 0.
            return f"{x} if {given}.__class__ is float and {x} - {x} == 0.0 else {other}"
        case "Boolean":
            return f"{x} if {given} is True or {x} is False else {other}"
    return f"{name('serialize', _serializer(type))}({value})"


@cache
def _serializer(type: GraphQLScalarType | GraphQLEnumType) -> Callable[[Any], Any]:
    """The type's own serializer, which does not have to know nulls."""

    def serialize(value: Any) -> Any:
        if value is None:
            raise ValueError("A field that cannot be null has no value.")
        found = type.coerce_output_value(value)
        if found is None or found is Undefined:
            raise ValueError("A value was serialized to nothing.")
        return found

    return serialize
