"""From a request to the plan that answers it: each step is taken once, and found again by what it depends on.

A document is parsed, measured and validated once. Of an operation, what its variables change is told apart: those that
only say which rows a root field is about are looked at for each request; for all others, and for what these rows are
(one artifact or a comparison of three), there is one plan each.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    Node,
    OperationDefinitionNode,
    OperationType,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_variable_values

from gateway.compiling import Step, UnsupportedError, compiled
from gateway.limits import check_limits
from gateway.loaders import Asked
from gateway.recent import Recent
from gateway.settings import Settings
from gateway.variables import (
    ABSENT,
    Coerced,
    coerced_args,
    frozen,
    inner_variables,
    quick_args,
    simple,
    varying_args,
)
from schema.build import build_schema, core_schema
from schema.needs import Needs
from schema.paging import PageRequest
from schema.plan import Args, find, plan, roots
from schema.rules.errors import RuleError
from schema.rules.scorecard import Scorecard
from schema.selection import Selections

DOCUMENTS, PLANS = 512, 2_000
"""How many of each are kept."""
MANY_ITEMS = 500
"""An answer with more items than this takes milliseconds to put together."""


_NUMBERS = count(1)


class RefusedError(Exception):
    """A request that is not executed at all, with what is wrong with it."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        self.errors = errors


def coded(error: GraphQLError, code: str) -> GraphQLError:
    """The error with a code, unless it has one."""
    error.extensions = {"code": code} | (error.extensions or {})
    return error


@dataclass(slots=True)
class OperationPlan:
    """What is read for an operation, and what makes its answer. `steps` is None where graphql-core has to make it.

    It is run in a thread where it `takes_long`, and `in_thread` times more since it held up the event loop.

    `number` is its own among all plans of the process. `typenames` are the keys of `__typename` at the root.
    """

    number: int
    document: DocumentNode
    needs: Needs
    failures: Mapping[str, RuleError]
    steps: Sequence[Step] | None
    order: Sequence[str]
    typenames: Sequence[str]
    takes_long: bool
    in_thread: int = 0

    @property
    def reads(self) -> bool:
        """Whether anything is read for it at all."""
        needs = self.needs
        return bool(needs.named or needs.pages or needs.catalogue.columns or needs.kind_counts or needs.attribute_kinds)


class Planned(NamedTuple):
    """A request with its plan: what its arguments name, and what is wrong with those that name nothing."""

    plan: OperationPlan
    args: Mapping[str, Args]
    asked: Asked
    failures: Mapping[str, RuleError]
    variables: Mapping[str, Any]
    operation_name: str | None

    @property
    def key(self) -> Hashable:
        """Two requests with the same key have the same answer, at one version of the catalogue."""
        named = tuple((name, tuple(map(tuple, names))) for name, names in self.asked.named.items())
        return self.plan.number, named, tuple(self.asked.pages.items())


class _Stage:
    """An operation under the values of those variables that are more than names of rows."""

    def __init__(self, operation: "_Operation", selections: Selections) -> None:
        schema = core_schema()
        assert schema.query_type is not None
        self.number = next(_NUMBERS)
        self.selections = selections
        self.fields = selections.fields(schema.query_type, [operation.node.selection_set])
        self.roots = roots(schema.query_type, self.fields)
        self.typenames = [key for key, nodes in self.fields.items() if nodes[0].name.value == "__typename"]
        self.introspects = len(self.roots) + len(self.typenames) < len(self.fields)
        self.latest: tuple[list[Hashable], OperationPlan] | None = None
        self._constant = [coerced_args(root, selections.variables) for root in self.roots]
        self._varying = [varying_args(root) for root in self.roots]

    def args(self, coerced: Coerced, all_coerced: Callable[[], VariableValues]) -> list[Args | None]:
        """The arguments of the root fields, None for one whose arguments cannot be coerced."""
        found: list[Args | None] = []
        for root, constant, varying in zip(self.roots, self._constant, self._varying, strict=True):
            if not varying:
                found.append(constant)
                continue
            quick = None if constant is None else quick_args(root, constant, varying, coerced)
            found.append(coerced_args(root, all_coerced()) if quick is None else quick)
        return found


class _Operation:
    """An operation of a valid document."""

    def __init__(self, number: int, document: DocumentNode, node: OperationDefinitionNode) -> None:
        self.number = number
        self.document = document
        self.node = node
        self.fragments = {n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)}
        self.definitions = node.variable_definitions or ()
        self.simple = [simple(definition) for definition in self.definitions]
        self.inner = sorted(inner_variables(node, self.fragments))
        self.only_stage: _Stage | None = None

    def quickly_coerced(self, given: Mapping[str, Any]) -> Coerced | None:
        """The values of variables, where all are of simple types and as they should be."""
        found = {}
        for one in self.simple:
            if one is None:
                return None
            name, accepts = one
            value = given.get(name, ABSENT)
            if not accepts(value):
                return None
            found[name] = value
        return found

    def coerced(self, given: Mapping[str, Any]) -> VariableValues:
        """The values of all variables. Raises RefusedError."""
        values = get_variable_values(core_schema(), self.definitions, dict(given))
        if isinstance(values, list):
            raise RefusedError([coded(error, "BAD_VARIABLES") for error in values])
        return values


@dataclass(frozen=True, slots=True)
class _Document:
    node: DocumentNode
    errors: list[GraphQLError]
    operations: dict[str | None, _Operation] = field(default_factory=dict)


class Planner:
    """Plans requests."""

    def __init__(self, settings: Settings, scorecard: Scorecard) -> None:
        self._settings = settings
        self._scorecard = scorecard
        self._documents: Recent[_Document] = Recent(DOCUMENTS)
        self._stages: Recent[_Stage] = Recent(PLANS)
        self._plans: Recent[OperationPlan] = Recent(PLANS)

    def knows(self, query: str) -> bool:
        """Whether a document has been met lately, so that planning takes microseconds."""
        return self._documents.get(query) is not None

    def planned(self, query: str, given: Mapping[str, Any], name: str | None) -> Planned:
        """The plan of a request. Raises RefusedError where it may not be executed."""
        document = self._documents.get(query) or self._documents.put(query, self._document(query))
        if document.errors:
            raise RefusedError(document.errors)
        operation = document.operations.get(name)
        if operation is None:
            operation = document.operations[name] = _Operation(
                next(_NUMBERS), document.node, _operation(document.node, name)
            )
        all_values: VariableValues | None = None

        def all_coerced() -> VariableValues:
            nonlocal all_values
            if all_values is None:
                all_values = operation.coerced(given)
            return all_values

        coerced = operation.quickly_coerced(given)
        if coerced is None:
            coerced = all_coerced().coerced
        key: tuple[Hashable, ...] = ()
        stage = operation.only_stage
        if stage is None:
            key = operation.number, *[frozen(given.get(name, ABSENT)) for name in operation.inner]
            stage = self._stages.get(key)
            if stage is None:
                stage = _Stage(operation, Selections(core_schema(), operation.fragments, all_coerced()))
                self._stages.put(key, stage)
                if not operation.inner:
                    operation.only_stage = stage
        args = stage.args(coerced, all_coerced)
        shapes = [
            # None tells arguments that cannot be coerced apart from any others: no shape is None.
            None if own is None else root.entry.shape(own) if root.entry else ()
            for root, own in zip(stage.roots, args, strict=True)
        ]
        latest = stage.latest
        if latest is not None and latest[0] == shapes:
            found = latest[1]
        else:
            key = stage.number, *shapes
            found = self._plans.get(key) or self._plans.put(key, self._plan(operation, stage, args))
            stage.latest = shapes, found
        return _planned(found, stage, args, given, name)

    def _document(self, query: str) -> _Document:
        try:
            document = parse(query, max_tokens=self._settings.max_tokens)
        except GraphQLSyntaxError as error:
            raise RefusedError([coded(error, _syntax_code(error))]) from None
        except RecursionError:
            raise RefusedError([_error("The query is nested too deep.", "QUERY_TOO_DEEP")]) from None
        try:
            check_limits(document, self._settings)
        except GraphQLError as error:
            raise RefusedError([error]) from None
        errors = validate(core_schema(), document)
        if any(error.message == "Validation aborted." for error in errors):
            text = "The query is too large to validate: it names the same fields too often."
            return _Document(document, [_error(text, "QUERY_TOO_LARGE")])
        return _Document(document, [coded(error, "INVALID_QUERY") for error in errors])

    def _plan(self, operation: _Operation, stage: _Stage, args: Sequence[Args | None]) -> OperationPlan:
        made = plan(stage.roots, args, stage.selections, self._scorecard)
        most = self._settings.max_items
        if made.items > most:
            text = f"The operation asks for up to {made.items} items; at most {most} are given at once."
            raise RefusedError([_error(text, "QUERY_TOO_LARGE", operation.node)])
        return OperationPlan(
            next(_NUMBERS),
            operation.document,
            made.needs,
            made.failures,
            _steps(stage, args),
            list(stage.fields),
            stage.typenames,
            made.needs.takes_long or made.items > MANY_ITEMS or stage.introspects,
        )


def _planned(
    found: OperationPlan, stage: _Stage, args: Sequence[Args | None], given: Mapping[str, Any], name: str | None
) -> Planned:
    named: dict[str, Any] = {}
    pages: dict[str, PageRequest] = {}
    failures: dict[str, RuleError] = {}
    by_key: dict[str, Args] = {}
    for root, own in zip(stage.roots, args, strict=True):
        if root.entry is None or own is None:
            continue
        by_key[root.key] = own
        try:
            rows = find(root.entry, own)
        except RuleError as error:
            failures[root.key] = error
            continue
        if isinstance(rows, PageRequest):
            pages[root.key] = rows
        else:
            named[root.key] = rows
    if found.failures:
        failures.update(found.failures)
    return Planned(found, by_key, Asked(named, pages), failures, given, name)


def _steps(stage: _Stage, args: Sequence[Args | None]) -> list[Step] | None:
    if stage.introspects or None in args:
        return None
    try:
        return compiled(build_schema(), stage.roots, stage.selections)
    except (UnsupportedError, GraphQLError):
        # A directive that cannot be evaluated is an error of the field above it, and of none where nothing comes back.
        return None


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operation = get_operation_ast(document, name)
    if operation is None:
        names = [
            node.name.value if node.name else "(unnamed)"
            for node in document.definitions
            if isinstance(node, OperationDefinitionNode)
        ]
        text = f"`operationName` has to be one of the document's operations: {', '.join(names)}."
        raise RefusedError([_error(text, "UNKNOWN_OPERATION")])
    if operation.operation is not OperationType.QUERY:
        raise RefusedError([_error("Only queries are answered.", "NOT_A_QUERY", operation)])
    return operation


def _error(text: str, code: str, node: Node | None = None) -> GraphQLError:
    return GraphQLError(text, node, extensions={"code": code})


def _syntax_code(error: GraphQLSyntaxError) -> str:
    if "tokens" in error.message:
        return "QUERY_TOO_LARGE"
    return "QUERY_TOO_DEEP" if "nested too deeply" in error.message else "SYNTAX_ERROR"
