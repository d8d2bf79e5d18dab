"""Turns the selections below a root field into Python functions that make the answer out of what was read.

Each selection of each object type becomes one function that returns a dict; resolvers are called with arguments that
were coerced when the plan was made, columns are read off their row, and leaves are checked in place. Nothing is called
through graphql-core. The functions know no errors: whatever is unexpected, an error of a resolver or a null where there
may be none, raises, and the operation is then executed by graphql-core, which tells errors as it should.

Where the answer for an object depends on nothing but the record of its artifact, the object has `parts`, and a larger
answer is kept there as bytes, for as long as the record is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from inspect import signature
from types import CodeType
from typing import Any

import strawberry
from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_non_null_type,
)
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path
from strawberry.types.arguments import convert_arguments

from gateway.context import OperationContext
from gateway.leaves import leaf
from gateway.recent import Recent
from gateway.subjects import Row, Subject, picks
from schema.plan import STRAWBERRY, Entry, Root, Tabled, metadata_of
from schema.selection import Selections

WORTH_KEEPING = 4
"""From this many fields on, looking up the bytes that are kept costs less than making them again."""


class UnsupportedError(Exception):
    """The operation has something in it that is left to graphql-core."""


@dataclass(frozen=True, slots=True)
class Step:
    """A root field of a plan.

    `resolve` finds its value where it does not lead to rows. `complete` makes its answer out of its value.
    """

    key: str
    nodes: Sequence[FieldNode]
    entry: Entry | None
    nullable: bool
    path: Path
    resolve: Callable[..., Any]
    complete: Callable[[Any, OperationContext], Any]


def compiled(schema: strawberry.Schema, roots: Sequence[Root], selections: Selections) -> list[Step]:
    """Compiles some root fields with all that is selected of them.

    Raises UnsupportedError where graphql-core has to execute the operation.
    """
    maker = _Maker(schema, selections)
    names = {root.key: maker.root(root) for root in roots}
    # Nothing of a request is in the source but the response keys, as literals, and these are names.
    exec(_code("\n".join(maker.lines)), maker.names)  # noqa: S102
    return [
        Step(
            root.key,
            root.nodes,
            root.entry,
            not is_non_null_type(root.definition.type),
            Path(None, root.key, "Query"),
            maker.resolver(root),
            maker.names[names[root.key]],
        )
        for root in roots
    ]


_CODES: Recent[CodeType] = Recent(512)
"""The code of recent sources: plans that differ in their arguments alone have the same source."""


def _code(source: str) -> CodeType:
    return _CODES.get(source) or _CODES.put(source, compile(source, "<plan>", "exec"))


class _Maker:
    def __init__(self, schema: strawberry.Schema, selections: Selections) -> None:
        self.schema = schema
        self.selections = selections
        self.lines: list[str] = []
        self.names: dict[str, Any] = {"inf": float("inf"), "picks": picks}
        self.known: dict[Any, tuple[str, int]] = {}

    def root(self, root: Root) -> str:
        name = self.name("root")
        value = self.complete(root.definition.type, root.nodes, "s")
        self.lines.append(f"def {name}(s, c):\n return {value}")
        return name

    def resolver(self, root: Root) -> Callable[..., Any]:
        """The resolver of a root field that leads to no rows, with its arguments."""
        resolver = root.definition.extensions[STRAWBERRY].base_resolver.wrapped_func
        return partial(resolver, None, **({} if root.entry else self.arguments(root.definition, root.nodes[0])))

    def name(self, prefix: str, value: Any = None) -> str:
        name = f"{prefix}{len(self.names)}"
        self.names[name] = value
        return name

    def object(self, type: GraphQLObjectType, selections: Sequence[SelectionSetNode]) -> str:
        """The name of the function for a selection of an object type."""
        key = type.name, *map(id, selections)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.new_object(type, selections)
        return found[0]

    def new_object(self, type: GraphQLObjectType, selections: Sequence[SelectionSetNode]) -> tuple[str, int]:
        fields = self.selections.fields(type, selections)
        parts = [f"{key!r}: {self.field(type, nodes, Subject())}" for key, nodes in fields.items()]
        name = self.name("object")
        self.lines.append(f"def {name}(s, c):\n return {{{', '.join(parts)}}}")
        size = len(parts) + sum(self.size(nodes) for nodes in fields.values())
        origin = type.extensions[STRAWBERRY].origin
        if "parts" in getattr(origin, "__annotations__", ()) and size >= WORTH_KEEPING:
            part, number = self.name("part"), len(self.names)
            self.lines.append(
                f"def {part}(s, c):\n f = s.parts.get({number}) if s.parts is not None else None\n"
                f" return c.keep(s, {number}, {name}(s, c)) if f is None else f"
            )
            return part, size
        return name, size

    def size(self, nodes: Sequence[FieldNode]) -> int:
        return sum(len(selection.selections) for selection in self.selections.below(nodes))

    def field(self, parent: GraphQLObjectType, nodes: Sequence[FieldNode], subject: Subject | Row) -> str:
        name = nodes[0].name.value
        if name == "__typename":
            return repr(parent.name)
        definition = parent.fields[name]
        metadata = metadata_of(definition)
        if "tabled" in metadata and (rows := self.rows(metadata["tabled"], definition, nodes)):
            return f"{rows}({subject}, c)"
        if isinstance(subject, Row):
            if "constant" in metadata:
                return subject.constant(self.name("constant", subject.constants_of(definition)))
            if "across" in metadata:
                return subject.across(metadata["across"], self.each(definition, nodes))
            if "picked" in metadata:
                listed, places = metadata["picked"]
                answers = self.complete(definition.type, nodes, f"t.{listed}")
                return subject.picked(answers, str(places).format(s=subject))
        return self.complete(definition.type, nodes, self.value(definition, nodes[0], subject))

    def rows(self, tabled: Tabled, definition: GraphQLField, nodes: Sequence[FieldNode]) -> str | None:
        """The name of the function that makes the items of a list as rows of a table; None where they are objects."""
        shape = tabled.shape(**self.arguments(definition, nodes[0]))
        if shape is None:
            return None
        type = get_named_type(definition.type)
        assert isinstance(type, GraphQLObjectType)
        fields = self.selections.fields(type, self.selections.below(nodes))
        row = Row(tabled, shape)
        answer = ", ".join(f"{key!r}: {self.field(type, some, row)}" for key, some in fields.items())
        used = row.used or {"_": f"t.{next(iter(tabled.lists.values()))}"}
        name = self.name("rows")
        self.lines += (
            f"def {name}(s, c):",
            f" t, found = {self.name('table', tabled.table)}(s, {self.name('shape', shape)}), []",
            *[f" {line}" for line in row.before],
            f" for {', '.join(used)}, in zip({', '.join(used.values())}):",
            f"  found.append({{{answer}}})",
            " return found",
        )
        return name

    def each(self, definition: GraphQLField, nodes: Sequence[FieldNode]) -> str:
        """The name of the function that makes the answers for all items of a list, each of which is asked for alone."""
        name, x = self.name("each"), self.name("x")
        list_type = get_nullable_type(definition.type)
        assert isinstance(list_type, GraphQLList)
        answer = self.complete(list_type.of_type, nodes, x)
        number = len(self.names)
        self.lines.append(
            f"def {name}(s, c):\n f = s.parts.get({number}) if s.parts is not None else None\n"
            f" return c.keep_each(s, {number}, [{answer} for {x} in s.{definition.extensions[STRAWBERRY].python_name}])"
            f" if f is None else f"
        )
        return name

    def value(self, definition: GraphQLField, node: FieldNode, subject: Subject | Row) -> str:
        """What a field of an object resolves to, as an expression."""
        known = definition.extensions[STRAWBERRY]
        if "inlined" in known.metadata:
            return str(known.metadata["inlined"]).format(s=subject)
        if known.base_resolver is None:
            return f"{subject}.{known.python_name}"
        resolver = known.base_resolver.wrapped_func
        arguments = [str(subject)]
        if "info" in signature(resolver).parameters:
            arguments.append("info=c")
        given = self.arguments(definition, node)
        arguments += [f"{name}={self.name('value', value)}" for name, value in given.items()]
        return f"{self.name('resolve', resolver)}({', '.join(arguments)})"

    def arguments(self, definition: GraphQLField, node: FieldNode) -> dict[str, Any]:
        """The arguments of a field as its resolver takes them."""
        if not definition.args:
            return {}
        try:
            given = get_argument_values(definition, node, self.selections.variables)
        except GraphQLError:
            raise UnsupportedError from None
        registry = self.schema.schema_converter.scalar_registry
        return convert_arguments(given, definition.extensions[STRAWBERRY].arguments, registry, self.schema.config)

    def complete(self, type: GraphQLOutputType, nodes: Sequence[FieldNode], value: str) -> str:
        """What a value of a type is in the answer, as an expression."""
        x = self.name("x")
        if not is_non_null_type(type):
            return f"None if ({x} := {value}) is None else {self.complete_known(type, nodes, x, x)}"
        return self.complete_known(type.of_type, nodes, x, value)

    def complete_known(self, type: GraphQLOutputType, nodes: Sequence[FieldNode], x: str, value: str) -> str:
        """The same for a value that may not be null; `x` is a name that it can be called by."""
        if isinstance(type, GraphQLScalarType | GraphQLEnumType):
            return leaf(type, self.name, x, value)
        if isinstance(type, GraphQLList):
            return f"[{self.complete(type.of_type, nodes, x)} for {x} in {value}]"
        if isinstance(type, GraphQLObjectType):
            return f"{self.object(type, self.selections.below(nodes))}({value}, c)"
        assert isinstance(type, GraphQLInterfaceType)
        below = self.selections.below(nodes)
        functions = {
            possible.extensions[STRAWBERRY].origin: self.object(possible, below)
            for possible in self.selections.schema.get_possible_types(type)
        }
        of_class = self.name("of_class", {})
        for origin, function in functions.items():
            self.lines.append(f"{of_class}[{self.name('class', origin)}] = {function}")
        return f"{of_class}[({x} := {value}).__class__]({x}, c)"
