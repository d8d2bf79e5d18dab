"""The `info` that resolvers take, with our context in it."""

from typing import Any

import strawberry

from schema.data import Context
from schema.plan import Entry

Info = strawberry.Info[Context, None]


def led_to(entry: Entry, info: Info, **args: Any) -> Any:
    """What a root field is that leads to rows. Raises what was wrong with its arguments."""
    key = str(info.path.key)
    failure = info.context.failure(key)
    if failure is not None:
        raise failure
    return entry.make(info.context.data, args, info.context.data.found(key))
