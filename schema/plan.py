"""Turns a selection into what it needs: planned once for an operation, whichever rows it is then asked about.

Each field of the schema says beside its resolver what it needs (`planned`, `reads`); this module only walks the
selection and passes the arguments on. The fields at the root that lead to rows also say how their arguments find them
(`entered`): that is looked at for each request, and what is read of the rows does not depend on it.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import strawberry
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.values import get_argument_values

from schema.data import Data
from schema.needs import Needs
from schema.rules.errors import RuleError
from schema.rules.scorecard import Scorecard
from schema.selection import Selections

DEFAULT_PAGE = 20
"""How many items a page holds where the query does not say."""

STRAWBERRY = "strawberry-definition"
"""Where Strawberry keeps its own description of a field in graphql-core's."""


@dataclass
class Selected:
    """A selected field as its planner sees it.

    `key` is its name in the answer. `args` are its arguments; at the root, planners look at no more of them than the
    entry's `shape` tells apart. `target` is what the parent's planner handed down, `needs` what the whole operation
    reads. `descend` plans the fields below with the given target; where the field's type is an interface, `type_name`
    says which object type to take it for.
    """

    key: str
    needs: Needs
    target: Any
    args: Mapping[str, Any]
    scorecard: Scorecard
    descend: Callable[..., None]


Planner = Callable[[Selected], None]
Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """How the arguments of a root field find rows, and what it is made of these.

    `find` tells what they name, and raises RuleError where they name nothing that could be. `shape` tells apart the
    arguments that need different things read. `make` is given the data of the request, the arguments, and what was
    read: the page that the field asks for, or else the records that it names.
    """

    find: Callable[[Args], Any]
    shape: Callable[[Args], Hashable]
    make: Callable[[Data, Args, Any], Any]


def planned(planner: Planner) -> dict[str, Any]:
    """The metadata of a field whose needs depend on its arguments or on what is selected below it."""
    return {"plan": planner}


def entered(planner: Planner, entry: Entry) -> dict[str, Any]:
    """The metadata of a root field that leads to rows."""
    return planned(planner) | {"entry": entry}


def metadata_of(definition: GraphQLField) -> Mapping[str, Any]:
    """What a field of the schema says beside its resolver."""
    found: Mapping[str, Any] = definition.extensions[STRAWBERRY].metadata
    return found


def reads(*columns: str) -> dict[str, Any]:
    """The metadata of a field that is read from columns of its target's table."""

    def planner(selected: Selected) -> None:
        selected.target.columns.update(columns)
        selected.descend(selected.target)

    return planned(planner)


def inlined(expression: str) -> dict[str, Any]:
    """The metadata of a field that is also an expression of Python: plans take it instead of calling the resolver.

    `{s}` stands for the object, `{s.name}` for one of its attributes, `{s.name.of}` for one of that one's. Both have to
    come to the same.
    """
    return {"inlined": expression}


@dataclass(frozen=True, slots=True)
class Tabled:
    """How a plan makes the items of a list without an object for each: as the rows of a table.

    `shape` is worked out of the field's arguments when the plan is made; None where items have to be made. `table`
    makes the table out of the object that has the field, and the shape. `lists` names the lists of the table that hold,
    one a row, what attributes of an item would be, and `constants` those of the shape: fields that are `constant` are
    made of these alone. Where an attribute is a named tuple and a list holds plain ones, `tuples` has their names.
    """

    shape: Callable[..., Any]
    table: Callable[[Any, Any], Any]
    lists: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    tuples: Mapping[str, Sequence[str]] = field(default_factory=dict)


CONSTANT = {"constant": True}
"""The metadata of a field that says the same in a row of all tables of one shape."""


def shown(path: str, description: str, metadata: Mapping[str, Any] | None = None) -> Any:
    """A field that is what an attribute of its object is, perhaps one of an attribute, such as `spec.label`."""
    get = attrgetter(path)

    def read(root: Any) -> Any:
        return get(root)

    return strawberry.field(
        resolver=read, description=description, metadata=inlined(f"{{s.{path}}}") | dict(metadata or {})
    )


def column(name: str, description: str) -> Any:
    """A field that is one column of the `row` its type is made from, with the type of its annotation."""

    def read(root: Any) -> Any:
        return root.row[name]

    return strawberry.field(
        resolver=read, description=description, metadata=reads(name) | inlined(f"{{s}}.row[{name!r}]")
    )


@dataclass(frozen=True, slots=True)
class Root:
    """A field at the root of an operation: its name in the answer, where it stands, and how its arguments find rows."""

    key: str
    nodes: Sequence[FieldNode]
    definition: GraphQLField
    entry: Entry | None


@dataclass
class Plan:
    """What an operation needs, and what was wrong with the arguments of root fields that find no rows, by key.

    `items` is how many items of lists it asks for at most: every page is taken to be full, pages inside of pages.
    """

    needs: Needs = field(default_factory=Needs)
    failures: dict[str, RuleError] = field(default_factory=dict)
    items: int = 0


def roots(query: GraphQLObjectType, nodes: Mapping[str, Sequence[FieldNode]]) -> list[Root]:
    """The fields at the root, without those of introspection."""
    found = []
    for key, some in nodes.items():
        definition = query.fields.get(some[0].name.value)
        if definition is not None:
            found.append(Root(key, some, definition, metadata_of(definition).get("entry")))
    return found


def find(entry: Entry, args: Args) -> Any:
    """What the arguments of a root field name. Raises RuleError."""
    check_texts(args)
    return entry.find(args)


def plan(found: Sequence[Root], args: Sequence[Args | None], selections: Selections, scorecard: Scorecard) -> Plan:
    """Plans the fields at the root of a validated query, each with its coerced arguments.

    Nothing is read for a field whose arguments are None: they cannot be coerced, which its execution tells.
    """
    made = Plan()
    walk = _Walk(selections, scorecard, made)
    for root, given in zip(found, args, strict=True):
        if given is None:
            continue
        try:
            if root.entry is None:
                check_texts(given)
            walk.field(root.key, root.definition, root.nodes, given, made.needs)
        except RuleError as error:
            made.failures[root.key] = error
    return made


def _most_items(definition: GraphQLField, args: Args) -> int:
    """How many times what is below a field may come back."""
    for name in ("of", "ids"):
        if name in definition.args:
            return max(1, len(args[name]))
    if "first" not in definition.args:
        return 1
    return max(1, most_on_page(args))


def most_on_page(args: Args) -> int:
    """How many items a page has at most, whether or not that is allowed."""
    sizes = [args[name] for name in ("first", "last") if args.get(name) is not None]
    return max(sizes, default=DEFAULT_PAGE)


def check_texts(args: Args) -> None:
    """Raises RuleError (BAD_INPUT) for a text that no database can hold."""
    for value in args.values():
        if value.__class__ is str:
            if "\0" in value:
                raise _no_text()
        elif value.__class__ is list:
            for item in value:
                if item.__class__ is str and "\0" in item:
                    raise _no_text()
        elif isinstance(value, Mapping):
            check_texts(value)


def _no_text() -> RuleError:
    return RuleError("BAD_INPUT", "A text holds the character U+0000, which no name has.")


@dataclass
class _Walk:
    selections: Selections
    scorecard: Scorecard
    made: Plan
    repeated: int = 1

    def below(self, parent: GraphQLObjectType, nodes: Sequence[FieldNode], target: Any) -> None:
        try:
            fields = self.selections.fields(parent, self.selections.below(nodes))
        except GraphQLError:
            # A directive that cannot be evaluated, which the execution tells of the field above it.
            return
        for key, some in fields.items():
            definition = parent.fields.get(some[0].name.value)
            if definition is None:
                continue
            # What is wrong below the root is told by the resolver, which knows its path; nothing is read for it.
            try:
                args = get_argument_values(definition, some[0], self.selections.variables) if definition.args else {}
                check_texts(args)
                self.field(key, definition, some, args, target)
            except (RuleError, GraphQLError):
                continue

    def field(self, key: str, definition: GraphQLField, nodes: Sequence[FieldNode], args: Args, target: Any) -> None:
        def descend(below: Any, type_name: str | None = None) -> None:
            if nodes[0].selection_set is None:
                return
            named: GraphQLNamedType | None = get_named_type(definition.type)
            if is_abstract_type(named):
                if type_name is None:
                    return
                named = self.selections.schema.get_type(type_name)
            assert isinstance(named, GraphQLObjectType)
            self.below(named, nodes, below)

        planner = metadata_of(definition).get("plan")
        if planner is None:
            descend(target)
            return
        outside = self.repeated
        self.repeated *= _most_items(definition, args)
        if self.repeated > outside:
            self.made.items += self.repeated
        try:
            planner(Selected(key, self.made.needs, target, args, self.scorecard, descend))
        finally:
            self.repeated = outside
