"""From a request to the plan that answers it: each step is taken once, and found again by what it depends on.

A document is parsed, measured and validated once. Of an operation, what its variables change is told apart: those that
only say which rows a root field is about are looked at for each request; for all others, and for what these rows are
(one artifact or a comparison of three), there is one plan each.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    parse,
)
from graphql.execution.values import VariableValues

from gateway.compiling import Step, UnsupportedError, compiled
from gateway.faults import coded
from gateway.limits import check_limits
from gateway.loaders import TakesLongError
from gateway.operations import NUMBERS, Asked, Operation, OperationPlan, RefusedError, Stage, named_operation, refusal
from gateway.recent import Recent
from gateway.settings import Settings
from gateway.validating import validated
from gateway.variables import ABSENT, frozen
from schema.build import build_schema, core_schema
from schema.plan import Args, find, plan
from schema.rules.errors import RuleError
from schema.rules.scorecard import Scorecard
from schema.selection import Selections

DOCUMENTS, PLANS = 256, 1_000
"""How many of each are kept."""
NEW, MET = 8, 10_000
"""How many documents are kept that were met only once, and of how many it is known that they were met at all."""
MANY_ITEMS = 500
"""An answer with more items than this takes milliseconds to put together."""


@dataclass(slots=True)
class Planned:
    """A request with its plan. By the response keys of root fields, `args` are their arguments, and `named` and `pages`
    what these name; `failures` is what is wrong with those that name nothing. What is asked is `recorded` or not.
    """

    plan: OperationPlan
    args: Mapping[str, Args]
    named: Mapping[str, Sequence[Sequence[str]]]
    pages: Mapping[str, Hashable]
    failures: Mapping[str, RuleError]
    variables: Mapping[str, Any]
    operation_name: str | None
    recorded: bool = False

    @property
    def key(self) -> Hashable:
        """Two requests with the same key have the same answer, at one version of the catalogue."""
        named = tuple((name, tuple(map(tuple, names))) for name, names in self.named.items())
        return self.plan.number, named, tuple(self.pages.items())


@dataclass(frozen=True, slots=True)
class _Document:
    node: DocumentNode
    errors: list[GraphQLError]
    operations: dict[str | None, Operation] = field(default_factory=dict)


class Planner:
    """Plans requests.

    A document is kept for long once it is met for the second time. Many come once and never again, as those that a
    client writes values into; they would push out all others, and what many of them leave has to be collected.
    """

    def __init__(self, settings: Settings, scorecard: Scorecard) -> None:
        self._settings = settings
        self._scorecard = scorecard
        self._documents: Recent[_Document] = Recent(DOCUMENTS)
        self._new: Recent[_Document] = Recent(NEW)
        self._met: Recent[bool] = Recent(MET)
        self._stages: Recent[Stage] = Recent(PLANS)
        self._plans: Recent[OperationPlan] = Recent(PLANS)

    def planned(self, query: str, given: Mapping[str, Any], name: str | None, *, patient: bool = True) -> Planned:
        """The plan of a request. Raises RefusedError where it may not be executed.

        Where `patient` is not set, raises TakesLongError for a new document.
        """
        document = self._documents.get(query) or self._met_again(query)
        if document is None:
            if not patient:
                raise TakesLongError
            document = self._new_document(query)
        if document.errors:
            raise RefusedError(document.errors)
        operation = document.operations.get(name)
        if operation is None:
            operation = document.operations[name] = Operation(
                next(NUMBERS), document.node, named_operation(document.node, name)
            )
        values: VariableValues | None = None
        coerced = operation.quickly_coerced(given)
        if coerced is None:
            values = operation.coerced(given)
            coerced = values.coerced
        stage = operation.only_stage or self._stage(operation, given, values)
        asked = stage.asked(coerced, given, values)
        shapes, args, named, pages, failures = _found(asked)
        latest = stage.latest
        if latest is not None and latest[0] == shapes:
            made = latest[1]
        else:
            made = self._plans.get((stage.number, *shapes)) or self._plan(operation, stage, asked)
            if latest is not None:
                # Only what is not the latest is kept here, so that it does not outlive the document it is of.
                self._plans.put((stage.number, *latest[0]), latest[1])
            stage.latest = shapes, made
        if made.failures:
            failures.update(made.failures)
        return Planned(made, args, named, pages, failures, given, name)

    def _stage(self, operation: Operation, given: Mapping[str, Any], values: VariableValues | None) -> Stage:
        inner = tuple([frozen(given.get(name, ABSENT)) for name in operation.inner])
        latest = operation.latest
        if latest is not None and latest[0] == inner:
            return latest[1]
        stage = self._stages.get((operation.number, inner))
        if stage is None:
            stage = Stage(operation, Selections(core_schema(), operation.fragments, values or operation.coerced(given)))
            if not operation.inner:
                operation.only_stage = stage
        if latest is not None:
            self._stages.put((operation.number, latest[0]), latest[1])
        operation.latest = inner, stage
        return stage

    def _met_again(self, query: str) -> _Document | None:
        document = self._new.get(query)
        return None if document is None else self._documents.put(query, document)

    def _new_document(self, query: str) -> _Document:
        document, known = self._document(query), hash(query)
        met = self._met.get(known)
        self._met.put(known, True)
        return (self._documents if met else self._new).put(query, document)

    def _document(self, query: str) -> _Document:
        try:
            document = parse(query, max_tokens=self._settings.max_tokens)
        except GraphQLSyntaxError as error:
            raise RefusedError([coded(error, _syntax_code(error))]) from None
        except RecursionError:
            raise RefusedError([refusal("The query is nested too deep.", "QUERY_TOO_DEEP")]) from None
        try:
            check_limits(document, self._settings)
        except GraphQLError as error:
            raise RefusedError([error]) from None
        errors = validated(document)
        if any(error.message == "Validation aborted." for error in errors):
            text = "The query is too large to validate: it names the same fields too often."
            return _Document(document, [refusal(text, "QUERY_TOO_LARGE")])
        return _Document(document, [coded(error, "INVALID_QUERY") for error in errors])

    def _plan(self, operation: Operation, stage: Stage, asked: Asked) -> OperationPlan:
        args = [own for _, own in asked]
        made = plan(stage.roots, args, stage.selections, self._scorecard)
        most = self._settings.max_items
        if made.items > most:
            text = f"The operation asks for up to {made.items} items; at most {most} are given at once."
            raise RefusedError([refusal(text, "QUERY_TOO_LARGE", operation.node)])
        return OperationPlan(
            next(NUMBERS),
            operation.document,
            made.needs,
            made.failures,
            _steps(stage, args),
            {key: "Query" if key in stage.typenames else None for key in stage.fields},
            made.needs.takes_long or made.items > MANY_ITEMS or stage.introspects,
            made.needs.reads,
            stage.changes,
            stage.changes or bool(made.needs.searches),
        )


def _found(
    asked: Asked,
) -> tuple[list[Hashable], dict[str, Args], dict[str, Any], dict[str, Hashable], dict[str, RuleError]]:
    """The shapes of the arguments, and by the keys of those that lead to rows the parts of a Planned."""
    shapes: list[Hashable] = []
    args: dict[str, Args] = {}
    named: dict[str, Any] = {}
    pages: dict[str, Hashable] = {}
    failures: dict[str, RuleError] = {}
    for root, own in asked:
        if own is None or root.entry is None:
            # None tells arguments that cannot be coerced apart from any others: no shape is None.
            shapes.append(None if own is None else ())
            continue
        shapes.append(root.entry.shape(own))
        args[root.key] = own
        try:
            rows = find(root.entry, own)
        except RuleError as error:
            failures[root.key] = error
            continue
        if rows.__class__ is list:
            named[root.key] = rows
        else:
            pages[root.key] = rows
    return shapes, args, named, pages, failures


def _steps(stage: Stage, args: Sequence[Args | None]) -> list[Step] | None:
    if stage.introspects or stage.changes or None in args:
        return None
    try:
        return compiled(build_schema(), stage.roots, stage.selections)
    except (UnsupportedError, GraphQLError):
        # A directive that cannot be evaluated is an error of the field above it, and of none where nothing comes back.
        return None


def _syntax_code(error: GraphQLSyntaxError) -> str:
    if "tokens" in error.message:
        return "QUERY_TOO_LARGE"
    return "QUERY_TOO_DEEP" if "nested too deeply" in error.message else "SYNTAX_ERROR"
