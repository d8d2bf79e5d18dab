"""Answers without HTTP, as a process of its own: each line of JSON on standard input orders one measurement.

Run with what answers and the address of its database. It can be run by its path in the environment of another revision,
so it takes nothing from this package but what it was told to measure.
"""

import json
import sys
from collections.abc import Callable, Mapping
from itertools import count
from statistics import median
from time import perf_counter
from typing import Any

import orjson

Answering = Callable[[str, Mapping[str, Any], str], bytes]
"""The bytes of the answer to a document with variables, of the operation named."""
LEAST = 5
"""How many answers are timed, however long they take."""


def of_gateway(address: str) -> Answering:
    """The gateway's executor, with settings from the environment."""
    from gateway.catalogue.shipped import shipped_scorecard
    from gateway.database import open_database
    from gateway.execution import Executor, Request
    from gateway.settings import load_settings

    executor = Executor(open_database(address), load_settings(database_url=address), shipped_scorecard())

    def answer(query: str, variables: Mapping[str, Any], name: str) -> bytes:
        found: Any = executor.execute(Request(query, variables, name))
        # Other revisions answer with values.
        return found.content if hasattr(found, "content") else orjson.dumps(found.body)

    return answer


def of_stock(address: str) -> Answering:
    """Strawberry's synchronous execution, and the JSON that its views write."""
    from gateway.database import open_database
    from tests.bench.speed.stock import stock_schema

    schema = stock_schema(open_database(address))

    def answer(query: str, variables: Mapping[str, Any], name: str) -> bytes:
        result = schema.execute_sync(query, variable_values=dict(variables), operation_name=name)
        errors = {"errors": [error.formatted for error in result.errors]} if result.errors else {}
        return json.dumps({"data": result.data} | errors, separators=(",", ":")).encode()

    return answer


def main(name: str, address: str) -> None:
    """Carries out orders until there are no more."""
    answer = {"gateway": of_gateway, "stock": of_stock}[name](address)
    numbers = count()
    for line in sys.stdin:
        order = json.loads(line)
        costs: list[float] = []
        until = perf_counter() + order["seconds"]
        while len(costs) < LEAST or perf_counter() < until:
            number = next(numbers)
            variables = order["variables"][number % len(order["variables"])]
            query = order["query"]
            if order["mark"]:
                query = query.replace(order["mark"], f"new{number:08d}")
            started = perf_counter()
            body = answer(query, variables, order["title"])
            costs.append(perf_counter() - started)
            if b'"errors":' in body:
                raise RuntimeError(f"{name}: {body[:1000]!r}")
        sys.stdout.write(json.dumps({"seconds": median(costs)}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
