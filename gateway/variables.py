"""The values of variables and of the arguments at the root, taken as they are where nothing has to be coerced.

graphql-core coerces them in all other cases, and says what is wrong with them.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

import orjson
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLNonNull,
    InlineFragmentNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    Node,
    NonNullTypeNode,
    OperationDefinitionNode,
    VariableDefinitionNode,
    VariableNode,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language.ast import QUERY_DOCUMENT_KEYS

from schema.build import core_schema
from schema.plan import Args, Root, metadata_of

ABSENT = object()
"""What a variable is that the request does not give."""
Coerced = Mapping[str, Any]
Simple = tuple[str, type | None, Callable[[Any], bool]]
"""The name of a variable, a class whose values can be taken as they are, and whether any other value can be."""
Varying = tuple[str, bool, Sequence[str] | str]
"""An argument of a root field, whether it may be null, and the variable that it is, or those that it is a list of."""


NAMING = {"alias", "description", "name", "type", "type_condition"}
HOLDING = {kind: tuple(key for key in keys if key not in NAMING) for kind, keys in QUERY_DOCUMENT_KEYS.items()}
"""By the kind of a node, its parts that there may be variables in."""


def simple(definition: VariableDefinitionNode) -> Simple | None:
    """How a variable's values are told that need no coercion; None for a type whose values always do."""
    type, required = definition.type, False
    if isinstance(type, NonNullTypeNode):
        type, required = type.type, True
    accepts = _accepts(type)
    if accepts is None:
        return None
    known = str if isinstance(type, NamedTypeNode) and type.name.value in ("String", "ID") else None
    if required:
        return definition.variable.name.value, known, accepts
    return definition.variable.name.value, known, lambda value: value is None or accepts(value)


def _accepts(type: Node) -> Callable[[Any], bool] | None:
    if isinstance(type, NamedTypeNode):
        match type.name.value:
            case "String" | "ID":
                return lambda value: value.__class__ is str
            case "Int":
                return lambda value: value.__class__ is int and -(2**31) <= value < 2**31
            case "Boolean":
                return lambda value: value.__class__ is bool
    if isinstance(type, ListTypeNode) and isinstance(type.type, NonNullTypeNode):
        item = _accepts(type.type.type)
        if item is not None:
            return lambda value: value.__class__ is list and all(map(item, value))
    return None


def coerced_args(root: Root, values: VariableValues) -> Args | None:
    """The arguments of a root field; None where they cannot be coerced, which executing it tells."""
    try:
        return get_argument_values(root.definition, root.nodes[0], values)
    except GraphQLError:
        return None


def varying_args(root: Root) -> list[Varying] | None:
    """The arguments of a root field that variables stand in; None where one of them always has to be coerced."""
    found: list[Varying] = []
    for argument in root.nodes[0].arguments or ():
        name, node = argument.name.value, argument.value
        if not any(True for _ in variables_in(node)):
            continue
        nullable = not isinstance(root.definition.args[name].type, GraphQLNonNull)
        if isinstance(node, VariableNode):
            found.append((name, nullable, node.name.value))
        elif isinstance(node, ListValueNode) and all(isinstance(item, VariableNode) for item in node.values):
            names = [item.name.value for item in node.values if isinstance(item, VariableNode)]
            found.append((name, nullable, names))
        else:
            return None
    return found


def quick_args(constant: Args, varying: Sequence[Varying], coerced: Coerced) -> Args | None:
    """The arguments with the values that variables have now; None where they have to be coerced."""
    found = dict(constant)
    for name, nullable, variables in varying:
        value: Any
        if variables.__class__ is str:
            value = coerced.get(variables, ABSENT)
            if value is ABSENT or (value is None and not nullable):
                return None
        else:
            value = list(map(coerced.get, variables))
            if None in value:
                return None
        found[name] = value
    return found


def inner_variables(operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> set[str]:
    """The variables that are used for more than naming rows in the arguments of a root field."""
    if not operation.variable_definitions:
        return set()
    root = core_schema().get_root_type(operation.operation)
    assert root is not None
    found: set[str] = set()
    at_root = [operation.selection_set]
    at_root += [node.selection_set for node in fragments.values() if node.type_condition.name.value == root.name]
    found.update(*(variables_in(node) for node in fragments.values() if node.type_condition.name.value != root.name))
    for selection in at_root:
        for node in selection.selections:
            found.update(*(variables_in(directive) for directive in node.directives or ()))
            if isinstance(node, InlineFragmentNode):
                at_root.append(node.selection_set)
            elif isinstance(node, FieldNode):
                definition = root.fields.get(node.name.value)
                if definition is None or "entry" not in metadata_of(definition):
                    found.update(*(variables_in(argument) for argument in node.arguments or ()))
                if node.selection_set is not None:
                    found.update(variables_in(node.selection_set))
            else:
                assert isinstance(node, FragmentSpreadNode)
    return found


def variables_in(node: Node) -> Iterator[str]:
    """The names of all variables below a node of a document."""
    left = [node]
    while left:
        one = left.pop()
        if isinstance(one, VariableNode):
            yield one.name.value
            continue
        for key in HOLDING.get(one.kind, ()):
            below = getattr(one, key)
            if below.__class__ is tuple:
                left += below
            elif below is not None:
                left.append(below)


def frozen(value: Any) -> Hashable:
    """A variable's value as something that can be looked up."""
    if value is ABSENT or value is None or isinstance(value, str):
        return value
    return value.__class__.__name__, orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
