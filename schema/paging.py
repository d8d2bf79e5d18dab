"""Lists that can grow: cursors, page sizes, order, and which page a request means."""

from base64 import urlsafe_b64decode
from binascii import Error as Base64Error
from binascii import b2a_base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import orjson
import strawberry

from schema.enums import ArtifactKind, ArtifactOrderField, Availability, LicenseUse, OrderDirection, Pricing
from schema.errors import RuleError
from schema.plan import DEFAULT_PAGE, Selected, planned

LARGEST_PAGE = 100
URL_SAFE = bytes.maketrans(b"+/", b"-_")


def page_size(given: int | None, name: str = "first") -> int:
    """How many items a page holds. Raises RuleError (BAD_PAGE_SIZE) beyond 100 or below 0."""
    if given is None:
        return DEFAULT_PAGE
    if not 0 <= given <= LARGEST_PAGE:
        raise RuleError("BAD_PAGE_SIZE", f"`{name}` is {given}; a page holds 0 to {LARGEST_PAGE} items.")
    return given


def encode(parts: Sequence[Any]) -> str:
    """An opaque text for values that JSON can hold."""
    return b2a_base64(orjson.dumps(parts), newline=False).translate(URL_SAFE).rstrip(b"=").decode("ascii")


def decode(text: str) -> list[Any] | None:
    """What `encode` was given, None for a text that it did not make."""
    try:
        parts = orjson.loads(urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)))
        # Base64 decoding overlooks foreign characters; only what encodes back to the same text is ours.
        return parts if isinstance(parts, list) and encode(parts) == text else None
    except (Base64Error, ValueError, TypeError):
        return None


def bad_cursor(name: str) -> RuleError:
    """What a cursor that the gateway did not hand out is answered with."""
    return RuleError("BAD_CURSOR", f"`{name}` is no cursor of this list; pass one that its pageInfo or edges gave.")


def encode_position(position: int) -> str:
    """The cursor of the item at a position of a list that is numbered from 0."""
    return encode(["at", position])


def decode_position(cursor: str | None, name: str = "after") -> int:
    """The position a cursor stands for, -1 where there is none. Raises RuleError (BAD_CURSOR)."""
    if cursor is None:
        return -1
    match decode(cursor):
        case ["at", int(position)] if not isinstance(position, bool) and 0 <= position < 2**31:
            return position
    raise bad_cursor(name)


@strawberry.input(description="Which artifacts a list holds: those that meet every condition given.")
class ArtifactFilter:
    """The conditions; within one of them, any of the values will do."""

    kinds: list[ArtifactKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    pricings: list[Pricing] | None = strawberry.field(default=None, description="At one of these prices.")
    availabilities: list[Availability] | None = strawberry.field(
        default=None, description="Whose availability is one of these; without it, any that has not been removed."
    )
    license_uses: list[LicenseUse] | None = strawberry.field(
        default=None, description="Whose licence allows one of these uses."
    )
    tasks: list[str] | None = strawberry.field(default=None, description="Made for one of these, as tasks spell it.")
    publishers: list[str] | None = strawberry.field(default=None, description="Published by one of these.")


@strawberry.input(description="How to sort a page: by what, and from which end.")
class ArtifactOrder:
    """A field and a direction; artifacts that are level keep one fixed order."""

    field: ArtifactOrderField = strawberry.field(description="The figure or name to sort by.")
    direction: OrderDirection = strawberry.field(
        default=OrderDirection.DESC, description="Which end comes first; the largest unless said otherwise."
    )


Filters = tuple[tuple[str, tuple[Any, ...]], ...]
"""The conditions that are given: for each a name, and the values of which any will do."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page of the list of artifacts, in a form that can be compared and looked up.

    `position` is what the cursor holds: the value of the order field and an id, None at an end of the list. `backward`
    pages end at the cursor instead of starting there.
    """

    filters: Filters
    field: ArtifactOrderField
    direction: OrderDirection
    size: int
    position: tuple[Any, int] | None
    backward: bool

    def cursor(self, order_key: Any, id: int) -> str:
        """The cursor of an item of this list."""
        key = order_key.isoformat() if isinstance(order_key, date) else order_key
        return encode([self.field._name_, self.direction._name_, key, id])


FILTER_NAMES = {
    "kinds": "kind",
    "pricings": "pricing",
    "availabilities": "availability",
    "licenseUses": "license_use",
    "tasks": "task",
    "publishers": "publisher",
}


def filters_of(given: Mapping[str, Any]) -> Filters:
    """Reads an ArtifactFilter, as GraphQL names its parts."""
    filters = tuple(
        (FILTER_NAMES[name], tuple(dict.fromkeys(values)))
        for name, values in sorted(given.items())
        if values is not None
    )
    if given.get("availabilities") is None:
        # What is gone is no choice any more, and a list is of choices unless it is asked for something else.
        filters += (("removed", (False,)),)
    return filters


def page_request(args: Mapping[str, Any]) -> PageRequest:
    """Reads the arguments of a list of artifacts, as GraphQL names them.

    Raises RuleError: BAD_PAGE_SIZE, BAD_CURSOR, or BAD_PAGE where both ends of the list are asked for at once.
    """
    first, last = args.get("first"), args.get("last")
    after, before = args.get("after"), args.get("before")
    if (first is not None and last is not None) or (after is not None and before is not None):
        raise RuleError("BAD_PAGE", "Ask with `first` and `after`, or with `last` and `before`, not with both.")
    backward = last is not None or before is not None
    if backward and (first is not None or after is not None):
        raise RuleError("BAD_PAGE", "`first` goes with `after`, and `last` goes with `before`.")
    order = args.get("orderBy") or {}
    field = order.get("field", ArtifactOrderField.RANK)
    direction = order.get("direction", OrderDirection.DESC)
    filters = filters_of(args.get("filter") or {})
    name, cursor = ("before", before) if backward else ("after", after)
    size = page_size(last if backward else first, "last" if backward else "first")
    return PageRequest(filters, field, direction, size, _position(cursor, name, field, direction), backward)


def _position(
    cursor: str | None, name: str, field: ArtifactOrderField, direction: OrderDirection
) -> tuple[Any, int] | None:
    if cursor is None:
        return None
    match decode(cursor):
        case [field.name, direction.name, key, int(id)] if not isinstance(id, bool) and 0 <= id < 2**31:
            pass
        case _:
            raise bad_cursor(name)
    if field in (ArtifactOrderField.RELEASED_ON, ArtifactOrderField.UPDATED_ON):
        try:
            return date.fromisoformat(key), id
        except (TypeError, ValueError):
            raise bad_cursor(name) from None
    if field is ArtifactOrderField.NAME and isinstance(key, str) and "\0" not in key:
        return key, id
    if field is ArtifactOrderField.RANK and isinstance(key, int | float) and abs(key) <= 1e300:
        return float(key), id
    counts = (ArtifactOrderField.CAPABILITY_COUNT, ArtifactOrderField.TIMES_MATCHED)
    if field in counts and type(key) is int and abs(key) < 2**31:
        return key, id
    raise bad_cursor(name)


class ListTarget(Protocol):
    """What the planner of a connection hands down: what its parts need is asked for through it.

    `item` is what the fields of one of its items are planned on.
    """

    @property
    def item(self) -> Any:
        """The target of an item."""

    def want_rows(self) -> None:
        """The items themselves."""

    def want_cursors(self) -> None:
        """The items' cursors."""

    def want_count(self) -> None:
        """How many there are in all."""

    def want_more(self) -> None:
        """Whether there are items beyond the page."""


def _edges(selected: Selected) -> None:
    selected.target.want_rows()
    selected.descend(selected.target)


EDGES = planned(_edges)
ITEM = planned(lambda selected: selected.descend(selected.target.item))
CURSOR = planned(lambda selected: selected.target.want_cursors())
COUNT = planned(lambda selected: selected.target.want_count())
MORE = planned(lambda selected: selected.target.want_more())
"""The metadata of the parts of a connection; the target is a ListTarget."""


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """As in the GraphQL Cursor Connections Specification."""

    more: strawberry.Private[Callable[[], bool]]
    before: strawberry.Private[bool]
    cursors: strawberry.Private[Callable[[], Sequence[str]]]
    backward: strawberry.Private[bool] = False

    @strawberry.field(description="Whether there are items after this page.", metadata=MORE)
    def has_next_page(self) -> bool:
        """For a page that ends at a cursor, that cursor's item comes next."""
        return self.before if self.backward else self.more()

    @strawberry.field(description="Whether there are items before this page.", metadata=MORE)
    def has_previous_page(self) -> bool:
        """For a page that starts at a cursor, that cursor's item comes before."""
        return self.more() if self.backward else self.before

    @strawberry.field(
        description="The first item's cursor, to pass as `before`; null for an empty page.", metadata=CURSOR
    )
    def start_cursor(self) -> str | None:
        """The cursor of the first item."""
        return next(iter(self.cursors()), None)

    @strawberry.field(
        description="The last item's cursor, to pass as `after`; null for an empty page.", metadata=CURSOR
    )
    def end_cursor(self) -> str | None:
        """The cursor of the last item."""
        return next(iter(self.cursors()[-1:]), None)
