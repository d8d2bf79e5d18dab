"""The `info` that resolvers take, with our context in it."""

import strawberry

from schema.data import Context

Info = strawberry.Info[Context, None]
