"""The operations of a document, and each of them under the values of its variables."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    Node,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
)
from graphql.execution.values import VariableValues, get_variable_values

from gateway.compiling import Step
from gateway.faults import coded
from gateway.variables import (
    ABSENT,
    Coerced,
    coerced_args,
    inner_variables,
    quick_args,
    simple,
    varying_args,
)
from schema.build import core_schema
from schema.needs import Needs
from schema.plan import Args, Root, roots
from schema.rules.errors import RuleError
from schema.selection import Selections

NUMBERS = count(1)
"""What tells operations, stages and plans of a process apart."""
Asked = list[tuple[Root, Args | None]]
"""Root fields with their arguments, None for one whose arguments cannot be coerced."""


class RefusedError(Exception):
    """A request that is not executed at all, with what is wrong with it."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors


def refusal(text: str, code: str, node: Node | None = None) -> GraphQLError:
    """An error with its code."""
    return GraphQLError(text, node, extensions={"code": code})


def named_operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation with a name, or the only one. Raises RefusedError (UNKNOWN_OPERATION)."""
    operation = get_operation_ast(document, name)
    if operation is None:
        names = [
            node.name.value if node.name else "(unnamed)"
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        ]
        text = f"`operationName` has to be one of the document's operations: {', '.join(names)}."
        raise RefusedError([refusal(text, "UNKNOWN_OPERATION")])
    return operation


@dataclass(slots=True)
class OperationPlan:
    """What is read for an operation, and what makes its answer. `steps` is None where graphql-core has to make it.

    It is run in a thread where it `takes_long`, and `in_thread` times more since it held up the event loop. `reads` is
    not set where nothing is read for it at all, `changes` is where it is a mutation, and `records` where something of
    it is to be recorded. Nothing is kept of what it reads and makes before it `ran` once.

    `number` is its own among all plans of the process. `outline` has the keys of the answer in their order.
    """

    number: int
    document: DocumentNode
    needs: Needs
    failures: Mapping[str, RuleError]
    steps: Sequence[Step] | None
    outline: dict[str, str | None]
    takes_long: bool
    reads: bool
    changes: bool = False
    records: bool = False
    in_thread: int = 0
    ran: bool = False


class Stage:
    """An operation under the values of those variables that are more than names of rows."""

    def __init__(self, operation: "Operation", selections: Selections) -> None:
        root = core_schema().get_root_type(operation.node.operation)
        assert root is not None
        self.number = next(NUMBERS)
        self.selections = selections
        self.changes = operation.node.operation is OperationType.MUTATION
        self._operation = operation
        self.fields = selections.fields(root, [operation.node.selection_set])
        self.roots = roots(root, self.fields)
        self.typenames = [key for key, nodes in self.fields.items() if nodes[0].name.value == "__typename"]
        self.introspects = len(self.roots) + len(self.typenames) < len(self.fields)
        self.latest: tuple[list[Hashable], OperationPlan] | None = None
        self._given = [(root, coerced_args(root, selections.variables), varying_args(root)) for root in self.roots]

    def asked(self, coerced: Coerced, given: Mapping[str, Any], values: VariableValues | None) -> Asked:
        """The root fields with their arguments.

        `values` are all that graphql-core tells of the variables `given`, where it was asked already.
        """
        found: Asked = []
        for root, constant, varying in self._given:
            own = constant
            if varying != []:
                own = None if constant is None or varying is None else quick_args(constant, varying, coerced)
                if own is None:
                    values = values or self._operation.coerced(given)
                    own = coerced_args(root, values)
            found.append((root, own))
        return found


class Operation:
    """An operation of a valid document."""

    def __init__(self, number: int, document: DocumentNode, node: OperationDefinitionNode) -> None:
        self.number = number
        self.document = document
        self.node = node
        self.fragments = {n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)}
        self.definitions = node.variable_definitions or ()
        self.simple = [simple(definition) for definition in self.definitions]
        self.inner = sorted(inner_variables(node, self.fragments))
        self.only_stage: Stage | None = None
        self.latest: tuple[Hashable, Stage] | None = None

    def quickly_coerced(self, given: Mapping[str, Any]) -> Coerced | None:
        """The values of variables as they are given, where all are of simple types and as they should be."""
        for one in self.simple:
            if one is None:
                return None
            name, known, accepts = one
            value = given.get(name, ABSENT)
            if value.__class__ is not known and not accepts(value):
                return None
        return given

    def coerced(self, given: Mapping[str, Any]) -> VariableValues:
        """The values of all variables. Raises RefusedError."""
        values = get_variable_values(core_schema(), self.definitions, dict(given))
        if isinstance(values, list):
            raise RefusedError([coded(error, "BAD_VARIABLES") for error in values])
        return values
