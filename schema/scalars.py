"""The scalars that GraphQL does not have itself, each with the address of its specification."""

from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry

URL = NewType("URL", str)


def _parse_date(value: Any) -> date:
    if not isinstance(value, str):
        raise ValueError("A Date is written as YYYY-MM-DD.")
    return date.fromisoformat(value)


def _parse_moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError("A DateTime is written as YYYY-MM-DDThh:mm:ssZ.")
    return datetime.fromisoformat(value)


def _utc(moment: datetime) -> str:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")


SCALARS: dict[object, Any] = {
    date: strawberry.scalar(
        name="Date",
        description="A day of the calendar, written as YYYY-MM-DD, in no time zone.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date",
        serialize=date.isoformat,
        parse_value=_parse_date,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment in UTC, written as in RFC 3339.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=_utc,
        parse_value=_parse_moment,
    ),
    URL: strawberry.scalar(
        name="URL",
        description="The absolute address of something on the web.",
        specified_by_url="https://url.spec.whatwg.org/",
        serialize=str,
        parse_value=str,
    ),
}
"""What the schema's Python types become."""
