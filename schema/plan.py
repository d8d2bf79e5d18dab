"""Turns a selection into what it needs: read once an operation, before the first resolver runs.

Each field of the schema says beside its resolver what it needs (`planned`, `reads`); this module only walks the
selection, evaluates `@skip` and `@include`, spells out fragments where their type applies, and passes the arguments on.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import strawberry
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.values import get_argument_values, get_directive_values

from schema.needs import Needs
from schema.rules.errors import RuleError
from schema.rules.scorecard import Scorecard

DEFAULT_PAGE = 20
"""How many items a page holds where the query does not say."""

STRAWBERRY = "strawberry-definition"
"""Where Strawberry keeps its own description of a field in graphql-core's."""


@dataclass
class Selected:
    """A selected field as its planner sees it.

    `key` is its name in the answer. `target` is what the parent's planner handed down, `needs` what the whole operation
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


def planned(planner: Planner) -> dict[str, Any]:
    """The metadata of a field whose needs depend on its arguments or on what is selected below it."""
    return {"plan": planner}


def reads(*columns: str) -> dict[str, Any]:
    """The metadata of a field that is read from columns of its target's table."""

    def planner(selected: Selected) -> None:
        selected.target.columns.update(columns)
        selected.descend(selected.target)

    return planned(planner)


def column(name: str, description: str) -> Any:
    """A field that is one column of the `row` its type is made from, with the type of its annotation."""

    def read(root: Any) -> Any:
        return root.row[name]

    return strawberry.field(resolver=read, description=description, metadata=reads(name))


@dataclass
class Plan:
    """What an operation needs, and what was wrong with the arguments of its root fields, by response key.

    `items` is how many items of lists it asks for at most: every page is taken to be full, pages inside of pages.
    """

    needs: Needs = field(default_factory=Needs)
    failures: dict[str, Exception] = field(default_factory=dict)
    items: int = 0


def plan(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Any,
    scorecard: Scorecard,
) -> Plan:
    """Plans a validated query. `variables` are its coerced variable values."""
    made = Plan()
    walk = _Walk(schema, fragments, variables, scorecard, made)
    assert schema.query_type is not None
    walk.root(schema.query_type, operation.selection_set)
    return made


def _most_items(definition: GraphQLField, args: Mapping[str, Any]) -> int:
    """How many times what is below a field may come back."""
    for name in ("of", "ids"):
        if name in definition.args:
            return max(1, len(args[name]))
    if "first" not in definition.args or "after" not in definition.args:
        return 1
    sizes = [args[name] for name in ("first", "last") if args.get(name) is not None]
    return max(1, max(sizes, default=DEFAULT_PAGE))


def _check_texts(value: Any) -> None:
    """Raises RuleError (BAD_INPUT) for a text that no database can hold."""
    if isinstance(value, str):
        if "\0" in value:
            raise RuleError("BAD_INPUT", "A text holds the character U+0000, which no name has.")
    elif isinstance(value, Mapping):
        for item in value.values():
            _check_texts(item)
    elif isinstance(value, list):
        for item in value:
            _check_texts(item)


def _key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value


@dataclass
class _Walk:
    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Any
    scorecard: Scorecard
    made: Plan
    repeated: int = 1

    def root(self, query: GraphQLObjectType, selection: SelectionSetNode) -> None:
        for node in self._fields(query, selection, set()):
            try:
                self._field(query, node, self.made.needs)
            except RuleError as error:
                self.made.failures[_key(node)] = error

    def _below(self, parent: GraphQLObjectType, selection: SelectionSetNode, target: Any) -> None:
        for node in self._fields(parent, selection, set()):
            # What is wrong below the root is told by the resolver, which knows its path; nothing is read for it.
            try:
                self._field(parent, node, target)
            except RuleError:
                continue

    def _field(self, parent: GraphQLObjectType, node: FieldNode, target: Any) -> None:
        definition = parent.fields.get(node.name.value)
        if definition is None:
            return

        def descend(below: Any, type_name: str | None = None) -> None:
            if node.selection_set is None:
                return
            named = get_named_type(definition.type)
            if is_abstract_type(named):
                if type_name is None:
                    return
                named = self.schema.get_type(type_name)
            assert isinstance(named, GraphQLObjectType)
            self._below(named, node.selection_set, below)

        planner = definition.extensions[STRAWBERRY].metadata.get("plan")
        if planner is None:
            descend(target)
        else:
            args = get_argument_values(definition, node, self.variables)
            _check_texts(args)
            outside = self.repeated
            self.repeated *= _most_items(definition, args)
            if self.repeated > outside:
                self.made.items += self.repeated
            try:
                planner(Selected(_key(node), self.made.needs, target, args, self.scorecard, descend))
            finally:
                self.repeated = outside

    def _fields(self, parent: GraphQLObjectType, selection: SelectionSetNode, visited: set[str]) -> Iterator[FieldNode]:
        for node in selection.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or self._applies(parent, node.type_condition.name.value):
                    yield from self._fields(parent, node.selection_set, visited)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in visited:
                visited.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(parent, fragment.type_condition.name.value):
                    yield from self._fields(parent, fragment.selection_set, visited)

    def _included(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not include or bool(include["if"])

    def _applies(self, parent: GraphQLObjectType, condition: str) -> bool:
        return parent.name == condition or any(interface.name == condition for interface in parent.interfaces)
