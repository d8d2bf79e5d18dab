"""What an operation selects: fields by response key, with directives evaluated and fragments spelled out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    SelectionSetNode,
)
from graphql.execution.values import VariableValues, get_directive_values

Fields = dict[str, list[FieldNode]]
"""Selected fields by response key, in the order of the answer; those that have one key are one field."""


@dataclass(frozen=True, slots=True)
class Selections:
    """Reads the selections of a validated document, under the values that its variables have."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: VariableValues

    def fields(self, parent: GraphQLObjectType, selections: Iterable[SelectionSetNode]) -> Fields:
        """What some selections of one object come to, merged as the specification has it (CollectFields)."""
        found: Fields = {}
        visited: set[str] = set()
        for selection in selections:
            self._collect(parent, selection, found, visited)
        return found

    def below(self, nodes: Sequence[FieldNode]) -> list[SelectionSetNode]:
        """The selections below a field."""
        return [node.selection_set for node in nodes if node.selection_set is not None]

    def _collect(
        self, parent: GraphQLObjectType, selection: SelectionSetNode, found: Fields, visited: set[str]
    ) -> None:
        for node in selection.selections:
            if node.directives and not self._included(node):
                continue
            if isinstance(node, FieldNode):
                found.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or _applies(parent, node.type_condition.name.value):
                    self._collect(parent, node.selection_set, found, visited)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in visited:
                visited.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if _applies(parent, fragment.type_condition.name.value):
                    self._collect(parent, fragment.selection_set, found, visited)

    def _included(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not include or bool(include["if"])


def _applies(parent: GraphQLObjectType, condition: str) -> bool:
    return parent.name == condition or any(interface.name == condition for interface in parent.interfaces)
