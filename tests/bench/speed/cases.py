"""The loads that are measured."""

from dataclasses import dataclass

from tests.bench.speed.operations import INTROSPECTION, LEADERS, LIST, PAGE, Operation

CONNECTIONS = 32


@dataclass(frozen=True, slots=True)
class Case:
    """An operation sent over and over. `hot`: always with the same variables; `cold`: each time as a new document."""

    operation: Operation
    kind: str
    connections: int
    hot: bool = False
    cold: bool = False

    @property
    def name(self) -> str:
        """What it is called in the table."""
        return " ".join(filter(None, (self.operation.name, self.kind, str(self.connections))))


CASES = (
    *(Case(one, "rotating", many) for one in (LEADERS, PAGE, LIST) for many in (1, CONNECTIONS)),
    *(Case(one, "hot", CONNECTIONS, hot=True) for one in (LEADERS, PAGE, LIST)),
    *(Case(one, "cold", CONNECTIONS, cold=True) for one in (LEADERS, PAGE)),
    Case(INTROSPECTION, "", CONNECTIONS),
    Case(INTROSPECTION, "hot", CONNECTIONS, hot=True),
)
