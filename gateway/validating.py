"""Validates documents as graphql-core does, with all rules of the specification as one visitor.

graphql-core asks each rule for each kind of node what it does there, for every document again, and then goes over all
rules at every node. Here that is asked once for a process, and only the rules are gone over that do something.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from graphql import BREAK, SKIP, DocumentNode, GraphQLError, specified_rules, validate
from graphql.language.visitor import EnterLeaveVisitor
from graphql.validation import ASTValidationRule, ValidationContext

from schema.build import core_schema


def validated(document: DocumentNode) -> list[GraphQLError]:
    """What is wrong with a document, as graphql-core's `validate` tells it."""
    return validate(core_schema(), document, [_Rules])


class _Handler(NamedTuple):
    """What a rule does at the nodes of a kind: the names of its methods."""

    rule: int
    enter: str | None
    leave: str | None


@cache
def _handlers(kind: str) -> list[_Handler]:
    found = []
    for number, rule in enumerate(specified_rules):
        enter, leave = (
            next((name for name in (f"{way}_{kind}", way) if getattr(rule, name, None)), None)
            for way in ("enter", "leave")
        )
        if enter or leave:
            found.append(_Handler(number, enter, leave))
    return found


class _Rules(ASTValidationRule):
    """All rules, one after the other at each node, as graphql-core's ParallelVisitor has them.

    `skipping` has for each rule the node that it wants to know nothing below of, or BREAK.
    """

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        self.rules = [rule(context) for rule in specified_rules]
        self.skipping: list[Any] = [None] * len(self.rules)

    def get_enter_leave_for_kind(self, kind: str) -> EnterLeaveVisitor:
        """What is called at the nodes of a kind."""
        handlers = _handlers(kind)
        if not handlers:
            return EnterLeaveVisitor(None, None)
        return EnterLeaveVisitor(self._entering(handlers), self._leaving(handlers))

    def _entering(self, handlers: list[_Handler]) -> Callable[..., Any]:
        skipping = self.skipping
        methods = [(one.rule, getattr(self.rules[one.rule], one.enter)) for one in handlers if one.enter]

        def enter(*args: Any) -> Any:
            for rule, method in methods:
                if skipping[rule] is None:
                    result = method(*args)
                    if result is None:
                        continue
                    if result is SKIP or result is False:
                        skipping[rule] = args[0]
                    elif result is BREAK or result is True:
                        skipping[rule] = BREAK
                    else:
                        return result
            return None

        return enter

    def _leaving(self, handlers: list[_Handler]) -> Callable[..., Any]:
        skipping = self.skipping
        # Also of the rules that only enter such a node, as these may have skipped it.
        methods = [(one.rule, getattr(self.rules[one.rule], one.leave) if one.leave else None) for one in handlers]

        def leave(*args: Any) -> Any:
            for rule, method in methods:
                skipped = skipping[rule]
                if skipped is None:
                    result = method(*args) if method else None
                    if result is BREAK or result is True:
                        skipping[rule] = BREAK
                    elif result is not None and result is not SKIP and result is not False:
                        return result
                elif skipped is args[0]:
                    skipping[rule] = None
            return None

        return leave
