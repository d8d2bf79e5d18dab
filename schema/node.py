"""Global ids, and the interface of everything that has one."""

import strawberry

from schema.errors import RuleError
from schema.paging import decode, encode
from schema.plan import Selected, planned


def global_id(type_name: str, *names: str) -> strawberry.ID:
    """An id made of a type and the slugs that find it: the same on every node and after every import."""
    return strawberry.ID(encode([type_name, *names]))


def parse_id(id: str) -> tuple[str, list[str]]:
    """The type and the slugs of a global id. Raises RuleError (BAD_ID) for one that the gateway did not make."""
    match decode(id):
        case ["Artifact", str(slug)]:
            return "Artifact", [slug]
        case ["Capability", str(artifact), str(slug)]:
            return "Capability", [artifact, slug]
        case ["Comparison", *slugs] if slugs and all(isinstance(slug, str) for slug in slugs):
            return "Comparison", [str(slug) for slug in slugs]
    raise RuleError("BAD_ID", f"{id!r} is no id of this gateway; pass one that an `id` field gave.")


def _identify(selected: Selected) -> None:
    selected.target.want_id()


IDENTIFIED = planned(_identify)
"""The metadata of every `id` field; the target has a `want_id`."""


@strawberry.interface(description="Something with an id by which it can be asked for again.")
class Node:
    """The interface of artifacts, capabilities and comparisons."""

    @strawberry.field(description="An opaque id that stays the same, for `node` and for caches.", metadata=IDENTIFIED)
    def id(self) -> strawberry.ID:
        """The global id."""
        return global_id(type(self).__name__, *self.names())

    def names(self) -> tuple[str, ...]:
        """The slugs that find it, for its id."""
        return ()
