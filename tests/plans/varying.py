"""Makes operations out of a generated document: with arguments that mean something or do not, variables, directives,
fragments and fields that are selected twice; and for the same document, several sets of values for its variables."""

import re
from collections.abc import Sequence
from random import Random
from typing import Any

from graphql import (
    ArgumentNode,
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    InlineFragmentNode,
    ListValueNode,
    NamedTypeNode,
    NameNode,
    NullValueNode,
    ObjectFieldNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    parse,
    parse_type,
    parse_value,
    print_ast,
    value_from_ast_untyped,
)

from gateway.execution import Request
from schema.build import core_schema
from schema.node import global_id
from schema.paging import encode, encode_position

MOST_SETS = 6
"""How many sets of variables a document is asked with."""


def _ids(*names: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{global_id(*name)}"' for name in names) + "]"


CAPABILITY = "Capability", "artifact-1", "can-2"
COMPARISON = "Comparison", "artifact-9", "artifact-2"
GOOD = {
    "slug": ['"artifact-1"', '"old-3"', '"artifact-119"'],
    "of": ['["artifact-1", "old-3", "artifact-9"]', '["artifact-9", "artifact-2"]', '["old-9", "artifact-100"]'],
    "artifact": ['"artifact-9"', '"old-9"'],
    "first": ["3", "0", "1", "25", "null"],
    "last": ["2", "null"],
    "after": [f'"{encode_position(1)}"', "null"],
    "before": ["null"],
    "minimum": ["0.01", "0", "1", "null"],
    "keys": ['["rows"]', '["nothing", "rows", "rows"]', "[]", "null", '"rows"'],
    "key": ['"rows"', '"nothing"'],
    "names": ['["likes"]', '["likes", "nothing"]', "[]", "null"],
    "query": ['"thing 2"', '""', '"plugh"', "null"],
    "weights": ["{quality: 2, ecosystem: 1}", "{adoption: 0.5, quality: 1, matchGraph: 3}", "null"],
    "id": [f'"{global_id(*one)}"' for one in (CAPABILITY, COMPARISON, ("Artifact", "artifact-4"), ("Artifact", "no"))],
    "ids": [
        _ids(("Artifact", "artifact-4"), COMPARISON, CAPABILITY, ("Capability", "artifact-2", "can-none")),
        _ids(CAPABILITY, CAPABILITY, ("Artifact", "old-4")),
        "[]",
    ],
}
"""Arguments that mean something in the test's catalogue. Those that are not here are as they were generated."""
BAD = {
    "slug": ['""', '"artifct-1"', r'"a\u0000"', f'"{"x" * 300}"', "3", "null"],
    "of": ['["artifact-1"]', '["artifact-1", "artifact-1"]', '["artifact-1", "old-1"]', '["artifact-1", "artifct-2"]'],
    "artifact": ['"artifact-50"', '"nobody"', r'"\u0000"'],
    "first": ["-1", "101", "100000", "2147483648", "1.5", '"3"'],
    "last": ["-1", "101", "2147483648"],
    "after": ['"x"', '""', f'"{encode(["at", -1])}"', f'"{encode(["RANK", "DESC", 5, True])}"', "3"],
    "before": ['"x"', f'"{encode_position(2)}"'],
    "minimum": ["-0.1", "1.1", '"0.5"', "1e400"],
    "keys": [r'["\u0000"]', "[null]", "[3]"],
    "key": [r'"\u0000"', "null", "ROWS"],
    "names": [r'["\u0000"]', "[null]"],
    "query": [r'"\u0000"', "3"],
    "weights": ["{}", "{quality: -1}", "{quality: 0}", "{quality: 1e400}", '{quality: "1"}', "{qualty: 1}"],
    "id": ['"x"', '""', f'"{global_id("Person", "x")}"', f'"{global_id("Comparison", "artifact-1")}"', "3"],
    "ids": ['["x", ""]', _ids(COMPARISON)[:-1] + ', "x", 3]', _ids(("Comparison", "artifact-1", "nobody")), "[null]"],
}
RANKED = f'"{encode(["RANK", "DESC", 50.0, 7])}"'
"""A cursor of the list of artifacts."""
WRONG: tuple[Any, ...] = (
    None,
    True,
    3,
    -1,
    1.5,
    "x",
    "",
    [],
    {},
    [None],
    {"quality": 1},
    2**31,
    ["artifact-1"],
    "MODEL",
)
"""Values of variables, of which few are of the type that is asked for."""


def varied(document: str, random: Random) -> list[Request]:
    """Requests made of a document without variables and fragments."""
    return _Varied(random).requests(parse(document))


class _Varied:
    def __init__(self, random: Random) -> None:
        self.random = random
        # Most documents have nothing wrong with them, so that a plan gets to their end.
        self.bad = random.choice((0, 0, 0, 0.03, 0.2))
        self.lifted = random.choice((0, 0.2, 0.5))
        self.directed = random.choice((0, 0.05, 0.2))
        self.variables: dict[str, tuple[str, Any]] = {}
        self.definitions: list[VariableDefinitionNode] = []
        self.fragments: list[FragmentDefinitionNode] = []
        self.aliases = 0

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def requests(self, document: DocumentNode) -> list[Request]:
        """The requests."""
        (operation,) = document.definitions
        assert isinstance(operation, OperationDefinitionNode)
        query = core_schema().query_type
        assert query is not None
        chosen = list(operation.selection_set.selections)
        self.random.shuffle(chosen)
        some = SelectionSetNode(selections=tuple(chosen[: self.random.randint(1, 3)]))
        made = self.selection(some, query)
        rest = "".join(map(print_ast, (made, *self.fragments)))
        # What was left out may have had variables in it.
        self.definitions = [
            one for one in self.definitions if re.search(rf"{re.escape(print_ast(one.variable))}\b", rest)
        ]
        self.variables = {one.variable.name.value: self.variables[one.variable.name.value] for one in self.definitions}
        whole = OperationDefinitionNode(
            operation=operation.operation,
            name=NameNode(value="Made"),
            selection_set=made,
            variable_definitions=tuple(self.definitions),
        )
        text = print_ast(DocumentNode(definitions=(whole, *self.fragments)))
        return [Request(text, values) for values in self.sets()]

    def sets(self) -> list[dict[str, Any]]:
        """Sets of variables: as they were, and with some of them left out or changed."""
        right = {name: value for name, (_, value) in self.variables.items()}
        found = [right]
        for number in range(MOST_SETS - 1 if right else 0):
            name = self.random.choice(list(right))
            changed = dict(right)
            if number == 0 and self.chance(0.3):
                del changed[name]
            elif number == 1 and self.chance(0.3):
                changed[name] = None
            elif number == 2 and self.chance(0.3):
                changed[name] = self.random.choice(WRONG)
            else:
                for other, (argument, _) in self.variables.items():
                    if argument in GOOD and self.chance(0.6):
                        pool = GOOD[argument] + (BAD[argument] if self.bad else [])
                        changed[other] = value_from_ast_untyped(parse_value(self.random.choice(pool)))
                    elif isinstance(changed[other], bool):
                        changed[other] = self.chance(0.5)
            if changed not in found:
                found.append(changed)
        return found

    def selection(self, selection: SelectionSetNode, parent: GraphQLNamedType) -> SelectionSetNode:
        """A selection of a type, varied."""
        found: list[SelectionNode] = []
        for node in selection.selections:
            if isinstance(node, FieldNode):
                assert isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
                found += self.field(node, parent)
            else:
                assert isinstance(node, InlineFragmentNode)
                assert node.type_condition is not None
                on = core_schema().get_type(node.type_condition.name.value)
                assert on is not None
                found.append(self.fragment(on.name, self.selection(node.selection_set, on)))
        if self.chance(0.3):
            found.insert(self.random.randint(0, len(found)), FieldNode(name=NameNode(value="__typename")))
        if isinstance(parent, GraphQLObjectType) and parent.interfaces and self.chance(0.2):
            inner = f"{{ id ... on {parent.name} {{ slug __typename }} ... on Capability {{ tags }} }}"
            found.append(self.fragment("Node", _selection(inner)))
        if self.chance(0.2):
            at = self.random.randint(0, len(found) - 1)
            found[at:] = [self.fragment(parent.name, SelectionSetNode(selections=tuple(found[at:])))]
        return SelectionSetNode(selections=tuple(found))

    def fragment(self, on: str, selection: SelectionSetNode) -> SelectionNode:
        """A fragment on a type, which may have a name."""
        if self.chance(0.3):
            name = f"F{len(self.fragments)}"
            condition = NamedTypeNode(name=NameNode(value=on))
            self.fragments.append(
                FragmentDefinitionNode(name=NameNode(value=name), type_condition=condition, selection_set=selection)
            )
            return FragmentSpreadNode(name=NameNode(value=name), directives=self.directives())
        condition = NamedTypeNode(name=NameNode(value=on))
        return InlineFragmentNode(type_condition=condition, selection_set=selection, directives=self.directives())

    def field(self, node: FieldNode, parent: GraphQLObjectType | GraphQLInterfaceType) -> list[SelectionNode]:
        """A field, perhaps in two parts that make one, or with another one beside it under an alias."""
        if node.name.value == "__typename":
            return [node]
        definition = parent.fields[node.name.value]
        arguments = tuple(
            kept
            for argument in node.arguments or ()
            if (kept := self.argument(node, argument, definition.args[argument.name.value].type)) is not None
        )
        named = get_named_type(definition.type)
        below = None
        if node.selection_set is not None:
            assert is_composite_type(named)
            below = self.selection(node.selection_set, named)
        made = _field(node, node.alias, arguments, below, self.directives())
        found: list[SelectionNode] = [made]
        if below is not None and len(below.selections) > 1 and self.chance(0.2):
            at = self.random.randint(1, len(below.selections) - 1)
            parts = below.selections[:at], below.selections[at:]
            found = [
                _field(node, node.alias, arguments, SelectionSetNode(selections=tuple(part)), self.directives())
                for part in parts
            ]
        elif self.chance(0.05):
            self.aliases += 1
            found.append(_field(node, NameNode(value=f"again{self.aliases}"), arguments, below, ()))
        return found

    def directives(self) -> tuple[DirectiveNode, ...]:
        """Directives for a selection: most often none."""
        found = []
        for name in ("skip", "include"):
            if self.chance(self.directed / 2):
                value: ValueNode = BooleanValueNode(value=self.chance(0.7) == (name == "include"))
                if self.chance(0.6):
                    value = self.variable("if", value, "Boolean!")
                argument = ArgumentNode(name=NameNode(value="if"), value=value)
                found.append(DirectiveNode(name=NameNode(value=name), arguments=(argument,)))
        self.random.shuffle(found)
        return tuple(found)

    def argument(self, field: FieldNode, node: ArgumentNode, type: GraphQLInputType) -> ArgumentNode | None:
        """An argument; None where the field is better off without it."""
        name = node.name.value
        value = node.value
        bad = self.chance(self.bad)
        if field.name.value == "artifacts" and name in ("last", "before", "after") and not bad:
            if name == "after" and self.chance(0.3):
                value = parse_value(RANKED)
            else:
                return None
        elif name == "key" and "String" not in str(type):
            pass
        elif name in GOOD:
            value = parse_value(self.random.choice(BAD[name] if bad else GOOD[name]))
        return ArgumentNode(name=node.name, value=self.lift(name, value, type))

    def lift(self, name: str, value: ValueNode, type: GraphQLInputType) -> ValueNode:
        """A value, or a variable that stands for it, or one with variables in it."""
        if self.chance(self.lifted):
            return self.variable(name, value, str(type))
        inner = get_nullable_type(type)
        if isinstance(value, ListValueNode) and isinstance(inner, GraphQLList):
            items = tuple(self.lift("item", item, inner.of_type) for item in value.values)
            return ListValueNode(values=items)
        if isinstance(value, ObjectValueNode) and isinstance(inner, GraphQLInputObjectType):
            fields = tuple(
                ObjectFieldNode(name=one.name, value=self.lift("part", one.value, inner.fields[one.name.value].type))
                for one in value.fields
                if one.name.value in inner.fields
            )
            return ObjectValueNode(fields=fields)
        return value

    def variable(self, argument: str, value: ValueNode, type: str) -> VariableNode:
        """A new variable with a value; where null would be wrong, sometimes one that may be null and has a default."""
        name = f"v{len(self.variables)}"
        self.variables[name] = argument, value_from_ast_untyped(value)
        default: Any = None
        if not isinstance(value, NullValueNode) and self.chance(0.3):
            type, default = type.removesuffix("!"), value
        node = VariableNode(name=NameNode(value=name))
        self.definitions.append(VariableDefinitionNode(variable=node, type=parse_type(type), default_value=default))
        return node


def _selection(text: str) -> SelectionSetNode:
    (operation,) = parse(text).definitions
    assert isinstance(operation, OperationDefinitionNode)
    return operation.selection_set


def _field(
    node: FieldNode,
    alias: NameNode | None,
    arguments: Sequence[ArgumentNode],
    below: SelectionSetNode | None,
    directives: Sequence[DirectiveNode],
) -> FieldNode:
    return FieldNode(
        name=node.name, alias=alias, arguments=tuple(arguments), selection_set=below, directives=tuple(directives)
    )
