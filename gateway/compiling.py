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
from functools import cache, partial
from inspect import signature
from itertools import count
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
from gateway.subjects import Row, Subject
from schema.plan import STRAWBERRY, Entry, Root, Tabled, metadata_of
from schema.selection import Fields, Selections

WORTH_KEEPING = 4
"""From this many fields on, looking up the bytes that are kept costs less than making them again."""


class UnsupportedError(Exception):
    """The operation has something in it that is left to graphql-core."""


Function = Callable[[Any, OperationContext], Any]
"""Makes the answer for a value."""


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
    complete: Function


def compiled(schema: strawberry.Schema, roots: Sequence[Root], selections: Selections) -> list[Step]:
    """Compiles some root fields with all that is selected of them.

    Raises UnsupportedError where graphql-core has to execute the operation.
    """
    maker = _Maker(schema, selections)
    return [
        Step(
            root.key,
            root.nodes,
            root.entry,
            not is_non_null_type(root.definition.type),
            Path(None, root.key, "Query"),
            maker.resolver(root),
            maker.root(root),
        )
        for root in roots
    ]


_MAKING: Recent[Callable[..., Function]] = Recent(2_000)
"""What makes recent functions: those that select the same have the same source, whichever plans they are of."""
LOCAL = object()
"""What a name stands for that is a variable of its function."""


def _making(source: str) -> Callable[..., Function]:
    known = _MAKING.get(source)
    if known is None:
        found: dict[str, Callable[..., Function]] = {}
        # Nothing of a request is in the source but the response keys, as literals, and these are names.
        exec(compile(source, "<plan>", "exec"), {}, found)  # noqa: S102
        known = _MAKING.put(source, found["making"])
    return known


class _Maker:
    def __init__(self, schema: strawberry.Schema, selections: Selections) -> None:
        self.schema = schema
        self.selections = selections
        self.names: dict[str, Any] = {}
        self.numbers = count()
        self.known: dict[Any, tuple[Function, int]] = {}

    def root(self, root: Root) -> Function:
        return self.function(lambda: [f"return {self.complete(root.definition.type, root.nodes, 's')}"])

    def function(self, lines: Callable[[], Sequence[str]]) -> Function:
        """The function of an object `s` and the context `c` with some lines.

        What it calls by name is its own, and is named while the lines are made: so its source says nothing of where it
        stands in the plan.
        """
        outside, self.names = self.names, {}
        body = "\n  ".join(["def made(s, c):", *lines()])
        given = {name: value for name, value in self.names.items() if value is not LOCAL}
        self.names = outside
        return _making(f"def making({', '.join(given)}):\n {body}\n return made")(*given.values())

    def resolver(self, root: Root) -> Callable[..., Any]:
        """The resolver of a root field that leads to no rows, with its arguments."""
        resolver = root.definition.extensions[STRAWBERRY].base_resolver.wrapped_func
        return partial(resolver, None, **({} if root.entry else self.arguments(root.definition, root.nodes[0])))

    def name(self, prefix: str, value: Any = LOCAL) -> str:
        name = f"{prefix}{len(self.names)}"
        self.names[name] = value
        return name

    def object(self, type: GraphQLObjectType, selections: Sequence[SelectionSetNode]) -> Function:
        """The function for a selection of an object type."""
        key = type.name, *map(id, selections)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.new_object(type, selections)
        return found[0]

    def new_object(self, type: GraphQLObjectType, selections: Sequence[SelectionSetNode]) -> tuple[Function, int]:
        fields = self.selections.fields(type, selections)
        whole = self.function(lambda: [f"return {self.answer(type, fields, Subject())}"])
        size = len(fields) + sum(self.size(nodes) for nodes in fields.values())
        origin = type.extensions[STRAWBERRY].origin
        if "parts" not in getattr(origin, "__annotations__", ()) or size < WORTH_KEEPING:
            return whole, size
        return self.part(lambda number: f"c.keep(s, {number}, {self.name('whole', whole)}(s, c))"), size

    def part(self, made: Callable[[int], str]) -> Function:
        """The function of a part that may be kept with its object by a number, and is else what the expression says."""
        number = next(self.numbers)
        return self.function(
            lambda: [
                f"f = s.parts.get({number}) if s.parts is not None else None",
                f"return {made(number)} if f is None else f",
            ]
        )

    def answer(self, type: GraphQLObjectType, fields: Fields, subject: Subject | Row) -> str:
        """The answer for an object, as an expression."""
        return f"{{{', '.join(f'{key!r}: {self.field(type, nodes, subject)}' for key, nodes in fields.items())}}}"

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

        def lines() -> list[str]:
            row = Row(tabled, shape)
            answer = self.answer(type, fields, row)
            used = row.used or {"_": row.any_list}
            lists = ", ".join(used.values())
            return [
                f"t, found = {self.name('table', tabled.table)}(s, {self.name('shape', shape)}), []",
                *row.before,
                f"for {', '.join(used)} in {lists if len(used) == 1 else f'zip({lists})'}:",
                *(f" {line}" for line in row.within),
                f" found.append({answer})",
                "return found",
            ]

        return self.name("rows", self.function(lines))

    def each(self, definition: GraphQLField, nodes: Sequence[FieldNode]) -> str:
        """The name of the function that makes the answers for all items of a list, each of which is asked for alone."""
        list_type, items = get_nullable_type(definition.type), definition.extensions[STRAWBERRY].python_name
        assert isinstance(list_type, GraphQLList)

        def made(number: int) -> str:
            x = self.name("x")
            return f"c.keep_each(s, {number}, [{self.complete(list_type.of_type, nodes, x)} for {x} in s.{items}])"

        return self.name("each", self.part(made))

    def value(self, definition: GraphQLField, node: FieldNode, subject: Subject | Row) -> str:
        """What a field of an object resolves to, as an expression."""
        known = definition.extensions[STRAWBERRY]
        if "inlined" in known.metadata:
            return str(known.metadata["inlined"]).format(s=subject)
        if known.base_resolver is None:
            return f"{subject}.{known.python_name}"
        resolver = known.base_resolver.wrapped_func
        arguments = [str(subject)]
        if _takes_info(resolver):
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
        # What has a name already needs no other.
        x = value if value.isidentifier() else self.name("x")
        if not is_non_null_type(type):
            given = x if x == value else f"({x} := {value})"
            return f"None if {given} is None else {self.complete_known(type, nodes, x, x)}"
        return self.complete_known(type.of_type, nodes, x, value)

    def complete_known(self, type: GraphQLOutputType, nodes: Sequence[FieldNode], x: str, value: str) -> str:
        """The same for a value that may not be null; `x` is a name that it can be called by."""
        if isinstance(type, GraphQLScalarType | GraphQLEnumType):
            return leaf(type, self.name, x, value)
        if isinstance(type, GraphQLList):
            return f"[{self.complete(type.of_type, nodes, x)} for {x} in {value}]"
        if isinstance(type, GraphQLObjectType):
            return f"{self.name('object', self.object(type, self.selections.below(nodes)))}({value}, c)"
        assert isinstance(type, GraphQLInterfaceType)
        below = self.selections.below(nodes)
        functions = {
            possible.extensions[STRAWBERRY].origin: self.object(possible, below)
            for possible in self.selections.schema.get_possible_types(type)
        }
        given = x if x == value else f"({x} := {value})"
        return f"{self.name('of_class', functions)}[{given}.__class__]({x}, c)"


@cache
def _takes_info(resolver: Callable[..., Any]) -> bool:
    return "info" in signature(resolver).parameters
