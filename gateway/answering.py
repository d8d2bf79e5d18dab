"""From a request's plan to its answer: loaded, and then made by the plan, or by graphql-core where the plan cannot."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import orjson
from graphql import GraphQLError, execute_sync

from gateway.answers import Answer, trimmed
from gateway.compiling import Step
from gateway.context import OperationContext
from gateway.faults import codes_of, new_request_id, told, told_rule
from gateway.kept import Generation, Kept
from gateway.loaders import NOBODY, Loaded
from gateway.matches.events import ChoiceEvent
from gateway.metrics import Metrics
from gateway.planning import Planned
from gateway.prepared import PreparedStatements, Reader
from schema.build import core_schema
from schema.data import ArtifactRecord, ShedError
from schema.rules.errors import RuleError
from schema.rules.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class Means:
    """What all requests of an executor share."""

    prepared: PreparedStatements
    kept: Kept
    scorecard: Scorecard
    metrics: Metrics
    keeps_answers: bool
    records: bool


class Work:
    """One request on its way from its plan to its answer."""

    __slots__ = ("_data", "_deadline", "_found", "_generation", "_made", "_means", "_patient", "_planned", "_whole")

    def __init__(self, means: Means, planned: Planned, deadline: float, patient: bool = True) -> None:
        self._means = means
        self._planned = planned
        self._deadline = deadline
        self._patient = patient
        self._generation: Generation | None = None
        self._data: Loaded | None = None
        self._found: Answer | None = None
        self._made: Set[ArtifactRecord] = NOBODY
        self._whole: Set[ArtifactRecord] = NOBODY

    @property
    def takes_long(self) -> bool:
        """Whether putting the answer together takes the processor for long."""
        plan = self._planned.plan
        return self._found is None and (plan.takes_long or plan.steps is None)

    def load(self, reader: Reader | None, shed: ShedError | None = None) -> None:
        """Reads what the answer takes, or finds the answer as it was given before.

        Where making the answer has raised ShedError, what that has `shed` is read again.
        """
        if shed is not None:
            self._whole |= {shed.record}
        means, planned = self._means, self._planned
        generation: Generation | None = None
        if reader is not None:
            # Told also where nothing is kept, as all that is read is to be of one version.
            version = reader.version()
            if planned.plan.ran:
                generation = self._generation = means.kept.generation(version)
                if means.keeps_answers:
                    self._found = generation.answers.get(planned.key)
                    if self._found is not None:
                        return
        self._data = Loaded(
            reader,
            means.prepared,
            generation or Generation((), 0, 0),
            means.scorecard,
            planned.plan.needs,
            planned.named,
            planned.pages,
            self._patient,
            self._whole,
        )
        if planned.recorded:
            self._data.recorded = True

    def done(self, reader: Reader | None) -> Answer:
        """The answer, of what `reader` reads."""
        self.load(reader)
        while True:
            try:
                return self.answer()
            except ShedError as error:
                self.load(reader, error)

    def answer(self) -> Answer:
        """The answer. Raises ShedError where more has to be read for it, which seldom is so."""
        if self._found is not None:
            self._means.metrics.operations.of["kept"] += 1
            return self._found
        assert self._data is not None
        planned = self._planned
        context = OperationContext(self._data, planned.failures, self._deadline)
        try:
            answer = None if planned.plan.steps is None else self._by_plan(planned.plan.steps, context)
        finally:
            # What was made until then is kept, whatever becomes of the operation.
            if context.made and self._generation is not None:
                self._generation.grown(context.made)
                self._made |= {record for record, _ in context.made}
        by_core = answer is None
        if answer is None:
            answer = self._by_core(context)
        if planned.plan.records and self._means.records:
            answer.events = self._choices() if planned.plan.changes else self._data.events
        if not by_core and self._generation is not None:
            if self._made:
                self._generation.shed(self._made)
            if self._means.keeps_answers and not answer.codes:
                answer.content = trimmed(answer.content)
                self._generation.answers.add(planned.key, answer)
        planned.plan.ran = True
        return answer

    def _choices(self) -> list[ChoiceEvent]:
        """What a mutation says was chosen."""
        planned, data = self._planned, self._data
        assert data is not None
        return [
            ChoiceEvent(args["input"]["text"], record.row["id"])
            for key, args in planned.args.items()
            if key not in planned.failures
            for records in data.found(key)
            for record in records
            if record is not None
        ]

    def _by_plan(self, steps: Sequence[Step], context: OperationContext) -> Answer | None:
        """The answer that the plan makes; None where graphql-core has to."""
        planned = self._planned
        data: dict[str, Any] = planned.plan.outline.copy()
        ended = False
        errors: list[GraphQLError] = []
        try:
            for step in steps:
                key = step.key
                context.path = step.path
                try:
                    if step.entry is None:
                        value = step.resolve(info=context)
                    elif key in planned.failures:
                        raise planned.failures[key]
                    else:
                        value = step.entry.make(context.data, planned.args[key], context.data.found(key))
                except RuleError as error:
                    errors.append(told_rule(error, step.nodes, [key]))
                    if step.nullable:
                        continue
                    ended = True
                    break
                data[key] = step.complete(value, context)
            content = _content(None if ended else data, errors)
        except Exception as error:
            # Whatever it was, graphql-core says it as it should be said, and with its path.
            reason = "error" if isinstance(error, RuleError) else "unexpected"
            self._means.metrics.handed_over.of[reason] += 1
            return None
        self._means.metrics.operations.of["plan"] += 1
        return Answer(content, codes_of(errors)) if errors else Answer(content)

    def _by_core(self, context: OperationContext) -> Answer:
        planned = self._planned
        self._means.metrics.operations.of["graphql-core"] += 1
        result = execute_sync(
            core_schema(),
            planned.plan.document,
            context_value=context,
            variable_values=dict(planned.variables),
            operation_name=planned.operation_name,
        )
        request_id = new_request_id()
        errors = [told(error, request_id) for error in result.errors or ()]
        return Answer(_content(result.data, errors), codes_of(errors))


def _content(data: Mapping[str, Any] | None, errors: list[GraphQLError]) -> bytes:
    if not errors:
        return orjson.dumps({"data": data})
    return orjson.dumps({"data": data, "errors": [error.formatted for error in errors]})
